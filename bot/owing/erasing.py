"""What others are shown once a member is erased: the same, without them."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from bot.domain.digests import Digest
from bot.domain.members import MemberId
from bot.domain.threads import Reply, ReplyId
from bot.domain.traces import Traces
from bot.owing import (
    digests,
    homes,
    invitations,
    notices,
    offers,
    questions,
    queue,
    revisions,
)
from bot.owing.scene import Scene
from bot.ports import Act, Message, Priority
from bot.store import Put

#: Messages that hold the words of one member, and are theirs to change.
_OWN_WORDS = ("answer:", "question:", "digest:")


def take_down_answers(scene: Scene, replies: Iterable[ReplyId]) -> int:
    """Owe the deletion of every post of ours that carries one of *replies*."""
    gone = 0
    for reply in replies:
        key = f"answer:{reply}"
        posted = scene.tx.outbox.find(key)
        if posted is None:
            continue
        gone += 1
        if not scene.tx.outbox.withdraw(key, at=scene.now):
            scene.owe(
                Message(
                    key=f"erased:{key}",
                    act=Act.DELETE,
                    to=posted.to,
                    body={},
                    target=key,
                    priority=Priority.PERSON,
                )
            )
    return gone


def take_out_of_digests(
    scene: Scene, ids: Iterable[int], gone: Collection[ReplyId]
) -> int:
    """Show digests without *gone*; how many there were."""
    found = [scene.tx.digests.get(one) for one in ids]
    shown = [one for one in found if one is not None and one.dropped_at is None]
    for digest in shown:
        _take_out(scene, digest, gone)
    return len(shown)


def _take_out(scene: Scene, digest: Digest, gone: Collection[ReplyId]) -> None:
    """A draft changes, and is approved anew; a published digest is shown again."""
    mine = [one for one in scene.tx.threads.replies(digest.thread) if one.id in gone]
    if digest.published_at is None:
        _redraft(scene, digest, mine)
    elif mine:
        revisions.note(scene, digest, mine)
    else:
        digests.show_published(scene, digest)


def show_standings(scene: Scene, asked: Iterable[int]) -> None:
    """Show how many have replied now."""
    for one in asked:
        questions.show_standing(scene, one)


def close_question(scene: Scene, number: int) -> None:
    """Nobody is asked it any more; what was answered may still be collated."""
    question = scene.tx.questions.get(number)
    if question is None:
        return
    if question.open:
        scene.tx.questions.mark(question.id, closed_at=scene.now)
        invitations.end_all(scene, question)
        queue.settle(scene, f"nobody:{question.id}")
        if scene.tx.threads.tally(question.thread).replies:
            offers.offer(scene, question)
    for one in scene.tx.invitations.of_question(question.id):
        notices.show_again(scene, invitations.ASKS, one.id)
    questions.show_standing(scene, question.id)


def show_without(scene: Scene, put: Sequence[Put], traces: Traces) -> None:
    """Change what stands in Slack of *put*, messages to others that bear *traces*.

    What is composed from what is kept is composed anew; of anything else the newest
    version is shown with the traces taken out.
    """
    newest = {_base(one): one for one in put if one.act != Act.HOME}
    _show_bundles(scene, newest)
    for key, one in newest.items():
        if not key.startswith(("notice:", *_OWN_WORDS)):
            _show_redacted(scene, key, one, traces)
    for member in sorted({one.member or "" for one in put if one.act == Act.HOME}):
        _show_home(scene, member)


def may_rewrite(put: Put, mine: Collection[str]) -> bool:
    """Whether a message that is owed is not another member's own words.

    *mine* begins the keys of what was theirs: "question:7", "digest:3".
    """
    whose = ":".join(put.key.split(":")[:2])
    return not put.key.startswith(_OWN_WORDS) or whose in mine


def _redraft(scene: Scene, digest: Digest, gone: Sequence[Reply]) -> None:
    if gone:
        asked = revisions.take_in(scene, digest, gone)
        revisions.revise(scene, digest, why=revisions.THREAD_CHANGED, asked=asked)


def _show_bundles(scene: Scene, newest: Mapping[str, Put]) -> None:
    bundles = {int(key.split(":")[1]) for key in newest if key.startswith("notice:")}
    about = {
        (notice.kind, notice.subject)
        for bundle in sorted(bundles)
        for notice in scene.tx.notices.in_bundle(bundle)
    }
    for kind, subject in sorted(about):
        notices.show_again(scene, [kind], subject)


def _show_redacted(scene: Scene, key: str, put: Put, traces: Traces) -> None:
    posted = scene.tx.outbox.receipt(key)
    if posted is not None and "blocks" in put.body:
        body = dict(traces.redacted(put.body))
        scene.change(key, body, to=put.to)


def _show_home(scene: Scene, member: str) -> None:
    found = scene.tx.members.get(MemberId(member))
    if found is not None and found.left_at is None:
        homes.show(scene, found)


def _base(put: Put) -> str:
    """The key of the message that *put* is, or changes."""
    return put.target if put.act == Act.UPDATE and put.target else put.key
