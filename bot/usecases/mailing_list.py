"""Who would get an update and who not, how far one has got, and leaving it by hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from email_validator import EmailNotValidError, validate_email

from bot.domain.contacts import WEEK, next_contact
from bot.domain.editions import Edition, EditionState, Month, mailing_times
from bot.domain.errors import CommunityError, NotFound
from bot.domain.members import Member
from bot.owing import Scene, editions
from bot.store import Doubt, Expected, Progress, Transaction
from bot.usecases.context import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Somebody who would get the update, or not."""

    name: str  #: "" for a partner
    address: str
    at: datetime | None  #: not before this; None where they get none
    why_not: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What sending an update would come to."""

    edition: Edition
    leaves: datetime  #: for all who may be reached at once
    readers: tuple[Reader, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far an update has got."""

    edition: Edition
    expected: Expected
    progress: Progress | None  #: None until it is on its way
    doubts: tuple[Doubt, ...]


def plan(ctx: Context, month: Month | None = None) -> Plan:
    """Who would get the update of *month* (else the latest), when, and who not.

    Nothing is changed.

    Raises:
        NotFound: it has not been drafted.
    """
    with ctx.begin.read() as tx:
        edition = _edition(tx, month)
        scene = ctx.scene(tx)
        leaves = edition.leaves_at or editions.leaving(scene)
        readers = (*_members(scene, leaves), *_partners(scene, leaves))
        return Plan(edition=edition, leaves=leaves, readers=readers)


def standing(ctx: Context, month: Month | None = None, *, most: int = 50) -> Standing:
    """How far the update of *month* (else the latest) has got.

    Raises:
        NotFound: it has not been drafted.
    """
    with ctx.begin.read() as tx:
        edition = _edition(tx, month)
        begun = edition.begun_at is not None
        return Standing(
            edition=edition,
            expected=tx.recipients.expected(),
            progress=tx.recipients.progress(edition.id) if begun else None,
            doubts=tx.recipients.doubts(edition.id, most=most),
        )


def may_send(ctx: Context, month: Month | None = None) -> Edition:
    """The update of *month* (else the latest), if its letters may be owed now.

    Raises:
        CommunityError: they may not; the advice says what to do first.
    """
    with ctx.begin.read() as tx:
        edition = _edition(tx, month)
    if edition.state in _NOT_YET:
        raise CommunityError(_NOT_YET[edition.state])
    if not ctx.mail:
        raise CommunityError("E-mail is not set up: set SMTP_URL and SMTP_FROM first.")
    if edition.leaves_at is None or edition.leaves_at > ctx.now():
        raise CommunityError(
            "It is approved and leaves by itself when its hold is over: convenor "
            "edition status says when. Until then a coordinator can take it back."
        )
    return edition


def stop(ctx: Context, *, address: str, actor: str) -> bool:
    """Send no more updates to *address*, which asked by letter. False if so already.

    A letter to it that has not gone is taken back.

    Raises:
        CommunityError: it is no address.
    """
    clean = _checked(address)
    with ctx.begin() as tx:
        new = tx.suppressions.add(clean, at=ctx.now(), why="coordinator")
        editions.take_back(tx, clean, at=ctx.now())
        _audit(ctx, tx, actor, "update stopped", clean)
    return new


def start_again(ctx: Context, *, address: str, actor: str) -> bool:
    """Send updates to *address* again. False if nothing had stopped them.

    Raises:
        CommunityError: it is no address.
    """
    clean = _checked(address)
    with ctx.begin() as tx:
        lifted = tx.suppressions.lift(clean)
        _audit(ctx, tx, actor, "update resumed", clean)
    return lifted


_NOT_YET = {
    EditionState.DRAFT: "Nobody has approved this update. A coordinator does that in "
    "Slack: Home, Needs you, Open the update. To see who would get it: --dry-run.",
    EditionState.DROPPED: "A coordinator has said that this update is not sent. To "
    "send it after all, take it up again in Slack first.",
    EditionState.SENT: "This update has been sent: convenor edition status says how "
    "it went.",
}


def _members(scene: Scene, leaves: datetime) -> Iterator[Reader]:
    people = scene.tx.members.present()
    stopped = scene.tx.suppressions.among([one.email for one in people if one.email])
    recent = scene.tx.notices.contacts_since(scene.now - WEEK)
    for one in people:
        why_not = _why_not(one, stopped)
        at = None if why_not else _when(scene, one, leaves, recent.get(one.id, []))
        yield Reader(name=one.name, address=one.email or "", at=at, why_not=why_not)


def _why_not(member: Member, stopped: frozenset[str]) -> str:
    if not member.email:
        return "no e-mail address"
    return "asked not to get it" if member.email in stopped else ""


def _when(
    scene: Scene, member: Member, leaves: datetime, recent: list[datetime]
) -> datetime:
    return next_contact(
        now=max(leaves, scene.now),
        good_times=member.good_times or mailing_times(scene.community.almanac),
        almanac=scene.community.almanac,
        away_until=member.away_until,
        recent=recent,
        rules=scene.community.contacts,
    )


def _partners(scene: Scene, leaves: datetime) -> Iterator[Reader]:
    addresses = scene.community.partners
    stopped = scene.tx.suppressions.among(addresses)
    almanac = scene.community.almanac
    times = mailing_times(almanac)
    for address in addresses:
        if scene.tx.members.by_email(address) is None:
            gone = address in stopped
            why_not = "asked not to get it" if gone else ""
            at = None if gone else times.next_moment(max(leaves, scene.now), almanac)
            yield Reader(name="", address=address, at=at, why_not=why_not)


def _checked(address: str) -> str:
    try:
        return validate_email(
            address.strip(), check_deliverability=False
        ).normalized.lower()
    except EmailNotValidError:
        raise CommunityError("That is not an e-mail address.") from None


def _edition(tx: Transaction, month: Month | None) -> Edition:
    found = tx.editions.of(month) if month else tx.editions.latest()
    if found is None:
        raise NotFound(
            "There is no update of that month yet: it is drafted by itself on its day. "
            "To see what would be in it: convenor edition preview."
            if month
            else "No update has been drafted yet: the first comes by itself."
        )
    return found


def _audit(ctx: Context, tx: Transaction, actor: str, act: str, address: str) -> None:
    """Who did it and to whom: the member where there is one, not the address."""
    member = tx.members.by_email(address)
    subject = f"member:{member.id}" if member else "partner"
    tx.audit.add(actor=actor, act=act, subject=subject, at=ctx.now())
