"""A community in play: a Slack in one process, bots in others, people by hand.

What happened is judged from the Slack's transcript and from the database, never from
what the bot says of itself.
"""

import json
import socket
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path

from sqlalchemy import create_engine, text

from bot.domain.threads import Source
from bot.gateways.clock import SystemClock
from bot.simulator.player import Player, Said
from bot.store import connect
from tests.faults.processes import start, until

QUESTIONS, DIGESTS = "C0QUESTIONS", "C0DIGESTS"
HASTY = "tests.faults.hasty"  #: a root whose leases are short
NAMES = ("amina", "ben", "chloe", "dev", "erin")
LUNCH = datetime(
    2026, 6, 2, 11, 40, tzinfo=UTC
)  # Tuesday, 12:40 in London: a good time
QUESTION = "How do you safety-net a negative FIT with ongoing symptoms?"

COMMUNITY = """
name = "Early Diagnosis Network"
about = "people who ask one another what works"
timezone = "Europe/London"
holidays = "GB-ENG"
regions = ["Northshire", "Southdown"]

[channels]
questions = "questions"
digests = "digests"

[roles]
"erin@example.org" = "coordinator"

[[topics]]
id = "fit"
name = "FIT"
words = ["qFIT"]
"""


def user(name):
    """The Slack user id of one of the cast."""
    return f"U0{name.upper()}"


def seed(**more):
    """The workspace at the start: everybody is in the questions channel."""
    people = [
        {
            "id": user(name),
            "name": name,
            "real_name": f"{name.title()} Example",
            "email": f"{name}@example.org",
        }
        for name in NAMES
    ]
    everyone = [user(name) for name in NAMES]
    return {
        "people": people,
        "channels": [
            {"id": QUESTIONS, "name": "questions", "members": everyone, "bot": True},
            {"id": DIGESTS, "name": "digests", "members": everyone, "bot": True},
        ],
        "retry_delays": [0.1, 0.3, 0.5],
        "ack_within": 1.0,
        **more,
    }


def free_port():
    """A port that nobody listens on now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@dataclass(eq=False)
class Play:
    """One Slack, one database, and as many bots as a story starts."""

    folder: Path
    database: str
    package: Path | None = None  #: a changed copy of the bot, to try the stories on
    running: list = field(default_factory=list)
    port: int = field(default_factory=free_port)
    _names: Counter = field(default_factory=Counter)
    _opened: ExitStack = field(default_factory=ExitStack)

    def __post_init__(self):
        (self.folder / "community.toml").write_text(COMMUNITY, encoding="utf-8")
        clock = {
            "community": LUNCH.isoformat(),
            "machine": SystemClock().machine().isoformat(),
            "rate": 1.0,
        }
        (self.folder / "clock.json").write_text(json.dumps(clock), encoding="utf-8")
        self.slack = Player(f"http://127.0.0.1:{self.port}")

    # --- processes -------------------------------------------------------------

    def start_slack(self, **more):
        """Start the Slack; it answers when this returns."""
        file = self.folder / "seed.json"
        file.write_text(json.dumps(seed(**more)), encoding="utf-8")
        arguments = ("bot.simulator", "--port", str(self.port), "--seed", str(file))
        process = self._start("slack", *arguments)
        until(lambda: "listening" in process.output(), "the Slack")
        return process

    def start_bot(self, root="bot", *words, **settings):
        """Start a bot; *root* puts it together, *words* follow ``run``."""
        return self._start("bot", root, "run", *words, **(self.settings() | settings))

    def open(self, root="bot", **settings):
        """Start a Slack and a bot; the bot knows everybody when this returns."""
        self.start_slack()
        process = self.start_bot(root, **settings)
        self.ready(process)
        return process

    def ready(self, process):
        """Wait until a bot is connected, knows the members and has caught up."""
        for event in ("socket_open", "members_read", "caught_up"):
            process.says(event)

    def settings(self):
        """What a bot is told; a story may say otherwise."""
        return {
            "SLACK_BOT_TOKEN": "xoxb-simulator",
            "SLACK_APP_TOKEN": "xapp-simulator",
            "SLACK_API_URL": f"http://127.0.0.1:{self.port}/api/",
            "SLACK_CHANNEL_PAUSE": "0",
            "DATABASE_URL": self.database,
            "COMMUNITY_FILE": str(self.folder / "community.toml"),
            "COMMUNITY_CLOCK_FILE": str(self.folder / "clock.json"),
            "TICK": "0.05",
            "HEALTH_PORT": "0",
        }

    def _start(self, name, *arguments, **settings):
        self._names[name] += 1
        process = start(
            self.folder,
            f"{name}-{self._names[name]}",
            *arguments,
            package=self.package if name == "bot" else None,
            **settings,
        )
        self.running.append(process)
        return process

    def close(self):
        """End whatever still runs."""
        for process in self.running:
            if process.process.poll() is None:
                process.kill()
        self._opened.close()

    # --- people ----------------------------------------------------------------

    def person(self, name):
        """One of the cast."""
        return self.slack.person(user(name))

    def asks(self, question=QUESTION, *, name="amina"):
        """Somebody asks by the form; returns the post once it stands."""
        person, before = self.person(name), len(self.posts())
        person.command("/ask", QUESTIONS)
        person.submit(question=question)
        until(lambda: len(self.posts()) > before, "the question's post")
        return self.posts()[-1]

    def invitation(self, name):
        """The message that puts a question to somebody, once it is there."""
        return until(lambda: self._invited(name), f"an invitation for {name}")[0]

    def replies_to(self, root, name, words):
        """Somebody replies in the thread; returns where it stands."""
        return self.person(name).reply(Said(QUESTIONS, root["ts"]), words)

    def answers(self, name, words):
        """Somebody who was asked answers by the form."""
        person, invitation = self.person(name), self.invitation(name)
        person.press("answer", channel=person.dm_channel(), ts=invitation["ts"])
        person.submit(answer=words)

    def _invited(self, name):
        return [one for one in self.person(name).dms() if has_button(one, "answer")]

    # --- what stands -----------------------------------------------------------

    def posts(self):
        """What the bot has posted in the questions channel, oldest first."""
        seen = self.person("amina").sees(QUESTIONS)
        return [one for one in seen if one.get("bot_id") and not one.get("subtype")]

    def replies(self, root):
        """What stands under *root*, oldest first."""
        return self.person("amina").sees(QUESTIONS, root["ts"])[1:]

    def each_stands_once(self):
        """See that the bot never posted a message of its more than once."""
        keys = Counter(map(_key, self.slack.transcript("posted")))
        repeated = [key for key, number in keys.items() if key and number > 1]
        assert not repeated, f"posted more than once: {repeated}"

    def has_gone(self, key):
        """Wait until the bot knows where its message *key* stands."""

        def receipt():
            with self._store.read() as tx:
                return tx.outbox.receipt(key)

        return until(receipt, f"{key} to be known as gone")

    def acknowledged(self):
        """The ids of every event that the bot told Slack it has."""
        return {
            one["event_id"]
            for one in self.slack.transcript("acked")
            if one["type"] == "events_api" and one["event"] == "message"
        }

    def standing(self, root):
        """What people have said under *root*, as it stands in Slack: ts to text."""
        seen = self.replies(root)
        return {one["ts"]: one["text"] for one in seen if not one.get("bot_id")}

    # --- what is kept ----------------------------------------------------------

    def kept(self, root):
        """What people have said under *root*, as the database has it: ts to text."""
        with self._store.read() as tx:
            thread = tx.threads.at(QUESTIONS, root["ts"])
            found = tx.threads.replies(thread.id) if thread else ()
        return {
            one.ts: one.text
            for one in found
            if one.withdrawn_at is None and one.source is Source.THREAD
        }

    def nothing_is_lost(self, *roots):
        """See that all that was acknowledged is kept; wait until it is done, and so."""
        lost = self.acknowledged() - set(self.events())
        assert not lost, f"acknowledged, and not kept: {lost}"
        for root in roots:
            until(partial(self._is_known, root), "the thread to be known as it stands")
        until(lambda: all(self.events().values()), "every event to be done")

    def _is_known(self, root):
        return self.kept(root) == self.standing(root)

    def events(self):
        """Every event in the inbox, and whether it is done."""
        with self._engine.connect() as connection:
            rows = connection.execute(text("SELECT event_id, done_at FROM inbox"))
            return {event: done is not None for event, done in rows}

    @cached_property
    def _store(self):
        store = connect(self.database)
        self._opened.callback(store.close)
        return store

    @cached_property
    def _engine(self):
        driver = "postgresql+psycopg://"
        engine = create_engine(self.database.replace("postgresql://", driver))
        self._opened.callback(engine.dispose)
        return engine


def has_button(message, action):
    """Whether a message has a button that does *action*."""
    rows = [one for one in message.get("blocks", []) if one["type"] == "actions"]
    return any(e["action_id"] == action for row in rows for e in row["elements"])


def _key(entry):
    payload = (entry.get("metadata") or {}).get("event_payload") or {}
    return payload.get("key")
