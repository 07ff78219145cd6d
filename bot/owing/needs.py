"""Items of *Needs you*, in words."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.domain.editions import EditionState
from bot.domain.members import Member, MemberId
from bot.domain.notices import Notice
from bot.domain.queue import Item, Need
from bot.owing import calls, edition_doubts, letters
from bot.owing.scene import Scene
from bot.views import doubts as doubts_view
from bot.views import needs as view
from bot.views.home import NeedShown
from bot.views.letters import Part as LetterPart
from bot.views.letters import unmarked
from bot.views.notices import Part
from bot.views.questions import day_and_time


def shown(scene: Scene, item: Item) -> NeedShown:
    """*item* in words, with what can be done about it."""
    subject = _subject(scene, item)
    return NeedShown(
        words=view.words(item, subject),
        owner=_name(scene, item.deputy if item.handed_at else item.owner),
        deputy=_name(scene, item.owner if item.handed_at else item.deputy),
        buttons=view.buttons(item, subject),
    )


def part(scene: Scene, notice: Notice) -> Part | None:
    """*notice* as a part of a bundle."""
    item = scene.tx.queue.get(notice.subject)
    if item is None:
        return None
    done = scene.tx.queue.is_done(item.id)
    return view.part(shown(scene, item), done=done)


def letter(scene: Scene, member: Member, notice: Notice) -> LetterPart | None:
    """*notice* as a part of a letter to the coordinator who owns it."""
    item = scene.tx.queue.get(notice.subject)
    if item is None:
        return None
    subject = _subject(scene, item)
    words = view.words(item, replace(subject, link=None))
    return LetterPart(
        template="need",
        summary="Something in the community needs you",
        values={
            "words": unmarked(words),
            "thread": letters.for_reader(member, subject.link),
        },
    )


def _name(scene: Scene, member: MemberId | None) -> str:
    found = scene.tx.members.get(member) if member else None
    return found.name if found else ""


def _subject(scene: Scene, item: Item) -> view.Subject:
    find = _SUBJECTS.get(item.need)
    return find(scene, item) if find else view.Subject()


def _question(scene: Scene, item: Item) -> view.Subject:
    question = scene.tx.questions.get(item.subject or 0)
    if question is None:
        return view.Subject()
    said = scene.tx.threads.tally(question.thread)
    return view.Subject(
        title=question.text,
        link=scene.link(question.channel, question.ts),
        replies=said.replies,
        people=said.people,
    )


def _thread(scene: Scene, item: Item) -> view.Subject:
    digest = scene.tx.digests.get(item.subject or 0)
    thread = scene.tx.threads.get(digest.thread) if digest else None
    if digest is None or thread is None:
        return view.Subject()
    held = None if digest.published_at else digest.publish_at
    return view.Subject(
        title=digest.title,
        link=scene.link(thread.channel, thread.ts),
        leaves=day_and_time(scene.community, held) if held else "",
    )


def _member(scene: Scene, item: Item) -> view.Subject:
    member = str(item.details.get("member", ""))
    return view.Subject(title=_name(scene, MemberId(member)))


def _edition(scene: Scene, item: Item) -> view.Subject:
    edition = scene.tx.editions.get(item.subject or 0)
    if edition is None:
        return view.Subject()
    held = edition.leaves_at if edition.state is EditionState.HELD else None
    return view.Subject(
        title=edition.month.words,
        leaves=day_and_time(scene.community, held) if held else "",
    )


def _doubts(scene: Scene, item: Item) -> view.Subject:
    edition = scene.tx.editions.get(item.subject or 0)
    if edition is None:
        return view.Subject()
    told = doubts_view.told(edition_doubts.doubts_shown(scene, edition))
    return view.Subject(title=edition.month.words, told=told)


def _call(scene: Scene, item: Item) -> view.Subject:
    call = scene.tx.calls.get(item.subject or 0)
    if call is None:
        return view.Subject(title="the next call", told="none is possible.")
    shown = calls.shown(scene, call)
    past = " That has passed." if call.starts_at <= scene.now else ""
    told = f"{shown.when}.{past} Nobody hears of it before you confirm it."
    return view.Subject(title=shown.name, told=told)


_SUBJECTS: Mapping[Need, Callable[[Scene, Item], view.Subject]] = {
    Need.NOBODY: _question,
    Need.OFFER: _question,
    Need.SUGGESTED: _question,
    Need.DIGEST: _thread,
    Need.LATE: _thread,
    Need.PAUSED: _member,
    Need.EDITION: _edition,
    Need.DOUBT: _doubts,
    Need.CALL: _call,
}
