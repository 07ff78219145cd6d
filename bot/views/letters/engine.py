"""Putting letters together: parts in a frame, rendered twice, styled for mail."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from css_inline import CSSInliner
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from bot.views.letters.words import quoted, wrapped

_LINK = re.compile(r"https?://[^\s]+", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
_GAPS = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One thing that a letter says.

    ``summary`` is what may stand in a subject: topic and date, never anyone's words.
    ``answer`` says how to answer, with "{who}" for whom a reply reaches.
    """

    template: str
    summary: str
    values: Mapping[str, Any] = field(default_factory=dict)
    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands round the parts."""

    community: str
    name: str  #: how the reader is addressed; "" where their name is not known
    why: str  #: why they get it, and how to change that
    who: str  #: whom a reply reaches: "Carys", "a coordinator"


@dataclass(frozen=True, slots=True)
class Written:
    """A letter in words."""

    subject: str
    text: str
    html: str


def write(frame: Frame, parts: Sequence[Part]) -> Written:
    """*parts* as one letter. The subject is one line, whatever was put into it."""
    subject = _subject(frame, parts)
    values = {"frame": frame, "subject": subject, "several": len(parts) > 1}
    return Written(
        subject,
        render("frame.txt", **values, parts=_shown(frame, parts, "txt")),
        render("frame.html", **values, parts=_shown(frame, parts, "html")),
    )


def render(template: str, **values: Any) -> str:
    """The template of that name ("frame.html"), filled in; HTML comes styled for mail.

    In HTML every value is escaped. Styles stand on each element, as mail programs
    need; those for dark screens stay together at the top.
    """
    rendered = _TEMPLATES.get_template(f"{template}.j2").render(values)
    if template.endswith(".html"):
        return _INLINER.inline(rendered)
    return _GAPS.sub("\n\n", rendered).strip() + "\n"


def _subject(frame: Frame, parts: Sequence[Part]) -> str:
    if len(parts) == 1:
        return _SPACES.sub(" ", parts[0].summary).strip()
    said = f"{len(parts)} things for you from {frame.community}"
    return _SPACES.sub(" ", said).strip()


def _shown(frame: Frame, parts: Sequence[Part], form: str) -> list[dict[str, str]]:
    """Each part as its frame shows it; an answer stands where it holds last."""
    shown = [
        {
            "words": _filled(one, form),
            "summary": one.summary,
            "answer": one.answer.replace("{who}", frame.who),
        }
        for one in parts
    ]
    later: set[str] = set()
    for one in reversed(shown):
        if one["answer"] in later:
            one["answer"] = ""
        later.add(one["answer"])
    return shown


def _filled(part: Part, form: str) -> str:
    """*part*, filled in; HTML is marked as such, so that it is not escaped twice."""
    template = _TEMPLATES.get_template(f"{part.template}.{form}.j2")
    words = template.render(part.values)
    if form == "html":
        return Markup(words)  # noqa: S704 - escaped by its template
    return words.strip("\n")


def _broken(text: str) -> Markup:
    """*text*, escaped, with its line breaks."""
    return Markup("<br>").join(escape(line) for line in text.strip().splitlines())


def _is_web(address: object) -> bool:
    """Whether it is an address that a reader may follow."""
    return isinstance(address, str) and _LINK.fullmatch(address) is not None


def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("bot.views", "letters"),
        autoescape=select_autoescape(["html.j2", "mjml.j2"], default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(wrapped=wrapped, quoted=quoted, broken=_broken)
    made.tests["web"] = _is_web
    return made


_TEMPLATES = _environment()
_INLINER = CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
