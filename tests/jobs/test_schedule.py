"""The metronome ticks, survives what a job does, and stops cleanly."""

import threading
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.jobs import schedule
from bot.metrics import Metrics

SOON = timedelta(milliseconds=20)
PATIENCE = 5  #: seconds


@pytest.fixture
def metrics():
    """What is counted."""
    return Metrics()


def failures(metrics, job):
    return metrics.registry.get_sample_value(
        "convenor_job_failures_total", {"job": job}
    )


def test_a_job_that_fails_is_tried_at_the_next_tick(metrics):
    """A failure is counted and named by its class; no person's words reach the log."""
    enough = threading.Event()
    ticks = []

    def fails():
        ticks.append(1)
        if len(ticks) >= 3:
            enough.set()
        raise ValueError("what a person wrote")

    with capture_logs() as logs:
        running = schedule.start(
            [schedule.Job(name="inbox", every=SOON, run=fails)], metrics
        )
        assert enough.wait(PATIENCE)
        running.stop()
    assert failures(metrics, "inbox") >= 3
    assert {line["error"] for line in logs} == {"ValueError"}
    assert "what a person wrote" not in str(logs)


def test_a_stop_waits_for_what_is_running(metrics):
    """When the stop returns, no job is half way."""
    begun, ended = threading.Event(), threading.Event()

    def slow():
        begun.set()
        threading.Event().wait(0.2)
        ended.set()

    running = schedule.start(
        [schedule.Job(name="outbox", every=SOON, run=slow)], metrics
    )
    assert begun.wait(PATIENCE)
    running.stop()
    assert ended.is_set()


def test_a_slow_job_neither_overlaps_itself_nor_holds_up_others(metrics):
    """One run of a job at a time; each job has a thread of its own."""
    other_ticked, release = threading.Event(), threading.Event()
    runs = []

    def slow():
        runs.append(1)
        release.wait(PATIENCE)

    def quick():
        if runs:
            other_ticked.set()

    running = schedule.start(
        [
            schedule.Job(name="slow", every=SOON, run=slow),
            schedule.Job(name="quick", every=SOON, run=quick),
        ],
        metrics,
    )
    assert other_ticked.wait(PATIENCE)
    threading.Event().wait(0.1)
    assert runs == [1]
    release.set()
    running.stop()
