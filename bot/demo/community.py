"""The community of a play: the example's, with the play's own coordinators."""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import bot
from bot.demo.processes import PlayFailed

EXAMPLE = "community.example.toml"
_ROLES = re.compile(r"^\[roles\]\n(?:.+\n)*", re.MULTILINE)
_REGIONS = re.compile(r"^regions = \[\n(?:.+\n)*?\]\n", re.MULTILINE)


def example() -> str:
    """The example as it stands beside the program.

    Raises:
        PlayFailed: it is not there.
    """
    beside = Path(bot.__file__).parent
    for folder in (beside, beside.parent):
        found = folder / EXAMPLE
        if found.is_file():
            return found.read_text(encoding="utf-8")
    raise PlayFailed(
        f"{EXAMPLE} is not beside the program. Run this from a clone of Convenor."
    )


def described(
    roles: Mapping[str, str],
    topics: Sequence[tuple[str, str]] = (),
    partners: Sequence[str] = (),
) -> str:
    """The text of ``community.toml``: the example's, with *roles* by e-mail address.

    *topics* (id, name) take the place of the example's where any are given.
    """
    said = "".join(f'"{address}" = "{role}"\n' for address, role in roles.items())
    text = _ROLES.sub(f"[roles]\n{said}", example(), count=1)
    text = text.replace("# partners = []", f"partners = {json.dumps(list(partners))}")
    if not topics:
        return text
    start = text.index("[[topics]]")
    end = text.index("\n[", text.rindex("[[topics]]") + 2)
    ours = "\n".join(
        f'[[topics]]\nid = "{name}"\nname = "{words}"\nwords = []\n'
        for name, words in topics
    )
    return text[:start] + ours + text[end:]


def regions() -> tuple[str, ...]:
    """The example's regions, in its order: forms name them by their place."""
    found = _REGIONS.search(example())
    return tuple(re.findall(r'"([^"]+)"', found.group())) if found else ()
