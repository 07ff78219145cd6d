"""A player: whoever holds one can be anybody in the simulated workspace.

slack = Player("http://127.0.0.1:9000")
amira = slack.person("U0AMIRA")
question = amira.post("#questions", "When do you repeat FIT?")
amira.press("accept", channel=question.channel, ts=question.ts)
"""

import json
import time
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

#: Seconds to wait for any one verb: an unanswered interaction takes 3.
PATIENCE = 30.0
#: Seconds between looks while waiting.
PAUSE = 0.02


class Refused(Exception):
    """Slack, or its client, would not let a person do that."""

    def __init__(self, error: str, answer: dict[str, Any]) -> None:
        super().__init__(error)
        self.error = error
        self.answer = answer


@dataclass(frozen=True)
class Said:
    """Where something was said."""

    channel: str
    ts: str


class Player:
    """The control API, as methods."""

    def __init__(self, url: str) -> None:
        self._where = urlsplit(url).netloc

    def do(self, verb: str, **given: Any) -> dict[str, Any]:
        """Do any verb of the control API.

        Raises:
            Refused: Slack would refuse it.
        """
        connection = HTTPConnection(self._where, timeout=PATIENCE)
        try:
            body = json.dumps(
                {key: one for key, one in given.items() if one is not None}
            )
            headers = {"Content-Type": "application/json"}
            connection.request("POST", f"/control/{verb}", body, headers)
            answer: dict[str, Any] = json.loads(connection.getresponse().read())
        finally:
            connection.close()
        if not answer.pop("ok"):
            raise Refused(str(answer.get("error")), answer)
        return answer

    def person(self, user_id: str) -> "Person":
        """Be somebody who is there already."""
        return Person(self, user_id)

    def new_person(self, name: str, **about: Any) -> "Person":
        """Add somebody and be them."""
        return self.person(self.do("person", name=name, **about)["user"])

    def new_channel(self, name: str, **about: Any) -> str:
        """Create a channel and give its id."""
        return str(self.do("channel", name=name, **about)["channel"])

    def fault(self, kind: str, method: str = "*", **about: Any) -> None:
        """Put a fault in force."""
        self.do("fault", kind=kind, method=method, **about)

    def transcript(self, *kinds: str, after: int = 0) -> list[dict[str, Any]]:
        """Read the transcript, only some kinds of entry if named."""
        given = {"after": after, "kinds": ",".join(kinds) or None}
        entries: list[dict[str, Any]] = self.do("transcript", **given)["entries"]
        return entries

    def letters(self, to: str | None = None, after: int = 0) -> list[dict[str, Any]]:
        """Read the letters that went out, only those to one address if named."""
        found: list[dict[str, Any]] = self.do("letters", to=to, after=after)["letters"]
        return found

    def letter_source(self, letter: int) -> str:
        """Give one letter as it travelled."""
        return str(self.do("letter_source", id=letter)["source"])

    def save_letters(self, folder: str) -> list[str]:
        """Write every letter and calendar part to a folder; gives the files' names."""
        return [str(one) for one in self.do("letters_save", folder=folder)["files"]]

    def mail_weather(self, kind: str, **about: Any) -> None:
        """Let something go wrong with letters; `clear` ends it."""
        self.do("mail_weather", kind=kind, **about)

    def quiet(self) -> bool:
        """Tell whether nothing is unacknowledged or queued."""
        return bool(self.do("quiet")["quiet"])

    def wait_until_quiet(self, seconds: float = 10.0) -> None:
        """Wait until everything sent to the app is acknowledged or given up.

        Raises:
            TimeoutError: it was not, in *seconds*.
        """
        until = time.monotonic() + seconds
        while not self.quiet():
            if time.monotonic() > until:
                raise TimeoutError("Slack still has something to deliver.")
            time.sleep(PAUSE)


@dataclass(frozen=True)
class Person:
    """One person at their desk. Acts raise `Refused` as `Player.do` does."""

    player: Player
    id: str

    def _do(self, verb: str, **given: Any) -> dict[str, Any]:
        return self.player.do(verb, user=self.id, **given)

    def post(self, channel: str, text: str, **more: Any) -> Said:
        """Post in a channel."""
        return Said(**self._do("post", channel=channel, text=text, **more))

    def reply(self, to: Said, text: str, **more: Any) -> Said:
        """Reply in a thread."""
        return self.post(to.channel, text, thread_ts=to.ts, **more)

    def dm(self, text: str, **more: Any) -> Said:
        """Write to the bot directly."""
        return Said(**self._do("dm", text=text, **more))

    def edit(self, said: Said, text: str) -> None:
        """Edit something said."""
        self._do("edit", channel=said.channel, ts=said.ts, text=text)

    def delete(self, said: Said) -> None:
        """Delete something said."""
        self._do("delete", channel=said.channel, ts=said.ts)

    def react(self, to: Said, name: str) -> None:
        """React to something said."""
        self._do("react", channel=to.channel, ts=to.ts, name=name)

    def unreact(self, to: Said, name: str) -> None:
        """Take a reaction back."""
        self._do("unreact", channel=to.channel, ts=to.ts, name=name)

    def join(self, channel: str) -> None:
        """Join a channel."""
        self._do("invite", channel=channel)

    def open_home(self) -> None:
        """Open the app's Home."""
        self._do("home")

    def press(self, action_id: str, **where: Any) -> dict[str, Any]:
        """Press a button: `channel` and `ts`, or `home=True`, or the open modal's."""
        return self._do("press", action_id=action_id, **where)

    def choose(self, action_id: str, value: Any, **where: Any) -> dict[str, Any]:
        """Choose in a menu."""
        return self._do("press", action_id=action_id, value=value, **where)

    def fill(self, **values: Any) -> dict[str, Any]:
        """Fill in fields of the open modal."""
        return self._do("fill", values=values)

    def submit(self, **values: Any) -> dict[str, Any]:
        """Fill in and submit the open modal: fields by action id or block id."""
        return self._do("submit", values=values)

    def close(self, *, everything: bool = False) -> dict[str, Any]:
        """Close the open modal."""
        return self._do("close", everything=everything)

    def command(self, text: str, channel: str | None = None) -> dict[str, Any]:
        """Type a slash command."""
        return self._do("command", text=text, channel=channel)

    def shortcut(self, callback_id: str) -> dict[str, Any]:
        """Use a global shortcut."""
        return self._do("shortcut", callback_id=callback_id)

    def message_shortcut(self, callback_id: str, on: Said) -> dict[str, Any]:
        """Use a shortcut on a message."""
        about = {"callback_id": callback_id, "channel": on.channel, "ts": on.ts}
        return self._do("message_shortcut", **about)

    def sees(self, channel: str, thread_ts: str | None = None) -> list[dict[str, Any]]:
        """Read a channel or thread as this person sees it."""
        given = {"channel": channel, "thread_ts": thread_ts}
        seen: list[dict[str, Any]] = self._do("sees", **given)["messages"]
        return seen

    def dms(self) -> list[dict[str, Any]]:
        """Read the direct conversation with the bot."""
        seen: list[dict[str, Any]] = self._do("dm_seen")["messages"]
        return seen

    def dm_channel(self) -> str:
        """Give the id of the direct conversation with the bot."""
        return str(self._do("dm_seen")["channel"])

    def home(self) -> dict[str, Any] | None:
        """See the app's Home, None before it was ever published."""
        view: dict[str, Any] | None = self._do("home_seen")["view"]
        return view

    def modal(self) -> dict[str, Any] | None:
        """See the modal in front, None if none is open."""
        view: dict[str, Any] | None = self._do("modal")["view"]
        return view
