"""What becomes of a digest when its thread changes after it was drafted."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.domain.collation import Place, Resource
from bot.domain.completing import places, retaken, stands
from bot.domain.digests import Account, Digest, Kept, Line
from bot.domain.threads import Reply
from bot.owing import digests, drafts
from bot.owing.scene import Scene

THREAD_CHANGED = "something was said, edited or deleted in its thread"
LINE_CHANGED = "a contributor has changed how they are quoted"

_LATE = (
    "A reply that says something new came after the digest was published. Collate the "
    "thread again if others should read it."
)
_EDITED = (
    "A reply that the digest quotes was edited after it was published. Please compare "
    "them, and collate the thread again if it matters."
)
_DELETED = (
    "A reply that the digest quotes was deleted after it was published. I have taken "
    "its line down; nothing more is needed unless you wish to collate again."
)
_ASKED_OUT = (
    "Somebody the digest quotes has asked to be left out since it was published. I "
    "have taken their line down; nothing more is needed."
)


def resources(
    found: Iterable[Resource], replies: Iterable[Reply]
) -> list[dict[str, object]]:
    """The resources of a thread, as kept: what its texts name, and its files."""
    named: list[dict[str, object]] = [
        {"kind": r.kind, "label": r.label, "url": r.url, "reply": r.contribution}
        for r in found
    ]
    return named + [
        {
            "kind": "file",
            "label": file.rstrip("/").rpartition("/")[2] or "A file",
            "url": file,
            "reply": reply.id,
        }
        for reply in replies
        if reply.counts
        for file in reply.files
    ]


def take_in(scene: Scene, digest: Digest, replies: Sequence[Reply]) -> bool:
    """Give *replies*, which have come, changed or gone, their place in a draft.

    True if somebody has to look at a line.
    """
    asked = False
    anew: list[Reply] = []
    for reply in replies:
        known = _known(scene, digest, reply)
        line = scene.tx.digests.line(known.line) if known and known.line else None
        quoted = line if known and known.place is Place.QUOTED else None
        if not reply.counts:
            asked = _gone(scene, digest, reply, quoted) or asked
        elif known and known.reason in {Kept.LEFT_OUT, Kept.NOT_CONFIRMED}:
            drafts.account_again(scene, digest, reply, known)
        elif known and quoted:
            asked = _retake(scene, digest, reply, quoted, known) or asked
        else:
            anew.append(reply)
    return (drafts.place(scene, digest, anew) if anew else False) or asked


def revise(
    scene: Scene, digest: Digest, *, why: str, asked: bool = False, **values: object
) -> None:
    """Raise the version of a draft that has changed.

    Whoever has new words to look at gets the time to; an approval is void, and whoever
    gave it is told *why*.
    """
    if asked:
        values["check_ends_at"] = scene.community.deadlines.check_ends(scene.now)
    if digest.approved_at is not None:
        values |= {
            "approved_at": None,
            "approved_by": None,
            "publish_at": None,
            "reread_at": None,
        }
    version = scene.tx.digests.change(digest.id, seen=None, **values)
    if digest.approved_by is not None:
        told = (
            "A digest you approved has not been published, because "
            f"{why}. Please open it under *Needs you* and approve it again."
        )
        approver = scene.member(digest.approved_by)
        digests.tell(scene, approver, f"digest-void:{digest.id}:{version}", told)


def note(scene: Scene, digest: Digest, replies: Sequence[Reply]) -> None:
    """Note what happened to *replies* after *digest* was published.

    What was deleted is taken down at once; the rest is for a coordinator to judge.
    """
    gone = [reply for reply in replies if not reply.counts]
    for reply in gone:
        take_down(scene, digest, reply)
    for reply in replies:
        if reply.counts:
            _note_standing(scene, digest, reply)
    scene.tx.digests.change(digest.id)
    if gone:
        digests.show_published(scene, digest)


def take_down(
    scene: Scene, digest: Digest, reply: Reply, reason: str | None = None
) -> None:
    """Take what *reply* says out of a published digest; *reason* if it still stands."""
    known = _known(scene, digest, reply)
    where = Place.KEPT if reply.counts else _place_of(reply)
    drafts.account(scene, digest, reply, where, reason)
    if known is None or known.place is not Place.QUOTED or known.line is None:
        return
    line = scene.tx.digests.line(known.line)
    if line is not None:
        scene.tx.digests.keep_line(replace(line, removed_at=scene.now))
    _orphans(scene, digest, known)
    why = _ASKED_OUT if reply.counts else _DELETED
    digests.news(scene, digest, f"{digest.id}:gone:{reply.id}", why)


def _orphans(scene: Scene, digest: Digest, known: Account) -> None:
    """Replies that a line spoke for, once it is down: nobody has agreed to others."""
    left = [
        replace(one, place=Place.KEPT, reason=Kept.LINE_GONE.value, line=None)
        for one in scene.tx.digests.ledger(digest.id)
        if one.line == known.line and one.place is Place.GROUPED
    ]
    scene.tx.digests.account(digest.id, left)


def _note_standing(scene: Scene, digest: Digest, reply: Reply) -> None:
    known = _known(scene, digest, reply)
    line = scene.tx.digests.line(known.line) if known and known.line else None
    if known is None or line is None or known.place is not Place.QUOTED:
        _note_late(scene, digest, reply)
        return
    drafts.account_again(scene, digest, reply, known)
    if not line.changed and not stands(line.text, reply.text):
        key = f"{digest.id}:edited:{reply.id}:{reply.edited_ts}"
        digests.news(scene, digest, key, _EDITED)


def _note_late(scene: Scene, digest: Digest, reply: Reply) -> None:
    """A reply that is not quoted: news if it says something new, and once a week."""
    found = places([reply], scene.tx.digests.lines(digest.id))
    if not found.lines:
        drafts.write(scene, digest.id, found, [reply])
        return
    drafts.account(scene, digest, reply, Place.KEPT, Kept.LATE)
    week = scene.community.almanac.local(scene.now).isocalendar()
    key = f"{digest.id}:{week.year}-{week.week}"
    digests.news(scene, digest, key, _LATE)


def _gone(scene: Scene, digest: Digest, reply: Reply, line: Line | None) -> bool:
    """The reply was deleted or hidden: its line goes, and its text is not kept."""
    if line is None:
        drafts.account(scene, digest, reply, _place_of(reply))
        return False
    return drafts.take_out(scene, digest, line, _place_of(reply), None)


def _retake(
    scene: Scene, digest: Digest, reply: Reply, line: Line, known: Account
) -> bool:
    """The reply was edited: its line stands, is taken anew, or goes."""
    if line.changed or stands(line.text, reply.text):
        drafts.account_again(scene, digest, reply, known)
        return False
    text = retaken(reply)
    if text is None:
        where, why = places([reply], []).unquoted[reply.id]
        return drafts.take_out(scene, digest, line, where, why)
    drafts.reword(scene, digest, reply, replace(line, text=text, agreed_at=None))
    return True


def _place_of(reply: Reply) -> Place:
    return Place.WITHDRAWN if reply.withdrawn_at is not None else Place.HIDDEN


def _known(scene: Scene, digest: Digest, reply: Reply) -> Account | None:
    return scene.tx.digests.place_of(digest.id, reply.id)
