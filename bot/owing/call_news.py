"""What follows once a call is proposed, confirmed, moved or cancelled."""

from collections.abc import Sequence

from bot.domain.calls import Answer, Call, CallVersion
from bot.domain.members import Member
from bot.domain.notices import NoticeKind, bundle_key
from bot.domain.queue import Need
from bot.domain.recurrence import Avoided
from bot.domain.times import day_words
from bot.owing import bundles, calendars, calls, homes, notices, queue
from bot.owing.scene import Scene
from bot.ports import Medium, Message, Priority
from bot.views import calls as view
from bot.views import notices as notices_view


def need_date(scene: Scene, call: Call, avoided: Sequence[Avoided]) -> None:
    """Put a proposal in *Needs you*, with what was avoided."""
    details: dict[str, str | int] = {"why": avoided_words(avoided)} if avoided else {}
    queue.need(scene, call.item_key, Need.CALL, subject=call.id, details=details)


def no_date_key(quarter: str) -> str:
    """The key of the item that says that the rule has no date for *quarter*."""
    return f"call:none:{quarter}"


def need_other_rule(
    scene: Scene, key: str, month: str, avoided: Sequence[Avoided]
) -> None:
    """Say in *Needs you* that the rule has no date in *month*."""
    why = (
        f"By the rule there is no possible date in {month}. "
        f"{avoided_words(avoided)} Look at [cadence] in community.toml with whoever "
        "looks after the bot."
    )
    queue.need(scene, key, Need.CALL, details={"why": why})


def avoided_words(avoided: Sequence[Avoided]) -> str:
    """What was avoided, in a sentence."""
    days = "; ".join(f"{day_words(one.day)} ({one.why})" for one in avoided)
    return f"Avoided: {days}." if days else ""


def post(scene: Scene, call: Call) -> None:
    """Owe the post on which members say whether they come."""
    scene.owe(
        Message(
            key=call.post_key,
            to=scene.places.digests,
            body=view.post(calls.shown(scene, call)),
            priority=Priority.PERSON,
        )
    )


def show_post(scene: Scene, call: Call) -> None:
    """Owe the change that shows the post as the call is now."""
    body = view.post(calls.shown(scene, call))
    scene.change(call.post_key, body, to=scene.places.digests)


def tell_thread(scene: Scene, call: Call, before: CallVersion) -> None:
    """Owe the word in the post's thread that the call is not as it was *before*."""
    scene.owe(
        Message(
            key=f"{call.post_key}:{call.sequence}",
            to=scene.places.digests,
            body=view.update(calls.changed(scene, call, before)),
            target=call.post_key,
            priority=Priority.PERSON,
        )
    )


def tell(scene: Scene, member: Member, version: CallVersion) -> None:
    """See that *member* is told *version*: at once if they come, else when they may be.

    What they were told before then says that it is old.
    """
    if _comes(scene, member, version) and bundles.reaches(scene, member):
        if not scene.tx.calls.telling.tell_at_once(member.id, version, at=scene.now):
            return
        calendars.tell_at_once(scene, member, version)
    else:
        scene.tx.notices.want(member.id, NoticeKind.CALL, version.id, due_at=scene.now)
    if version.sequence:
        _show_old(scene, member, version)


def answered(scene: Scene, call: Call, member: Member, answer: Answer) -> None:
    """Owe what follows once *member* has said whether they come: to them and to all."""
    show_post(scene, call)
    latest = scene.tx.calls.versions(call.id)[-1]
    if answer.expects:  # who comes has it in their calendar at once
        tell(scene, member, latest)
    show_again(scene, member, latest)
    homes.show(scene, member)


def show_again(scene: Scene, member: Member, version: CallVersion) -> None:
    """Owe the changes that show *member* the call, and their answer, as it is now."""
    for bundle in scene.tx.calls.telling.bundles(member.id, version):
        said = scene.tx.outbox.find(bundle_key(bundle))
        shown = notices.parts(scene, scene.tx.notices.in_bundle(bundle))
        if said is not None and said.medium is Medium.SLACK and shown:
            scene.change(said.key, notices_view.bundle(shown), to=said.to)


def _show_old(scene: Scene, member: Member, version: CallVersion) -> None:
    """Owe the changes by which what *member* was told before says that it is old."""
    show_again(scene, member, version)
    call = calls.call_of(scene, version)
    old = notices_view.bundle([view.outdated(calls.shown(scene, call))])
    for older in scene.tx.calls.versions(call.id)[:-1]:
        said = scene.tx.outbox.find(f"call:{older.id}:{member.id}")
        if said is not None and said.medium is Medium.SLACK:
            scene.change(said.key, old, to=said.to)


def _comes(scene: Scene, member: Member, version: CallVersion) -> bool:
    """Whether they said that they come, or may: the call is in their diary."""
    said = scene.tx.calls.answer_of(version.call, member.id)
    return said is not None and said.answer.expects
