"""The plain text of a letter, with its lines as their writer meant them."""

import re

WIDEST = 80  #: characters; no mail program wraps lines later than that
NARROW = 50  #: characters; a shorter line ends where its writer ended it
_NEW = re.compile(r"\s|[>*•·–—-]|\d+[.)]|[A-Z][\w-]*:")  # begins a line of its own


def flowed(text: str, *, delete_space: bool) -> str:
    """*text* of the format "flowed": lines that end in a space go on in the next.

    Source:
        RFC 3676, "The Text/Plain Format and DelSp Parameters".
    """
    lines: list[str] = []
    depth_before, going_on = -1, False
    for raw in text.split("\n"):
        bare = raw.lstrip(">")
        depth = len(raw) - len(bare)
        bare = bare.removeprefix(" ")
        if going_on and depth == depth_before:
            lines[-1] += bare
        else:
            lines.append(f"{'>' * depth} {bare}" if depth else bare)
        going_on = bare.endswith(" ") and bare != "-- "
        depth_before = depth
        if going_on and delete_space:
            lines[-1] = lines[-1][:-1]
    return "\n".join(lines)


def unwrapped(text: str) -> str:
    """*text* with the line breaks taken out that a mail program put in."""
    lines = text.split("\n")
    lengths = [len(line) for line in lines if " " in line.strip()]
    wrapped = [length for length in lengths if NARROW <= length <= WIDEST]
    if len(wrapped) <= sum(length > WIDEST for length in lengths):
        return text
    width = max(wrapped)
    joined = [lines[0]]
    before = lines[0]  # the line as it came, of which the last one joined ends
    for line in lines[1:]:
        if _goes_on(before, line, width):
            joined[-1] = f"{joined[-1].rstrip()} {line}"
        else:
            joined.append(line)
        before = line
    return "\n".join(joined)


def _goes_on(before: str, line: str, width: int) -> bool:
    """Whether *line* was one with the line *before*: its first word had no room."""
    if (
        not NARROW <= len(before) <= WIDEST
        or not line.strip()
        or before.startswith(">")
    ):
        return False
    first = line.split(maxsplit=1)[0]
    return not _NEW.match(line) and len(before.rstrip()) + 1 + len(first) > width
