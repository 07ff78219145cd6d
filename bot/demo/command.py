"""``convenor demo``."""

import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from bot.demo.performance import perform
from bot.demo.processes import PlayFailed
from bot.demo.replay import replay as play_archive

EXAMPLE = "Example: convenor demo --headless"
ENDINGS = tuple(
    getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)
)


def demo(
    *,
    headless: Annotated[
        bool,
        typer.Option(
            "--headless", help="Play unattended, judge, and exit: 0 if all held."
        ),
    ] = False,
    replay: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Play archived threads instead: JSON lines, or .gz."
        ),
    ] = None,
    threads: Annotated[
        int | None, typer.Option(min=1, help="With --replay: how many, from the top.")
    ] = None,
    look: Annotated[
        bool, typer.Option("--open", help="Open the page to look at in your browser.")
    ] = False,
    out: Annotated[
        Path, typer.Option(metavar="DIR", help="Where to leave what was played.")
    ] = Path("demo-out"),
) -> None:
    """Watch a community for a month, in two minutes. Needs no Slack."""
    if threads is not None and replay is None:
        raise typer.BadParameter("--threads goes with --replay FILE.")
    for ending in ENDINGS:
        signal.signal(ending, _end)
    try:
        kept = _play(
            headless=headless, replay=replay, threads=threads, out=out, look=look
        )
    except PlayFailed as failure:
        sys.stderr.write(f"{failure}\n")
        raise typer.Exit(1) from failure
    except KeyboardInterrupt:
        sys.stderr.write("Stopped. Nothing is left running.\n")
        raise typer.Exit(130) from None
    if not kept:
        raise typer.Exit(1)


def _play(
    *, headless: bool, replay: Path | None, threads: int | None, out: Path, look: bool
) -> bool:
    if replay is None:
        return perform(out, headless=headless, look=look)
    return play_archive(replay, threads)


def _end(_signal: int, _frame: FrameType | None) -> None:
    """Whoever ends us means the play as well: it stops as with Ctrl-C."""
    raise KeyboardInterrupt
