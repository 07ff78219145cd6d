"""Published digests, as those who are reached by e-mail read them."""

from dataclasses import replace

from bot.domain.members import Member
from bot.domain.notices import Notice
from bot.owing import digests
from bot.owing.scene import Scene
from bot.views.digests import DigestPage, Said
from bot.views.letters import Part, unmarked

ANSWER = (
    "Something to add, or to put right? Reply to this e-mail: it reaches {who}, who "
    "puts it in the thread under your name."
)


def letter(scene: Scene, member: Member, notice: Notice) -> Part | None:
    """*notice* (about a digest) as a part of a letter: the whole digest."""
    digest = scene.tx.digests.get(notice.subject)
    if digest is None:
        return None
    question = scene.tx.questions.of_thread(digest.thread)
    topics = question.topics[:3] if question else ()
    names = [scene.community.topic_name(topic) for topic in topics]
    page = in_plain_words(digests.page(scene, digest), links=bool(member.slack))
    day = page.date.partition(",")[0]
    about = f" about {', '.join(names)}" if names else ""
    return Part(
        template="digest",
        summary=f"A digest{about}, {day}",
        values={"page": page},
        answer=ANSWER,
    )


def in_plain_words(page: DigestPage, *, links: bool) -> DigestPage:
    """*page* without Slack's marks; with *links* into Slack or without."""
    return replace(
        page,
        title=unmarked(page.title),
        question=unmarked(page.question),
        thread=page.thread if links else None,
        sections=[
            (heading, [_plain(one, links=links) for one in said])
            for heading, said in page.sections
        ],
        note=unmarked(page.note),
        still_open=[_plain(one, links=links) for one in page.still_open],
    )


def _plain(one: Said, *, links: bool) -> Said:
    address = one.address if links else None
    return replace(one, text=unmarked(one.text), address=address)
