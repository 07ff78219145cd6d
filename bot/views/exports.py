"""A digest as a document: Markdown to paste, and a page that needs nothing else."""

import re
from collections.abc import Iterator, Sequence
from html import escape

from bot.views.digests import RESOURCES, STILL_OPEN, DigestPage, Offered, Said

_MARKED = re.compile(r"([\\`*_{}\[\]<>#|~])")
_SAFE = re.compile(r"https?://[^\s<>\"']+\Z")
_HEADINGS = re.compile(r"^(\s*)([-+=]|\d+[.)])", re.MULTILINE)

_STYLE = """
:root { color-scheme: light dark; --ink: #1c2126; --paper: #fff; --quiet: #5a6570;
  --rule: #d5dade; --mark: #0b6bcb; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eaed; --paper: #16191d;
  --quiet: #a5afb8; --rule: #3a4149; --mark: #7ab7f5; } }
body { color: var(--ink); background: var(--paper); line-height: 1.5;
  font: 1.05rem/1.55 system-ui, sans-serif; margin: 0 auto; max-width: 42rem;
  padding: 1.5rem 1rem 3rem; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.25; } h2 { font-size: 1.15rem;
  margin-top: 2rem; } a { color: var(--mark); }
blockquote { margin: 1rem 0; padding: 0 0 0 1rem; border-left: 3px solid var(--rule); }
blockquote p { margin: 0; white-space: pre-line; }
cite, footer, .about { color: var(--quiet); font-style: normal; font-size: .9rem; }
footer { border-top: 1px solid var(--rule); margin-top: 2rem; padding-top: 1rem; }
@media print { body { max-width: none; padding: 0; } }
"""


def markdown(page: DigestPage) -> str:
    """*page* as Markdown: what people wrote reads as they wrote it."""
    return "\n\n".join(_markdown(page)) + "\n"


def html(page: DigestPage) -> str:
    """*page* as one HTML page: light or dark, on a phone or on paper."""
    title = escape(page.title)
    parts = "\n".join(_html(page))
    return (
        '<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<main>\n{parts}\n</main>\n</body>\n</html>\n"
    )


def _markdown(page: DigestPage) -> Iterator[str]:
    yield f"# {_plain(' '.join(page.title.split()))}"
    if page.question:
        yield _quoted(page.question)
    yield f"*{_plain(_about(page))}*"
    for heading, said in _headed(page):
        yield f"## {_plain(heading)}"
        yield from map(_said, said)
    if page.resources:
        yield f"## {RESOURCES}"
        yield "\n".join(f"- {_resource(one)}" for one in page.resources)
    yield "---"
    yield f"{page.accounted}."


def _headed(page: DigestPage) -> list[tuple[str, Sequence[Said]]]:
    """Everything that people said, under its heading; the coordinator's note too."""
    found = list(page.sections)
    if page.still_open:
        found.append((STILL_OPEN, page.still_open))
    if page.note:
        who = page.note_by or "the coordinator"
        note = Said(text=page.note, who=who, address=None)
        found.append(("The coordinator’s note", [note]))
    return found


def _said(one: Said) -> str:
    see = f"[in the thread]({one.address})" if one.address else ""
    by = " · ".join(filter(None, (_plain(_by(one)), see)))
    return f"{_quoted(one.text)}\n>\n> — {by}"


def _quoted(text: str) -> str:
    return "\n".join(f"> {_plain(line)}".rstrip() for line in text.strip().splitlines())


def _resource(one: Offered) -> str:
    if one.url and _SAFE.match(one.url):
        return f"[{_plain(one.label)}](<{one.url}>)"
    return _plain(one.label)


def _plain(text: str) -> str:
    """*text* with Markdown's marks made inert."""
    return _HEADINGS.sub(r"\1\\\2", _MARKED.sub(r"\\\1", text))


def _html(page: DigestPage) -> Iterator[str]:
    yield f"<h1>{escape(page.title)}</h1>"
    if page.question:
        yield f"<blockquote><p>{escape(page.question)}</p></blockquote>"
    yield f'<p class="about">{escape(_about(page))}</p>'
    for heading, said in _headed(page):
        yield f"<section>\n<h2>{escape(heading)}</h2>"
        yield from map(_said_html, said)
        yield "</section>"
    if page.resources:
        yield f"<section>\n<h2>{RESOURCES}</h2>\n<ul>"
        yield from (f"<li>{_resource_html(one)}</li>" for one in page.resources)
        yield "</ul>\n</section>"
    yield f"<footer>{escape(page.accounted)}.</footer>"


def _said_html(one: Said) -> str:
    see = _link(one.address, "in the thread") if one.address else ""
    by = " · ".join(filter(None, (escape(_by(one)), see)))
    return (
        f'<blockquote><p dir="auto">{escape(one.text)}</p>\n'
        f"<cite>— {by}</cite></blockquote>"
    )


def _resource_html(one: Offered) -> str:
    return _link(one.url, one.label) if one.url else escape(one.label)


def _link(address: str, words: str) -> str:
    if not _SAFE.match(address):
        return escape(words)
    return f'<a href="{escape(address)}">{escape(words)}</a>'


def _about(page: DigestPage) -> str:
    asked = f"Asked by {page.asked_by}" if page.asked_by else ""
    return " · ".join(filter(None, (page.community, asked, page.date)))


def _by(one: Said) -> str:
    return f"{one.who}, in words they gave later" if one.changed else one.who
