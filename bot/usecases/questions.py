"""Asking questions, and what their askers and coordinators may do with them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.community import Community
from bot.domain.errors import CommunityError, NotAllowed, NotFound
from bot.domain.lifecycle import InvitationState
from bot.domain.members import Member
from bot.domain.notices import NoticeKind
from bot.domain.questions import Question, QuestionId
from bot.domain.routing import Audience
from bot.domain.texts import admit, needed
from bot.domain.threads import ThreadId
from bot.domain.topics import infer
from bot.owing import Scene, homes, invitations, offers, questions, queue
from bot.store import Transaction
from bot.usecases.context import Context, asking
from bot.views import forms
from bot.views import questions as view

LONGEST = timedelta(days=92)  #: how far away an answer may be needed


@dataclass(frozen=True, slots=True, kw_only=True)
class Enquiry:
    """What somebody typed and chose in the question form. Not yet guarded."""

    question: str
    context: str = ""
    needed_by: str = ""  #: YYYY-MM-DD, or "" for the default
    audience: str = Audience.FEW.value
    topics: tuple[str, ...] = ()  #: () to have them inferred
    private: bool = False  #: don't collate or archive
    sure: bool = False  #: "No patient is described"
    root: tuple[str, str] | None = None  #: (channel, ts) of a member's own message
    author: str | None = None  #: who wrote that message, a Slack user id


def ask(ctx: Context, *, user: str, enquiry: Enquiry, source: str) -> Question:
    """Take a question, post it, and leave it to be routed.

    Everything is kept together or not at all. *source* names the act: asking again
    from the same source changes nothing and returns the first question.

    Raises:
        PatientDataFound, PatientDataPossible: nothing is kept.
        CommunityError: a field is wrong; it names the field.
    """
    text = needed(enquiry.question, field="question")
    doubts = admit(f"{text}\n{enquiry.context}", field="question", sure=enquiry.sure)
    now = ctx.now()
    needed_by = _needed_by(ctx.community, enquiry.needed_by, now)
    with ctx.begin() as tx:
        earlier = tx.questions.from_source(source)
        if earlier:
            return earlier
        asker = _asker(tx, user, enquiry)
        question = Question(
            id=QuestionId(0),
            asker=asker.id,
            text=text,
            context=enquiry.context.strip(),
            topics=_topics(ctx.community, enquiry),
            audience=_audience(enquiry.audience),
            collate=not enquiry.private,
            asked_at=now,
            needed_by=needed_by,
            thread=_thread(ctx, tx, enquiry),
            channel="",
            ours=enquiry.root is None,
        )
        kept = tx.questions.get(tx.questions.add(question, source=source))
        if kept is None:
            raise LookupError("a question just added is not kept")
        _announce(ctx.scene(tx), kept, asking(tx, user))
        ctx.note_sure(tx, asker, f"question:{kept.id}", doubts)
    return kept


def posted(ctx: Context, tx: Transaction, question: int, channel: str, ts: str) -> None:
    """The post that begins the question's thread has gone: that is where it stands."""
    found = tx.questions.get(question)
    if found is None:
        return
    scene = ctx.scene(tx)
    tx.threads.begun(ThreadId(found.thread), channel, ts)
    if tx.threads.repliers(found.thread):  # they were quicker than Slack's receipt
        questions.show_standing(scene, found.id)
    homes.show(scene, scene.member(found.asker))


def retopic(
    ctx: Context, *, user: str, question: int, topics: tuple[str, ...]
) -> Question:
    """Correct the topics of a question; asks that have not gone yet are routed anew.

    Raises:
        NotAllowed: neither the asker nor a coordinator.
    """
    known = {topic.id for topic in ctx.community.topics}
    with ctx.begin() as tx:
        found, _ = _theirs(tx, user, question)
        chosen = [topic for topic in topics if topic in known]
        tx.questions.retopic(found.id, chosen)
        if found.open and set(chosen) != set(found.topics):
            _route_anew(ctx, tx, found)
        questions.show_standing(ctx.scene(tx), found.id)
    return found


def close(ctx: Context, *, user: str, question: int) -> Question:
    """Close a question: nobody else is asked, and nobody is waited for.

    Raises:
        NotAllowed: neither the asker nor a coordinator.
    """
    with ctx.begin() as tx:
        found, member = _theirs(tx, user, question)
        if not found.open:
            return found
        scene = ctx.scene(tx)
        tx.questions.mark(found.id, closed_at=ctx.now())
        invitations.end_all(scene, found)
        queue.settle(scene, f"nobody:{found.id}", by=member.id)
        if tx.threads.tally(found.thread).replies:
            offers.offer(scene, found)
        questions.show_standing(scene, found.id)
        homes.show(scene, member)
    return found


def widen(ctx: Context, *, user: str, question: int) -> Question:
    """Ask more colleagues, with as much time again.

    Raises:
        NotAllowed: not a coordinator.
        CommunityError: the question has closed, or somebody has widened it already.
    """
    with ctx.begin() as tx:
        found, member = _theirs(tx, user, question)
        if not member.coordinates:
            raise NotAllowed
        if not found.open:
            raise CommunityError("This question has closed, so nobody is asked.")
        scene = ctx.scene(tx)
        if not queue.settle(scene, f"nobody:{found.id}", by=member.id):
            raise CommunityError("That has been done already.")
        tx.queue.forget(f"nobody:{found.id}")
        tx.questions.extend(
            found.id, needed_by=ctx.community.deadlines.needed_by(ctx.now())
        )
        tx.questions.rewind_waves(found.id)
        tx.questions.mark(found.id, widened_at=ctx.now())
        questions.show_standing(scene, found.id)
    return found


def topics_form(ctx: Context, *, user: str, question: int) -> dict[str, object]:
    """The form to correct a question's topics."""
    with ctx.begin.read() as tx:
        found, _ = _theirs(tx, user, question)
        return forms.topics_form(ctx.community, found)


def may_route(ctx: Context, *, user: str, author: str | None) -> None:
    """Whether *user* may route a message that *author* wrote.

    Raises:
        NotAllowed: it is somebody else's, and *user* does not coordinate.
    """
    with ctx.begin.read() as tx:
        member = asking(tx, user)
        if author != user and not member.coordinates:
            raise NotAllowed(
                "Only its author or a coordinator can route a message. You could ask "
                "your own question with /ask."
            )


def _asker(tx: Transaction, user: str, enquiry: Enquiry) -> Member:
    """The author of the message that is routed; else whoever fills in the form."""
    member = asking(tx, user)
    if enquiry.author is None or enquiry.author == user:
        return member
    if not member.coordinates:
        raise NotAllowed
    author = tx.members.by_slack(enquiry.author)
    if author is None:
        raise NotAllowed(
            "The person who wrote that message is not a member, so I cannot ask on "
            "their behalf. You could ask in your own name with /ask."
        )
    return author


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        raise CommunityError("Please choose a day.", field="needed_by") from None


def _audience(chosen: str) -> Audience:
    """Whom it is for; a few colleagues where the form, an odd one, does not say."""
    known = {audience.value for audience in Audience}
    return Audience(chosen) if chosen in known else Audience.FEW


def _needed_by(community: Community, typed: str, now: datetime) -> datetime:
    wanted = _day(typed)
    today = community.almanac.local(now).date()
    if wanted and not today <= wanted <= today + LONGEST:
        raise CommunityError(
            "Please choose a day from today to three months from now.",
            field="needed_by",
        )
    return community.deadlines.needed_by(now, wanted)


def _topics(community: Community, enquiry: Enquiry) -> tuple[str, ...]:
    known = {topic.id for topic in community.topics}
    chosen = tuple(topic for topic in enquiry.topics if topic in known)
    return chosen or infer(f"{enquiry.question}\n{enquiry.context}", community.topics)


def _thread(ctx: Context, tx: Transaction, enquiry: Enquiry) -> ThreadId:
    if enquiry.root is None:
        return tx.threads.track(ctx.places.questions, None, at=ctx.now())
    channel, ts = enquiry.root
    thread = tx.threads.track(channel, ts, at=ctx.now())
    if tx.questions.of_thread(thread):
        raise CommunityError("This message has been routed already.", field="question")
    return thread


def _announce(scene: Scene, question: Question, by: Member) -> None:
    """Post it, and answer whoever filled in the form; nobody else is disturbed."""
    questions.begin_thread(scene, question)
    scene.tell(by, f"asked:{question.id}", view.sent(scene.community, question))
    homes.show(scene, by)


def _theirs(tx: Transaction, user: str, question: int) -> tuple[Question, Member]:
    """The question, if *user* asked it or coordinates."""
    member = asking(tx, user)
    found = tx.questions.get(question)
    if found is None:
        raise NotFound("That question could not be found.")
    if found.asker != member.id and not member.coordinates:
        raise NotAllowed("Only its asker or a coordinator can do that.")
    return found, member


def _route_anew(ctx: Context, tx: Transaction, question: Question) -> None:
    """Take back the asks that have not gone, so that others take their places."""
    unsent = [
        one
        for one in tx.invitations.of_question(question.id)
        if one.state is InvitationState.OWED
        and not tx.notices.about((NoticeKind.INVITATION,), one.id)
    ]
    for one in unsent:
        tx.notices.withdraw(NoticeKind.INVITATION, one.id, at=ctx.now())
        tx.invitations.forget(one.id)
    if unsent and question.second_wave_at is None:
        tx.questions.rewind_waves(question.id)
