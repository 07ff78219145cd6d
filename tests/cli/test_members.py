"""``convenor members``: a file is imported whole or not at all."""

import pytest

from bot.domain.community import Role
from bot.usecases import members

GOOD = """Name,E-mail,Region,Role,Interests
Dr Priya Nair,priya@example.org,north,member,qFIT; Lung health checks
Kim Reed,Kim@Example.org,,coordinator,
"""


def everyone(ctx):
    return {one.email: one for one in members.everyone(ctx)}


def test_members_are_imported(desk, ctx):
    """They are full members, with region, role and interests as the file says."""
    desk.write("members.csv", GOOD)
    told = desk.type("members", "import", "members.csv")

    assert told.status == 0
    assert told.out == "2 added, 0 changed, 0 as they were.\n"
    priya = everyone(ctx)["priya@example.org"]
    assert (priya.region, priya.role) == ("North", Role.MEMBER)
    assert priya.interests == {"fit", "lung"}
    assert everyone(ctx)["kim@example.org"].role is Role.COORDINATOR


def test_a_second_import_changes_only_what_changed(desk, ctx):
    """What the file leaves out stays; what it says counts."""
    desk.write("members.csv", GOOD)
    desk.type("members", "import", "members.csv")
    desk.write("members.csv", GOOD.replace("Kim Reed", "Kim Read"))
    told = desk.type("members", "import", "members.csv")

    assert "0 added, 1 changed, 1 as they were." in told.out
    assert everyone(ctx)["kim@example.org"].name == "Kim Read"


def test_a_dry_run_writes_nothing(desk, ctx):
    """It says what an import would do, and the community is as it was."""
    desk.write("members.csv", GOOD)
    told = desk.type("members", "import", "members.csv", "--dry-run")

    assert told.status == 0
    assert "nothing was changed" in told.out
    assert "2 added" in told.out
    assert everyone(ctx) == {}


def test_one_wrong_line_and_nobody_is_imported(desk, ctx):
    """Every mistake is told at once, by line and column, with what may be meant."""
    bad = "Dr Jo Lee,jo@@example.org,Nroth,membr,quantum physics\n"
    desk.write("members.csv", GOOD + bad)
    told = desk.type("members", "import", "members.csv")

    assert told.status == 1
    assert "Nothing was imported" in told.said
    assert "Line 4, e-mail: “jo@@example.org” is not an e-mail address." in told.said
    assert "Line 4, region: “Nroth” is not a region" in told.said
    assert "Did you mean North?" in told.said
    assert "Did you mean member?" in told.said
    assert "Line 4, interests: “quantum physics” is not a topic" in told.said
    assert everyone(ctx) == {}


def test_a_thousand_mistakes_do_not_bury_the_first(desk):
    """The first fifty are shown, and how many more there are."""
    lines = "".join(f"Dr {n},nobody\n" for n in range(1000))
    desk.write("members.csv", f"name,e-mail\n{lines}")
    told = desk.type("members", "import", "members.csv")

    assert "Line 51, e-mail" in told.said
    assert "Line 52, e-mail" not in told.said
    assert "… and 950 more." in told.said


def test_a_file_that_is_not_there(desk):
    """The name is repeated, so that a slip is seen."""
    told = desk.type("members", "import", "nobody.csv")

    assert told.status == 1
    assert "nobody.csv cannot be opened" in told.said


def test_columns_that_are_not_about_members_are_named(desk):
    """Nothing in a file is passed over silently."""
    desk.write("members.csv", "name,e-mail,Telephone\nKim Reed,kim@example.org,1\n")
    told = desk.type("members", "import", "members.csv")

    assert "Not read: Telephone." in told.out


def test_everyone_is_listed(desk):
    """Names, addresses, roles, and how each is reached."""
    assert "nobody yet" in desk.type("members", "list").out
    desk.write("members.csv", GOOD)
    desk.type("members", "import", "members.csv")
    told = desk.type("members", "list")

    assert "priya@example.org" in told.out
    assert "coordinator" in told.out
    assert "2 members." in told.out


@pytest.mark.parametrize("who", ["kim@example.org", "Kim Reed", "KIM REED"])
def test_a_role_is_given_by_name_or_address(desk, ctx, who):
    """However a member is named, the right one gets the role."""
    desk.write("members.csv", GOOD)
    desk.type("members", "import", "members.csv")
    told = desk.type("members", "role", who, "Deputy")

    assert told.out == "Kim Reed is now a deputy.\n"
    assert everyone(ctx)["kim@example.org"].role is Role.DEPUTY


def test_a_role_for_nobody_we_know(desk):
    """It says how to find out who there is."""
    told = desk.type("members", "role", "nobody@example.org", "lead")

    assert told.status == 1
    assert "convenor members list" in told.said
