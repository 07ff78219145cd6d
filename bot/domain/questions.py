"""Questions, and the invitations to answer them."""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from bot.domain.lifecycle import InvitationState
from bot.domain.members import MemberId
from bot.domain.routing import Audience

QuestionId = NewType("QuestionId", int)
InvitationId = NewType("InvitationId", int)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A member's question to the community. Its texts have passed the guard.

    ``channel`` and ``ts`` say where its thread is; ``ts`` is None until the post that
    begins the thread has gone. Times are community time, aware, UTC.
    """

    id: QuestionId
    asker: MemberId
    text: str
    context: str = ""
    topics: tuple[str, ...] = ()
    audience: Audience = Audience.FEW
    collate: bool = True  #: False: "don't collate or archive"
    asked_at: datetime
    needed_by: datetime
    thread: int
    channel: str
    ts: str | None = None
    ours: bool = True  #: the thread begins with our post, not with a member's own
    first_wave_at: datetime | None = None
    second_wave_at: datetime | None = None
    widened_at: datetime | None = None  #: a coordinator had more peers asked
    offered_at: datetime | None = None  #: a digest was offered to the coordinators
    due_told_at: datetime | None = None  #: needed-by has come and been acted on
    closed_at: datetime | None = None
    collated_at: datetime | None = None

    @property
    def open(self) -> bool:
        """Whether replies are still asked for."""
        return self.closed_at is None and self.collated_at is None

    @property
    def post_key(self) -> str:
        """The outbox key of the post that begins its thread."""
        return f"question:{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """One peer asked to answer one question. State is in its times."""

    id: InvitationId
    question: QuestionId
    member: MemberId
    wave: int
    reason: str  #: why this peer, in words that are true
    owed_at: datetime
    invited_at: datetime | None = None  #: when it went; None while it waits
    reminded_at: datetime | None = None
    closing_at: datetime | None = None
    answered_at: datetime | None = None
    declined_at: datetime | None = None
    suggested_at: datetime | None = None
    postponed_until: datetime | None = None
    expired_at: datetime | None = None
    closed_at: datetime | None = None

    @property
    def state(self) -> InvitationState:
        """Where it is in its life."""
        ended = (
            (self.answered_at, InvitationState.ANSWERED),
            (self.declined_at, InvitationState.DECLINED),
            (self.suggested_at, InvitationState.SUGGESTED),
            (self.expired_at, InvitationState.EXPIRED),
            (self.closed_at, InvitationState.CLOSED),
        )
        for at, state in ended:
            if at is not None:
                return state
        if self.postponed_until is not None:
            return InvitationState.POSTPONED
        return InvitationState.OPEN if self.invited_at else InvitationState.OWED

    @property
    def open(self) -> bool:
        """Whether it still binds the member: an ask they have not yet dealt with."""
        return self.state in {
            InvitationState.OWED,
            InvitationState.OPEN,
            InvitationState.POSTPONED,
        }
