"""Drafts of digests: lines and ledger as the domain places them, and who is told."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.collation import Place, Section
from bot.domain.completing import Places, places
from bot.domain.digests import Account, Digest, DigestId, Line, LineId
from bot.domain.lifecycle import DigestState
from bot.domain.members import MemberId
from bot.domain.notices import NoticeKind
from bot.domain.threads import Reply, ReplyId, Thread
from bot.owing import notices
from bot.owing.scene import Scene
from bot.store import Transaction

_MOST_WAITING = 1000  #: events looked at to see whether a thread has been taken in


def place(scene: Scene, digest: Digest, replies: Sequence[Reply]) -> bool:
    """Give each of *replies* its place beside the lines that are there.

    True if somebody has to look at a new line, so that the check begins again.
    """
    there = scene.tx.digests.lines(digest.id)
    return write(scene, digest.id, places(replies, there), replies)


def write(
    scene: Scene, digest: DigestId, found: Places, replies: Sequence[Reply]
) -> bool:
    """Write *found* into the draft, and want its new lines seen by their authors.

    True if somebody has to look at a new line.
    """
    of = {reply.id: reply for reply in replies}
    accounts = [
        *(_placed(of[one], Place.GROUPED, line=at) for one, at in found.joined.items()),
        *(_placed(of[one], *at) for one, at in found.unquoted.items()),
    ]
    first, asked = _last(scene, digest) + 1, False
    for position, new in enumerate(found.lines, start=first):
        reply = of[new.reply]
        line = scene.tx.digests.add_line(
            digest,
            reply=new.reply,
            section=new.section,
            position=position,
            text=new.text,
            named=reply.named,
        )
        accounts.append(_placed(reply, Place.QUOTED, line=line))
        accounts += [_placed(of[one], Place.GROUPED, line=line) for one in new.grouped]
        asked = ask_author(scene, line, reply.author) or asked
    scene.tx.digests.account(digest, accounts)
    return asked


def ask_author(scene: Scene, line: LineId, author: MemberId | None) -> bool:
    """Want *author* to see their line. False where there is nobody to ask."""
    member = scene.tx.members.get(author) if author else None
    if member is None or member.left_at is not None:
        return False
    scene.tx.notices.want(member.id, NoticeKind.CHECK, line, due_at=scene.now)
    return True


def ask_again(scene: Scene, line: Line) -> None:
    """The line reads differently now: its author is to see it once more."""
    notices.show_again(scene, [NoticeKind.CHECK], line.id)
    scene.tx.notices.again(NoticeKind.CHECK, line.id, due_at=scene.now)


def take_out(
    scene: Scene, digest: Digest, line: Line, where: Place, reason: str | None
) -> bool:
    """Take *line* out; its reply goes *where*, and those it spoke for are placed anew.

    True if somebody has to look at a new line.
    """
    tx = scene.tx
    spoken_for = [one for one in tx.digests.ledger(digest.id) if one.line == line.id]
    tx.digests.keep_line(replace(line, removed_at=scene.now))
    tx.notices.withdraw(NoticeKind.CHECK, line.id, at=scene.now)
    notices.show_again(scene, [NoticeKind.CHECK], line.id)
    account(scene, digest, _reply(scene, line.reply), where, reason)
    others = [_reply(scene, one.reply) for one in spoken_for if one.reply != line.reply]
    return place(scene, digest, others) if others else False


def reword(scene: Scene, digest: Digest, reply: Reply, line: Line) -> None:
    """Its reply now reads otherwise, and so does *line*: its author sees it again.

    Whether it still speaks for the others it spoke for is found out anew.
    """
    ledger = scene.tx.digests.ledger(digest.id)
    others = [one.reply for one in ledger if one.line == line.id]
    scene.tx.digests.keep_line(line)
    again = _placed(reply, Place.QUOTED, line=line.id)
    scene.tx.digests.account(digest.id, [again])
    ask_again(scene, line)
    moved = [_reply(scene, one) for one in others if one != reply.id]
    if moved:
        place(scene, digest, moved)


def account_again(scene: Scene, digest: Digest, reply: Reply, known: Account) -> None:
    """*reply* was edited and keeps its place."""
    tx = scene.tx
    tx.digests.account(digest.id, [replace(known, edited_ts=reply.edited_ts)])


def account(
    scene: Scene, digest: Digest, reply: Reply, where: Place, reason: str | None = None
) -> None:
    """Say where *reply* went, without a line."""
    scene.tx.digests.account(digest.id, [_placed(reply, where, reason)])


def state(scene: Scene, digest: Digest) -> DigestState:
    """Where *digest* is in its life."""
    agreed = not waiting(scene, digest)
    return digest.state(now=scene.now, all_agreed=agreed)


def waiting(scene: Scene, digest: Digest) -> tuple[Line, ...]:
    """The lines whose authors are still to say what they think.

    In a thread that was asked through the bot, somebody who is no member is not
    waited for. In any other thread nobody is quoted without a yes.
    """
    open_ones = [
        one for one in scene.tx.digests.lines(digest.id) if one.agreed_at is None
    ]
    if not asked_here(scene, digest):
        return tuple(open_ones)
    return tuple(one for one in open_ones if _present(scene, one.author))


def not_taken_in(tx: Transaction, thread: Thread) -> bool:
    """Whether something that was read in the thread's channel is not handled yet."""
    waits = tx.backlog.events(parked=False, limit=_MOST_WAITING)
    begins = (f"catchup:{thread.channel}:", f"catchup:deleted:{thread.channel}:")
    return len(waits) == _MOST_WAITING or any(
        event.event_id.startswith(begins) for event in waits
    )


def asked_here(scene: Scene, digest: Digest) -> bool:
    """Whether the thread was asked through the bot, so that silence permits."""
    return scene.tx.questions.of_thread(digest.thread) is not None


def _present(scene: Scene, author: MemberId | None) -> bool:
    member = scene.tx.members.get(author) if author else None
    return member is not None and member.left_at is None


def _placed(
    reply: Reply,
    where: Place,
    reason: str | None = None,
    *,
    line: LineId | None = None,
) -> Account:
    return Account(
        reply=reply.id,
        place=where,
        reason=reason,
        line=line,
        edited_ts=reply.edited_ts,
    )


def _reply(scene: Scene, reply: ReplyId) -> Reply:
    found = scene.tx.threads.reply(reply)
    if found is None:
        raise LookupError("a reply that a ledger accounts for is not kept")
    return found


def _last(scene: Scene, digest: DigestId) -> int:
    return max((line.position for line in scene.tx.digests.lines(digest)), default=0)


def in_order(lines: Sequence[Line]) -> list[Line]:
    """*lines* by section, then as a coordinator has put them."""
    sections = list(Section)
    return sorted(lines, key=lambda one: (sections.index(one.section), one.position))
