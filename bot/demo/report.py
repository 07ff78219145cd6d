"""What an unattended play leaves behind: the evidence, the digest, and the verdicts."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from bot.demo.accounts import Account
from bot.demo.contacted import table
from bot.demo.evidence import Evidence
from bot.demo.judge import Verdict
from bot.demo.letters import Letter
from bot.demo.stage import as_json
from bot.demo.telling import Teller

SHOWN = 5  #: faults shown of one promise


def write(folder: Path, evidence: Evidence, digest: Account) -> None:
    """Write what the play has left into *folder*, for whoever was not there.

    ``transcript.json`` (each entry with the community's time beside the machine's),
    ``digest.md`` and ``digest.html``, the update as its first reader got it
    (``edition.html``, ``edition.txt``), and ``contacts.txt``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    timed = [
        {**entry, "community_time": evidence.when(entry).isoformat()}
        for entry in evidence.entries
    ]
    _write(folder / "transcript.json", as_json(timed))
    _write(folder / "digest.md", digest.markdown)
    _write(folder / "digest.html", digest.html)
    _write(folder / "contacts.txt", "\n".join(contacts_table(evidence)) + "\n")
    for edition in _to_members(evidence):
        _write(folder / "edition.html", edition.html)
        _write(folder / "edition.txt", edition.text)


def contacts_table(evidence: Evidence) -> Iterator[str]:
    """How often each was contacted unasked, week by week, a line each."""
    counted = table(evidence)
    weeks = range(1, len(counted[0][1]) + 1) if counted else ()
    yield "".join([f"{'Contacts nobody asked for':<26}", *_cells(weeks, "week {}")])
    for name, counts in counted:
        yield "".join([f"{name:<26}", *_cells(counts, "{}")])


def _cells(values: Iterable[int], form: str) -> Iterator[str]:
    return (f"{form.format(value):>8}" for value in values)


def _to_members(evidence: Evidence) -> Iterator[Letter]:
    """The first copy of the update that went to a member."""
    for letter in evidence.editions:
        if letter.to[0] in evidence.facts.mailboxes:
            yield letter
            return


def tell(teller: Teller, verdicts: Sequence[Verdict]) -> None:
    """Print what became of each promise, and the evidence where one was broken."""
    teller.day("The promises, judged from what Slack and the mail server saw")
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
