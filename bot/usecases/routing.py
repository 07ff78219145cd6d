"""Routing: choosing the peers that each question is put to, in waves."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.contacts import MONTH, next_contact
from bot.domain.members import Member, MemberId
from bot.domain.notices import NoticeKind
from bot.domain.questions import Question, QuestionId
from bot.domain.queue import Need
from bot.domain.routing import (
    Audience,
    Caps,
    Enquiry,
    Peer,
    Ranked,
    rank,
    shortlist,
)
from bot.domain.times import words
from bot.domain.topics import infer
from bot.owing import queue
from bot.store import Transaction
from bot.usecases.context import Context

WEEK = timedelta(days=7)
PATIENCE_DAYS = 1.0  #: working days that a peer's next good time may be away


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The peers chosen for one wave of one question, thought out on a snapshot."""

    question: Question
    wave: int
    chosen: Sequence[Ranked]


def route_due(ctx: Context) -> int:
    """Choose peers for every question whose wave has come; how many were routed.

    The thinking happens on a read snapshot; the write is short, and drops a choice
    that has been overtaken.
    """
    with ctx.begin.read() as tx:
        choices = [
            _choose(ctx, tx, question, wave)
            for question in tx.questions.open()
            if (wave := wave_due(ctx, tx, question))
        ]
    for choice in choices:
        _invite(ctx, choice)
    return len(choices)


def wave_due(ctx: Context, tx: Transaction, question: Question) -> int:
    """Which wave is due now: 1, 2, or 0 for none."""
    if question.first_wave_at is None:
        return 1
    deadlines = ctx.community.deadlines
    asked_at = question.first_wave_at
    due = deadlines.second_wave_at(asked_at, question.needed_by)
    if (
        question.second_wave_at is not None
        or question.audience is Audience.EVERYONE
        or not due <= ctx.now() < question.needed_by
    ):
        return 0
    replied = tx.threads.repliers(question.thread) - {question.asker}
    return 0 if len(replied) >= deadlines.enough_replies else 2


def preview(ctx: Context, *, text: str, asker: str = "") -> list[Ranked]:
    """The ranking that a question would get now, with its numbers. Nothing is kept."""
    with ctx.begin.read() as tx:
        enquiry = _enquiry(ctx, tx, text, infer(text, ctx.community.topics), asker)
        return list(_rank(ctx, tx, enquiry, _peers(ctx, tx, needed_by=None)))


def _choose(ctx: Context, tx: Transaction, question: Question, wave: int) -> Choice:
    enquiry = replace(
        _enquiry(
            ctx,
            tx,
            f"{question.text}\n{question.context}",
            question.topics,
            question.asker,
        ),
        audience=question.audience,
    )
    peers = _peers(ctx, tx, question.needed_by)
    already = {one.member for one in tx.invitations.of_question(question.id)}
    already |= tx.threads.repliers(question.thread)
    size = _places(ctx, tx, question, wave)
    unheard = _wait_for_letters(ctx, tx)
    reached = _rank(ctx, tx, enquiry, [p for p in peers if p.member not in unheard])
    chosen = _shortlist(reached, question, size, already)
    waiting = _rank(ctx, tx, enquiry, [p for p in peers if p.member in unheard])
    least = min((one.score for one in chosen), default=0.0)
    late = _shortlist(waiting, question, size, already)
    fitting = [one for one in late if one.score >= least]
    return Choice(question=question, wave=wave, chosen=[*chosen, *fitting])


def _places(ctx: Context, tx: Transaction, question: Question, wave: int) -> int:
    """How many peers the wave still has places for."""
    waves = ctx.community.waves
    if wave != 1:
        return waves.second
    since = question.widened_at or question.asked_at
    taken = [
        one
        for one in tx.invitations.of_question(question.id)
        if one.wave == 1 and one.owed_at >= since
    ]
    return max(0, waves.first - len(taken))


def _shortlist(
    ranked: Sequence[Ranked],
    question: Question,
    size: int,
    already: AbstractSet[MemberId],
) -> tuple[Ranked, ...]:
    return shortlist(
        ranked,
        size=size,
        audience=question.audience,
        already=frozenset(map(str, already)),
    )


def _wait_for_letters(ctx: Context, tx: Transaction) -> frozenset[str]:
    """Those whom only a letter reaches while letters cannot go.

    They are asked like everyone, and their letters wait; but a wave is not made up
    of people who cannot hear it.
    """
    if ctx.mail:
        return frozenset()
    return frozenset(one.id for one in tx.members.present() if one.by_letter_only)


def _rank(
    ctx: Context, tx: Transaction, enquiry: Enquiry, peers: Sequence[Peer]
) -> Sequence[Ranked]:
    rules = ctx.community.contacts
    caps = Caps(open_asks=rules.open_asks, asks_a_month=rules.asks_a_month)
    history = ctx.library.follow(tx)
    return rank(enquiry, peers, history, policy=caps)


def _enquiry(
    ctx: Context, tx: Transaction, text: str, topics: tuple[str, ...], asker: str
) -> Enquiry:
    member = tx.members.get(MemberId(asker)) if asker else None
    return Enquiry(
        asker=asker,
        text=text,
        topics=topics,
        asked_at=ctx.now(),
        region=member.region if member else None,
        topic_names={topic.id: topic.name for topic in ctx.community.topics},
    )


def _peers(ctx: Context, tx: Transaction, needed_by: datetime | None) -> Sequence[Peer]:
    now = ctx.now()
    open_asks = tx.invitations.open_counts()
    this_month = tx.invitations.counts_since(now - MONTH)
    last_asked = tx.invitations.last_asked()
    contacts = tx.notices.contacts_since(now - WEEK)
    return [
        Peer(
            member=member.id,
            name=member.name,
            interests=member.interests,
            region=member.region,
            open_asks=open_asks.get(member.id, 0),
            asks_this_month=this_month.get(member.id, 0),
            last_asked_at=last_asked.get(member.id),
            joined_at=member.joined_at,
            unavailable=_unavailable(ctx, member, contacts, needed_by),
        )
        for member in tx.members.present()
        if member.role.is_asked
    ]


def _unavailable(
    ctx: Context,
    member: Member,
    contacts: Mapping[MemberId, Sequence[datetime]],
    needed_by: datetime | None,
) -> str | None:
    """Why *member* cannot be asked now, in words; None where they can."""
    now = ctx.now()
    zone = ctx.community.almanac.zone
    if member.away(now) and member.away_until:
        return f"away until {words(member.away_until, zone)}"
    if member.paused_at:
        return "asks are paused"
    recent = contacts.get(member.id, ())
    if len(recent) < ctx.community.contacts.a_week:
        return _too_late(ctx, member, needed_by)
    at = next_contact(
        now=now,
        good_times=member.good_times or ctx.community.good_times,
        almanac=ctx.community.almanac,
        away_until=member.away_until,
        recent=recent,
        rules=ctx.community.contacts,
    )
    soon = ctx.community.almanac.add_working_days(now, PATIENCE_DAYS)
    return None if at <= min(soon, needed_by or soon) else "contacted enough this week"


def _too_late(ctx: Context, member: Member, needed_by: datetime | None) -> str | None:
    """Why a peer with times of their own cannot be reached before it is needed."""
    if member.good_times is None or needed_by is None:
        return None
    at = member.good_times.next_moment(ctx.now(), ctx.community.almanac)
    return None if at < needed_by else "no good time before it is needed"


def _invite(ctx: Context, choice: Choice) -> None:
    with ctx.begin() as tx:
        question = tx.questions.held(choice.question.id)
        if question is None or not question.open:
            return
        if wave_due(ctx, tx, question) != choice.wave:
            return  # somebody else was quicker
        for one in sorted(choice.chosen, key=lambda ranked: ranked.member):
            # Always in the same order: two processes never wait for one another.
            tx.members.held(MemberId(one.member))
        free = [one for one in choice.chosen if _still_free(ctx, tx, question, one)]
        for one in free:
            _want(ctx, tx, question, one, choice.wave)
        tx.questions.mark(question.id, **{_TIME[choice.wave]: ctx.now()})
        said = tx.threads.tally(question.thread)
        if choice.wave == 1 and not free and not said.replies:
            _nobody_fits(ctx, tx, question.id)


_TIME = {1: "first_wave_at", 2: "second_wave_at"}


def _still_free(ctx: Context, tx: Transaction, question: Question, one: Ranked) -> bool:
    """Caps are checked once more where they are kept: another question may be first."""
    member = MemberId(one.member)
    rules = ctx.community.contacts
    return (
        tx.invitations.to(question.id, member) is None
        and len(tx.invitations.open_of(member)) < rules.open_asks
        and tx.invitations.count_since(member, ctx.now() - MONTH) < rules.asks_a_month
    )


def _want(
    ctx: Context, tx: Transaction, question: Question, one: Ranked, wave: int
) -> None:
    member = MemberId(one.member)
    invited = tx.invitations.add(
        question=question.id, member=member, wave=wave, reason=one.reason, at=ctx.now()
    )
    tx.notices.want(member, NoticeKind.INVITATION, invited, due_at=ctx.now())


def _nobody_fits(ctx: Context, tx: Transaction, question: QuestionId) -> None:
    queue.need(
        ctx.scene(tx),
        f"nobody:{question}",
        Need.NOBODY,
        subject=question,
        details={"why": "Nobody else who fits can be asked just now."},
    )
