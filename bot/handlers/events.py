"""What each kept event means: one pattern, one use case."""

from collections.abc import Mapping
from typing import Any

from bot.domain.threads import Said
from bot.ports import Person
from bot.usecases import members, notes, profiles, threads
from bot.usecases.context import Context, Transaction


def handle(ctx: Context, tx: Transaction, kept: Mapping[str, Any]) -> None:
    """Turn one event into one act. Events that mean nothing to us are let go."""
    match kept:
        case {"type": "message", "change": str(change)}:
            said = Said.of(kept)
            _MESSAGES[said.is_dm, change](ctx, tx, said)
        case {"type": str(kind)}:
            _about_people(ctx, tx, kind, kept)


_MESSAGES = {
    (False, "new"): threads.heard,
    (False, "edited"): threads.edited,
    (False, "deleted"): threads.deleted,
    (True, "new"): notes.heard,
    (True, "edited"): notes.edited,
    (True, "deleted"): notes.deleted,
}


def _about_people(
    ctx: Context, tx: Transaction, kind: str, kept: Mapping[str, Any]
) -> None:
    match kind:
        case "app_home_opened":
            profiles.show_home(ctx, tx, str(kept["user"]))
        case "member_joined_channel" if kept["channel"] == ctx.places.questions:
            members.joined(ctx, tx, str(kept["user"]))
        case "member_left_channel" if kept["channel"] == ctx.places.questions:
            members.left(ctx, tx, str(kept["user"]))
        case "user_change":
            members.changed(ctx, tx, Person(**kept["person"]))
