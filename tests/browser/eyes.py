"""Somebody who looks at the page and acts on it, as people do: by what they read."""

from dataclasses import dataclass
from typing import Any

PATIENCE = 15_000  #: milliseconds for anything that is waited for


@dataclass(eq=False)
class Eyes:
    """One open page."""

    page: Any  # playwright's Page
    url: str

    def __post_init__(self):
        self.page.set_default_timeout(PATIENCE)
        self.errors = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def at(self, where):
        """Go to a place by its address, such as `as/U0BEN/home`."""
        self.page.goto(f"{self.url}/#/{where}")
        self.page.wait_for_selector("html[data-ready=yes]")
        return self

    def become(self, name):
        """Choose who one is."""
        self.page.get_by_label("You are").select_option(name)

    def place(self, name):
        """Follow a link of the navigation."""
        links = self.page.get_by_role("navigation").get_by_role("link")
        links.filter(has_text=name).click()

    def sees(self, words):
        """Wait until something can be read in the columns."""
        self.page.locator("main, aside").get_by_text(words).first.wait_for()

    def types(self, words):
        """Type in the main column's composer, and press Enter."""
        area = self.page.locator("main .composer textarea")
        area.fill(words)
        area.press("Enter")

    def presses(self, name, *, within="main, aside"):
        """Press the last button of that name that is seen."""
        inside = self.page.locator(within)
        inside.get_by_role("button", name=name, exact=True).last.click()

    def form(self):
        """The form in front, once there is one."""
        dialog = self.page.locator("dialog#modal[open]")
        dialog.wait_for()
        return dialog

    def fills(self, **fields):
        """Fill in fields by their labels, `_` for a space."""
        for label, words in fields.items():
            self.form().get_by_label(label.replace("_", " ")).fill(words)

    def submits(self, name):
        """Send the form, and wait until it has gone."""
        self.sends(name)
        self.page.locator("dialog#modal[open]").wait_for(state="hidden")

    def sends(self, name):
        """Press a button of the form; another may take its place."""
        self.form().get_by_role("button", name=name, exact=True).click()

    def asks(self, script, *given):
        """What a piece of the page's own language says."""
        return self.page.evaluate(script, *given)
