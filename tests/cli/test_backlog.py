"""``convenor inbox`` and ``outbox``: what was set aside is seen, and decided on."""

from datetime import timedelta

import pytest

from bot.ports import Medium, Message
from bot.usecases import backlog

WORDS = "Who repeats FIT?"
SOON = timedelta(minutes=5)


@pytest.fixture
def events(ctx):
    """One event that waits and two that were set aside, three hours ago."""
    at = ctx.clock.machine() - timedelta(hours=3, minutes=5)
    with ctx.begin() as tx:
        for event_id in ("Ev1", "Ev2", "Ev3"):
            tx.inbox.keep(
                event_id=event_id,
                kind="message",
                lane=event_id,
                body={"text": WORDS},
                at=at,
            )
        for taken in tx.inbox.take(now=ctx.clock.machine(), lease=SOON, limit=2):
            tx.inbox.park(taken, at=ctx.clock.machine(), error="ValueError")
    return ctx


@pytest.fixture
def messages(ctx):
    """Of three messages one waits; one and a letter that may have gone are aside."""
    now, machine = ctx.now(), ctx.clock.machine()
    with ctx.begin() as tx:
        for key, medium in (("post:1", Medium.SLACK), ("letter:1", Medium.MAIL)):
            message = Message(key=key, to="C1", medium=medium, body={"text": WORDS})
            tx.outbox.owe(message, due_at=now - timedelta(days=2))
        for out in tx.sending.take(
            now=now,
            machine_now=machine,
            lease=SOON,
            limit=9,
            media=list(Medium),
            paces=lambda _: (),
        ):
            tx.sending.start(out, at=machine)
            doubt = out.message.medium is Medium.MAIL
            tx.sending.park(out, at=machine, error="refused", in_doubt=doubt)
        waiting = Message(key="post:2", to="C1", body={"text": WORDS})
        tx.outbox.owe(waiting, due_at=now + timedelta(hours=2, minutes=5))
    return ctx


def test_nothing_there_is_said(desk):
    """An empty list is a sentence, not an empty table."""
    told = desk.type("inbox")

    assert told.out == "Set aside: 0 events. Waiting: 0 events.\n"


@pytest.mark.usefixtures("events")
def test_events_set_aside_are_listed_without_their_words(desk):
    """Id, kind, age and cause are there; what people wrote is not."""
    told = desk.type("inbox")

    assert told.status == 0
    for word in ("Ev1", "Ev2", "message", "3 hours ago", "ValueError"):
        assert word in told.out
    assert "Ev3" not in told.out
    assert WORDS not in told.out
    assert "Set aside: 2 events. Waiting: 1 event." in told.said
    assert desk.type("inbox", "list").out == told.out


@pytest.mark.usefixtures("events")
def test_events_that_wait_can_be_listed_too(desk):
    """Whoever wonders what the bot is busy with can look."""
    told = desk.type("inbox", "list", "--waiting")

    assert "Ev3" in told.out
    assert "Ev1" not in told.out


def test_an_event_is_replayed_by_its_id(desk, events):
    """It goes back to those that wait; the others stay."""
    told = desk.type("inbox", "replay", "Ev1")

    assert told.status == 0
    assert "1 event will be dealt with again" in told.said
    assert [one.event_id for one in backlog.events(events)] == ["Ev2"]


def test_all_events_are_replayed(desk, events):
    """Once the cause is mended, one command is enough."""
    told = desk.type("inbox", "replay", "--all")

    assert "2 events will be dealt with again" in told.said
    assert backlog.lengths(events)["inbox"] == 3


def test_an_id_that_is_not_there_is_told_and_the_others_are_done(desk, events):
    """A slip in one id does not hold up the rest, and is not passed over."""
    told = desk.type("inbox", "replay", "Ev1", "Ev9")

    assert told.status == 1
    assert "1 event will be dealt with again" in told.out
    assert "cannot be found" in told.err
    assert [one.event_id for one in backlog.events(events)] == ["Ev2"]


def test_an_event_is_dropped_by_its_id_alone(desk, events):
    """It is neither set aside nor waiting any more; one that waits is not touched."""
    assert desk.type("inbox", "drop", "Ev1").status == 0
    assert desk.type("inbox", "drop", "Ev3").status == 1
    lengths = backlog.lengths(events)
    assert (lengths["inbox"], lengths["inbox_parked"]) == (1, 1)


@pytest.mark.usefixtures("messages")
def test_messages_set_aside_are_listed_without_their_words(desk):
    """Key, way and cause are there, and whether it may have gone."""
    told = desk.type("outbox")

    for word in ("post:1", "letter:1", "2 days ago", "refused", "it may have gone"):
        assert word in told.said
    assert "post:2" not in told.out
    assert WORDS not in told.out


@pytest.mark.usefixtures("messages")
def test_messages_that_wait_say_when_they_are_due(desk):
    """What is still to come is told from what is late."""
    told = desk.type("outbox", "list", "--waiting")

    assert "post:2" in told.out
    assert "in 2 hours" in told.said


def test_a_letter_in_doubt_is_only_sent_again_by_its_key(desk, messages):
    """All of them does not mean a letter that somebody may have had already."""
    told = desk.type("outbox", "replay", "--all")
    left = [one.key for one in backlog.messages(messages)]
    named = desk.type("outbox", "replay", "letter:1")

    assert "1 message will be sent" in told.said
    assert "1 letter may have gone already" in told.said
    assert left == ["letter:1"]
    assert named.status == 0
    assert backlog.messages(messages) == ()


def test_a_message_is_dropped(desk, messages):
    """A message that waits can be stopped before it goes."""
    assert desk.type("outbox", "drop", "post:2").status == 0
    assert backlog.lengths(messages)["outbox"] == 0
