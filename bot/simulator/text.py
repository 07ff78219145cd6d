"""Message text as Slack keeps it: escaped, with tokens and links left alone."""

import re

from bot.simulator.errors import Json

#: What Slack reads as markup rather than text: mentions, links, special words.
TOKEN = re.compile(
    r"<(?:@[UW][A-Z0-9]+(?:\|[^<>]*)?|#[CG][A-Z0-9]+(?:\|[^<>]*)?"
    r"|![a-z]+[^<>]*|(?:https?://|mailto:|tel:)[^<>|]+(?:\|[^<>]*)?)>"
)
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt);)")
_BARE_LINK = re.compile(r"(?<![<|\w])https?://[^\s<>|]+[^\s<>|.,;:!?)\]'\"]")
_BROADCAST = re.compile(r"<!(channel|here|everyone)(?:\|[^<>]*)?>")


def stored(text: str) -> str:
    """Escape *text* as Slack stores it; tokens and existing entities are kept."""
    parts, end = [], 0
    for token in TOKEN.finditer(text):
        parts += [_escape(text[end : token.start()]), token.group()]
        end = token.end()
    return "".join([*parts, _escape(text[end:])])


def _escape(plain: str) -> str:
    escaped = _ENTITY.sub("&amp;", plain).replace("<", "&lt;").replace(">", "&gt;")
    return _BARE_LINK.sub(lambda link: f"<{link.group()}>", escaped)


def read_aloud(text: str) -> str:
    """Undo the escaping, for what a person typed or sees."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def broadcasts(text: str) -> list[str]:
    """Name everybody *text* would alert: channel, here, everyone."""
    return _BROADCAST.findall(text)


def mentions(text: str, user_id: str) -> bool:
    """Tell whether *text* mentions the user."""
    return re.search(rf"<@{user_id}(?:\|[^<>]*)?>", text) is not None


def as_rich_text(text: str, block_id: str) -> Json:
    """Build the rich text block with which Slack repeats a message's text."""
    section = {
        "type": "rich_text_section",
        "elements": [{"type": "text", "text": read_aloud(text)}],
    }
    return {"type": "rich_text", "block_id": block_id, "elements": [section]}
