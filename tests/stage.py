"""A small language for telling stories about the community.

The store, the use cases, the doors and the jobs are the bot's own; Slack is a class in
this file that keeps what it is sent, refuses what Slack's block rules refuse, and fails
any story in which it is called inside a transaction. Time passes only when a story
says so.
"""

import json
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import pytest

from bot.app import all_events, door, reactions
from bot.domain.community import Channels, Community, Role
from bot.domain.deadlines import Deadlines
from bot.domain.events import spoken, withdrawn
from bot.domain.members import Reach
from bot.domain.times import Almanac
from bot.domain.topics import Topic
from bot.handlers.registry import Kind
from bot.jobs.calls import LookAfterCalls
from bot.jobs.digests import look_after_digests
from bot.jobs.editions import look_after_editions
from bot.jobs.members import KnowMembers
from bot.jobs.outbox import deliver_outbox
from bot.jobs.questions import look_after_questions
from bot.metrics import Metrics
from bot.owing import Places
from bot.ports import (
    Act,
    Channel,
    Gateways,
    Heard,
    Medium,
    Message,
    NotSent,
    Person,
    Receipt,
)
from bot.simulator.blocks import check_message, check_view
from bot.store import connect
from bot.usecases import intake
from bot.usecases.context import Context, Patience
from bot.usecases.lapses import begin_anew

LONDON = ZoneInfo("Europe/London")
QUESTIONS, DIGESTS = "C0QUESTIONS", "C0DIGESTS"
TUESDAY = datetime(2026, 6, 2, 9, 0, tzinfo=LONDON).astimezone(UTC)
MOMENTS = ("08:00", "12:30", "13:00", "15:00", "17:30")  # when jobs look
WEEKEND = ("09:00", "13:00")  # less happens then, and less is looked for

#: The other database, in make check: telling every story twice takes too long.
AGAIN = pytest.param("postgres", marks=pytest.mark.again)

REGIONS = ("Northshire", "Southdown", "Eastvale", "Westmoor", "Midbourne")
TOPICS = (
    Topic(id="fit", name="FIT", words=("qFIT", "faecal immunochemical test")),
    Topic(id="ng12", name="NG12", words=("two-week wait", "2WW")),
    Topic(id="lung", name="lung health checks", words=("lung check", "LDCT")),
    Topic(id="sea", name="significant event analysis", words=("SEA",)),
)


def a_community(**changes):
    """A community of practice with five regions and four topics."""
    return replace(
        Community(
            name="Early Diagnosis Network",
            about="GPs who lead on the early diagnosis of cancer",
            channels=Channels(questions="questions", digests="digests"),
            topics=TOPICS,
            regions=REGIONS,
            roles={},
            deadlines=Deadlines(almanac=Almanac.for_country(LONDON)),
        ),
        **changes,
    )


@dataclass
class PlayClock:
    """Both clocks, moved by hand."""

    moment: datetime = TUESDAY

    def now(self):
        return self.moment

    def machine(self):
        return self.moment

    def community_time_of(self, machine):
        return machine


@dataclass
class Posted:
    """A message as it stands in Slack."""

    channel: str
    ts: str
    user: str
    text: str
    blocks: list = field(default_factory=list)
    thread_ts: str | None = None
    key: str | None = None
    edited_ts: str | None = None

    @property
    def words(self):
        """Everything a reader sees, on one string."""
        return "\n".join([*_texts(self.blocks)]) or self.text


def _dicts(value):
    """Every mapping in a piece of Block Kit, outermost first."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _dicts(part)


def _texts(value):
    return (one["text"] for one in _dicts(value) if isinstance(one.get("text"), str))


def _buttons(value):
    return (one for one in _dicts(value) if one.get("type") in {"button", "overflow"})


class PlaySlack:
    """Slack, kept in memory: a gateway, a workspace to read, and forms."""

    def __init__(self, stage):
        self.stage = stage
        self.messages: list[Posted] = []
        self.homes = {}
        self.forms = {}
        self.people_known = {}
        self.notices = defaultdict(list)
        self.weather = lambda message: None  # noqa: ARG005 - fair weather
        self._ticks = count(1)

    def ts(self):
        return f"{self.stage.clock.machine().timestamp():.0f}.{next(self._ticks):06d}"

    def channel_of(self, to):
        return f"D{to}" if to.startswith("U") else to

    def at(self, channel, ts):
        found = [m for m in self.messages if (m.channel, m.ts) == (channel, ts)]
        return found[0] if found else None

    # --- a way out -------------------------------------------------------------

    def send(self, message, target):
        self.stage.outside()
        self.weather(message)
        if message.act is Act.HOME:
            check_view(message.body["view"], "home")
            self.homes[message.to] = message.body["view"]
            return Receipt(channel=message.to, ts="home")
        if message.act is Act.DELETE:
            self.remove(target)
            return target
        check_message(message.body.get("blocks", []))
        assert message.body["text"], "every message needs a text for notifications"
        if message.act is Act.UPDATE:
            shown = self.at(target.channel, target.ts)
            shown.text, shown.blocks = message.body["text"], message.body["blocks"]
            return target
        thread = target.ts if target else message.thread_ts
        posted = Posted(
            channel=self.channel_of(message.to),
            ts=self.ts(),
            user="UBOT",
            text=message.body["text"],
            blocks=message.body.get("blocks", []),
            thread_ts=thread,
            key=message.key,
        )
        self.messages.append(posted)
        return Receipt(channel=posted.channel, ts=posted.ts)

    def find(self, message, target, *, since):  # noqa: ARG002 - the port's shape
        self.stage.outside()
        return tuple(
            Receipt(channel=m.channel, ts=m.ts)
            for m in self.messages
            if m.key == message.key
        )

    def remove(self, receipt):
        self.messages = [
            m
            for m in self.messages
            if (m.channel, m.ts) != (receipt.channel, receipt.ts)
        ]

    def paces(self, message):  # noqa: ARG002 - the port's shape
        return ()

    # --- a place to read -------------------------------------------------------

    def people(self):
        self.stage.outside()
        yield from self.people_known.values()

    def person(self, user):
        self.stage.outside()
        return self.people_known.get(user)

    def members(self, channel):  # noqa: ARG002 - everyone is in every channel
        self.stage.outside()
        yield from self.people_known

    def channel(self, name_or_id):
        names = {"questions": QUESTIONS, "digests": DIGESTS}
        found = names.get(name_or_id, name_or_id)
        if found not in {QUESTIONS, DIGESTS, "C0OTHER"}:
            return None
        return Channel(id=found, name=name_or_id, member=True)

    def history(self, channel, *, oldest):
        self.stage.outside()
        for m in reversed(self.messages):
            if m.channel == channel and m.thread_ts in {None, m.ts} and m.ts >= oldest:
                yield self._heard(m)

    def replies(self, channel, root):
        self.stage.outside()
        found = [
            self._heard(m)
            for m in self.messages
            if m.channel == channel and root in {m.ts, m.thread_ts}
        ]
        return tuple(found) or None

    def permalink(self, channel, ts):
        return f"https://play.slack.com/archives/{channel}/p{ts.replace('.', '')}"

    def _heard(self, m):
        return Heard(
            channel=m.channel,
            ts=m.ts,
            thread_ts=m.thread_ts,
            author=m.user,
            text=m.text,
            bot=m.user == "UBOT",
            edited_ts=m.edited_ts,
            key_hash="ours" if m.key else None,
        )

    # --- forms -----------------------------------------------------------------

    def open(self, trigger, view):
        check_view(dict(view), "modal")
        self.forms.setdefault(trigger.partition(":")[0], []).append(dict(view))
        return True

    def push(self, trigger, view):
        return self.open(trigger, view)

    def update(self, view_id, view):  # noqa: ARG002 - one form is open at a time
        check_view(dict(view), "modal")
        return True

    def goes_down(self):
        """From now on, every send fails."""

        def down(message):
            raise NotSent(f"{message.key}: Slack is down")

        self.weather = down

    def comes_back(self):
        """From now on, every send succeeds."""
        self.weather = lambda message: None  # noqa: ARG005 - fair weather


@dataclass
class Delivered:
    """A letter that went, and when by the community's wall."""

    message: Message
    at: datetime

    @property
    def to(self):
        return self.message.to

    @property
    def key(self):
        return self.message.key

    @property
    def subject(self):
        return self.message.body["subject"]

    @property
    def words(self):
        """Its text as it is read, on one line."""
        return " ".join(self.message.body["text"].split())

    @property
    def html(self):
        return self.message.body["html"]


class PlayMail:
    """The mail server, kept in memory: a gateway that keeps every letter."""

    def __init__(self, stage):
        self.stage = stage
        self.letters = []
        self.weather = lambda message: None  # noqa: ARG005 - fair weather

    def send(self, message, target):  # noqa: ARG002 - the port's shape
        self.stage.outside()
        self.weather(message)
        assert message.act is Act.POST, "a letter that has gone cannot be changed"
        assert "@" in message.to
        letter = Delivered(message, self.stage.local())
        self.letters.append(letter)
        return Receipt(channel="mail", ts=f"<{letter.key}@play.invalid>")

    def find(self, message, target, *, since):  # noqa: ARG002 - the port's shape
        raise NotSent("a letter cannot be looked for", permanent=True)

    def remove(self, receipt):  # noqa: ARG002 - the port's shape
        raise NotSent("a letter cannot be taken back", permanent=True)

    def paces(self, message):  # noqa: ARG002 - the port's shape
        return ()

    def goes_down(self):
        """From now on, no letter goes."""

        def down(message):
            raise NotSent(f"{message.key}: the mail server is down")

        self.weather = down

    def comes_back(self):
        """From now on, every letter goes."""
        self.weather = lambda message: None  # noqa: ARG005 - fair weather


class Stage:
    """A community in play. With *mail* letters go; without it they wait."""

    def __init__(self, url, *, mail=False, **changes):
        self.clock = PlayClock()
        self.slack = PlaySlack(self)
        self.mail = PlayMail(self)
        self.store = connect(url)
        self.community = a_community(**changes)
        self.ctx = Context(
            begin=_Watched(self),
            clock=self.clock,
            community=self.community,
            patience=Patience(look_again=timedelta(0)),
            places=Places(
                questions=QUESTIONS,
                digests=DIGESTS,
                bot_user="UBOT",
                address="https://play.slack.com/",
            ),
        )
        self.reactions = reactions()
        self.open_transactions = 0
        self._acts = count(1)
        self._events = count(1)
        self.restarts(mail=mail)

    def restarts(self, *, mail):
        """The bot starts again, now with a mail server or without."""
        self.ctx = replace(self.ctx, mail=mail)
        self.door = door(self.ctx, self.slack)
        by_mail = {Medium.MAIL: self.mail} if mail else {}
        self.ways = Gateways({Medium.SLACK: self.slack, **by_mail})
        self.calls = LookAfterCalls(ctx=self.ctx)
        self.known = KnowMembers(ctx=self.ctx, workspace=self.slack)
        begin_anew(self.ctx)

    def close(self):
        self.store.close()

    def outside(self):
        assert not self.open_transactions, "the outside was called in a transaction"

    # --- people ----------------------------------------------------------------

    def member(self, name, *, interests=(), region=None, role=Role.MEMBER, **more):
        """Somebody in the community; *email_only* for a member without Slack."""
        email_only = more.pop("email_only", False)
        slack = None if email_only else f"U{name.split()[0].upper()}"
        with self.ctx.begin() as tx:
            added = tx.members.add(name=name, role=role, at=self.clock.now())
            kept = replace(
                tx.members.get(added),
                slack=slack,
                email=more.pop("email", f"{name.split()[0].lower()}@example.org"),
                region=region,
                interests=frozenset(interests),
                reach=Reach.EMAIL if email_only else Reach.SLACK,
                **more,
            )
            tx.members.keep(kept)
            tx.members.welcome(added, at=self.clock.now())
        if slack:
            self.slack.people_known[slack] = Person(id=slack, name=name)
        return Cast(self, kept.id, slack, name)

    def coordinator(self, name="Carys Bowen", **more):
        """A coordinator."""
        return self.member(name, role=Role.COORDINATOR, **more)

    # --- time ------------------------------------------------------------------

    def settle(self):
        """Let every job look until none finds anything to do."""
        for _ in range(50):
            if not self._round():
                return
        raise AssertionError("the bot does not come to rest")

    def _round(self):
        metrics = Metrics()
        return sum(
            (
                intake.handle_due(self.ctx, all_events(self.reactions)),
                self.known._meet(),  # noqa: SLF001 - without reading everybody each time
                look_after_questions(self.ctx),
                look_after_digests(self.ctx, self.slack),
                self.calls.run(),
                look_after_editions(self.ctx),
                deliver_outbox(
                    self.ctx, self.ways, self.reactions, metrics, lambda: False
                ),
            )
        )

    def until(self, moment):
        """Let time pass until a local moment such as "2026-06-09 12:30"."""
        end = datetime.fromisoformat(moment).replace(tzinfo=LONDON).astimezone(UTC)
        day = self.clock.moment.astimezone(LONDON).date()
        while self.clock.moment < end:
            for at in _moments(day):
                if self.clock.moment < at < end:
                    self._look_at(at)
            day += timedelta(days=1)
            if datetime(day.year, day.month, day.day, tzinfo=LONDON) >= end:
                self._look_at(end)

    def passes(self, **span):
        """Let so much time pass."""
        self.until((self.local() + timedelta(**span)).strftime("%Y-%m-%d %H:%M:%S"))

    def local(self):
        """The time on the community's wall."""
        return self.clock.moment.astimezone(LONDON)

    def _look_at(self, moment):
        self.clock.moment = max(moment, self.clock.moment)
        self.settle()

    # --- what stands -----------------------------------------------------------

    def channel(self, channel=QUESTIONS):
        """The messages at a channel's top level, oldest first."""
        return [
            m
            for m in self.slack.messages
            if m.channel == channel and m.thread_ts in {None, m.ts}
        ]

    def thread(self, root):
        """The replies under *root*, oldest first."""
        return [m for m in self.slack.messages if m.thread_ts == root.ts != m.ts]

    def letters_to(self, name):
        """The letters that went to somebody of that name or address, oldest first."""
        first = name.split()[0].lower()
        addresses = {name.lower(), f"{first}@example.org"}
        return [one for one in self.mail.letters if one.to in addresses]

    def needs(self, coordinator):
        """What *Needs you* says to a coordinator now, as words."""
        return coordinator.home

    def receive(self, body, *, event_id=None):
        """An event arrives, as intake keeps it, and is handled."""
        intake.receive(
            self.ctx,
            event_id=event_id or f"Ev{next(self._events)}",
            kind=body["type"],
            lane=body.get("channel"),
            body=body,
        )
        self.settle()

    def act_number(self):
        return next(self._acts)


class _Watched:
    """Begin, noticing; so that a call outside in a transaction can be refused."""

    def __init__(self, stage):
        self.stage = stage

    @contextmanager
    def __call__(self):
        self.stage.open_transactions += 1
        try:
            with self.stage.store() as tx:
                yield tx
        finally:
            self.stage.open_transactions -= 1

    @contextmanager
    def read(self):
        self.stage.open_transactions += 1
        try:
            with self.stage.store.read() as tx:
                yield tx
        finally:
            self.stage.open_transactions -= 1


@dataclass
class Cast:
    """One of the cast, in Slack or not."""

    stage: Stage
    id: str
    slack: str | None
    name: str

    # --- what they see ---------------------------------------------------------

    @property
    def dms(self):
        """Every message the bot has sent them, oldest first."""
        return [m for m in self.stage.slack.messages if m.channel == f"D{self.slack}"]

    @property
    def invitations(self):
        """The bot's unasked messages to them."""
        return [m for m in self.dms if (m.key or "").startswith("notice:")]

    @property
    def letters(self):
        """Every letter that went to them, oldest first."""
        return self.stage.letters_to(self.name)

    @property
    def home(self):
        """Their Home tab, as words."""
        self.stage.receive({"type": "app_home_opened", "user": self.slack})
        return "\n".join(_texts(self.stage.slack.homes[self.slack]["blocks"]))

    @property
    def form(self):
        """The form that is open for them, on top."""
        return self.stage.slack.forms[self.slack][-1]

    # --- what they do ----------------------------------------------------------

    def commands(self, name, text=""):
        """Type a slash command; returns what is said in answer."""
        return self._act(
            {
                "command": name,
                "text": text,
                "user_id": self.slack,
                "channel_id": QUESTIONS,
                "trigger_id": self._trigger(),
                "response_url": "https://play.invalid",
            }
        )

    def presses(self, label, *, message=None, value=None):
        """Press a button by its label: on a message, else on the last that has it."""
        for where in self._places(message):
            for button in _buttons(where):
                if _label(button) == label and value in {None, button.get("value")}:
                    return self.does(button["action_id"], button.get("value", ""))
        raise AssertionError(f"{self.name} sees no button {label!r}")

    def does(self, action, value):
        """Press whatever button has that action and value, there or not."""
        return self._act(
            {
                "type": "block_actions",
                "user": {"id": self.slack},
                "trigger_id": self._trigger(),
                "response_url": "https://play.invalid",
                "actions": [{"type": "button", "action_id": action, "value": value}],
            }
        )

    def submits(self, *, view_id=None, **fields):
        """Send the form that is open, with these fields; None where it closes."""
        view = self.form
        body = {
            "type": "view_submission",
            "user": {"id": self.slack},
            "trigger_id": self._trigger(),
            "view": {
                **view,
                "id": view_id or f"V{self.stage.act_number()}",
                "state": {"values": _state(view, fields)},
            },
        }
        return self._act(body)

    def asks(self, question, **fields):
        """Ask a question by /ask, and let it be posted; returns its post."""
        self.commands("/ask")
        answer = self.submits(question=question, **fields)
        assert not answer, answer
        self.stage.settle()
        return self.stage.channel()[-1]

    def replies(self, root, text, **more):
        """Reply in the thread under *root*; returns the message."""
        return self.says(root.channel, text, thread_ts=root.ts, **more)

    def says(self, channel, text, *, thread_ts=None, event_id=None):
        """Write in a channel; returns the message."""
        said = Posted(
            channel=channel,
            ts=self.stage.slack.ts(),
            user=self.slack,
            text=text,
            thread_ts=thread_ts,
        )
        self.stage.slack.messages.append(said)
        self.stage.receive(_event(said, "new"), event_id=event_id)
        return said

    def writes(self, text):
        """Write to the bot itself."""
        return self.says(f"D{self.slack}", text)

    def edits(self, said, text):
        """Change what they said."""
        said.text, said.edited_ts = text, self.stage.slack.ts()
        self.stage.receive(_event(said, "edited"))

    def deletes(self, said):
        """Delete what they said."""
        self.stage.slack.remove(Receipt(channel=said.channel, ts=said.ts))
        self.stage.receive(withdrawn(said.channel, said.ts, said.thread_ts))

    def shortcut(self, name, message=None):
        """Use a shortcut, on a message or anywhere."""
        body = {
            "type": "message_action" if message else "shortcut",
            "callback_id": name,
            "user": {"id": self.slack},
            "trigger_id": self._trigger(),
            "response_url": "https://play.invalid",
        }
        if message:
            body["channel"] = {"id": message.channel}
            body["message"] = {
                "ts": message.ts,
                "user": message.user,
                "text": message.text,
                "thread_ts": message.thread_ts,
            }
        return self._act(body)

    def _act(self, body):
        said = []
        response = self.stage.door.answer(
            body, lambda text="", **more: said.append(text or str(more))
        )
        self.stage.settle()
        return _answer(response.body) or "\n".join(said)

    def _trigger(self):
        return f"{self.slack}:{self.stage.act_number()}"

    def _places(self, message):
        if message is not None:
            return [message.blocks]
        home = self.stage.slack.homes.get(self.slack, {}).get("blocks", [])
        opened = self.stage.slack.forms.get(self.slack, [])
        forms = [view["blocks"] for view in reversed(opened)]
        return [*(m.blocks for m in reversed(self.dms)), home, *forms]


def _event(said, change):
    fields = {
        "ts": said.ts,
        "thread_ts": said.thread_ts,
        "author": said.user,
        "text": said.text,
        "bot": False,
        "edited_ts": said.edited_ts,
        "files": (),
        "key_hash": None,
    }
    return spoken(said.channel, fields, change=change)


def _state(view, fields):
    values = {}
    for block in view["blocks"]:
        if block["type"] != "input":
            continue
        name, element = block["block_id"].partition(":")[0], block["element"]
        values[block["block_id"]] = {
            element["action_id"]: _filled(element, fields.get(name))
        }
    return values


def _filled(element, given):
    """What Slack sends for a field: what was given, or what stood there at first."""
    kind = element["type"]
    if kind == "plain_text_input":
        text = given if given is not None else element.get("initial_value")
        return {"type": kind, "value": text}
    if kind == "datepicker":
        day = given.isoformat() if isinstance(given, date) else given
        return {"type": kind, "selected_date": day or element.get("initial_date")}
    if kind in {"static_select", "external_select", "radio_buttons"}:
        option = {"value": given} if given else element.get("initial_option")
        return {"type": kind, "selected_option": option}
    options = element.get("initial_options", [])
    if given is not None:
        options = [{"value": one} for one in given]
    return {"type": kind, "selected_options": options}


def _label(button):
    return button["text"]["text"] if button["type"] == "button" else button["action_id"]


def _moments(day):
    for wall in MOMENTS if day.weekday() < 5 else WEEKEND:
        at = datetime.fromisoformat(f"{day} {wall}").replace(tzinfo=LONDON)
        yield at.astimezone(UTC)


def _answer(body):
    """What Slack is told, as its letters stand on the screen."""
    return json.dumps(json.loads(body), ensure_ascii=False) if body else ""


__all__ = ["DIGESTS", "QUESTIONS", "Cast", "Kind", "PlaySlack", "Stage", "a_community"]
