"""What members write to the bot itself: private until they choose otherwise."""

from bot.domain.errors import NotAllowed, NotFound
from bot.domain.members import Member
from bot.domain.questions import Question
from bot.domain.threads import Said, Source
from bot.owing import hidden, replies
from bot.store import Transaction
from bot.usecases.context import Context, asking
from bot.views import members as members_view
from bot.views import threads as view


def heard(ctx: Context, tx: Transaction, said: Said) -> None:
    """A member writes to the bot: nothing is posted without a tap that says so."""
    if said.key_hash or said.bot or said.author == ctx.places.bot_user:
        return  # our own words
    scene = ctx.scene(tx)
    if said.hidden:
        hidden.tell(scene, said)
        return
    member = tx.members.by_slack(said.author) if said.author else None
    if member is None:
        return
    question = _asked_of(tx, member)
    if question is None or not said.text.strip():
        body = members_view.not_a_conversation()
        scene.tell(member, f"dm:{said.channel}:{said.ts}", body)
        return
    note = tx.questions.note(
        member=member.id,
        channel=said.channel,
        ts=said.ts,
        question=question.id,
        text=said.text,
        said_at=ctx.said_at(said.ts),
    )
    if note is not None:
        scene.tell(member, f"note:{note}", view.note_card(question, note, said.text))


def edited(ctx: Context, tx: Transaction, said: Said) -> None:
    """A member changes what they wrote, before they have chosen."""
    note = tx.questions.note_at(said.channel, said.ts)
    if note is None or note.settled_at is not None:
        return
    scene = ctx.scene(tx)
    if said.hidden:
        tx.questions.settle_note(note.id, at=ctx.now())
        hidden.tell(scene, said)
        body = view.note_settled(view.HIDDEN_NOTE)
    else:
        tx.questions.rewrite_note(note.id, said.text)
        question = tx.questions.get(note.question)
        if question is None:
            return
        body = view.note_card(question, note.id, said.text)
    scene.change(f"note:{note.id}", body, to=said.author or "")


def deleted(ctx: Context, tx: Transaction, said: Said) -> None:
    """A member deletes what they wrote, before they have chosen."""
    note = tx.questions.note_at(said.channel, said.ts)
    if note is None or note.settled_at is not None:
        return
    tx.questions.settle_note(note.id, at=ctx.now())
    member = tx.members.get(note.member)
    if member is not None and member.slack:
        body = view.note_settled(view.DELETED)
        ctx.scene(tx).change(f"note:{note.id}", body, to=member.slack)


def settle(
    ctx: Context, *, user: str, note: int, post: bool, named: bool = True
) -> None:
    """Do with what a member wrote to the bot what they chose: post it, or nothing.

    Raises:
        NotAllowed: it is somebody else's.
        NotFound: they have chosen before, or deleted it.
    """
    with ctx.begin() as tx:
        scene = ctx.scene(tx)
        member, question, text = _their_note(tx, user, note)
        if post:
            replies.post(
                scene,
                member,
                question,
                text,
                source=f"note:{note}",
                named=named,
                by=Source.DM,
            )
        tx.questions.settle_note(note, at=ctx.now())
        chosen = view.POSTED if post and named else view.NAMELESS if post else view.KEPT
        scene.change(f"note:{note}", view.note_settled(chosen), to=user)


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
