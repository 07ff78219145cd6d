"""Getting the questions of archived threads asked, by whichever way takes them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.demo.archive import OldThread
from bot.demo.contacts import quoted
from bot.demo.people import Actor, NotThere
from bot.demo.playground import Playground
from bot.demo.processes import PlayFailed
from bot.simulator.player import Refused, Said

Asked = tuple[OldThread, Said]
QUESTIONS = "C0QUESTIONS"
HEAD = 40  #: characters by which a posted question is known again


@dataclass(eq=False, slots=True)
class Posing:
    """Asks questions as their askers would, and counts how each got in.

    By the form; a text that is too long for it, or that the guard refuses, is posted as
    its asker's own message and routed by the message's shortcut. Where that is refused
    too it is an ordinary thread, which its asker never put to colleagues.
    """

    play: Playground
    _ways: Counter[str] = field(default_factory=Counter)
    _seen: int = 0  #: how far the transcript has been read

    @property
    def counts(self) -> Mapping[str, int]:
        """How many questions got in by which way."""
        ways = ("asked_by_form", "routed_by_shortcut", "refused_by_guard")
        return {way: self._ways[way] for way in ways}

    def ask_all(self, threads: Sequence[OldThread]) -> list[Asked]:
        """Ask the questions of *threads*; each with where its thread begins."""
        formed = [one for one in threads if self._by_form(one)]
        self.play.director.wait_until_quiet()
        roots = self._posted(formed)
        found = [(one, roots.get(one.id) or self._by_shortcut(one)) for one in threads]
        self.play.director.wait_until_quiet()
        return found

    def _by_form(self, thread: OldThread) -> bool:
        """Ask by ``/ask``; False if the text is too long, or the guard refuses it."""
        asker = self._asker(thread)
        asker.command("/ask", QUESTIONS)
        try:
            errors = asker.submits(question=thread.question)
            if not errors and asker.desk.modal() is not None:
                # The guard asks whether a patient is described; none is.
                errors = asker.submits(no_patient=["yes"])
        except (Refused, NotThere):
            errors = {"question": "too long"}
        if errors:
            asker.closes_forms()
        return not errors

    def _by_shortcut(self, thread: OldThread) -> Said:
        """Post as the asker, and route that message, if the guard lets it."""
        asker = self._asker(thread)
        said = asker.desk.post(QUESTIONS, thread.question)
        asker.shortcut("route_question", said)
        errors = asker.submits()
        if not errors and asker.desk.modal() is not None:
            errors = asker.submits(no_patient=["yes"])
        self._ways["refused_by_guard" if errors else "routed_by_shortcut"] += 1
        asker.closes_forms()
        return said

    def _posted(self, asked: Sequence[OldThread]) -> dict[str, Said]:
        """Where the questions of *asked* stand, by their thread's id.

        Raises:
            PlayFailed: one that was taken does not stand anywhere.
        """
        posts = [
            entry
            for entry in self.play.player.transcript("posted", after=self._seen)
            if entry["by_app"] and entry["channel"] == QUESTIONS
        ]
        found = {}
        for thread in asked:
            asker = f"<@{self._asker(thread).id}>"
            post = next((p for p in posts if _is(p, asker, thread)), None)
            if post is None:
                raise PlayFailed(f"The question of thread {thread.id} was not posted.")
            posts.remove(post)
            self._seen = max(self._seen, int(post["seq"]))
            found[thread.id] = Said(QUESTIONS, post["ts"])
        self._ways["asked_by_form"] += len(found)
        return found

    def _asker(self, thread: OldThread) -> Actor:
        return Actor(self.play.player, user_id(thread.asker), thread.asker)


def _is(post: Mapping[str, object], asker: str, thread: OldThread) -> bool:
    blocks = post["blocks"]
    if not isinstance(blocks, list) or asker not in str(blocks[0]):
        return False
    head = next(quoted(blocks), "")[:HEAD].split()
    return thread.question.split()[: len(head) - 1] == head[:-1]


def user_id(name: str) -> str:
    """The Slack user id of somebody of the archive."""
    return "U9" + "".join(one for one in name.upper() if one.isalnum())
