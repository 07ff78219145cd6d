"""community.toml: a slip is named with its place and how to mend it, never guessed."""

import re
from dataclasses import fields
from datetime import time, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from bot.domain.community import Cadence, Community, Role, Waves
from bot.domain.contacts import ContactRules
from bot.domain.deadlines import Deadlines
from bot.domain.retention import Retention
from bot.domain.times import GoodTimes
from bot.domain.topics import infer
from bot.settings import SettingsWrong, read_community
from bot.settings.shape import WholeFile

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "community.example.toml"

SMALL = """
name = "Beekeepers"
about = "People who keep bees."
timezone = "Europe/London"
holidays = "GB-SCT"
regions = ["North", "South"]
[channels]
questions = "questions"
digests = "digests"
[[topics]]
id = "swarms"
name = "Swarms"
[roles]
"Ida@Example.org" = "coordinator"
"""


def community(folder: Path, said: str) -> Community:
    """What a file that says this comes to."""
    path = folder / "community.toml"
    path.write_text(said)
    return read_community(path)


def wrong(folder: Path, said: str) -> str:
    """The message for a file that says this."""
    with pytest.raises(SettingsWrong) as caught:
        community(folder, said)
    return str(caught.value)


def without(key: str) -> str:
    return re.sub(rf"^{key} = .*\n", "", SMALL, count=1, flags=re.MULTILINE)


def test_the_example_is_a_whole_community() -> None:
    """The file that newcomers copy is right, and is the network it is built for."""
    network = read_community(EXAMPLE)
    assert len(network.regions) == 16
    assert "Humber, Coast and Vale" in network.regions
    assert len(network.topics) >= 14
    assert set(network.roles.values()) >= {Role.COORDINATOR, Role.DEPUTY, Role.LEAD}
    assert all(address.endswith("@example.org") for address in network.roles)
    assert network.almanac.zone.key == "Europe/London"


@pytest.mark.parametrize(
    ("asked", "topic"),
    [
        ("Who sends out qFIT kits by post?", "fit"),
        ("Has NG12 changed your 2WW forms?", "referral"),
        ("Anyone meeting the FDS for gynae?", "fds"),
        ("Our 62-day backlog is growing", "waiting-times"),
        ("STT for lower GI: does the GP consent the patient?", "straight-to-test"),
        ("Criteria for the NSS pathway?", "vague-symptoms"),
        ("Do you have an RDC yet?", "vague-symptoms"),
        ("Smokers invited to the TLHC", "lung"),
        ("Letters to bowel screening non-responders", "screening"),
        ("A template for an SEA of an emergency presentation", "sea"),
        ("PLT session on early diagnosis", "education"),
        ("Which MDT takes unknown primaries?", "mdt"),
        ("How do you do safety-netting of chest X-rays?", "safety-netting"),
        ("PSA thresholds by age", "psa"),
    ],
)
def test_the_examples_topics_hear_how_people_write(asked: str, topic: str) -> None:
    """A question in the members' own abbreviations is known for what it is about."""
    assert topic in infer(asked, read_community(EXAMPLE).topics)


def test_the_example_shows_every_figure_with_its_usual_value(tmp_path: Path) -> None:
    """Taking the "#" away changes nothing, and no figure is left out of the file."""
    said = EXAMPLE.read_text()
    bare = re.sub(r"^# (\w+ = )", r"\1", said, flags=re.MULTILINE)
    assert community(tmp_path, bare) == read_community(EXAMPLE)
    for section in (Waves, ContactRules, Deadlines, Cadence, Retention):
        for field in fields(section):
            assert field.name == "almanac" or re.search(rf"^# {field.name} = ", said, 8)


def test_a_small_file_has_the_usual_values(tmp_path: Path) -> None:
    """What need not be said has the considered value."""
    bees = community(tmp_path, SMALL)
    assert bees.waves == Waves()
    assert bees.contacts == ContactRules()
    assert bees.deadlines == Deadlines(almanac=bees.almanac)
    assert bees.cadence == Cadence()
    assert bees.good_times == GoodTimes.DEFAULT
    assert bees.roles == {"ida@example.org": Role.COORDINATOR}
    assert bees.alive == timedelta(days=14)


def test_figures_are_taken_over(tmp_path: Path) -> None:
    """Each kind of figure is read: whole, broken, a stretch of time, a time of day."""
    bees = community(
        tmp_path,
        'good_times = "Sat 9-10am"\nsmall_region = 5\n'
        + SMALL
        + '[waves]\nsecond = 0\n[deadlines]\nreminder_days = 1.5\nhold = "2 hours"\n'
        'day_ends = "18:30"\n[cadence]\ncall_month = 2\n',
    )
    assert (bees.small_region, bees.waves.second, bees.cadence.call_month) == (5, 0, 2)
    assert bees.deadlines.reminder_days == 1.5
    assert bees.deadlines.hold == timedelta(hours=2)
    assert bees.deadlines.day_ends == time(18, 30)
    assert bees.good_times == GoodTimes.parse("Sat 09:00-10:00")


@pytest.mark.parametrize(
    "key", ["name", "about", "timezone", "holidays", "regions", "questions", "digests"]
)
def test_what_is_missing_is_named(tmp_path: Path, key: str) -> None:
    """Each thing that must be said is asked for, with an example of it."""
    message = wrong(tmp_path, without(key))
    assert "(1 problem)" in message
    assert f"{key} in community.toml is missing." in message
    assert f"{key} = " in message


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            'name = "B',
            'nmae = "B',
            "nmae in community.toml is not known. Did you mean name?",
        ),
        (
            '"Swarms"',
            '"Swarms"\nwrods = []',
            "topics[1].wrods in community.toml is not",
        ),
        ('"Beekeepers"', "7", "name in community.toml should be text in quotation"),
        ('"Beekeepers"', '" "', "name in community.toml is empty."),
        ('["North", "South"]', "[]", "regions in community.toml is empty. At least"),
        ('["North", "South"]', '"North"', "regions in community.toml should be a list"),
        ('"South"]', '"north"]', "regions in community.toml has the same entry twice"),
        ('"South"]', "3]", "regions[2] in community.toml should be text"),
        ("Europe/London", "Europe/Londno", "timezone in community.toml is not a time"),
        ("Europe/London", "../etc/passwd", "timezone in community.toml is not a time"),
        ("GB-SCT", "GB-XYZ", "holidays in community.toml is not a country whose"),
        ('"questions"', '"#questions"', "channels.questions in community.toml should"),
        ('"swarms"', '"Swarm s"', "topics[1].id in community.toml has characters"),
        ('"coordinator"', '"boss"', '."Ida@Example.org" in community.toml should be'),
        ('"coordinator"', '"member"', "roles in community.toml names no coordinator"),
        ('"Ida@Example.org"', '"Ida"', "is neither an e-mail address nor a Slack user"),
        ('"Ida@Example.org"', '"ida@x.y"\n[roles]\n"a@x.y"', "is not valid TOML"),
    ],
)
def test_a_slip_is_named_with_its_place(
    tmp_path: Path, before: str, after: str, expected: str
) -> None:
    """One slip gives one problem, with the path of the key as the file has it."""
    assert before in SMALL
    message = wrong(tmp_path, SMALL.replace(before, after, 1))
    assert expected in message


@pytest.mark.parametrize(
    ("section", "line", "expected"),
    [
        ("waves", "frist = 4", "Did you mean first?"),
        ("waves", "first = 0", "greater than or equal to 1"),
        ("waves", "first = 4.5", "whole number"),
        ("waves", 'first = "4"', "Leave it out to have the usual value, 4."),
        ("waves", "first = true", "whole number"),
        ("contacts", "a_week = -1", "greater than or equal to 1"),
        ("contacts", "a_week = 10000", "less than or equal to 1000"),
        ("deadlines", "reminder_days = nan", "deadlines.reminder_days in"),
        ("deadlines", "hold = 10", 'such as "10 minutes"'),
        ("deadlines", 'hold = "ten minutes"', "deadlines.hold in community.toml"),
        ("deadlines", 'day_ends = "25:00"', 'should be a time of day, such as "12:30"'),
        ("deadlines", 'almanac = "x"', "deadlines.almanac in community.toml is not"),
        ("cadence", "call_month = 4", "less than or equal to 3"),
        ("cadence", "update_day = 31", "less than or equal to 28"),
        ("cadence", "call_week = 5", "less than or equal to 4"),
        ("cadence", 'call_days = "1-5"', 'weekdays, such as "Mon-Fri"'),
        ("cadence", 'call_days = "Sat, Sun"', "no call could ever have a date"),
        ("cadence", 'call_lasts = "3 weeks"', '"5 minutes" to "8 hours"'),
        ("retention", 'sent = "0 days"', 'should be "1 day" or more'),
        ("retention", 'audit = "-5 days"', 'such as "10 minutes", "3 days"'),
        ("retention", 'asked = "30 days"', 'should be "62 days" or more'),
        ("retention", "originals = 365", 'such as "10 minutes", "3 days"'),
        ("surprises", "a = 1", "surprises in community.toml is not known."),
    ],
)
def test_a_wrong_figure_is_named(
    tmp_path: Path, section: str, line: str, expected: str
) -> None:
    """Figures that make no sense stop the start, with the value that would do."""
    message = wrong(tmp_path, f"{SMALL}[{section}]\n{line}\n")
    assert "(1 problem)" in message
    assert expected in message


def test_good_times_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    """A friendly "after lunch" is not a time; the advice shows one."""
    message = wrong(tmp_path, 'good_times = "after lunch"\n' + SMALL)
    assert "good_times in community.toml cannot be read" in message
    assert "Mon-Fri 12:30-14:00" in message


def test_two_topics_may_not_share_a_word_or_an_id(tmp_path: Path) -> None:
    """A word that means two topics would send a question to the wrong people."""
    twin = '[[topics]]\nid = "swarms"\nname = "Hives"\n'
    assert "two topics with the id swarms" in wrong(tmp_path, SMALL + twin)
    twin = '[[topics]]\nid = "hives"\nname = "Hives"\nwords = ["SWARMS"]\n'
    assert "share the words: SWARMS" in wrong(tmp_path, SMALL + twin)


def test_one_person_has_one_role(tmp_path: Path) -> None:
    """The same address in other capitals is the same person."""
    said = SMALL + '"ida@example.org" = "lead"\n'
    assert "gives ida@example.org two roles" in wrong(tmp_path, said)


def test_every_problem_is_named_at_once(tmp_path: Path) -> None:
    """An empty file is told everything that it lacks, in one message."""
    message = wrong(tmp_path, "")
    assert message.startswith("The settings need mending (8 problems):")
    assert [line.split()[1] for line in message.splitlines()[1:]] == [
        key for key, field in WholeFile.model_fields.items() if field.is_required()
    ]


def test_a_broken_file_is_named_by_its_line(tmp_path: Path) -> None:
    """A forgotten quotation mark is shown by its line."""
    message = wrong(tmp_path, 'name = "Bees\nabout = "x"\n')
    assert "is not valid TOML" in message
    assert "line 1" in message


def test_a_missing_file_says_how_to_begin(tmp_path: Path) -> None:
    """A first start without the file is told which to copy."""
    with pytest.raises(SettingsWrong, match=r"Copy community\.example\.toml"):
        read_community(tmp_path / "community.toml")


def test_a_file_that_is_none_is_named(tmp_path: Path) -> None:
    """A folder in its place, or a file in another encoding, is no crash."""
    with pytest.raises(SettingsWrong, match="cannot be read"):
        read_community(tmp_path)
    (tmp_path / "odd.toml").write_bytes(SMALL.encode("utf-16"))
    with pytest.raises(SettingsWrong, match="is not UTF-8 text"):
        read_community(tmp_path / "odd.toml")


def test_a_byte_order_mark_is_no_matter(tmp_path: Path) -> None:
    """A file saved by Windows Notepad reads as any other."""
    path = tmp_path / "community.toml"
    path.write_text(SMALL, encoding="utf-8-sig")
    assert read_community(path).name == "Beekeepers"


KEYS = sorted(WholeFile.model_fields)
VALUES = st.sampled_from(
    ['""', "[]", "{}", "-1", "1e400", "true", "[[]]", "[{}]", "1979-05-27", '"\\u0000"']
)


@given(st.dictionaries(st.sampled_from(KEYS), VALUES, min_size=1))
@examples(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_whatever_stands_there_is_a_problem_and_never_a_crash(
    tmp_path: Path, said: dict[str, str]
) -> None:
    """Odd values in any key are told as problems, each with its place."""
    message = wrong(tmp_path, "\n".join(f"{k} = {v}" for k, v in said.items()))
    assert all(" in community.toml " in line for line in message.splitlines()[1:])
