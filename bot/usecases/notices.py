"""Saying what is wanted said: bundled, in good times, and not too often."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from bot.domain.calls import CallState
from bot.domain.contacts import next_contact
from bot.domain.lifecycle import InvitationState
from bot.domain.members import Member, MemberId
from bot.domain.notices import Notice, NoticeKind
from bot.domain.queue import Need
from bot.owing import Scene, bundles, calendars, queue
from bot.store import Transaction
from bot.usecases.context import Context

WEEK = timedelta(days=7)
MOST_IN_BUNDLE = 6  #: things in one message; the rest wait for the next
MOST_AT_ONCE = 500  #: members told in one look, so that other work has its turn
NEWS = timedelta(days=14)  #: for which a digest that waits is worth a letter

Wanted = Callable[[Scene, Member, Notice], bool]


def say_due(ctx: Context) -> int:
    """Owe each member who may be contacted now what is due for them, as one message.

    Those whom only a letter reaches wait while letters cannot go, and it is shown.
    Returns how many members were contacted.
    """
    with ctx.begin.read() as tx:
        scene = ctx.scene(tx)
        due = tx.notices.due(now=ctx.now())
        contacts = tx.notices.contacts_since(ctx.now() - WEEK) if due else {}
        ready = [
            member
            for member in tx.members.some(due)
            if _may_contact(ctx, member, contacts.get(member.id, ()))
        ]
        reached = [member.id for member in ready if bundles.reaches(scene, member)]
        unheard = len(reached) < len(ready) and not tx.queue.is_known(_waiting(scene))
    if unheard:
        _letters_wait(ctx)
    return sum(_say(ctx, member) for member in reached[:MOST_AT_ONCE])


def went(ctx: Context, tx: Transaction, bundle: int) -> None:
    """A bundle has gone: each invitation in it notes when.

    Where it goes both in Slack and by letter, the first to go counts.
    """
    for notice in tx.notices.in_bundle(bundle):
        time = _TIMES.get(notice.kind)
        found = tx.invitations.get(notice.subject) if time else None
        if time is None or found is None or getattr(found, time) is not None:
            continue
        tx.invitations.mark(found.id, **{time: ctx.now()})
        if notice.kind is NoticeKind.INVITATION:
            tx.invitations.mark(found.id, postponed_until=None)


_TIMES = {
    NoticeKind.INVITATION: "invited_at",
    NoticeKind.REMINDER: "reminded_at",
    NoticeKind.CLOSING: "closing_at",
}


def _say(ctx: Context, member: MemberId) -> bool:
    with ctx.begin() as tx:
        found = tx.members.held(member)
        if found is None:
            return False
        scene = ctx.scene(tx)
        recent = tx.notices.contacts(member, since=ctx.now() - WEEK)
        reached = bundles.reaches(scene, found)  # they may have changed just now
        if not reached or not _may_contact(ctx, found, recent):
            return False
        due = tx.notices.due(now=ctx.now(), member=member).get(member, [])
        wanted = [one for one in due if _still_wanted(scene, found, one)]
        if not wanted:
            return False
        bundles.send(scene, found, bundles.together(wanted)[:MOST_IN_BUNDLE])
    return True


def _may_contact(ctx: Context, member: Member, recent: Sequence[datetime]) -> bool:
    if member.left_at or not (member.slack or member.email):
        return False
    at = next_contact(
        now=ctx.now(),
        good_times=member.good_times or ctx.community.good_times,
        almanac=ctx.community.almanac,
        away_until=member.away_until,
        recent=recent,
        rules=ctx.community.contacts,
    )
    return at <= ctx.now()


def _still_wanted(scene: Scene, member: Member, notice: Notice) -> bool:
    """Whether it still has a point; what has none is withdrawn."""
    if WANTED[notice.kind](scene, member, notice):
        return True
    scene.tx.notices.drop(notice.id, at=scene.now)
    return False


def _invitation_wanted(scene: Scene, _: Member, notice: Notice) -> bool:
    invitation = scene.tx.invitations.get(notice.subject)
    question = scene.tx.questions.get(invitation.question) if invitation else None
    return bool(invitation and question and question.open and invitation.open)


def _reminder_wanted(scene: Scene, _: Member, notice: Notice) -> bool:
    invitation = scene.tx.invitations.get(notice.subject)
    question = scene.tx.questions.get(invitation.question) if invitation else None
    if invitation is None or question is None or not question.open:
        return False
    return (
        invitation.state in _REMINDABLE
        and len(scene.tx.threads.repliers(question.thread))
        < scene.community.deadlines.enough_replies
    )


def _unanswered_wanted(scene: Scene, _: Member, notice: Notice) -> bool:
    question = scene.tx.questions.get(notice.subject)
    return bool(question and question.open)


def _check_wanted(scene: Scene, member: Member, notice: Notice) -> bool:
    line = scene.tx.digests.line(notice.subject)
    return bool(line and not line.removed_at and line.author == member.id)


def _needed_wanted(scene: Scene, _: Member, notice: Notice) -> bool:
    return not scene.tx.queue.is_done(notice.subject)


def _digest_wanted(scene: Scene, member: Member, notice: Notice) -> bool:
    """By letter alone: others read it in Slack. Old news waits for the update."""
    digest = scene.tx.digests.get(notice.subject)
    if digest is None or digest.published_at is None or digest.dropped_at is not None:
        return False
    new = scene.now - digest.published_at < NEWS
    return new and scene.mail and member.gets_letters


def _call_wanted(scene: Scene, _: Member, notice: Notice) -> bool:
    return calendars.is_news(scene, notice)


def _agenda_wanted(scene: Scene, member: Member, notice: Notice) -> bool:
    """By those who have not said that they cannot come."""
    call = scene.tx.calls.get(notice.subject)
    if call is None or call.state(scene.now) is not CallState.CONFIRMED:
        return False
    said = scene.tx.calls.answer_of(call.id, member.id)
    cannot = said is not None and not said.answer.expects
    return scene.now < call.starts_at and not cannot


#: Whether each kind of notice still has a point for the member when it may be said.
WANTED: Mapping[NoticeKind, Wanted] = {
    NoticeKind.INVITATION: _invitation_wanted,
    NoticeKind.REMINDER: _reminder_wanted,
    NoticeKind.CLOSING: _reminder_wanted,
    NoticeKind.UNANSWERED: _unanswered_wanted,
    NoticeKind.CHECK: _check_wanted,
    NoticeKind.NEEDED: _needed_wanted,
    NoticeKind.DIGEST: _digest_wanted,
    NoticeKind.CALL: _call_wanted,
    NoticeKind.AGENDA: _agenda_wanted,
}

_REMINDABLE: Sequence[InvitationState] = (
    InvitationState.OPEN,
    InvitationState.EXPIRED,
)


def _waiting(scene: Scene) -> str:
    """The key under which it is shown, once a week, that letters wait."""
    week = scene.community.almanac.local(scene.now).strftime("%G-W%V")
    return f"letters:{week}"


def _letters_wait(ctx: Context) -> None:
    with ctx.begin() as tx:
        scene = ctx.scene(tx)
        queue.need(scene, _waiting(scene), Need.LETTERS)
