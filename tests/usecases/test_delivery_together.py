"""Several workers at once, and every order of failures: one copy of each message."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from threading import Lock

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.store import connect
from tests.usecases import postroom
from tests.usecases.postroom import PostRoom

FAULTS = [
    None,
    None,
    postroom.killed_before,
    postroom.killed_after,
    postroom.timed_out_before,
    postroom.timed_out_after,
    postroom.arrives_late,
    postroom.broke,
    postroom.down,
    postroom.limited(7),
]
SLOW = timedelta(seconds=15)  #: after which Slack shows what it was slow to show
STEPS = st.lists(
    st.tuples(
        st.integers(0, 1),  # which of two processes looks
        st.sampled_from(FAULTS),  # what happens to its next send or look-up
        st.sampled_from([0, 1, 3, 30, 130]),  # seconds that pass afterwards
    ),
    max_size=12,
)


def play(room, workers, steps):
    """Let two processes work through *steps*; a dead one is started again."""
    for who, fault, seconds in steps:
        room.outside.arrive(sent_by=room.clock.machine() - SLOW)
        room.outside.faults = [fault] if fault else []
        workers[who].rechecks()
        if not workers[who].begin.dead:
            workers[who].delivers(limit=2)
        if workers[who].begin.dead:
            workers[who] = room.another()
        room.time_passes(seconds=seconds)


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS, messages=st.integers(1, 3))
def test_whatever_happens_people_see_each_message_once(
    sqlite_databases, steps, messages
):
    """After any faults in any order, one copy stands and its receipt is ours.

    What Slack is slow to show it shows within ``SLOW``, that is while we still look
    for copies; what it showed later no look-up could find.
    """
    with closing(connect(sqlite_databases.fresh())) as store:
        room = PostRoom(store)
        for number in range(messages):
            room.owe(f"m:{number}")
        play(room, [room.another(), room.another()], steps)
        room.outside.faults = []
        room.settles()
        assert room.outside.seen() == {f"m:{n}": 1 for n in range(messages)}
        for number in range(messages):
            assert room.receipt(f"m:{number}").ts in room.outside.standing


def test_workers_at_once_send_each_message_once(room, database_url):
    """Four workers share the outbox; nobody sends what another has."""
    for number in range(60):
        room.owe(f"m:{number}", to=f"D{number % 7}")
    lock = Lock()
    accept = room.outside.accept

    def one_at_a_time(message):
        with lock:
            return accept(message)

    room.outside.accept = one_at_a_time
    with ThreadPoolExecutor(4) as pool:
        futures = [pool.submit(_works, room, database_url) for _ in range(4)]
    for future in futures:
        future.result()
    assert room.outside.seen() == {f"m:{number}": 1 for number in range(60)}
    assert room.outside.looks == []


def _works(room, url):
    with closing(connect(url)) as store:
        worker = room.another(store)
        worker.begin.counts = False
        idle = 0
        while idle < 3:
            idle = 0 if worker.delivers(limit=7) else idle + 1
