"""What peers do with a question that is put to them."""

from functools import partial

from bot.domain.errors import PatientDataPossible
from bot.handlers.ids import number
from bot.handlers.registry import Door, Pressed, Push, Replace, Reply, Say
from bot.usecases import invitations, notes
from bot.usecases.context import Context
from bot.views import forms as view
from bot.views import members as members_view


def register(door: Door, ctx: Context) -> None:
    """Let peers answer, decline, suggest, put off, be away, and choose for a note."""
    door.action("answer")(partial(_answer, ctx))
    door.view(view.ANSWER_FORM)(partial(_answered, ctx))
    door.action("decline")(partial(_decline, ctx))
    door.action("suggest")(partial(_suggest, ctx))
    door.view(view.SUGGEST_FORM)(partial(_suggested, ctx))
    door.action("later")(partial(_later, ctx))
    door.action("away")(_away)
    door.view(members_view.AWAY_FORM)(partial(_away_until, ctx))
    door.action("resume_asks")(partial(_resume, ctx))
    door.action("post_as_me")(partial(_settle, ctx, post=True, named=True))
    door.action("post_nameless")(partial(_settle, ctx, post=True, named=False))
    door.action("keep_private")(partial(_settle, ctx, post=False, named=False))


def _answer(ctx: Context, act: Pressed) -> Reply:
    return Push(invitations.answer_form(ctx, user=act.user, question=number(act.value)))


def _answered(ctx: Context, act: Pressed) -> Reply | None:
    question, note, named = _about(act)
    text, sure = act.form["answer"], "yes" in act.form.many(view.NO_PATIENT)
    try:
        if note is None:
            invitations.answer(
                ctx,
                user=act.user,
                question=question,
                text=text,
                source=act.once,
                sure=sure,
            )
        else:
            notes.settle(
                ctx,
                user=act.user,
                note=note,
                post=True,
                named=named,
                text=text,
                sure=sure,
            )
    except PatientDataPossible as doubt:
        return Replace(_asked_again(ctx, act, doubt.advice))
    return None


def _asked_again(ctx: Context, act: Pressed, doubt: str) -> dict[str, object]:
    question, note, named = _about(act)
    draft = act.form["answer"]
    if note is None:
        return invitations.answer_form(
            ctx, user=act.user, question=question, draft=draft, doubt=doubt
        )
    return notes.form(
        ctx, user=act.user, note=note, named=named, draft=draft, doubt=doubt
    )


def _about(act: Pressed) -> tuple[int, int | None, bool]:
    """The question, and the note whose words are posted, where it began as one."""
    question, _, rest = act.private_metadata.partition(":")
    note, _, named = rest.partition(":")
    return number(question), number(note) if note else None, named != "0"


def _decline(ctx: Context, act: Pressed) -> None:
    invitations.decline(ctx, user=act.user, invitation=number(act.value))


def _suggest(ctx: Context, act: Pressed) -> Reply:
    return Push(
        invitations.suggest_form(ctx, user=act.user, invitation=number(act.value))
    )


def _suggested(ctx: Context, act: Pressed) -> None:
    invitations.suggest(
        ctx,
        user=act.user,
        invitation=number(act.private_metadata),
        colleague=act.form["colleague"],
        someone=act.form["someone"],
    )


def _later(ctx: Context, act: Pressed) -> None:
    invitations.later(ctx, user=act.user, invitation=number(act.value))


def _away(act: Pressed) -> Reply:
    return Push(members_view.away_form(act.value))


def _away_until(ctx: Context, act: Pressed) -> None:
    invitations.away(ctx, user=act.user, day=act.form["away_until"])


def _resume(ctx: Context, act: Pressed) -> Reply:
    invitations.resume(ctx, user=act.user, member=act.value)
    return Say("They will be asked again when a question fits.")


def _settle(ctx: Context, act: Pressed, *, post: bool, named: bool) -> Reply | None:
    note = number(act.value)
    try:
        notes.settle(ctx, user=act.user, note=note, post=post, named=named)
    except PatientDataPossible as doubt:
        return Push(
            notes.form(ctx, user=act.user, note=note, named=named, doubt=doubt.advice)
        )
    return None
