"""What is counted, for whoever keeps the bot running. Counts only: no names, no words.

Each :class:`Metrics` has a registry of its own, so that two bots in one process (the
tests' way) never count each other's work.
"""

from collections.abc import Callable, Iterable, Mapping

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

#: seconds; Slack must be told within 3, we aim at 0.1
ACKNOWLEDGED_WITHIN = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0)


class Metrics:
    """Everything that is counted. Safe to use from any thread."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.events_kept = self._count("events_kept", "Events that reached the inbox")
        self.events_done = self._count("events_done", "Events that were dealt with")
        self.events_parked = self._count("events_parked", "Events given up and shown")
        self.messages_sent = self._count("messages_sent", "Messages that went out")
        self.messages_parked = self._count(
            "messages_parked", "Messages given up and shown"
        )
        self.messages_repeated = self._count(
            "messages_repeated", "Messages sent again after an unknown outcome"
        )
        self.copies_removed = self._count(
            "copies_removed", "Second copies taken away again"
        )
        self.job_failures = Counter(
            "convenor_job_failures",
            "Runs of a job that failed",
            ["job"],
            registry=self.registry,
        )
        self.catch_up_messages = self._count(
            "catch_up_messages", "Messages found by reading what was missed"
        )
        self.socket_reconnects = self._count(
            "socket_reconnects", "Times a connection to Slack was made again"
        )
        self.acknowledgement = Histogram(
            "convenor_acknowledgement_seconds",
            "From the arrival of an event to its acknowledgement",
            buckets=ACKNOWLEDGED_WITHIN,
            registry=self.registry,
        )

    def _count(self, name: str, words: str) -> Counter:
        return Counter(f"convenor_{name}", words, registry=self.registry)

    def watch_queues(self, lengths: Callable[[], Mapping[str, float]]) -> None:
        """Show the length of each queue, asked for whenever somebody looks.

        *lengths* gives a number a queue ("inbox", "outbox"). If it raises, the page of
        metrics fails, which is what should be noticed.
        """
        self.registry.register(_Queues(lengths))

    def page(self) -> bytes:
        """Everything counted, in Prometheus's text format."""
        return generate_latest(self.registry)


class _Queues(Collector):
    def __init__(self, lengths: Callable[[], Mapping[str, float]]) -> None:
        self._lengths = lengths

    def describe(self) -> Iterable[GaugeMetricFamily]:
        """The family without its values, so that registering asks nobody anything."""
        return [self._family()]

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """The family with a value a queue."""
        family = self._family()
        for queue, length in self._lengths().items():
            family.add_metric([queue], length)
        return [family]

    def _family(self) -> GaugeMetricFamily:
        return GaugeMetricFamily(
            "convenor_queue_length", "What waits in each queue", labels=["queue"]
        )
