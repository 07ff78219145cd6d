"""Photographs of pages and letters, for whoever was not there."""

import base64
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.demo.chromium import NoBrowser, Tab, tab

READY_WITHIN = 10.0  #: seconds
PAUSE = 0.05  #: seconds between two looks
SETTLE = 0.3  #: seconds for what is drawn last: a letter in its frame, a font
#: A page may say that it is not ready yet: ours does.
READY = (
    "document.readyState === 'complete' "
    "&& document.documentElement.dataset.ready !== 'no'"
)
TALLEST = 8000  #: pixels of a whole page


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether a photograph was taken; where not, *why*. True if it was."""

    why: str = ""

    def __bool__(self) -> bool:
        return not self.why


@dataclass(frozen=True, slots=True)
class Camera:
    """A browser that takes one photograph after another."""

    page: Tab

    def take(
        self,
        what: str | Path,
        png: Path,
        width: int,
        height: int,
        *,
        dark: bool = False,
        whole: bool = False,
    ) -> None:
        """Photograph an address or a file as a screen of that size shows it.

        *width* and *height* are in CSS pixels and meant exactly, also those of a phone;
        *whole* takes everything below the screen's edge too. *png* is written once.

        Raises:
            NoBrowser: the page does not come, or the browser has gone.
            OSError: the file cannot be written.
        """
        self._screen(width, height)
        self._prefers(dark=dark)
        address = what.absolute().as_uri() if isinstance(what, Path) else what
        # The same page at another place is the same document: begin from nothing.
        self.page.call("Page.navigate", url="about:blank")
        told = self.page.call("Page.navigate", url=address)
        if told.get("errorText"):
            raise NoBrowser(f"{address} cannot be shown: {told['errorText']}.")
        self._until_ready(address)
        if whole:
            self._screen(width, max(height, self._tall()))
        taken = self.page.call("Page.captureScreenshot", format="png")
        png.parent.mkdir(parents=True, exist_ok=True)
        png.write_bytes(base64.b64decode(taken["data"]))

    def _screen(self, width: int, height: int) -> None:
        size = {"width": width, "height": height, "deviceScaleFactor": 1}
        self.page.call("Emulation.setDeviceMetricsOverride", **size, mobile=False)

    def _prefers(self, *, dark: bool) -> None:
        scheme = "dark" if dark else "light"
        features = [
            {"name": "prefers-color-scheme", "value": scheme},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]
        self.page.call("Emulation.setEmulatedMedia", features=features)

    def _until_ready(self, address: str) -> None:
        until = time.monotonic() + READY_WITHIN
        while not self._says(READY):
            if time.monotonic() > until:
                raise NoBrowser(f"{address} was not ready in {READY_WITHIN:g} seconds.")
            time.sleep(PAUSE)
        time.sleep(SETTLE)

    def _says(self, expression: str) -> object:
        told = self.page.call(
            "Runtime.evaluate", expression=expression, returnByValue=True
        )
        return told["result"].get("value")

    def _tall(self) -> int:
        size = self.page.call("Page.getLayoutMetrics")["cssContentSize"]
        return min(int(size["height"]), TALLEST)


@contextmanager
def camera() -> Iterator[Camera]:
    """A camera for several photographs; its browser ends with it.

    Raises:
        NoBrowser: none is installed, or it does not start.
    """
    with tab() as page:
        yield Camera(page)


def photograph(
    what: str | Path,
    png: Path,
    width: int,
    height: int,
    *,
    dark: bool = False,
    whole: bool = False,
) -> Outcome:
    """Take one photograph, as `Camera.take` does; never fails, but says why not."""
    try:
        with camera() as one:
            one.take(what, png, width, height, dark=dark, whole=whole)
    except (NoBrowser, OSError) as error:
        return Outcome(str(error) or type(error).__name__)
    return Outcome()
