"""What the bot answers to what people write: cards that post nothing by themselves."""

from collections.abc import Sequence
from typing import Any

from bot.domain.questions import Question
from bot.views import blocks
from bot.views.blocks import Button
from bot.views.mrkdwn import escape, link, listed, plain, quote

POSTED = "Posted under your name. Thank you."
NAMELESS = "Posted without your name. Thank you."
KEPT = "Kept private: it is not posted anywhere, and I have not kept it."
DELETED = "You deleted what you wrote, so nothing is posted."
HIDDEN_NOTE = "I have not kept what you wrote, and nothing is posted."


def note_card(question: Question, note: int, text: str) -> dict[str, Any]:
    """What a member wrote to the bot, and what may be done with it: nothing yet."""
    shown = [
        blocks.text(
            "Shall I post this as your answer? *Nothing is posted until you choose.*"
        ),
        blocks.text(quote(text, 2000)),
        blocks.small(f"The question: {plain(question.text, 300)}"),
        blocks.buttons(
            Button(label="Post as me", action="post_as_me", value=str(note)),
            Button(
                label="Post without my name", action="post_nameless", value=str(note)
            ),
            Button(label="Keep private", action="keep_private", value=str(note)),
        ),
    ]
    return {"text": "Shall I post this as your answer?", "blocks": shown}


def note_settled(words_: str) -> dict[str, Any]:
    """The card after the member has chosen: without what they wrote."""
    return {"text": words_, "blocks": [blocks.text(words_)]}


def hidden(kinds: Sequence[str], where: str | None) -> dict[str, Any]:
    """Tell an author that their words were not kept, and how to mend it."""
    seen = f" ({escape(listed(list(kinds)))})" if kinds else ""
    there = f" ({link(where, 'your message')})" if where else ""
    told = (
        f"Something you wrote{there} looks as if it could identify a patient{seen}. "
        "I have not kept it. *Please delete it in Slack*: press and hold the message, "
        "or open its menu, and choose _Delete message_. Then say it again without "
        "names, dates of birth, numbers or addresses, for example “a woman in her "
        "fifties with a raised FIT”."
    )
    return {
        "text": "Please look at a message you wrote",
        "blocks": [blocks.text(told)],
    }
