"""The people of a play, at their desks: what they see, press and type."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.demo.looks import Json, Seen, buttons, words
from bot.demo.processes import PlayFailed
from bot.simulator.player import Person, Player, Said

NOTICE = "notice"  #: the form in which the bot says why something was not done


class NotThere(PlayFailed):
    """Somebody looks for a button or a form that is not in front of them."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody of the cast, in Slack."""

    player: Player
    id: str
    name: str
    desk: Person = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "desk", self.player.person(self.id))

    @property
    def first(self) -> str:
        """What they are called by those who know them."""
        return self.name.split()[0]

    def presses(self, label: str, *, about: str = "") -> None:
        """Press the newest button of that label in the DM whose message says *about*.

        Raises:
            NotThere: there is none.
        """
        for message in reversed(self.desk.dms()):
            found = _labelled(message["blocks"], label)
            if found and about in words(message["blocks"]):
                where = {"channel": self.desk.dm_channel(), "ts": message["ts"]}
                self._press(found, where)
                return
        raise NotThere(f"{self.name} sees no button {label!r} about {about!r}.")

    def presses_at_home(self, label: str) -> None:
        """Open the app's Home and press the first button of that label.

        Raises:
            NotThere: there is none.
        """
        found = _labelled((self.desk.home() or {}).get("blocks", []), label)
        if not found:
            raise NotThere(f"{self.name}'s Home has no button {label!r}.")
        self._press(found, {"home": True})

    def presses_in_form(self, label: str, *, under: str = "") -> None:
        """Press a button or a menu's choice in the open form, below the words *under*.

        Raises:
            NotThere: there is none.
        """
        blocks = self.form["blocks"]
        below = [n for n, block in enumerate(blocks) if under in words([block])]
        found = _labelled(blocks[below[0] :] if below else [], label)
        if not found:
            raise NotThere(f"{self.name}'s form has no {label!r} under {under!r}.")
        self._press(found, {})

    def submits(self, **values: Any) -> Json:
        """Fill in and send the open form; the errors by field, empty when it is taken.

        Raises:
            PlayFailed: the bot did not answer it as Slack expects, or declined.
        """
        answer = self.desk.submit(**values)
        if not answer.get("acked") or answer.get("trouble"):
            raise PlayFailed(f"{self.name}'s form was not answered: {answer}")
        front = answer.get("modal") or {}
        if front.get("callback_id") == NOTICE:
            raise PlayFailed(f"{self.name} reads: {words(front['blocks'])}")
        errors: Json = answer.get("errors") or {}
        return errors

    def is_told(self, **values: Any) -> str:
        """Fill in and send the open form; what the bot says to that, in a notice.

        Raises:
            PlayFailed: it said nothing, or the form was not taken.
        """
        answer = self.desk.submit(**values)
        front = answer.get("modal") or {}
        if front.get("callback_id") != NOTICE:
            raise PlayFailed(f"{self.name}'s form was not answered: {answer}")
        self.closes_forms()
        return words(front["blocks"])

    @property
    def form(self) -> Json:
        """The form in front of them.

        Raises:
            NotThere: none is open.
        """
        view = self.desk.modal()
        if view is None:
            raise NotThere(f"No form is open for {self.name}.")
        return view

    @property
    def form_words(self) -> str:
        """Everything that can be read in the open form."""
        return words(self.form["blocks"])

    def choice(self, block: str, label: str) -> str:
        """The value of the choice in the open form that begins with *label*.

        Raises:
            NotThere: there is none.
        """
        for one in self.form["blocks"]:
            if one.get("block_id") == block:
                for option in one["element"].get("options", ()):
                    if option["text"]["text"].startswith(label):
                        return str(option["value"])
        raise NotThere(f"{self.name}'s form has no {label!r} to choose.")

    def closes_forms(self) -> None:
        """Close whatever is open."""
        if self.desk.modal() is not None:
            self.desk.close(everything=True)

    def command(self, text: str, channel: str | None = None) -> None:
        """Type a slash command.

        Raises:
            PlayFailed: the bot did not answer it in time.
        """
        if not self.desk.command(text, channel).get("acked"):
            raise PlayFailed(f"{text} was not answered.")

    def shortcut(self, name: str, on: Said) -> None:
        """Use a shortcut of a message's menu.

        Raises:
            PlayFailed: the bot did not answer it in time.
        """
        if not self.desk.message_shortcut(name, on).get("acked"):
            raise PlayFailed(f"The shortcut {name} was not answered.")

    def _press(self, found: Seen, where: Json) -> None:
        answer = self.desk.press(
            found.action_id, block_id=found.block_id, value=found.value, **where
        )
        if not answer.get("acked"):
            raise PlayFailed(f"{self.name} pressed {found.label!r}: no answer.")


def _labelled(blocks: list[Json], label: str) -> Seen | None:
    return next(_all(blocks, label), None)


def _all(blocks: list[Json], label: str) -> Iterator[Seen]:
    return (one for one in buttons(blocks) if one.label == label)
