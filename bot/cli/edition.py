"""``convenor edition``: the monthly update, as operators see it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.opening import opened, operator
from bot.cli.terminal import Refused, counted, say, show
from bot.domain.editions import Audience, EditionId, EditionState, Month
from bot.domain.times import words
from bot.usecases import editions, mailing, mailing_list
from bot.usecases.context import Context
from bot.usecases.editions import Preview
from bot.usecases.mailing_list import Plan, Reader, Standing

SHOWN = 50  #: readers, or letters, printed one by one
STEMS = {Audience.MEMBERS: "edition", Audience.OTHERS: "edition-partners"}
STATES = {
    EditionState.DRAFT: "a draft; nobody has approved it yet",
    EditionState.HELD: "approved, and held until it leaves",
    EditionState.SENDING: "on its way",
    EditionState.SENT: "sent",
    EditionState.DROPPED: "not sent this month",
}

MonthOption = Annotated[
    str, typer.Option("--month", metavar="MONTH", help="The month, as in 2026-10.")
]
Address = Annotated[str, typer.Argument(metavar="ADDRESS")]

commands = typer.Typer(
    help="Look at the monthly update, and at who gets it.",
    epilog="Example: convenor edition preview --month 2026-10 --out preview",
    no_args_is_help=True,
)


@commands.command(
    "preview", epilog="Example: convenor edition preview --month 2026-10 --out preview"
)
def preview(
    *,
    month: MonthOption,
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help="The folder to write into.")
    ],
) -> None:
    """Write the update of a month as files to open in a browser and to read.

    As it would be sent now, or as it was sent. Nothing is changed, and a month that has
    not been drafted yet can be looked at too. Links into Slack are left out of what has
    not been sent: this command does not ask Slack where it is.
    """
    wanted = Month.parse(month)
    with opened() as ctx:
        made = editions.preview(ctx, wanted)
    for path in _written(out, made):
        say(f"Written: {path}")
    if made[0].empty:
        say("There is nothing in it: no digest, no open question, no call.")


@commands.command("send", epilog="Example: convenor edition send --dry-run")
def send(
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show who would get it. Nothing is sent.")
    ] = False,
    month: MonthOption = "",
) -> None:
    """Show who gets the update and when; or see an approved one off.

    An approved update leaves by itself. Without --dry-run, letters whose time has come
    are handed to the running bot at once; an update that nobody has approved is never
    sent.
    """
    wanted = Month.parse(month) if month else None
    with opened() as ctx:
        if dry_run:
            _show_plan(ctx, mailing_list.plan(ctx, wanted))
            return
        edition = mailing_list.may_send(ctx, wanted)
        _see_off(ctx, edition.id)
        _show_standing(ctx, mailing_list.standing(ctx, edition.month, most=SHOWN))


@commands.command("status", epilog="Example: convenor edition status")
def status(*, month: MonthOption = "") -> None:
    """Say how far the update has got, and which letters wait for a decision."""
    wanted = Month.parse(month) if month else None
    with opened() as ctx:
        _show_standing(ctx, mailing_list.standing(ctx, wanted, most=SHOWN))


@commands.command(
    "unsubscribe", epilog="Example: convenor edition unsubscribe jo@example.org"
)
def unsubscribe(address: Address) -> None:
    """Send no more updates to an address, for somebody who asked by letter."""
    with opened() as ctx:
        new = mailing_list.stop(ctx, address=address, actor=operator())
    say("It gets no more updates." if new else "It gets none as it is.")


@commands.command(
    "resubscribe", epilog="Example: convenor edition resubscribe jo@example.org"
)
def resubscribe(address: Address) -> None:
    """Send updates to an address again."""
    with opened() as ctx:
        lifted = mailing_list.start_again(ctx, address=address, actor=operator())
    say("It gets updates again." if lifted else "Nothing had stopped them.")


def _written(out: Path, made: Sequence[Preview]) -> list[Path]:
    try:
        out.mkdir(parents=True, exist_ok=True)
        paths = []
        for one in made:
            for suffix, words_ in (("html", one.html), ("txt", one.text)):
                path = out / f"{STEMS[one.audience]}.{suffix}"
                path.write_text(words_, encoding="utf-8")
                paths.append(path)
    except OSError as wrong:
        why = wrong.strerror or type(wrong).__name__
        raise Refused(f"{out} cannot be written into: {why}.") from None
    return paths


def _see_off(ctx: Context, edition: EditionId) -> None:
    while mailing.send_some(ctx, edition):
        pass


def _show_plan(ctx: Context, plan: Plan) -> None:
    zone = ctx.community.almanac.zone
    get = [one for one in plan.readers if one.at]
    none = [one for one in plan.readers if not one.at]
    say(f"Update for {plan.edition.month.words}: {STATES[plan.edition.state]}.")
    say(f"It {_leaves(plan)} {words(plan.leaves, zone)}.")
    if not ctx.mail:
        say("E-mail is not set up, so letters would wait.")
    say("")
    say(f"{counted(len(get), 'recipient')}:")
    show(
        ("Who", "Address", "Not before"),
        [
            (_who(one), one.address, words(one.at, zone))
            for one in get[:SHOWN]
            if one.at
        ],
    )
    _and_more(len(get))
    if none:
        say("")
        say(f"Left out, {len(none):,}:")
        show(
            ("Who", "Address", "Why"),
            [(_who(one), one.address, one.why_not) for one in none[:SHOWN]],
        )
        _and_more(len(none))
    say("")
    say("Dry run: nothing was changed and nothing was sent.")


def _leaves(plan: Plan) -> str:
    draft = plan.edition.state in {EditionState.DRAFT, EditionState.DROPPED}
    return "would leave, if it were approved now," if draft else "leaves"


def _show_standing(ctx: Context, standing: Standing) -> None:
    edition, expected = standing.edition, standing.expected
    say(f"Update for {edition.month.words}: {STATES[edition.state]}.")
    if edition.leaves_at and edition.state is EditionState.HELD:
        say(f"It leaves {words(edition.leaves_at, ctx.community.almanac.zone)}.")
    progress = standing.progress
    if progress is None:
        say(
            f"{counted(expected.members, 'member')} would get it; "
            f"{expected.suppressed:,} asked not to, {expected.without_address:,} have "
            "no e-mail address."
        )
        return
    show(
        ("Recipients", ""),
        [
            (label, f"{number:,}")
            for label, number in (
                ("in all", progress.all),
                ("have got it", progress.went),
                ("their letters are on the way", progress.under_way),
                ("wait for a good time", progress.to_come),
                ("left out: unsubscribed or left", progress.left_out),
                ("may have got it: nobody knows", progress.in_doubt),
                ("did not get it", progress.failed),
            )
            if number
        ],
    )
    _show_doubts(standing)


def _show_doubts(standing: Standing) -> None:
    if not standing.doubts:
        return
    say("")
    say("These wait for a coordinator to decide (Home, Needs you, Look at them):")
    show(
        ("Address", "It", "Why"),
        [
            (
                one.address,
                "may have arrived" if one.may_have_arrived else "did not go",
                one.why.removeprefix("uncertain: "),
            )
            for one in standing.doubts
        ],
    )


def _who(one: Reader) -> str:
    return one.name or "(partner: without names)"


def _and_more(number: int) -> None:
    if number > SHOWN:
        say(f"… and {number - SHOWN:,} more.")
