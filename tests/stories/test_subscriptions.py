"""Who gets the monthly update: each says so, in Slack or by a link, and it holds."""

from dataclasses import replace

from bot.domain.editions import Month
from bot.ports import Person
from bot.store.suppressions import MAILBOX
from bot.usecases import erasing, members, subscriptions
from bot.views.links import Links, Purpose

SECRET = "a secret of the tests alone, and long enough"  # noqa: S105 - opens nothing


def suppressed(stage, address="ben@example.org"):
    with stage.store.read() as tx:
        return tx.suppressions.holds(address)


def recipient(stage):
    """The number of the one member there is, as recipient of an edition."""
    now = stage.clock.now()
    with stage.ctx.begin() as tx:
        edition = tx.editions.get(tx.editions.draft(Month(2026, 5), at=now))
        tx.recipients.enlist(replace(edition, begun_at=now), due_at=now, most=1)
        [one] = tx.recipients.due(edition.id, now=now, most=1)
    return one.id


def test_a_member_says_in_their_details_whether_they_wish_the_update(stage):
    """No and yes again; Home says how it stands, and other details are not touched."""
    ben = stage.member("Ben Hale", interests={"fit"})
    assert "Monthly update by e-mail: yes" in ben.home

    for said, held in (("no", True), ("yes", False)):
        ben.presses("My details")
        ben.submits(update=said)
        assert suppressed(stage) is held
        assert f"Monthly update by e-mail: {said}" in ben.home

    ben.presses("My details")
    ben.submits(good_times="Tue 18:00–19:00")  # nothing said of the update
    assert not suppressed(stage)


def test_without_an_address_nothing_is_asked_of_the_update(stage):
    """What cannot be sent is not offered."""
    ben = stage.member("Ben Hale", email=None)
    assert "Monthly update" not in ben.home
    ben.presses("My details")
    assert "update" not in {one.get("block_id") for one in ben.form["blocks"]}
    ben.submits()


def test_leaving_by_a_link_is_seen_on_home_and_undone_there(stage):
    """Slack and the link are two doors to one thing."""
    ben = stage.member("Ben Hale")
    number = recipient(stage)

    subscriptions.leave(stage.ctx, number, why="link")
    stage.settle()
    assert "Monthly update by e-mail: no" in ben.home

    ben.presses("My details")
    ben.submits(update="yes")
    assert subscriptions.look(stage.ctx, number).wanted
    subscriptions.leave(stage.ctx, number, why="one-click")
    subscriptions.rejoin(stage.ctx, number)
    stage.settle()
    assert "Monthly update by e-mail: yes" in ben.home


def test_it_holds_at_another_address_until_they_are_erased(stage):
    """Slack says that Ben has a new address: he has not asked for the update anew."""
    ben = stage.member("Ben Hale")
    subscriptions.leave(stage.ctx, recipient(stage), why="link")
    moved = Person(id=ben.slack, name="Ben Hale", email="Ben.Hale@example.net")
    with stage.ctx.begin() as tx:
        members.changed(stage.ctx, tx, moved)

    assert suppressed(stage, "ben.hale@example.net")
    assert "Monthly update by e-mail: no" in ben.home

    erasing.erase(stage.ctx, who=ben.id, actor="operator")
    assert not suppressed(stage, "ben.hale@example.net")
    assert not suppressed(stage)


def test_a_mailbox_that_is_no_more_says_nothing_of_the_next(stage):
    """Ben never said that he did not want the update."""
    ben = stage.member("Ben Hale")
    with stage.ctx.begin() as tx:
        tx.suppressions.add("ben@example.org", at=stage.clock.now(), why=MAILBOX)
        moved = Person(id=ben.slack, name="Ben Hale", email="hale@example.net")
        members.changed(stage.ctx, tx, moved)
    assert "Monthly update by e-mail: yes" in ben.home


def test_with_a_public_address_home_has_their_own_calendar(stage):
    """Its address is theirs alone; without a public address nothing is offered."""
    ben, chloe = stage.member("Ben Hale"), stage.member("Chloe Price")
    assert "for your own calendar" not in ben.home

    links = Links("https://convenor.example.org/", SECRET)
    stage.ctx = replace(stage.ctx, links=links)
    for one in (ben, chloe):
        _, _, rest = one.home.partition("<https://convenor.example.org/calendar/")
        token, _, _ = rest.partition(".ics|")
        assert links.read(Purpose.CALENDAR, token) == one.id
