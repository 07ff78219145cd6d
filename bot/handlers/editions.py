"""The monthly update: its desk, and the letters that wait for a decision."""

from bot.domain.editions import Seen
from bot.domain.errors import PatientDataPossible
from bot.handlers.ids import number
from bot.handlers.registry import Door, Pressed, Replace, Reply, Say
from bot.usecases import edition_desk, edition_doubts, editions
from bot.usecases.context import Context
from bot.views import doubts as doubts_view
from bot.views import editions as view
from bot.views.editions import EditionDesk
from bot.views.forms import NO_PATIENT


def register(door: Door, ctx: Context) -> None:
    """Say what everything about the monthly update does."""
    _reading(door, ctx)
    _changing(door, ctx)
    _filling_in(door, ctx)
    _deciding(door, ctx)
    _doubting(door, ctx)


def _reading(door: Door, ctx: Context) -> None:
    @door.action("open_edition")
    @door.action("edition_page")
    def open_desk(act: Pressed) -> Reply:
        edition, _, page = act.value.partition(":")
        return _desk(ctx, act, number(edition), number(page or "0"))

    @door.action("edition_note")
    def open_note(act: Pressed) -> Reply:
        return Replace(view.note_form(_shown(ctx, act, number(act.value))))

    @door.action("edition_drop")
    def open_drop(act: Pressed) -> Reply:
        return Replace(view.drop_form(_shown(ctx, act, number(act.value))))


def _changing(door: Door, ctx: Context) -> None:
    @door.action("edition_item_out")
    def leave_out(act: Pressed) -> Reply:
        seen, page, item = _seen(act, act.value)
        edition_desk.leave_out(ctx, user=act.user, seen=seen, item=item)
        return _desk(ctx, act, seen.edition, page)

    @door.action("edition_item_in")
    def put_back(act: Pressed) -> Reply:
        seen, page, item = _seen(act, act.value)
        edition_desk.put_back(ctx, user=act.user, seen=seen, item=item)
        return _desk(ctx, act, seen.edition, page)


def _filling_in(door: Door, ctx: Context) -> None:
    @door.view(view.NOTE_FORM)
    def write_note(act: Pressed) -> Reply:
        return _written(ctx, act)

    @door.view(view.DROP_FORM)
    def drop(act: Pressed) -> Reply:
        seen, _, _ = _seen(act, act.private_metadata)
        edition_desk.drop(ctx, user=act.user, seen=seen)
        return Say("No update is sent this month.")


def _deciding(door: Door, ctx: Context) -> None:
    @door.view(view.DESK_FORM)
    def approve(act: Pressed) -> Reply:
        seen, page, _ = _seen(act, act.private_metadata)
        edition_desk.approve(ctx, user=act.user, seen=seen)
        return _desk(ctx, act, seen.edition, page)

    @door.action("edition_take_back")
    def take_back(act: Pressed) -> Reply:
        seen = _as_of(ctx, act)
        edition_desk.take_back(ctx, user=act.user, seen=seen)
        return _desk(ctx, act, seen.edition, 0)

    @door.action("edition_resume")
    def resume(act: Pressed) -> Reply:
        seen = _as_of(ctx, act)
        edition_desk.resume(ctx, user=act.user, seen=seen)
        return _desk(ctx, act, seen.edition, 0)


def _doubting(door: Door, ctx: Context) -> None:
    @door.action("open_doubts")
    def open_doubts(act: Pressed) -> Reply:
        edition = number(act.value)
        shown = edition_doubts.doubts(ctx, user=act.user, edition=edition)
        return Replace(doubts_view.doubts_form(shown))

    @door.view(doubts_view.DOUBT_FORM)
    def decide(act: Pressed) -> Reply:
        return Say(
            edition_doubts.decide(
                ctx,
                user=act.user,
                edition=number(act.private_metadata),
                wanted=act.form.many("decide"),
            )
        )


def _written(ctx: Context, act: Pressed) -> Reply:
    """The note; where a patient might be described, it is asked."""
    seen, page, _ = _seen(act, act.private_metadata)
    try:
        edition_desk.write_note(
            ctx,
            user=act.user,
            seen=seen,
            note=act.form["note"],
            no_patient=bool(act.form[NO_PATIENT]),
        )
    except PatientDataPossible as doubt:
        if NO_PATIENT in act.form:
            raise
        shown = _shown(ctx, act, seen.edition)
        typed = view.typed(shown, note=act.form["note"], version=seen.version)
        return Replace(view.note_form(typed, doubt=doubt.advice))
    return _desk(ctx, act, seen.edition, page)


def _shown(ctx: Context, act: Pressed, edition: int) -> EditionDesk:
    return editions.open_desk(ctx, user=act.user, edition=edition)


def _desk(ctx: Context, act: Pressed, edition: int, page: int) -> Reply:
    return Replace(view.desk(_shown(ctx, act, edition), page))


def _as_of(ctx: Context, act: Pressed) -> Seen:
    """The edition as it is now, where the button does not say how it was seen."""
    edition, _, version = act.value.partition(":")
    if version:
        return Seen(edition=number(edition), version=number(version), once=act.once)
    now = _shown(ctx, act, number(edition))
    return Seen(edition=now.edition, version=now.version, once=act.once)


def _seen(act: Pressed, about: str) -> tuple[Seen, int, str]:
    """The edition as it was seen, the page, and what follows: an item or a stamp."""
    edition, version, page, rest = [*about.split(":", 3), "0", "0", ""][:4]
    seen = Seen(
        edition=number(edition), version=number(version), once=act.once, stamp=rest
    )
    return seen, number(page), rest
