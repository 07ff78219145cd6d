"""The data-flow sheet: one page on what is kept, where, how long, and who sees it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from textwrap import wrap

from bot.domain.retention import Retention

WIDTH = 79  #: columns of the page

#: What each class of [retention] is called where people read of it.
RETAINED: Mapping[str, str] = {
    "overheard": "Replies in threads nobody tracks",
    "sent": "Words of messages that have gone",
    "originals": "E-mails that replies came in",
    "answers": "Who comes to a call, after it",
    "mailed": "Who was sent which update",
    "asked": "Who was asked, and what they did",
    "audit": "What coordinators and operators did",
}
ARCHIVE = "until its author is erased"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One class of what is kept, and the tables it is in."""

    what: str
    holds: str
    seen_by: str
    how_long: str  #: a class of [retention] in braces, or a sentence
    tables: Sequence[str]


#: Every table of the schema is in one of these.
CLASSES: Sequence[Kept] = (
    Kept(
        what="Members",
        holds="name, e-mail, Slack id, region, role, interests, times",
        seen_by="coordinators; name and region: members",
        how_long="until they are erased",
        tables=("member", "newcomer"),
    ),
    Kept(
        what="Questions and replies",
        holds="their words; a patient is blanked before it is kept",
        seen_by="members",
        how_long=f"{ARCHIVE}; {{overheard}} in threads nobody tracks",
        tables=("question", "thread", "reply"),
    ),
    Kept(
        what="E-mails received elsewhere",
        holds="the original of a reply that a coordinator added",
        seen_by="coordinators",
        how_long="{originals}",
        tables=("original",),
    ),
    Kept(
        what="Asks and contacts",
        holds="who was asked, and answered or not; notes to the bot",
        seen_by="coordinators alone; a note: nobody before it is posted",
        how_long="{asked}; a note's words until it is posted or dropped",
        tables=("invitation", "notice", "bundle", "dm_note", "queue_item"),
    ),
    Kept(
        what="Digests and their ledger",
        holds="quoted lines, and where every reply went",
        seen_by="members; the ledger: coordinators",
        how_long=ARCHIVE,
        tables=("digest", "digest_line", "ledger", "digest_request"),
    ),
    Kept(
        what="Monthly updates",
        holds="each as it was sent; to which addresses",
        seen_by="whoever gets it; the addresses: operators",
        how_long="the archive; its addresses {mailed}",
        tables=("edition", "recipient", "wording"),
    ),
    Kept(
        what="Unsubscribed",
        holds="addresses that want no monthly update",
        seen_by="operators",
        how_long="until they want it again, or are erased",
        tables=("suppression",),
    ),
    Kept(
        what="Calls",
        holds="dates and agendas; who said they would come",
        seen_by="members; who comes: coordinators",
        how_long="the archive; who comes, {answers} after the call",
        tables=("call", "call_version", "rsvp"),
    ),
    Kept(
        what="Messages sent",
        holds="words and receiver of each; afterwards only that it went",
        seen_by="operators",
        how_long="the words {sent}",
        tables=("outbox",),
    ),
    Kept(
        what="Events from Slack",
        holds="what came in; its words go once it is handled",
        seen_by="operators",
        how_long="{inbox}",
        tables=("inbox",),
    ),
    Kept(
        what="Audit trail",
        holds="who did what and when, by ids, without words",
        seen_by="operators",
        how_long="{audit}",
        tables=("audit",),
    ),
    Kept(
        what="The machine's own notes",
        holds="how far channels are read; nothing of people",
        seen_by="operators",
        how_long="as long as the database",
        tables=("cursor", "job_run", "pace"),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """What the running settings say; never a secret, a user or a password."""

    community: str
    database: str  #: the file, or host and database
    retention: Retention
    inbox: timedelta
    slack: str  #: the host
    mail: str | None  #: host, port and encryption; None: letters wait
    mail_from: str | None
    public: str | None
    health: str | None
    partners: int
    secrets: Sequence[str]  #: names of the variables that are set


def days(kept: timedelta) -> str:
    """How long, as people count: in days, or in years where it comes out even."""
    if kept.days >= 2 * 365 and not kept.days % 365:
        return f"{kept.days // 365} years"
    return "1 day" if kept.days == 1 else f"{kept.days} days"


def sheet(flow: Flow) -> str:
    """The page, as plain text of at most 79 columns."""
    lines = [f"Data flow of {flow.community}", "", f"Kept in {flow.database}", ""]
    for one in CLASSES:
        lines += _lines(f"{one.what}: {one.holds}.", "  ")
        lines += _lines(f"How long: {_how_long(flow, one)}.", "    ")
        lines += _lines(f"Who sees it: {one.seen_by}.", "    ")
    for title, said in _sections(flow):
        lines += ["", title]
        for sentence in said:
            lines += _lines(sentence, "  ")
    return "\n".join(lines)


def markdown(flow: Flow) -> str:
    """The same page for a document: a table, and a list under each heading."""
    lines = [f"# Data flow of {flow.community}", "", f"Kept in {flow.database}.", ""]
    lines += ["| what | holds | kept | seen by |", "|---|---|---|---|"]
    lines += [
        f"| {one.what} | {one.holds} | {_how_long(flow, one)} | {one.seen_by} |"
        for one in CLASSES
    ]
    for title, said in _sections(flow):
        lines += ["", f"## {title}", "", *(f"- {sentence}" for sentence in said)]
    return "\n".join(lines)


def _how_long(flow: Flow, kept: Kept) -> str:
    figures = {name: days(getattr(flow.retention, name)) for name in RETAINED}
    return kept.how_long.format(inbox=days(flow.inbox), **figures)


def _sections(flow: Flow) -> Iterator[tuple[str, Sequence[str]]]:
    yield "What leaves this machine", tuple(_leaves(flow))
    yield (
        "Logs",
        ("Ids, counts and times; no words, names, addresses or secrets.",),
    )
    named = ", ".join(flow.secrets) or "none"
    yield "Secrets", (f"Set, and shown nowhere: {named}.",)
    yield (
        "What people can ask for",
        (
            "A copy of all that is kept of them: convenor export",
            "To be forgotten: convenor erase, which says what it could not reach",
            "What would be forgotten tonight: convenor retention --dry-run",
        ),
    )


def _leaves(flow: Flow) -> Iterator[str]:
    yield f"To Slack ({flow.slack}): posts, direct messages, Home pages."
    if flow.mail:
        yield f"To the mail server {flow.mail}: letters from {flow.mail_from}."
    else:
        yield "No e-mail (SMTP_URL is not set): letters wait."
    if flow.partners:
        yield f"The update, without names, to {flow.partners} addresses of partners."
    if flow.public:
        yield f"Pages at {flow.public}: only by signed links that were sent to people."
    else:
        yield "No public pages (PUBLIC_URL is not set)."
    if flow.health:
        yield f"Health pages at {flow.health}: counts and times, nothing of people."
    yield "Nothing else: no telemetry, no language model, nothing fetched at run time."


def _lines(said: str, first: str, then: str = "      ") -> list[str]:
    return wrap(
        said,
        WIDTH,
        initial_indent=first,
        subsequent_indent=then,
        break_long_words=False,
        break_on_hyphens=False,
    )
