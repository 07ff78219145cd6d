"""Questions, as members ask them in Slack."""

from functools import partial

from bot.domain.errors import CommunityError, PatientDataPossible
from bot.handlers.ids import number
from bot.handlers.registry import Door, Pressed, Push, Replace, Reply, Say
from bot.usecases import questions
from bot.usecases.context import Context
from bot.usecases.questions import Enquiry
from bot.views import forms as view
from bot.views.forms import Draft
from bot.views.spoken import spoken


def register(door: Door, ctx: Context) -> None:
    """Let members ask, correct and close; let coordinators widen."""
    door.shortcut("ask_question")(partial(_ask, ctx))
    door.command("/ask")(partial(_ask, ctx))
    door.action("ask")(partial(_ask_from_button, ctx))
    door.shortcut("route_question")(partial(_route, ctx))
    door.view(view.ASK_FORM)(partial(_asked, ctx))
    door.action("retopic")(partial(_retopic, ctx))
    door.view(view.TOPICS_FORM)(partial(_topics_chosen, ctx))
    door.action("close_question")(partial(_close, ctx))
    door.action("widen")(partial(_widen, ctx))


def _ask(ctx: Context, act: Pressed) -> Reply:
    return Push(view.ask_form(ctx.community, Draft(question=act.value)))


def _ask_from_button(ctx: Context, _: Pressed) -> Reply:
    return Push(view.ask_form(ctx.community, Draft()))


def _route(ctx: Context, act: Pressed) -> Reply:
    """Open the form with a message's words in it; it stays where its author put it."""
    if act.channel != ctx.places.questions:
        raise CommunityError(
            f"I can route messages in <#{ctx.places.questions}>. "
            "Anywhere else, ask with /ask."
        )
    if act.thread_ts and act.thread_ts != act.ts:
        raise CommunityError("This is a reply. Route the message it answers instead.")
    questions.may_route(ctx, user=act.user, author=act.message_author)
    about = f"{act.channel}:{act.ts}:{act.message_author}"
    draft = Draft(question=spoken(act.message_text), about=about)
    return Push(view.ask_form(ctx.community, draft))


def _asked(ctx: Context, act: Pressed) -> Reply | None:
    try:
        questions.ask(ctx, user=act.user, enquiry=_enquiry(act), source=act.once)
    except PatientDataPossible as doubt:
        return Replace(view.ask_form(ctx.community, _draft(act), doubt=doubt.advice))
    return None


def _retopic(ctx: Context, act: Pressed) -> Reply:
    return Push(questions.topics_form(ctx, user=act.user, question=number(act.value)))


def _topics_chosen(ctx: Context, act: Pressed) -> None:
    questions.retopic(
        ctx,
        user=act.user,
        question=number(act.private_metadata),
        topics=act.form.many("topics"),
    )


def _close(ctx: Context, act: Pressed) -> Reply:
    questions.close(ctx, user=act.user, question=number(act.value))
    return Say("Closed. Nobody else is asked; the replies stay where they are.")


def _widen(ctx: Context, act: Pressed) -> Reply:
    questions.widen(ctx, user=act.user, question=number(act.value))
    return Say("I am looking for more colleagues to ask, and have given it more time.")


def _enquiry(act: Pressed) -> Enquiry:
    channel, _, rest = act.private_metadata.partition(":")
    ts, _, author = rest.partition(":")
    return Enquiry(
        question=act.form["question"],
        context=act.form["context"],
        needed_by=act.form["needed_by"],
        audience=act.form["audience"],
        topics=act.form.many("topics"),
        private="private" in act.form.many("options"),
        sure="yes" in act.form.many(view.NO_PATIENT),
        root=(channel, ts) if channel else None,
        author=author or None,
    )


def _draft(act: Pressed) -> Draft:
    """What was typed, for the form that asks once more: nothing of it is lost."""
    return Draft(
        question=act.form["question"],
        context=act.form["context"],
        needed_by=act.form["needed_by"],
        audience=act.form["audience"],
        topics=act.form.many("topics"),
        private="private" in act.form.many("options"),
        about=act.private_metadata,
    )
