"""A call as coordinators see it: how it stands, and who said what."""

from bot.domain.call_drafts import CallDraft
from bot.domain.calls import Answer, Call
from bot.owing import calls
from bot.owing.scene import Scene
from bot.store.members import by_id
from bot.views.call_forms import Desk
from bot.views.questions import signature

NAMES = 200  #: of each answer; more would not be read


def desk(scene: Scene, call: Call) -> Desk:
    """*call* with everything a coordinator needs to look after it."""
    return Desk(
        shown=calls.shown(scene, call),
        version=call.version,
        draft=_draft(scene, call),
        answers=_answers(scene, call),
    )


def _draft(scene: Scene, call: Call) -> CallDraft:
    wall = scene.community.almanac.local(call.starts_at)
    return CallDraft(
        day=wall.date().isoformat(),
        starts=f"{wall:%H:%M}",
        minutes=str(call.minutes),
        title=call.title,
        dial_in=call.dial_in,
        agenda=call.agenda,
    )


def _answers(scene: Scene, call: Call) -> list[tuple[Answer, list[str]]]:
    said = scene.tx.calls.answers(call.id)
    members = by_id(scene.tx.members.some({one.member for one in said}))
    found: dict[Answer, list[str]] = {answer: [] for answer in Answer}
    for one in said:
        if one.member in members and len(found[one.answer]) < NAMES:
            found[one.answer].append(signature(members[one.member]))
    return [(answer, names) for answer, names in found.items() if names]
