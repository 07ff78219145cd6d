"""``convenor reply``: what members answered by e-mail, added by an operator."""

from pathlib import Path
from typing import Annotated
from uuid import uuid4

import typer

from bot.cli.opening import opened, operator
from bot.cli.terminal import Refused, counted, say, show
from bot.domain.elsewhere import Received
from bot.domain.errors import PatientDataPossible
from bot.domain.members import Member
from bot.domain.questions import Question
from bot.domain.threads import Via
from bot.gateways.eml import Emailed, NotRead, read_eml
from bot.usecases import elsewhere
from bot.usecases.context import Context
from bot.views.mrkdwn import shorten
from bot.views.questions import day_and_time, signature

LISTED = 20  #: questions shown
LARGEST = 2**31 - 1  #: what every database takes as a number of ours
TITLE = 60  #: characters of a question

commands = typer.Typer(
    help="Add replies that members sent by e-mail.",
    epilog="Example: convenor reply add --question 12 --file reply.eml",
    no_args_is_help=True,
)


@commands.command("add", epilog="Example: convenor reply add -q 12 --file reply.eml")
def add(
    *,
    file: Annotated[
        Path, typer.Option("--file", help="The e-mail, saved as a file (.eml).")
    ],
    question: Annotated[
        int,
        typer.Option("--question", "-q", max=LARGEST, help="The question's number."),
    ] = 0,
    sender: Annotated[
        str,
        typer.Option("--from", metavar="ADDRESS", help="Whose reply it is."),
    ] = "",
    without_name: Annotated[
        bool, typer.Option("--without-name", help="Leave their name off.")
    ] = False,
    whole: Annotated[
        bool, typer.Option("--whole", help="Post all of it, what it answers too.")
    ] = False,
    sure: Annotated[
        bool, typer.Option("--sure", help="No patient is described in it.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask first.")] = False,
) -> None:
    """Add a reply that a member sent by e-mail to its question's thread.

    It is posted as from its author, who is known by the address it came from. You see
    what is posted, and are asked, before anything is.
    """
    with opened() as ctx:
        asked = _question(ctx, question)
        letter = _letter(file)
        author = _author(ctx, sender, letter)
        received = Received(
            question=asked.id,
            author=author.id,
            via=Via.EMAIL,
            text=letter.body if whole else letter.text,
            said_at=letter.sent_at,
            named=not without_name,
            original=letter.original,
            around=letter.whole,
        )
        _check(received, sure=sure)
        _preview(ctx, asked, author, letter, received)
        if not yes and not typer.confirm("Post this?"):
            raise Refused("Nothing was added.")
        added = elsewhere.add_as_operator(
            ctx, actor=operator(), received=received, source=uuid4().hex, sure=sure
        )
    say(added.told)
    say(f"If that was a mistake: convenor reply take-back {added.reply}")


@commands.command("take-back", epilog="Example: convenor reply take-back 31")
def take_back(
    reply: Annotated[
        int,
        typer.Argument(
            metavar="REPLY", max=LARGEST, help="Its number, which add printed."
        ),
    ],
) -> None:
    """Take down a reply that was added by mistake. Its words are not kept."""
    with opened() as ctx:
        told = elsewhere.take_back_as_operator(ctx, actor=operator(), reply=reply)
    say(told)


@commands.command("questions", epilog="Example: convenor reply questions")
def questions() -> None:
    """List the latest questions with their numbers, newest first."""
    with opened() as ctx:
        _list(ctx)


def _question(ctx: Context, question: int) -> Question:
    if not question:
        _list(ctx)
        raise Refused("To which question? Say its number: --question 12")
    return elsewhere.question_of(ctx, question)


def _list(ctx: Context) -> None:
    found = elsewhere.latest(ctx, most=LISTED)
    show(
        ("Number", "Asked", "", "Question"),
        [
            (
                str(one.id),
                day_and_time(ctx.community, one.asked_at),
                "open" if one.open else "closed",
                shorten(" ".join(one.text.split()), TITLE),
            )
            for one in found
        ],
    )
    if not found:
        say("Nothing has been asked yet.")


def _letter(file: Path) -> Emailed:
    try:
        return read_eml(file)
    except NotRead as error:
        raise Refused(f"Nothing was added. {error}") from None


def _author(ctx: Context, sender: str, letter: Emailed) -> Member:
    address = sender or letter.sender
    if not address:
        raise Refused(
            "The e-mail does not say from whom it is. Say whose reply it is: "
            "--from, with their address."
        )
    return elsewhere.author_by(ctx, address)


def _check(received: Received, *, sure: bool) -> None:
    """Refuse before anything is printed: a terminal keeps what it shows."""
    if not received.text:
        raise Refused(
            "There are no words in this e-mail but those it answers. If there are, "
            "post all of it: --whole"
        )
    try:
        elsewhere.admitted(received, sure=sure)
    except PatientDataPossible as doubt:
        seen = ", ".join(sorted(doubt.kinds))
        raise Refused(
            f"This might describe a patient ({seen}). Nothing was added. Read it, and "
            "if no patient is described, say so: --sure"
        ) from None


def _preview(
    ctx: Context, asked: Question, author: Member, letter: Emailed, received: Received
) -> None:
    """Print what would be posted, and what would not."""
    who = signature(author) if received.named else "a member"
    title = shorten(" ".join(asked.text.split()), TITLE)
    sent = day_and_time(ctx.community, letter.sent_at) if letter.sent_at else "no date"
    say(f"Question {asked.id}: {title}")
    say(f"From {who} by e-mail ({sent}):")
    say("")
    for line in received.text.splitlines():
        say(f"  {line}")
    say("")
    for told in _left_out(letter, received):
        say(told)


def _left_out(letter: Emailed, received: Received) -> list[str]:
    """What of the e-mail is not posted, in sentences."""
    lines = sum(bool(line.strip()) for line in letter.rest.splitlines()[1:])
    found = []
    if lines and received.text == letter.text:
        found.append(
            f"Not posted: {counted(lines, 'line')} beneath (--whole posts all)."
        )
    if letter.attachments:
        found.append(f"Not kept: {counted(letter.attachments, 'file')} sent with it.")
    if letter.passed_on_by:
        found.append(f"It was passed on by {letter.passed_on_by}.")
    return found
