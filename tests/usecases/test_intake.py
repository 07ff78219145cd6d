"""What comes in is kept first and handled afterwards, with its effect, once."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta

import pytest

from bot.domain.errors import NotAllowed
from bot.store import Stale, connect
from bot.usecases import backlog
from bot.usecases.intake import handle_due, receive
from tests.usecases.postroom import Killed


def comes(room, event_id, *, lane="C1", kind="message"):
    return receive(
        room.bot.ctx,
        event_id=event_id,
        kind=kind,
        lane=lane,
        body={"type": kind, "id": event_id},
        metrics=room.bot.metrics,
    )


def note(ctx, tx, body):
    """An effect that can be counted: one audit row an event."""
    tx.audit.add(actor="U1", act=body["id"], subject="effects", at=ctx.now())


def handles(room, handle=note, **more):
    return handle_due(room.bot.ctx, handle, metrics=room.bot.metrics, **more)


def effects(room):
    with room.store.read() as tx:
        return [entry.act for entry in tx.audit.about("effects")]


def parked(room):
    return {
        event.event_id: event.error
        for event in backlog.events(room.bot.ctx, parked=True)
    }


def test_what_comes_in_has_its_effect_once(room):
    """Kept twice and looked at twice, an event is handled once."""
    assert comes(room, "E1")
    assert not comes(room, "E1")
    assert handles(room) == 1
    assert handles(room) == 0
    assert not comes(room, "E1")
    assert effects(room) == ["E1"]
    assert room.bot.counted("events_kept") == 1
    assert room.bot.counted("events_done") == 1


def test_events_of_a_lane_are_handled_in_order(room):
    """A batch keeps the order in which things came."""
    for number in range(30):
        comes(room, f"E{number}", lane=f"C{number % 3}")
    handles(room)
    assert effects(room) == [f"E{number}" for number in range(30)]


def test_an_effect_and_its_being_done_are_one(room):
    """A crash between effect and done leaves neither, so nothing happens twice."""
    comes(room, "E1")

    def dies(ctx, tx, body):
        note(ctx, tx, body)
        raise Killed

    with pytest.raises(Killed):
        handles(room, dies)
    assert effects(room) == []
    assert handles(room) == 0
    room.time_passes(minutes=2)
    assert handles(room) == 1
    assert effects(room) == ["E1"]


def test_a_refusal_is_final(room):
    """What the community will not do is not tried again, and leaves no effect."""
    comes(room, "E1")

    def refuses(ctx, tx, body):
        note(ctx, tx, body)
        raise NotAllowed

    handles(room, refuses)
    room.time_passes(hours=1)
    assert handles(room) == 0
    assert effects(room) == []
    assert parked(room) == {}


def test_a_poison_event_is_parked_and_the_others_go_on(room):
    """One event that cannot be handled stops nobody; it can be replayed."""
    for name in ("E1", "poison", "E3"):
        comes(room, name, lane=name)

    def chokes(ctx, tx, body):
        note(ctx, tx, body)
        if body["id"] == "poison":
            raise ValueError("this may quote a person")

    for _ in range(30):
        handles(room, chokes)
        room.time_passes(minutes=1)
    assert effects(room) == ["E1", "E3"]
    assert parked(room) == {"poison": "ValueError"}
    assert room.bot.counted("events_parked") == 1
    assert backlog.replay_events(room.bot.ctx, actor="op", ids=["poison"]) == 1
    handles(room)
    assert effects(room) == ["E1", "E3", "poison"]
    assert backlog.lengths(room.bot.ctx)["inbox"] == 0


def test_a_parked_event_can_be_dropped(room):
    """An operator may decide that an event is not needed."""
    comes(room, "E1")

    def chokes(_ctx, _tx, _body):
        raise ValueError

    for _ in range(30):
        handles(room, chokes)
        room.time_passes(minutes=1)
    assert backlog.drop_events(room.bot.ctx, actor="op", ids=["E1"]) == 1
    assert backlog.events(room.bot.ctx, parked=True) == ()
    assert handles(room) == 0


def test_events_that_are_done_are_forgotten_in_time(room):
    """The inbox is no archive: what was written goes from it after a week."""
    comes(room, "E1")
    handles(room)
    comes(room, "E2")
    room.time_passes(days=8)
    with room.store() as tx:
        assert tx.inbox.purge(before=room.clock.machine() - timedelta(days=9)) == 0
        assert tx.inbox.purge(before=room.clock.machine() - timedelta(days=7)) == 1
    handles(room)
    assert effects(room) == ["E1", "E2"]


def test_nothing_overtakes_in_its_lane(room):
    """While an event is to be tried again, later ones of its channel wait a while."""
    comes(room, "E1", lane="C1")
    comes(room, "E2", lane="C1")
    comes(room, "E3", lane="C2")
    fails = ["with the batch", "by itself"]

    def stumbles(ctx, tx, body):
        if body["id"] == "E1" and fails:
            fails.pop()
            raise ValueError
        note(ctx, tx, body)

    handles(room, stumbles)
    assert handles(room, stumbles) == 0
    assert effects(room) == ["E3"]
    room.time_passes(seconds=5)
    handles(room, stumbles)
    assert effects(room) == ["E3", "E1", "E2"]


def test_an_event_that_kills_its_process_is_parked_and_spares_its_neighbours(room):
    """One event cannot keep the bot from starting, nor others from their effect."""
    for name in ("E1", "fatal", "E3"):
        comes(room, name, lane=name)

    def dies(ctx, tx, body):
        if body["id"] == "fatal":
            raise Killed
        note(ctx, tx, body)

    for _ in range(40):
        try:
            handles(room, dies)
        except Killed:
            room.restart()
        room.time_passes(minutes=1)
    assert sorted(effects(room)) == ["E1", "E3"]
    assert parked(room) == {"fatal": "Crashed"}


def test_a_worker_that_lost_its_lease_changes_nothing(room):
    """What a late worker did is rolled back: the effect is there once."""
    comes(room, "E1")

    def slow(ctx, tx, body):
        note(ctx, tx, body)

    with room.store() as tx:
        (late,) = tx.inbox.take(
            now=room.clock.machine(), lease=timedelta(minutes=2), limit=5
        )
    room.time_passes(minutes=3)
    handles(room)

    def finish():
        with room.store() as tx:
            slow(room.bot.ctx, tx, late.body)
            tx.inbox.done(late, at=room.clock.machine())

    with pytest.raises(Stale):
        finish()
    assert effects(room) == ["E1"]


def test_a_stop_gives_back_what_was_not_begun(room):
    """After SIGTERM nothing is left for a lease to end."""
    comes(room, "E1")
    comes(room, "poison")
    comes(room, "E3", lane="C2")

    def chokes(ctx, tx, body):
        if body["id"] == "poison":
            raise ValueError
        note(ctx, tx, body)

    handles(room, chokes, stopping=lambda: len(effects(room)) == 1)
    assert effects(room) == ["E1"]
    assert handles(room) == 2
    assert effects(room) == ["E1", "poison", "E3"]


def test_workers_at_once_have_each_effect_once_and_in_order(room, database_url):
    """Several workers share the inbox: one effect an event, each lane in order."""
    for number in range(120):
        comes(room, f"E{number:03}", lane=f"C{number % 4}")
    work_together(room, database_url, workers=2)
    while handles(room):
        pass
    done = effects(room)
    assert len(done) == len(set(done)) == 120
    for lane in range(4):
        of_lane = [act for act in done if int(act[1:]) % 4 == lane]
        assert of_lane == sorted(of_lane)


def work_together(room, url, *, workers):
    """Let *workers* threads, each with a store of its own, empty the inbox."""
    with ThreadPoolExecutor(workers) as pool:
        futures = [pool.submit(work_until_idle, room, url) for _ in range(workers)]
    for future in futures:
        future.result()


def work_until_idle(room, url):
    with closing(connect(url)) as store:
        worker = room.another(store)
        idle = 0
        while idle < 5:
            idle = 0 if handle_due(worker.ctx, note, limit=7) else idle + 1
