"""One performance of the month: played, judged, and left running for a look."""

import shutil
import time
import webbrowser
from pathlib import Path

from bot.demo import album, cast, month, report
from bot.demo.accounts import digests
from bot.demo.cast import CARYS
from bot.demo.community import described
from bot.demo.evidence import Evidence
from bot.demo.facts import facts
from bot.demo.judge import judge
from bot.demo.playground import playground
from bot.demo.processes import PlayFailed
from bot.demo.stage import Stage
from bot.demo.times import local

_LOOK = """
The community stays up until you press Ctrl-C. Look around, and act as anybody:

  {url}/

Begin as Carys Bowen, who coordinates, on her Home; then read the thread as Ben
Carter, the letters as Ruth Ellery, who lives in e-mail, and what the bot still owes.
"""


def perform(out: Path, *, headless: bool, look: bool = False) -> bool:
    """Play the month. Unattended it is judged, and what it leaves is in *out*.

    *look* opens the page on which everything can be seen in this machine's browser.

    Returns whether every promise was kept.

    Raises:
        PlayFailed: the play could not go on.
    """
    began = time.monotonic()
    seed, community = cast.seed(), described(cast.roles(), partners=[cast.PARTNER])
    with playground(community, seed, local(month.BEGINS), rate=0) as play:
        stage = Stage.of(play)
        stage.teller.line(f"Watch, and act as anybody: {play.url}/")
        if look:
            webbrowser.open(f"{play.url}/")
        month.play(stage)
        kept = _judged(stage, out if headless else None)
        stage.teller.line()
        stage.teller.line(f"A month in {time.monotonic() - began:.0f} seconds.")
        if not headless:
            _stay(stage)
    return kept


def _judged(stage: Stage, out: Path | None) -> bool:
    play = stage.play
    evidence = Evidence(
        entries=play.player.transcript(),
        played=play.director.played,
        facts=facts(stage),
        kept=play.kept,
        mail=play.player.letters(),
    )
    verdicts = judge(evidence)
    report.tell(stage.teller, verdicts)
    if out is not None:
        _leave(stage, out, evidence)
    return all(verdict.held for verdict in verdicts)


def _leave(stage: Stage, out: Path, evidence: Evidence) -> None:
    """Write everything into *out*, and say so."""
    report.write(out, evidence, digests(stage.play, CARYS.user)[0])
    stage.teller.line()
    for line in report.contacts_table(evidence):
        stage.teller.line(line, wrap=False)
    letters = out / "letters"
    shutil.rmtree(letters, ignore_errors=True)
    stage.play.player.save_letters(str(letters.absolute()))
    for actor in stage.actors.values():
        actor.closes_forms()
    missing = album.photograph(stage, out)
    stage.teller.line()
    stage.teller.line(
        f"The transcript, the digest, the update and every letter are in {out}."
    )
    if missing:
        stage.teller.line(f"There are no screenshots: {missing}")


def _stay(stage: Stage) -> None:
    stage.play.director.let_run()
    stage.teller.console.print(_LOOK.format(url=stage.play.url))
    while True:
        try:
            stage.play.director.alive()
            time.sleep(1)
        except KeyboardInterrupt:
            return
        except PlayFailed as failure:
            stage.teller.line(str(failure))
            return
