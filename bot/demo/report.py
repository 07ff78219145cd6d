"""What an unattended play leaves behind: the evidence, the digest, and the verdicts."""

from collections.abc import Sequence
from pathlib import Path

from bot.demo.accounts import Account
from bot.demo.evidence import Evidence
from bot.demo.judge import Verdict
from bot.demo.stage import as_json
from bot.demo.telling import Teller

SHOWN = 5  #: faults shown of one promise


def write(folder: Path, evidence: Evidence, digest: Account) -> None:
    """Write ``transcript.json``, ``digest.md`` and ``digest.html`` into *folder*.

    Each entry of the transcript has the community's time beside the machine's.
    """
    folder.mkdir(parents=True, exist_ok=True)
    timed = [
        {**entry, "community_time": evidence.when(entry).isoformat()}
        for entry in evidence.entries
    ]
    _write(folder / "transcript.json", as_json(timed))
    _write(folder / "digest.md", digest.markdown)
    _write(folder / "digest.html", digest.html)


def tell(teller: Teller, verdicts: Sequence[Verdict]) -> None:
    """Print what became of each promise, and the evidence where one was broken."""
    teller.day("The promises, judged from what Slack saw")
    for verdict in verdicts:
        mark = "kept  " if verdict.held else "BROKEN"
        style = "green" if verdict.held else "bold red"
        teller.line(f"{mark}  {verdict.promise.sentence}", style=style, under=8)
        for fault in verdict.faults[:SHOWN]:
            teller.line(f"        {fault}", under=8)
        if len(verdict.faults) > SHOWN:
            teller.line(f"        … and {len(verdict.faults) - SHOWN} more")


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
