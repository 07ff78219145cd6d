"""Judging: whether everything has happened that the promises are about.

A judge who finds no fault in an empty transcript has not judged anything.
"""

from collections.abc import Iterator

from bot.demo.contacted import contacts
from bot.demo.contacts import Kind
from bot.demo.evidence import Evidence
from bot.demo.faults import Fault

EVERY = frozenset(Kind) - {Kind.OTHER}


def whole(evidence: Evidence) -> Iterator[Fault]:
    """Each sort of contact, an edit, a deletion, a refusal, and a digest were there."""
    seen = {said.kind for one in contacts(evidence) for said in one.said}
    for kind in sorted(EVERY - seen):
        yield Fault(f"nobody was sent any {kind}")
    theirs = [post for post in evidence.posts if not post.by_app]
    if not any(len(post.versions) > 1 for post in theirs):
        yield Fault("nobody has edited anything")
    if not any(post.deleted for post in theirs):
        yield Fault("nobody has deleted anything")
    if not any(one["verb"] == "errors" for one in evidence.entries if _is_view(one)):
        yield Fault("the guard has refused nothing")
    if not any(evidence.published):
        yield Fault("no digest was published")


def resources(evidence: Evidence) -> Iterator[Fault]:
    """Each link that somebody gave can be followed from a digest."""
    for link in evidence.facts.resources:
        shown = (post.last.words for post in evidence.published)
        if not any(link in words for words in shown):
            yield Fault(f"no digest leads to {link}")


def _is_view(entry: dict[str, object]) -> bool:
    return entry["kind"] == "view"
