"""Editions: drafted when their day has come, and read before they leave."""

from dataclasses import dataclass

from bot.domain.editions import Audience, Edition, EditionId, Month, month_to_draft
from bot.domain.errors import CommunityError, NotFound
from bot.owing import Scene, editions, newsletters
from bot.store import Transaction
from bot.usecases.context import Context, coordinating
from bot.views import newsletters as view
from bot.views.editions import EditionDesk
from bot.views.newsletters import Newsletter


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """An edition for one audience, as it would be read."""

    audience: Audience
    html: str
    text: str
    empty: bool


def to_draft(ctx: Context) -> Month | None:
    """The month whose edition is due to be drafted and is not there yet.

    Only the latest: after a long pause nobody is handed a pile. None for a month in
    which the community did not exist.
    """
    almanac = ctx.community.almanac
    month = month_to_draft(ctx.now(), almanac, ctx.community.cadence.update_day)
    with ctx.begin.read() as tx:
        if tx.editions.of(month) is not None:
            return None
        since = tx.editions.since()
        there = since is not None and since < month.ends(almanac)
        return month if there else None


def draft(ctx: Context, month: Month) -> bool:
    """Draft the edition of *month* and put it in *Needs you*; False if it is there."""
    with ctx.begin() as tx:
        edition = tx.editions.draft(month, at=ctx.now())
        if edition is None:
            return False
        scene = ctx.scene(tx)
        editions.need_reading(scene, _edition(tx, edition))
        tx.audit.add(
            actor="",
            act="edition drafted",
            subject=f"edition:{edition}",
            at=ctx.now(),
        )
        return True


def open_desk(ctx: Context, *, user: str, edition: int) -> EditionDesk:
    """What a coordinator sees of the update.

    Raises:
        NotAllowed: they do not coordinate.
        NotFound: there is no such edition.
    """
    with ctx.begin.read() as tx:
        coordinating(tx, user)
        return editions.desk(ctx.scene(tx), _edition(tx, edition))


def page(ctx: Context, edition: int, audience: str) -> str:
    """The edition as HTML, for a browser: as it was sent, or as it would be now.

    Raises:
        NotFound: there is no such edition, or no such audience of it.
    """
    if audience not in set(Audience):
        raise NotFound
    reader = Audience(audience)
    with ctx.begin.read() as tx:
        found = _edition(tx, edition)
        frozen = found.words(reader)
        if frozen is not None:
            return view.as_preview(str(tx.wordings.get(frozen).get("html", "")))
        if found.begun_at is not None:
            raise NotFound
        return view.html(_as_preview(ctx.scene(tx), found, reader))


def preview(ctx: Context, month: Month) -> tuple[Preview, ...]:
    """The edition of *month* for every audience that there is, drafted or not.

    Raises:
        CommunityError: the month is still to come.
    """
    if month > Month.of(ctx.now(), ctx.community.almanac):
        raise CommunityError(f"{month.words} is still to come. Nothing was written.")
    with ctx.begin.read() as tx:
        found = tx.editions.of(month) or _undrafted(ctx, month)
        scene = ctx.scene(tx)
        readers = list(Audience) if ctx.community.partners else [Audience.MEMBERS]
        return tuple(_previewed(scene, found, one) for one in readers)


def _previewed(scene: Scene, edition: Edition, audience: Audience) -> Preview:
    frozen = edition.words(audience)
    news = _as_preview(scene, edition, audience)
    if frozen is None:
        html, text = view.html(news), view.text(news)
    else:
        body = scene.tx.wordings.get(frozen)
        html, text = (view.as_preview(str(body.get(k, ""))) for k in ("html", "text"))
    return Preview(audience=audience, html=html, text=text, empty=news.empty)


def _as_preview(scene: Scene, edition: Edition, audience: Audience) -> Newsletter:
    return newsletters.newsletter(scene, edition, audience, preview=True)


def _undrafted(ctx: Context, month: Month) -> Edition:
    """What would be drafted: nothing left out, no note."""
    return Edition(id=EditionId(0), month=month, version=0, drafted_at=ctx.now())


def _edition(tx: Transaction, edition: int) -> Edition:
    found = tx.editions.get(edition)
    if found is None:
        raise NotFound
    return found
