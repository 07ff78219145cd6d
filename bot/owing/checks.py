"""Lines of a digest, as their authors are shown them before anyone else is."""

from dataclasses import dataclass

from bot.domain.digests import Digest, Line
from bot.domain.members import Member
from bot.domain.notices import Notice
from bot.owing import letters
from bot.owing.scene import Scene
from bot.views import line_checks as view
from bot.views.letters import Part as LetterPart
from bot.views.letters import unmarked
from bot.views.notices import Part
from bot.views.questions import signature

ANSWER = (
    "To have your name left off, or the line left out, reply to this e-mail and say "
    "so: it reaches {who}, who sees to it. To put it differently, reply with the words "
    "you would rather see."
)
YES = "To be quoted, reply “OK” to this e-mail: it reaches {who}."


@dataclass(frozen=True, slots=True, kw_only=True)
class _Checked:
    """A line, the digest it stands in, and where its author said it."""

    digest: Digest
    line: Line
    asked: bool
    address: str | None


def part(scene: Scene, notice: Notice) -> Part | None:
    """*notice* (about a line) as a part of a message in Slack."""
    found = _checked(scene, notice)
    if found is None:
        return None
    return view.check(
        scene.community,
        found.digest,
        found.line,
        asked=found.asked,
        address=found.address,
    )


def letter(scene: Scene, member: Member, notice: Notice) -> LetterPart | None:
    """*notice* (about a line) as a part of a letter to its author."""
    found = _checked(scene, notice)
    if found is None:
        return None
    return LetterPart(
        template="check",
        summary="Your line in a digest",
        values={
            "title": unmarked(found.digest.title),
            "line": unmarked(found.line.text),
            "who": signature(member) if found.line.named else "A member",
            "standing": view.standing(
                scene.community, found.digest, found.line, asked=found.asked
            ),
            "address": letters.for_reader(member, found.address),
        },
        answer=ANSWER if found.asked else f"{YES} {ANSWER}",
    )


def _checked(scene: Scene, notice: Notice) -> _Checked | None:
    line = scene.tx.digests.line(notice.subject)
    digest = scene.tx.digests.get(line.digest) if line else None
    reply = scene.tx.threads.reply(line.reply) if line else None
    if line is None or digest is None or reply is None:
        return None
    return _Checked(
        digest=digest,
        line=line,
        asked=scene.tx.questions.of_thread(digest.thread) is not None,
        address=scene.places.link(reply.channel, reply.ts, reply.thread_ts)
        if reply.ts
        else None,
    )
