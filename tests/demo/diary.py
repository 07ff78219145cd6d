"""What happened, written down by hand as the simulator would, to be doctored.

Machine time and community time are the same here, so that a story says when it was.
"""

from copy import deepcopy
from dataclasses import replace

from bot.demo.evidence import Evidence
from bot.demo.times import PlayedTime, Stretch, local, unix
from tests.demo.known import BOT, FACTS, QUESTIONS
from tests.demo.mailbag import Mail, headers
from tests.demo.shown import text


class Diary:
    """What happened, entry by entry."""

    def __init__(self):
        self.entries = []
        self.mail = []
        self.kept = {}
        self.facts = FACTS

    def note(self, when, kind, **what):
        """Write something down; returns the entry, which a story may doctor."""
        at = unix(local(when))
        entry = {"seq": len(self.entries) + 1, "at": at, "kind": kind, **what}
        self.entries.append(entry)
        return entry

    def knows(self, **otherwise):
        """Something else is true of the play than is usual."""
        self.facts = replace(self.facts, **otherwise)

    def says(self, when, user, text, *, channel=QUESTIONS, thread=None):
        """A person writes."""
        return self._posted(when, user, text, channel=channel, thread=thread)

    def bot(self, when, channel, blocks, *, text="Something for you", thread=None):
        """The bot posts."""
        return self._posted(
            when, BOT, text, blocks=blocks, channel=channel, thread=thread
        )

    def mails(self, when, to, written, *, ics="", **head):
        """The bot's letter reaches an address; returns it, to be doctored."""
        number = len(self.entries)
        mail = Mail(
            entry=self.note(when, "letter", id=number),
            rcpt=[to],
            subject=written.subject,
            text=written.text,
            html=written.html,
            ics=ics,
            headers=headers(number) | head,
        )
        self.mail.append(mail)
        return mail

    def loses(self, mail):
        """A letter has never come."""
        self.mail.remove(mail)
        self.entries.remove(mail.entry)

    def changes(self, when, entry, blocks, text=None):
        """A message is shown otherwise from now on."""
        kept = {k: v for k, v in entry.items() if k not in {"seq", "at", "kind"}}
        kept |= {"blocks": blocks, "text": entry["text"] if text is None else text}
        return self.note(when, "updated", **kept)

    def deletes(self, when, entry):
        """A message is gone."""
        return self.note(when, "deleted", channel=entry["channel"], ts=entry["ts"])

    def uses(self, when, user, action):
        """A person presses a button."""
        return self.note(when, "act", verb="used", user=user, action_id=action)

    def submits(self, when, user, callback, blocks=()):
        """A person is shown a form, and sends it."""
        view = {"callback_id": callback, "blocks": list(blocks)}
        form = f"V{len(self.entries)}"
        self.note(when, "view", verb="opened", user=user, view_id=form, view=view)
        return self.note(when, "act", verb="submitted", user=user, view_id=form)

    def looks(self, when, user, callback, *shown):
        """A person is shown a form."""
        view = {"callback_id": callback, "blocks": [text(one) for one in shown]}
        form = f"V{len(self.entries)}"
        self.note(when, "view", verb="opened", user=user, view_id=form, view=view)

    def evidence(self):
        """The diary as a judge reads it."""
        played = PlayedTime((Stretch(0.0, local("1970-01-01 01:00")),))
        taken = [mail.taken() for mail in self.mail]
        labels = {label["id"]: label for label, _ in taken}
        ordered = sorted(deepcopy(self.entries), key=lambda entry: entry["at"])
        for seq, entry in enumerate(ordered, 1):
            entry["seq"] = seq
            entry.update(labels.get(entry.get("id"), {}))
        parsed = [letter for _, letter in taken]
        return Evidence(ordered, played, self.facts, self.kept, parsed)

    def _posted(self, when, user, words, *, channel, thread, blocks=()):
        number, by_app = len(self.entries), user == BOT
        return self.note(
            when,
            "posted",
            channel=channel,
            ts=f"1779000000.{number:06d}",
            thread_ts=thread["ts"] if thread else None,
            user=user,
            by_app=by_app,
            text=words,
            blocks=list(blocks) or [text(words)],
            metadata={"event_payload": {"key": f"k{number}"}} if by_app else None,
        )
