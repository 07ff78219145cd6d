"""What was said, changed or deleted while nobody was listening is found."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.threads import Reply, ReplyId
from bot.gateways.clock import SystemClock
from bot.jobs.catchup import CatchUp
from bot.metrics import Metrics
from bot.ports import Unreachable
from bot.usecases.catchup import SETTLED, CaughtUp, catch_up
from bot.usecases.context import Context
from bot.usecases.intake import handle_due
from tests.slack_play import (
    AMIRA,
    COMMUNITY,
    DIGESTS,
    ELSEWHERE,
    QUESTIONS,
    message,
    playing,
)


@pytest.fixture(scope="module")
def _server():
    """Slack an hour ago, so that what was said then is settled by now."""
    an_hour_ago = SystemClock().machine() - timedelta(hours=1)
    with playing(now=an_hour_ago.timestamp()) as server:
        yield server


@pytest.fixture
def listener(ctx, slack):
    """A bot that hears of events only when it is told to, or when it catches up."""
    return Listener(ctx, slack)


class Listener:
    """Keeps replies of threads as the bot does, and no more than that."""

    def __init__(self, ctx, slack):
        self.ctx = ctx
        self.slack = slack

    def catch_up(self, *channels):
        """Catch up, and handle what was found."""
        result = catch_up(self.ctx, self.slack.workspace, channels or (QUESTIONS,))
        handle_due(self.ctx, remember)
        return result

    def track(self, root):
        with self.ctx.begin() as tx:
            tx.threads.track(root.channel, root.ts, at=self.ctx.now())

    def standing(self, root):
        """The texts of the replies that stand, as we know them."""
        with self.ctx.begin.read() as tx:
            thread = tx.threads.at(root.channel, root.ts)
            replies = tx.threads.replies(thread.id)
        return [one.text for one in replies if one.withdrawn_at is None]

    def cursor(self, channel=QUESTIONS):
        with self.ctx.begin.read() as tx:
            return tx.cursors.get(channel)


def remember(ctx, tx, kept):
    """The least a handler does with a message in a tracked thread."""
    known = tx.threads.reply_at(kept["channel"], kept["ts"])
    if kept["change"] == "deleted":
        if known:
            tx.threads.withdraw(known[0].id, at=ctx.now())
    elif known:
        tx.threads.edit(known[0].id, text=kept["text"], edited_ts=kept["edited_ts"])
    elif kept["thread_ts"]:
        _add(ctx, tx, kept)


def _add(ctx, tx, kept):
    thread = tx.threads.at(kept["channel"], kept["thread_ts"])
    reply = Reply(
        id=ReplyId(0),
        channel=kept["channel"],
        thread_ts=kept["thread_ts"],
        ts=kept["ts"],
        author=None,
        author_slack=kept["author"],
        text=kept["text"],
        said_at=ctx.now(),
        edited_ts=kept["edited_ts"],
    )
    tx.threads.add(reply, thread=thread.id if thread else None)


def test_what_was_said_before_we_came_is_left_alone(listener, slack):
    """The first reading of a channel only marks the place; nobody is welcomed late."""
    slack.ben.post(QUESTIONS, "Long ago")

    assert listener.catch_up() == CaughtUp(found=0)
    assert listener.cursor() is not None


def test_a_channel_that_was_empty_when_we_came_is_read_from_then_on(listener, slack):
    """The first message in it moves the place from which it is read."""
    fresh = slack.player.new_channel("fresh", bot=True, members=[AMIRA])
    listener.catch_up(fresh)
    said = slack.amira.post(fresh, "First")

    assert listener.catch_up(fresh).found == 1
    assert listener.cursor(fresh) == said.ts


def test_replies_edits_and_deletions_during_an_outage_are_found(listener, slack):
    """A tracked thread stands as it does in Slack, whatever was missed."""
    root = slack.ben.post(QUESTIONS, "Who repeats FIT?")
    kept, changed, gone = (slack.amira.reply(root, text) for text in "abc")
    listener.track(root)
    listener.catch_up()
    assert listener.standing(root) == ["Who repeats FIT?", "a", "b", "c"]

    slack.amira.edit(changed, "b, at six weeks")
    slack.amira.delete(gone)
    slack.ben.reply(root, "d")
    assert listener.catch_up().found == 3
    assert listener.standing(root) == ["Who repeats FIT?", "a", "b, at six weeks", "d"]
    assert kept.ts in str(slack.workspace.replies(QUESTIONS, root.ts))


def test_catching_up_twice_finds_nothing_more(listener, slack):
    """What is found is kept under its own id: once."""
    listener.catch_up()
    root = slack.ben.post(QUESTIONS, "Root")
    slack.amira.reply(root, "Reply")
    listener.track(root)

    assert listener.catch_up().found > 0
    assert listener.catch_up().found == 0
    assert listener.standing(root).count("Reply") == 1


def test_an_edit_of_an_edit_is_found_too(listener, slack):
    """Each version has its own id."""
    root = slack.ben.post(QUESTIONS, "Root")
    said = slack.amira.reply(root, "One")
    listener.track(root)
    listener.catch_up()
    for text in ("Two", "Three"):
        slack.amira.edit(said, text)
        listener.catch_up()

        assert listener.standing(root)[-1] == text


def test_a_reply_under_a_root_that_was_missed_too_is_found(listener, slack):
    """A thread that began and went on during the outage is read whole."""
    listener.catch_up()
    root = slack.ben.post(QUESTIONS, "Root")
    slack.amira.reply(root, "Early reply")
    listener.catch_up()
    listener.track(root)

    assert "Early reply" in listener.standing(root)


def test_what_identifies_a_patient_is_blanked_on_this_way_too(listener, slack):
    """The inbox is guarded whichever way a message comes."""
    root = slack.ben.post(QUESTIONS, "Root")
    listener.track(root)
    slack.amira.reply(root, "NHS number 943 476 5919, Mabel Specimen")
    listener.catch_up()

    assert listener.standing(root)[-1] == ""


def test_a_message_of_the_last_minute_is_not_called_deleted(listener, slack):
    """Slack may not show it yet in the thread it was posted in."""
    root = slack.ben.post(QUESTIONS, "Root")
    moment = listener.ctx.clock.machine() - SETTLED / 2
    fresh = f"{moment.timestamp():.6f}"
    listener.track(root)
    with listener.ctx.begin() as tx:
        said = {"channel": QUESTIONS, "thread_ts": root.ts, "ts": fresh}
        said |= {"author": "U0BEN", "text": "Just now", "edited_ts": None}
        _add(listener.ctx, tx, said)
    listener.catch_up()

    assert "Just now" in listener.standing(root)


def test_a_thread_that_has_gone_whole_is_withdrawn(listener, slack):
    """Its replies do not stand in any digest."""
    root = slack.ben.post(QUESTIONS, "Root")
    reply = slack.amira.reply(root, "Reply")
    listener.track(root)
    listener.catch_up()
    slack.amira.delete(reply)
    slack.ben.delete(root)
    listener.catch_up()

    assert listener.standing(root) == []


def test_one_unreadable_channel_does_not_hide_the_others(listener, slack):
    """It is named, and the rest is read."""
    listener.catch_up(QUESTIONS, DIGESTS)
    slack.amira.post(DIGESTS, "Missed")

    result = listener.catch_up(ELSEWHERE, DIGESTS)
    assert result.unread == (ELSEWHERE,)
    assert result.found == 1


def test_a_dm_met_for_the_first_time_is_read_for_the_last_days(listener, slack):
    """What a member wrote to the bot while it was down is answered."""
    said = slack.ben.dm("Are you there?")

    assert listener.catch_up(said.channel).found == 1


def test_our_own_messages_are_known_as_ours(listener, slack):
    """They carry their key's hash, so that nobody takes them for a reply."""
    listener.catch_up()
    slack.gateway.send(message("ours:1", text="Ours"), None)
    listener.catch_up()

    said = next(slack.workspace.history(QUESTIONS, oldest="0"))
    assert said.bot
    assert said.key_hash is not None


class Away:
    """A Slack that cannot be read for the first *times* readings."""

    def __init__(self, times):
        self.times = times
        self.read = []

    def history(self, channel, *, oldest):
        self.read.append(channel)
        if len(self.read) <= self.times:
            raise Unreachable(f"nobody there since {oldest}")
        return iter(())

    def replies(self, *_):
        return ()


class Clock:
    """Both clocks, moved by hand."""

    def __init__(self):
        self.time = datetime(2026, 1, 5, 9, tzinfo=UTC)

    def now(self):
        return self.time

    machine = now

    def community_time_of(self, machine):
        return machine


@pytest.fixture
def job(store):
    """The job, its clock in our hands, on a Slack that is away at first."""
    clock = Clock()
    ctx = Context(begin=store, clock=clock, community=COMMUNITY)
    return CatchUp(
        ctx=ctx,
        workspace=Away(times=2),
        channels=lambda: [QUESTIONS],
        metrics=Metrics(),
    )


def after(job, **by):
    """How many readings there have been once that time has passed."""
    job.ctx.clock.time += timedelta(**by)
    job.run()
    return len(job.workspace.read)


def test_the_job_waits_for_a_gap_then_tries_until_it_has_read(job):
    """Nothing is read without need; what failed is tried again, ever more seldom."""
    assert after(job, hours=5) == 0
    job.after_gap()
    assert after(job, seconds=1) == 1  # in vain
    assert after(job, seconds=1) == 1
    assert after(job, minutes=1) == 2  # in vain
    assert after(job, minutes=1) == 2
    assert after(job, minutes=1) == 3


def test_the_job_reads_hourly_in_any_case_and_at_once_after_another_gap(job):
    """Even an event that Slack never sent is found within the hour."""
    job.workspace.times = 0
    job.after_gap()
    assert after(job, seconds=1) == 1
    assert after(job, minutes=59) == 1
    assert after(job, minutes=1) == 2
    job.after_gap()
    assert after(job, seconds=1) == 3


def test_direct_messages_are_read_after_a_gap_only_and_until_it_is_closed(job):
    """Fifty thousand of them every hour would use up what Slack lets us read."""
    job.workspace.times = 1
    job.channels = lambda: [QUESTIONS, "D0BEN"]
    job.after_gap()
    after(job, seconds=1)
    after(job, minutes=1)
    after(job, hours=1)

    assert job.workspace.read == [QUESTIONS, "D0BEN", QUESTIONS, "D0BEN", QUESTIONS]
