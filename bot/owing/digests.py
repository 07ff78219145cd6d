"""Digests: the page that members read, the posts that carry it, and who is told."""

from collections.abc import Mapping, Sequence

from bot.domain.collation import Place, Section
from bot.domain.digests import Account, Digest, Kept, Line, publication_key
from bot.domain.members import Member
from bot.domain.queue import Need
from bot.domain.threads import Reply, ReplyId
from bot.owing import drafts, queue
from bot.owing.scene import Scene
from bot.ports import Message, Priority
from bot.views import digests as view
from bot.views.blocks import text
from bot.views.digests import DigestPage, Offered, Said
from bot.views.mrkdwn import HEADER, shorten
from bot.views.questions import day_and_time, signature
from bot.views.spoken import spoken

UNNAMED, STRANGER = "A member", "A colleague"


def page(scene: Scene, digest: Digest) -> DigestPage:
    """*digest* as members read it."""
    replies = {one.id: one for one in scene.tx.threads.replies(digest.thread)}
    ledger = scene.tx.digests.ledger(digest.id)
    question = scene.tx.questions.of_thread(digest.thread)
    thread = scene.tx.threads.get(digest.thread)
    told = digest.published_at or scene.now
    return DigestPage(
        digest=digest.id,
        community=scene.community.name,
        title=shorten(digest.title, HEADER),
        question=digest.title if len(digest.title) > HEADER else "",
        asked_by=signature(scene.member(question.asker)) if question else "",
        thread=scene.link(thread.channel, thread.ts) if thread else None,
        sections=_sections(scene, digest, replies),
        note=digest.note,
        note_by=_name(scene, digest),
        resources=offered(scene, digest, ledger),
        still_open=still_open(scene, digest, ledger, replies),
        replies=len(ledger),
        people=len({person(replies[one.reply]) for one in ledger}),
        date=day_and_time(scene.community, told),
    )


def announce(scene: Scene, digest: Digest) -> None:
    """Owe the post in the digests channel, and what continues it in its thread."""
    for number, body in enumerate(view.messages(page(scene, digest))):
        scene.owe(
            Message(
                key=_part_key(digest, number),
                to=scene.places.digests,
                body=body,
                target=publication_key(digest.id) if number else None,
                priority=Priority.PERSON,
            )
        )


def point_to(scene: Scene, digest: Digest, address: str | None) -> None:
    """Owe the word in the thread that its digest stands at *address*."""
    question = scene.tx.questions.of_thread(digest.thread)
    thread = scene.tx.threads.get(digest.thread)
    if thread is None:
        return
    ours = question is not None and question.ours
    scene.owe(
        Message(
            key=f"{publication_key(digest.id)}:thread",
            to=thread.channel,
            body=view.pointer(page(scene, digest), address),
            target=question.post_key if question and ours else None,
            thread_ts=None if ours else thread.ts,
            priority=Priority.PERSON,
        )
    )


def show_published(scene: Scene, digest: Digest) -> None:
    """Owe the changes that show a published digest as it is now.

    What the parts that have gone cannot hold is owed as further parts.
    """
    bodies = view.messages(page(scene, digest))
    number = 0
    while number < len(bodies) or scene.tx.outbox.find(_part_key(digest, number)):
        body = bodies[number] if number < len(bodies) else view.emptied()
        key = _part_key(digest, number)
        if scene.tx.outbox.find(key):
            scene.change(key, body, to=scene.places.digests)
        else:
            _continue(scene, digest, key, body)
        number += 1


def tell(scene: Scene, member: Member, key: str, words: str) -> None:
    """Owe *member* a sentence about something they asked for."""
    scene.tell(member, key, {"text": words, "blocks": [text(words)]})


def need_reading(scene: Scene, digest: Digest) -> None:
    """Put the draft in *Needs you*; what called for it is done."""
    queue.need(scene, f"digest:{digest.id}", Need.DIGEST, subject=digest.id)
    settle_offers(scene, digest)
    for item in scene.tx.queue.waiting():
        before = scene.tx.digests.get(item.subject or 0)
        if item.need is Need.LATE and before and before.thread == digest.thread:
            queue.settle(scene, item.key)


def settle_offers(scene: Scene, digest: Digest) -> None:
    """Nobody is needed any more to decide whether to collate the thread."""
    question = scene.tx.questions.of_thread(digest.thread)
    if question is None:
        return
    for item in scene.tx.queue.waiting():
        if item.need in {Need.OFFER, Need.NOBODY} and item.subject == question.id:
            queue.settle(scene, item.key)


def news(scene: Scene, digest: Digest, key: str, why: str) -> None:
    """Put it in *Needs you* that something happened after *digest* was published.

    Not where the thread has been collated again: the newer digest takes it in.
    """
    newest = scene.tx.digests.current(digest.thread)
    if newest is not None and newest.id != digest.id:
        return
    queue.need(scene, f"late:{key}", Need.LATE, subject=digest.id, details={"why": why})


def plain(scene: Scene, words: str) -> str:
    """*words* as they are shown: Slack's marks in words, mentions by name."""
    return spoken(words, lambda user: _name_in_slack(scene, user))


def who(scene: Scene, line: Line) -> str:
    """How members see whose line it is."""
    if not line.named:
        return UNNAMED
    member = scene.tx.members.get(line.author) if line.author else None
    return signature(member) if member else STRANGER


def _would_name(line: Line, reply: Reply) -> bool:
    """Whether a link would lead to the name that its author had left off."""
    return not line.named and reply.named


def said(scene: Scene, line: Line, reply: Reply) -> Said:
    """*line* as members read it."""
    return Said(
        text=plain(scene, line.text),
        who=_as_it_came(who(scene, line), line, reply),
        address=None if _would_name(line, reply) else address(scene, reply),
        changed=line.changed,
    )


def _as_it_came(name: str, line: Line, reply: Reply) -> str:
    """A name with how the reply came; not where it is left off: few write letters."""
    came = reply.via.words if reply.via and line.named else ""
    return f"{name}, {came}" if came else name


def address(scene: Scene, reply: Reply) -> str | None:
    """Where *reply* stands."""
    if reply.ts is None:
        return None
    return scene.places.link(reply.channel, reply.ts, reply.thread_ts)


def person(reply: Reply) -> str:
    """Who wrote *reply*: one person counts once."""
    return reply.author or reply.author_slack or f"somebody {reply.id}"


def offered(
    scene: Scene, digest: Digest, ledger: Sequence[Account]
) -> tuple[Offered, ...]:
    """The resources of those who are in the digest."""
    gone = left_out(ledger)
    found = [one for one in digest.resources if one["reply"] not in gone]
    linked = {str(one["label"]) for one in found if one["url"]}
    return tuple(
        Offered(
            kind=str(one["kind"]),
            label=plain(scene, str(one["label"])),
            url=str(one["url"]) if one["url"] else None,
        )
        for one in found
        if one["url"] or one["label"] not in linked
    )


def still_open(
    scene: Scene,
    digest: Digest,
    ledger: Sequence[Account],
    replies: Mapping[ReplyId, Reply],
) -> tuple[Said, ...]:
    """The questions that nobody answered, without names: nobody was asked for theirs.

    In a thread that was not asked through the bot, only of those who said yes.
    """
    gone = left_out(ledger)
    if not drafts.asked_here(scene, digest):
        lines = scene.tx.digests.lines(digest.id)
        agreed = {line.reply for line in lines if line.agreed_at}
        gone |= {one.reply for one in ledger if one.reply not in agreed}
    return tuple(
        Said(
            text=plain(scene, str(one["text"])),
            who="",
            address=address(scene, replies[ReplyId(int(str(one["reply"])))]),
        )
        for one in digest.still_open
        if one["reply"] not in gone
    )


def left_out(ledger: Sequence[Account]) -> set[ReplyId]:
    """The replies of which nothing at all is shown."""
    return {
        one.reply
        for one in ledger
        if one.place in {Place.WITHDRAWN, Place.HIDDEN}
        or one.reason in {Kept.LEFT_OUT, Kept.NOT_CONFIRMED, Kept.LATE}
    }


def heading(digest: Digest, section: Section) -> str:
    """The words above *section*."""
    return digest.headings.get(section.value) or view.HEADINGS[section]


def _sections(
    scene: Scene, digest: Digest, replies: Mapping[ReplyId, Reply]
) -> list[tuple[str, list[Said]]]:
    lines = drafts.in_order(scene.tx.digests.lines(digest.id))
    found = []
    for section in Section:
        here = [
            said(scene, line, replies[line.reply])
            for line in lines
            if line.section is section
        ]
        if here:
            found.append((heading(digest, section), here))
    return found


def _continue(
    scene: Scene, digest: Digest, key: str, body: Mapping[str, object]
) -> None:
    scene.owe(
        Message(
            key=key,
            to=scene.places.digests,
            body=body,
            target=publication_key(digest.id),
            priority=Priority.PERSON,
        )
    )


def _part_key(digest: Digest, number: int) -> str:
    """The outbox key of the first post, or of one that continues it."""
    first = publication_key(digest.id)
    return f"{first}:part:{number + 1}" if number else first


def _name(scene: Scene, digest: Digest) -> str:
    found = digest.approved_by or digest.drafted_by
    member = scene.tx.members.get(found) if found else None
    return member.name if member else ""


def _name_in_slack(scene: Scene, user: str) -> str:
    member = scene.tx.members.by_slack(user)
    return member.name if member and member.name else STRANGER.lower()
