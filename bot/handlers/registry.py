"""Where features say what their commands, buttons, forms and shortcuts do.

A feature's door is one function that is given the ``Door`` and what it needs::

    def register(door: Door, ctx: Context) -> None:

        @door.shortcut("ask")
        @door.command("/ask")
        def open_form(act: Pressed) -> Reply:
            return Push(views.ask_form(draft=act.value))

        @door.view("ask_form")
        def submitted(act: Pressed) -> Reply | None:
            questions.ask(
                ctx,
                asker=act.user,
                text=act.form["question"],
                topics=act.form.many("topics"),
                source=act.once,
            )
            return None  # the form closes

        @door.action("decline")
        def decline(act: Pressed) -> None:
            invitations.decline(ctx, invitation=act.value, member=act.user)

**Act, then acknowledge.** The function runs first and Slack is told afterwards, so
that a person who sees a form close knows that their words are kept. It must be quick
(well under 3 s): anything slow is owed, not done.

**Refusals.** A ``CommunityError`` becomes a private answer in the right place: under
its ``field`` in a form, which stays open with what was typed; on top of the form when
it has no field; under a command; as a small notice after a button or a shortcut.

**Failures.** Anything else that is raised is answered with a kind sentence, and its
class name, never its words, is logged.

**Names.** An ``action_id``, ``block_id`` or ``callback_id`` is registered by its part
before the first colon: ``answer:17`` finds ``answer``, and ``act.argument`` is
``"17"``. A field is read by its ``block_id``: ``act.form["question"]``. Buttons that
only open a web address are called ``link`` and need no function. What is no longer
registered (an old button after an upgrade) is answered with a kind sentence too.

**Replies** are in ``bot.handlers.replies``: ``Say``, ``Errors``, ``Push``,
``Replace``, ``Close``, ``Choices``, or None for no more than "received".
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import structlog
from slack_bolt import App, BoltResponse, Respond

from bot.domain.errors import CommunityError
from bot.handlers.answers import Answer
from bot.handlers.pressed import Form, Kind, Pressed, read
from bot.handlers.replies import Choices, Close, Errors, Push, Replace, Reply, Say
from bot.ports import Forms

__all__ = [
    "Choices",
    "Close",
    "Door",
    "Errors",
    "Form",
    "Handler",
    "Kind",
    "Pressed",
    "Push",
    "Replace",
    "Reply",
    "Say",
]

Handler = Callable[[Pressed], Reply | None]
Register = Callable[[Handler], Handler]

FAILED = "Something went wrong; nothing was changed. Please try again in a minute."

#: What a person is told when nobody here knows the thing they used any more.
OLD = {
    Kind.ACTION: (
        "This button is from an older message, and nothing was changed. "
        "Please look for a newer message from me, or open my Home tab."
    ),
    Kind.SUBMITTED: (
        "This form is from before I was updated, so nothing was sent. "
        "Please copy what you typed, close the form and open it again."
    ),
    Kind.SHORTCUT: (
        "This shortcut is from before I was updated, and nothing was changed. "
        "Please type `/convenor help` to see what I can do."
    ),
    Kind.COMMAND: (
        "I do not know this command, and nothing was changed. "
        "Please type `/convenor help` to see what I can do."
    ),
}

#: Names that need no function: web addresses to open, and notices to close.
SILENT = frozenset({"link", "notice"})

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Door:
    """Every command, button, form and shortcut, and what each of them does."""

    forms: Forms
    _handlers: dict[tuple[Kind, str], Handler] = field(default_factory=dict)

    def command(self, name: str) -> Register:
        """What the slash command *name* ("/ask") does; ``act.value`` is its text."""
        return self._register(Kind.COMMAND, name)

    def action(self, action_id: str) -> Register:
        """What a button or a list does; ``act.value`` is its value or its choice."""
        return self._register(Kind.ACTION, action_id)

    def shortcut(self, callback_id: str) -> Register:
        """What a shortcut does: global, or on a message (``act.ts`` is set)."""
        return self._register(Kind.SHORTCUT, callback_id)

    def view(self, callback_id: str) -> Register:
        """What submitting a form does; ``act.form`` is what was typed and chosen."""
        return self._register(Kind.SUBMITTED, callback_id)

    def closed(self, callback_id: str) -> Register:
        """What closing a form does, where the form has ``notify_on_close``."""
        return self._register(Kind.CLOSED, callback_id)

    def choices(self, action_id: str) -> Register:
        """What a list offers for what was typed so far (``act.value``): ``Choices``."""
        return self._register(Kind.CHOICES, action_id)

    def names(self, kind: Kind) -> frozenset[str]:
        """The names of one kind that are registered."""
        return frozenset(name for known, name in self._handlers if known is kind)

    def attach(self, app: App) -> None:
        """Let *app* answer people through this door."""

        @app.middleware
        def answer_people(body: dict[str, Any], respond: Respond) -> BoltResponse:
            return self.answer(body, respond)

    def answer(
        self, body: Mapping[str, Any], respond: Callable[..., Any]
    ) -> BoltResponse:
        """Do what *body* asks, and say what became of it.

        *respond* sends an ephemeral answer to the payload's ``response_url``. Never
        raises: this is the door's edge, and a person is waiting.
        """
        act = read(body)
        if act is None:
            _log.info("payload_not_known", kind=str(body.get("type")))
            return BoltResponse(status=200)
        answer = Answer(act=act, forms=self.forms, respond=respond)
        try:
            return self._act(act, answer)
        except Exception as error:  # noqa: BLE001 - the door's edge: somebody waits
            _note_failure(act, error)
            return BoltResponse(status=200)

    def _act(self, act: Pressed, answer: Answer) -> BoltResponse:
        handler = self._handlers.get((act.kind, act.name))
        if handler is None:
            return _answer_unknown(act, answer)
        try:
            reply = handler(act)
        except CommunityError as refusal:
            return answer.refuse(refusal.advice, refusal.field)
        except Exception as error:  # noqa: BLE001 - the door's edge: somebody waits
            _note_failure(act, error)
            return answer.refuse(FAILED)
        return answer.give(reply)

    def _register(self, kind: Kind, name: str) -> Register:
        def register(handler: Handler) -> Handler:
            if (kind, name) in self._handlers:
                raise ValueError(f"{kind} {name!r} is registered twice")
            self._handlers[kind, name] = handler
            return handler

        return register


def _answer_unknown(act: Pressed, answer: Answer) -> BoltResponse:
    if act.name in SILENT or act.kind not in OLD:
        return answer.give(None)
    _log.warning("act_not_known", kind=act.kind, name=act.name)
    return answer.refuse(OLD[act.kind])


def _note_failure(act: Pressed, error: Exception) -> None:
    """The class alone: an error's words may quote a person."""
    _log.error("act_failed", kind=act.kind, name=act.name, why=type(error).__name__)
