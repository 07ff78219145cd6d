"""One performance of the month: played, judged, and left running for a look."""

import time
from pathlib import Path

from bot.demo import cast, month, report
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
The community stays up until you press Ctrl-C. To look around while it does, open
another terminal, and paste this first:

  SLACK={url}/control
  look() {{ curl -s -H 'content-type: application/json' "$SLACK/$1" -d "$2"; }}

Then what Slack saw, what Carys sees on her Home and in #digests, and a word to the
bot from you, as Ben, with what it answers:

  look transcript '{{"kinds": "posted"}}'
  look home_seen '{{"user": "U0CARYS"}}'
  look sees '{{"user": "U0CARYS", "channel": "#digests"}}'
  look dm '{{"user": "U0BEN", "text": "hello"}}'
  look dm_seen '{{"user": "U0BEN"}}'
"""


def perform(out: Path, *, headless: bool) -> bool:
    """Play the month. Unattended it is judged, and what it leaves is in *out*.

    Returns whether every promise was kept.

    Raises:
        PlayFailed: the play could not go on.
    """
    began = time.monotonic()
    seed, community = cast.seed(), described(cast.roles(), partners=[cast.PARTNER])
    with playground(community, seed, local(month.BEGINS)) as play:
        stage = Stage.of(play)
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
        report.write(out, evidence, digests(play, CARYS.user)[0])
        stage.teller.line()
        stage.teller.line(f"The transcript and the digest are in {out}.")
    return all(verdict.held for verdict in verdicts)


def _stay(stage: Stage) -> None:
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
