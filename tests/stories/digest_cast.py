"""The cast of the stories about digests: one question, and what is said of it."""

from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, timedelta

from bot.domain.members import Reach
from tests.stage import DIGESTS, Cast, Posted, Stage

QUESTION = "How do you safety-net a negative FIT with ongoing symptoms?"
BEN = "We repeat the test at six weeks and refer if symptoms persist."
CHLOE = (
    "I disagree with repeating the test. A second negative only delays the referral, "
    "so we refer straight away."
)
DAN = "Our lab adds a safety-netting leaflet to every negative result."
THANKS = "Thanks all!"


@contextmanager
def _all_at_once(stage):
    """Everything said within arrives before any job looks."""
    settle, stage.settle = stage.settle, lambda: None
    yield
    stage.settle = settle
    stage.settle()


@dataclass
class Play:
    """Everyone, the question's post, and the replies by who wrote them."""

    stage: Stage
    amina: Cast
    ben: Cast
    chloe: Cast
    dan: Cast
    carys: Cast
    post: Posted
    said: dict[str, Posted]

    @classmethod
    def on(cls, stage):
        """Amina has asked, and four people have replied in the thread."""
        people = [
            stage.member(name, region=region)
            for name, region in (
                ("Amina Yusuf", "Northshire"),
                ("Ben Carter", "Southdown"),
                ("Chloé Martin", "Eastvale"),
                ("Dan Okoro", "Westmoor"),
            )
        ]
        amina, ben, chloe, dan = people
        carys = stage.coordinator()
        post = amina.asks(QUESTION)
        with _all_at_once(stage):
            said = {
                "ben": ben.replies(post, BEN),
                "chloe": chloe.replies(post, CHLOE),
                "dan": dan.replies(post, DAN),
                "amina": amina.replies(post, THANKS),
            }
        return cls(stage, *people, carys, post, said)

    @staticmethod
    def by_letter(member):
        """*member*, who wishes to be reached by e-mail."""
        return replace(member, reach=Reach.EMAIL)

    def collate(self, message=None):
        """A coordinator asks for the thread to be collated, and it is drafted."""
        self.carys.shortcut("collate_thread", message or self.post)
        return self

    def open(self, digest=1):
        """The desk, all that it says."""
        self.carys.does("open_digest", str(digest))
        return self.form

    @property
    def form(self):
        """All that the coordinator's open form says."""
        return str(self.carys.form)

    def checked(self):
        """The contributors' time to look is over, whatever day of the week it is."""
        noon = self.stage.local().replace(hour=12, minute=45)
        for moment in (noon, noon + timedelta(days=6)):
            now = self.stage.clock.moment
            self.stage.clock.moment = max(now, moment.astimezone(UTC))
            self.stage.settle()
        return self

    def approve(self, digest=1):
        """Carys approves what she sees; returns what she is told."""
        self.open(digest)
        return self.carys.submits()

    def publish(self, digest=1):
        """It is approved, and the hold passes."""
        assert "Approved" in self.approve(digest)
        self.stage.passes(minutes=11)
        return self.published

    @property
    def published(self):
        """What stands in the digests channel, its continuations too."""
        return [m for m in self.stage.slack.messages if m.channel == DIGESTS]

    def ledger(self, digest=1):
        """Where each reply went: its author's name and the place."""
        with self.stage.store.read() as tx:
            found = {}
            for one in tx.digests.ledger(digest):
                reply = tx.threads.reply(one.reply)
                author = tx.members.get(reply.author) if reply.author else None
                who = author.name.split()[0].lower() if author else "stranger"
                found.setdefault(who, []).append((one.place.value, one.reason))
            return found

    def digest(self, digest=1):
        """The digest as it is kept."""
        with self.stage.store.read() as tx:
            return tx.digests.get(digest)

    def lines(self, digest=1):
        """The lines' texts, in order."""
        with self.stage.store.read() as tx:
            return [line.text for line in tx.digests.lines(digest)]

    def line(self, text, digest=1):
        """The id of the line that says *text*."""
        with self.stage.store.read() as tx:
            [found] = [one.id for one in tx.digests.lines(digest) if text in one.text]
            return found

    def about(self, who, line, act, page=0, digest=1):
        """A coordinator chooses *act* from a line's menu."""
        version = self.digest(digest).version
        return who.does("line_menu", f"{act}:{digest}:{version}:{page}:{line}")


__all__ = ["BEN", "CHLOE", "DAN", "QUESTION", "THANKS", "Play"]
