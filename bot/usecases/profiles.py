"""What members say of themselves, and whom they find."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.community import Community
from bot.domain.errors import CommunityError
from bot.domain.members import Member, Reach, back_on
from bot.domain.times import GoodTimes
from bot.domain.topics import infer
from bot.owing import Scene, homes, invitations, queue
from bot.store import Transaction
from bot.usecases.context import Context, asking
from bot.views import members as view


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a member says of themselves in the form."""

    region: str | None
    interests: frozenset[str]
    good_times: str
    away_until: str  #: YYYY-MM-DD, or ""
    reach: str
    update: bool | None = None  #: whether they wish the monthly update; None: not said


def form(ctx: Context, *, user: str) -> dict[str, object]:
    """The form in which a member describes themselves."""
    with ctx.begin.read() as tx:
        member = asking(tx, user)
        update = homes.gets_update(tx, member)
        return view.profile_form(ctx.community, member, ctx.now(), update=update)


def save(ctx: Context, *, user: str, profile: Profile) -> None:
    """Keep what a member says of themselves.

    Being asked again is part of it: whoever looks after their details is back.

    Raises:
        CommunityError: the times or the day cannot be understood; it names the field.
    """
    good_times = _good_times(ctx.community, profile.good_times)
    with ctx.begin() as tx:
        member = asking(tx, user)
        after = replace(
            member,
            region=profile.region,
            interests=profile.interests,
            good_times=good_times,
            away_until=back_on(
                profile.away_until, now=ctx.now(), almanac=ctx.community.almanac
            ),
            reach=Reach(profile.reach or member.reach.value),
            paused_at=None,
            resumed_at=ctx.now() if member.paused_at else member.resumed_at,
        )
        if after.by_letter_only and not after.email:
            raise CommunityError(
                "I do not know your e-mail address, so I can only reach you in Slack. "
                "A coordinator can add it.",
                field="reach",
            )
        tx.members.keep(after)
        scene = ctx.scene(tx)
        _subscribe(scene, after, profile.update)
        _while_away(scene, after)
        queue.settle_paused(scene, after.id, by=after.id)
        homes.show(scene, after)


def _subscribe(scene: Scene, member: Member, update: bool | None) -> None:  # noqa: FBT001 - as they said it
    """Send them the monthly update, or no more of them."""
    if member.email and update is not None:
        held = scene.tx.suppressions
        if update:
            held.lift(member.email)
        else:
            held.add(member.email, at=scene.now, why="home")


def _while_away(scene: Scene, member: Member) -> None:
    """What was asked of them waits until they are back."""
    if member.away_until is None or not member.away(scene.now):
        return
    for one in scene.tx.invitations.open_of(member.id):
        invitations.put_off(scene, one, member.away_until)


def show_home(ctx: Context, tx: Transaction, user: str) -> None:
    """Show somebody who opens the Home tab what is there for them."""
    member = tx.members.by_slack(user)
    if member is not None:
        homes.show(ctx.scene(tx), member)


def who(ctx: Context, *, words: str, user: str | None = None) -> str:
    """Who knows about a topic, or works in a region, in a few lines of mrkdwn.

    Without a *user* an operator is asking.

    Raises:
        NotAllowed: the user is not a member.
    """
    with ctx.begin.read() as tx:
        if user is not None:
            asking(tx, user)
        present = tx.members.present()
    return view.who(ctx.community, words, _found(ctx.community, words, present))


def _good_times(community: Community, typed: str) -> GoodTimes | None:
    if not typed.strip():
        return None
    try:
        times = GoodTimes.parse(typed)
    except ValueError as error:
        raise CommunityError(str(error), field="good_times") from None
    return None if times == community.good_times else times


def _found(
    community: Community, words: str, present: Sequence[Member]
) -> list[view.Found]:
    wanted = words.strip().lower()
    found = [
        view.Found(
            what=region, members=[one for one in present if one.region == region]
        )
        for region in community.regions
        if wanted and wanted in region.lower()
    ]
    for topic in infer(words, community.topics):
        knowing = [one for one in present if topic in one.interests]
        found.append(view.Found(what=community.topic_name(topic), members=knowing))
    return found
