"""The form in which a coordinator adds a reply: what it offers."""

from collections.abc import Sequence

from bot.domain.errors import NotFound
from bot.domain.lifecycle import InvitationState
from bot.domain.members import Member, MemberId
from bot.domain.questions import QuestionId
from bot.store import Transaction
from bot.usecases.context import Context, coordinating
from bot.views import elsewhere as view

MOST_QUESTIONS = 100  #: to choose from: what Slack's list takes
MOST_LISTED = 100  #: members; where there are more, a list asks for a name
MOST_FOUND = 50  #: members offered for a typed name


def form(
    ctx: Context, *, user: str, draft: view.Draft | None = None, doubt: str = ""
) -> dict[str, object]:
    """The form to add a reply with, as far as *draft* has filled it.

    Raises:
        NotAllowed: they do not coordinate.
        NotFound: nothing was ever asked.
    """
    draft = draft or view.Draft()
    with ctx.begin.read() as tx:
        coordinating(tx, user)
        questions = tx.questions.latest(most=MOST_QUESTIONS)
        if not questions:
            raise NotFound(view.NO_QUESTION)
        everyone = tx.members.matching("", most=MOST_LISTED + 1)
        few = len(everyone) <= MOST_LISTED
        chosen = tx.members.get(MemberId(draft.author)) if draft.author else None
        return view.reply_form(
            [(one, tx.members.get(one.asker)) for one in questions],
            _waited_for_first(tx, everyone, draft.question) if few else None,
            draft,
            author=chosen,
            doubt=doubt,
        )


def people(
    ctx: Context, *, user: str, typed: str, question: int
) -> Sequence[tuple[str, str]]:
    """Members whose name has *typed* in it, as (words, id): those waited for first.

    Raises:
        NotAllowed: they do not coordinate.
    """
    with ctx.begin.read() as tx:
        coordinating(tx, user)
        found = tx.members.matching(typed.strip(), most=MOST_FOUND)
        listed = _waited_for_first(tx, found, question)
    return [(words, member) for member, words in view.listed(listed)]


def _waited_for_first(
    tx: Transaction, members: Sequence[Member], question: int
) -> list[tuple[Member, bool]]:
    """*members* with whether an answer is waited for from them: those come first."""
    asked = tx.invitations.of_question(QuestionId(question)) if question else ()
    if not question:
        lately = tx.questions.latest(most=MOST_QUESTIONS)
        of_each = tx.invitations.of_questions([one.id for one in lately if one.open])
        asked = tuple(one for some in of_each.values() for one in some)
    waited = {
        one.member for one in asked if one.open or one.state is InvitationState.EXPIRED
    }
    marked = [(one, one.id in waited) for one in members]
    return sorted(marked, key=lambda pair: not pair[1])
