"""A reply and the root it stands under, kept at the same moment by two workers."""

from datetime import UTC, datetime
from functools import partial
from threading import Event, Thread

import pytest

from bot.domain.threads import Reply, ReplyId
from bot.store import connect

NOW = datetime(2026, 6, 2, 9, 0, tzinfo=UTC)
SOON = 0.3  #: seconds in which what does not wait would long be done


def reply():
    return Reply(
        id=ReplyId(0),
        channel="C1",
        thread_ts="1.000001",
        ts="1.000002",
        author=None,
        author_slack="U1",
        text="Early bird.",
        said_at=NOW,
    )


def hears(store, between=lambda: None):
    """A worker hears the reply."""
    with store() as tx:
        thread = tx.threads.heard_at("C1", "1.000001")
        tx.threads.add(reply(), thread=thread.id if thread else None)
        between()


def begins(store, thread, between=lambda: None):
    """Another records that the root has gone."""
    with store() as tx:
        tx.threads.begun(thread, "C1", "1.000001")
        between()


def with_another(act):
    """Start *act* beside an open transaction; see that it waits; return it."""
    done = Event()
    other = Thread(target=lambda: (act(), done.set()))
    other.start()
    assert not done.wait(SOON), "it did not wait"
    return other


@pytest.mark.parametrize("first", ["reply", "root"])
def test_a_reply_kept_while_its_root_is_recorded_joins_it(postgres_url, first):
    """Whichever comes first, neither commits before the other can see it."""
    store, others = connect(postgres_url), []
    with store() as tx:
        thread = tx.threads.track("C1", None, at=NOW)
    acts = [partial(hears, store), partial(begins, store, thread)]
    leads, follows = acts if first == "reply" else reversed(acts)

    leads(lambda: others.append(with_another(follows)))
    others[0].join(10)

    with store.read() as tx:
        assert [one.text for one in tx.threads.replies(thread)] == ["Early bird."]
    store.close()
