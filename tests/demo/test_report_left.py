"""What a play leaves behind for whoever was not there."""

import json

from bot.demo import report
from bot.demo.accounts import Account
from bot.demo.judge import judge
from bot.demo.telling import Teller
from tests.demo.diary import Diary
from tests.demo.kept import UPDATE, a_month
from tests.demo.known import ADDRESSES, AMINA, BOARD, JOAN
from tests.demo.mailbag import plain

DIGEST = Account(
    digest=1,
    root="1779000000.000001",
    places={"quoted": 4},
    unassigned=0,
    markdown="# What was asked\n",
    html="<h1>What was asked</h1>\n",
)
TABLE = """\
Contacts nobody asked for   week 1  week 2  week 3
Amina Yusuf                      0       0       2
Ben Carter                       1       1       3
Dev Patel-Jones                  0       0       3
Efua Mensah                      0       0       0
George Penhale                   2       1       0
Carys Bowen                      0       1       3
Joan Thackray                    2       0       3
Ruth Ellery                      2       1       2
"""


def test_the_table_shows_each_persons_contacts_week_by_week():
    """Everybody has a line, also whom nobody contacted; by letter counts as well."""
    assert "\n".join(report.contacts_table(a_month().evidence())) + "\n" == TABLE


def test_a_week_in_which_nobody_is_contacted_has_its_column():
    """Weeks run from Monday to Sunday, without a gap."""
    diary = a_month()
    diary.mails("2026-06-15 12:40", JOAN, plain("Did you know?"))

    head, *lines = report.contacts_table(diary.evidence())

    assert head.endswith("week 3  week 4  week 5")
    joans = next(line for line in lines if line.startswith("Joan Thackray"))
    assert joans.split()[2:] == ["2", "0", "3", "0", "1"]


def test_without_contacts_there_is_only_a_heading():
    """An empty play is no error."""
    assert list(report.contacts_table(Diary().evidence())) == [
        "Contacts nobody asked for "
    ]


def test_a_play_leaves_its_evidence(tmp_path):
    """The transcript with the community's time, the digest, the table, the update."""
    out = tmp_path / "new" / "out"
    evidence = a_month().evidence()

    report.write(out, evidence, DIGEST)

    assert {one.name for one in out.iterdir()} == {
        *("transcript.json", "contacts.txt", "digest.md", "digest.html"),
        *("edition.html", "edition.txt"),
    }
    transcript = json.loads((out / "transcript.json").read_text())
    assert len(transcript) == len(evidence.entries)
    assert transcript[0]["community_time"] == "2026-05-18T09:59:00+01:00"
    assert (out / "contacts.txt").read_text() == TABLE
    assert (out / "digest.md").read_text() == DIGEST.markdown
    assert (out / "digest.html").read_text() == DIGEST.html
    assert (out / "edition.html").read_text().strip() == UPDATE.html
    assert (out / "edition.txt").read_text() == UPDATE.text


def test_the_update_left_is_the_one_that_members_read(tmp_path):
    """The partner's copy, which came first, names nobody, and is not it."""
    diary = a_month()
    boards = diary.updates[BOARD]
    boards.text = "For partners: no names.\n"
    diary.mail.remove(boards)
    diary.mail.insert(0, boards)
    diary.updates[ADDRESSES[AMINA]].text = "For members.\n"

    report.write(tmp_path, diary.evidence(), DIGEST)

    assert (tmp_path / "edition.txt").read_text() == "For members.\n"


def test_a_play_without_an_update_leaves_none(tmp_path):
    """What was not sent cannot be shown."""
    diary = a_month()
    for letter in diary.updates.values():
        diary.loses(letter)

    report.write(tmp_path, diary.evidence(), DIGEST)

    assert not list(tmp_path.glob("edition.*"))


def test_broken_promises_are_told_with_what_broke_them(capsys):
    """The first faults are shown, and how many more there are."""
    diary = a_month()
    diary.knows(update_approved=None)

    report.tell(Teller({}), judge(diary.evidence()))

    said = capsys.readouterr().out
    assert "kept    No letter came twice." in said
    assert "BROKEN  It left on a working morning, after a person had approved" in said
    assert said.count("an update went out that nobody had approved") == report.SHOWN
    assert "… and 2 more" in said
