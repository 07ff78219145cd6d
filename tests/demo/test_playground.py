"""Two real processes, real HTTP and WebSocket, and a clock that a director moves."""

import pytest

from bot.demo.community import described, regions
from bot.demo.people import Actor
from bot.demo.playground import playground
from bot.demo.processes import Workshop
from bot.demo.times import local

pytestmark = pytest.mark.processes

SEED = {
    "people": [
        {"id": "U0CARYS", "name": "carys", "email": "carys@example.org"},
        {"id": "U0AMINA", "name": "amina", "real_name": "Amina Yusuf"},
        {"id": "U0BEN", "name": "ben", "real_name": "Ben Carter"},
    ],
    "channels": [
        {"id": "C0QUESTIONS", "name": "questions", "members": ["U0CARYS"], "bot": True},
        {"id": "C0DIGESTS", "name": "digests", "members": ["U0CARYS"], "bot": True},
    ],
}
ROLES = {"carys@example.org": "coordinator"}


@pytest.fixture
def play():
    """Both processes, on the Monday at nine."""
    with playground(described(ROLES), SEED, local("2026-05-18 09:00")) as running:
        yield running


def test_a_question_travels_between_two_processes_and_none_is_left(play):
    """Asked, routed at the peer's good time, answered; then both processes are gone."""
    amina = Actor(play.player, "U0AMINA", "Amina Yusuf")
    ben = Actor(play.player, "U0BEN", "Ben Carter")
    for one in (amina, ben):
        one.desk.join("C0QUESTIONS")
    play.director.wait_until_quiet()

    amina.command("/ask")
    refused = amina.submits(question="A negative FIT, NHS 943 476 5919: what next?")
    assert "identify a patient" in refused["question"]
    assert not amina.submits(question="How do you safety-net a negative FIT?")
    play.director.wait_until_quiet()
    assert len(ben.desk.dms()) == 1, "at nine Ben has only been welcomed"

    play.director.jump(local("2026-05-18 12:30"))
    play.director.wait_until_quiet()
    ben.presses("Answer")
    assert not ben.submits(answer="We repeat it at six weeks.")
    play.director.wait_until_quiet()

    said = [one["text"] for one in play.player.transcript("posted")]
    assert said[-1] == "Ben Carter answers"
    assert not any(b"943 476" in kept for kept in play.kept.values())


def test_nobodys_own_settings_leak_into_a_play(monkeypatch, tmp_path):
    """Settings of a real community, however wrong, do not reach a play."""
    monkeypatch.setenv("LOG_LEVEL", "nonsense")
    monkeypatch.setenv("DATABASE_URL", "postgresql://somebodys-own/database")
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / ".env").write_text("LOG_LEVEL=nonsense\n")
    monkeypatch.chdir(tmp_path / "theirs")

    Workshop(tmp_path, {"DATABASE_URL": "sqlite:///ours.db"}).run("db", "upgrade")

    assert (tmp_path / "ours.db").exists()


def test_the_regions_of_the_example_are_known():
    """Forms name a region by its place, so the play reads them in order."""
    assert regions()[0] == "Northern"
    assert len(regions()) == 16
