"""Lines of a digest, as their authors are shown them before anyone else is."""

from bot.domain.notices import Notice
from bot.owing.scene import Scene
from bot.views import line_checks as view
from bot.views.notices import Part


def part(scene: Scene, notice: Notice) -> Part | None:
    """*notice* (about a line) as a part of a bundle."""
    line = scene.tx.digests.line(notice.subject)
    digest = scene.tx.digests.get(line.digest) if line else None
    reply = scene.tx.threads.reply(line.reply) if line else None
    if line is None or digest is None or reply is None:
        return None
    return view.check(
        scene.community,
        digest,
        line,
        asked=scene.tx.questions.of_thread(digest.thread) is not None,
        address=scene.places.link(reply.channel, reply.ts, reply.thread_ts)
        if reply.ts
        else None,
    )
