"""What follows from a message having gone, or not; and what each event means."""

from collections.abc import Mapping
from typing import Any

from bot.domain.notices import bundle_of, carries
from bot.handlers.events import handle
from bot.ports import Message, Receipt
from bot.usecases import digests, intake, mailing, notices, parked, questions, threads
from bot.usecases.context import Context, Transaction
from bot.usecases.delivery import Reactions

#: First words of the keys of messages that somebody misses if they cannot go.
PEOPLE_WAIT_FOR = (
    "answer",
    "asked",
    "call",
    "callpost",
    "digest",
    "dm",
    "hidden",
    "note",
    "notice",
    "question",
    "routed",
    "taken-back",
    "welcome",
)


def reactions() -> Reactions:
    """What features do once their messages have gone, or cannot go."""
    return Reactions(
        on_sent={
            "question": _question_posted,
            "answer": _reply_posted,
            "notice": _bundle_went,
            "digest": digests.posted,
        },
        on_parked={
            **dict.fromkeys(PEOPLE_WAIT_FOR, parked.parked),
            "edition": mailing.parked,
        },
    )


def all_events(known: Reactions) -> intake.Handle:
    """What Slack sent, and what we left in the inbox for ourselves."""

    def handle_any(ctx: Context, tx: Transaction, body: Mapping[str, Any]) -> None:
        if str(body.get("type", "")).startswith("outbox."):
            known.again(ctx, tx, body)
        else:
            handle(ctx, tx, body)

    return handle_any


def _question_posted(
    ctx: Context, tx: Transaction, message: Message, receipt: Receipt
) -> None:
    if message.key.count(":") == 1:
        question = int(message.key.partition(":")[2])
        questions.posted(ctx, tx, question, receipt.channel, receipt.ts)


def _reply_posted(
    _ctx: Context, tx: Transaction, message: Message, receipt: Receipt
) -> None:
    reply = int(message.key.partition(":")[2])
    threads.posted(tx, reply, receipt.channel, receipt.ts)


def _bundle_went(ctx: Context, tx: Transaction, message: Message, _: Receipt) -> None:
    if carries(message.key):
        notices.went(ctx, tx, bundle_of(message.key))
