"""What people have in front of them: a stack of modals each, and their App Home."""

from dataclasses import dataclass, field

from bot.simulator.errors import Json, SlackRefuses
from bot.simulator.identifiers import new_id, new_secret
from bot.simulator.inputs import initial_values
from bot.simulator.messages import with_block_ids
from bot.simulator.model import App
from bot.simulator.transcript import Transcript

#: Modals one above another.
DEEPEST = 3
#: Fields of a view that the app chooses.
CHOSEN = (
    *("type", "title", "submit", "close", "blocks", "callback_id"),
    *("private_metadata", "clear_on_close", "notify_on_close", "external_id"),
)


@dataclass(eq=False)
class Form:
    """One modal or Home as a person has it open."""

    user: str
    view: Json
    id: str = field(default_factory=lambda: new_id("V"))
    root_id: str = ""
    previous_id: str | None = None
    values: dict[str, Json] = field(default_factory=dict)
    #: The `hash` of what is shown; changes with it.
    hash: str = ""

    def show(self, view: Json) -> None:
        """Show *view*, keeping what was filled in where the fields are the same."""
        self.view = {key: view[key] for key in CHOSEN if view.get(key) is not None}
        self.view["blocks"] = with_block_ids(view.get("blocks") or [])
        fresh = initial_values(self.view["blocks"])
        for block, fields in fresh.items():
            kept = self.values.get(block, {})
            fields |= {name: kept[name] for name in fields if name in kept}
        self.values = fresh
        self.hash = f"{new_secret()[:10]}.{new_secret()[:8]}"

    def as_json(self, app: App, team_id: str) -> Json:
        """Give the view as Slack returns it and sends it in payloads."""
        return {
            "id": self.id,
            "team_id": team_id,
            "callback_id": "",
            "private_metadata": "",
            "external_id": "",
            "title": None,
            "submit": None,
            "close": None,
            "clear_on_close": False,
            "notify_on_close": False,
            **self.view,
            "state": {"values": self.values},
            "hash": self.hash,
            "root_view_id": self.root_id or self.id,
            "previous_view_id": self.previous_id,
            "app_id": app.app_id,
            "app_installed_team_id": team_id,
            "bot_id": app.bot_id,
        }


@dataclass
class Forms:
    """Every open modal and every Home."""

    transcript: Transcript
    stacks: dict[str, list[Form]] = field(default_factory=dict)
    homes: dict[str, Form] = field(default_factory=dict)

    def top(self, user: str) -> Form | None:
        """Give the modal in front of a person."""
        stack = self.stacks.get(user)
        return stack[-1] if stack else None

    def open(self, user: str, view: Json) -> Form:
        """Open a modal in place of whatever was open."""
        form = self._made(user, view)
        self.stacks[user] = [form]
        self._note("opened", form)
        return form

    def push(self, user: str, view: Json) -> Form:
        """Put a modal on top.

        Raises:
            SlackRefuses: `push_limit_reached`, or nothing is open (`not_found`).
        """
        stack = self.stacks.get(user) or []
        if not stack:
            raise SlackRefuses("not_found")
        if len(stack) >= DEEPEST:
            raise SlackRefuses("push_limit_reached")
        form = self._made(user, view)
        form.root_id, form.previous_id = stack[0].id, stack[-1].id
        stack.append(form)
        self._note("pushed", form)
        return form

    def update(self, form: Form, view: Json, expected: str = "") -> Form:
        """Show something else in an open form.

        Raises:
            SlackRefuses: `hash_conflict`, when it no longer shows what *expected* was.
        """
        if expected and expected != form.hash:
            raise SlackRefuses("hash_conflict")
        self._unique(view, form)
        form.show(view)
        self._note("updated", form)
        return form

    def publish(self, user: str, view: Json, expected: str = "") -> Form:
        """Show something in a person's App Home."""
        home = self.homes.get(user)
        if home is None:
            if expected:
                raise SlackRefuses("hash_conflict")
            home = self.homes[user] = Form(user, {})
        if expected and expected != home.hash:
            raise SlackRefuses("hash_conflict")
        home.values = {}
        home.show(view)
        self._note("published", home)
        return home

    def close(self, form: Form) -> None:
        """Close one modal; the one beneath is in front again."""
        stack = self.stacks.get(form.user, [])
        if form in stack:
            stack.remove(form)
            self._note("closed", form)

    def clear(self, user: str) -> None:
        """Close all a person's modals."""
        for form in self.stacks.pop(user, []):
            self._note("closed", form)

    def find(self, view_id: str = "", external_id: str = "") -> Form:
        """Find an open form.

        Raises:
            SlackRefuses: `not_found`.
        """
        for form in self._all():
            named = external_id and form.view.get("external_id") == external_id
            if form.id == view_id or named:
                return form
        raise SlackRefuses("not_found")

    def _all(self) -> list[Form]:
        open_now = [form for stack in self.stacks.values() for form in stack]
        return [*open_now, *self.homes.values()]

    def _made(self, user: str, view: Json) -> Form:
        self._unique(view, None)
        form = Form(user, {})
        form.show(view)
        return form

    def _unique(self, view: Json, itself: Form | None) -> None:
        external = view.get("external_id")
        taken = any(
            form.view.get("external_id") == external
            for form in self._all()
            if form is not itself
        )
        if external and taken:
            raise SlackRefuses("duplicate_external_id")

    def _note(self, verb: str, form: Form) -> None:
        about = {"user": form.user, "view_id": form.id}
        self.transcript.note("view", verb=verb, **about, view=form.view)
