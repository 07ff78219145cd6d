"""Photographs are of the size and the light they should be, or it is said why not."""

import struct

import pytest

from bot.demo.chromium import CHOSEN, NoBrowser
from bot.demo.photographs import camera, photograph

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("chromium")]

PAGE = """<!doctype html><meta charset="utf-8"><title>x</title><style>
body { margin: 0; height: 900px; background: #ffffff }
@media (prefers-color-scheme: dark) { body { background: #000000 } }
</style>"""


@pytest.fixture
def page(tmp_path):
    """A page that is white by day and black by night, and 900 pixels high."""
    file = tmp_path / "page of mine.html"
    file.write_text(PAGE, encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def one():
    """One camera for several photographs."""
    with camera() as held:
        yield held


def size(png):
    """How wide and high a PNG is."""
    return struct.unpack(">II", png.read_bytes()[16:24])


def test_a_phone_is_as_narrow_as_a_phone(page, tmp_path):
    """A screen of 360 pixels is 360 wide, and not as wide as the least window."""
    png = tmp_path / "new folder" / "phone.png"
    assert photograph(page, png, 360, 640)
    assert size(png) == (360, 640)


def test_one_camera_takes_many_in_both_lights_and_whole(one, page, tmp_path):
    """By day and by night differ; a whole page reaches below the screen."""
    day, night, whole = (tmp_path / f"{name}.png" for name in ("day", "night", "all"))
    one.take(page, day, 800, 600)
    one.take(page, night, 800, 600, dark=True)
    one.take(page, whole, 800, 600, whole=True)
    assert day.read_bytes() != night.read_bytes()
    assert (size(day), size(night), size(whole)) == ((800, 600), (800, 600), (800, 900))


def test_the_page_is_taken_once_it_is_ready(one, server, player, tmp_path):
    """A photograph of the page shows what is there, not an empty frame."""
    empty, full = tmp_path / "empty.png", tmp_path / "full.png"
    place = f"{server.url}/#/as/U0BEN/channel/C0QUESTIONS"
    one.take(place, empty, 360, 640)
    player.person("U0BEN").post("C0QUESTIONS", "Good morning")
    one.take(place, full, 360, 640)
    assert empty.read_bytes() != full.read_bytes()


@pytest.mark.parametrize(
    ("browser", "words"),
    [("/no/such/browser", "does not start"), ("/bin/true", "ended")],
)
def test_without_a_browser_it_is_said_why(page, tmp_path, monkeypatch, browser, words):
    """A demo without Chromium goes on, and tells what is missing."""
    monkeypatch.setenv(CHOSEN, browser)
    outcome = photograph(page, tmp_path / "x.png", 360, 640)
    assert not outcome
    assert words in outcome.why


def test_a_page_that_does_not_answer_is_said_to(one, tmp_path):
    """Nobody finds a picture of the browser's own excuses among the photographs."""
    with pytest.raises(NoBrowser, match="cannot be shown"):
        one.take("http://127.0.0.1:9/", tmp_path / "x.png", 360, 640)
    assert not (tmp_path / "x.png").exists()
