"""Members files as spreadsheets and people write them."""

import csv
import io
from unicodedata import normalize
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.community import Channels, Community, Role
from bot.domain.deadlines import Deadlines
from bot.domain.times import Almanac
from bot.domain.topics import Topic
from bot.gateways.members_csv import MembersFileWrong, read_members

REGIONS = ("North", "Humber, Coast and Vale", "Kent & Medway")
COMMUNITY = Community(
    name="Colleagues",
    about="people who ask one another",
    channels=Channels(questions="questions", digests="digests"),
    topics=(
        Topic(id="fit", name="FIT", words=("qFIT", "two-week wait")),
        Topic(id="lung", name="Lung health checks"),
    ),
    regions=REGIONS,
    roles={},
    deadlines=Deadlines(almanac=Almanac(zone=ZoneInfo("Europe/London"))),
)
PLAIN = "Name,E-mail,Region\nZoë Müller,zoe@example.org,North\n"


@pytest.fixture
def read(tmp_path):
    """Read these bytes, or this text, as a file."""

    def reading(content, encoding="utf-8"):
        path = tmp_path / "members.csv"
        path.write_bytes(
            content if isinstance(content, bytes) else content.encode(encoding)
        )
        return read_members(path, COMMUNITY)

    return reading


@pytest.fixture
def wrong(read):
    """What is wrong with a file that cannot be imported."""

    def reading(content, encoding="utf-8"):
        with pytest.raises(MembersFileWrong) as caught:
            read(content, encoding)
        return [str(one) for one in caught.value.mistakes]

    return reading


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_names_survive_however_the_file_was_saved(read, encoding):
    """Spreadsheets save in several encodings; a name is spelt right in all of them."""
    (member,) = read(PLAIN, encoding).members

    assert (member.name, member.line) == ("Zoë Müller", 2)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("first", ["", "sep=?\n", "\n\n"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_values_may_be_separated_as_the_country_does(read, separator, first, end):
    """Commas, semicolons and tabs, with any line ends; an empty line is no member."""
    text = (first.replace("?", separator) + PLAIN).replace(",", separator)
    (member,) = read(text.replace("\n", end)).members

    assert (member.email, member.region) == ("zoe@example.org", "North")


@pytest.mark.parametrize(
    "heading", ["E-mail", "EMAIL", "e mail", " Email Address ", "E_Mail"]
)
def test_headings_may_be_written_in_many_ways(read, heading):
    """People need not guess how we spell a column."""
    file = read(f"{heading},full name\nkim@example.org,Kim Reed\n")

    assert file.members[0].name == "Kim Reed"


def test_a_value_in_quotation_marks_may_hold_anything(read):
    """Commas, line breaks and doubled quotation marks do not split a member."""
    text = 'name,e-mail,region\n"Reed, Kim\n(""K"")",k@example.org,'
    (member,) = read(f'{text}"Humber, Coast and Vale"\n').members

    assert member.name == 'Reed, Kim ("K")'
    assert member.region == "Humber, Coast and Vale"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("FIT", {"fit"}),
        ("qfit | Lung Health Checks", {"fit", "lung"}),
        ("Two week wait", {"fit"}),
        ("lung;;fit", {"fit", "lung"}),
        ("", set()),
    ],
)
def test_interests_are_ids_names_or_synonyms(read, typed, meant):
    """A topic is known by any of its words, however it is capitalised."""
    file = read(f'name,e-mail,topics\nKim Reed,k@example.org,"{typed}"\n')

    assert file.members[0].interests == meant


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Kim,k@example.org,Kent and Medway", None),
        ("Kim,k@example.org,Nroth", "Line 2, region: “Nroth” is not a region"),
        (",k@example.org,", "Line 2, name: is missing."),
        ("Kim,,", "Line 2, e-mail: is missing"),
        ("Kim,k.example.org,", "Line 2, e-mail: “k.example.org” is not an e-mail"),
        ("Kim,k@example.org,North,x", "Line 2: There are more values than columns."),
        (f"{'K' * 201},k@example.org,", "Line 2, name: is longer than 200"),
        ("Kim\u200b,k@example.org,", "Line 2, name: has characters in it"),
    ],
)
def test_each_mistake_is_told_by_line_and_column(read, wrong, line, told):
    """Whoever sees it can go there and mend it."""
    text = f"name,e-mail,region\n{line}\n"

    if told is None:
        assert read(text).members[0].region == "Kent & Medway"
    else:
        (mistake,) = wrong(text)
        assert mistake.startswith(told)


def test_an_address_twice_names_the_first_line(wrong):
    """Two members never become one by a slip, whatever the capitals."""
    (mistake,) = wrong("name,e-mail\nA,k@example.org\n\nB,K@Example.org\n")

    assert mistake.startswith("Line 4, e-mail: “K@Example.org” is in line 2 already.")


def test_lines_are_counted_as_an_editor_counts(wrong):
    """A value over several lines does not put the numbers out."""
    (mistake,) = wrong('name,e-mail\n"A\nB\nC",a@example.org\nD,nobody\n')

    assert mistake.startswith("Line 5, e-mail")


@pytest.mark.parametrize(
    ("headings", "told"),
    [
        ("name,region", "Line 1, e-mail: There is no such column."),
        ("name,e-mail,intrests", "Line 1, intrests: This is no heading we know."),
        ("name,e-mail,email", "Line 1, e-mail: There are two such columns."),
    ],
)
def test_headings_that_cannot_be_right(wrong, headings, told):
    """A misspelt heading does not lose a column in silence."""
    (mistake,) = wrong(f"{headings}\nKim,k@example.org,North\n")

    assert mistake.startswith(told)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "There is no such column"),
        (b"name,e-mail\n", "There are no members in it"),
        (b"PK\x03\x04\x00\x00\x00\x08\xff\xfe", "Save it as CSV"),
        (b"name,e-mail\n\x81\x8d,k@example.org\n", "Save it as CSV"),
        (b'name,e-mail\n"Kim,k@example.org\nB,b@example.org\n', "quotation marks"),
    ],
)
def test_what_is_no_table_of_members_is_refused_in_words(wrong, content, told):
    """An empty file, a workbook or a broken one says what to do."""
    assert told in wrong(content)[0]


def test_roles_may_be_written_in_capitals(read):
    """A role left out is not changed later."""
    file = read("name,e-mail,role\nA,a@example.org,LEAD\nB,b@example.org,\n")

    assert [one.role for one in file.members] == [Role.LEAD, None]


NAMES = (
    st.text(
        st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=40
    )
    .map(lambda name: " ".join(name.split()))
    .filter(bool)
)


@settings(max_examples=60, deadline=None)
@given(names=st.lists(NAMES, min_size=1, max_size=8), separator=st.sampled_from(",;\t"))
def test_whatever_a_spreadsheet_writes_is_read_back(tmp_path_factory, names, separator):
    """No name is changed, lost or split, whatever is in it."""
    written = io.StringIO()
    rows = csv.writer(written, delimiter=separator)
    rows.writerow(["name", "e-mail"])
    rows.writerows((name, f"m{n}@example.org") for n, name in enumerate(names))
    path = tmp_path_factory.mktemp("csv") / "members.csv"
    path.write_text(written.getvalue(), encoding="utf-8-sig")

    read = read_members(path, COMMUNITY)
    assert [one.name for one in read.members] == [normalize("NFC", n) for n in names]


@settings(max_examples=100, deadline=None)
@given(content=st.binary(max_size=300))
def test_any_bytes_at_all_are_read_or_refused(tmp_path_factory, content):
    """Nothing but our own refusal ever comes out of a strange file."""
    path = tmp_path_factory.mktemp("csv") / "members.csv"
    path.write_bytes(content)

    try:
        told = read_members(path, COMMUNITY).members
    except MembersFileWrong as error:
        told = error.mistakes
    assert told
