"""An erased member: nothing of theirs is left, wherever they have been.

Somebody with an unmistakable name, address and way with words takes part in
everything, and then every table and everything that is shown is fished for them.
"""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.domain.errors import CommunityError, NotFound
from bot.store import scrub
from bot.store.engine import open_engines
from bot.store.schema import Base
from bot.store.schema.calls import CallRow, RsvpRow
from bot.usecases import erasing, members
from bot.views import receipts
from tests.stage import DIGESTS, LONDON, QUESTIONS, Stage
from tests.stories.digest_cast import BEN, DAN, Play

ASKED = "How do you safety-net a negative FIT with ongoing symptoms?"
NAME, ADDRESS, SLACK = "Zebedee Quillfeather", "zebedee@example.org", "UZEBEDEE"
WORDS = {
    "thread": "We paint every turquoise leaflet and hand it over in the clinic.",
    "form": "Our marmalade register recalls patients at six weeks & again at ten.",
    "mail": "The periwinkle hotline answers within one day, so we refer straight away.",
    "note": "Privately, I find the vermilion form rather hard to fill in.",
    "asked": "Has anybody tried a chartreuse pathway for vague symptoms?",
    "open": "Who has a cerulean template for significant event analysis?",
    "context": "Ours is tangerine and nobody likes it.",
}
#: One word of each, which nobody else would use.
UNMISTAKABLE = (
    *("turquoise", "marmalade", "periwinkle", "vermilion", "chartreuse", "tangerine"),
    *("cerulean",),
    *("Zebedee", "Quillfeather", "zebedee@", SLACK),
)


@pytest.fixture
def stage(database_url):
    """A community whose letters go."""
    opened = Stage(database_url, mail=True)
    yield opened
    opened.close()


class Life:
    """Zebedee takes part in everything, and the others with him."""

    def __init__(self, stage):
        self.stage = stage
        self.carys = stage.coordinator()
        self.amina = stage.member("Amina Yusuf", region="Northshire")
        self.ben = stage.member("Ben Carter", interests=["fit"], region="Eastvale")
        self.joan = stage.member("Joan Reed", region="Midbourne", email_only=True)
        self.zeb = stage.member(NAME, interests=["fit"], region="Southdown")
        self.post = self.amina.asks(ASKED)
        self._jumps("2026-06-02 12:45")
        self._replies()
        self._asks()
        self._is_quoted()
        self._is_updated()
        self._says_more()

    def _replies(self):
        dev = self.stage.member("Dev Patel-Jones", region="Westmoor")
        self.zeb.presses("Suggest a colleague")
        assert not self.zeb.submits(colleague=dev.id)
        self.zeb.does("answer", "1")
        self.zeb.submits(answer=WORDS["form"])
        self.zeb.replies(self.post, WORDS["thread"])
        self.ben.replies(self.post, "We repeat the test, and refer if it goes on.")
        self.ben.replies(self.post, f"<@{SLACK}> that is worth a try, thank you.")
        self.carys.home  # noqa: B018 - she looks at it
        self.carys.presses("Add a reply received elsewhere")
        self.carys.submits(question="1", author=self.zeb.id, text=WORDS["mail"])

    def _asks(self):
        self.asked = self.zeb.asks(WORDS["asked"], context=WORDS["context"])
        self._jumps("2026-06-03 13:00")

    def _jumps(self, moment):
        """It is *moment*, and nobody looked in between: that is quicker."""
        local = datetime.fromisoformat(moment).replace(tzinfo=LONDON)
        self.stage.clock.moment = local.astimezone(UTC)
        self.stage.settle()

    def _is_quoted(self):
        self.carys.shortcut("collate_thread", self.post)
        self._jumps("2026-06-08 12:40")
        self.carys.does("open_digest", "1")
        self.carys.submits()
        self._jumps("2026-06-08 12:55")

    def _is_updated(self):
        self._jumps("2026-06-29 09:00")
        self.zeb.asks(WORDS["open"])
        self._jumps("2026-07-01 09:00")
        self.carys.does("open_edition", "1")
        self.carys.submits()
        self._jumps("2026-07-02 13:00")

    def _says_more(self):
        self.amina.asks("Which qFIT kit do you use, and why?")
        self._jumps("2026-07-06 13:00")
        self.zeb.writes(WORDS["note"])
        now = self.stage.clock.now()
        with self.stage.store() as tx:
            call = CallRow(
                quarter="2031-Q1",
                uid="one",
                title="Call",
                starts_at=now + timedelta(days=60),
                minutes=60,
                dial_in="",
                agenda="",
                organiser="",
                sequence=0,
                version=1,
                proposed_at=now,
            )
            session = tx.members._session  # noqa: SLF001 - a row that others will make
            session.add(call)
            session.flush()
            session.add(
                RsvpRow(
                    call=call.id,
                    member=self.zeb.id,
                    answer="yes",
                    source="slack",
                    at=now,
                )
            )

    def erase(self, **more):
        """Zebedee is erased, and what is owed goes."""
        receipt = erasing.erase(
            self.stage.ctx, who=ADDRESS, actor="operator:test", **more
        )
        self.stage.settle()
        return receipt

    def shown(self):
        """Everything of the bot's that others see in Slack, as one text."""
        slack = self.stage.slack
        seen = [
            (m.text, m.blocks)
            for m in slack.messages
            if m.user == "UBOT" and m.channel != f"D{SLACK}"
        ]
        homes = [view for who, view in slack.homes.items() if who != SLACK]
        return json.dumps([seen, homes], ensure_ascii=False)


@pytest.fixture
def life(stage):
    return Life(stage)


def dumped(url):
    """Every row of every table, as one text."""
    engines = open_engines(url)
    with engines.read.connect() as connection:
        rows = {
            name: [tuple(row) for row in connection.execute(select(table))]
            for name, table in Base.metadata.tables.items()
        }
    engines.dispose()
    return rows


def fished(where, text_):
    """The unmistakable words that are left in *text_*, and where."""
    folded = text_.lower()
    return {(where, word) for word in UNMISTAKABLE if word.lower() in folded}


def test_nothing_of_an_erased_member_is_left(life, stage, database_url):
    """Not in a table, not in the database's files, not in what the bot has shown."""
    before = fished("", str(dumped(database_url)))
    assert len(before) == len(UNMISTAKABLE), "the story leaves every trace there is"
    assert all(one in life.shown() for one in ("turquoise", "chartreuse", SLACK))
    receipt = life.erase()

    left = set().union(
        *(fished(name, str(rows)) for name, rows in dumped(database_url).items())
    )
    assert not left
    assert not fished("Slack", life.shown())
    assert scrub(database_url)
    assert not fished("file", bytes_of(database_url))
    _what_others_said_stands(life, stage)
    _the_receipt_names_nobody(receipt)


def _what_others_said_stands(life, stage):
    """The digest keeps their lines; the ledger still accounts for every reply."""
    words = "\n".join(m.words for m in stage.slack.messages if m.channel == DIGESTS)
    assert "We repeat the test, and refer if it goes on." in words
    with stage.store.read() as tx:
        places = [one.place.value for one in tx.digests.ledger(1)]
        assert tx.digests.unassigned(tx.digests.get(1)) == 0
    assert (len(places), places.count("withdrawn")) == (5, 3)
    asked = next(m for m in stage.channel(QUESTIONS) if m.ts == life.asked.ts)
    for said in ("A former member", "Question withdrawn", "Closed"):
        assert said in asked.words
    assert "2 replies from 1 person" in life.post.words


def _the_receipt_names_nobody(receipt):
    """It counts what was reached, says what was not, and can be shown to anyone."""
    told = receipts.text(receipt)
    assert not fished("receipt", told + receipts.as_json(receipt))
    assert max(map(len, told.splitlines())) <= receipts.WIDTH
    reached = dict(receipt.reached)
    assert (reached.pop("search"), reached.pop("suppression")) == (0, 0)
    missing = {name for name, number in reached.items() if not number}
    assert missing <= {"owed", "events"}
    assert set(receipts.REACHED) == set(receipt.reached)
    assert "letters" in told
    assert "fingerprint" in told


def bytes_of(url):
    """SQLite's file, its log and its index as one text; nothing on PostgreSQL."""
    if not url.startswith("sqlite"):
        return ""
    file = Path(url.removeprefix("sqlite:///"))
    beside = (file, *(file.with_name(f"{file.name}-{one}") for one in ("wal", "shm")))
    return "".join(one.read_bytes().decode("latin-1") for one in beside if one.exists())


@pytest.fixture
def small(stage):
    """Two who know FIT, a coordinator, and somebody who asks."""
    stage.member("Amina Yusuf")
    return stage.member("Ben Carter", interests=["fit"]), stage.coordinator()


def erased(stage, who="ben@example.org", **more):
    receipt = erasing.erase(stage.ctx, who=who, actor="operator:test", **more)
    stage.settle()
    return receipt


@pytest.mark.usefixtures("small")
def test_a_dry_run_tells_and_changes_nothing(stage, database_url):
    """Its figures are those of an erasure, which was done and undone."""
    before = dumped(database_url)
    looked = erased(stage, dry_run=True)

    assert dumped(database_url) == before
    assert looked.dry_run
    assert erased(stage).reached == looked.reached


def test_erasing_again_is_refused_kindly(stage, small):
    """There is nobody of that name any more; by their id it says why."""
    ben, _ = small
    erased(stage)
    for who, told in ((ben.name, "no member"), (ben.id, "erased already")):
        with pytest.raises(NotFound) as refused:
            erased(stage, who)
        assert told in refused.value.advice
    with pytest.raises(NotFound) as refused:
        erased(stage, ben.slack)
    assert "erased already" in refused.value.advice


@pytest.mark.usefixtures("small")
def test_namesakes_are_told_apart(stage):
    """A name that fits two erases nobody: the answer lists their addresses."""
    stage.member("Ben Carter", email="other.ben@example.org", email_only=True)
    with pytest.raises(NotFound) as refused:
        erased(stage, "ben carter")
    assert "other.ben@example.org" in refused.value.advice
    assert "2 members" in refused.value.advice


def test_the_last_coordinator_stays(stage, small):
    """Somebody has to see what needs doing: give another the role first."""
    _, carys = small
    with pytest.raises(CommunityError) as refused:
        erased(stage, carys.name)
    assert "last coordinator" in refused.value.advice

    stage.coordinator("Rhys Evans")
    assert erased(stage, carys.name).reached["profile"] == 1


def test_who_is_still_in_the_channel_is_not_welcomed_again(stage, small):
    """The next reading of the workspace finds them, and lets them be."""
    ben, _ = small
    erased(stage)
    before = len(ben.dms)
    stage.known.run()
    stage.settle()

    assert len(ben.dms) == before
    assert [one.name for one in members.everyone(stage.ctx)] == [
        "Amina Yusuf",
        "Carys Bowen",
    ]


def test_who_leaves_the_channel_is_forgotten_altogether(stage, small):
    """The fingerprint goes with them, so that coming back later is joining."""
    ben, _ = small
    erased(stage)
    with stage.store() as tx:
        assert tx.members.stays_erased(ben.slack, here=True)
        assert not tx.members.stays_erased(ben.slack, here=False)
        assert not tx.members.stays_erased(ben.slack, here=True)


def test_who_joins_again_is_a_newcomer(stage, small):
    """It is their own act: they are welcomed, and nothing of before comes back."""
    ben, _ = small
    erased(stage)
    stage.receive(
        {"type": "member_joined_channel", "user": ben.slack, "channel": QUESTIONS}
    )
    stage.settle()

    assert "welcome to" in ben.dms[-1].words
    [found] = [m for m in members.everyone(stage.ctx) if m.slack == ben.slack]
    assert found.id != ben.id
    assert not found.interests


def test_what_was_owed_to_them_does_not_go(stage, small):
    """Whatever waits for better weather is withdrawn with them."""
    ben, _ = small
    stage.slack.goes_down()
    ben.commands("/ask")
    with stage.ctx.begin() as tx:
        member = tx.members.get(ben.id)
        stage.ctx.scene(tx).tell(member, "word", {"text": "For Ben", "blocks": []})
    stage.settle()
    assert erased(stage).reached["owed"] == 1
    stage.slack.comes_back()
    stage.passes(hours=2)

    assert not ben.dms


def test_a_partner_is_not_a_member(stage):
    """An address that only gets the update stands in community.toml alone."""
    ctx = replace(
        stage.ctx, community=replace(stage.community, partners=("board@example.com",))
    )
    with pytest.raises(CommunityError) as refused:
        erasing.erase(ctx, who="Board@Example.com", actor="operator:test")
    assert "community.toml" in refused.value.advice


def test_a_member_without_slack_is_erased_with_the_letters_that_wait(stage):
    """Eight of seventeen never open Slack: they are forgotten as wholly."""
    stage.mail.goes_down()
    joan = stage.member("Joan Quillfeather", interests=["fit"], email_only=True)
    post = stage.member("Dan Okoro").asks(ASKED)
    stage.until("2026-06-02 12:45")
    assert erased(stage, "joan@example.org").reached["owed"] == 1
    stage.mail.comes_back()
    stage.passes(hours=1)

    assert not joan.letters
    assert "no replies yet" in post.words


def test_words_that_came_by_email_alone_are_gone_from_every_table(stage, database_url):
    """Quoted for somebody who was never in Slack, published, and forgotten."""
    joan = stage.member("Joan Quillfeather", region="Midbourne", email_only=True)
    play = Play.on(stage)
    play.carys.home  # noqa: B018 - she looks at it
    play.carys.presses("Add a reply received elsewhere")
    play.carys.submits(question="1", author=joan.id, text=WORDS["mail"])
    play.collate().checked().publish()
    assert {"outbox", "reply", "original", "digest_line"} <= _tables(database_url)
    assert any("periwinkle" in m.words for m in play.published)
    erased(stage, "joan@example.org")

    assert not _tables(database_url)
    assert not any("periwinkle" in m.words for m in stage.slack.messages)


def _tables(url):
    """The tables in which something unmistakable stands."""
    return {name for name, rows in dumped(url).items() if fished("", str(rows))}


def test_a_draft_is_approved_anew(stage):
    """Whoever approved it approved other words; the others' lines stay."""
    play = Play.on(stage).collate().checked()
    assert "Approved" in play.approve()
    erased(stage)

    assert DAN in play.lines()
    assert BEN not in play.lines()
    assert play.digest().approved_at is None
    assert "approve it again" in play.carys.dms[-1].words
    assert play.ledger()["a"] == [("withdrawn", None)]


def test_what_a_coordinator_approved_stands_without_their_name(stage):
    """The digest is the community's; what they were to look at is another's now."""
    play = Play.on(stage).collate().checked()
    play.publish()
    rhys = stage.coordinator("Rhys Evans")
    play.amina.asks("Which qFIT kit do you use, and why?")
    assert "Rhys Evans" not in play.published[0].words
    erased(stage, "Carys Bowen")

    assert play.published[0].words.count("Carys") == 0
    with stage.store.read() as tx:
        assert {item.owner for item in tx.queue.waiting()} <= {rhys.id}
