"""Drafts as coordinators see them, and where every reply went."""

from collections.abc import Mapping

from bot.domain.collation import Place, Section
from bot.domain.digests import Account, Digest, Line, LineId
from bot.domain.guard import Verdict, inspect
from bot.domain.notices import NoticeKind
from bot.domain.threads import Reply, ReplyId
from bot.owing import digests, drafts, notices
from bot.owing.scene import Scene
from bot.views.desk import Desk, DeskLine
from bot.views.ledgers import Ledger, LedgerEntry
from bot.views.questions import day_and_time, signature


def desk(scene: Scene, digest: Digest) -> Desk:
    """*digest* with everything a coordinator needs to judge it."""
    replies = _replies(scene, digest)
    ledger = scene.tx.digests.ledger(digest.id)
    lines = drafts.in_order(scene.tx.digests.lines(digest.id))
    waiting = drafts.waiting(scene, digest)
    return Desk(
        digest=digest.id,
        version=digest.version,
        title=digest.title,
        state=drafts.state(scene, digest),
        headings={section: digests.heading(digest, section) for section in Section},
        lines=[_line(scene, digest, one, replies[one.reply]) for one in lines],
        note=digest.note,
        resources=digests.offered(scene, digest, ledger),
        still_open=digests.still_open(scene, digest, ledger, replies),
        replies=len(ledger),
        people=len({digests.person(replies[one.reply]) for one in ledger}),
        kept=sum(one.place is Place.KEPT for one in ledger),
        unassigned=len(scene.tx.digests.behind(digest)),
        waiting=[digests.who(scene, one) for one in waiting],
        check_ends=day_and_time(scene.community, digest.check_ends_at),
        leaves=day_and_time(scene.community, digest.publish_at)
        if digest.publish_at
        else "",
        asked_here=drafts.asked_here(scene, digest),
    )


def ledger(scene: Scene, digest: Digest) -> Ledger:
    """Where every reply went, and why: for coordinators alone."""
    replies = _replies(scene, digest)
    lines = drafts.in_order(scene.tx.digests.lines(digest.id))
    numbers = {line.id: number for number, line in enumerate(lines, start=1)}
    return Ledger(
        digest=digest.id,
        title=digest.title,
        entries=[
            _entry(scene, one, replies[one.reply], numbers)
            for one in scene.tx.digests.ledger(digest.id)
        ],
    )


def holds_anything(scene: Scene, digest: Digest) -> bool:
    """Whether there is anything in *digest* to show."""
    page = digests.page(scene, digest)
    return bool(page.sections or page.resources or page.still_open or page.note)


def more_time(scene: Scene) -> dict[str, object]:
    """Time for authors to look at lines that are new to them."""
    return {"check_ends_at": scene.community.deadlines.check_ends(scene.now)}


def stop_asking(scene: Scene, digest: Digest) -> None:
    """Nobody is asked about their line any more, and messages that ask say so."""
    for line in scene.tx.digests.lines(digest.id):
        scene.tx.notices.withdraw(NoticeKind.CHECK, line.id, at=scene.now)
        notices.show_again(scene, [NoticeKind.CHECK], line.id)


def _line(scene: Scene, digest: Digest, line: Line, reply: Reply) -> DeskLine:
    return DeskLine(
        id=line.id,
        section=line.section,
        said=digests.said(scene, line, reply),
        state=_state(scene, digest, line),
        named=line.named,
        doubtful=inspect(line.text).verdict is not Verdict.PASS,
        by_letter=by_letter(scene, line),
    )


def by_letter(scene: Scene, line: Line) -> bool:
    """Whether its author is reached by letter alone, and so has no button to press."""
    author = scene.tx.members.get(line.author) if line.author else None
    return author is not None and author.by_letter_only


def _state(scene: Scene, digest: Digest, line: Line) -> str:
    """How its author stands to being quoted so."""
    if line.agreed_at is not None:
        return "agreed, in their new words" if line.changed else "agreed"
    if line.author is None:
        return "not a member, so not asked"
    if scene.now >= digest.check_ends_at:
        return "did not answer"
    told = scene.tx.notices.about([NoticeKind.CHECK], line.id)
    return "waiting for their word" if told else "not told yet"


def _entry(
    scene: Scene, one: Account, reply: Reply, numbers: Mapping[LineId, int]
) -> LedgerEntry:
    member = scene.tx.members.get(reply.author) if reply.author else None
    return LedgerEntry(
        who=signature(member) if member else digests.STRANGER,
        came=reply.via.words if reply.via else "",
        place=one.place,
        reason=one.reason or "",
        line=numbers.get(one.line) if one.line else None,
        text=digests.plain(scene, reply.text),
        address=digests.address(scene, reply),
    )


def _replies(scene: Scene, digest: Digest) -> dict[ReplyId, Reply]:
    return {one.id: one for one in scene.tx.threads.replies(digest.thread)}
