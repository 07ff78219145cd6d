"""What composing a message takes: one open transaction, the community and the time."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid4

from bot.domain.community import Community
from bot.domain.members import Member, MemberId
from bot.ports import Act, Message, Priority
from bot.store import Transaction
from bot.views.links import Links


@dataclass(slots=True)
class Places:
    """Where the community is in Slack; filled in once Slack has been reached.

    ``questions`` and ``digests`` are channel ids, or the configured names until then.
    """

    questions: str = ""
    digests: str = ""
    bot_user: str | None = None
    address: str = ""  #: the workspace's own, "https://example.slack.com/"

    def link(self, channel: str, ts: str, thread_ts: str | None = None) -> str | None:
        """The address of one message, as Slack writes them; None while unknown."""
        if not self.address:
            return None
        found = f"{self.address}archives/{channel}/p{ts.replace('.', '')}"
        if thread_ts and thread_ts != ts:
            found += f"?thread_ts={thread_ts}&cid={channel}"
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Everything that composing and owing a message needs."""

    tx: Transaction
    community: Community
    now: datetime  #: community time
    places: Places = field(default_factory=Places)
    mail: bool = False  #: letters can be sent
    links: Links | None = None  #: None: the bot has no public address

    def owe(self, message: Message) -> None:
        """Owe *message* from now on."""
        self.tx.outbox.owe(message, due_at=self.now)

    def change(self, key: str, body: dict[str, object], *, to: str) -> None:
        """Owe a change of the message *key*: the newest version is the one shown."""
        slot = f"{key}:shown"
        self.owe(
            Message(
                key=f"{slot}:{uuid4().hex}",
                act=Act.UPDATE,
                to=to,
                body=body,
                target=key,
                slot=slot,
                priority=Priority.PERSON,
            )
        )

    def tell(self, member: Member, key: str, body: dict[str, object]) -> None:
        """Owe *member* an answer to something they did; not an unasked contact.

        A member who cannot be reached in Slack has nothing to answer there.
        """
        if member.slack:
            self.owe(
                Message(
                    key=key,
                    to=member.slack,
                    body=body,
                    priority=Priority.PERSON,
                    member=member.id,
                )
            )

    def answer(self, user: str, key: str, body: dict[str, object]) -> None:
        """Owe an answer to somebody in Slack who may not be a member."""
        self.owe(Message(key=key, to=user, body=body, priority=Priority.PERSON))

    def member(self, member: MemberId) -> Member:
        """The member of that id, who must exist."""
        found = self.tx.members.get(member)
        if found is None:
            raise LookupError("a member that something refers to is not kept")
        return found

    def link(self, channel: str, ts: str | None) -> str | None:
        """The address of a message; None while it has not gone."""
        return self.places.link(channel, ts) if ts else None
