"""What the bot shows in Slack, in blocks as simple as a judge can read them."""

from tests.demo.known import ASKED, BENS, DEVS, EFUAS, GUIDE, JOANS, QUESTIONS

REPLIES = 6
LINES = (
    (BENS, "Ben Carter (West Midlands)"),
    (DEVS, "Dev Patel-Jones (Greater Manchester)"),
    (EFUAS, "A member"),
    (JOANS, "Joan Thackray (Lancashire), by e-mail"),
)


def text(words):
    """A paragraph."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": words}}


def small(words):
    """Small print."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": words}]}


def button(action, value="1"):
    """A row of one button."""
    shown = {"type": "plain_text", "text": action}
    element = {"type": "button", "text": shown, "action_id": action, "value": value}
    return {"type": "actions", "elements": [element]}


def invitation(ask="1", *, lead="", why="lists FIT", asker="Amina Yusuf (Northern)"):
    """An ask as it is shown to a peer."""
    shown = [text(f"{lead}*{asker} asks about FIT* · needed by Thu 28 May")]
    shown += [text(f">{ASKED}"), small(f"Why you: {why}" if why else "see the thread")]
    return [*shown, button("decline", ask)]


def answer(who, words):
    """An answer as the bot quotes it in a thread."""
    return [text(f"*{who} answers:*"), text(f">{words}")]


def mailed_answer(who, words):
    """An answer that came by e-mail, as the bot quotes it in a thread."""
    return [text(f"*From {who} by e-mail*, added by Carys Bowen:"), text(f">{words}")]


def about_the_call(words):
    """Word of a call, with the buttons by which its reader answers."""
    return [text(words), button("call_answer:coming"), button("call_answer:not")]


def digest(root, *lines, replies=REPLIES):
    """A digest as it is posted: lines of (words, who)."""
    ts = root["ts"].replace(".", "")
    see = f"<https://play.slack.com/archives/{QUESTIONS}/p{ts}|see the thread>"
    said = [
        text(f">{words}\n— {who} · <https://x.invalid|in the thread>")
        for words, who in lines
    ]
    said.append(text(f"*Resources*\n• <{GUIDE}|example.org/guide>"))
    foot = f"{replies} replies from 5 people: all shown or accounted for."
    return [text("*What was asked*"), small(see), *said, small(foot)]
