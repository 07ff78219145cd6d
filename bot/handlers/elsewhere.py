"""Coordinators add what members answered elsewhere."""

from functools import partial

from bot.domain.elsewhere import Received
from bot.domain.errors import PatientDataPossible
from bot.domain.members import MemberId
from bot.domain.threads import Via
from bot.handlers.ids import number
from bot.handlers.registry import Choices, Door, Pressed, Push, Replace, Reply, Say
from bot.usecases import elsewhere, elsewhere_form
from bot.usecases.context import Context
from bot.views import elsewhere as view
from bot.views.forms import NO_PATIENT


def register(door: Door, ctx: Context) -> None:
    """Let coordinators open the form, find who said it, and send it."""
    door.action("add_reply")(partial(open_form, ctx))
    door.choices(view.FIND_AUTHOR)(partial(_found, ctx))
    door.action("take_reply_back")(partial(_take_back, ctx))
    door.view(view.REPLY_FORM)(partial(_sent, ctx))


def open_form(ctx: Context, act: Pressed) -> Reply:
    """Open the form, for the question that the button or the command names."""
    draft = view.Draft(question=number(act.value))
    return Push(elsewhere_form.form(ctx, user=act.user, draft=draft))


def _found(ctx: Context, act: Pressed) -> Reply:
    question = number(act.form["question"])
    return Choices(
        elsewhere_form.people(ctx, user=act.user, typed=act.value, question=question)
    )


def _sent(ctx: Context, act: Pressed) -> Reply:
    draft = _draft(act)
    if draft.outcome == view.NOT_FOR_THEM:
        return Say(
            elsewhere.decline(
                ctx, user=act.user, question=draft.question, author=draft.author
            )
        )
    try:
        added = elsewhere.add(
            ctx,
            user=act.user,
            received=_received(draft),
            source=act.once,
            sure="yes" in act.form.many(NO_PATIENT),
        )
    except PatientDataPossible as doubt:
        asked = elsewhere_form.form(ctx, user=act.user, draft=draft, doubt=doubt.advice)
        return Replace(asked)
    return Say(added.told, view.taken_in(added.told, added.reply))


def _take_back(ctx: Context, act: Pressed) -> Reply:
    return Say(elsewhere.take_back(ctx, user=act.user, reply=number(act.value)))


def _draft(act: Pressed) -> view.Draft:
    """What was typed: nothing of it is lost if the form has to ask once more."""
    return view.Draft(
        question=number(act.form["question"]),
        author=act.form["author"],
        via=act.form["via"],
        outcome=act.form["outcome"],
        text=act.form["text"],
        named=view.NAMELESS not in act.form.many("options"),
    )


def _received(draft: view.Draft) -> Received:
    known = draft.via in {way.value for way in Via}
    return Received(
        question=draft.question,
        author=MemberId(draft.author),
        via=Via(draft.via) if known else Via.OTHER,
        text=draft.text,
        named=draft.named,
    )
