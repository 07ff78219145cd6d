"""A question's whole way, by clicking alone: asked, answered, collated, approved."""

import pytest

from bot.demo.community import described
from bot.demo.playground import playground
from bot.demo.times import local

pytestmark = pytest.mark.browser

QUESTIONS, DIGESTS = "C0QUESTIONS", "C0DIGESTS"
EVERYBODY = ["U0CARYS", "U0AMINA", "U0BEN"]
SEED = {
    "people": [
        {"id": "U0CARYS", "name": "carys", "real_name": "Carys Bowen"}
        | {"email": "carys@example.org"},
        {"id": "U0AMINA", "name": "amina", "real_name": "Amina Yusuf"},
        {"id": "U0BEN", "name": "ben", "real_name": "Ben Carter"},
    ],
    "channels": [
        {"id": QUESTIONS, "name": "questions", "members": EVERYBODY, "bot": True},
        {"id": DIGESTS, "name": "digests", "members": EVERYBODY, "bot": True},
    ],
}
QUESTION = "How do you safety-net a negative FIT when symptoms go on?"
ANSWER = "We repeat the FIT at six weeks and book a review before they leave."


@pytest.fixture
def play():
    """A Slack and a bot as processes, on a Monday at lunch, when Ben can be asked."""
    roles = {"carys@example.org": "coordinator"}
    with playground(described(roles), SEED, local("2026-05-18 12:35")) as running:
        yield running


def test_a_question_is_asked_answered_and_approved_by_clicking(play, look):
    """A newcomer sees the whole loop without a terminal, and acts every part in it."""
    eyes = look(play.url).at(f"as/U0AMINA/channel/{QUESTIONS}")
    asks(eyes)
    play.director.wait_until_quiet()
    answers(eyes)
    play.director.wait_until_quiet()
    collates(eyes)
    play.director.wait_until_quiet()
    checks(eyes)
    play.director.wait_until_quiet()
    approves(eyes)
    play.director.passes(minutes=11)  # the hold, in which it can be taken back
    eyes.place("#digests")
    eyes.sees(ANSWER)
    assert not eyes.errors


def asks(eyes):
    """Amina asks by the form that /ask opens, and never touches a mouse."""
    keys = eyes.page.keyboard
    reach(eyes, "TEXTAREA")
    keys.type("/ask")
    keys.press("Enter")
    eyes.form()
    keys.press("Escape")  # she thinks again
    eyes.page.locator("dialog#modal[open]").wait_for(state="hidden")
    reach(eyes, "TEXTAREA")
    keys.type("/ask")
    keys.press("Enter")
    eyes.form()
    keys.type(QUESTION)  # the first field has the focus
    reach(eyes, "BUTTON", "Send")
    keys.press("Enter")
    eyes.page.locator("dialog#modal[open]").wait_for(state="hidden")
    eyes.sees(QUESTION)


def reach(eyes, tag, words=""):
    """Press Tab until the focus is on such an element."""
    script = "[document.activeElement.tagName, document.activeElement.textContent]"
    for _ in range(60):
        held, said = eyes.asks(script)
        if held == tag and words in said:
            return
        eyes.page.keyboard.press("Tab")
    raise AssertionError(f"Tab never comes to {tag} {words}")


def answers(eyes):
    """Ben finds an invitation and answers by its form, at the second attempt."""
    eyes.become("U0BEN")
    eyes.place("Messages")
    eyes.sees("needed by")
    eyes.presses("Answer")
    eyes.fills(Your_answer="For NHS 943 476 5919 we repeated it.")
    eyes.sends("Post")
    eyes.form().get_by_text("identify a patient").wait_for()  # said under the field
    eyes.fills(Your_answer=ANSWER)
    eyes.submits("Post")


def collates(eyes):
    """Carys collates from the question's own menu."""
    eyes.become("U0CARYS")
    eyes.place("#questions")
    eyes.sees(QUESTION)
    post = eyes.page.locator("main article").filter(has_text=QUESTION)
    post.get_by_label("What can be done").click()
    post.get_by_role("button", name="Collate this thread").click()
    eyes.submits("Close")


def checks(eyes):
    """Ben is shown his line and is content."""
    eyes.become("U0BEN")
    eyes.place("Messages")
    eyes.sees("This is your line")
    eyes.presses("OK")


def approves(eyes):
    """Carys opens the draft from her Home and approves it."""
    eyes.become("U0CARYS")
    eyes.place("Home")
    eyes.presses("Open the draft")
    eyes.sends("Approve")
    eyes.form().get_by_text("until then it can be taken back").wait_for()
    eyes.submits("Close")
