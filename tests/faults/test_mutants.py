"""The stories prove something: a bot with a known fault does not get through them."""

import shutil
from dataclasses import dataclass

import pytest

from tests.faults.play import Play
from tests.faults.processes import ROOT
from tests.faults.test_kills import killed_in_a_burst
from tests.faults.test_weather import dropped_after_the_post

pytestmark = pytest.mark.processes

ANSWERED = (
    "        told = self.answer("
    'envelope.get("payload") or {}, _retry_headers(envelope))\n'
)
#: Acknowledges an event and then keeps it, on a disk that takes 20 ms.
ACKNOWLEDGED_FIRST = f"""\
        if envelope.get("type") == "events_api":
            self.socket.send(json.dumps({{"envelope_id": envelope["envelope_id"]}}))
            Event().wait(0.02)
{ANSWERED}"""


@dataclass(frozen=True)
class Fault:
    """One fault, put into a copy of the bot."""

    module: str
    ours: str
    faulty: str

    def put_into(self, package):
        file = package / self.module
        source = file.read_text(encoding="utf-8")
        assert source.count(self.ours) == 1
        file.write_text(source.replace(self.ours, self.faulty), encoding="utf-8")


ACKNOWLEDGES_EARLY = Fault("handlers/socket_link.py", ANSWERED, ACKNOWLEDGED_FIRST)
NEVER_LOOKS = Fault("usecases/delivery.py", "LOOKS = 2 ", "LOOKS = 0 ")


@pytest.mark.parametrize(
    ("fault", "story"),
    [
        pytest.param(ACKNOWLEDGES_EARLY, killed_in_a_burst, id="acknowledges-early"),
        pytest.param(NEVER_LOOKS, dropped_after_the_post, id="repeats-blindly"),
    ],
)
def test_a_faulty_bot_is_found_out(tmp_path, sqlite_url, fault, story):
    """The story that the bot as it is gets through fails with the fault in it."""
    copy = tmp_path / "faulty"
    shutil.copytree(ROOT / "bot", copy / "bot")
    fault.put_into(copy / "bot")

    play = Play(tmp_path, sqlite_url, package=copy)
    try:
        with pytest.raises(AssertionError, match=r"not kept|more than once"):
            story(play)
    finally:
        play.close()
