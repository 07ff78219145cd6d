"""What is said when the guard has blanked something after it was written."""

from bot.domain.queue import Need
from bot.domain.threads import Said
from bot.owing import queue
from bot.owing.scene import Scene
from bot.views import threads as view


def tell(scene: Scene, said: Said) -> None:
    """Tell the author privately what to do, and the coordinators that it happened."""
    key = f"hidden:{said.channel}:{said.ts}:{said.edited_ts or 'new'}"
    if said.author and not said.bot:
        where = scene.places.link(said.channel, said.ts, said.thread_ts)
        body = view.hidden(said.kinds, None if said.is_dm else where)
        scene.answer(said.author, key, body)
    details: dict[str, str | int] = {"told": int(bool(said.author and not said.bot))}
    if not said.is_dm:
        details["channel"] = said.channel
    queue.need(scene, key, Need.HIDDEN, details=details)
