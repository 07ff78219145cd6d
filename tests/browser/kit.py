"""Blocks of every kind that the page shows, with hostile words among them."""

HOSTILE = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>'
ESCAPED = HOSTILE.replace("<", "&lt;").replace(">", "&gt;")


def plain(words):
    return {"type": "plain_text", "text": words}


def option(word):
    return {"text": plain(word.title()), "value": word}


def field(name, element, **more):
    """An input block: its label is its name."""
    whole = element | {"action_id": f"{name}_field"}
    block = {"type": "input", "block_id": name, "label": plain(name.title())}
    return block | {"element": whole} | more


def button(label, action, **more):
    return {"type": "button", "text": plain(label), "action_id": action} | more


OPTIONS = [option("few"), option("everyone")]
MANY = [option(f"topic {number}") for number in range(12)]
MESSAGE = [
    {"type": "header", "text": plain("A heading")},
    {
        "type": "section",
        "text": {"type": "mrkdwn", "text": f"*Bold*, _slanted_ and `code`: {ESCAPED}"},
        "accessory": {"type": "overflow", "action_id": "more", "options": OPTIONS},
    },
    {
        "type": "section",
        "fields": [{"type": "mrkdwn", "text": "*Region*\nNorthern"}, plain("One more")],
    },
    {
        "type": "section",
        "text": {"type": "mrkdwn", "text": "&gt;A quotation\n• a list"},
    },
    {"type": "divider"},
    {
        "type": "actions",
        "elements": [
            button("Answer", "answer", style="primary", value="1"),
            button("Take back", "back", style="danger", value="1"),
            {"type": "static_select", "action_id": "who", "options": OPTIONS}
            | {"placeholder": plain("Whom?")},
            {"type": "datepicker", "action_id": "day"},
        ],
    },
    {"type": "context", "elements": [{"type": "mrkdwn", "text": "_Why you_: FIT"}]},
]
FORM = {
    "type": "modal",
    "title": plain("Every field"),
    "submit": plain("Send"),
    "blocks": [
        field("question", {"type": "plain_text_input", "multiline": True}),
        field(
            "name", {"type": "plain_text_input"}, optional=True, hint=plain("A hint")
        ),
        field("address", {"type": "email_text_input"}, optional=True),
        field("scope", {"type": "static_select", "options": OPTIONS}, optional=True),
        field("audience", {"type": "radio_buttons", "options": OPTIONS}, optional=True),
        field(
            "topics", {"type": "multi_static_select", "options": MANY}, optional=True
        ),
        field("checks", {"type": "checkboxes", "options": OPTIONS}, optional=True),
        field("person", {"type": "users_select"}, optional=True),
        field("day", {"type": "datepicker"}, optional=True),
        field("time", {"type": "timepicker"}, optional=True),
        {"type": "actions", "elements": [button("Look closer", "look", value="1")]},
    ],
}
