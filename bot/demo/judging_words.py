"""Judging: what is shown where, and what must not be shown at all."""

import json
import re
from collections.abc import Iterator

from bot.demo.evidence import Evidence, Post, Version
from bot.demo.faults import Fault
from bot.demo.letters import Letter
from bot.demo.looks import words

RUN = 5  #: words in a row by which a text is known again
_WORD = re.compile(r"[\w’']+")


def nameless(evidence: Evidence) -> Iterator[Fault]:
    """Beside words that were to carry no name, no name of theirs stands."""
    for name, text, channel in evidence.facts.nameless:
        for post in evidence.public:
            if post.channel != channel:
                continue
            for version in post.versions:
                if _beside(version, text, name):
                    yield Fault(f"{name} is named beside {text!r}", (version.seq,))


def private(evidence: Evidence) -> Iterator[Fault]:
    """Private words stand in their writer's own conversation, and there alone."""
    for text in evidence.facts.private:
        said_in = {one.channel for one in evidence.posts if text in one.first.text}
        for post in evidence.posts:
            if post.channel in said_in and post.private:
                continue
            if any(text in version.words for version in post.versions):
                yield Fault(f"{text!r} was kept private, and is shown", (post.seq,))
        for letter in _letters_with(evidence, text):
            yield Fault(f"{text!r} was kept private, and is sent", (letter.seq,))


def no_patient(evidence: Evidence) -> Iterator[Fault]:
    """A secret is in nothing written down, in whatever way it is spaced."""
    for secret in evidence.facts.secrets:
        wanted = _pressed(secret)
        yield from _kept(evidence, secret)
        for entry in evidence.entries:
            if wanted in _pressed(json.dumps(entry, ensure_ascii=False)):
                yield Fault("a patient's number is shown", (int(entry["seq"]),))
        for letter in evidence.letters:
            if wanted in _pressed(letter.everything):
                yield Fault("a patient's number is in a letter", (letter.seq,))


def quiet_notifications(evidence: Evidence) -> Iterator[Fault]:
    """What a locked phone shows holds nothing that people said or asked."""
    runs = {run for text in _said(evidence) for run in _runs(text)}
    for post in evidence.ours:
        for version in post.versions:
            shown = next((run for run in _runs(version.text) if run in runs), None)
            if shown:
                told = " ".join(shown)
                yield Fault(f"a notification says {told!r}", (version.seq,))


def discreet(evidence: Evidence) -> Iterator[Fault]:
    """In the thread of a question nobody is named who declined it."""
    for name, question in evidence.facts.declined:
        for root in evidence.posts:
            if root.private or root.in_thread or question not in root.first.words:
                continue
            for post in (root, *evidence.thread(root)):
                if post.by_app and any(name in one.words for one in post.versions):
                    yield Fault(f"{name} declined, and is named", (post.seq,))


def _kept(evidence: Evidence, secret: str) -> Iterator[Fault]:
    forms = {secret.encode(), _pressed(secret).encode()}
    for name, content in evidence.kept.items():
        if any(form in content for form in forms):
            yield Fault(f"a patient's number is kept in {name}")


def _letters_with(evidence: Evidence, text: str) -> Iterator[Letter]:
    return (letter for letter in evidence.letters if text in letter.flat)


def _beside(version: Version, text: str, name: str) -> bool:
    """Whether a paragraph, or the one above it, holds both."""
    shown = [words([block]) for block in version.blocks]
    for above, here in zip(["", *shown], shown, strict=False):
        if text in _flat(here) and name in f"{above}\n{here}":
            return True
    return False


def _flat(text: str) -> str:
    return " ".join(line.removeprefix(">") for line in text.split("\n"))


def _said(evidence: Evidence) -> Iterator[str]:
    """Everything that people have said or typed."""
    for post in evidence.posts:
        if not post.by_app and not _joining(post):
            yield from (version.text for version in post.versions)
    facts = evidence.facts
    yield from (text for _, text in (*facts.asked, *facts.typed))


def _joining(post: Post) -> bool:
    return post.first.text.endswith("has joined the channel")


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    found = [word.lower() for word in _WORD.findall(text)]
    for start in range(len(found) - RUN + 1):
        yield tuple(found[start : start + RUN])


def _pressed(text: str) -> str:
    """*text* without what people put between the digits of a number."""
    return re.sub(r"(?<=\d)[\s-]+(?=\d)", "", text)
