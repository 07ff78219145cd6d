"""Calls in words: what each member is told of one, as it stands for them."""

from bot.domain.calls import Call, CallState, CallVersion, name_of
from bot.domain.members import Member, MemberId
from bot.domain.notices import Notice
from bot.owing.scene import Scene
from bot.views import calls as view
from bot.views.calls import Shown
from bot.views.letters import Part as LetterPart
from bot.views.letters import unmarked
from bot.views.links import Purpose
from bot.views.mrkdwn import shorten
from bot.views.notices import Part

TITLE = 160  #: characters of a question that is suggested for the agenda
ANSWER = (
    "To say whether you come, use Accept or Decline in your calendar, or reply to this "
    "e-mail: it reaches {who}, who notes it."
)
BY_REPLY = (
    "To say whether you come, reply to this e-mail: it reaches {who}, who notes it."
)


def shown(scene: Scene, call: Call) -> Shown:
    """*call* as everyone sees it now."""
    almanac = scene.community.almanac
    return Shown(
        id=call.id,
        name=name_of(call.starts_at, almanac),
        title=call.title,
        when=view.when(call.starts_at, call.minutes, almanac),
        dial_in=call.dial_in,
        agenda=call.agenda,
        state=call.state(scene.now),
        counts=scene.tx.calls.counts(call.id),
    )


def shown_to(scene: Scene, call: Call, member: MemberId) -> Shown:
    """*call* as *member* sees it now, with what they said about coming."""
    answered = scene.tx.calls.answer_of(call.id, member)
    return view.with_answer(shown(scene, call), answered.answer if answered else None)


def changed(scene: Scene, call: Call, before: CallVersion | None) -> Shown:
    """*call* as it stands now for those who were told it as it was *before*."""
    if before is None:
        return shown(scene, call)
    was = view.when(before.starts_at, before.minutes, scene.community.almanac)
    moved = before.starts_at != call.starts_at
    return view.with_change(shown(scene, call), was=was if moved else "")


def told(scene: Scene, member: Member, version: CallVersion) -> Shown:
    """The call of *version* as it is put to *member*: news, or a change of old news."""
    call = call_of(scene, version)
    heard = scene.tx.calls.telling.last_heard(member.id, version)
    before = scene.tx.calls.version(heard) if heard else None
    answered = scene.tx.calls.answer_of(call.id, member.id)
    return view.with_answer(
        changed(scene, call, before),
        answered.answer if answered else None,
        by_mail=scene.mail and bool(member.email and call.organiser),
    )


def part(scene: Scene, notice: Notice) -> Part | None:
    """*notice* (about what calendars were told) in Slack, as it is now."""
    version = scene.tx.calls.version(notice.subject)
    if version is None:
        return None
    call = call_of(scene, version)
    if version.sequence != call.sequence:
        return view.outdated(shown_to(scene, call, notice.member))
    return view.part(told(scene, scene.member(notice.member), version))


def agenda_part(scene: Scene, notice: Notice) -> Part | None:
    """*notice* (about a call's reminder) in Slack, as it is now."""
    call = scene.tx.calls.get(notice.subject)
    if call is None:
        return None
    return view.agenda_part(_with_questions(scene, call, notice.member))


def agenda_letter(scene: Scene, member: Member, notice: Notice) -> LetterPart | None:
    """*notice* (about a call's reminder) as a part of a letter."""
    call = scene.tx.calls.get(notice.subject)
    if call is None or call.state(scene.now) is not CallState.CONFIRMED:
        return None
    found = _with_questions(scene, call, member.id)
    return LetterPart(
        template="call",
        summary=view.reminder(found),
        values={
            **words(found, link(scene, call, member)),
            "lead": f"{view.reminder(found)}.",
            "when": "",  # it has just been said
            "questions": [unmarked(one) for one in found.questions],
        },
        answer=ANSWER if call.organiser else BY_REPLY,
    )


def words(found: Shown, address: str | None) -> dict[str, object]:
    """What the templates of letters about calls say, but for the first sentence."""
    return {
        "when": "" if found.cancelled else found.when,
        "title": found.title,
        "dial_in": "" if found.cancelled else found.dial_in or view.JOIN_LATER,
        "agenda": "" if found.cancelled else unmarked(found.agenda),
        "said": view.said(found),
        "link": None if found.cancelled else address,
        "questions": [],
    }


def link(scene: Scene, call: Call, member: Member) -> str | None:
    """The page on which *member* says whether they come; None where there is none."""
    versions = scene.tx.calls.versions(call.id)
    if scene.links is None or not versions:
        return None
    return scene.links.to(Purpose.CALL, f"{versions[-1].id}:{member.id}")


def coming_up(scene: Scene, member: Member) -> list[Shown]:
    """The calls that are confirmed and to come, as *member* sees them."""
    return [
        shown_to(scene, call, member.id) for call in scene.tx.calls.coming(scene.now)
    ]


def call_of(scene: Scene, version: CallVersion) -> Call:
    """The call that calendars were told of."""
    found = scene.tx.calls.get(version.call)
    if found is None:
        raise LookupError("a call that calendars were told of is not kept")
    return found


def _with_questions(scene: Scene, call: Call, member: MemberId) -> Shown:
    """With the open questions that most need talking about: the newest ones."""
    open_ones = [
        one for one in scene.tx.questions.open() if one.collate and one.text.strip()
    ]
    newest = open_ones[-view.MOST_QUESTIONS :]
    return view.with_questions(
        shown_to(scene, call, member),
        [shorten(" ".join(one.text.split()), TITLE) for one in newest],
    )
