"""The two clocks."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from bot.gateways.clock import BrokenClock, PlayedClock, SystemClock

#: Far from the machine's own time, so that the two cannot be mistaken.
MONDAY = datetime(2001, 6, 4, 9, 0, tzinfo=UTC)
CLOSE = timedelta(seconds=5)


@pytest.fixture
def direct(tmp_path):
    """A director who replaces the clock's file atomically."""
    file = tmp_path / "clock.json"

    def write(community=MONDAY, *, machine=None, rate=0.0):
        machine = machine or SystemClock().machine()
        said = {
            "community": community.isoformat(),
            "machine": machine.isoformat(),
            "rate": rate,
        }
        fresh = tmp_path / "fresh.json"
        fresh.write_text(json.dumps(said))
        return fresh.replace(file)

    return write


def test_the_real_clocks_agree_and_are_aware():
    """Outside play, community time is machine time, in UTC."""
    clock = SystemClock()
    before, now, after = clock.machine(), clock.now(), clock.machine()

    assert before <= now <= after
    assert now.utcoffset() == timedelta(0)
    assert clock.community_time_of(MONDAY) == MONDAY


def test_a_clock_that_stands_still_stands_still(direct):
    """At rate 0 nothing falls due by itself; machine time goes on."""
    clock = PlayedClock(direct(rate=0))
    first = clock.machine()

    assert clock.now() == clock.now() == MONDAY
    assert clock.machine() > first


def test_time_runs_at_the_directors_rate(direct):
    """At ×3600, ten seconds of machine time are ten hours of the community's."""
    ten_seconds_ago = SystemClock().machine() - timedelta(seconds=10)
    clock = PlayedClock(direct(machine=ten_seconds_ago, rate=3600))

    passed = clock.now() - MONDAY
    assert timedelta(hours=10) <= passed < timedelta(hours=11)


def test_the_director_moves_the_clock_while_we_watch(direct):
    """The file is read again whenever it has been replaced."""
    clock = PlayedClock(direct())
    direct(MONDAY + timedelta(days=3))

    assert clock.now() == MONDAY + timedelta(days=3)


def test_machine_time_cannot_be_moved(direct):
    """Leases and back-off keep their length whatever is played."""
    clock = PlayedClock(direct(rate=14_400))

    assert abs(clock.machine() - SystemClock().machine()) < CLOSE


def test_what_was_said_before_the_clock_was_moved_keeps_its_time(direct):
    """A message's time is reckoned by the stretch of time it was said in."""
    start = SystemClock().machine() - timedelta(seconds=100)
    clock = PlayedClock(direct(MONDAY, machine=start, rate=1))
    direct(MONDAY + timedelta(days=1), machine=start + timedelta(seconds=50), rate=1)
    clock.now()

    early, late = start + timedelta(seconds=10), start + timedelta(seconds=60)
    assert clock.community_time_of(early) == MONDAY + timedelta(seconds=10)
    assert clock.community_time_of(late) == MONDAY + timedelta(days=1, seconds=10)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "not json",
        "[]",
        "{}",
        '{"community": "2001-06-04T09:00:00", "machine": "2001-06-04", "rate": 1}',
        '{"community": "2001-06-04T09Z", "machine": "2001-06-04T09Z", "rate": -1}',
        '{"community": "2001-06-04T09Z", "machine": "2001-06-04T09Z", "rate": []}',
        '{"community": 5, "machine": 6, "rate": 1}',
    ],
)
def test_a_malformed_file_is_named(tmp_path, said):
    """Whoever plays is told which file is wrong; time is never guessed."""
    file = tmp_path / "clock.json"
    file.write_text(said)

    with pytest.raises(BrokenClock, match=r"clock\.json"):
        PlayedClock(file)


def test_a_missing_file_is_named(tmp_path):
    """The same when there is no file at all."""
    with pytest.raises(BrokenClock, match="not there"):
        PlayedClock(tmp_path / "clock.json")
