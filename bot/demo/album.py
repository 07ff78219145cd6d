"""Photographs of a month: the page, letters, and the update, on phones and desks."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.demo.cast import AMINA, BEN, CARYS, DIGESTS, QUESTIONS, RUTH
from bot.demo.chromium import NoBrowser
from bot.demo.photographs import camera
from bot.demo.stage import Stage

PHONE, TABLET, DESK = (360, 740), (800, 1000), (1280, 800)


@dataclass(frozen=True, slots=True)
class Shot:
    """One photograph to take."""

    name: str
    what: str | Path
    size: tuple[int, int]
    dark: bool = False
    whole: bool = False


def photograph(stage: Stage, folder: Path) -> str:
    """Photograph what people saw, into *folder*; why not, where there is no browser."""
    try:
        with camera() as one:
            for shot in _shots(stage, folder):
                png = folder / "screenshots" / f"{shot.name}.png"
                one.take(shot.what, png, *shot.size, dark=shot.dark, whole=shot.whole)
    except (NoBrowser, OSError) as error:
        return str(error) or type(error).__name__
    return ""


def _shots(stage: Stage, folder: Path) -> Iterator[Shot]:
    root = stage.post_by(CARYS, "How do you safety-net", QUESTIONS)
    invitation = next(one["id"] for one in stage.letters_to(RUTH) if one["calendars"])
    views = {
        "digest": f"{BEN.user}/channel/{DIGESTS}",
        "thread": f"{BEN.user}/thread/{QUESTIONS}/{root.ts}",
        "messages": f"{AMINA.user}/dm",
        "needs-you": f"{CARYS.user}/home",
        "letters": f"{RUTH.address}/mail",
        "invitation": f"{RUTH.address}/mail/{invitation}",
        "owed": f"{CARYS.user}/owed",
    }
    for name, route in views.items():
        address = f"{stage.play.url}/#/as/{route}"
        yield Shot(f"page-{name}-phone", address, PHONE)
        yield Shot(f"page-{name}-wide", address, DESK)
    yield Shot(
        "page-thread-wide-dark",
        f"{stage.play.url}/#/as/{views['thread']}",
        DESK,
        dark=True,
    )
    yield Shot("digest", folder / "digest.html", TABLET, whole=True)
    edition = folder / "edition.html"
    for words, size in (("360", PHONE), ("800", TABLET)):
        for scheme, dark in (("light", False), ("dark", True)):
            yield Shot(
                f"edition-{words}-{scheme}", edition, size, dark=dark, whole=True
            )
