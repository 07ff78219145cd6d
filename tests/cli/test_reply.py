"""``convenor reply``: an e-mail from a file, shown before it is posted, and once."""

import io
from dataclasses import replace

import pytest

from bot.usecases import backlog, questions
from bot.usecases.questions import Enquiry
from tests.gateways.letters_received import OUTLOOK, OWN, QUESTION, letter

MEMBERS = """name,e-mail,region,interests
Dr Priya Nair,priya@example.org,North,FIT
Dr Joan Thackray,joan.thackray@example.org,North,
"""
ADD = ("reply", "add", "--question", "1", "--file", "reply.eml")


@pytest.fixture(autouse=True)
def _asked(desk, ctx):
    """Priya has asked a question in Slack; Joan reads e-mail alone."""
    desk.write("members.csv", MEMBERS)
    assert desk.type("members", "import", "members.csv").status == 0
    with ctx.begin() as tx:
        priya = tx.members.by_email("priya@example.org")
        tx.members.keep(replace(priya, slack="UPRIYA"))
    questions.ask(ctx, user="UPRIYA", enquiry=Enquiry(question=QUESTION), source="1")
    desk.write("reply.eml", letter(OWN, Date=None))


@pytest.fixture
def replies(ctx):
    """The replies to the question, as they are kept."""

    def kept():
        with ctx.begin.read() as tx:
            return [(one, tx.originals.of(one.id)) for one in tx.threads.replies(1)]

    return kept


def test_what_would_be_posted_is_shown_and_asked(desk, ctx, replies, monkeypatch):
    """Without a yes nothing is added."""
    owed = backlog.lengths(ctx)["outbox"]
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))

    told = desk.type(*ADD)

    assert told.status == 1
    assert f"Question 1: {QUESTION}" in told.out
    assert "From Dr Joan Thackray (North) by e-mail" in told.out
    assert OWN in told.said
    assert "Nothing was added." in told.err
    assert replies() == []
    assert backlog.lengths(ctx)["outbox"] == owed


def test_it_is_added_with_its_original(desk, ctx, replies):
    """By its author, by e-mail; the file is kept as it came, and who did it."""
    told = desk.type(*ADD, "--yes")

    assert told.status == 0
    assert (
        "Added to the thread, as from Dr Joan Thackray (North) by e-mail" in told.said
    )
    [(reply, original)] = replies()
    assert (reply.text, reply.via, reply.handed_in_by) == (OWN, "e-mail", None)
    assert original.content == (desk.folder / "reply.eml").read_bytes()
    with ctx.begin.read() as tx:
        [entry] = tx.audit.about("question:1")
    assert entry.actor.startswith("operator")


def test_the_same_file_is_added_once(desk, replies):
    """The second time it says when it was added, and by whom."""
    desk.type(*ADD, "--yes")
    told = desk.type(*ADD, "--yes")

    assert told.status == 1
    assert "was added already" in told.said
    assert "by an operator" in told.said
    assert len(replies()) == 1


def test_a_mistake_is_taken_back_and_can_be_mended(desk, replies):
    """Nothing of it is kept, and the same letter can be added as somebody else's."""
    told = desk.type(*ADD, "--yes", "--from", "priya@example.org")
    assert "convenor reply take-back 1" in told.said

    assert "Taken back" in desk.type("reply", "take-back", "1").said

    [(reply, original)] = replies()
    assert (reply.counts, reply.text, original) == (False, "", None)
    assert "gone already" in desk.type("reply", "take-back", "1").said
    assert "no reply that somebody added" in desk.type("reply", "take-back", "7").said
    assert desk.type(*ADD, "--yes").status == 0


def test_outlooks_html_says_what_it_leaves_out(desk, replies):
    """And --whole posts all of it."""
    desk.write("reply.eml", OUTLOOK)

    told = desk.type(*ADD, "--yes", "--without-name")

    assert "Not posted: 7 lines beneath" in told.said
    assert "From a member by e-mail" in told.out
    [(reply, _)] = replies()
    assert QUESTION not in reply.text
    assert not reply.named
    assert desk.type(*ADD, "--yes", "--whole").status == 1  # the same letter


def test_a_patient_in_it_is_neither_kept_nor_printed(desk, replies):
    """Terminals keep what they show."""
    desk.write("reply.eml", letter("Like Mrs Jane Roe, NHS 943 476 5919."))

    told = desk.type(*ADD, "--yes", "--sure")

    assert told.status == 1
    assert "identify a patient" in told.said
    assert "Roe" not in told.said
    assert "943" not in told.said
    assert replies() == []


def test_where_it_is_not_sure_it_says_how_to_go_on(desk, replies):
    """The tick of the form is --sure here."""
    desk.write("reply.eml", letter("My patient Jane Roe waited for six weeks."))

    asked = desk.type(*ADD, "--yes")
    sure = desk.type(*ADD, "--yes", "--sure")

    assert "--sure" in asked.err
    assert "Roe" not in asked.said
    assert sure.status == 0
    assert len(replies()) == 1


def test_a_patient_in_what_is_answered_is_not_kept_either(desk, replies):
    """The words alone are then the original."""
    quoted = "On 1 Jun 2026, X <x@example.org> wrote:\n> NHS number 943 476 5919"
    desk.write("reply.eml", letter(f"{OWN}\n\n{quoted}"))

    assert desk.type(*ADD, "--yes").status == 0

    [(_, original)] = replies()
    assert original.content == OWN.encode()
    assert desk.type(*ADD, "--yes").status == 1  # it is known all the same


def test_an_address_that_is_nobodys_is_refused_with_advice(desk, replies):
    """And --from says whose it is."""
    desk.write("reply.eml", letter(OWN, From="someone@example.net"))

    told = desk.type(*ADD, "--yes")

    assert "No member writes from someone@example.net" in told.said
    assert "--from" in told.said
    assert desk.type(*ADD, "--yes", "--from", "JOAN.Thackray@example.org").status == 0
    assert len(replies()) == 1


def test_without_a_question_their_numbers_are_listed(desk):
    """So that nobody has to look them up elsewhere."""
    told = desk.type("reply", "add", "--file", "reply.eml")

    assert told.status == 1
    assert "How do you safety-net a negative FIT?" in told.said
    assert "--question" in told.err
    assert "open" in desk.type("reply", "questions").out


@pytest.mark.parametrize(
    ("content", "question", "why"),
    [
        (letter(OWN, Auto_Submitted="auto-replied"), "1", "by a machine"),
        (letter("> Only what it answers"), "1", "no words"),
        (letter(OWN, From="nobody"), "1", "--from"),
        (letter(OWN), "99", "no question of that number"),
        (letter(OWN * 200), "1", "characters"),
    ],
    ids=["automatic", "nothing", "no sender", "no question", "too long"],
)
def test_what_cannot_be_added_is_refused(desk, replies, content, question, why):
    """With a sentence, never a trace."""
    desk.write("reply.eml", content)

    told = desk.type("reply", "add", "-q", question, "--file", "reply.eml", "--yes")

    assert told.status == 1
    assert why in told.said
    assert replies() == []


@pytest.mark.parametrize("number", ["99999999999", "9" * 30])
def test_a_number_no_database_takes_is_refused(desk, number):
    """A slip of the finger ends in words."""
    asked = desk.type("reply", "add", "-q", number, "--file", "reply.eml", "--yes")
    taken = desk.type("reply", "take-back", number)
    assert asked.status == taken.status == 2
    assert "Invalid value" in asked.err
    assert "Invalid value" in taken.err
