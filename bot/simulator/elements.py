"""The parts inside Block Kit blocks, checked as Slack checks them."""

from collections.abc import Callable
from typing import Any

from bot.simulator.errors import Json

#: Longest texts, in characters, and longest lists.
BUTTON_TEXT, BUTTON_VALUE, ACTION_ID = 75, 2000, 255
OPTION_TEXT, OPTION_VALUE, OPTIONS, OPTION_GROUPS = 75, 150, 100, 100
PLACEHOLDER, LABEL, HINT, URL, ALT_TEXT = 150, 2000, 2000, 3000, 2000
OVERFLOW_LEAST, OVERFLOW_MOST, FEW_OPTIONS = 2, 5, 10
INPUT_MOST = 3000
CONFIRM_TITLE, CONFIRM_TEXT, CONFIRM_BUTTON = 100, 300, 30

_SELECTS = {
    f"{many}{what}_select"
    for many in ("", "multi_")
    for what in ("static", "external", "users", "conversations", "channels")
}
_TEXT_INPUTS = {"plain_text_input", "email_text_input", "url_text_input"}
_PICKERS = {"datepicker", "timepicker"}
_CHOICES = {"checkboxes", "radio_buttons"}

#: Which elements may stand where.
IN_ACTIONS = (
    {"button", "overflow", "datetimepicker", "workflow_button"}
    | {one for one in _SELECTS if not one.startswith("multi_")}
    | (_PICKERS | _CHOICES)
)
IN_SECTION = (IN_ACTIONS | _SELECTS | {"image"}) - {"datetimepicker"}
IN_INPUT = (_SELECTS | _TEXT_INPUTS | _PICKERS | _CHOICES) | {
    "number_input",
    "datetimepicker",
    "rich_text_input",
    "file_input",
}
IN_CONTEXT = frozenset({"image", "mrkdwn", "plain_text"})


class Found:
    """Collects what is wrong, in Slack's words with a pointer to the place."""

    def __init__(self) -> None:
        self.messages: list[str] = []

    def wrong(self, what: str, at: str) -> None:
        """Note one fault."""
        self.messages.append(f"[ERROR] {what} [json-pointer:{at}]")

    def text(self, value: Any, at: str, most: int, kinds: str = "plain_text") -> None:
        """Check a text object of one of *kinds* (words in one string)."""
        if not isinstance(value, dict) or value.get("type") not in kinds.split():
            self.wrong(f"must be a {' or '.join(kinds.split())} object", at)
            return
        self.string(value.get("text"), f"{at}/text", most)

    def string(self, value: Any, at: str, most: int, least: int = 1) -> None:
        """Check a string's type and length."""
        if not isinstance(value, str):
            self.wrong("missing required field", at)
        elif len(value) < least:
            self.wrong(f"must be more than {least - 1} characters", at)
        elif len(value) > most:
            self.wrong(f"must be less than {most + 1} characters", at)

    def optional(self, value: Any, at: str, most: int) -> None:
        """Check a string that may be left out."""
        if value is not None:
            self.string(value, at, most, least=0)

    def count(self, value: Any, at: str, least: int, most: int) -> list[Any]:
        """Check a list's length and give it, empty when it is none."""
        if not isinstance(value, list):
            self.wrong("must be an array", at)
            return []
        if len(value) < least:
            self.wrong(f"must have at least {least} items", at)
        if len(value) > most:
            self.wrong(f"no more than {most} items allowed", at)
        return value


def check_element(found: Found, element: Any, at: str, allowed: Any) -> None:
    """Check an element; *allowed* are the types that may stand there."""
    kind = element.get("type") if isinstance(element, dict) else None
    if not isinstance(kind, str) or kind not in allowed:
        found.wrong(f"unsupported type: {kind}", f"{at}/type")
        return
    if kind != "image":
        found.optional(element.get("action_id"), f"{at}/action_id", ACTION_ID)
    if element.get("placeholder") is not None:
        found.text(element["placeholder"], f"{at}/placeholder", PLACEHOLDER)
    if element.get("confirm") is not None:
        _confirm(found, element["confirm"], f"{at}/confirm")
    _CHECKS.get(kind, _nothing_more)(found, element, at)


def _nothing_more(found: Found, element: Json, at: str) -> None:
    """Let an element of a simple kind pass."""


def _confirm(found: Found, dialog: Any, at: str) -> None:
    if not isinstance(dialog, dict):
        found.wrong("must be an object", at)
        return
    found.text(dialog.get("title"), f"{at}/title", CONFIRM_TITLE)
    both = "plain_text mrkdwn"
    found.text(dialog.get("text"), f"{at}/text", CONFIRM_TEXT, both)
    for name in ("confirm", "deny"):
        if dialog.get(name) is not None:
            found.text(dialog[name], f"{at}/{name}", CONFIRM_BUTTON)


def _button(found: Found, button: Json, at: str) -> None:
    found.text(button.get("text"), f"{at}/text", BUTTON_TEXT)
    found.optional(button.get("value"), f"{at}/value", BUTTON_VALUE)
    found.optional(button.get("url"), f"{at}/url", URL)
    label = button.get("accessibility_label")
    found.optional(label, f"{at}/accessibility_label", BUTTON_TEXT)
    if button.get("style") not in (None, "primary", "danger"):
        found.wrong("must be primary or danger", f"{at}/style")


def check_image(found: Found, image: Json, at: str) -> None:
    """Check an image, as block or as element."""
    if not (image.get("image_url") or image.get("slack_file")):
        found.wrong("missing required field", f"{at}/image_url")
    found.string(image.get("alt_text"), f"{at}/alt_text", ALT_TEXT)


def _static(found: Found, select: Json, at: str) -> None:
    groups = select.get("option_groups")
    if groups is None:
        options(found, select, f"{at}", OPTIONS)
        return
    for place, group in enumerate(
        found.count(groups, f"{at}/option_groups", 1, OPTION_GROUPS)
    ):
        here = f"{at}/option_groups/{place}"
        if not isinstance(group, dict):
            found.wrong("must be an object", here)
            continue
        found.text(group.get("label"), f"{here}/label", OPTION_TEXT)
        options(found, group, here, OPTIONS)


def options(
    found: Found, holder: Json, at: str, most: int, kinds: str = "plain_text"
) -> None:
    """Check the options of a select, overflow, checkboxes or radio buttons."""
    given = found.count(holder.get("options"), f"{at}/options", 1, most)
    seen: set[str] = set()
    for place, option in enumerate(given):
        here = f"{at}/options/{place}"
        if not isinstance(option, dict):
            found.wrong("must be an object", here)
            continue
        found.text(option.get("text"), f"{here}/text", OPTION_TEXT, kinds)
        found.string(option.get("value"), f"{here}/value", OPTION_VALUE)
        if str(option.get("value")) in seen:
            found.wrong("option values must be unique", f"{here}/value")
        seen.add(str(option.get("value")))
        if option.get("description") is not None:
            where = f"{here}/description"
            found.text(option["description"], where, OPTION_TEXT, kinds)
    _initial_offered(found, holder, at, given)


def _initial_offered(found: Found, holder: Json, at: str, given: list[Any]) -> None:
    """Refuse an initial option that is not among those offered."""
    several = holder.get("initial_options")
    chosen = [holder.get("initial_option")]
    chosen += several if isinstance(several, list) else []
    values = [one.get("value") for one in given if isinstance(one, dict)]
    for option in chosen:
        if isinstance(option, dict) and option.get("value") not in values:
            found.wrong("initial option is not one of the options", at)


def _overflow(found: Found, element: Json, at: str) -> None:
    found.count(element.get("options"), f"{at}/options", OVERFLOW_LEAST, OVERFLOW_MOST)
    options(found, element, at, OVERFLOW_MOST)


def _few(found: Found, element: Json, at: str) -> None:
    options(found, element, at, FEW_OPTIONS, "plain_text mrkdwn")


def _text_input(found: Found, element: Json, at: str) -> None:
    most = element.get("max_length", INPUT_MOST)
    if not isinstance(most, int) or not 1 <= most <= INPUT_MOST:
        found.wrong(f"must be between 1 and {INPUT_MOST}", f"{at}/max_length")
        return
    found.optional(element.get("initial_value"), f"{at}/initial_value", most)


_CHECKS: dict[str, Callable[[Found, Json, str], None]] = {
    "button": _button,
    "image": check_image,
    "static_select": _static,
    "multi_static_select": _static,
    "overflow": _overflow,
    "checkboxes": _few,
    "radio_buttons": _few,
    "plain_text_input": _text_input,
}
