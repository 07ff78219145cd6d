"""The simulated workspace: its people and channels, and what it announces."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.simulator.clock import Clock
from bot.simulator.errors import Json, SlackRefuses
from bot.simulator.identifiers import new_id
from bot.simulator.model import App, Channel, Message, Team, User
from bot.simulator.transcript import Transcript

#: Called with an event and the channel it happened in, if it happened in one.
Announce = Callable[[Json, Channel | None], None]


def _nobody_listens(event: Json, channel: Channel | None) -> None:
    """Let *event* pass."""


@dataclass
class Workspace:
    """All state of one workspace; whatever changes it announces the change."""

    clock: Clock
    transcript: Transcript
    team: Team = field(default_factory=Team)
    app: App = field(default_factory=App)
    users: dict[str, User] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    #: Messages only one person sees; never in any history.
    ephemerals: list[Json] = field(default_factory=list)
    announce: Announce = _nobody_listens
    #: User id to the id of their direct conversation with the bot.
    direct: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        app = self.app
        bot = User(app.user_id, app.name, real_name=app.name.title(), is_bot=True)
        slackbot = User("USLACKBOT", "slackbot", real_name="Slackbot")
        for user in (slackbot, bot):
            user.team_id = self.team.id
            self.users[user.id] = user

    # People

    def add_user(self, name: str, **about: Any) -> User:
        """Add a person or bot and announce `team_join`.

        *about* takes the fields of `User`; without an `id` one is made.
        """
        quiet = bool(about.pop("quiet", False))
        user_id = about.pop("id", None) or new_id("U")
        user = User(user_id, name, team_id=self.team.id, **about)
        user.updated = int(self.clock.now())
        self.users[user.id] = user
        if not quiet:
            self.announce({"type": "team_join", "user": self.user_json(user)}, None)
        return user

    def change_user(self, user_id: str, **about: Any) -> User:
        """Change a person's fields and announce `user_change`."""
        user = self.user(user_id)
        for field_name, value in about.items():
            if field_name == "id" or not hasattr(user, field_name):
                raise SlackRefuses("invalid_arguments")
            setattr(user, field_name, value)
        user.updated = int(self.clock.now())
        self.announce({"type": "user_change", "user": self.user_json(user)}, None)
        return user

    def user(self, user_id: str) -> User:
        """Find a person by id.

        Raises:
            SlackRefuses: `user_not_found`.
        """
        if user_id not in self.users:
            raise SlackRefuses("user_not_found")
        return self.users[user_id]

    def user_json(self, user: User) -> Json:
        """Show a person as the app's scopes allow."""
        with_email = "users:read.email" in self.app.scopes
        return user.as_json(with_email=with_email, now=self.clock.now())

    # Channels

    def add_channel(self, name: str, creator: str = "", **about: Any) -> Channel:
        """Create a channel with its creator in it and announce it if public.

        Raises:
            SlackRefuses: `name_taken`.
        """
        if any(one.name == name for one in self.channels.values() if not one.is_im):
            raise SlackRefuses("name_taken")
        channel_id = about.pop("id", None) or new_id("C")
        made = int(self.clock.now())
        channel = Channel(channel_id, name, made, creator or "USLACKBOT", **about)
        channel.members = list(
            dict.fromkeys([*channel.members, *filter(None, [creator])])
        )
        self.channels[channel.id] = channel
        if not channel.is_private:
            shown = {
                "id": channel.id,
                "name": name,
                "created": made,
                "creator": creator,
            }
            self.announce({"type": "channel_created", "channel": shown}, None)
        return channel

    def channel(self, channel_id: str) -> Channel:
        """Find a channel by id or `#name`.

        Raises:
            SlackRefuses: `channel_not_found`.
        """
        if channel_id in self.channels:
            return self.channels[channel_id]
        name = channel_id.removeprefix("#")
        for channel in self.channels.values():
            if name and channel.name == name and not channel.is_im:
                return channel
        raise SlackRefuses("channel_not_found")

    def open_dm(self, user_id: str) -> Channel:
        """Give the bot's direct conversation with a person, made if need be."""
        self.user(user_id)
        if user_id not in self.direct:
            bot = self.app.user_id
            made = int(self.clock.now())
            dm = Channel(new_id("D"), "", made, bot, is_im=True, members=[user_id, bot])
            self.channels[dm.id] = dm
            self.direct[user_id] = dm.id
        return self.channels[self.direct[user_id]]

    def archive(self, channel: Channel, by: str) -> None:
        """Archive *channel*: nothing can be posted there from now on."""
        channel.is_archived = True
        self._announce_channel("archive", channel, {"channel": channel.id, "user": by})

    def unarchive(self, channel: Channel, by: str) -> None:
        """Open an archived channel again."""
        channel.is_archived = False
        event = {"channel": channel.id, "user": by}
        self._announce_channel("unarchive", channel, event)

    def rename(self, channel: Channel, name: str) -> None:
        """Give *channel* another name."""
        channel.name = name
        about = {"id": channel.id, "name": name, "created": channel.created}
        self._announce_channel("rename", channel, {"channel": about})

    def _announce_channel(self, verb: str, channel: Channel, event: Json) -> None:
        kind = "group" if channel.is_private else "channel"
        where = channel if channel.is_private else None
        self.announce({"type": f"{kind}_{verb}", **event}, where)

    # What belongs to no one module

    def message(self, channel: Channel, ts: str) -> Message:
        """Find a message by its timestamp.

        Raises:
            SlackRefuses: `message_not_found`.
        """
        found = channel.messages.get(ts)
        if found is None or found.subtype == "tombstone":
            raise SlackRefuses("message_not_found")
        return found

    def permalink(self, message: Message) -> str:
        """Give the link a person would copy from the message's menu."""
        compact = message.ts.replace(".", "")
        link = f"{self.team.url}archives/{message.channel}/p{compact}"
        if message.is_reply:
            link += f"?thread_ts={message.thread_ts}&cid={message.channel}"
        return link
