"""The metronome: when each job looks. What is due lives in the store.

Missing a tick costs nothing, since the next one finds the work; so the scheduler keeps
nothing, and two processes may each have one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from bot.metrics import Metrics

LATE = 60  #: seconds by which a tick may be late and still count

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Something to do again and again. It never runs twice at once in a process."""

    name: str
    every: timedelta
    run: Callable[[], object]


class Scheduler:
    """The running metronome."""

    def __init__(self, jobs: Sequence[Job], metrics: Metrics) -> None:
        self._metrics = metrics
        threads = ThreadPoolExecutor(max_workers=max(1, len(jobs)))
        self._metronome = BackgroundScheduler(
            timezone="UTC",
            executors={"default": threads},
            job_defaults={
                "misfire_grace_time": LATE,
                "coalesce": True,
                "max_instances": 1,
            },
        )
        for job in jobs:
            self._metronome.add_job(
                self._tick,
                "interval",
                args=[job],
                id=job.name,
                seconds=job.every.total_seconds(),
            )

    def start(self) -> None:
        """Begin ticking."""
        self._metronome.start()

    def stop(self) -> None:
        """Tick no more, and return once every job that is running has ended."""
        self._metronome.shutdown(wait=True)

    def _tick(self, job: Job) -> None:
        try:
            job.run()
        except Exception as error:  # noqa: BLE001 - a job's edge: the next tick tries
            self._metrics.job_failures.labels(job=job.name).inc()
            # Its class alone: a message may quote what it failed on.
            log.error("job_failed", job=job.name, error=type(error).__name__)  # noqa: TRY400 - a traceback may quote too


def start(jobs: Sequence[Job], metrics: Metrics | None = None) -> Scheduler:
    """Start every job; the caller stops the scheduler."""
    scheduler = Scheduler(jobs, metrics or Metrics())
    scheduler.start()
    return scheduler
