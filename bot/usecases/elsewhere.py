"""Replies received elsewhere: a coordinator, or an operator, hands them in."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import NoReturn

from bot.domain.elsewhere import LONGEST, Received, said_when, squeezed, to_keep
from bot.domain.errors import CommunityError, NotFound
from bot.domain.lifecycle import INVITATION, InvitationAct, InvitationState, may
from bot.domain.members import Member, MemberId
from bot.domain.questions import Question
from bot.domain.texts import admit, needed
from bot.domain.threads import Reply, ReplyId, Source
from bot.owing import Scene, homes, invitations, replies
from bot.store import Transaction
from bot.usecases.context import Context, coordinating
from bot.views import elsewhere as view
from bot.views.questions import day_and_time

_NOTHING_LEFT = {
    InvitationState.ANSWERED: "has answered already",
    InvitationState.DECLINED: "has said so already",
    InvitationState.SUGGESTED: "has suggested a colleague already",
    InvitationState.CLOSED: "is not waited for any more: the question has closed",
}


@dataclass(frozen=True, slots=True)
class _Hand:
    """Who hands something in."""

    actor: str  #: for the audit
    member: MemberId | None  #: None: an operator


@dataclass(frozen=True, slots=True)
class Added:
    """A reply that was added, and what whoever added it is told."""

    reply: ReplyId | None
    told: str


def add(
    ctx: Context, *, user: str, received: Received, source: str, sure: bool = False
) -> Added:
    """Post what somebody answered elsewhere in the question's thread, as from them.

    They are not asked or reminded any more. *source* names the act, once.

    Raises:
        NotAllowed: they do not coordinate.
        NotFound: there is no such question, or no such member.
        PatientDataFound, PatientDataPossible: nothing is kept.
        CommunityError: it was added before, or is too long for one message.
    """
    received, doubts = admitted(received, sure=sure)
    with ctx.begin() as tx:
        by = coordinating(tx, user)
        ctx.note_sure(tx, by, f"question:{received.question}", doubts)
        return _add(ctx.scene(tx), _Hand(by.id, by.id), received, source)


def add_as_operator(
    ctx: Context, *, actor: str, received: Received, source: str, sure: bool = False
) -> Added:
    """As ``add``, by somebody at the command line, whom *actor* names."""
    received, doubts = admitted(received, sure=sure)
    with ctx.begin() as tx:
        if doubts:
            tx.audit.add(
                actor=actor,
                act="no patient is described",
                subject=f"question:{received.question}",
                at=ctx.now(),
                detail={"kinds": sorted(doubts)},
            )
        return _add(ctx.scene(tx), _Hand(actor, None), received, source)


def take_back(ctx: Context, *, user: str, reply: int) -> str:
    """Take down a reply that was added by mistake; returns what they are told.

    Raises:
        NotAllowed: they do not coordinate.
        NotFound: it is no reply that somebody added.
    """
    with ctx.begin() as tx:
        _take_back(ctx.scene(tx), coordinating(tx, user).id, reply)
    return view.TAKEN_BACK


def take_back_as_operator(ctx: Context, *, actor: str, reply: int) -> str:
    """As ``take_back``, by somebody at the command line, whom *actor* names."""
    with ctx.begin() as tx:
        _take_back(ctx.scene(tx), actor, reply)
    return view.TAKEN_BACK


def decline(ctx: Context, *, user: str, question: int, author: str) -> str:
    """Note that somebody said elsewhere: not one for me. Nobody else is told.

    Raises:
        NotAllowed: they do not coordinate.
        NotFound: there is no such question, or no such member.
        CommunityError: that member was not asked it, or nothing waits for them.
    """
    with ctx.begin() as tx:
        by = coordinating(tx, user)
        asked = _question(tx, question)
        member = _author(tx, MemberId(author))
        found = tx.invitations.to(asked.id, member.id)
        if found is None:
            raise CommunityError(view.not_asked(member), field="author")
        if not may(INVITATION, found.state, InvitationAct.DECLINE):
            why = view.nothing_left(member, _NOTHING_LEFT[found.state])
            raise CommunityError(why, field="author")
        tx.invitations.mark(found.id, declined_at=ctx.now())
        scene = ctx.scene(tx)
        invitations.ended(scene, found)
        homes.show(scene, member)
        tx.audit.add(
            actor=by.id,
            act="declined elsewhere",
            subject=f"question:{asked.id}",
            at=ctx.now(),
            detail={"author": member.id},
        )
    return view.declined(member)


def latest(ctx: Context, *, most: int) -> tuple[Question, ...]:
    """The last questions, newest first: for an operator who needs a number."""
    with ctx.begin.read() as tx:
        return tx.questions.latest(most=most)


def author_by(ctx: Context, address: str) -> Member:
    """The member who writes from *address*.

    Raises:
        NotFound: nobody does; the advice says how to mend that.
    """
    with ctx.begin.read() as tx:
        found = tx.members.by_email(address.strip())
        if found is None:
            raise NotFound(view.unknown_address(address.strip()))
        return _author(tx, found.id)


def question_of(ctx: Context, question: int) -> Question:
    """The question of that number.

    Raises:
        NotFound: there is none.
    """
    with ctx.begin.read() as tx:
        return _question(tx, question)


def admitted(received: Received, *, sure: bool) -> tuple[Received, frozenset[str]]:
    """What was received, once its words have passed the guard.

    With what looked as if it might describe a patient, in words.

    Raises:
        PatientDataFound, PatientDataPossible: its words may not be kept, or shown.
        CommunityError: there are none, or too many for one message.
    """
    text = needed(received.text, field="text")
    if len(text) > LONGEST:
        raise CommunityError(view.too_long(len(text), LONGEST), field="text")
    return replace(received, text=text), admit(text, field="text", sure=sure)


def _add(scene: Scene, hand: _Hand, received: Received, source: str) -> Added:
    tx = scene.tx
    question = _question(tx, received.question, held=True)
    author = _author(tx, received.author)
    reply = _reply(scene, hand, question, author, received)
    kept = replies.keep(scene, author, question, reply, source=source)
    if kept is None:
        return Added(tx.originals.handed_in(source), view.added(author, received))
    original = to_keep(received)
    _refuse_second(scene, question, replace(reply, id=kept), original.digest)
    tx.originals.keep(kept, original, at=scene.now)
    tx.audit.add(
        actor=hand.actor,
        act="reply added",
        subject=f"question:{question.id}",
        at=scene.now,
        detail={"reply": kept, "author": author.id, "via": received.via.value},
    )
    return Added(kept, view.added(author, received))


def _take_back(scene: Scene, actor: str, number: int) -> None:
    tx = scene.tx
    reply = tx.threads.reply(number)
    thread = tx.threads.thread_of(reply.id) if reply else None
    question = tx.questions.of_thread(thread) if thread else None
    if reply is None or question is None or reply.source is not Source.ELSEWHERE:
        raise NotFound(view.UNKNOWN_REPLY)
    if not reply.counts:
        raise CommunityError(view.GONE_ALREADY)
    replies.take_back(scene, question, reply)
    tx.audit.add(
        actor=actor,
        act="reply taken back",
        subject=f"question:{question.id}",
        at=scene.now,
        detail={"reply": reply.id, "author": reply.author},
    )


def _reply(
    scene: Scene, hand: _Hand, question: Question, author: Member, received: Received
) -> Reply:
    at = said_when(received.said_at, asked=question.asked_at, now=scene.now)
    return replace(
        replies.written(question, author, received.text, at=at),
        source=Source.ELSEWHERE,
        named=received.named,
        via=received.via,
        handed_in_by=hand.member,
    )


def _refuse_second(scene: Scene, question: Question, reply: Reply, digest: str) -> None:
    """Nothing is added twice: not one letter, nor the same words of one person."""
    taken = scene.tx.originals.taken(question.thread, digest)
    if taken is not None:
        _refuse(scene, scene.tx.threads.reply(taken[0]), taken[1])
    words = squeezed(reply.text)
    for one in scene.tx.threads.replies(question.thread):
        same = one.author == reply.author and squeezed(one.text) == words
        if one.id != reply.id and one.counts and same:
            _refuse(scene, one, one.said_at)


def _refuse(scene: Scene, there: Reply | None, at: datetime) -> NoReturn:
    by = there.handed_in_by if there else None
    handed = scene.tx.members.get(by) if by else None
    elsewhere = there is None or there.source is Source.ELSEWHERE
    raise CommunityError(
        view.there_already(
            day_and_time(scene.community, at),
            by=handed.name if handed else "",
            elsewhere=elsewhere,
        ),
        field="text",
    )


def _question(tx: Transaction, question: int, *, held: bool = False) -> Question:
    found = tx.questions.held(question) if held else tx.questions.get(question)
    if found is None:
        raise NotFound(view.UNKNOWN_QUESTION)
    return found


def _author(tx: Transaction, author: MemberId) -> Member:
    """The member whose words they are, who must still be one."""
    found = tx.members.get(author)
    if found is None:
        raise NotFound(view.UNKNOWN_AUTHOR)
    if found.left_at is not None:
        raise NotFound(view.has_left(found))
    return found
