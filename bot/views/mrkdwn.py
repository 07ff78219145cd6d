"""Text from people, made safe and short for Slack."""

#: Characters. Slack's limit for a section is 3,000 after escaping.
SECTION = 3000
HEADER = 150
OPTION = 75
BUTTON = 75
#: Characters of a quotation in one block, so that marks and a name fit too.
CHUNK = 2600
ELLIPSIS = "…"

_INERT = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}


def escape(text: str) -> str:
    """Make *text* inert in mrkdwn, so that it cannot ping a channel or fake a link.

    Source:
        Slack, "Formatting text for app surfaces", section "Escaping text".
    """
    return text.translate(_INERT)


def shorten(text: str, most: int) -> str:
    """*text* in at most *most* characters, cut at a word where that is possible."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    space = cut.rfind(" ", most * 2 // 3)
    return (cut[:space] if space > 0 else cut).rstrip() + ELLIPSIS


def plain(text: str, most: int = SECTION) -> str:
    """*text* escaped and short enough for *most* characters of mrkdwn.

    Escaping can lengthen text fivefold, so that the cut is found by halving.
    """
    escaped = escape(text)
    if len(escaped) <= most:
        return escaped
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if len(escape(shorten(text, middle))) <= most:
            low = middle
        else:
            high = middle - 1
    return escape(shorten(text, max(low, 1)))


def quote(text: str, most: int = SECTION) -> str:
    """*text* as a quotation, every line of it marked, within *most* characters."""
    lines = text.strip().splitlines() or [""]
    marked = "\n".join(f">{escape(line)}" for line in lines)
    if len(marked) <= most:
        return marked
    # Each line break costs one more character for its mark.
    room = max(1, most - len(lines) - 1)
    short = plain(text.strip(), room)
    while True:
        marked = "\n".join(f">{line}" for line in short.splitlines())
        if len(marked) <= most:
            return marked
        room = room * 9 // 10
        short = plain(text.strip(), room)


def chunks(text: str) -> list[str]:
    """*text* in pieces that each fit a block once escaped; nothing is left out."""
    pieces: list[str] = []
    rest = text.strip()
    while len(quote(rest, 10**9)) > CHUNK:
        cut = _cut(rest)
        pieces.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*pieces, rest]


def _cut(text: str) -> int:
    """Where a piece that fits ends: at a space if there is one late enough."""
    low, high = 1, min(len(text), CHUNK)
    while low < high:
        middle = (low + high + 1) // 2
        if len(quote(text[:middle], 10**9)) <= CHUNK:
            low = middle
        else:
            high = middle - 1
    space = text.rfind(" ", low * 2 // 3, low)
    return space if space > 0 else low


def mention(user: str) -> str:
    """A mention of the Slack user with that id."""
    return f"<@{user}>"


def link(address: str, words: str) -> str:
    """A link that reads *words*."""
    shown = escape(words).replace("|", "¦")
    return f"<{address.replace('>', '%3E').replace('|', '%7C')}|{shown}>"


def listed(words: list[str], joiner: str = "and") -> str:
    """*words* as a list in a sentence: "a, b and c"."""
    if len(words) <= 1:
        return "".join(words)
    return f"{', '.join(words[:-1])} {joiner} {words[-1]}"


def counted(number: int, one: str, many: str | None = None) -> str:
    """*number* with its noun: "1 reply", "3 replies"."""
    return f"{number} {one if number == 1 else many or one + 's'}"
