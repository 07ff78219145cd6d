"""What routing remembers of the past, followed from the store as it grows."""

from dataclasses import dataclass, field
from threading import Lock

from bot.domain.routing import History
from bot.store.transaction import Transaction

AT_ONCE = 1000  #: rows read in one go, so that the first reading stays flat in memory


@dataclass(slots=True)
class Library:
    """An index of questions and of who replied, kept in memory by one process.

    It is only ever behind, never wrong: whatever it has not read yet it reads when it
    next follows. Text stays where it is; the index holds words' numbers.
    """

    history: History = field(default_factory=History)
    _question: int = 0
    _reply: int = 0
    _lock: Lock = field(default_factory=Lock)

    def follow(self, tx: Transaction) -> History:
        """Read what is new since the last time; returns the index."""
        with self._lock:
            self._read_questions(tx)
            self._read_replies(tx)
        return self.history

    def _read_questions(self, tx: Transaction) -> None:
        while found := tx.questions.since(self._question, most=AT_ONCE):
            for question in found:
                self.history.add(
                    thread=str(question.thread),
                    text=question.text,
                    asker=question.asker,
                    at=question.asked_at,
                    topics=question.topics,
                )
            self._question = found[-1].id

    def _read_replies(self, tx: Transaction) -> None:
        while found := tx.threads.since(self._reply, most=AT_ONCE):
            for reply, thread in found:
                if reply.author and thread is not None:
                    self.history.replied(
                        thread=str(thread),
                        member=reply.author,
                        at=reply.said_at,
                        text=reply.text,
                    )
            self._reply = found[-1][0].id
