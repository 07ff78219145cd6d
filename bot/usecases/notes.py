"""What members write to the bot itself: private until they choose otherwise."""

from bot.domain.errors import CommunityError, NotAllowed, NotFound
from bot.domain.members import Member
from bot.domain.questions import Question
from bot.domain.texts import admit, visible
from bot.domain.threads import Said, Source
from bot.owing import hidden, replies
from bot.store import Transaction
from bot.usecases.context import Context, asking
from bot.views import forms
from bot.views import members as members_view
from bot.views import threads as view
from bot.views.spoken import a_colleague, spoken

LONGEST = 9_000  #: characters of an answer that the bot posts in one message


def heard(ctx: Context, tx: Transaction, said: Said) -> None:
    """A member writes to the bot: nothing is posted without a tap that says so."""
    if said.key_hash or said.bot or said.author == ctx.places.bot_user:
        return  # our own words
    scene = ctx.scene(tx)
    if said.hidden:
        hidden.tell(scene, said)
        return
    member = tx.members.by_slack(said.author) if said.author else None
    question = _asked_of(tx, member) if member else None
    if member is None or question is None or not visible(said.text):
        key = f"dm:{said.channel}:{said.ts}:{said.edited_ts or 'new'}"
        scene.answer(said.author or "", key, members_view.not_a_conversation())
        return
    text = _as_typed(tx, said)
    note = tx.questions.note(
        member=member.id,
        channel=said.channel,
        ts=said.ts,
        question=question.id,
        text=text,
        said_at=ctx.said_at(said.ts),
    )
    if note is not None:
        scene.tell(member, f"note:{note}", view.note_card(question, note, text))


def edited(ctx: Context, tx: Transaction, said: Said) -> None:
    """A member changes what they wrote, before they have chosen."""
    note = tx.questions.note_at(said.channel, said.ts)
    if note is None:
        if said.edited_ts:  # hidden at first, perhaps, and mended now
            heard(ctx, tx, said)
        return
    if note.settled_at is not None:
        return
    scene = ctx.scene(tx)
    if said.hidden:
        _forget(ctx, tx, note.id)
        hidden.tell(scene, said)
        body = view.note_settled(view.HIDDEN_NOTE)
    else:
        text = _as_typed(tx, said)
        tx.questions.rewrite_note(note.id, text)
        question = tx.questions.get(note.question)
        if question is None:
            return
        body = view.note_card(question, note.id, text)
    scene.change(f"note:{note.id}", body, to=said.author or "")


def deleted(ctx: Context, tx: Transaction, said: Said) -> None:
    """A member deletes what they wrote, before they have chosen."""
    note = tx.questions.note_at(said.channel, said.ts)
    if note is None or note.settled_at is not None:
        return
    _forget(ctx, tx, note.id)
    member = tx.members.get(note.member)
    if member is not None and member.slack:
        body = view.note_settled(view.DELETED)
        ctx.scene(tx).change(f"note:{note.id}", body, to=member.slack)


def settle(
    ctx: Context,
    *,
    user: str,
    note: int,
    post: bool,
    named: bool = True,
    text: str | None = None,
    sure: bool = False,
) -> None:
    """Do with what a member wrote to the bot what they chose: post it, or nothing.

    *text*: their words as they changed them in the form that asked whether a patient
    is described.

    Raises:
        NotAllowed: it is somebody else's.
        NotFound: they have chosen before, or deleted it.
        PatientDataFound, PatientDataPossible: it stays private until they have said.
    """
    with ctx.begin() as tx:
        scene = ctx.scene(tx)
        member, question, written = _their_note(tx, user, note)
        if post:
            words = _short_enough(text or written)
            doubts = admit(words, field="answer", sure=sure)
            ctx.note_sure(tx, member, f"question:{question.id}", doubts)
            source = f"note:{note}"
            replies.post(
                scene,
                member,
                question,
                words,
                source=source,
                named=named,
                by=Source.DM,
            )
        _forget(ctx, tx, note)
        chosen = view.POSTED if post and named else view.NAMELESS if post else view.KEPT
        scene.change(f"note:{note}", view.note_settled(chosen), to=user)


def form(
    ctx: Context, *, user: str, note: int, named: bool, draft: str = "", doubt: str = ""
) -> dict[str, object]:
    """The form that asks whether a patient is described, before a note is posted."""
    with ctx.begin.read() as tx:
        _, question, written = _their_note(tx, user, note)
    about = f"{question.id}:{note}:{int(named)}"
    return forms.answer_form(
        question, draft=draft or written, doubt=doubt, about_=about
    )


def _short_enough(text: str) -> str:
    """Slack shows no more in one message, and nothing of an answer may be cut off."""
    if len(text) > LONGEST:
        raise CommunityError(
            f"That is {len(text):,} characters, and one message holds {LONGEST:,}. "
            "Please reply in the question’s thread yourself, or shorten it. Nothing "
            "was posted."
        )
    return text


def _as_typed(tx: Transaction, said: Said) -> str:
    """What was written, as its author sees it: Slack's marks in words."""

    def name_of(user: str) -> str:
        member = tx.members.by_slack(user)
        return member.name if member else a_colleague(user)

    return spoken(said.text, name_of).strip()


def _forget(ctx: Context, tx: Transaction, note: int) -> None:
    """Its words are kept nowhere: not in the note, nor in the card that showed them."""
    tx.questions.settle_note(note, at=ctx.now())
    tx.outbox.blank(f"note:{note}")


def _their_note(tx: Transaction, user: str, note: int) -> tuple[Member, Question, str]:
    member = asking(tx, user)
    found = tx.questions.read_note(note)
    if found is None or found.settled_at is not None:
        raise NotFound("You have chosen already, so nothing was changed.")
    if found.member != member.id:
        raise NotAllowed("Somebody else wrote that.")
    question = tx.questions.get(found.question)
    if question is None:
        raise NotFound("That question could not be found.")
    return member, question, found.text


def _asked_of(tx: Transaction, member: Member) -> Question | None:
    """What *member* was asked last and may still answer."""
    for invitation in reversed(tx.invitations.of_member(member.id)):
        question = tx.questions.get(invitation.question)
        waits = invitation.invited_at is not None and invitation.declined_at is None
        if question is not None and question.open and waits:
            return question
    return None
