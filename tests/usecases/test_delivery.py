"""What is owed is sent, once as people see it, whatever fails on the way."""

from datetime import timedelta

import pytest

from bot.ports import Act, Medium, Priority, Receipt
from bot.store import connect
from bot.usecases import backlog
from bot.usecases.delivery import Reactions
from tests.usecases import postroom as faults

KEY = "invite:1:U1"


def test_what_is_owed_goes_out_and_leaves_a_receipt(room):
    """A message owed is sent, and where it went is known."""
    room.owe()
    assert room.bot.delivers() == 1
    assert room.outside.seen() == {KEY: 1}
    assert room.receipt() == Receipt(channel="D1", ts="1.0")
    assert room.bot.counted("messages_sent") == 1
    assert room.bot.delivers() == 0


def test_owing_twice_owes_once(room):
    """The key names the act: doing it twice is silent, even after it went."""
    assert room.owe()
    assert not room.owe()
    room.bot.delivers()
    assert not room.owe()
    room.runs(minutes=0.1)
    assert room.outside.seen() == {KEY: 1}


def test_nothing_goes_before_it_is_due(room):
    """Community time decides when a message leaves."""
    room.owe(due_in=timedelta(minutes=5))
    assert room.bot.delivers() == 0
    room.time_passes(minutes=5)
    assert room.bot.delivers() == 1


def test_people_who_wait_go_first(room):
    """Somebody looking at a screen is not kept behind a mailing."""
    room.owe("bulk:1", priority=Priority.BULK)
    room.owe("answer:1", priority=Priority.PERSON)
    room.bot.delivers()
    assert [key for key, _ in room.outside.attempts] == ["answer:1", "bulk:1"]


def test_a_medium_that_is_not_open_keeps_its_messages(room):
    """Without a mail server letters wait, and nothing is lost."""
    room.owe(medium=Medium.MAIL)
    room.bot.gateways = type(room.bot.gateways)({Medium.SLACK: room.outside})
    assert room.bot.delivers() == 0
    assert room.owed() == [KEY]


@pytest.mark.parametrize("fault", [faults.killed_before, faults.killed_after])
def test_a_crash_while_sending_shows_one_message(room, fault):
    """Killed before or after Slack had it, people see it once and it is recorded."""
    room.owe()
    room.outside.faults = [fault]
    room.bot.delivers()
    room.restart()
    room.runs(minutes=4, step=10)
    assert room.outside.seen() == {KEY: 1}
    assert room.receipt()


def test_a_crash_after_the_take_gives_it_back(room):
    """A worker that dies with a message in hand gives it back by doing nothing."""
    room.owe()
    with room.store() as tx:
        taken = tx.sending.take(
            now=room.clock.now(),
            machine_now=room.clock.machine(),
            lease=timedelta(minutes=2),
            limit=5,
            media=[Medium.SLACK],
            paces=lambda _: (),
        )
    assert len(taken) == 1
    assert room.bot.delivers() == 0
    room.time_passes(minutes=2)
    room.bot.delivers()
    assert room.outside.seen() == {KEY: 1}
    assert room.outside.looks == []


@pytest.mark.parametrize(
    "fault", [faults.timed_out_after, faults.timed_out_before, faults.broke]
)
def test_a_send_nobody_answers_for_is_looked_for_first(room, fault):
    """A time-out is never followed by a blind repeat."""
    room.owe()
    room.outside.faults = [fault]
    room.runs(minutes=1, step=5)
    assert room.outside.seen() == {KEY: 1}
    assert room.outside.looks
    assert room.receipt()


def test_it_is_looked_for_twice_before_it_is_repeated(room):
    """Slack may show a message late, so one empty look-up is not enough."""
    room.owe()
    room.outside.faults = [faults.arrives_late]
    room.bot.delivers()
    room.time_passes(seconds=2)
    room.bot.delivers()  # the first look finds nothing
    room.outside.arrive()
    room.time_passes(seconds=2)
    room.bot.delivers()  # the second one does
    assert room.outside.seen() == {KEY: 1}
    assert room.receipt() == Receipt(channel="D1", ts="1.0")
    assert room.bot.counted("messages_repeated") == 0


def test_a_copy_that_arrives_late_is_taken_away(room):
    """Where a message stands twice all the same, one goes within a minute."""
    room.owe()
    room.outside.faults = [faults.arrives_late]
    room.runs(minutes=0.2)
    assert room.bot.counted("messages_repeated") == 1
    room.outside.arrive()
    assert room.outside.seen() == {KEY: 2}
    room.runs(minutes=0.7)
    assert room.outside.seen() == {KEY: 1}
    assert room.receipt().ts in room.outside.standing
    assert room.bot.counted("copies_removed") == 1


def test_copies_found_by_the_look_up_are_taken_away(room):
    """Two copies already standing become one."""
    room.owe()
    room.outside.faults = [faults.timed_out_after]
    room.bot.delivers()
    room.outside.accept(next(iter(room.outside.standing.values())))
    room.runs(minutes=1, step=5)
    assert room.outside.seen() == {KEY: 1}
    assert room.receipt() == Receipt(channel="D1", ts="1.0")


def test_a_look_up_that_fails_is_no_reason_to_send(room):
    """While Slack cannot be asked, nothing in doubt is repeated."""
    room.owe()
    room.outside.faults = [faults.timed_out_after, faults.down, faults.down]
    room.runs(minutes=2, step=5)
    assert room.outside.seen() == {KEY: 1}
    assert len(room.outside.attempts) == 1


@pytest.mark.parametrize("act", [Act.UPDATE, Act.DELETE, Act.HOME])
def test_what_is_safe_to_repeat_is_repeated(room, act):
    """Changing a message twice shows the same: it needs no look-up."""
    room.owe("post:1")
    room.bot.delivers()
    room.owe("change:1", act=act, target="post:1")
    room.outside.faults = [faults.timed_out_before]
    room.runs(minutes=1, step=5)
    assert room.receipt("change:1")
    assert room.outside.looks == []


@pytest.mark.parametrize("fault", [faults.timed_out_after, faults.killed_after])
def test_a_letter_in_doubt_is_listed_and_never_repeated(room, fault):
    """Nobody can look for a letter: a person decides."""
    room.owe("letter:1", medium=Medium.MAIL)
    room.outside.faults = [fault]
    room.bot.delivers()
    room.restart()
    room.runs(minutes=10, step=60)
    assert room.outside.seen() == {"letter:1": 1}
    assert room.parked()["letter:1"].startswith("uncertain")
    assert backlog.replay_messages(room.bot.ctx, actor="op") == 0
    assert backlog.replay_messages(room.bot.ctx, actor="op", keys=["letter:1"]) == 1
    room.bot.delivers()
    assert room.outside.seen() == {"letter:1": 2}


def test_failures_are_tried_again_with_growing_pauses_then_parked(room):
    """Eight tries, then a coordinator is shown it; it can be replayed."""
    room.owe()
    room.outside.faults = [faults.down] * 8
    room.runs(minutes=20, step=20)
    assert len(room.outside.attempts) == 8
    assert room.parked() == {KEY: "connection refused"}
    assert room.bot.counted("messages_parked") == 1
    assert backlog.replay_messages(room.bot.ctx, actor="op") == 1
    room.bot.delivers()
    assert room.outside.seen() == {KEY: 1}
    assert room.parked() == {}


def test_what_can_never_go_is_parked_at_once(room):
    """A channel that is gone is not tried eight times."""
    room.owe()
    room.outside.faults = [faults.refused]
    room.runs(minutes=1, step=5)
    assert room.parked() == {KEY: "channel_not_found"}
    assert backlog.drop_messages(room.bot.ctx, actor="op", keys=[KEY]) == 1
    assert room.parked() == {}
    assert room.owed() == []


def test_a_message_that_kills_its_process_is_parked_in_the_end(room):
    """One message cannot keep the bot from ever starting."""
    room.owe()
    room.outside.fatal = {KEY}
    for _ in range(60):
        room.bot.delivers()
        room.restart()
        room.time_passes(minutes=2)
    assert room.parked() == {KEY: "tried too often"}
    assert len(room.outside.attempts) == 8


def test_asked_to_wait_everybody_waits(room, database_url):
    """Slack's Retry-After holds in every process, and is no failure of the message."""
    other_store = connect(database_url)
    other = room.another(other_store)
    room.owe("a:1")
    room.outside.faults = [faults.limited(30)]
    room.bot.delivers()
    room.owe("b:1")
    for _ in range(29):
        room.time_passes(seconds=1)
        room.bot.delivers()
        other.delivers()
    assert room.outside.seen() == {}
    assert len(room.outside.attempts) == 1
    for _ in range(5):
        room.time_passes(seconds=1)
        other.delivers()
    assert room.outside.seen() == {"a:1": 1, "b:1": 1}
    other_store.close()


def test_the_pace_is_kept_across_processes(room, database_url):
    """Two processes together send no faster than one: three at once, then evenly."""
    room.outside.pause = timedelta(seconds=1)
    other_store = connect(database_url)
    workers = [room.bot, room.another(other_store)]
    for number in range(10):
        room.owe(f"p:{number}")
    gone = []
    for second in range(9):
        workers[second % 2].delivers()
        workers[(second + 1) % 2].delivers()
        gone.append(len(room.outside.attempts))
        room.time_passes(seconds=1)
    assert gone == [3, 4, 5, 6, 7, 8, 9, 10, 10]
    other_store.close()


def test_waiting_for_a_pace_keeps_nobody_else(room):
    """A busy channel does not hold up the others, and costs no tries."""
    room.outside.pause = timedelta(minutes=1)
    for number in range(70):
        room.owe(f"busy:{number}")
    room.owe("quiet:1", to="D2")
    room.bot.delivers()
    assert room.outside.seen()["quiet:1"] == 1


def test_a_thread_waits_for_its_root(room):
    """A reply owed before its root has gone is sent into the right thread."""
    room.owe("reply:1", target="root:1", priority=Priority.PERSON)
    room.owe("root:1", due_in=timedelta(minutes=1))
    room.bot.delivers()
    assert room.outside.seen() == {}
    room.time_passes(minutes=1)
    room.bot.delivers()
    room.bot.delivers()
    assert room.outside.attempts[-1] == ("reply:1", Receipt(channel="D1", ts="1.0"))


def test_a_newer_version_replaces_what_has_not_gone(room):
    """Of ten changes to one card people see the last."""
    room.owe("card:1")
    room.bot.delivers()
    for number in range(10):
        room.owe(f"card:1:{number}", act=Act.UPDATE, target="card:1", slot="card:1")
    room.runs(minutes=0.1)
    assert [key for key, _ in room.outside.attempts] == ["card:1", "card:1:9"]


def test_a_version_on_its_way_is_followed_not_replaced(room):
    """An older version in doubt is settled before the newer one goes."""
    room.owe("home:1", act=Act.HOME, slot="home:U1")
    room.outside.faults = [faults.killed_before]
    room.bot.delivers()
    room.restart()
    room.owe("home:2", act=Act.HOME, slot="home:U1")
    room.runs(minutes=3, step=10)
    assert [key for key, _ in room.outside.attempts] == ["home:1", "home:1", "home:2"]


def test_what_has_not_gone_can_be_taken_back(room):
    """A withdrawn message is never sent; one that went says so."""
    room.owe("a:1")
    room.owe("b:1", due_in=timedelta(hours=1))
    room.bot.delivers()
    assert not room.withdraw("a:1")
    assert room.withdraw("b:1")
    room.time_passes(hours=2)
    assert room.bot.delivers() == 0
    assert room.outside.seen() == {"a:1": 1}


def test_changes_to_what_never_went_are_dropped(room):
    """A change waits for its message, and goes with it when that is taken back."""
    room.owe("a:1", due_in=timedelta(hours=1))
    room.owe("a:1:change", act=Act.UPDATE, target="a:1")
    assert room.owed() == ["a:1:change", "a:1"]
    room.withdraw("a:1")
    assert room.owed() == []
    room.owe("b:1")
    room.outside.faults = [faults.refused]
    room.bot.delivers()
    room.owe("b:1:change", act=Act.UPDATE, target="b:1")
    assert room.owed() == []


def test_a_worker_that_slept_through_its_lease_changes_nothing(room):
    """Two workers never both record, and a second copy is taken away."""
    room.owe()
    other = room.another()

    def slow(outside, message):
        receipt = outside.accept(message)
        room.time_passes(minutes=3)
        outside.standing.clear()  # not to be seen yet by the other worker's look-ups
        for _ in range(5):
            other.delivers()
            room.time_passes(seconds=2)
        outside.standing[receipt.ts] = message
        return receipt

    room.outside.faults = [slow]
    room.bot.delivers()
    assert room.outside.seen() == {KEY: 2}
    assert room.receipt() == Receipt(channel="D1", ts="2.0")
    room.runs(minutes=1, step=5)
    assert room.outside.seen() == {KEY: 1}
    assert room.receipt().ts in room.outside.standing


def test_a_stop_finishes_what_is_in_hand_and_gives_back_the_rest(room):
    """After SIGTERM nothing is left for a lease to end."""
    for number in range(5):
        room.owe(f"a:{number}")
    room.bot.delivers(stopping=lambda: len(room.outside.attempts) == 2)
    assert len(room.outside.attempts) == 2
    room.restart()
    assert room.bot.delivers() == 3
    assert len(room.outside.seen()) == 5


def test_a_feature_learns_that_its_message_went(room):
    """The reaction and the record are one transaction."""
    room.owe("question:7")
    room.owe("other:7")

    def learn(ctx, tx, message, receipt):
        tx.audit.add(actor="bot", act=message.key, subject=receipt.ts, at=ctx.now())

    room.bot.reactions = Reactions(on_sent={"question": learn})
    room.bot.delivers()
    with room.store.read() as tx:
        assert [entry.act for entry in tx.audit.about("1.0")] == ["question:7"]
        assert tx.audit.about("2.0") == ()


def test_a_reaction_that_fails_does_not_lose_the_record(room):
    """What went stays gone, and the reaction is tried again from the inbox."""
    room.owe("question:7")
    calls = []

    def learn(_ctx, tx, message, receipt):
        calls.append(message.key)
        if len(calls) == 1:
            raise ZeroDivisionError
        tx.cursors.set("seen", receipt.ts)

    room.bot.reactions = Reactions(on_sent={"question": learn})
    room.bot.delivers()
    assert room.receipt("question:7")
    assert room.bot.delivers() == 0
    with room.store() as tx:
        (event,) = tx.inbox.take(
            now=room.clock.machine(), lease=timedelta(minutes=1), limit=5
        )
        room.bot.reactions.again(room.bot.ctx, tx, event.body)
        assert tx.cursors.get("seen") == "1.0"


def test_a_feature_learns_that_its_message_cannot_go(room):
    """Nothing is given up silently."""
    room.owe("invite:1")
    room.outside.faults = [faults.refused]

    def lament(ctx, tx, message):
        tx.audit.add(actor="bot", act="parked", subject=message.key, at=ctx.now())

    room.bot.reactions = Reactions(on_parked={"invite": lament})
    room.bot.delivers()
    with room.store.read() as tx:
        assert len(tx.audit.about("invite:1")) == 1


def test_contacts_are_those_that_went(room):
    """A member's contacts a week are counted by what reached them."""
    room.owe("a:1", member="U1", unsolicited=True)
    room.owe("b:1", member="U1", unsolicited=True, due_in=timedelta(days=1))
    room.owe("c:1", member="U1")
    room.bot.delivers()
    with room.store.read() as tx:
        contacts = tx.outbox.sent_contacts(
            "U1", since=room.clock.now() - timedelta(days=7)
        )
        assert contacts == (room.clock.now(),)
        assert [o.message.key for o in tx.outbox.owed(member="U1")] == ["b:1"]
        assert tx.outbox.by_receipt("D1", "1.0").key == "a:1"
        assert tx.outbox.by_receipt("D1", "99.0") is None
