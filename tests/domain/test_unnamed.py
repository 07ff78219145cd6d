"""Words for readers beyond the community carry no names, small regions or addresses."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.unnamed import Discretion

MEMBERS = ("Dr Amina Yusuf", "Ben Carter", "Mary Anne O'Neill", "Zoë Lloyd-Hughes")
QUIET = Discretion.about(
    MEMBERS,
    present=("Ben Carter",),
    regions=("Northshire", "North"),
    slack="https://play.slack.com/",
)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Ask Dr Amina Yusuf about it.", "Ask [name] about it."),
        ("As Dr. Yusuf says, repeat it.", "As [name] says, repeat it."),
        ("Mary Anne O'Neill’s leaflet is good.", "[name] leaflet is good."),
        ("Ben and Lloyd-Hughes agree.", "[name] and [name] agree."),
        ("Amina is a common name.", "Amina is a common name."),
        ("In northshire we wait.", "In [region] we wait."),
        ("Write to ben@example.org.", "Write to [link]."),
        ("See https://play.slack.com/archives/C1/p1 now", "See [link] now"),
        ("See https://example.org/fit now", "See https://example.org/fit now"),
        ("The cartels are no Carters.", "The cartels are no Carters."),
    ],
)
def test_what_must_not_be_said_is_left_out_and_marked(said, shown):
    """Names whole or in part, small regions, addresses: and nothing else changes."""
    assert QUIET.keep(said) == shown


@pytest.mark.parametrize(
    ("name", "said", "shown"),
    [
        ("Ben Carter (NHS England)", "Carter of NHS England", "[name] of NHS England"),
        ("Ben Carter (GP)", "Ben Carter, a GP", "[name], a GP"),
        ("Carter, Ben", "Ben Carter and Carter’s list", "[name] and [name] list"),
        ("Dr Ben Carter, GP lead", "Carter will lead", "[name] will lead"),
        ("Ben Carter MRCGP", "Ask Dr Carter.", "Ask [name]."),
        ("Ben Carter", "Carter–Yusuf, Ben", "[name]–Yusuf, Ben"),
        ("Siobhan O'Hara", "As Dr O’Hara says", "As [name] says"),
        ("Siobhan O’Hara", "O'Hara's list", "[name] list"),
    ],
)
def test_a_name_is_known_however_a_profile_has_it(name, said, shown):
    """With what somebody does behind it, surname first, with any apostrophe."""
    assert Discretion.about([name]).keep(said) == shown


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.sampled_from(MEMBERS), st.text(max_size=60))
def test_no_whole_name_survives(before, name, after):
    """Whatever stands around it."""
    kept = QUIET.keep(f"{before} {name} {after}")
    assert name.split()[-1] not in kept.split()
