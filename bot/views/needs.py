"""How items of *Needs you* read."""

from dataclasses import dataclass

from bot.domain.queue import Item, Need
from bot.views import blocks
from bot.views.blocks import Button
from bot.views.home import NeedShown
from bot.views.mrkdwn import counted, escape, link, plain
from bot.views.notices import Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What an item is about, as far as it can be told."""

    title: str = ""
    link: str | None = None
    replies: int = 0
    people: int = 0
    leaves: str = ""  #: when what is approved leaves, while it can be taken back
    told: str = ""  #: how it stands, in our own words


_WORDS = {
    Need.NOBODY: (
        "*Nobody has answered yet.* {title}\n{why}Ask more colleagues, or close it?"
    ),
    Need.OFFER: "*Ready to collate?* {title}\n{heard}.",
    Need.DIGEST: "*A draft digest to read.* {title}",
    Need.PAUSED: (
        "*{title} has not answered the last two questions*, so I have stopped asking "
        "for now. A word from you may help."
    ),
    Need.PARKED: "*Something could not be sent.* {why}",
    Need.SUGGESTED: "*A colleague was suggested*: {someone}. {title}",
    Need.HIDDEN: (
        "*I hid something that might identify a patient*{where}. {told} "
        "What it said is not kept."
    ),
    Need.LETTERS: (
        "*Letters are waiting*, because e-mail is not set up yet. Members who chose "
        "e-mail have not heard from me."
    ),
    Need.LATE: "*News after a digest.* {title}\n{why}",
    Need.CALL: "*A date for {title}:* {told_so}\n{why}",
    Need.EDITION: "*The update for {title} is ready to read.* {why}",
    Need.DOUBT: "*Some letters of the update for {title} wait for you.* {told_so}",
}

_TOLD = "I am telling its author privately how to delete it."
_NOT_TOLD = "It came from another app, so nobody has been told: please delete it."

#: What is approved and held: how it reads, and what can be done.
_HELD = {
    Need.DIGEST: (
        "*Approved.* {title}\nIt is posted {leaves}; until then it can be taken back."
    ),
    Need.EDITION: (
        "*The update for {title} is approved.* It leaves {leaves}; until then it can "
        "be taken back."
    ),
}
_HELD_BUTTONS = {
    Need.DIGEST: (("Take back", "digest_take_back"), ("Open the draft", "open_digest")),
    Need.EDITION: (
        ("Take back", "edition_take_back"),
        ("Open the update", "open_edition"),
    ),
}

_BUTTONS = {
    Need.NOBODY: (
        ("Ask more colleagues", "widen"),
        ("Close question", "close_question"),
        ("Add a reply", "add_reply"),
    ),
    Need.OFFER: (("Collate", "collate_question"),),
    Need.DIGEST: (("Open the draft", "open_digest"),),
    Need.PAUSED: (("Ask again", "resume_asks"),),
    Need.PARKED: (("Try again", "replay"),),
    Need.SUGGESTED: (),
    Need.HIDDEN: (),
    Need.LETTERS: (),
    Need.LATE: (),
    Need.CALL: (
        ("Confirm", "call_confirm_open"),
        ("Choose another time", "call_confirm_open:other"),
        ("Not this quarter", "call_drop_open"),
    ),
    Need.EDITION: (("Open the update", "open_edition"),),
    Need.DOUBT: (("Look at them", "open_doubts"),),
}

#: Items that go when what they are about is done; the others have a Done button.
_SETTLED_BY_ACT = frozenset(
    {Need.NOBODY, Need.DIGEST, Need.EDITION, Need.DOUBT, Need.CALL}
)


def words(item: Item, subject: Subject) -> str:
    """What is needed, in a sentence or two of escaped mrkdwn."""
    title = plain(subject.title, 300)
    if subject.link and title:
        title = f"{title} ({link(subject.link, 'see the thread')})"
    people = counted(subject.people, "person", "people")
    where = item.details.get("channel")
    template = (_HELD if subject.leaves else _WORDS)[item.need]
    return template.format(
        leaves=subject.leaves,
        title=title,
        heard=f"{counted(subject.replies, 'reply', 'replies')} from {people}",
        someone=escape(str(item.details.get("someone", ""))),
        why=_why(item),
        told_so=escape(subject.told),
        told=_TOLD if item.details.get("told") else _NOT_TOLD,
        where=f" in <#{where}>" if where else "",
    )


def _why(item: Item) -> str:
    why = escape(str(item.details.get("why", "")))
    return f"{why} " if why else ""


def buttons(item: Item, subject: Subject) -> tuple[Button, ...]:
    """What can be done about it."""
    about = item.subject if item.subject is not None else item.id
    row = [
        Button(label=label, action=action, value=str(about))
        for label, action in _acts(item, subject)
    ]
    if item.need is Need.PAUSED:
        member = str(item.details.get("member", ""))
        row = [Button(label="Ask again", action="resume_asks", value=member)]
    if item.need is Need.PARKED:
        key = str(item.details.get("key", ""))
        row = [Button(label="Try again", action="replay", value=key)]
    if not row or item.need not in _SETTLED_BY_ACT:
        row.append(Button(label="Done", action="need_done", value=str(item.id)))
    return tuple(row)


def _acts(item: Item, subject: Subject) -> tuple[tuple[str, str], ...]:
    if item.need is Need.CALL and item.subject is None:
        return ()  # by the rule there is no date to confirm
    return (_HELD_BUTTONS if subject.leaves else _BUTTONS)[item.need]


def part(need: NeedShown, *, done: bool) -> Part:
    """An item as a part of a message to its owner."""
    shown = [blocks.text(need.words)]
    if done:
        shown.append(blocks.small("Done. Thank you."))
    elif need.buttons:
        shown.append(blocks.buttons(*need.buttons))
    return Part(summary="Something in the community needs you", blocks=shown)
