"""Replies received elsewhere: handed in once, quoted as from their author."""

import json
from dataclasses import replace

import pytest

from bot.domain.elsewhere import Received
from bot.domain.notices import NoticeKind
from bot.domain.threads import Via
from bot.usecases import elsewhere

LATER = (NoticeKind.REMINDER, NoticeKind.CLOSING)

QUESTION = "How do you safety-net a negative FIT with ongoing symptoms?"
WORDS = "We repeat the test at six weeks, and refer if the symptoms have not gone."


@pytest.fixture
def cast(stage):
    """Amina has asked; Joan, who reads e-mail alone, and Ben were asked."""
    amina = stage.member("Amina Yusuf", region="Northshire")
    joan = stage.member(
        "Joan Thackray", interests=["fit"], region="Eastvale", email_only=True
    )
    ben = stage.member("Ben Carter", interests=["fit"], region="Southdown")
    carys = stage.coordinator()
    post = amina.asks(QUESTION)
    stage.until("2026-06-02 12:30")
    return amina, joan, ben, carys, post


def _adds(carys, joan, **fields):
    """Carys fills in the form that her Home offers; returns what she is told."""
    assert "Needs you" in carys.home
    carys.presses("Add a reply received elsewhere")
    return carys.submits(
        **({"question": "1", "author": joan.id, "text": WORDS} | fields)
    )


def test_an_emailed_reply_stands_in_the_thread_as_from_its_author(stage, cast):
    """Whose it is, how it came and who added it; the post counts it."""
    _, joan, _, carys, post = cast

    told = _adds(carys, joan)

    [reply] = stage.thread(post)
    assert (
        "*From Joan Thackray (Eastvale) by e-mail*, added by Carys Bowen:"
        in reply.words
    )
    assert WORDS in reply.words
    assert "1 reply from 1 person" in post.words
    assert "not asked or reminded of this question any more" in told


def _kept(stage):
    with stage.store.read() as tx:
        return [(one, tx.originals.of(one.id)) for one in tx.threads.replies(1)]


def test_it_is_kept_with_who_said_it_how_and_who_handed_it_in(stage, cast):
    """The ledger, the audit and the original follow from that."""
    _, joan, _, carys, _ = cast

    _adds(carys, joan, via="phone")

    [(reply, original)] = _kept(stage)
    assert (reply.author, reply.handed_in_by) == (joan.id, carys.id)
    assert reply.via == "phone"
    assert original.content == WORDS.encode()
    with stage.store.read() as tx:
        acts = [
            one.act for one in tx.audit.about("question:1") if one.actor == carys.id
        ]
    assert "reply added" in acts


def test_its_author_is_not_asked_or_reminded_any_more(stage, cast):
    """The invitation is answered: no reminder and no closing notice come of it."""
    _, joan, ben, carys, _ = cast

    _adds(carys, joan)
    stage.until("2026-06-11 12:45")

    with stage.store.read() as tx:
        found = tx.invitations.to(1, joan.id)
        reminders = [tx.notices.is_wanted(joan.id, kind, found.id) for kind in LATER]
    assert found.answered_at is not None
    assert reminders == [False, False]
    assert len(ben.invitations) > 1  # who has not answered was reminded


def test_a_letter_that_still_waits_is_not_sent_to_who_has_answered(stage, cast):
    """Letters could not be sent yet; by then Joan has told Carys on the phone."""
    _, joan, _, carys, _ = cast
    _adds(carys, joan, via="phone")

    stage.restarts(mail=True)
    stage.passes(hours=1)

    assert joan.letters == []


def test_it_is_quoted_in_the_digest_as_its_authors(cast):
    """Like any reply, with how it came; the ledger says so too."""
    _, joan, _, carys, post = cast
    _adds(carys, joan)

    carys.shortcut("collate_thread", post)
    carys.does("open_digest", "1")
    desk = str(carys.form)
    carys.does("digest_ledger", "1:0")

    assert "Joan Thackray (Eastvale), by e-mail" in desk
    assert WORDS in desk
    assert "*Joan Thackray (Eastvale)* by e-mail · quoted" in str(carys.form)


def test_the_same_words_are_added_once(stage, cast):
    """The second time the coordinator is told when, and by whom; what they typed stays.

    A form that is sent twice is one act, and nothing is said of it.
    """
    _, joan, _, carys, post = cast

    carys.commands("/convenor", "reply")
    fields = {"question": "1", "author": joan.id, "text": WORDS}
    first = carys.submits(view_id="V7", **fields)
    again = carys.submits(view_id="V7", **fields)
    twice = carys.submits(**fields | {"text": f"  {WORDS.upper()}"})

    assert "Added to the thread" in first
    assert again == first
    assert "added already, Tue 2 Jun, 12:30 by Carys Bowen" in twice
    assert len(stage.thread(post)) == 1


def test_what_they_said_in_the_thread_is_not_added_again(stage, cast):
    """Ben answers in Slack and by e-mail: his view stands once."""
    _, _, ben, carys, post = cast
    ben.replies(post, WORDS)

    told = _adds(carys, ben)

    assert "said this themselves" in told
    assert len(stage.thread(post)) == 1


def test_a_mistake_is_taken_back(stage, cast):
    """Ben's words were added as Joan's: they go, and she may be asked again."""
    _, joan, _, carys, post = cast
    view = json.loads(_adds(carys, joan))["view"]
    stage.slack.open(f"{carys.slack}:9", view)

    told = carys.presses("Take it back")

    assert "Taken back" in str(carys.form)
    assert stage.thread(post) == [], told
    assert "no replies yet" in post.words
    [(reply, original)] = _kept(stage)
    assert (reply.text, original) == ("", None)
    with stage.store.read() as tx:
        assert tx.invitations.to(1, joan.id).open


def test_a_patients_number_is_refused_and_never_repeated(stage, cast):
    """Beside the field; nothing is kept or posted."""
    _, joan, _, carys, post = cast

    told = _adds(carys, joan, text="As with Mrs Jane Roe, NHS 943 476 5919.")

    assert "identify a patient" in told
    assert "Roe" not in told
    assert "943" not in told
    assert _kept(stage) == []
    assert stage.thread(post) == []


def test_where_it_is_not_sure_it_asks_and_loses_nothing(stage, cast):
    """The form comes back as it was, with a box to tick; the tick is kept, not why."""
    _, joan, _, carys, post = cast
    words = "My patient Jane Roe waited for six weeks."
    asked = _adds(carys, joan, text=words, via="letter", options=["nameless"])
    assert "No patient is described" in asked

    view = json.loads(asked)["view"]
    stage.slack.open(f"{carys.slack}:9", view)
    assert "Added to the thread" in carys.submits(no_patient=["yes"])

    [reply] = stage.thread(post)
    assert "*From A member by letter*, added by Carys Bowen:" in reply.words
    assert words in reply.words
    assert "Joan" not in reply.words


def test_not_one_for_me_by_email_frees_the_member(stage, cast):
    """As if they had pressed it: no reminder, and nothing in the thread."""
    _, joan, _, carys, post = cast

    told = _adds(carys, joan, outcome="not_for_them", text="")
    again = _adds(carys, joan, outcome="not_for_them", text="")
    stage.until("2026-06-05 13:00")

    assert "not one for Joan Thackray" in told
    assert "has said so already" in again
    assert stage.thread(post) == []
    with stage.store.read() as tx:
        found = tx.invitations.to(1, joan.id)
        reminded = tx.notices.is_wanted(joan.id, NoticeKind.REMINDER, found.id)
    assert found.declined_at is not None
    assert not reminded


def test_somebody_who_was_not_asked_can_answer_but_need_not_decline(stage, cast):
    """Anyone may answer, asked or not."""
    _, _, _, carys, post = cast
    dev = stage.member("Dev Patel", region="Westmoor", email_only=True)

    assert "was not asked this question" in _adds(carys, dev, outcome="not_for_them")
    assert "Added" in _adds(carys, dev)
    assert len(stage.thread(post)) == 1


def test_coordinators_alone_may_add(stage, cast):
    """Nobody else puts words in another's mouth."""
    amina, joan, _, carys, post = cast
    assert "Added" in _adds(carys, joan, author=amina.id)
    stage.slack.forms[amina.slack] = stage.slack.forms[carys.slack]

    told = amina.submits(question="1", author=joan.id, text=WORDS)
    amina.does("add_reply", "any")

    assert "Only a coordinator can do that" in told
    assert "Only a coordinator can do that" in str(amina.form)
    assert "Add a reply" not in amina.home
    assert len(stage.thread(post)) == 1


def test_a_late_reply_is_still_welcome(stage, cast):
    """After the digest it is in the thread, and the coordinator is told it is news."""
    _, joan, ben, carys, post = cast
    ben.replies(post, "Our lab adds a leaflet to every negative result.")
    carys.shortcut("collate_thread", post)
    stage.until("2026-06-09 12:45")
    carys.does("open_digest", "1")
    carys.submits()
    stage.passes(minutes=11)

    _adds(carys, joan)

    assert any(WORDS in m.words for m in stage.thread(post))
    assert "News after a digest" in carys.home
    _adds_at_the_command_line(stage, ben)
    assert "*From Ben Carter (Southdown) by e-mail*:" in stage.thread(post)[-1].words
    assert "read the digest" in post.words


def _adds_at_the_command_line(stage, author):
    """Somebody does who cannot know the workspace's address."""
    unplaced = replace(stage.ctx, places=replace(stage.ctx.places, address=""))
    received = Received(question=1, author=author.id, via=Via.EMAIL, text=WORDS)
    elsewhere.add_as_operator(
        unplaced, actor="operator:sam", received=received, source="1"
    )
    stage.settle()


def test_members_are_offered_those_waited_for_first(stage, cast):
    """A list while there are few; where there are many, it asks for part of a name."""
    _, joan, _, carys, _ = cast
    carys.commands("/convenor", "reply 1")
    [listed] = [one for one in carys.form["blocks"] if one.get("block_id") == "author"]
    assert "Thackray (Eastvale) · asked" in str(listed["element"]["options"][:2])

    for number in range(100):
        stage.member(f"Zoe{number} Member", email_only=True)
    carys.commands("/convenor", "reply 1")
    [sought] = [one for one in carys.form["blocks"] if one.get("block_id") == "author"]
    found = carys._act(  # noqa: SLF001 - no button does this: Slack asks as one types
        {
            "type": "block_suggestion",
            "action_id": sought["element"]["action_id"],
            "value": "thack",
            "user": {"id": carys.slack},
        }
    )

    assert sought["element"]["type"] == "external_select"
    assert [one["value"] for one in json.loads(found)["options"]] == [joan.id]


def test_nothing_asked_or_nobody_known_is_said(stage):
    """Whatever an old form sends."""
    carys = stage.coordinator()
    assert "Nothing has been asked yet" in carys.commands("/convenor", "reply")

    stage.member("Amina Yusuf").asks(QUESTION)
    for fields in ({"author": "nobody"}, {"question": "99"}, {"text": " "}):
        told = _adds(carys, carys, **fields)
        assert any(why in told for why in ("no such member", "number", "write"))
