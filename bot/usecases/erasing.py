"""Erasing a member: everything of theirs, wherever it is kept or shown.

It is one transaction: all of it happens, or none. What stands in Slack is changed by
messages that are owed in the same transaction.
"""

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from bot.domain.digests import DigestId
from bot.domain.errors import NotFound
from bot.domain.members import Member
from bot.domain.questions import QuestionId
from bot.domain.seeking import is_named_by, may_be_erased, not_a_partner, the_one
from bot.domain.threads import ReplyId
from bot.domain.traces import Traces
from bot.owing import Scene, erasing, homes, queue
from bot.store import Person, Put, Transaction, fingerprint
from bot.usecases.context import Context
from bot.views import receipts
from bot.views.questions import day_and_time
from bot.views.receipts import Receipt

ADDRESS = "[address withdrawn]"  #: what stands where their address stood


class _OnlyLooked(Exception):
    """A dry run ends so: everything is as it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What was found on a snapshot, so that the writing can be short."""

    member: Member
    person: Person
    texts: Sequence[str]
    traces: Traces
    channels: Sequence[str]
    put: Sequence[Put]
    last: int  #: the newest message that was looked at


_Shown = tuple[Collection[QuestionId], Collection[QuestionId], Collection[DigestId]]


@dataclass(slots=True)
class _Erasure:
    """One erasure, in its transaction."""

    scene: Scene
    seen: _Seen
    reached: dict[str, int] = field(default_factory=dict)

    @property
    def tx(self) -> Transaction:
        return self.scene.tx

    def run(self) -> None:
        """Do all of it, in the order in which one step needs another."""
        replies = self.tx.personal.replies(self.seen.person)
        shown = self._shown()
        self._bury()
        self._blank(replies)
        self.tx.forgetting.fresh()  # from here on whatever is composed names nobody
        self._silence()
        self._show(shown, replies)
        self._blank_messages()
        self._forget_contacts()
        self._sweep()

    def _shown(self) -> _Shown:
        """What others see of theirs: questions, questions answered, digests."""
        of = self.tx.personal
        return (
            of.questions(self.seen.person),
            of.answered(self.seen.person),
            of.digests(self.seen.person),
        )

    def _silence(self) -> None:
        """Nothing more is said to them, nor asked about them."""
        parked = self.tx.personal.parked(self.seen.person)
        forgetting, at = self.tx.forgetting, self.scene.now
        self.reached["owed"] = forgetting.withdraw(self.seen.person, at=at)
        self.reached["invitations"] = forgetting.asks(self.seen.person, at=at)
        self.reached["notices"] = forgetting.notices(self.seen.person)
        forgetting.fresh()
        queue.settle_parked(self.scene, parked)
        queue.settle_paused(self.scene, self.seen.member.id)

    def _bury(self) -> None:
        others = [
            one
            for one in self.tx.members.coordinators()
            if one.id != self.seen.member.id
        ]
        mark = fingerprint(self.seen.person.slack) if self.seen.person.slack else None
        self.tx.forgetting.hand_on(self.seen.person, others[0].id if others else None)
        self.tx.forgetting.bury(self.seen.person, mark, at=self.scene.now)
        self.reached["profile"] = 1

    def _blank(self, replies: Collection[ReplyId]) -> None:
        forgetting, at = self.tx.forgetting, self.scene.now
        self.reached |= {
            "questions": forgetting.blank_questions(self.seen.person),
            "replies": forgetting.blank_replies(self.seen.person, at=at),
            "originals": forgetting.originals(replies),
            "notes": forgetting.notes(self.seen.person),
        }

    def _show(self, shown: _Shown, replies: Collection[ReplyId]) -> None:
        """Whatever others see is put together anew, and owed."""
        asked, answered, digests = shown
        self.reached["posts"] = erasing.take_down_answers(self.scene, replies)
        for question in asked:
            erasing.close_question(self.scene, question)
        self.reached["digests"] = erasing.take_out_of_digests(
            self.scene, digests, frozenset(replies)
        )
        forgetting = self.tx.forgetting
        self.reached["lines"] = forgetting.blank_lines(replies, at=self.scene.now)
        forgetting.drop_found(digests, frozenset(replies))
        erasing.show_standings(self.scene, answered)
        erasing.show_without(self.scene, self.seen.put, self.seen.traces)
        homes.show_coordinators(self.scene)

    def _blank_messages(self) -> None:
        forgetting = self.tx.forgetting
        newer, _ = self.tx.personal.bearing(
            self.seen.traces, self.seen.person, after=self.seen.last
        )
        put = [*self.seen.put, *newer]
        blanked = forgetting.blank([one.id for one in put])
        asked, _, digests = self._shown()
        mine = {f"question:{one}" for one in asked} | {f"digest:{d}" for d in digests}
        waiting = [one for one in put if one.owed]
        rewritten = [
            forgetting.rewrite(one.id, self.seen.traces.redacted(one.body))
            for one in waiting
            if erasing.may_rewrite(one, mine)
        ]
        self.reached["messages"] = forgetting.blank_messages(self.seen.person)
        self.reached["others"] = blanked + len(rewritten)
        self.reached["updates"] = self._redact_wordings()

    def _redact_wordings(self) -> int:
        found = [
            (number, body)
            for number, body in self.tx.personal.wordings()
            if self.seen.traces.found_in(body)
        ]
        for number, body in found:
            self.tx.wordings.change(number, self.seen.traces.redacted(body))
        return len(found)

    def _forget_contacts(self) -> None:
        forgetting, at = self.tx.forgetting, self.scene.now
        self.reached |= {
            "suppression": forgetting.suppression(self.seen.person),
            "recipients": forgetting.updates(self.seen.person, at=at),
            "rsvps": forgetting.rsvps(self.seen.person),
            "events": forgetting.events(self.seen.person, self.seen.channels),
            "calls": forgetting.organised(self.seen.person),
        }

    def _sweep(self) -> None:
        """What nobody thought of: their identifiers, in whichever table."""
        who = Traces(
            identifiers=self.seen.traces.identifiers,
            name=self.seen.traces.name,
            region=self.seen.traces.region,
        )
        instead: dict[str, str] = dict.fromkeys(self.seen.channels, self.seen.member.id)
        if self.seen.person.slack:
            instead[self.seen.person.slack] = self.seen.member.id
        if self.seen.person.email:
            instead[self.seen.person.email] = ADDRESS
        suggested = self.tx.forgetting.suggestions(self.seen.traces.name)
        swept = self.tx.sweeping.sweep(instead, who)
        self.reached |= {"traces": suggested + swept, "search": 0}


def whom(ctx: Context, who: str) -> Member:
    """The member whom *who* names: an address, a Slack id, our id or a whole name.

    Raises:
        NotFound: nobody, or several; or they have been erased already.
        CommunityError: they coordinate, and nobody else does.
    """
    with ctx.begin.read() as tx:
        return _whom(ctx, tx, who)


def erase(ctx: Context, *, who: str, actor: str, dry_run: bool = False) -> Receipt:
    """Erase the member whom *who* names; the receipt says what was reached.

    With *dry_run* everything is done and then undone, so that the figures are exact.

    Raises:
        NotFound, CommunityError: as ``whom``.
    """
    found: list[Receipt] = []
    seen = _look(ctx, who)
    with suppress(_OnlyLooked), ctx.begin() as tx:
        found.append(_erase(ctx, tx, seen, actor, dry_run=dry_run))
        _keep(unless=dry_run)
    return found[0]


def _keep(*, unless: bool) -> None:
    """Let the transaction end well, or be rolled back, which is all that is wanted."""
    if unless:
        raise _OnlyLooked


def _look(ctx: Context, who: str) -> _Seen:
    with ctx.begin.read() as tx:
        return _see(tx, _whom(ctx, tx, who))


def _see(tx: Transaction, member: Member) -> _Seen:
    person = Person(member=member.id, slack=member.slack, email=member.email)
    channels, texts = tx.personal.channels(person), tx.personal.texts(person)
    traces = Traces.of(
        texts,
        identifiers=(person.slack or "", person.email or "", *channels),
        name=member.name,
        region=member.region or "",
    )
    put, last = tx.personal.bearing(traces, person)
    return _Seen(
        member=member,
        person=person,
        texts=texts,
        traces=traces,
        channels=channels,
        put=put,
        last=last,
    )


def _erase(
    ctx: Context, tx: Transaction, seen: _Seen, actor: str, *, dry_run: bool
) -> Receipt:
    seen = _seen_now(ctx, tx, seen)
    letters = tx.personal.letters(seen.person) + sum(
        "html" in one.body and not one.owed for one in seen.put
    )
    work = _Erasure(ctx.scene(tx), seen)
    work.run()
    organised = work.reached.pop("calls")
    _note(ctx, tx, work, actor)
    return Receipt(
        reference=seen.member.id,
        date=day_and_time(ctx.community, ctx.now()),
        reached=work.reached,
        not_reached=receipts.not_reached(
            in_slack=seen.member.slack is not None,
            letters=letters,
            named=is_named_by(ctx.community, seen.member),
            organised=bool(organised),
        ),
        dry_run=dry_run,
    )


def _seen_now(ctx: Context, tx: Transaction, seen: _Seen) -> _Seen:
    """What was *seen*, and what has been said and sent since."""
    member = tx.members.held(seen.member.id)
    if member != seen.member or tx.personal.texts(seen.person) != seen.texts:
        return _see(tx, _whom(ctx, tx, seen.member.id))
    newer, last = tx.personal.bearing(seen.traces, seen.person, after=seen.last)
    return replace(seen, put=[*seen.put, *newer], last=last)


def _note(ctx: Context, tx: Transaction, work: _Erasure, actor: str) -> None:
    tx.audit.add(
        actor=actor,
        act="member erased",
        subject=f"member:{work.seen.member.id}",
        at=ctx.now(),
        detail=dict(work.reached),
    )


def _whom(ctx: Context, tx: Transaction, who: str) -> Member:
    if tx.personal.is_erased(who):
        raise NotFound("They have been erased already; nothing was changed.")
    found = tx.personal.sought(who)
    if not found:
        not_a_partner(ctx.community, who)
    member = the_one(found)
    may_be_erased(member, tx.members.coordinators())
    return member
