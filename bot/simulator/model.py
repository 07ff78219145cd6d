"""People, channels and messages as the simulated workspace keeps them."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.simulator.errors import Json

DEFAULT_SCOPES = [
    *("channels:history", "channels:read", "channels:join", "app_mentions:read"),
    *("chat:write", "commands", "im:history", "im:write", "users:read"),
    *("users:read.email", "reactions:read", "reactions:write"),
]


@dataclass
class App:
    """The one app installed in the workspace, and what it was granted."""

    app_id: str = "A0CONVENOR"
    name: str = "convenor"
    user_id: str = "U0BOT00000"
    bot_id: str = "B0BOT00000"
    bot_token: str = "xoxb-simulator"  # noqa: S105 (opens nothing but a simulator)
    app_token: str = "xapp-simulator"  # noqa: S105 (the same)
    signing_secret: str = "simulator-signing-secret"  # noqa: S105 (the same)
    verification: str = "simulator-verification"
    scopes: list[str] = field(default_factory=lambda: list(DEFAULT_SCOPES))
    app_scopes: list[str] = field(default_factory=lambda: ["connections:write"])
    #: Subscribed events, commands and shortcut callback ids; None means all of them.
    events: list[str] | None = None
    commands: list[str] | None = None
    shortcuts: list[str] | None = None
    #: The manifest's shortcuts (`name`, `type`, `callback_id`), for menus.
    menu: list[Json] = field(default_factory=list)
    revoked: set[str] = field(default_factory=set)


@dataclass
class Team:
    """The workspace itself."""

    id: str = "T0SIM00000"
    name: str = "Simulated workspace"
    domain: str = "simulated"

    @property
    def url(self) -> str:
        """The address people see in links."""
        return f"https://{self.domain}.slack.com/"


@dataclass
class User:
    """A person or a bot."""

    id: str
    name: str
    email: str = ""
    real_name: str = ""
    tz: str = "Europe/London"
    is_bot: bool = False
    deleted: bool = False
    guest: bool = False
    admin: bool = False
    team_id: str = ""
    updated: int = 0

    def as_json(self, *, with_email: bool, now: float) -> Json:
        """Give the user as `users.info` does; the address needs its own scope."""
        shown = self.real_name or self.name
        profile: Json = {
            "real_name": shown,
            "real_name_normalized": shown,
            "display_name": self.name,
            "display_name_normalized": self.name,
            "first_name": shown.split(" ", 1)[0],
            "last_name": shown.partition(" ")[2],
            "title": "",
            "phone": "",
            "status_text": "",
            "status_emoji": "",
            "avatar_hash": hashlib.sha256(self.id.encode()).hexdigest()[:12],
            "team": self.team_id,
        }
        if with_email and self.email and not self.is_bot:
            profile["email"] = self.email
        return {
            "id": self.id,
            "team_id": self.team_id,
            "name": self.name,
            "deleted": self.deleted,
            "real_name": shown,
            **_time_zone(self.tz, now),
            "profile": profile,
            "is_admin": self.admin,
            "is_owner": False,
            "is_primary_owner": False,
            "is_restricted": self.guest,
            "is_ultra_restricted": False,
            "is_bot": self.is_bot,
            "is_app_user": False,
            "updated": self.updated,
            "who_can_share_contact_card": "EVERYONE",
        }


def _time_zone(name: str, now: float) -> Json:
    zone = ZoneInfo(name)
    offset = datetime.fromtimestamp(now, zone).utcoffset() or timedelta()
    return {"tz": name, "tz_label": name, "tz_offset": int(offset.total_seconds())}


@dataclass
class Message:
    """One message; a deleted root with replies stays as a tombstone."""

    channel: str
    ts: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    thread_ts: str | None = None
    subtype: str | None = None
    by_app: bool = False
    username: str | None = None
    edited: Json | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    broadcast: bool = False
    #: Whether its blocks only repeat its text.
    plain: bool = True
    extra: Json = field(default_factory=dict)

    @property
    def is_reply(self) -> bool:
        """Whether it lies in a thread without being its root."""
        return self.thread_ts is not None and self.thread_ts != self.ts


@dataclass
class Channel:
    """A channel or a direct conversation with the bot, and all said in it."""

    id: str
    name: str
    created: int
    creator: str
    is_private: bool = False
    is_im: bool = False
    is_archived: bool = False
    topic: str = ""
    purpose: str = ""
    members: list[str] = field(default_factory=list)
    messages: dict[str, Message] = field(default_factory=dict)
    #: Timestamps, oldest first: what `conversations.history` shows.
    timeline: list[str] = field(default_factory=list)
    #: Root timestamp to its replies' timestamps, oldest first.
    threads: dict[str, list[str]] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """The word events use for this sort of channel."""
        if self.is_im:
            return "im"
        return "group" if self.is_private else "channel"

    @property
    def family(self) -> str:
        """The word scopes use: channels, groups, im."""
        return {"im": "im", "group": "groups", "channel": "channels"}[self.kind]

    def as_json(self, viewer: str) -> Json:
        """Give the channel as `conversations.info` does."""
        shared: Json = {
            "id": self.id,
            "created": self.created,
            "is_im": self.is_im,
            "is_org_shared": False,
            "is_archived": self.is_archived,
        }
        if self.is_im:
            other = next((one for one in self.members if one != viewer), viewer)
            return shared | {"user": other, "is_user_deleted": False, "priority": 0}
        return shared | self._named(viewer)

    def _named(self, viewer: str) -> Json:
        return {
            "name": self.name,
            "name_normalized": self.name,
            "is_channel": not self.is_private,
            "is_group": self.is_private,
            "is_mpim": False,
            "is_private": self.is_private,
            "is_general": self.name == "general",
            "is_member": viewer in self.members,
            "is_shared": False,
            "is_ext_shared": False,
            "creator": self.creator,
            "num_members": len(self.members),
            "topic": {"value": self.topic, "creator": "", "last_set": 0},
            "purpose": {"value": self.purpose, "creator": "", "last_set": 0},
            "previous_names": [],
        }
