"""What people press, and what they are told, over real sockets."""

import pytest
from structlog.testing import capture_logs

from bot.domain.errors import CommunityError, PatientDataFound, QuestionClosed
from bot.handlers.registry import (
    FAILED,
    OLD,
    Choices,
    Close,
    Errors,
    Kind,
    Pressed,
    Push,
    Replace,
    Say,
)
from bot.ports import Act, Message
from tests.slack_play import AMIRA, QUESTIONS


def plain(text):
    return {"type": "plain_text", "text": text}


def field(block, *, optional=True):
    return {
        "type": "input",
        "block_id": block,
        "optional": optional,
        "label": plain(block.capitalize()),
        "element": {"type": "plain_text_input", "action_id": "typed"},
    }


def form(name, *fields, metadata=""):
    return {
        "type": "modal",
        "callback_id": name,
        "private_metadata": metadata,
        "title": plain("A form"),
        "submit": plain("Send"),
        "blocks": list(fields) or [{"type": "section", "text": plain("Sure?")}],
    }


def button(action_id, value=None):
    made = {"type": "button", "action_id": action_id, "text": plain("Press")}
    if value is not None:
        made["value"] = value
    return made


@pytest.fixture
def live(bot, slack):
    """A bot that hears, and has posted a message with *buttons* on request."""
    bot.connect(connections=1)

    def post(*buttons):
        body = {"text": "Press", "blocks": [{"type": "actions", "elements": buttons}]}
        key = f"buttons:{len(slack.player.transcript())}"
        told = Message(key=key, to=QUESTIONS, act=Act.POST, body=body)
        receipt = slack.gateway.send(told, None)
        return {"channel": receipt.channel, "ts": receipt.ts}

    bot.post = post
    yield bot
    for _ in range(3):
        if slack.amira.modal():
            slack.amira.close(everything=True)


def shown(slack):
    """What the form in front of Amira says."""
    blocks = (slack.amira.modal() or {"blocks": []})["blocks"]
    return " ".join(one["text"]["text"] for one in blocks if one["type"] == "section")


def test_a_button_does_what_its_feature_says(live, slack):
    """The function is told who pressed what, and where."""
    acts = []
    live.door.action("answer")(acts.append)
    where = live.post(button("answer:17", "yes"))

    assert slack.amira.press("answer:17", **where)["acked"]
    (act,) = acts
    assert (act.kind, act.name, act.argument) == (Kind.ACTION, "answer", "17")
    assert (act.user, act.value) == (AMIRA, "yes")
    assert (act.channel, act.ts) == (where["channel"], where["ts"])
    assert shown(slack) == ""


def test_a_command_is_answered_under_it_for_that_person_alone(live, slack):
    """Everyone else sees nothing."""
    live.door.command("/ask")(lambda act: Say(f"You typed {act.value}"))

    slack.amira.command("/ask when to repeat FIT?", channel=QUESTIONS)

    assert slack.texts()[-1] == "You typed when to repeat FIT?"
    assert "You typed when to repeat FIT?" not in str(slack.ben.sees(QUESTIONS))


def test_a_shortcut_opens_a_form_whose_fields_are_read_by_name(live, slack):
    """What was typed arrives, whatever number the field's block carries."""
    acts = []
    live.door.shortcut("ask")(
        lambda _: Push(form("ask_form:2", field("question:9"), metadata="m"))
    )
    live.door.view("ask_form")(acts.append)

    slack.amira.shortcut("ask")
    slack.amira.submit(**{"question:9": "Who repeats FIT?"})

    (act,) = acts
    assert act.form["question"] == "Who repeats FIT?"
    assert act.form["nothing"] == ""
    assert "question" in act.form
    assert act.private_metadata == "m"
    assert act.once.startswith(f"view:{act.view_id}:")
    assert slack.amira.modal() is None


def test_a_form_in_the_place_of_another_is_another_act(live, slack):
    """Slack keeps the form's id when another is shown in it: both are done."""
    acts = []
    live.door.shortcut("ask")(lambda _: Push(form("first_form", field("question"))))
    live.door.view("first_form")(
        lambda act: acts.append(act) or Replace(form("second_form", field("question")))
    )
    live.door.view("second_form")(acts.append)

    slack.amira.shortcut("ask")
    slack.amira.submit(question="One")
    slack.amira.submit(question="Two")

    first, second = acts
    assert first.view_id == second.view_id
    assert first.once != second.once


def test_a_message_shortcut_says_which_message(live, slack):
    """So that a thread can be collated from any of its messages."""
    acts = []
    live.door.shortcut("collate")(acts.append)
    root = slack.ben.post(QUESTIONS, "Root")
    reply = slack.ben.reply(root, "Reply")

    slack.amira.message_shortcut("collate", reply)

    (act,) = acts
    assert (act.channel, act.ts, act.thread_ts) == (QUESTIONS, reply.ts, root.ts)


def test_a_refusal_stands_under_its_field_and_nothing_typed_is_lost(live, slack):
    """The form stays open with the advice where it belongs."""
    live.door.command("/ask")(lambda _: Push(form("ask_form", field("question"))))

    @live.door.view("ask_form")
    def refuse(_):
        raise PatientDataFound(frozenset({"NHS number"}), field="question")

    slack.amira.command("/ask")
    told = slack.amira.submit(question="943 476 5919")

    assert "could identify a patient" in told["errors"]["question"]
    assert slack.amira.modal()["callback_id"] == "ask_form"


def test_a_refusal_without_a_field_stands_on_top_of_the_form(live, slack):
    """Closing the notice brings back what was typed."""
    live.door.command("/ask")(lambda _: Push(form("ask_form", field("question"))))

    @live.door.view("ask_form")
    def refuse(_):
        raise QuestionClosed

    slack.amira.command("/ask")
    slack.amira.submit(question="Too late?")

    assert shown(slack) == QuestionClosed.advice
    slack.amira.close()
    state = slack.amira.modal()["state"]["values"]
    assert state["question"]["typed"]["value"] == "Too late?"


def test_a_refusal_names_a_field_that_is_not_there(live, slack):
    """The first field carries it: Slack would show nothing useful otherwise."""
    live.door.command("/ask")(lambda _: Push(form("ask_form", field("question"))))
    live.door.view("ask_form")(lambda _: Errors({"topics": "Choose a topic."}))

    slack.amira.command("/ask")

    assert slack.amira.submit(question="x")["errors"] == {"question": "Choose a topic."}


@pytest.mark.parametrize("raised", [CommunityError("Not today."), ValueError("Amira")])
def test_a_button_that_cannot_be_obeyed_says_why_privately(live, slack, raised):
    """A refusal gives its advice, a failure a kind sentence; both only to them."""

    @live.door.action("answer")
    def fail(_):
        raise raised

    slack.amira.press("answer", **live.post(button("answer")))

    expected = raised.advice if isinstance(raised, CommunityError) else FAILED
    assert shown(slack) == expected


def test_a_failure_is_logged_by_its_class_alone(live, slack):
    """An error's words may quote a person."""

    @live.door.command("/ask")
    def fail(_):
        raise ValueError("Mrs Example, born 1 May 1950")

    with capture_logs() as logs:
        slack.amira.command("/ask", channel=QUESTIONS)

    assert {"why": "ValueError", "name": "/ask"}.items() <= logs[-1].items()
    assert "Example" not in str(logs)
    assert slack.texts()[-1] == FAILED


def test_an_old_button_is_answered_kindly(live, slack):
    """After an upgrade, nobody presses something that says nothing."""
    slack.amira.press("of_long_ago:3", **live.post(button("of_long_ago:3")))

    assert shown(slack) == OLD[Kind.ACTION]


def test_an_old_form_is_answered_kindly_and_keeps_what_was_typed(live, slack):
    """There is time to copy it."""
    live.door.command("/ask")(lambda _: Push(form("of_long_ago", field("question"))))

    slack.amira.command("/ask")
    slack.amira.submit(question="Long text")

    assert shown(slack) == OLD[Kind.SUBMITTED]
    slack.amira.close()
    assert "Long text" in str(slack.amira.modal()["state"])


@pytest.mark.usefixtures("live")
def test_an_unknown_command_and_shortcut_are_answered_kindly(slack):
    """Both say what can be typed instead."""
    slack.amira.command("/of_long_ago", channel=QUESTIONS)
    slack.amira.shortcut("of_long_ago")

    assert slack.texts()[-1] == OLD[Kind.COMMAND]
    assert shown(slack) == OLD[Kind.SHORTCUT]


def test_a_link_button_needs_no_function(live, slack):
    """It opens a web address; nothing more is said."""
    told = slack.amira.press("link", **live.post(button("link")))

    assert told["acked"]
    assert shown(slack) == ""


def test_forms_can_be_stacked_replaced_and_closed_together(live, slack):
    """Push puts one on top, Replace changes it, Close closes all of them."""
    live.door.command("/ask")(lambda _: Push(form("one")))
    live.door.view("one")(lambda _: Push(form("two")))
    live.door.view("two")(lambda _: Replace(form("three")))
    live.door.view("three")(lambda _: Close())

    slack.amira.command("/ask")
    slack.amira.submit()
    slack.amira.submit()
    seen = slack.player.do("modal", user=AMIRA)
    assert (seen["view"]["callback_id"], seen["depth"]) == ("three", 2)
    slack.amira.submit()
    assert slack.amira.modal() is None


def test_a_sentence_takes_the_place_of_a_form(live, slack):
    """After sending, the person reads what became of it."""
    live.door.command("/ask")(lambda _: Push(form("one")))
    live.door.view("one")(lambda _: Say("Thank you, that is on its way."))

    slack.amira.command("/ask")
    slack.amira.submit()

    assert shown(slack) == "Thank you, that is on its way."


def test_a_form_that_slack_does_not_open_is_said_so(live, slack):
    """The person knows that nothing happened, and tries again."""
    live.door.command("/ask")(lambda _: Push(form("one")))
    live.door.action("answer")(lambda _: Push(form("one")))
    slack.player.fault("status", "views.open", status=500, count=2)

    slack.amira.command("/ask", channel=QUESTIONS)
    assert "did not open in time" in slack.texts()[-1]
    slack.amira.press("answer", **live.post(button("answer")))
    assert "did not open in time" in slack.texts()[-1]


def test_closing_a_form_can_mean_something(live, slack):
    """A form with notify_on_close tells its feature."""
    acts = []
    live.door.command("/ask")(lambda _: Push({**form("one"), "notify_on_close": True}))
    live.door.closed("one")(acts.append)

    slack.amira.command("/ask")
    slack.amira.close()

    assert [act.name for act in acts] == ["one"]


def test_a_name_is_registered_once(bot):
    """Two features cannot take each other's buttons by mistake."""
    bot.door.action("answer")(lambda _: None)

    with pytest.raises(ValueError, match="answer"):
        bot.door.action("answer")(lambda _: None)
    assert bot.door.names(Kind.ACTION) == {"answer"}


def answered(bot, body):
    return bot.door.answer(body, lambda **_: None)


def test_a_list_is_offered_what_fits_what_was_typed(bot):
    """Words are cut to Slack's limit, and there are a hundred at most."""

    @bot.door.choices("peer")
    def offer(act: Pressed):
        return Choices([(f"{act.value} {'x' * 80}", str(n)) for n in range(150)])

    body = {"type": "block_suggestion", "action_id": "peer", "value": " Am "}
    told = answered(bot, body).body

    assert told.count('"plain_text"') == 100
    assert f'"Am {"x" * 72}"' in told


@pytest.mark.parametrize(
    ("element", "values"),
    [
        ({"type": "plain_text_input", "value": None}, ()),
        ({"type": "plain_text_input", "value": "typed"}, ("typed",)),
        ({"type": "static_select", "selected_option": None}, ()),
        ({"type": "static_select", "selected_option": {"value": "a"}}, ("a",)),
        ({"type": "radio_buttons", "selected_option": {"value": "a"}}, ("a",)),
        (
            {
                "type": "checkboxes",
                "selected_options": [{"value": "a"}, {"value": "b"}],
            },
            ("a", "b"),
        ),
        ({"type": "users_select", "selected_user": AMIRA}, (AMIRA,)),
        ({"type": "multi_users_select", "selected_users": [AMIRA]}, (AMIRA,)),
        ({"type": "datepicker", "selected_date": "2026-06-09"}, ("2026-06-09",)),
        ({"type": "timepicker", "selected_time": None}, ()),
        ({"type": "datetimepicker", "selected_date_time": 1}, ("1",)),
    ],
)
def test_every_kind_of_field_is_read(bot, element, values):
    """One way to read a field, whatever its element."""
    acts = []
    bot.door.view("one")(acts.append)
    view = {
        "id": "V1",
        "callback_id": "one",
        "state": {"values": {"f": {"e": element}}},
    }
    answered(bot, {"type": "view_submission", "user": {"id": AMIRA}, "view": view})

    assert acts[0].form.many("f") == values


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"type": "something_new"},
        {"type": "block_actions"},
        {"type": "view_submission", "view": {}},
        {"type": "view_closed"},
        {"type": "block_suggestion"},
        {"command": "/x"},
    ],
)
def test_a_payload_with_holes_is_acknowledged(bot, body):
    """Whatever Slack sends, the door does not fall."""
    assert answered(bot, body).status == 200
