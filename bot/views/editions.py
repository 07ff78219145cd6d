"""The monthly update in Slack: the coordinators' desk."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain.editions import EditionState
from bot.views import blocks
from bot.views.blocks import Block, Button
from bot.views.forms import no_patient
from bot.views.mrkdwn import counted, escape, link, plain

DESK_FORM, NOTE_FORM, DROP_FORM = "edition_desk", "edition_words", "edition_drop_it"
NOTE_LIMIT = 2500  #: characters
ITEMS_A_PAGE = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionItem:
    """One thing in the update."""

    key: str  #: "digest:7"
    kind: str  #: "Digest"
    title: str
    about: str  #: plain text
    out: bool = False  #: a coordinator has left it out


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionDesk:
    """An edition as coordinators see it."""

    edition: int
    version: int
    stamp: str  #: of what would be sent
    month: str  #: "October 2026"
    written: str  #: "2026-10"
    state: EditionState
    items: Sequence[EditionItem]
    note: str
    note_by: str
    leaves: str  #: when it leaves, or would if it were approved now
    members: int  #: who would get it
    partners: int
    progress: str  #: how far it has got, once it is on its way
    address: str | None  #: where it can be read in a browser
    mail: bool  #: letters can be sent

    @property
    def empty(self) -> bool:
        """Whether nothing would be told but perhaps the note."""
        return all(one.out for one in self.items)


def desk(shown: EditionDesk, page: int = 0) -> Block:
    """The update to read; *Approve* only while it is a draft with something in it."""
    pages = max(1, -(-len(shown.items) // ITEMS_A_PAGE))
    page = min(max(page, 0), pages - 1)
    here = shown.items[page * ITEMS_A_PAGE :][:ITEMS_A_PAGE]
    parts = [
        blocks.text(_STANDING[shown.state](shown)),
        blocks.text(_where(shown)),
        *_acts(shown),
        *_note(shown),
        *(part for one in here for part in _item(shown, one, page)),
    ]
    if pages > 1:
        parts += _turn(shown, page, pages)
    may_leave = shown.state is EditionState.DRAFT and (not shown.empty or shown.note)
    return blocks.form(
        DESK_FORM,
        "The monthly update",
        parts,
        submit="Approve" if may_leave else None,
        close="Close",
        about=f"{shown.edition}:{shown.version}:{page}:{shown.stamp}",
    )


def note_form(shown: EditionDesk, *, doubt: str = "") -> Block:
    """Write a note that stands at the top, marked as the coordinator's."""
    fields = [
        blocks.typed(
            "note",
            "Your note",
            initial=shown.note,
            lines=True,
            optional=True,
            most=NOTE_LIMIT,
            hint="Stands at the top, under your name. Leave it empty for none.",
        ),
        *no_patient(doubt),
    ]
    return _instead(NOTE_FORM, "Your note", fields, shown, submit="Save")


def typed(shown: EditionDesk, *, note: str, version: int) -> EditionDesk:
    """*shown* with what a coordinator has typed, seen as of *version*."""
    return replace(shown, note=note, version=version)


def drop_form(shown: EditionDesk) -> Block:
    """Make sure that no update is meant to be sent this month."""
    told = (
        f"Send no update for {escape(shown.month)}? Nobody gets one. You can take it "
        "up again later."
    )
    return _instead(
        DROP_FORM, "Not this month", [blocks.text(told)], shown, submit="Do not send"
    )


def _draft(shown: EditionDesk) -> str:
    readers = _readers(shown)
    if shown.empty and not shown.note:
        return (
            f"*Update for {shown.month}: there is nothing in it.* No digest was "
            "published and no question waits for help, so it may be best not to send "
            "one. Write a note if you would like to send it all the same."
        )
    return (
        f"*Update for {shown.month}.* Read it, change what you wish, and approve it. "
        f"If you approve it now, it leaves {shown.leaves} for {readers}; until then it "
        "can be taken back."
    )


def _held(shown: EditionDesk) -> str:
    waits = "" if shown.mail else " E-mail is not set up yet, so it waits for that too."
    return (
        f"*Update for {shown.month}: approved.* It leaves {shown.leaves} for "
        f"{_readers(shown)}; until then it can be taken back.{waits}"
    )


def _sending(shown: EditionDesk) -> str:
    return f"*Update for {shown.month}: on its way.* {shown.progress}"


def _sent(shown: EditionDesk) -> str:
    return f"*Update for {shown.month}: sent.* {shown.progress}"


def _dropped(shown: EditionDesk) -> str:
    return f"*Update for {shown.month}: not sent this month.*"


_STANDING: Mapping[EditionState, Callable[[EditionDesk], str]] = {
    EditionState.DRAFT: _draft,
    EditionState.HELD: _held,
    EditionState.SENDING: _sending,
    EditionState.SENT: _sent,
    EditionState.DROPPED: _dropped,
}


def _readers(shown: EditionDesk) -> str:
    members = counted(shown.members, "member")
    if not shown.partners:
        return members
    return f"{members} and {counted(shown.partners, 'partner')} (without names)"


def _where(shown: EditionDesk) -> str:
    if shown.address:
        return f"{link(shown.address, 'Read it in your browser')}, as members will."
    return (
        "To read it as members will, type on the bot’s machine: `convenor edition "
        f"preview --month {shown.written} --out DIR`, or ask whoever looks after it."
    )


def _acts(shown: EditionDesk) -> Iterator[Block]:
    value = str(shown.edition)
    note = Button(label="Write a note", action="edition_note", value=value)
    drop = Button(label="Not this month…", action="edition_drop", value=value)
    once = f"{value}:{shown.version}"
    back = Button(
        label="Take back", action="edition_take_back", value=once, style="danger"
    )
    again = Button(label="Take it up again", action="edition_resume", value=once)
    row = {
        EditionState.DRAFT: [note, drop],
        EditionState.HELD: [back],
        EditionState.DROPPED: [again],
    }.get(shown.state)
    if row:
        yield blocks.buttons(*row)


def _note(shown: EditionDesk) -> Iterator[Block]:
    if shown.note:
        by = f", from {escape(shown.note_by)}" if shown.note_by else ""
        yield blocks.text(f"*The coordinator’s note{by}*\n{plain(shown.note, 2800)}")


def _item(shown: EditionDesk, one: EditionItem, page: int) -> Iterator[Block]:
    title = plain(one.title, 600)
    words = f"~{title}~ (left out)" if one.out else title
    yield blocks.text(f"*{one.kind}:* {words}", _choice(shown, one, page))
    if one.about and not one.out:
        yield blocks.small(plain(one.about, 500))


def _choice(shown: EditionDesk, one: EditionItem, page: int) -> Block | None:
    if shown.state is not EditionState.DRAFT:
        return None
    label, action = (
        ("Put back", "edition_item_in")
        if one.out
        else ("Leave out", "edition_item_out")
    )
    about = f"{shown.edition}:{shown.version}:{page}:{one.key}"
    return blocks.button(Button(label=label, action=action, value=about))


def _turn(shown: EditionDesk, page: int, pages: int) -> Iterator[Block]:
    yield blocks.small(f"Page {page + 1} of {pages}")
    row = []
    if page:
        value = f"{shown.edition}:{page - 1}"
        row.append(Button(label="Page before", action="edition_page", value=value))
    if page + 1 < pages:
        value = f"{shown.edition}:{page + 1}"
        row.append(Button(label="Next page", action="edition_page:next", value=value))
    yield blocks.buttons(*row)


def _instead(
    callback: str,
    title: str,
    fields: Sequence[Block],
    shown: EditionDesk,
    *,
    submit: str,
) -> Block:
    """A form that stands in the place of the desk, with a way back to it."""
    back = Button(
        label="Back to the update", action="open_edition", value=str(shown.edition)
    )
    return blocks.form(
        callback,
        title,
        [blocks.buttons(back), *fields],
        submit=submit,
        about=f"{shown.edition}:{shown.version}:0:",
    )
