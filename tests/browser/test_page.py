"""The page in a real browser: nothing runs in it, nobody is shut out, nothing lost."""

import smtplib
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.browser.kit import ESCAPED, FORM, HOSTILE, MESSAGE, plain

pytestmark = pytest.mark.browser

QUESTIONS, AMINA, BEN = "C0QUESTIONS", "U0AMINA", "U0BEN"
FINDINGS = Path(__file__).with_name("findings.js").read_text(encoding="utf-8")
PHONE = {"width": 360, "height": 740, "has_touch": True}
INVITATION = """BEGIN:VCALENDAR\r
METHOD:REQUEST\r
BEGIN:VEVENT\r
UID:call-1@example.org\r
SEQUENCE:1\r
DTSTART;TZID=Europe/London:20260910T123000\r
DTEND;TZID=Europe/London:20260910T133000\r
SUMMARY:Quarterly call\r
LOCATION:020 7946 0000\r
END:VEVENT\r
END:VCALENDAR\r
"""


@pytest.fixture
def furnished(server, player, app):
    """A Slack in which everything that the page shows is there to be seen."""
    app.chat_postMessage(channel=QUESTIONS, text=ESCAPED, blocks=MESSAGE)
    root = player.person(AMINA).post(QUESTIONS, ESCAPED)
    player.person(BEN).reply(root, "Yes, *always*; see <https://example.org|this>.")
    player.person(BEN).react(root, "heart")
    app.chat_postEphemeral(channel=QUESTIONS, user=BEN, text="Only Ben reads this.")
    app.views_publish(user_id=BEN, view={"type": "home", "blocks": MESSAGE})
    post(server)
    return root


def post(server):
    """One letter with everything in it, to somebody who is not in Slack."""
    made = EmailMessage()
    made["Subject"], made["From"] = "Quarterly call", "network@example.org"
    made["To"] = "nia@example.org"
    made.set_content("Dear Nia,")
    made.add_alternative(f"<h1>Dear Nia</h1>{HOSTILE}", subtype="html")
    method = {"method": "REQUEST"}
    made.add_alternative(INVITATION, subtype="calendar", params=method)
    with smtplib.SMTP("127.0.0.1", server.mail_port, timeout=5) as smtp:
        smtp.send_message(made)


def opened(server, app, user=BEN, view=FORM):
    """A form opens in front of somebody."""
    app.views_open(trigger_id=server.world.triggers.issue(user), view=view)


PLACES = {
    "channel": f"as/{BEN}/channel/{QUESTIONS}",
    "thread": f"as/{BEN}/thread/{QUESTIONS}/{{ts}}",
    "home": f"as/{BEN}/home",
    "messages": f"as/{BEN}/dm",
    "channels": f"as/{BEN}/channels",
    "letters": f"as/{BEN}/mail",
    "letter": "as/nia@example.org/mail/1",
    "owed": f"as/{BEN}/owed",
    "form": f"as/{BEN}/channel/{QUESTIONS}",
}


@pytest.mark.parametrize("screen", [PHONE, {}], ids=["phone", "desk"])
def test_nobody_is_shut_out(server, app, furnished, look, screen):
    """Every field and button has a name, is large enough to touch, and can be read.

    Nothing is wider than the screen, on a phone or a desk, in light or in dark.
    """
    eyes = look(server.url, reduced_motion="reduce", **screen)
    found = {}
    for name, place in PLACES.items():
        if name == "form":
            opened(server, app)
        eyes.at(place.format(ts=furnished.ts))
        if name == "form":
            eyes.form()
        for scheme in ("light", "dark"):
            eyes.page.emulate_media(color_scheme=scheme)
            found[name, scheme] = eyes.asks(FINDINGS)
    assert [one for one in found.items() if one[1]] == []
    assert not eyes.errors


def test_hostile_words_are_only_words(server, player, furnished, look):
    """What people type, are called or put in letters never becomes part of the page."""
    player.do("change_person", user=AMINA, real_name=HOSTILE)
    eyes = look(server.url)
    for name in ("channel", "thread", "home", "letter"):
        eyes.at(PLACES[name].format(ts=furnished.ts))
        if name == "letter":
            frame = eyes.page.frame_locator("iframe.letter")
            frame.get_by_role("heading", name="Dear Nia").wait_for()
        else:
            eyes.sees(HOSTILE)
        assert eyes.asks("window.hacked") is None
        inside = "document.querySelectorAll('main img, main script, aside img').length"
        assert eyes.asks(inside) == 0
    assert not eyes.errors


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("<javascript:alert(1)|press me>", "<javascript:alert(1)>"),
        ("<!channel> hello", "@channel"),
        ("*not bold", "*not bold"),
        ("a_b_c and 2*3*4", "a_b_c and 2*3*4"),
    ],
)
def test_links_and_marks_do_what_slacks_do_and_no_more(server, app, look, typed, shown):
    """A link leads to the web or nowhere; words with stars in them stay words."""
    app.chat_postMessage(channel=QUESTIONS, text="-", blocks=[section(typed)])
    eyes = look(server.url).at(PLACES["channel"])
    eyes.sees(shown)
    links = "[...document.querySelectorAll('main .said a')].map(one => one.href)"
    assert eyes.asks(links) == []


def section(words):
    """A paragraph of mrkdwn."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": words}}


def test_typed_words_go_out_inert_and_names_are_known(server, player, look):
    """Typing markup says it, and does not do it; typing @ben calls Ben."""
    eyes = look(server.url).at(f"as/{AMINA}/channel/{QUESTIONS}")
    eyes.types("<!channel> and <b>bold</b>, @ben?")
    eyes.sees("<!channel> and <b>bold</b>, @Ben Carter?")
    (said,) = player.person(BEN).sees(QUESTIONS)
    assert said["text"] == ("&lt;!channel&gt; and &lt;b&gt;bold&lt;/b&gt;, <@U0BEN>?")


def test_new_messages_come_in_and_typed_words_stay(server, player, look):
    """Live refresh brings what is new, and leaves words, focus and forms alone."""
    eyes = look(server.url).at(f"as/{BEN}/channel/{QUESTIONS}")
    area = eyes.page.locator("main .composer textarea")
    area.press_sequentially("half a thou")
    player.person(AMINA).post(QUESTIONS, "Something new")
    eyes.sees("Something new")
    area.press_sequentially("ght")
    assert area.input_value() == "half a thought"
    assert eyes.asks("document.activeElement.tagName") == "TEXTAREA"


def test_a_form_that_changes_keeps_what_was_typed(server, app, look):
    """The bot may ask one more thing; nobody types theirs again."""
    opened(server, app)
    eyes = look(server.url).at(PLACES["channel"])
    eyes.fills(Question="When do you repeat it?")
    eyes.form().get_by_label("Everyone").first.check()
    (form,) = server.world.forms.stacks[BEN]
    more = [*FORM["blocks"], section("One more thing")]
    app.views_update(view_id=form.id, view=FORM | {"blocks": more})
    eyes.form().get_by_text("One more thing").wait_for()
    question = eyes.form().get_by_label("Question")
    assert question.input_value() == "When do you repeat it?"
    assert eyes.form().get_by_label("Everyone").first.is_checked()


def test_a_form_says_what_is_wrong_and_when_the_bot_is_silent(
    server, player, app, look
):
    """Nothing typed is lost to a missing field, or to a bot that does not answer."""
    player.do("delays", ack_within=0.2)
    opened(server, app)
    eyes = look(server.url).at(PLACES["channel"])
    eyes.sends("Send")
    eyes.form().get_by_text("Please complete this required field.").wait_for()
    question = eyes.form().get_by_label("Question")
    assert question.get_attribute("aria-invalid") == "true"
    question.fill("When?")
    eyes.sends("Send")
    eyes.form().get_by_text("We had some trouble connecting.").wait_for()
    assert question.input_value() == "When?"


def test_one_can_react_change_and_take_back(server, player, look):
    """A message's menu does what Slack's does, and asks before it deletes."""
    player.person(BEN).post(QUESTIONS, "Frist")
    eyes = look(server.url).at(PLACES["channel"])
    choose(eyes, "React: heart")
    eyes.sees("❤️ 1")
    choose(eyes, "Edit…")
    eyes.page.get_by_label("Your words").fill("First")
    eyes.page.get_by_role("button", name="Save").click()
    eyes.sees("First")
    choose(eyes, "Delete…")
    eyes.page.get_by_role("button", name="Delete", exact=True).click()
    eyes.sees("Nothing has been said here yet.")
    assert player.person(BEN).sees(QUESTIONS) == []


def choose(eyes, act):
    """Choose something from the only message's menu."""
    eyes.page.locator("main article").get_by_label("What can be done").click()
    eyes.page.get_by_role("button", name=act).click()


def test_a_sure_button_asks_first(server, player, app, look):
    """Where the bot wants to be sure, nothing is sent until a person is."""
    sure = {"title": plain("Sure?"), "text": plain("It cannot be undone.")}
    confirm = sure | {"confirm": plain("Do it"), "deny": plain("Do not")}
    elements = [MESSAGE[5]["elements"][0] | {"confirm": confirm}]
    blocks = [{"type": "actions", "elements": elements}]
    app.chat_postMessage(channel=QUESTIONS, text="-", blocks=blocks)
    eyes = look(server.url).at(PLACES["channel"])
    eyes.presses("Answer")
    eyes.page.get_by_role("button", name="Do not").click()
    assert not player.transcript("act")
    eyes.presses("Answer")
    eyes.page.get_by_role("button", name="Do it").click()
    eyes.page.get_by_text("The bot did not answer in time.").wait_for()
    assert [one["action_id"] for one in player.transcript("act")] == ["answer"]


def test_an_invitation_is_read_at_a_glance(server, furnished, look):
    """Who lives in e-mail is somebody here too, with their own letters."""
    eyes = look(server.url).at(PLACES["channel"])
    eyes.become("nia@example.org")
    eyes.page.locator("main").get_by_text("Quarterly call").click()
    eyes.sees("Changed invitation")
    eyes.sees("Thu 10 Sept 2026, 12:30–13:30 (Europe/London)")
    eyes.presses("Phone (360)")
    assert eyes.asks("document.querySelector('iframe.letter').clientWidth") <= 360
    eyes.presses("Source")
    eyes.sees("Subject: Quarterly call")
    assert furnished.ts


def test_what_is_new_waits_where_it_will_be_seen(server, app, look):
    """A message for somebody else shows by their name, until one looks as them."""
    eyes = look(server.url).at(f"as/{AMINA}/channel/{QUESTIONS}")
    app.chat_postMessage(channel=BEN, text="A question for you, Ben")
    ben = eyes.page.locator("#who option", has_text="Ben Carter (1 new)")
    ben.wait_for(state="attached")
    eyes.become(BEN)
    eyes.place("Messages")
    eyes.sees("A question for you, Ben")
    ben.wait_for(state="detached")
