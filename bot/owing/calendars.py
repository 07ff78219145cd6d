"""What calendars are told of calls: one message for each person, naming them alone."""

from functools import partial

from bot.domain.calls import Call, CallVersion
from bot.domain.members import Member
from bot.domain.notices import Notice, bundle_of, letter_key
from bot.owing import calls
from bot.owing.letters import letter_to
from bot.owing.scene import Scene
from bot.ports import Letter, Medium, Message, Priority
from bot.views import calendar
from bot.views import calls as view
from bot.views import notices as notices_view
from bot.views.calendar import Entry, Person
from bot.views.calls import Shown
from bot.views.letters import Part, unmarked

CANCELLED = "If you have a question about it, reply to this e-mail: it reaches {who}."


def invite(scene: Scene, member: Member, notice: Notice, key: str) -> None:
    """Owe *member* what *notice* says of a call, as one contact, under *key*.

    In Slack for those who are reached there; and to the calendar of everyone who has
    an address, whatever they chose, since calendars are told by e-mail alone.
    """
    version = scene.tx.calls.version(notice.subject)
    if version is None:
        raise LookupError("a notice is about something calendars were never told")
    keys = key, letter_key(bundle_of(key))
    _owe(scene, member, version, keys, unasked=True)


def is_news(scene: Scene, notice: Notice) -> bool:
    """Whether *notice* is the latest word on a call that is still to come."""
    version = scene.tx.calls.version(notice.subject)
    call = scene.tx.calls.get(version.call) if version else None
    if version is None or call is None:
        return False
    return version.sequence == call.sequence and scene.now < version.starts_at


def tell_at_once(scene: Scene, member: Member, version: CallVersion) -> None:
    """Owe *member*, who said they would come, what is new: their own appointment."""
    key = f"call:{version.id}:{member.id}"
    _owe(scene, member, version, (key, f"{key}:letter"), unasked=False)


def entry(scene: Scene, call: Call, version: CallVersion) -> Entry:
    """What calendars are told of *call*, in the words of *version*."""
    organiser = scene.tx.members.by_email(version.organiser)
    versions = scene.tx.calls.versions(call.id)
    return Entry(
        uid=call.uid,
        version=version,
        organiser=Person(
            name=organiser.name if organiser else scene.community.name,
            email=version.organiser,
        ),
        agenda=unmarked(call.agenda),
        first_told=versions[0].made_at,
    )


def _owe(
    scene: Scene,
    member: Member,
    version: CallVersion,
    keys: tuple[str, str],
    *,
    unasked: bool,
) -> None:
    """Owe it under the first of *keys*; a letter beside it under the second."""
    key, twin = keys
    shown = calls.told(scene, member, version)
    message = partial(
        Message, priority=Priority.INVITATION, member=member.id, unsolicited=unasked
    )
    if member.slack and not member.by_letter_only:
        body = notices_view.bundle([view.part(shown)])
        scene.owe(message(key=key, to=member.slack, body=body))
        key = twin
    if member.email and scene.mail and (shown.by_mail or member.gets_letters):
        letter = _letter(scene, member, version, shown)
        mail = Medium.MAIL
        scene.owe(message(key=key, medium=mail, to=member.email, body=letter))


def _letter(scene: Scene, member: Member, version: CallVersion, shown: Shown) -> Letter:
    call = calls.call_of(scene, version)
    part = Part(
        template="call",
        summary=view.news(shown),
        values={
            **calls.words(shown, calls.link(scene, call, member)),
            "lead": view.lead(shown),
        },
        answer=_answer(shown, version),
    )
    letter = letter_to(scene, member, [part])
    if version.organiser:
        letter["calendar"] = _calendar(scene, member, version, shown)
    return letter


def _answer(shown: Shown, version: CallVersion) -> str:
    if shown.cancelled:
        return CANCELLED
    return calls.ANSWER if version.organiser else calls.BY_REPLY


def _calendar(
    scene: Scene, member: Member, version: CallVersion, shown: Shown
) -> dict[str, str]:
    told = entry(scene, calls.call_of(scene, version), version)
    attendee = Person(name=member.name, email=member.email or "")
    zone = scene.community.almanac.zone
    if version.cancelled:
        return {"method": "CANCEL", "ics": calendar.cancel(told, attendee, zone)}
    written = calendar.request(told, attendee, zone, shown.answer)
    return {"method": "REQUEST", "ics": written}
