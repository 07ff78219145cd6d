"""Collating: a thread is asked for, and drafted once it has been read whole."""

import re
from dataclasses import dataclass

from bot.domain import collation
from bot.domain.collation import Draft
from bot.domain.completing import contribution, drafted
from bot.domain.digests import Digest, DigestId, DigestRequest, publication_key
from bot.domain.errors import CommunityError, NotFound
from bot.domain.members import Member
from bot.domain.questions import Question
from bot.domain.threads import Reply, Thread, ThreadId
from bot.owing import Scene, digests, drafts, homes, questions, revisions
from bot.ports import Message, Receipt
from bot.store import Transaction
from bot.usecases.context import Context, coordinating

READING = (
    "I am reading the thread. In a moment its draft is under *Needs you*, on my Home."
)
IN_HAND = "A draft of this thread is in hand: it is under *Needs you*, on my Home."
NOT_A_LINK = (
    "That is not a link to a message. In Slack, choose *Copy link* on any message of "
    "the thread, then type `/convenor digest` and paste it."
)
PRIVATE = (
    "That thread is in a private place, and a digest is read by everyone, so I do not "
    "collate it."
)
NOT_WANTED = "The person who asked this question wishes it not to be collated."
NOT_POSTED = "This question has not been posted yet. Please try again in a minute."
NOBODY = (
    "Nobody has replied in that thread, so there is nothing to collate yet. Nothing "
    "was published."
)
ONLY_THANKS = (
    "The replies in that thread are thanks and greetings so far, so there is nothing "
    "to quote. Nothing was published."
)

_LINK = re.compile(
    r"<?https://[\w.-]+/archives/(?P<channel>[A-Z][A-Z0-9]+)/p(?P<ts>\d{7,})"
    r"(?:\?(?:[^\s>|]*?(?:&|&amp;))?thread_ts=(?P<root>\d+\.\d+))?"
)
_FRACTION = 6  #: digits of a ts after its point, which a link leaves out


@dataclass(frozen=True, slots=True)
class _Material:
    """What a draft is made from: all of it from one moment."""

    request: DigestRequest
    thread: Thread
    question: Question | None
    replies: tuple[Reply, ...]


def collate_link(ctx: Context, *, user: str, link: str, source: str = "") -> str:
    """Collate the thread that *link*, a message's address, leads to.

    Returns what the coordinator is told; *source* names the act, once.

    Raises:
        NotAllowed: they do not coordinate.
        NotFound: it is not a link to a message.
    """
    found = _LINK.match(link.strip())
    if found is None:
        with ctx.begin.read() as tx:
            coordinating(tx, user)
        raise NotFound(NOT_A_LINK)
    ts = found["ts"]
    return collate(
        ctx,
        user=user,
        channel=found["channel"],
        ts=found["root"] or f"{ts[:-_FRACTION]}.{ts[-_FRACTION:]}",
        source=source
        or f"link:{user}:{link.strip()}:{ctx.clock.machine().isoformat()}",
    )


def collate(ctx: Context, *, user: str, channel: str, ts: str, source: str) -> str:
    """Collate the thread in which a message stands: its root or any reply.

    Returns what the coordinator is told. The thread is tracked from now on; the draft
    follows once it has been read whole.

    Raises:
        NotAllowed: they do not coordinate.
        CommunityError: it is private, or its asker does not wish it.
    """
    with ctx.begin() as tx:
        member = coordinating(tx, user)
        if channel.startswith("D"):
            raise CommunityError(PRIVATE)
        known = tx.threads.reply_at(channel, ts)
        root = (known[0].thread_ts if known else None) or ts
        thread = tx.threads.track(channel, root, at=ctx.now())
        return _ask(ctx, tx, member, thread, source)


def collate_question(ctx: Context, *, user: str, question: int, source: str) -> str:
    """Collate the thread of *question*; returns what the coordinator is told.

    Raises:
        NotAllowed: they do not coordinate.
        NotFound: there is no such question.
        CommunityError: it has not been posted, or its asker does not wish it.
    """
    with ctx.begin() as tx:
        member = coordinating(tx, user)
        found = tx.questions.get(question)
        if found is None:
            raise NotFound
        if found.ts is None:
            raise CommunityError(NOT_POSTED)
        return _ask(ctx, tx, member, ThreadId(found.thread), source)


def to_draft(ctx: Context) -> tuple[int, ...]:
    """The requests whose threads have been read in Slack and wait for their draft."""
    with ctx.begin.read() as tx:
        return tuple(one.id for one in tx.digests.requests.to_draft())


def draft(ctx: Context, request: int) -> bool:
    """Draft the digest that *request* asks for; False if it has to wait.

    Reading and thinking happen on a snapshot; the draft is written only if the thread
    still is what was read.
    """
    with ctx.begin.read() as tx:
        material = _material(tx, request)
    if material is None:
        return False
    made = collation.collate([contribution(reply) for reply in material.replies])
    with ctx.begin() as tx:
        if _material(tx, request) != material:
            return False
        if not tx.digests.requests.done(request, at=ctx.now()):
            return False
        scene = ctx.scene(tx)
        told = _nothing_to_say(material, made)
        if told is not None:
            member = scene.member(material.request.member)
            digests.tell(scene, member, f"no-digest:{request}", told)
        elif _current(tx, material.thread.id) is None:
            _write(scene, material, made)
        return True


def posted(ctx: Context, tx: Transaction, message: Message, receipt: Receipt) -> None:
    """The post in the digests channel has gone: its thread is told where it is."""
    scene = ctx.scene(tx)
    key, _, rest = message.key.removeprefix("digest:").partition(":")
    digest = tx.digests.get(int(key)) if key.isdigit() and not rest else None
    if digest is None or message.key != publication_key(digest.id):
        return
    address = scene.link(receipt.channel, receipt.ts)
    digests.point_to(scene, digest, address)
    question = tx.questions.of_thread(digest.thread)
    if question is not None:
        questions.show_standing(scene, question.id)
    homes.show_coordinators(scene)


def _ask(
    ctx: Context, tx: Transaction, member: Member, thread: ThreadId, source: str
) -> str:
    question = tx.questions.of_thread(thread)
    if question is not None and not question.collate:
        raise CommunityError(NOT_WANTED)
    if _current(tx, thread) is not None:
        return IN_HAND
    if tx.digests.requests.waiting_for(thread) is None:
        tx.digests.requests.add(
            act=source,
            thread=thread,
            member=member.id,
            at=ctx.now(),
            due_at=ctx.clock.machine(),
        )
        tx.audit.add(
            actor=member.id,
            act="digest asked for",
            subject=f"thread:{thread}",
            at=ctx.now(),
        )
    return READING


def _current(tx: Transaction, thread: int) -> Digest | None:
    """The draft in hand; a published digest does not stand in the way of a new one."""
    found = tx.digests.current(thread)
    return found if found and found.published_at is None else None


def _material(tx: Transaction, request: int) -> _Material | None:
    found = tx.digests.requests.get(request)
    thread = tx.threads.get(found.thread) if found else None
    if found is None or thread is None or drafts.not_taken_in(tx, thread):
        return None
    return _Material(
        request=found,
        thread=thread,
        question=tx.questions.of_thread(thread.id),
        replies=tx.threads.replies(thread.id),
    )


def _nothing_to_say(material: _Material, made: Draft) -> str | None:
    """Why there is no draft; None where there is one."""
    if not any(reply.counts for reply in material.replies):
        return NOBODY
    if made.lines or made.resources or any(one.files for one in material.replies):
        return None
    return ONLY_THANKS


def _write(scene: Scene, material: _Material, made: Draft) -> None:
    tx, now = scene.tx, scene.now
    title = material.question.text if material.question else material.request.title
    draft_ = Digest(
        id=DigestId(0),
        thread=material.thread.id,
        title=digests.plain(scene, title).strip() or "A thread",
        version=1,
        resources=revisions.resources(made.resources, material.replies),
        still_open=[{"reply": reply, "text": text} for reply, text in made.still_open],
        drafted_at=now,
        drafted_by=material.request.member,
        check_ends_at=scene.community.deadlines.check_ends(now),
    )
    digest = tx.digests.add(draft_)
    drafts.write(scene, digest, drafted(made), material.replies)
    kept = tx.digests.get(digest)
    if kept is not None:
        digests.need_reading(scene, kept)
