"""What rows about calls keep, as the values that the rest works with."""

from bot.domain.calls import Answer, Call, CallId, CallVersion, Rsvp, VersionId
from bot.domain.members import MemberId
from bot.store.schema.calls import CallRow, CallVersionRow, RsvpRow


def call_of(row: CallRow) -> Call:
    """The call a row keeps."""
    return Call(
        id=CallId(row.id),
        quarter=row.quarter,
        uid=row.uid,
        title=row.title,
        starts_at=row.starts_at,
        minutes=row.minutes,
        dial_in=row.dial_in,
        agenda=row.agenda,
        organiser=row.organiser,
        sequence=row.sequence,
        version=row.version,
        last_act=row.last_act,
        proposed_at=row.proposed_at,
        confirmed_at=row.confirmed_at,
        confirmed_by=MemberId(row.confirmed_by) if row.confirmed_by else None,
        agenda_told_at=row.agenda_told_at,
        cancelled_at=row.cancelled_at,
        dropped_at=row.dropped_at,
    )


def version_of(row: CallVersionRow) -> CallVersion:
    """What calendars were told, as a row keeps it."""
    return CallVersion(
        id=VersionId(row.id),
        call=CallId(row.call),
        sequence=row.sequence,
        cancelled=row.cancelled,
        title=row.title,
        starts_at=row.starts_at,
        minutes=row.minutes,
        dial_in=row.dial_in,
        organiser=row.organiser,
        made_at=row.made_at,
    )


def rsvp_of(row: RsvpRow) -> Rsvp:
    """A member's answer, as a row keeps it."""
    return Rsvp(
        call=CallId(row.call),
        member=MemberId(row.member),
        answer=Answer(row.answer),
        source=row.source,
        at=row.at,
    )
