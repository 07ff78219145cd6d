"""What somebody did in Slack, read once and safely from what Slack sends.

Slack leaves out what is empty and old clients leave out more, so every field here has
a value: text that is not there is ``""``, and so is a choice that was not made.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bot.domain.texts import keepable


class Kind(StrEnum):
    """The ways in which a person can act on the bot."""

    COMMAND = "command"
    ACTION = "action"
    SHORTCUT = "shortcut"
    SUBMITTED = "view_submission"
    CLOSED = "view_closed"
    CHOICES = "block_suggestion"


def first_part(name: str) -> str:
    """The registered part of an id: ``answer`` of ``answer:17``."""
    return name.partition(":")[0]


@dataclass(frozen=True, slots=True)
class Form:
    """What stands in a form's fields.

    A field is named by its ``block_id`` up to the first colon, and has one element:
    ``form["question"]`` reads the block ``question`` or ``question:2``, whatever the
    element's ``action_id``.
    """

    values: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    inputs: tuple[str, ...] = ()  #: the blocks under which Slack can show an error

    def __getitem__(self, name: str) -> str:
        """The field's text, or its (first) choice; "" when empty or not there."""
        return next(iter(self.many(name)), "")

    def many(self, name: str) -> tuple[str, ...]:
        """Every choice made in the field, in the order in which Slack gives them."""
        return tuple(_chosen(self._element(name)))

    def __contains__(self, name: str) -> bool:
        return self.block_id(name) is not None

    def block_id(self, name: str) -> str | None:
        """The block that holds the field *name*; None when the form has no such."""
        return next((block for block in self.values if first_part(block) == name), None)

    def place_for_error(self, name: str) -> str | None:
        """The input block *name*, or else the form's first; None without any."""
        found = (block for block in self.inputs if first_part(block) == name)
        return next(found, next(iter(self.inputs), None))

    def _element(self, name: str) -> Mapping[str, Any]:
        elements = self.values.get(self.block_id(name) or "", {})
        return next(iter(elements.values()), {})


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """One act of one person: a command, a button, a shortcut or a form.

    ``once`` names the act itself: Slack may send the same act twice, and a form can
    be submitted twice, with the same ``once`` each time. Use it in outbox keys and as
    the *source* of what the act creates.
    """

    kind: Kind
    name: str  #: as registered: "answer", "ask_form", "/ask"
    full_name: str  #: as sent: "answer:17"
    user: str  #: who did it: a Slack user id
    once: str
    value: str = ""  #: a button's value, the (first) option chosen, a command's text
    values: tuple[str, ...] = ()  #: every option chosen, in a list of several
    trigger: str = ""  #: opens a form for 3 s; used by the replies that open one
    channel: str | None = None  #: where the message or the command was
    ts: str | None = None  #: of the message the button or the shortcut was on
    thread_ts: str | None = None  #: of that message's thread, if it is in one
    message_author: str | None = None  #: who wrote that message
    message_text: str = ""  #: that message's text; hostile, and not guarded
    form: Form = field(default_factory=Form)
    private_metadata: str = ""  #: of the form
    view_id: str | None = None  #: of the form or the Home the act was in
    in_form: bool = False  #: the act was in an open form (not in Home, nor a message)
    depth: int = 1  #: how many forms are open on one another, as far as Slack says
    response_url: str | None = None

    @property
    def argument(self) -> str:
        """What follows the colon in the full name: ``17`` of ``answer:17``."""
        return self.full_name.partition(":")[2]


def read(body: Mapping[str, Any]) -> Pressed | None:
    """What somebody did, from Slack's payload; None when it is no person's act."""
    if "command" in body:
        return _command(body)
    reader = _READERS.get(str(body.get("type")))
    return reader(body) if reader else None


def _command(body: Mapping[str, Any]) -> Pressed:
    name = str(body["command"])
    return Pressed(
        kind=Kind.COMMAND,
        name=name,
        full_name=name,
        user=_text(body.get("user_id")),
        once=_once(body, name),
        value=_text(body.get("text")).strip(),
        trigger=_text(body.get("trigger_id")),
        channel=body.get("channel_id"),
        response_url=body.get("response_url"),
    )


def _action(body: Mapping[str, Any]) -> Pressed:
    action: Mapping[str, Any] = next(iter(body.get("actions") or ()), {})
    full_name = _text(action.get("action_id"))
    chosen = tuple(_chosen(action))
    return _of(
        body,
        kind=Kind.ACTION,
        full_name=full_name,
        value=next(iter(chosen), ""),
        values=chosen,
    )


def _shortcut(body: Mapping[str, Any]) -> Pressed:
    return _of(body, kind=Kind.SHORTCUT, full_name=_text(body.get("callback_id")))


def _submitted(body: Mapping[str, Any]) -> Pressed:
    return _of(body, kind=Kind.SUBMITTED, full_name=_callback_id(body))


def _closed(body: Mapping[str, Any]) -> Pressed:
    return _of(body, kind=Kind.CLOSED, full_name=_callback_id(body))


def _choices(body: Mapping[str, Any]) -> Pressed:
    return _of(
        body,
        kind=Kind.CHOICES,
        full_name=_text(body.get("action_id")),
        value=_text(body.get("value")).strip(),
    )


_READERS = {
    "block_actions": _action,
    "shortcut": _shortcut,
    "message_action": _shortcut,
    "view_submission": _submitted,
    "view_closed": _closed,
    "block_suggestion": _choices,
}


def _of(
    body: Mapping[str, Any],
    *,
    kind: Kind,
    full_name: str,
    value: str = "",
    values: tuple[str, ...] = (),
) -> Pressed:
    view = body.get("view") or {}
    message = body.get("message") or {}
    container = body.get("container") or {}
    return Pressed(
        kind=kind,
        name=first_part(full_name),
        full_name=full_name,
        user=_text((body.get("user") or {}).get("id")),
        once=_once(body, full_name),
        value=value,
        values=values,
        trigger=_text(body.get("trigger_id")),
        channel=(body.get("channel") or {}).get("id") or container.get("channel_id"),
        ts=message.get("ts") or container.get("message_ts") or body.get("message_ts"),
        thread_ts=message.get("thread_ts") or container.get("thread_ts"),
        message_author=message.get("user"),
        message_text=_text(message.get("text")),
        form=_form(body, view),
        private_metadata=_text(view.get("private_metadata")),
        view_id=view.get("id"),
        in_form=view.get("type") == "modal",
        depth=_depth(view),
        response_url=body.get("response_url"),
    )


def _form(body: Mapping[str, Any], view: Mapping[str, Any]) -> Form:
    state = view.get("state") or body.get("state") or {}
    blocks = view.get("blocks") or ()
    inputs = (str(block["block_id"]) for block in blocks if block["type"] == "input")
    return Form(state.get("values") or {}, tuple(inputs))


def _once(body: Mapping[str, Any], full_name: str) -> str:
    """A submitted form is one act however often it is sent; a press has its trigger.

    Another form shown in its place keeps its id, and has another hash.
    """
    view = body.get("view") or {}
    if body.get("type") == "view_submission" and view.get("id"):
        return ":".join(filter(None, ("view", view["id"], view.get("hash"))))
    return f"{full_name}:{body.get('trigger_id') or view.get('id') or ''}"


def _depth(view: Mapping[str, Any]) -> int:
    """1, 2 or 3: Slack names the bottom form and the one beneath, and allows three."""
    beneath, root = view.get("previous_view_id"), view.get("root_view_id")
    if not beneath:
        return 1
    return 2 if beneath == root else 3


def _callback_id(body: Mapping[str, Any]) -> str:
    return _text((body.get("view") or {}).get("callback_id"))


#: Where an element's choice stands, by its type; Slack has a word for each.
_SINGLE = (
    "value",
    "selected_date",
    "selected_time",
    "selected_user",
    "selected_conversation",
    "selected_channel",
    "selected_date_time",
)
_SEVERAL = ("selected_users", "selected_conversations", "selected_channels")


def _chosen(element: Mapping[str, Any]) -> Iterable[str]:
    option = element.get("selected_option")
    if option:
        yield _text(option.get("value"))
    for name in _SINGLE:
        if element.get(name) not in (None, ""):
            yield keepable(str(element[name]))
    for option in element.get("selected_options") or ():
        yield _text(option.get("value"))
    for name in _SEVERAL:
        yield from element.get(name) or ()


def _text(value: object) -> str:
    return keepable(value) if isinstance(value, str) else ""
