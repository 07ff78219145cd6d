"""Editions put together from what stands: approved, not dropped, not taken out.

For readers beyond the members everything passes ``Discretion``: no names, no small
regions, no links into Slack.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

from bot.domain.digests import Digest
from bot.domain.editions import Audience, Edition, Month
from bot.domain.members import MemberId
from bot.domain.questions import Question
from bot.domain.unnamed import Discretion
from bot.owing import digests, letters
from bot.owing.questions import standing
from bot.owing.scene import Scene
from bot.ports import Letter
from bot.views import newsletters as view
from bot.views.digests import DigestPage
from bot.views.links import Purpose
from bot.views.mrkdwn import listed, shorten
from bot.views.newsletters import Coming, Excerpt, Help, Newsletter, Story
from bot.views.questions import day_and_time, replies_so_far, signature

EXCERPTS = 3  #: lines of a digest, one of each section: dissent is always among them
LINE, TITLE = 400, 300  #: characters
_NEVER = datetime.max.replace(tzinfo=UTC)

Words = Callable[[str], str]  #: what these readers may read of a text


def newsletter(
    scene: Scene, edition: Edition, audience: Audience, *, preview: bool = False
) -> Newsletter:
    """*edition* for *audience* as it would leave now.

    Once it is approved, nothing comes in any more; what is withdrawn goes. As a
    *preview* it is nobody's own: it has no working way out.
    """
    everything = gathered(scene, edition.month, until=edition.approved_at)
    kept = _without(everything, frozenset(edition.left_out))
    noted = replace(
        kept,
        note=edition.note,
        note_by=_name(scene, edition.note_by),
        page=None if preview else _page(scene, edition, audience),
        preview=preview,
        by_link=scene.links is not None,
    )
    return noted if audience is Audience.MEMBERS else for_others(scene, noted)


def gathered(
    scene: Scene, month: Month, *, until: datetime | None = None
) -> Newsletter:
    """Everything that may be told members of *month*, nothing left out.

    Only what was there before *until*, where that is given.
    """
    last = until or _NEVER
    return Newsletter(
        community=scene.community.name,
        month=month.words,
        audience=Audience.MEMBERS,
        note="",
        note_by="",
        stories=tuple(_stories(scene, month, last)),
        questions=tuple(_questions(scene, last)),
        calls=tuple(_calls(scene, last)),
        contact=contact(scene),
    )


def letter(scene: Scene, edition: Edition, audience: Audience) -> Letter:
    """What every letter of *edition* to *audience* shares, as of now."""
    return view.letter(newsletter(scene, edition, audience))


def for_others(scene: Scene, news: Newsletter) -> Newsletter:
    """*news* for readers beyond the members."""
    words = _discretion(scene, news).keep
    return replace(
        news,
        audience=Audience.OTHERS,
        note=words(news.note),
        note_by="",
        stories=tuple(_story_for_others(one, words) for one in news.stories),
        questions=tuple(
            replace(one, title=words(one.title), asker="", address=None)
            for one in news.questions
        ),
        calls=tuple(replace(one, title=words(one.title), how="") for one in news.calls),
    )


def contact(scene: Scene) -> str:
    """The address that answers go to: a coordinator's who has one; "" without any."""
    coordinator = letters.answers_to(scene)
    return (coordinator.email if coordinator else None) or ""


def _stories(scene: Scene, month: Month, last: datetime) -> Iterator[Story]:
    almanac = scene.community.almanac
    ends = min(month.ends(almanac), last)
    for number in scene.tx.editions.digests(month.begins(almanac), ends):
        digest = scene.tx.digests.get(number)
        if digest is not None:
            yield _story(scene, digest)


def _story(scene: Scene, digest: Digest) -> Story:
    page = digests.page(scene, digest)
    lines = sum(len(said) for _, said in page.sections)
    excerpts = tuple(_excerpts(page))
    return Story(
        key=f"digest:{digest.id}",
        title=_inert(shorten(digests.plain(scene, page.question or page.title), TITLE)),
        accounted=page.accounted,
        excerpts=excerpts,
        more=lines - len(excerpts),
        address=scene.tx.digests.address(digest.thread, scene.places.link),
    )


def _excerpts(page: DigestPage) -> Iterator[Excerpt]:
    """The first line of each section, in the order in which members read them."""
    for heading, said in page.sections[:EXCERPTS]:
        first = said[0]
        text = _inert(shorten(first.text, LINE))
        yield Excerpt(heading=_inert(heading), text=text, who=first.who)


def _questions(scene: Scene, last: datetime) -> Iterator[Help]:
    """The open questions that need help: time left, and fewer replies than enough."""
    enough = scene.community.deadlines.enough_replies
    for question in scene.tx.questions.open():
        if question.asked_at < last and _may_be_told(scene, question):
            heard = standing(scene, question)
            if heard.replies < enough:
                yield _help(scene, question, replies_so_far(heard))


def _may_be_told(scene: Scene, question: Question) -> bool:
    posted = question.ts is not None and bool(question.text.strip())
    return posted and question.collate and question.needed_by > scene.now


def _help(scene: Scene, question: Question, heard: str) -> Help:
    topics = [scene.community.topic_name(one) for one in question.topics]
    return Help(
        key=f"question:{question.id}",
        title=_inert(shorten(digests.plain(scene, question.text), TITLE)),
        topics=listed(topics),
        asker=signature(scene.member(question.asker)),
        closes=day_and_time(scene.community, question.needed_by),
        heard=heard,
        address=scene.link(question.channel, question.ts),
    )


def _calls(scene: Scene, last: datetime) -> Iterator[Coming]:
    for call in scene.tx.calls.coming(scene.now):
        if call.confirmed_at is None or call.confirmed_at >= last:
            continue
        ends = scene.community.almanac.local(call.ends_at)
        yield Coming(
            key=f"call:{call.id}",
            title=_inert(call.title),
            when=f"{day_and_time(scene.community, call.starts_at)} to {ends:%H:%M}",
            how=_inert(call.dial_in),
        )


def _without(news: Newsletter, left_out: frozenset[str]) -> Newsletter:
    return replace(
        news,
        stories=tuple(one for one in news.stories if one.key not in left_out),
        questions=tuple(one for one in news.questions if one.key not in left_out),
        calls=tuple(one for one in news.calls if one.key not in left_out),
    )


def _story_for_others(one: Story, words: Words) -> Story:
    return replace(
        one,
        title=words(one.title),
        excerpts=tuple(
            Excerpt(heading=words(line.heading), text=words(line.text), who="")
            for line in one.excerpts
        ),
        address=None,
    )


def _discretion(scene: Scene, news: Newsletter) -> Discretion:
    """What readers beyond the members are not told: everyone's name, small regions."""
    regions, names = scene.community.regions, scene.tx.editions.names()
    least = scene.community.small_region
    return Discretion.about(
        names,
        present=[news.note_by, *_taking_part(scene, news)],
        regions=[r for r in regions if scene.tx.members.in_region(r) < least],
        slack=scene.places.address,
    )


def _taking_part(scene: Scene, news: Newsletter) -> Iterator[str]:
    """Who asked, and who said what is quoted, with their name or without."""
    yield from (one.asker for one in news.questions)
    for story in news.stories:
        for line in scene.tx.digests.lines(int(story.key.partition(":")[2])):
            yield _name(scene, line.author)


def _page(scene: Scene, edition: Edition, audience: Audience) -> str | None:
    if scene.links is None:
        return None
    return scene.links.to(Purpose.EDITION, f"{edition.id}:{audience.value}")


def _name(scene: Scene, member: MemberId | None) -> str:
    found = scene.tx.members.get(member) if member else None
    return found.name if found else ""


def _inert(text: str) -> str:
    """*text* without what stands for something else in letters."""
    return text.replace(view.UNSUBSCRIBE, "unsubscribe")
