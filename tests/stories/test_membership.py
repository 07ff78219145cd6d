"""Members are met once, say in one form how they wish to be reached, and find peers."""

import pytest

from bot.domain.community import Role
from bot.domain.errors import NotFound
from bot.domain.members import Imported, Reach
from bot.ports import Person
from bot.usecases import members
from tests.stage import QUESTIONS, Stage


def joins(stage, user, name, email=None):
    """Somebody new joins the questions channel."""
    stage.slack.people_known[user] = Person(id=user, name=name, email=email)
    stage.receive({"type": "member_joined_channel", "user": user, "channel": QUESTIONS})


def welcomes(stage, user):
    """What the bot has said to them."""
    return [m for m in stage.slack.messages if m.channel == f"D{user}"]


def test_whoever_joins_is_welcomed_once_by_name(stage):
    """Joining again, or an event sent twice, brings no second welcome."""
    for _ in range(2):
        joins(stage, "UFFION", "Ffion Rees")

    [welcome] = welcomes(stage, "UFFION")
    assert "Hello Ffion" in welcome.words
    assert "Early Diagnosis Network" in welcome.words
    assert "only at times that suit you" in welcome.words


def test_the_first_sync_brings_no_burst(stage):
    """Two hundred people are already there; nobody gets a message."""
    people = [Person(id=f"U{n}", name=f"Member {n}") for n in range(200)]
    people.append(Person(id="UBOT", name="Convenor", bot=True))

    new = members.sync(stage.ctx, people, frozenset(p.id for p in people))
    stage.settle()

    assert new == 200
    assert stage.slack.messages == []
    assert members.sync(stage.ctx, people, frozenset(p.id for p in people)) == 0


def test_first_coordinators_come_from_the_communitys_file(sqlite_url):
    """By address, whatever its case."""
    stage = Stage(sqlite_url, roles={"carys@example.org": Role.COORDINATOR})
    joins(stage, "UCARYS", "Carys Bowen", email="Carys@Example.org")

    with stage.store.read() as tx:
        assert tx.members.by_slack("UCARYS").role is Role.COORDINATOR
    stage.close()


def test_a_member_from_a_file_and_from_the_workspace_is_one(stage):
    """Matched by e-mail address; what the file said is kept."""
    row = Imported(
        line=2,
        name="Ffion Rees",
        email="ffion@example.org",
        region="Eastvale",
        role=None,
        interests=frozenset({"fit"}),
    )
    assert members.add_all(stage.ctx, [row], actor="operator").added == 1
    joins(stage, "UFFION", "Ffion Rees", email="ffion@example.org")

    with stage.store.read() as tx:
        [one] = tx.members.present()
    assert one.slack == "UFFION"
    assert one.region == "Eastvale"
    assert one.interests == {"fit"}


def test_a_dry_run_imports_nothing(stage):
    """It says what it would do."""
    row = Imported(
        line=2,
        name="Ffion Rees",
        email="ffion@example.org",
        region=None,
        role=None,
        interests=frozenset(),
    )

    would = members.add_all(stage.ctx, [row], actor="operator", dry_run=True)

    assert would.added == 1
    assert members.everyone(stage.ctx) == ()


def test_an_imported_member_without_slack_is_reached_by_letter(stage):
    """E-mail-only members are full members."""
    row = Imported(
        line=2,
        name="Gwen Morris",
        email="gwen@example.org",
        region=None,
        role=None,
        interests=frozenset({"fit"}),
    )
    members.add_all(stage.ctx, [row], actor="operator")

    [gwen] = members.everyone(stage.ctx)
    assert gwen.reach is Reach.EMAIL
    assert gwen.by_letter_only


def test_one_form_sets_everything(stage):
    """Region, interests, good times, time away, and Slack or e-mail or both."""
    ben = stage.member("Ben Carter")

    ben.commands("/convenor", "me")
    assert not ben.submits(
        region="2",
        interests=["fit", "lung"],
        good_times="Tue 18:00-19:00",
        away_until="2026-06-10",
        reach="both",
    )

    assert "Ben Carter (Eastvale)" in ben.home
    assert "FIT and lung health checks" in ben.home
    assert "Tue 18:00" in ben.home
    assert "Away until Wed 10 Jun" in ben.home


@pytest.mark.parametrize(
    ("field", "value"),
    [("good_times", "whenever"), ("away_until", "2026-05-01")],
)
def test_what_cannot_be_understood_is_pointed_out_beside_its_field(stage, field, value):
    """And nothing of the form is kept."""
    ben = stage.member("Ben Carter")

    ben.commands("/convenor", "me")
    answer = ben.submits(region="2", **{field: value})

    assert field in answer
    assert "Eastvale" not in ben.home


def test_their_own_good_times_are_kept_to(stage):
    """Ben is reached on Tuesdays between six and seven in the evening, never else."""
    amina = stage.member("Amina Yusuf")
    ben = stage.member("Ben Carter", interests=["fit"])
    ben.commands("/convenor", "me")
    ben.submits(good_times="Tue 18:00-19:00")

    amina.asks("How do you safety-net a negative FIT?")
    stage.until("2026-06-02 17:45")
    assert ben.invitations == []

    stage.until("2026-06-02 18:15")
    assert len(ben.invitations) == 1


def test_who_knows_about_a_topic_or_works_in_a_region(stage):
    """`/convenor who FIT` and `/convenor who eastvale`."""
    stage.member("Ben Carter", interests=["fit"], region="Southdown")
    erin = stage.member("Erin Walsh", region="Eastvale")

    assert "Ben Carter (Southdown)" in erin.commands("/convenor", "who qFIT")
    assert "Erin Walsh (Eastvale)" in erin.commands("/convenor", "who eastvale")
    assert "I know no topic or region called" in erin.commands("/convenor", "who tea")


@pytest.mark.parametrize("word", ["", "help", "abracadabra"])
def test_help_is_always_near(stage, word):
    """An unknown word is answered with what there is."""
    erin = stage.member("Erin Walsh")

    assert "/ask" in erin.commands("/convenor", word)


def test_roles_are_given_by_whoever_runs_the_bot(stage):
    """By name or address; an unknown member is a clear refusal."""
    stage.member("Erin Walsh")

    members.set_role(
        stage.ctx, who="erin walsh", role=Role.COORDINATOR, actor="operator"
    )

    with stage.store.read() as tx:
        assert [one.name for one in tx.members.coordinators()] == ["Erin Walsh"]
    with pytest.raises(NotFound):
        members.set_role(stage.ctx, who="nobody", role=Role.MEMBER, actor="operator")


def test_needs_you_is_for_coordinators_alone(stage):
    """A member neither sees the queue nor can press its buttons."""
    amina = stage.member("Amina Yusuf")
    erin = stage.member("Erin Walsh")
    stage.coordinator()
    amina.asks("How do you safety-net a negative FIT?")

    assert "Needs you" not in erin.home
    for action, value in (("widen", "1"), ("need_done", "1"), ("close_question", "1")):
        erin.does(action, value)
        assert "Only" in str(erin.form)


def test_somebody_who_leaves_is_not_asked(stage):
    """And is again once they are back."""
    amina = stage.member("Amina Yusuf")
    ben = stage.member("Ben Carter", interests=["fit"])
    stage.receive(
        {"type": "member_left_channel", "user": ben.slack, "channel": QUESTIONS}
    )

    amina.asks("How do you safety-net a negative FIT?")
    stage.until("2026-06-02 13:00")
    assert ben.invitations == []


def test_coordinators_give_roles_by_name(stage):
    """`/convenor role Erin Walsh deputy`; a member may not, and a slip is explained."""
    erin = stage.member("Erin Walsh")
    carys = stage.coordinator()

    assert "Only a coordinator" in erin.commands("/convenor", "role Erin Walsh lead")
    assert "one of the roles" in carys.commands("/convenor", "role Erin Walsh queen")
    assert "no member of that name" in carys.commands("/convenor", "role Nobody lead")
    assert "Another coordinator" in carys.commands(
        "/convenor", "role Carys Bowen member"
    )

    told = carys.commands("/convenor", "role Erin Walsh deputy")

    assert "Erin Walsh is now deputy" in told
    assert "Needs you" in erin.home


def test_who_knows_what_is_for_members(stage):
    """Somebody who has left is told how to come back, and nothing else."""
    stage.member("Ben Carter", interests=["fit"])
    erin = stage.member("Erin Walsh")
    stage.receive(
        {"type": "member_left_channel", "user": erin.slack, "channel": QUESTIONS}
    )

    answer = erin.commands("/convenor", "who FIT")

    assert "Ben" not in answer
    assert "join the questions channel" in answer
