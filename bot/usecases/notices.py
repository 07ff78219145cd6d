"""Saying what is wanted said: bundled, in good times, and not too often."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.contacts import next_contact
from bot.domain.lifecycle import InvitationState
from bot.domain.members import Member, MemberId
from bot.domain.notices import Notice, NoticeKind, bundle_key, bundle_of
from bot.domain.queue import Need
from bot.owing import Scene, notices, queue
from bot.ports import Medium
from bot.store import Transaction
from bot.usecases.context import Context

WEEK = timedelta(days=7)
MOST_IN_BUNDLE = 6  #: things in one message; the rest wait for the next
ASKS = frozenset({NoticeKind.INVITATION, NoticeKind.REMINDER, NoticeKind.CLOSING})


def say_due(ctx: Context) -> int:
    """Owe each member who may be contacted now what is due for them, as one message.

    Returns how many members were contacted.
    """
    with ctx.begin.read() as tx:
        due = tx.notices.due(now=ctx.now())
        contacts = tx.notices.contacts_since(ctx.now() - WEEK) if due else {}
        ready = [
            member.id
            for member in tx.members.some(due)
            if _may_contact(ctx, member, contacts.get(member.id, ()))
        ]
    return sum(_say(ctx, member) for member in ready)


def went(ctx: Context, tx: Transaction, bundle: int) -> None:
    """A bundle has gone: each invitation in it notes when."""
    for notice in tx.notices.in_bundle(bundle):
        if notice.kind not in ASKS:
            continue
        found = tx.invitations.get(notice.subject)
        if found is None:
            continue
        tx.invitations.mark(found.id, **{_TIMES[notice.kind]: ctx.now()})
        if notice.kind is NoticeKind.INVITATION:
            tx.invitations.mark(found.id, postponed_until=None)


def lapse_stale(ctx: Context) -> int:
    """Take back what could not go while its member could be reached; how many.

    After an outage the outbox is full of messages whose good time is over: what they
    say waits for the next good time, and is then looked at again.
    """
    with ctx.begin.read() as tx:
        stale = [bundle for bundle, member in _owed(tx) if not _good(ctx, tx, member)]
    return sum(_lapse(ctx, bundle) for bundle in stale)


def _owed(tx: Transaction) -> list[tuple[int, MemberId]]:
    """Bundles that have not gone by Slack; letters wait for as long as they must."""
    return [
        (bundle, tx.notices.member_of(bundle))
        for owed in tx.outbox.owed(
            prefix="notice:", unsolicited=True, medium=Medium.SLACK
        )
        for bundle in (bundle_of(owed.message.key),)
    ]


def _good(ctx: Context, tx: Transaction, member: MemberId) -> bool:
    found = tx.members.get(member)
    if found is None or found.away(ctx.now()):
        return False
    times = found.good_times or ctx.community.good_times
    return times.contains(ctx.now(), ctx.community.almanac)


def _lapse(ctx: Context, bundle: int) -> bool:
    with ctx.begin() as tx:
        if not tx.outbox.withdraw(bundle_key(bundle), at=ctx.now()):
            return False  # it is on its way
        tx.notices.lapse(bundle, at=ctx.now())
    return True


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
        recent = tx.notices.contacts(member, since=ctx.now() - WEEK)
        if not _may_contact(ctx, found, recent):
            return False
        scene = ctx.scene(tx)
        due = tx.notices.due(now=ctx.now(), member=member).get(member, [])
        wanted = [one for one in due if _still_wanted(scene, found, one)]
        if not wanted:
            return False
        notices.send(scene, found, wanted[:MOST_IN_BUNDLE])
        if found.by_letter_only and not ctx.mail:
            _letters_wait(scene)
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
    if notice.kind in ASKS:
        wanted = _ask_wanted(scene, notice)
    elif notice.kind is NoticeKind.UNANSWERED:
        question = scene.tx.questions.get(notice.subject)
        wanted = bool(question and question.open)
    elif notice.kind is NoticeKind.NEEDED:
        wanted = not scene.tx.queue.is_done(notice.subject)
    else:
        line = scene.tx.digests.line(notice.subject)
        wanted = bool(line and not line.removed_at and line.author == member.id)
    if not wanted:
        scene.tx.notices.withdraw(notice.kind, notice.subject, at=scene.now)
    return wanted


def _ask_wanted(scene: Scene, notice: Notice) -> bool:
    invitation = scene.tx.invitations.get(notice.subject)
    question = scene.tx.questions.get(invitation.question) if invitation else None
    if invitation is None or question is None or not question.open:
        return False
    if notice.kind is NoticeKind.INVITATION:
        return invitation.open
    return (
        invitation.state in _REMINDABLE
        and len(scene.tx.threads.repliers(question.thread))
        < scene.community.deadlines.enough_replies
    )


_REMINDABLE: Sequence[InvitationState] = (
    InvitationState.OPEN,
    InvitationState.EXPIRED,
)


def _letters_wait(scene: Scene) -> None:
    week = scene.community.almanac.local(scene.now).strftime("%G-W%V")
    queue.need(scene, f"letters:{week}", Need.LETTERS)
