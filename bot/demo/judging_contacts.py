"""Judging: when, how often and why people were contacted unasked."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta

from bot.demo.contacted import DELIVERY, WEEK, Contact, by_person, contacts
from bot.demo.contacts import ASKS, Kind, parts
from bot.demo.evidence import Evidence, Facts
from bot.demo.faults import Fault
from bot.demo.letters import Letter
from bot.demo.times import LONDON

A_WEEK = 3
WORKING_DAYS = range(5)
FREES = 3  #: working days after which an ask that waits lets its reader be asked again
MORNING = time(7, 30)  #: when what goes to many leaves
PUT_OFF = frozenset({"later", "away"})


def good_times(evidence: Evidence) -> Iterator[Fault]:
    """Each contact was on a working day, within the hours that person gave.

    Somebody who gave none gets what goes to many from the morning on.
    """
    for one in contacts(evidence):
        hours = evidence.facts.people[one.user].hours
        late = (one.when - DELIVERY).time() > hours.end
        early = one.when.time() < hours.start
        if one.by_mailing and not evidence.facts.people[one.user].said_when:
            early = late = one.when.time() < MORNING
        if early or late or one.when.weekday() not in WORKING_DAYS:
            yield _fault(evidence.facts, one, f"which is not {hours}")


def away(evidence: Evidence) -> Iterator[Fault]:
    """No contact came between leaving and being back."""
    for one in contacts(evidence):
        for begins, ends in evidence.facts.people[one.user].away:
            if begins <= one.moment < ends:
                yield _fault(evidence.facts, one, "while away")


def days_off(evidence: Evidence) -> Iterator[Fault]:
    """No contact came on a bank holiday."""
    for one in contacts(evidence):
        if one.when.date().isoformat() in evidence.facts.holidays:
            yield _fault(evidence.facts, one, "a bank holiday")


def three_a_week(evidence: Evidence) -> Iterator[Fault]:
    """No seven days hold a fourth contact."""
    for theirs in by_person(evidence).values():
        for first, fourth in zip(theirs, theirs[A_WEEK:], strict=False):
            if fourth.moment - first.moment < WEEK - DELIVERY:
                yield _fault(evidence.facts, fourth, "the fourth in seven days")


def one_open_ask(evidence: Evidence) -> Iterator[Fault]:
    """While one question waits for somebody, no other is put to them."""
    for theirs in by_person(evidence).values():
        asked = [one for one in theirs if _asks_in(one)]
        first: dict[str, Contact] = {}
        for place, one in enumerate(asked):
            waiting = {
                ask
                for earlier in asked[:place]
                for ask in _open(evidence, earlier, one, first)
            }
            new = _asks_in(one) - set(first)
            if new and len(waiting | new) > 1:
                yield _fault(evidence.facts, one, "while another question waits")
            first |= dict.fromkeys(new, one)


def one_reminder(evidence: Evidence) -> Iterator[Fault]:
    """Of one ask: one invitation, and another each time it was put off; one of each."""
    for user, theirs in by_person(evidence).items():
        again = sum(
            act["user"] == user and act.get("action_id") in PUT_OFF
            for act in evidence.acts
        )
        counts: dict[tuple[str, Kind], int] = {}
        for one in theirs:
            for said in one.said:
                if said.kind not in ASKS:
                    continue
                key = (said.ask, said.kind)
                counts[key] = counts.get(key, 0) + 1
                most = 1 + again if said.kind is Kind.INVITATION else 1
                if counts[key] > most:
                    yield _fault(evidence.facts, one, f"a second {said.kind}")


def not_the_asker(evidence: Evidence) -> Iterator[Fault]:
    """No invitation is in the name of its reader, or of their words."""
    for one in contacts(evidence):
        name = evidence.facts.people[one.user].name
        theirs = {text for who, text in evidence.facts.asked if who == name}
        for said in one.said:
            if said.kind in ASKS and (
                said.asker.startswith(name) or said.question in theirs
            ):
                yield _fault(evidence.facts, one, "their own question")


def a_reason(evidence: Evidence) -> Iterator[Fault]:
    """Each invitation says why it comes to its reader."""
    for one in contacts(evidence):
        for said in one.said:
            if said.kind is Kind.INVITATION and not said.why:
                yield _fault(evidence.facts, one, "without a reason")


def _asks_in(contact: Contact) -> set[str]:
    return {said.ask for said in contact.said if said.kind in ASKS}


def _open(
    evidence: Evidence, contact: Contact, at: Contact, first: Mapping[str, Contact]
) -> Sequence[str]:
    """The asks of a message that still wait when *at* appears.

    *first* is where each was put to them: from then on its time runs.
    """
    if isinstance(contact.source, Letter):
        return [
            ask
            for ask in _asks_in(contact)
            if _waits_in_letter(evidence, first[ask], at)
        ]
    before = [one for one in contact.source.versions if one.seq < at.source.seq]
    return [said.ask for said in parts(before[-1].blocks) if said.kind in ASKS]


def _waits_in_letter(evidence: Evidence, contact: Contact, at: Contact) -> bool:
    """A letter cannot show that it was answered, or has waited for long enough."""
    answered = any(
        contact.moment <= when < at.moment
        for who, when in evidence.facts.answered_by_mail
        if who == contact.user
    )
    waited = _working_days(evidence, contact.moment, at.moment)
    return not answered and waited < FREES


def _working_days(evidence: Evidence, since: datetime, until: datetime) -> int:
    """How many working mornings have broken between two moments."""
    first, last = since.astimezone(LONDON).date(), until.astimezone(LONDON).date()
    days = (first + timedelta(n) for n in range(1, (last - first).days + 1))
    return sum(
        day.weekday() in WORKING_DAYS and day.isoformat() not in evidence.facts.holidays
        for day in days
    )


def _fault(facts: Facts, one: Contact, why: str) -> Fault:
    when = one.when.strftime("%a %d %b, %H:%M")
    return Fault(
        f"{facts.name(one.user)} was contacted {when}: {why}", (one.source.seq,)
    )
