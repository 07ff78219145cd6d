"""Who gets an edition, each once, and what has become of their letters."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, case, func, select, update

from bot.domain.editions import (
    Audience,
    Edition,
    EditionId,
    Recipient,
    RecipientId,
    letter_key,
    recipient_of,
)
from bot.domain.members import MemberId
from bot.ports import Medium
from bot.store.outbox import is_owed
from bot.store.schema.delivery import OutboxRow
from bot.store.schema.mailings import RecipientRow, SuppressionRow
from bot.store.schema.members import MemberRow
from bot.store.session import StoreSession

_ROW = RecipientRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far an edition has got, in recipients."""

    all: int
    left_out: int  #: unsubscribed, left or erased, or their letters were taken back
    owed: int  #: their letters were given to the outbox, and not taken back
    went: int
    in_doubt: int  #: their letters may have arrived
    failed: int  #: their letters did not go, and wait for a person

    @property
    def to_come(self) -> int:
        """Those whose time has not come yet, or who are away."""
        return self.all - self.left_out - self.owed

    @property
    def under_way(self) -> int:
        """Those whose letters are owed and have not gone."""
        return self.owed - self.went - self.in_doubt - self.failed


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A letter of an edition that waits for a person."""

    recipient: RecipientId
    key: str
    address: str
    member: MemberId | None
    may_have_arrived: bool
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """Who would get an edition that began now."""

    members: int
    suppressed: int  #: who asked not to get it
    without_address: int


@dataclass(frozen=True, slots=True)
class Recipients:
    """Every recipient of every edition."""

    _session: StoreSession

    def expected(self) -> Expected:
        """How many members would get an edition that began now, and how many not."""
        here, addressed = self._session.execute(
            select(func.count(), func.count(MemberRow.email)).where(
                MemberRow.left_at.is_(None)
            )
        ).one()
        stopped = self._session.scalar(
            select(func.count())
            .select_from(MemberRow)
            .join(SuppressionRow, SuppressionRow.address == MemberRow.email)
            .where(MemberRow.left_at.is_(None))
        )
        suppressed = stopped or 0
        return Expected(
            members=addressed - suppressed,
            suppressed=suppressed,
            without_address=here - addressed,
        )

    def get(self, recipient: int) -> Recipient | None:
        """The recipient of that id."""
        row = self._session.get(RecipientRow, recipient)
        return _recipient(row) if row else None

    def enlist(self, edition: Edition, *, due_at: datetime, most: int) -> int:
        """Make up to *most* members recipients, in the order of their ids; how many.

        Those who were here with an address when the edition began. Nothing where all
        of them have been dealt with. Suppression is looked at later, letter by letter.
        """
        last = select(func.max(_ROW.member)).where(_ROW.edition == edition.id)
        found = self._session.execute(
            select(MemberRow.id, MemberRow.email)
            .where(MemberRow.id > func.coalesce(last.scalar_subquery(), ""))
            .where(MemberRow.email.is_not(None), *_here(edition))
            .order_by(MemberRow.id)
            .limit(most)
        ).all()
        rows = [
            _columns(edition.id, str(email), Audience.MEMBERS, due_at, member)
            for member, email in found
        ]
        self._session.insert_all(RecipientRow, rows)
        return len(found)

    def add_partners(
        self, edition: Edition, addresses: Iterable[str], *, due_at: datetime
    ) -> None:
        """Make recipients of *addresses*, of those beyond the members, each once."""
        rows = [
            _columns(edition.id, address, Audience.OTHERS, due_at, None)
            for address in addresses
        ]
        self._session.insert_all(RecipientRow, rows)

    def due(
        self, edition: EditionId, *, now: datetime, most: int
    ) -> tuple[Recipient, ...]:
        """Up to *most* whose letters are to be owed now."""
        rows = self._session.scalars(
            _waiting(edition)
            .where(_ROW.due_at <= now)
            .order_by(_ROW.due_at, _ROW.id)
            .limit(most)
            .execution_options(populate_existing=True)
        )
        return tuple(map(_recipient, rows))

    def any_waiting(self, edition: EditionId) -> bool:
        """Whether somebody is neither owed their letter nor left out."""
        return self._session.scalar(_waiting(edition).limit(1)) is not None

    def owed(self, recipients: Collection[RecipientId], *, at: datetime) -> None:
        """Their letters have been given to the outbox."""
        self._mark(recipients, owed_at=at)

    def leave_out(self, recipients: Collection[RecipientId], *, at: datetime) -> None:
        """They get none: unsubscribed, left or erased meanwhile."""
        self._mark(recipients, left_out_at=at)

    def put_off(self, recipient: RecipientId, *, until: datetime) -> None:
        """Owe theirs later."""
        self._mark([recipient], due_at=until)

    def of_address(self, address: str) -> tuple[Recipient, ...]:
        """Everything that *address* gets, or got."""
        rows = self._session.scalars(
            select(RecipientRow)
            .where(_ROW.address == address.lower())
            .order_by(_ROW.id)
        )
        return tuple(map(_recipient, rows))

    def progress(self, edition: EditionId) -> Progress:
        """How far *edition* has got."""
        everyone, left_out, owed = self._session.execute(
            select(
                func.count(), func.count(_ROW.left_out_at), func.count(_ROW.owed_at)
            ).where(_ROW.edition == edition)
        ).one()
        went, withdrawn, in_doubt, parked = self._session.execute(
            select(
                func.count(OutboxRow.sent_at),
                func.count(case((_WITHDRAWN, 1))),
                func.count(case((_PARKED & _IN_DOUBT, 1))),
                func.count(case((_PARKED, 1))),
            ).where(_letters_of(edition))
        ).one()
        return Progress(
            all=everyone,
            left_out=left_out + withdrawn,
            owed=owed - withdrawn,
            went=went,
            in_doubt=in_doubt,
            failed=parked - in_doubt,
        )

    def doubts(self, edition: EditionId, *, most: int) -> tuple[Doubt, ...]:
        """Up to *most* letters that wait for a person; the doubtful first."""
        letters = self._session.scalars(
            select(OutboxRow)
            .where(_letters_of(edition), _PARKED)
            .order_by(OutboxRow.sending_at.is_(None), OutboxRow.id)
            .limit(most)
            .execution_options(populate_existing=True)
        )
        found = (
            (one, self._session.get(RecipientRow, _number(one))) for one in letters
        )
        return tuple(_doubt(letter, row) for letter, row in found if row is not None)

    def unsent(self, recipients: Collection[Recipient]) -> tuple[str, ...]:
        """The keys of their letters that are owed and have not gone."""
        keys = [letter_key(one.edition, one.id) for one in recipients]
        return tuple(
            self._session.scalars(
                select(OutboxRow.key).where(OutboxRow.key.in_(keys), is_owed(OutboxRow))
            )
        )

    def _mark(self, recipients: Collection[RecipientId], **times: datetime) -> None:
        if recipients:
            self._session.change(
                update(RecipientRow).where(_ROW.id.in_(recipients)).values(**times)
            )


def _columns(
    edition: EditionId,
    address: str,
    audience: Audience,
    due_at: datetime,
    member: str | None,
) -> dict[str, object]:
    return {
        "edition": edition,
        "member": member,
        "address": address.lower(),
        "audience": audience.value,
        "due_at": due_at,
    }


_PARKED = OutboxRow.parked_at.is_not(None)
_WITHDRAWN = OutboxRow.withdrawn_at.is_not(None) & OutboxRow.sent_at.is_(None)
_IN_DOUBT = OutboxRow.sending_at.is_not(None)


def _letters_of(edition: EditionId) -> ColumnElement[bool]:
    return and_(
        OutboxRow.medium == Medium.MAIL.value,
        OutboxRow.key.startswith(f"edition:{edition}:", autoescape=True),
    )


def _number(letter: OutboxRow) -> int:
    return recipient_of(letter.key)[1]


def _doubt(letter: OutboxRow, row: RecipientRow) -> Doubt:
    return Doubt(
        recipient=RecipientId(row.id),
        key=letter.key,
        address=row.address,
        member=MemberId(row.member) if row.member else None,
        may_have_arrived=letter.sending_at is not None,
        why=letter.last_error or "",
    )


def _here(edition: Edition) -> tuple[ColumnElement[bool], ...]:
    began = edition.begun_at
    return (
        MemberRow.left_at.is_(None),
        MemberRow.joined_at.is_(None) | (MemberRow.joined_at <= began),
    )


def _waiting(edition: EditionId) -> Select[RecipientRow]:
    return select(RecipientRow).where(
        _ROW.edition == edition, _ROW.owed_at.is_(None), _ROW.left_out_at.is_(None)
    )


def _recipient(row: RecipientRow) -> Recipient:
    return Recipient(
        id=RecipientId(row.id),
        edition=EditionId(row.edition),
        member=MemberId(row.member) if row.member else None,
        address=row.address,
        audience=Audience(row.audience),
        due_at=row.due_at,
        owed_at=row.owed_at,
        left_out_at=row.left_out_at,
    )
