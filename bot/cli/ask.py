"""``convenor ask --dry-run`` and ``convenor who``."""

import re
from collections.abc import Mapping, Sequence
from typing import Annotated

import typer

from bot.cli.opening import opened
from bot.cli.terminal import Refused, counted, say, show
from bot.domain.routing import Ranked
from bot.domain.topics import infer
from bot.usecases import members, profiles, routing
from bot.usecases.context import Context
from bot.views.spoken import spoken

ASK_EXAMPLE = 'Example: convenor ask --dry-run "Who repeats FIT?" --as jo@example.org'
WHO_EXAMPLE = "Example: convenor who lung health checks"
BOLD = re.compile(r"^\*(.+?)\*", re.MULTILINE)


def ask(
    question: Annotated[str, typer.Argument(metavar="QUESTION")],
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show who would be asked. Nobody is.")
    ] = False,
    as_who: Annotated[
        str, typer.Option("--as", metavar="WHO", help="The member who would ask.")
    ] = "",
    first: Annotated[
        int, typer.Option("--first", min=1, help="How many places to show.")
    ] = 10,
) -> None:
    """Show whom a question would be put to, and why.

    With the numbers behind it. Nothing is kept and nobody is asked: questions
    themselves are asked in Slack.
    """
    if not dry_run:
        raise Refused(
            "Questions are asked in Slack (/ask), so that colleagues see who asks. "
            "To see whom one would be put to, add --dry-run."
        )
    if not question.strip():
        raise Refused('There is no question. Put it in quotation marks: "Who …?"')
    with opened() as ctx:
        asker = _id_of(ctx, as_who) if as_who else ""
        ranked = routing.preview(ctx, text=question, asker=asker)
        names = {str(one.id): one.name for one in members.everyone(ctx)}
        topics = infer(question, ctx.community.topics)
        about = ", ".join(map(ctx.community.topic_name, topics))
        say(f"Topics: {about or 'none that community.toml names'}")
    able = [one for one in ranked if not one.unavailable]
    _ranking(able, names, first)
    _unavailable([one for one in ranked if one.unavailable], names, first)


def who(
    words: Annotated[list[str], typer.Argument(metavar="TOPIC|REGION")],
) -> None:
    """Show who knows about a topic, or works in a region."""
    with opened() as ctx:
        found = profiles.who(ctx, words=" ".join(words))
    say(BOLD.sub(r"\1", spoken(found)))


def _id_of(ctx: Context, who: str) -> str:
    with ctx.begin.read() as tx:
        return str(members.find(tx, who).id)


def _ranking(able: Sequence[Ranked], names: Mapping[str, str], first: int) -> None:
    say("")
    if not able:
        say("Nobody could be asked now.")
        return
    show(
        ("", "Who", "Score", "Of which", "Why"),
        [
            (str(place), names[one.member], f"{one.score:.2f}", _parts(one), one.reason)
            for place, one in enumerate(able[:first], 1)
        ],
    )
    _and_more(len(able) - first)


def _unavailable(
    others: Sequence[Ranked], names: Mapping[str, str], first: int
) -> None:
    if not others:
        return
    say("")
    say("Not to be asked now:")
    show(
        ("Who", "Score", "Why not"),
        [
            (names[one.member], f"{one.score:.2f}", one.unavailable or "")
            for one in others[:first]
        ],
    )
    _and_more(len(others) - first)


def _and_more(more: int) -> None:
    if more > 0:
        say(f"… and {counted(more, 'other')} (--first shows more).")


def _parts(one: Ranked) -> str:
    return "\n".join(
        f"{name} {part:.2f}"
        for name, part in sorted(one.parts.items(), key=lambda pair: -pair[1])
        if part
    )
