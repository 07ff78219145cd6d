"""What is said when the guard has blanked something after it was written."""

from bot.domain.queue import Need
from bot.domain.threads import Said
from bot.owing import queue
from bot.owing.scene import Scene
from bot.views import threads as view


def tell(scene: Scene, said: Said) -> None:
    """Tell the author privately what to do, and the coordinators that it happened."""
    member = scene.tx.members.by_slack(said.author) if said.author else None
    version = said.edited_ts or "new"
    if member is not None:
        where = scene.places.link(said.channel, said.ts, said.thread_ts)
        scene.tell(
            member,
            f"hidden:{said.channel}:{said.ts}:{version}",
            view.hidden(said.kinds, None if said.is_dm else where),
        )
    details = {} if said.is_dm else {"channel": said.channel}
    queue.need(
        scene,
        f"hidden:{said.channel}:{said.ts}:{version}",
        Need.HIDDEN,
        details=details,
    )
