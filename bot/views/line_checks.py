"""How a line looks to its author before anyone else sees it."""

from datetime import datetime

from bot.domain.community import Community
from bot.domain.digests import Digest, Line
from bot.domain.times import words
from bot.views import blocks
from bot.views.blocks import Block, Button
from bot.views.forms import no_patient
from bot.views.mrkdwn import link, plain, quote
from bot.views.notices import Part
from bot.views.spoken import spoken

LINE_FORM = "line_form"
WORDS_LIMIT = 2500  #: characters of a line that its author words anew


def check(
    community: Community,
    digest: Digest,
    line: Line,
    *,
    asked: bool = True,
    address: str | None = None,
) -> Part:
    """A line, for its author to see before anyone else does.

    *asked*: the thread was asked through the bot, so that silence permits.
    """
    head = "*A digest is being made of a thread you replied in.* This is your line:"
    parts = [
        blocks.small(plain(digest.title, 300)),
        blocks.text(head),
        blocks.text(quote(spoken(line.text))),
        blocks.small(standing(community, digest, line, asked=asked), _see(address)),
    ]
    row = _choices(digest, line)
    if row:
        parts.append(blocks.buttons(*row))
    return Part(summary="Your line in a digest", blocks=parts)


def _see(address: str | None) -> str:
    return link(address, "what you wrote") if address else ""


def standing(community: Community, digest: Digest, line: Line, *, asked: bool) -> str:
    """What has become of the line, or what will if its author says nothing.

    In plain words that are safe anywhere.
    """
    if line.removed_at is not None:
        return "This line is not in the digest any more. Nothing is needed."
    if digest.dropped_at is not None:
        return "This digest was put aside. Nothing is needed."
    name = "" if line.named else " Your name is left off."
    return f"{_quoted(community, digest, line, asked=asked)}{name}"


def _quoted(community: Community, digest: Digest, line: Line, *, asked: bool) -> str:
    if digest.published_at is not None:
        return "The digest has been published."
    if line.agreed_at is not None:
        how = "in your new words" if line.changed else "as it is"
        return f"Thank you: you are quoted {how}."
    return _unless(community, digest.check_ends_at, asked=asked)


def _unless(community: Community, ends: datetime, *, asked: bool) -> str:
    until = words(ends, community.almanac.zone)
    if asked:
        return f"If I hear nothing by {until}, members see it as it is."
    return f"You are quoted only if you say OK by {until}."


def _choices(digest: Digest, line: Line) -> tuple[Button, ...]:
    if line.removed_at is not None or digest.dropped_at is not None:
        return ()
    value = str(line.id)
    ok = Button(label="OK", action="line_ok", value=value, style="primary")
    change = Button(label="Change it", action="line_change", value=value)
    nameless = Button(label="Leave my name off", action="line_nameless", value=value)
    out = Button(label="Leave me out", action="line_out", value=value)
    row = [] if digest.published_at else [change]
    if digest.published_at is None and line.agreed_at is None:
        row.insert(0, ok)
    return (*row, *([nameless] if line.named else []), out)


def line_form(line: Line, *, draft: str = "", doubt: str = "") -> Block:
    """The form in which an author words their own line anew."""
    fields = [
        blocks.text(
            "Your own words take the place of the line. They are checked once."
        ),
        blocks.typed(
            "words",
            "Your line",
            initial=draft or spoken(line.text),
            lines=True,
            most=WORDS_LIMIT,
            hint="Shown in the digest as words you gave later",
        ),
        *no_patient(doubt),
    ]
    return blocks.form(
        LINE_FORM, "Change your line", fields, submit="Save", about=str(line.id)
    )
