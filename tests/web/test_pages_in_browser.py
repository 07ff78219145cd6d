"""The pages in a browser: styled, within a phone's width, working without scripts."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, sync_playwright

from bot.usecases.context import Context
from tests.web.outside import Outside, opened

pytestmark = pytest.mark.browser

PAPER = {"light": "rgb(251, 251, 249)", "dark": "rgb(20, 23, 26)"}


@contextmanager
def looking(chromium: str, width: int, scheme: str) -> Iterator[tuple[Page, list[str]]]:
    """A page of that width, in the light or the dark; and what it complains of."""
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox"] if os.geteuid() == 0 else [],
        )
        page = browser.new_page(
            viewport={"width": width, "height": 640},
            color_scheme="dark" if scheme == "dark" else "light",
            java_script_enabled=True,
        )
        complaints: list[str] = []
        page.on("console", lambda said: complaints.append(said.text))
        page.on("requestfailed", lambda asked: complaints.append(asked.url))
        yield page, complaints
        browser.close()


def paper(page: Page) -> str:
    """What colour the page is."""
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return str(colour)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 800])
def test_leaving_and_undoing_by_hand(
    ctx: Context, chromium: str, width: int, scheme: str
) -> None:
    """The policy lets our own style through and nothing else; buttons do their work."""
    with opened(ctx) as outside, looking(chromium, width, scheme) as (page, complaints):
        page.goto(f"http://127.0.0.1:{outside.server.port}{path(outside)}")
        assert paper(page) == PAPER[scheme]
        assert page.evaluate("document.documentElement.scrollWidth") <= width

        page.get_by_role("button", name="Stop the monthly update").click()
        page.get_by_role("heading", name="No more updates").wait_for()
        assert outside.held()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")  # Undo is the only button, and reached by keyboard
        page.get_by_role("heading", name="You will get the update").wait_for()
        assert not outside.held()
    assert [one for one in complaints if "favicon" not in one] == []


def path(outside: Outside) -> str:
    """The unsubscribe link without its host, which is not ours here."""
    return outside.unsubscribing().removeprefix("https://convenor.example.org")
