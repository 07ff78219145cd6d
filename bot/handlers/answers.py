"""Turning a reply into what Slack shows, which depends on what the person did."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt import BoltResponse

from bot.handlers.pressed import Kind, Pressed
from bot.handlers.replies import Choices, Close, Errors, Push, Replace, Reply, Say
from bot.ports import Forms

TOO_LATE = "The form did not open in time. Nothing was changed: please try again."

SECTION = 3000  #: characters: Slack's limit for one paragraph
SENTENCE = 2000  #: characters shown beside a field
MOST_OPTIONS = 100
OPTION = 75  #: characters: Slack's limit for an option's words
DEEPEST = 3  #: forms on one another

Respond = Callable[..., Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Answers one act. *respond* reaches the person when no form can be opened."""

    act: Pressed
    forms: Forms
    respond: Respond

    def give(self, reply: Reply | None) -> BoltResponse:
        """Show *reply*; what Slack is told is returned."""
        if self.act.kind is Kind.CLOSED:
            return _ok()
        if self.act.kind is Kind.CHOICES:
            return _ok({"options": _options(reply)})
        if self.act.kind is Kind.SUBMITTED:
            return _ok(_in_form(self.act, reply))
        return self._outside(reply)

    def refuse(self, advice: str, field: str | None = None) -> BoltResponse:
        """Say what was declined, without losing anything that was typed."""
        if self.act.kind is not Kind.SUBMITTED:
            return self.give(Say(advice))
        if field is not None or self.act.depth >= DEEPEST:
            return self.give(Errors({field or "": advice}))
        return self.give(Push(notice(advice)))

    def _outside(self, reply: Reply | None) -> BoltResponse:
        """After a command, a button or a shortcut."""
        match reply:
            case Say() | Errors():
                return self._say(_as_sentence(reply))
            case Push(view) | Replace(view):
                opened = self._open(view, replace=isinstance(reply, Replace))
                return _ok() if opened else self._say_late()
            case _:
                return _ok()

    def _open(self, view: Mapping[str, Any], *, replace: bool) -> bool:
        if not self.act.in_form:
            return self.forms.open(self.act.trigger, view)
        if replace and self.act.view_id:
            return self.forms.update(self.act.view_id, view)
        return self.forms.push(self.act.trigger, view)

    def _say(self, say: Say) -> BoltResponse:
        if self.act.kind is Kind.COMMAND:
            return _ok(_ephemeral(say))
        if not self._open(notice(say.text, say.blocks), replace=False):
            self._whisper(say)
        return _ok()

    def _say_late(self) -> BoltResponse:
        say = Say(TOO_LATE)
        if self.act.kind is Kind.COMMAND:
            return _ok(_ephemeral(say))
        self._whisper(say)
        return _ok()

    def _whisper(self, say: Say) -> None:
        """A message only they see. Home has no such place: there, nothing opens."""
        if self.act.response_url:
            self.respond(replace_original=False, **_ephemeral(say))


def notice(text: str, blocks: Any = ()) -> dict[str, Any]:
    """A small form that says one thing."""
    section = {"type": "section", "text": {"type": "mrkdwn", "text": text[:SECTION]}}
    return {
        "type": "modal",
        "callback_id": "notice",
        "title": {"type": "plain_text", "text": "Just so you know"},
        "close": {"type": "plain_text", "text": "Close"},
        "blocks": list(blocks) or [section],
    }


def _in_form(act: Pressed, reply: Reply | None) -> dict[str, Any] | None:
    """What Slack does with the form that was submitted; None closes it."""
    told: dict[str, Any] | None = None
    match reply:
        case Say(text, blocks):
            told = {"response_action": "update", "view": notice(text, blocks)}
        case Errors(by_field):
            told = _errors(act, by_field)
        case Push(view):
            told = {"response_action": "push", "view": dict(view)}
        case Replace(view):
            told = {"response_action": "update", "view": dict(view)}
        case Close():
            told = {"response_action": "clear"}
    return told


def _errors(act: Pressed, by_field: Mapping[str, str]) -> dict[str, Any]:
    """Each error under its field; one without a field of its own goes to the first.

    Slack shows nothing useful when an error names a field that is not there.
    """
    shown: dict[str, str] = {}
    for name, advice in by_field.items():
        block = act.form.place_for_error(name)
        if block is None:
            return {"response_action": "push", "view": notice(advice)}
        shown[block] = f"{shown[block]} {advice}" if block in shown else advice
    cut = {block: advice[:SENTENCE] for block, advice in shown.items()}
    return {"response_action": "errors", "errors": cut}


def _as_sentence(reply: Say | Errors) -> Say:
    if isinstance(reply, Say):
        return reply
    return Say(" ".join(reply.by_field.values()))


def _ephemeral(say: Say) -> dict[str, Any]:
    body: dict[str, Any] = {"response_type": "ephemeral", "text": say.text}
    if say.blocks:
        body["blocks"] = list(say.blocks)
    return body


def _options(reply: Reply | None) -> list[dict[str, Any]]:
    if not isinstance(reply, Choices):
        return []
    return [
        {"text": {"type": "plain_text", "text": words[:OPTION]}, "value": value}
        for words, value in reply.options[:MOST_OPTIONS]
    ]


def _ok(body: dict[str, Any] | None = None) -> BoltResponse:
    return BoltResponse(status=200, body=body or "")
