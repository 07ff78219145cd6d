"""June: the month's update is read, approved and sent, and the call comes about."""

import re
from email.message import EmailMessage
from email.policy import SMTP
from http.client import HTTPConnection
from urllib.parse import urlsplit

from bot.demo import script
from bot.demo.cast import (
    AMINA,
    BEN,
    BY_LETTER,
    CARYS,
    OWEN,
    PARTNER,
    RUTH,
    Part,
)
from bot.demo.processes import PlayFailed
from bot.demo.scenes_asking import must
from bot.demo.stage import Stage

CALL, MOVED_TO = "2026-06-17", "2026-06-18"
ONE_CLICK = "List-Unsubscribe=One-Click"
_ADDRESS = re.compile(r"<(http[^>]+)>")
_SPAN = "2y"


def read_update(stage: Stage) -> None:
    """Carys reads the draft of the update, adds a note, and approves it."""
    stage.home(CARYS)
    carys = stage.actor(CARYS)
    carys.presses_at_home("Open the update")
    if not all(one in carys.form_words for one in (script.ASKED, script.CALL)):
        raise PlayFailed("The update does not tell of the digest and of the call.")
    carys.presses_in_form("Write a note")
    must(carys.submits(note=stage.types(CARYS, script.MONTHS_NOTE)))
    preview = stage.play.folder / "preview"
    stage.play.workshop.run(
        *("edition", "preview", "--month", "2026-05", "--out", str(preview))
    )
    must(carys.submits())
    stage.update_approved = stage.play.director.now()
    carys.closes_forms()
    stage.tell(
        f"The update for May has been put together from what was approved. "
        f"{CARYS.first} reads it, adds a note and approves it. It leaves on the next "
        "working day at 07:30; until then she can take it back."
    )
    stage.settle()


def confirm_call(stage: Stage) -> None:
    """The cadence has proposed Monday; Carys chooses a Wednesday, and confirms."""
    stage.home(OWEN)
    owen = stage.actor(OWEN)
    owen.presses_at_home("Choose another time")
    must(
        owen.submits(
            day=CALL,
            starts="12:30",
            minutes="60",
            title=script.CALL,
            dial_in=script.DIAL_IN,
            agenda=stage.types(OWEN, script.AGENDA),
        )
    )
    owen.closes_forms()
    plan = stage.play.workshop.run("calls", "--plan", _SPAN)
    stage.tell(
        "The cadence had proposed Mon 8 Jun for the quarterly call. "
        f"{OWEN.first} chooses Wed 17 Jun and confirms it. (The next dates: "
        f"convenor calls --plan {_SPAN} prints {_dates(plan)} of them.)"
    )
    stage.settle()


def say_who_comes(stage: Stage) -> None:
    """Some press a button in Slack; Ruth's calendar answers by e-mail."""
    for part, label in ((AMINA, "Coming"), (BEN, "Can’t come")):
        stage.home(part)
        stage.actor(part).presses_at_home(label)
        stage.actor(part).closes_forms()
    answered = _calendars_answer(stage, RUTH)
    stage.tell(
        f"{AMINA.first} presses Coming, {BEN.first} can’t come. {RUTH.first} accepts "
        f"in her calendar, which answers {OWEN.first} by e-mail: “{answered}”"
    )
    stage.settle()


def leave_the_update(stage: Stage) -> None:
    """A mail scanner follows somebody's link, and nothing happens; then they do."""
    part, link = _reader_with_a_link(stage)
    _ask(link, "GET")
    if part.address in _left_out(stage):
        raise PlayFailed("Only looking at the page has unsubscribed somebody.")
    _ask(link, "POST", ONE_CLICK)
    if part.address not in _left_out(stage):
        raise PlayFailed(f"One click has not unsubscribed {part.name}.")
    stage.tell(
        f"{part.first}’s mail scanner opens the link to unsubscribe: nothing happens. "
        f"Then {part.first} clicks it, and gets no more updates."
    )


def move_call(stage: Stage) -> None:
    """Wednesday does not suit; the call moves to Thursday."""
    stage.home(OWEN)
    owen = stage.actor(OWEN)
    owen.presses_at_home("Look after this call")
    owen.presses_in_form("Move or change")
    must(owen.submits(day=MOVED_TO))
    owen.closes_forms()
    stage.moves += 1
    stage.tell(
        f"{OWEN.first} moves the call to Thu 18 Jun. Those who had said they would "
        "come hear at once, the others when they may be reached; the entry in their "
        "calendars moves."
    )
    stage.settle()


def partner_reads(stage: Stage) -> None:
    """The board gets the update as well, without anybody's name."""
    if not stage.play.player.letters(PARTNER):
        raise PlayFailed("The partner has no update.")
    stage.tell(f"{PARTNER}, beyond the members, gets it too, without any names.")


def _calendars_answer(stage: Stage, part: Part) -> str:
    """*part*'s calendar accepts; the coordinator saves its e-mail and adds it."""
    invitation = next(
        one for one in reversed(stage.letters_to(part)) if one["calendars"]
    )
    ics = str(invitation["calendars"][0]["ics"]).replace(
        "METHOD:REQUEST", "METHOD:REPLY"
    )
    mail = EmailMessage(policy=SMTP)
    mail["From"] = f'"{part.name}" <{part.address}>'
    mail["To"] = OWEN.address
    mail["Subject"] = f"Accepted: {invitation['subject']}"
    mail.set_content(f"{part.name} has accepted.")
    mail.add_alternative(
        ics.replace("NEEDS-ACTION", "ACCEPTED").encode(),
        maintype="text",
        subtype="calendar",
        params={"method": "REPLY", "charset": "utf-8"},
    )
    stage.coming.append((part.key, stage.play.director.now()))
    name = f"{part.first.lower()}-accepts.eml"
    (stage.play.folder / name).write_bytes(mail.as_bytes())
    return stage.play.workshop.run("calls", "rsvp", "--file", name).strip()


def _reader_with_a_link(stage: Stage) -> tuple[Part, str]:
    """Somebody who has had the update, and the address by which they can leave it."""
    for part in BY_LETTER:
        for letter in stage.play.player.letters(part.address):
            headers = {str(name): str(value) for name, value in letter["headers"]}
            link = _ADDRESS.search(headers.get("List-Unsubscribe", ""))
            if link:
                return part, link[1]
    raise PlayFailed("Nobody who lives in e-mail has had the update.")


def _left_out(stage: Stage) -> str:
    """Whom an update would leave out now, and why."""
    said = stage.play.workshop.run("edition", "send", "--dry-run")
    return said.partition("Left out")[2]


def _ask(address: str, method: str, body: str = "") -> None:
    parts = urlsplit(address)
    connection = HTTPConnection(str(parts.hostname), parts.port or 80, timeout=5)
    try:
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        connection.request(method, parts.path, body or None, form if body else {})
        status = connection.getresponse().status
    finally:
        connection.close()
    if status != 200:  # noqa: PLR2004 - HTTP's own number
        raise PlayFailed(f"The page to unsubscribe answers {status} to {method}.")


def _dates(plan: str) -> int:
    return len(re.findall(r"^\W*20\d\d", plan, re.MULTILINE))
