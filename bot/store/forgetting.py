"""Forgetting one member: their words, what was said to them, and who they were.

Each function changes rows and says how many; which of them belong together, and what
people are shown afterwards, the use case knows.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Text,
    case,
    cast,
    delete,
    func,
    or_,
    select,
    update,
)

from bot.domain.community import Role
from bot.domain.digests import DigestId
from bot.domain.members import MemberId, Reach
from bot.domain.threads import ReplyId
from bot.domain.traces import FORMER
from bot.store.outbox import is_owed
from bot.store.personal import Person, said_by, sent_to
from bot.store.schema.calls import CallRow, CallVersionRow, RsvpRow
from bot.store.schema.delivery import CursorRow, InboxRow, OutboxRow
from bot.store.schema.digests import (
    DigestLineRow,
    DigestRequestRow,
    DigestRow,
)
from bot.store.schema.mailings import RecipientRow, SuppressionRow
from bot.store.schema.members import ItemRow, MemberRow, NewcomerRow, NoticeRow
from bot.store.schema.questions import (
    DmNoteRow,
    InvitationRow,
    OriginalRow,
    QuestionRow,
    ReplyRow,
)
from bot.store.session import StoreSession

GONE_QUESTION = "Question withdrawn"


@dataclass(frozen=True, slots=True)
class Forgetting:
    """Everything that is kept of somebody, to be kept no longer."""

    _session: StoreSession

    # --- their words -------------------------------------------------------------

    def blank_replies(self, person: Person, *, at: datetime) -> int:
        """What they said is not kept, nor by which name in Slack they said it."""
        blanked = update(ReplyRow).where(said_by(person))
        return self._change(
            blanked.values(
                text="",
                files=[],
                author=person.member,
                author_slack=None,
                withdrawn_at=func.coalesce(ReplyRow.withdrawn_at, at),
            )
        )

    def blank_lines(self, replies: Collection[ReplyId], *, at: datetime) -> int:
        """No line says any of it, taken out or not."""
        changed = 0
        for some in _some(replies):
            blanked = update(DigestLineRow).where(DigestLineRow.reply.in_(some))
            changed += self._change(
                blanked.values(
                    text="", removed_at=func.coalesce(DigestLineRow.removed_at, at)
                )
            )
        return changed

    def drop_found(
        self, digests: Collection[DigestId], replies: Collection[int]
    ) -> None:
        """No digest offers a link of theirs, or a question of theirs that is open."""
        for digest in digests:
            row = self._session.get_one(DigestRow, digest)
            row.resources = [o for o in row.resources if o["reply"] not in replies]
            row.still_open = [o for o in row.still_open if o["reply"] not in replies]
        self._session.flush()

    def blank_questions(self, person: Person) -> int:
        """What they asked is not kept, nor as the title of what came of it."""
        threads = select(QuestionRow.thread).where(QuestionRow.asker == person.member)
        for row in (DigestRow, DigestRequestRow):
            titled = update(row).where(row.thread.in_(threads), row.title != "")
            self._change(titled.values(title=GONE_QUESTION))
        asked = update(QuestionRow).where(QuestionRow.asker == person.member)
        return self._change(asked.values(text=GONE_QUESTION, context=""))

    def originals(self, replies: Collection[ReplyId]) -> int:
        """The e-mails they wrote are not kept."""
        return sum(
            self._change(delete(OriginalRow).where(OriginalRow.reply.in_(some)))
            for some in _some(replies)
        )

    def notes(self, person: Person) -> int:
        """What they wrote to the bot alone is not kept."""
        return self._change(delete(DmNoteRow).where(DmNoteRow.member == person.member))

    # --- what was said to them -----------------------------------------------------

    def asks(self, person: Person, *, at: datetime) -> int:
        """They are asked nothing any more; that somebody was asked stays counted."""
        mine = InvitationRow.member == person.member
        ended = func.coalesce(InvitationRow.closed_at, at)
        return self._change(
            update(InvitationRow).where(mine).values(reason="", closed_at=ended)
        )

    def suggestions(self, name: str) -> int:
        """Nobody is told any more that it was they who suggested them."""
        if not name:
            return 0
        named = InvitationRow.reason.contains(name, autoescape=True)
        return self._change(
            update(InvitationRow)
            .where(named)
            .values(reason=func.replace(InvitationRow.reason, name, FORMER.lower()))
        )

    def notices(self, person: Person) -> int:
        """What was wanted said to them, or was said."""
        return self._change(delete(NoticeRow).where(NoticeRow.member == person.member))

    def rsvps(self, person: Person) -> int:
        """Whether they said that they would come."""
        return self._change(delete(RsvpRow).where(RsvpRow.member == person.member))

    def organised(self, person: Person) -> int:
        """No call gives their address for answers."""
        changed = 0
        for row in (CallRow, CallVersionRow) if person.email else ():
            theirs = update(row).where(func.lower(row.organiser) == person.email)
            changed += self._change(theirs.values(organiser=""))
        return changed

    def updates(self, person: Person, *, at: datetime) -> int:
        """Which updates were sent to them: the address goes, the count stays."""
        mine = RecipientRow.member == person.member
        if person.email:
            mine = or_(mine, RecipientRow.address == person.email)
        left = case(
            (RecipientRow.owed_at.is_(None), at), else_=RecipientRow.left_out_at
        )
        nowhere = f"erased:{person.member}"
        return self._change(
            update(RecipientRow).where(mine).values(address=nowhere, left_out_at=left)
        )

    def suppression(self, person: Person) -> int:
        """That they did not want the update, at any address to which one went.

        To be done while those are still kept.
        """
        went = select(RecipientRow.address).where(RecipientRow.member == person.member)
        address = SuppressionRow.address
        theirs = or_(address.in_(went), address == (person.email or ""))
        return self._change(delete(SuppressionRow).where(theirs))

    def withdraw(self, person: Person, *, at: datetime) -> int:
        """What is owed to them does not go; how much that was."""
        owed = or_(is_owed(OutboxRow), OutboxRow.parked_at.is_not(None))
        return self._change(
            update(OutboxRow)
            .where(sent_to(person), owed)
            .values(withdrawn_at=at, parked_at=None)
        )

    def blank_messages(self, person: Person) -> int:
        """What was sent to them, and where, is not kept; only that it was."""
        return self._change(
            update(OutboxRow)
            .where(sent_to(person))
            .values(
                body={},
                wording=None,
                to="",
                channel=None,
                ts=None,
                recheck_at=None,
                uncertain_since=None,
            )
        )

    def blank(self, messages: Collection[int]) -> int:
        """The words of these messages, which have gone, are not kept."""
        return sum(
            self._change(
                update(OutboxRow)
                .where(OutboxRow.id.in_(some), ~is_owed(OutboxRow))
                .values(body={})
            )
            for some in _some(messages)
        )

    def rewrite(self, message: int, body: Mapping[str, Any]) -> int:
        """A message that is still owed says *body* instead."""
        return self._change(
            update(OutboxRow).where(OutboxRow.id == message).values(body=dict(body))
        )

    # --- who they were -----------------------------------------------------------

    def events(self, person: Person, channels: Collection[str]) -> int:
        """What came in from them and is not handled; how far their DM was read."""
        self._change(delete(CursorRow).where(CursorRow.channel.in_(channels)))
        if not person.slack:
            return 0
        self._change(delete(NewcomerRow).where(NewcomerRow.slack == person.slack))
        theirs = cast(InboxRow.body, Text).contains(
            f'"{person.slack}"', autoescape=True
        )
        return self._change(delete(InboxRow).where(theirs))

    def hand_on(self, person: Person, to: MemberId | None) -> int:
        """What they were to look at in *Needs you* is for another."""
        row = ItemRow
        self._change(update(row).where(row.deputy == person.member).values(deputy=None))
        mine = update(row).where(row.owner == person.member)
        return self._change(mine.values(owner=to))

    def bury(self, person: Person, fingerprint: str | None, *, at: datetime) -> None:
        """Nothing is left of the member but an id, and that there was somebody."""
        self._change(
            update(MemberRow)
            .where(MemberRow.id == person.member)
            .values(
                slack=fingerprint,
                email=None,
                name=FORMER,
                region=None,
                role=Role.MEMBER.value,
                interests=[],
                good_times=None,
                reach=Reach.SLACK.value,
                away_until=None,
                paused_at=None,
                resumed_at=None,
                joined_at=None,
                welcomed_at=None,
                left_at=func.coalesce(MemberRow.left_at, at),
                erased_at=at,
            )
        )

    def fresh(self) -> None:
        """Read every row anew from here on."""
        self._session.expire_all()

    def _change(self, statement: Any) -> int:
        return self._session.change(statement)


def _some(ids: Collection[int], most: int = 500) -> Iterator[list[int]]:
    """*ids* in lists that any database takes."""
    ordered = sorted(ids)
    for start in range(0, len(ordered), most):
        yield ordered[start : start + most]
