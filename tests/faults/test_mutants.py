"""The stories prove something: a bot with a known fault does not get through them."""

import shutil

import pytest

from tests.faults.play import Play
from tests.faults.processes import ROOT
from tests.faults.test_kills import killed_in_a_burst
from tests.faults.test_weather import dropped_after_the_post

ANSWERED = '        told = self.answer(envelope.get("payload") or {}, _retry_headers(envelope))\n'
#: Acknowledges an event and then keeps it, on a disk that takes 20 ms.
ACKNOWLEDGED_FIRST = f"""\
        if envelope.get("type") == "events_api":
            self.socket.send(json.dumps({{"envelope_id": envelope["envelope_id"]}}))
            Event().wait(0.02)
{ANSWERED}"""


@pytest.mark.parametrize(
    ("module", "ours", "faulty", "story"),
    [
        (
            "handlers/socket_link.py",
            ANSWERED,
            ACKNOWLEDGED_FIRST,
            killed_in_a_burst,
        ),
        (
            "usecases/delivery.py",
            "LOOKS = 2 ",
            "LOOKS = 0 ",
            dropped_after_the_post,
        ),
    ],
    ids=["acknowledges-before-it-keeps", "repeats-without-looking"],
)
def test_a_faulty_bot_is_found_out(tmp_path, sqlite_url, module, ours, faulty, story):
    """The story that the bot as it is gets through fails with the fault in it."""
    copy = tmp_path / "faulty"
    shutil.copytree(
        ROOT / "bot", copy / "bot", ignore=shutil.ignore_patterns("__pycache__")
    )
    file = copy / "bot" / module
    source = file.read_text(encoding="utf-8")
    assert source.count(ours) == 1
    file.write_text(source.replace(ours, faulty), encoding="utf-8")

    play = Play(tmp_path, sqlite_url, package=copy)
    try:
        with pytest.raises(AssertionError, match=r"not kept|posted_twice"):
            story(play)
    finally:
        play.close()
