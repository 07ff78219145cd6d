"""Digests: asking for one, the coordinators' desk, and the contributors' check."""

from bot.domain.desk import Seen
from bot.domain.errors import NotFound, PatientDataPossible
from bot.handlers.ids import number
from bot.handlers.registry import Door, Pressed, Push, Replace, Reply, Say
from bot.usecases import digest_checks, digest_desk, digests, publishing
from bot.usecases.context import Context
from bot.views import desk as view
from bot.views import desk_forms, ledgers, line_checks
from bot.views.desk import Desk, DeskLine
from bot.views.forms import NO_PATIENT

#: What a line's menu does without another form.
_AT_ONCE = {
    "up": digest_desk.up,
    "yes": digest_desk.confirm,
    "nameless": digest_desk.leave_name_off,
}


def register(door: Door, ctx: Context) -> None:
    """Say what everything about digests does."""
    _asking(door, ctx)
    _reading(door, ctx)
    _changing(door, ctx)
    _filling_in(door, ctx)
    _deciding(door, ctx)
    _checking(door, ctx)


def _asking(door: Door, ctx: Context) -> None:
    @door.shortcut("collate_thread")
    def collate(act: Pressed) -> Reply:
        return Say(
            digests.collate(
                ctx,
                user=act.user,
                channel=act.channel or "",
                ts=act.thread_ts or act.ts or "",
                source=act.once,
            )
        )

    @door.action("collate_question")
    def collate_question(act: Pressed) -> Reply:
        return Say(
            digests.collate_question(
                ctx, user=act.user, question=number(act.value), source=act.once
            )
        )


def _reading(door: Door, ctx: Context) -> None:
    @door.action("open_digest")
    @door.action("digest_page")
    def open_desk(act: Pressed) -> Reply:
        digest, page = _two(act.value)
        return _desk(ctx, act, digest, page)

    @door.action("digest_ledger")
    def open_ledger(act: Pressed) -> Reply:
        digest, page = _two(act.value)
        shown = digest_desk.open_ledger(ctx, user=act.user, digest=digest)
        return Replace(ledgers.ledger(shown, page))

    @door.action("digest_reword")
    def open_reword(act: Pressed) -> Reply:
        return Replace(desk_forms.reword_form(_shown(ctx, act, number(act.value))))

    @door.action("digest_aside")
    def open_aside(act: Pressed) -> Reply:
        return Replace(desk_forms.aside_form(_shown(ctx, act, number(act.value))))


def _changing(door: Door, ctx: Context) -> None:
    @door.action("line_menu")
    def menu(act: Pressed) -> Reply:
        what, _, about = act.value.partition(":")
        seen, page, line = _seen(act, about)
        if what in {"move", "out"}:
            return _open_form(ctx, act, what, (seen.digest, page, line))
        change = _AT_ONCE.get(what)
        if change is None:
            raise NotFound
        change(ctx, user=act.user, seen=seen, line=line)
        return _desk(ctx, act, seen.digest, page)


def _filling_in(door: Door, ctx: Context) -> None:
    @door.view(desk_forms.MOVE_FORM)
    def move(act: Pressed) -> Reply:
        seen, page, line = _seen(act, act.private_metadata)
        digest_desk.move(
            ctx, user=act.user, seen=seen, line=line, section=act.form["section"]
        )
        return _desk(ctx, act, seen.digest, page)

    @door.view(desk_forms.OUT_FORM)
    def take_out(act: Pressed) -> Reply:
        seen, page, line = _seen(act, act.private_metadata)
        digest_desk.take_out(
            ctx, user=act.user, seen=seen, line=line, reason=act.form["reason"]
        )
        return _desk(ctx, act, seen.digest, page)

    @door.view(desk_forms.REWORD_FORM)
    def reword(act: Pressed) -> Reply:
        return _reworded(ctx, act)


def _deciding(door: Door, ctx: Context) -> None:
    @door.view(view.DESK_FORM)
    def approve(act: Pressed) -> Reply:
        seen, page, _ = _seen(act, act.private_metadata)
        publishing.approve(ctx, user=act.user, seen=seen)
        return _desk(ctx, act, seen.digest, page)

    @door.action("digest_take_back")
    def take_back(act: Pressed) -> Reply:
        digest = number(act.value)
        publishing.take_back(ctx, user=act.user, digest=digest, once=act.once)
        return _desk(ctx, act, digest, 0)

    @door.view(desk_forms.ASIDE_FORM)
    def put_aside(act: Pressed) -> Reply:
        seen, _, _ = _seen(act, act.private_metadata)
        digest_desk.put_aside(ctx, user=act.user, seen=seen)
        return Say("The draft is put aside. Nothing was published.")


def _checking(door: Door, ctx: Context) -> None:
    @door.action("line_ok")
    def agree(act: Pressed) -> None:
        digest_checks.agree(ctx, user=act.user, line=number(act.value))

    @door.action("line_nameless")
    def leave_name_off(act: Pressed) -> None:
        digest_checks.leave_name_off(ctx, user=act.user, line=number(act.value))

    @door.action("line_out")
    def leave_out(act: Pressed) -> None:
        digest_checks.leave_out(ctx, user=act.user, line=number(act.value))

    @door.action("line_change")
    def open_change(act: Pressed) -> Reply:
        line = digest_checks.line_of(ctx, user=act.user, line=number(act.value))
        return Push(line_checks.line_form(line))

    @door.view(line_checks.LINE_FORM)
    def change(act: Pressed) -> Reply | None:
        return _change_line(ctx, act)


def _shown(ctx: Context, act: Pressed, digest: int) -> Desk:
    return digest_desk.open_desk(ctx, user=act.user, digest=digest)


def _desk(ctx: Context, act: Pressed, digest: int, page: int) -> Reply:
    return Replace(view.desk(_shown(ctx, act, digest), page))


def _open_form(
    ctx: Context, act: Pressed, what: str, about: tuple[int, int, int]
) -> Reply:
    digest, page, number = about
    shown = _shown(ctx, act, digest)
    line = _line(shown, number)
    form = desk_forms.move_form if what == "move" else desk_forms.out_form
    return Replace(form(shown, line, page))


def _line(shown: Desk, number: int) -> DeskLine:
    found = next((one for one in shown.lines if one.id == number), None)
    if found is None:
        raise NotFound
    return found


def _change_line(ctx: Context, act: Pressed) -> Reply | None:
    """The author's new words; where a patient might be described, they are asked."""
    line, words = number(act.private_metadata), act.form["words"]
    ticked = bool(act.form[NO_PATIENT])
    try:
        digest_checks.change(
            ctx, user=act.user, line=line, words=words, no_patient=ticked
        )
    except PatientDataPossible as doubt:
        if NO_PATIENT in act.form:
            raise
        found = digest_checks.line_of(ctx, user=act.user, line=line)
        return Replace(line_checks.line_form(found, draft=words, doubt=doubt.advice))
    return None


def _reworded(ctx: Context, act: Pressed) -> Reply:
    """The headings and the note; where a patient might be described, it is asked."""
    seen, page, _ = _seen(act, act.private_metadata)
    try:
        _reword(ctx, act, seen)
    except PatientDataPossible as doubt:
        if NO_PATIENT in act.form:
            raise
        shown = _as_typed(act, _shown(ctx, act, seen.digest), seen)
        return Replace(desk_forms.reword_form(shown, doubt=doubt.advice))
    return _desk(ctx, act, seen.digest, page)


def _reword(ctx: Context, act: Pressed, seen: Seen) -> None:
    digest_desk.reword(
        ctx,
        user=act.user,
        seen=seen,
        headings={s: act.form[s] for s in desk_forms.SECTIONS},
        note=act.form["note"],
        no_patient=bool(act.form[NO_PATIENT]),
    )


def _as_typed(act: Pressed, shown: Desk, seen: Seen) -> Desk:
    """The desk with what was typed, so that nothing of it is lost."""
    headings = {s: act.form[s] for s in desk_forms.SECTIONS}
    return desk_forms.typed(
        shown, headings=headings, note=act.form["note"], version=seen.version
    )


def _seen(act: Pressed, about: str) -> tuple[Seen, int, int]:
    """The draft as it was seen, the page, and the line if there is one."""
    parts = [*(number(part) for part in about.split(":")), 0, 0][:4]
    digest, version, page, line = parts
    return Seen(digest=digest, version=version, once=act.once), page, line


def _two(value: str) -> tuple[int, int]:
    first, _, second = value.partition(":")
    return number(first), number(second or "0")
