"""What each kept event means: one pattern, one use case."""

from collections.abc import Mapping
from typing import Any

from bot.ports import Person
from bot.usecases import members, threads
from bot.usecases.context import Context, Transaction
from bot.usecases.threads import Said


def handle(ctx: Context, tx: Transaction, kept: Mapping[str, Any]) -> None:
    """Turn one event into one act. Events that mean nothing to us are let go."""
    match kept:
        case {"type": "message", "change": "new"}:
            threads.heard(ctx, tx, Said.of(kept))
        case {"type": "message", "change": "edited"}:
            threads.edited(ctx, tx, Said.of(kept))
        case {"type": "message", "change": "deleted"}:
            threads.deleted(ctx, tx, Said.of(kept))
        case {"type": str(kind)}:
            _about_people(ctx, tx, kind, kept)


def _about_people(
    ctx: Context, tx: Transaction, kind: str, kept: Mapping[str, Any]
) -> None:
    match kind:
        case "app_home_opened":
            members.show_home(ctx, tx, str(kept["user"]))
        case "member_joined_channel" if kept["channel"] == ctx.places.questions:
            members.joined(ctx, tx, str(kept["user"]))
        case "member_left_channel" if kept["channel"] == ctx.places.questions:
            members.left(ctx, tx, str(kept["user"]))
        case "user_change":
            members.changed(ctx, tx, Person(**kept["person"]))
