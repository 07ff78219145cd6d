"""Offering a digest to the coordinators, once for a question."""

from bot.domain.questions import Question
from bot.domain.queue import Need
from bot.owing import queue
from bot.owing.scene import Scene


def offer(scene: Scene, question: Question) -> None:
    """Ask the coordinators whether to collate what was said, if it may be collated."""
    if question.collate and question.offered_at is None:
        scene.tx.questions.mark(question.id, offered_at=scene.now)
        queue.need(scene, f"offer:{question.id}", Need.OFFER, subject=question.id)
