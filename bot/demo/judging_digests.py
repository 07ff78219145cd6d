"""Judging: whether a digest holds everybody's words, and nobody else's."""

import re
from collections.abc import Iterator
from html import unescape

from bot.demo.contacts import quoted
from bot.demo.evidence import Evidence, Post
from bot.demo.faults import Fault
from bot.demo.looks import words

LEDGER_FORM = "digest_ledger"
UNNAMED = "A member"
_ROOT = re.compile(r"archives/(\w+)/p(\d+)(\d{6})\|see the thread")
_FOOTER = re.compile(r"(\d+) repl(?:y|ies) from \d+ (?:person|people): all shown")
_COUNTED = re.compile(r"(\d+) repl(?:y|ies): .*Unassigned: (\d+)")
_BY = re.compile(r"^— (?P<who>.+?)(?: · .*)?$", re.MULTILINE)
_HEAD = re.compile(
    r"^\*(?:(?P<who>.+) answers:\*|From (?P<from>.+) by e-mail\*.*:)$", re.MULTILINE
)
_MARK = re.compile(r"<(?P<target>[^<>|]+)(?:\|[^<>]*)?>")


def all_accounted_for(evidence: Evidence) -> Iterator[Fault]:
    """The footer of each digest, and the ledger behind it, count every reply."""
    for post in evidence.published:
        root = _root(evidence, post)
        if root is None:
            yield Fault("a digest does not lead to its thread", (post.seq,))
            continue
        replies = [one for one in _replies(evidence, root) if one.seq < post.seq]
        footer = _FOOTER.search(post.first.words)
        if footer is None or int(footer[1]) != len(replies):
            told = footer[1] if footer else "none"
            numbers = tuple(one.seq for one in replies)
            yield Fault(
                f"a digest counts {told} of {len(replies)} replies",
                (post.seq, *numbers),
            )
        yield from _ledger(evidence, post, len(replies))


def dissent_shown(evidence: Evidence) -> Iterator[Fault]:
    """Words that differ stand in a digest, as they were said."""
    for differing in evidence.facts.dissent:
        shown = [one for one in evidence.published if _holds(one, differing)]
        if not shown:
            yield Fault(f"nobody can read in a digest: {differing!r}")


def own_words(evidence: Evidence) -> Iterator[Fault]:
    """Each line of a digest, and each answer in a thread, is its author's own."""
    for post in evidence.public:
        for version in post.versions:
            for who, line in _lines(version.blocks):
                name = next(_named(evidence, who), None)
                if who == UNNAMED:
                    true = any(_anybodys(evidence, line))
                else:
                    true = name is not None and own(evidence, name, line)
                if not true:
                    yield Fault(f"{who} never said {line!r}", (version.seq,))


def left_out(evidence: Evidence) -> Iterator[Fault]:
    """What was deleted, or was to be left out, is in nothing that all read."""
    deleted = [
        one.last.text for one in evidence.posts if one.deleted and not one.by_app
    ]
    for gone in (*evidence.facts.left_out, *deleted):
        for post in evidence.public:
            if _holds(post, gone):
                yield Fault(f"{gone!r} is quoted all the same", (post.seq,))
        for letter in evidence.editions:
            if _bare(gone) in letter.flat:
                yield Fault(f"{gone!r} is in the update", (letter.seq,))


def own(evidence: Evidence, name: str, line: str) -> bool:
    """Whether *name* has said or typed *line*, word for word."""
    wanted = _bare(line)
    return any(wanted in _bare(text) for text in _said_by(evidence, name))


def answers(post: Post) -> bool:
    """Whether the bot posts somebody's answer: given by a form, or by e-mail."""
    return bool(_HEAD.search(post.first.words))


def _said_by(evidence: Evidence, name: str) -> Iterator[str]:
    users = {user for user, who in evidence.facts.people.items() if who.name == name}
    for post in evidence.posts:
        if post.user in users:
            yield from (version.text for version in post.versions)
    yield from (text for who, text in evidence.facts.typed if who == name)


def _anybodys(evidence: Evidence, line: str) -> Iterator[bool]:
    for who in evidence.facts.people.values():
        yield own(evidence, who.name, line)


def _named(evidence: Evidence, who: str) -> Iterator[str]:
    for one in evidence.facts.people.values():
        if who.removesuffix(", by e-mail") in {one.signed, one.name}:
            yield one.name


def _lines(blocks: object) -> Iterator[tuple[str, str]]:
    """Every line under a name, and the name: in digests below, in answers above."""
    head = ""
    for block in _sections(blocks):
        text = words([block])
        above, below = _HEAD.search(text), _BY.search(text)
        for line in quoted([block]):
            if below or head:
                yield (below["who"] if below else head), line
        head = unescape(above["who"] or above["from"]) if above else ""


def _sections(blocks: object) -> list[dict[str, object]]:
    if not isinstance(blocks, list | tuple):
        return []
    return [one for one in blocks if one.get("type") == "section"]


def _root(evidence: Evidence, digest: Post) -> Post | None:
    found = _ROOT.search(digest.first.words)
    if found is None:
        return None
    ts = f"{found[2]}.{found[3]}"
    return next(
        (one for one in evidence.posts if (one.channel, one.ts) == (found[1], ts)),
        None,
    )


def _replies(evidence: Evidence, root: Post) -> Iterator[Post]:
    """What people have said in a thread, themselves or through the bot."""
    for post in evidence.thread(root):
        if not post.by_app or answers(post):
            yield post


def _ledger(evidence: Evidence, digest: Post, replies: int) -> Iterator[Fault]:
    """The last ledger that a coordinator opened before publication counts them all."""
    seen = [
        entry
        for entry in evidence.views(LEDGER_FORM)
        if int(entry["seq"]) < digest.seq
        and str(entry["user"]) in evidence.facts.coordinators
    ]
    if not seen:
        yield Fault("no coordinator has seen the ledger", (digest.seq,))
        return
    counted = _COUNTED.search(words(seen[-1]["view"]["blocks"]))
    if counted is None or (int(counted[1]), int(counted[2])) != (replies, 0):
        told = counted[0] if counted else "no count"
        yield Fault(
            f"the ledger says “{told}” of {replies} replies", (int(seen[-1]["seq"]),)
        )


def _holds(post: Post, text: str) -> bool:
    wanted = _bare(text)
    return any(wanted in _bare(version.words) for version in post.versions)


def _bare(text: str) -> str:
    """*text* without Slack's marks, and with spaces that count alike."""
    plain = unescape(_MARK.sub(lambda mark: mark["target"], unescape(text)))
    lines = (line.removeprefix(">") for line in plain.split("\n"))
    return " ".join(" ".join(lines).split())
