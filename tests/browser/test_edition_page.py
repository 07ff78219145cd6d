"""The update in a real browser: narrow and wide, light and dark, nothing fetched."""

from dataclasses import replace
from itertools import product

import pytest

from bot.views.newsletters import html
from tests.views.test_newsletters import NEWS

pytestmark = pytest.mark.browser

LONGEST = "Pneumonoultramicroscopicsilicovolcanoconiosis" * 4
#: Of every text that is seen: how its colour stands out from the ground behind it.
CONTRASTS = """() => {
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (rgb) => rgb.slice(0, 3).map((one) => one / 255)
    .map((one) => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4)
    .reduce((sum, one, place) => sum + one * [0.2126, 0.7152, 0.0722][place], 0);
  const ground = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const rgb = parts(getComputedStyle(at).backgroundColor);
      if (rgb.length < 4 || rgb[3] > 0) return rgb;
    }
    return [255, 255, 255];
  };
  const found = [];
  for (const one of document.querySelectorAll("p, h1, h2, h3, a")) {
    if (!one.checkVisibility() || !one.innerText.trim()) continue;
    if (one.querySelector("p, a")) continue;
    const [ink, paper] = [parts(getComputedStyle(one).color), ground(one)].map(light);
    const ratio = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
    found.push([Math.round(ratio * 10) / 10, one.innerText.slice(0, 40)]);
  }
  return found;
}"""


@pytest.fixture(params=product((360, 800), ("light", "dark")), ids=str)
def page(browser, request):
    """A screen of that width, in that light."""
    width, scheme = request.param
    opened = browser.new_page(
        viewport={"width": width, "height": 740}, color_scheme=scheme
    )
    opened.asked = []
    opened.on("request", lambda one: opened.asked.append(one.url))
    yield opened
    opened.close()


def test_it_reads_well_on_every_screen(page):
    """Nothing to scroll sideways, all to be read, links large enough for a thumb."""
    long = replace(
        NEWS,
        note=LONGEST,
        questions=[replace(NEWS.questions[0], title=LONGEST)],
    )
    page.set_content(html(long))

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    faint = [one for one in page.evaluate(CONTRASTS) if one[0] < 4.5]
    assert not faint
    for link in page.get_by_role("link").all():
        assert link.bounding_box()["height"] >= 44
    assert not page.asked


def test_dark_screens_get_a_dark_page(page):
    """The styles for dark survive, and so do those on each element."""
    page.set_content(html(NEWS))
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    ground = "getComputedStyle(document.querySelector('.sheet')).backgroundColor"
    shown = page.evaluate(ground)
    assert shown == ("rgb(28, 37, 44)" if dark else "rgb(255, 255, 255)")
