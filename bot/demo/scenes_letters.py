"""What those do who live in e-mail: they are asked, reminded, and answer by letter."""

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape

from bot.demo import script
from bot.demo.cast import CARYS, JOAN, KIT, LEILA, Part
from bot.demo.processes import PlayFailed
from bot.demo.stage import Stage

#: The first question's number: it stands in every letter that asks it.
QUESTION = "1"


def leila_answers(stage: Stage) -> None:
    """Leila replies to her letter; Carys saves the e-mail, and adds it by its file."""
    letter = stage.letters_to(LEILA)[-1]
    mail = _reply(stage, LEILA, letter["subject"])
    quoted = "\n".join(f"> {line}" for line in letter["text"].splitlines())
    written = stage.types(LEILA, f"Hello Carys,\n\n{script.LEILA_ANSWERS}")
    mail.set_content(
        f"{written}\n\n"
        f"On Mon, 18 May 2026 at 12:30, GP Cancer Network wrote:\n{quoted}\n\n"
        "Sent from my iPhone\n"
    )
    _add(stage, LEILA, mail)
    stage.tell(
        f"{LEILA.first} replies to her letter. {CARYS.first} saves the e-mail and adds "
        "it with one command: in the thread it stands as from Leila, by e-mail."
    )
    stage.settle()


def joan_answers(stage: Stage) -> None:
    """Joan's Outlook sends nothing but HTML."""
    mail = _reply(stage, JOAN, "A question about FIT")
    answer = escape(stage.types(JOAN, script.JOAN_ANSWERS))
    mail.set_content(
        "<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><style>"
        "p.MsoNormal {margin:0cm; font-size:11.0pt;}</style></head><body lang=EN-GB>"
        f"<div class=WordSection1><p class=MsoNormal>{answer}<o:p></o:p></p>"
        "<div style='border:none;border-top:solid #E1E1E1 1.0pt'><p class=MsoNormal>"
        "<b>From:</b> GP Cancer Network &lt;network@example.org&gt;<br>"
        "<b>Sent:</b> 20 May 2026 12:30<br><b>To:</b> Joan Thackray<br>"
        "<b>Subject:</b> A question about FIT</p></div>"
        "<p class=MsoNormal>Hello Joan,</p></div></body></html>",
        subtype="html",
    )
    _add(stage, JOAN, mail)
    stage.tell(
        f"{JOAN.first} answers from Outlook, which sends nothing but HTML. It is read "
        "all the same, without the letter that it quotes."
    )
    stage.settle()


def kit_declines(stage: Stage) -> None:
    """Kit writes that it is not one for him; Carys notes it from her Home."""
    stage.home(CARYS)
    carys = stage.actor(CARYS)
    carys.presses_at_home("Add a reply received elsewhere")
    author = carys.choice("author", KIT.name)
    told = carys.is_told(
        question=QUESTION, author=author, via="e-mail", outcome="not_for_them"
    )
    if KIT.name not in told:
        raise PlayFailed(f"What {KIT.first} wrote was not noted: {told}")
    stage.tell(
        f"{KIT.first} writes “not one for me”. {CARYS.first} notes it from her Home, "
        "and he hears no more of it."
    )
    stage.settle()


def both_agree(stage: Stage) -> None:
    """Joan and Leila have seen their lines, by letter; Carys notes their yes."""
    carys = stage.actor(CARYS)
    stage.home(CARYS)
    carys.presses_at_home("Open the draft")
    for words in (script.LEILA_ANSWERS, script.JOAN_ANSWERS):
        carys.presses_in_form("Its author has said yes", under=words)
    carys.closes_forms()
    stage.tell(
        f"{LEILA.first} and {JOAN.first} write that their lines are fine, and "
        f"{CARYS.first} notes it on the draft."
    )
    stage.settle()


def _reply(stage: Stage, part: Part, subject: str) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    mail["From"] = f'"{part.name}" <{part.address}>'
    mail["To"] = f'"{CARYS.name}" <{CARYS.address}>'
    mail["Subject"] = f"RE: {subject}"
    mail["Date"] = format_datetime(stage.play.director.now())
    mail["Message-ID"] = f"<{part.first.lower()}@example.org>"
    return mail


def _add(stage: Stage, part: Part, mail: EmailMessage) -> None:
    """Carys saves *mail* as a file, and adds it at the command line."""
    stage.answered_by_mail(part)
    name = f"{part.first.lower()}.eml"
    (stage.play.folder / name).write_bytes(mail.as_bytes())
    said = stage.play.workshop.run(
        *("reply", "add", "--question", QUESTION, "--file", name, "--yes")
    )
    if part.name not in said:
        raise PlayFailed(f"{part.name}'s reply was not added: {said}")
