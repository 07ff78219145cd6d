"""Resources: the links, files and guidelines that people offer one another."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

#: a link as Slack writes it, ``<https://…|its label>``
_SLACK_LINK = re.compile(r"<(https?://[^>|\s]+)(?:\|([^>\n]*))?>")
_BARE_LINK = re.compile(r"https?://[^\s<>|\"'`]+")
_TRAILING = ".,;:!?*_~)]}"
_DOCUMENT = r"(?:pdf|docx?|xlsx?|pptx?|odt|ods|odp|csv|rtf)"
_FILE_URL = re.compile(
    rf"(?:\.{_DOCUMENT}(?:[?#]\S*)?$)|//files\.slack\.com/", re.IGNORECASE
)
_FILE_NAME = re.compile(
    rf"(?<![\w/.@-])\w[\w().-]{{0,80}}\.{_DOCUMENT}\b", re.IGNORECASE
)
#: a NICE or SIGN code; the look-ahead lets postcodes ("DG1 4AB", "TA20 1XY") go by
_GUIDELINE = re.compile(
    r"\b(?:(NG|CG|DG|QS|TA|MTG|IPG|HST|HTE|HTG|NGC)[ -]?(\d{1,4})|(SIGN) (\d{2,3}))\b"
    r"(?! ?\d[A-Z]{2}\b)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """Something a colleague offered: a link, a file, or a guideline's code."""

    kind: str  #: "link", "file" or "guideline"
    label: str  #: its name as it was written, or its address without the scheme
    url: str | None  #: only as it was written: never guessed
    contribution: int


def find_resources(texts: Iterable[tuple[int, str]]) -> tuple[Resource, ...]:
    """What is offered in *texts* (contribution, text), each thing once, in order.

    Where two people offer the same thing, the first of them is named.
    """
    found: dict[tuple[str, str], Resource] = {}
    for contribution, text in texts:
        for resource in _offered(contribution, text):
            key = (resource.url or resource.label).casefold().rstrip("/")
            found.setdefault((resource.kind, key), resource)
    return tuple(found.values())


def without_resources(text: str) -> str:
    """*text* with links, file names and guideline codes blanked out."""
    for pattern in (_SLACK_LINK, _BARE_LINK, _FILE_NAME, _GUIDELINE):
        text = pattern.sub(" ", text)
    return text


def _offered(contribution: int, text: str) -> Iterator[Resource]:
    for match in _SLACK_LINK.finditer(text):
        yield _link(contribution, match[1], match[2])
    rest = _SLACK_LINK.sub(lambda m: f" {m[2] or ''} ", text)
    for match in _BARE_LINK.finditer(rest):
        yield _link(contribution, _whole_url(match.group()), None)
    rest = _BARE_LINK.sub(" ", rest)
    for match in _FILE_NAME.finditer(_SLACK_LINK.sub(" ", _BARE_LINK.sub(" ", text))):
        yield Resource(
            kind="file", label=match.group(), url=None, contribution=contribution
        )
    for match in _GUIDELINE.finditer(rest):
        code = f"{match[1]}{match[2]}" if match[1] else f"{match[3]} {match[4]}"
        yield Resource(
            kind="guideline", label=code, url=None, contribution=contribution
        )


def _link(contribution: int, url: str, label: str | None) -> Resource:
    kind = "file" if _FILE_URL.search(url) else "link"
    name = (label or "").strip() or url.partition("://")[2].rstrip("/")
    return Resource(kind=kind, label=name, url=url, contribution=contribution)


def _whole_url(url: str) -> str:
    """*url* without the punctuation of the sentence it stands in."""
    while url and url[-1] in _TRAILING and not (url[-1] == ")" and "(" in url):
        url = url[:-1]
    return url
