"""The outbox: messages owed, kept in the same transaction as what caused them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, select, update

from bot.ports import Act, Medium, Message, Receipt
from bot.store.schema.delivery import OutboxRow
from bot.store.session import StoreSession

_FOLLOWERS = (Act.UPDATE.value, Act.DELETE.value)  #: pointless without their target


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """A message that has not gone yet, and when it is due (community time)."""

    message: Message
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Outbox:
    """Every message owed or sent, as those who owe see it."""

    _session: StoreSession

    def owe(self, message: Message, *, due_at: datetime) -> bool:
        """Promise to send *message*, no earlier than *due_at* (community time).

        Owing a key again does nothing and returns False, whatever became of the first.
        An older message of the same slot is superseded unless it is on its way.
        """
        new = self._session.insert_new(OutboxRow, **_columns(message), due_at=due_at)
        if new and message.slot is not None:
            self._supersede(message, at=due_at)
        if new and message.target is not None and message.act in _FOLLOWERS:
            self._drop_if_target_is_gone(message, at=due_at)
        return new

    def owe_all(self, messages: Iterable[Message], *, due_at: datetime) -> None:
        """Promise many that stand alone at once: none has a slot or a target.

        Of one that was owed before nothing changes.
        """
        rows = [{**_columns(one), "due_at": due_at} for one in messages]
        self._session.insert_all(OutboxRow, rows)

    def withdraw(self, key: str, *, at: datetime) -> bool:
        """Take back what has not gone; whether there was anything to take back.

        False means that it went, is on its way, was never owed, or is parked.
        """
        withdrawn = self._session.change(
            update(OutboxRow)
            .where(OutboxRow.key == key, _untouched())
            .values(withdrawn_at=at)
        )
        if withdrawn:
            drop_followers(self._session, key, at=at)
        return bool(withdrawn)

    def put_off(self, key: str, *, until: datetime) -> None:
        """Send what has not gone no earlier than *until* (community time)."""
        late = update(OutboxRow).where(OutboxRow.key == key, _untouched())
        self._session.change(late.values(due_at=until))

    def has_left(self, key: str) -> bool:
        """Whether the message *key* went, is on its way, or may have gone."""
        found = select(OutboxRow.id).where(
            OutboxRow.key == key,
            OutboxRow.sent_at.is_not(None) | OutboxRow.sending_at.is_not(None),
        )
        return self._session.scalar(found) is not None

    def receipt(self, key: str) -> Receipt | None:
        """Where the message *key* went; None while it has not."""
        row = self._session.scalar(select(OutboxRow).where(OutboxRow.key == key))
        return receipt_of(row) if row else None

    def by_receipt(self, channel: str, ts: str) -> Message | None:
        """Our message that stands in *channel* at *ts*, if it is one of ours."""
        row = self._session.scalar(
            select(OutboxRow).where(
                OutboxRow.channel == channel,
                OutboxRow.ts == ts,
                OutboxRow.act == Act.POST.value,
            )
        )
        return message_of(row) if row else None

    def direct_channels(self) -> tuple[str, ...]:
        """The DMs that something of ours has gone to."""
        return tuple(
            channel
            for channel in self._session.scalars(
                select(OutboxRow.channel)
                .where(OutboxRow.channel.startswith("D", autoescape=True))
                .distinct()
                .order_by(OutboxRow.channel)
            )
            if channel
        )

    def blank(self, key: str) -> None:
        """Keep no words of the message *key*, nor of what was owed in its slots."""
        self._session.change(
            update(OutboxRow)
            .where(
                (OutboxRow.key == key)
                | OutboxRow.key.startswith(f"{key}:", autoescape=True),
                ~is_owed(OutboxRow),
            )
            .values(body={})
        )

    def find(self, key: str) -> Message | None:
        """The message *key* as it was owed, whatever became of it."""
        row = self._session.scalar(select(OutboxRow).where(OutboxRow.key == key))
        return message_of(row) if row else None

    def sent_contacts(self, member: str, *, since: datetime) -> tuple[datetime, ...]:
        """When unsolicited messages went to *member*, oldest first. Community times."""
        return tuple(
            self._session.scalars(
                select(OutboxRow.sent_at)
                .where(
                    OutboxRow.member == member,
                    OutboxRow.unsolicited,
                    OutboxRow.sent_at >= since,
                )
                .order_by(OutboxRow.sent_at)
            )
        )

    def owed(
        self,
        *,
        member: str | None = None,
        prefix: str | None = None,
        unsolicited: bool | None = None,
        medium: Medium | None = None,
        limit: int = 1000,
    ) -> tuple[Owed, ...]:
        """What has not gone, soonest due first; *prefix* begins the key."""
        wanted = select(OutboxRow).where(_open())
        if medium is not None:
            wanted = wanted.where(OutboxRow.medium == medium.value)
        if member is not None:
            wanted = wanted.where(OutboxRow.member == member)
        if prefix is not None:
            wanted = wanted.where(OutboxRow.key.startswith(prefix, autoescape=True))
        if unsolicited is not None:
            wanted = wanted.where(OutboxRow.unsolicited == unsolicited)
        return self._owed(wanted.limit(limit))

    def _owed(self, wanted: Select[OutboxRow]) -> tuple[Owed, ...]:
        rows = self._session.scalars(
            wanted.order_by(OutboxRow.due_at, OutboxRow.id).execution_options(
                populate_existing=True
            )
        )
        return tuple(Owed(message=message_of(row), due_at=row.due_at) for row in rows)

    def _supersede(self, message: Message, *, at: datetime) -> None:
        self._session.change(
            update(OutboxRow)
            .where(
                OutboxRow.slot == message.slot,
                OutboxRow.key != message.key,
                _untouched(),
            )
            .values(superseded_at=at)
        )

    def _drop_if_target_is_gone(self, message: Message, *, at: datetime) -> None:
        gone = self._session.scalar(
            select(OutboxRow.id).where(
                OutboxRow.key == message.target,
                OutboxRow.withdrawn_at.is_not(None)
                | OutboxRow.superseded_at.is_not(None)
                | OutboxRow.parked_at.is_not(None),
            )
        )
        if gone is not None:
            self.withdraw(message.key, at=at)


def drop_followers(session: StoreSession, key: str, *, at: datetime) -> None:
    """Withdraw the changes and deletions of a message that will not go."""
    session.change(
        update(OutboxRow)
        .where(
            OutboxRow.target == key, OutboxRow.act.in_(_FOLLOWERS), is_owed(OutboxRow)
        )
        .values(withdrawn_at=at)
    )


def is_owed(row: type[OutboxRow]) -> ColumnElement[bool]:
    """Neither gone nor given up nor taken back."""
    return and_(
        row.sent_at.is_(None),
        row.parked_at.is_(None),
        row.withdrawn_at.is_(None),
        row.superseded_at.is_(None),
    )


def message_of(row: OutboxRow) -> Message:
    """The message a row keeps."""
    return Message(
        key=row.key,
        medium=Medium(row.medium),
        act=Act(row.act),
        to=row.to,
        body=row.body,
        target=row.target,
        thread_ts=row.thread_ts,
        slot=row.slot,
        priority=row.priority,
        member=row.member,
        unsolicited=row.unsolicited,
        wording=row.wording,
    )


def receipt_of(row: OutboxRow) -> Receipt | None:
    """Where the message a row keeps went."""
    if row.channel is None or row.ts is None:
        return None
    return Receipt(channel=row.channel, ts=row.ts)


def _columns(message: Message) -> dict[str, object]:
    return {
        "key": message.key,
        "medium": message.medium.value,
        "act": message.act.value,
        "to": message.to,
        "body": dict(message.body),
        "target": message.target,
        "thread_ts": message.thread_ts,
        "slot": message.slot,
        "priority": message.priority,
        "member": message.member,
        "unsolicited": message.unsolicited,
        "wording": message.wording,
    }


def _open() -> ColumnElement[bool]:
    return is_owed(OutboxRow)


def _untouched() -> ColumnElement[bool]:
    return and_(is_owed(OutboxRow), OutboxRow.sending_at.is_(None))
