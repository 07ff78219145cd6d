"""Judging: when, how often and why people were contacted unasked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.demo.contacts import ASKS, Kind, Said, parts
from bot.demo.evidence import Evidence, Facts, Post
from bot.demo.faults import Fault
from bot.demo.times import LONDON

WEEK = timedelta(days=7)
A_WEEK = 3
#: Between deciding to say something and its being read, machines take a moment.
DELIVERY = timedelta(minutes=1)
#: A message so soon after its reader did something answers what they did.
ANSWER_WITHIN = timedelta(minutes=10)
WORKING_DAYS = range(5)
PUT_OFF = frozenset({"later", "away"})


@dataclass(frozen=True, slots=True)
class Contact:
    """One message that somebody had not asked for."""

    post: Post
    user: str
    said: tuple[Said, ...]

    @property
    def when(self) -> datetime:
        """When it came, on the community's wall."""
        return self.post.when.astimezone(LONDON)


def contacts(evidence: Evidence) -> Iterator[Contact]:
    """Every message to one person that they did not bring about themselves.

    Whatever asks something of its reader counts, and so does anything that came to
    somebody who had done nothing.
    """
    for post in evidence.ours:
        user = evidence.facts.direct.get(post.channel)
        if user is None:
            continue
        said = tuple(parts(post.first.blocks))
        asks = any(one.kind is not Kind.OTHER for one in said)
        if asks or not _answers(evidence, post, user):
            yield Contact(post, user, said)


def good_times(evidence: Evidence) -> Iterator[Fault]:
    """Each contact was on a working day, within the hours that person gave."""
    for one in contacts(evidence):
        hours = evidence.facts.people[one.user].hours
        late = (one.when - DELIVERY).time() > hours.end
        early = one.when.time() < hours.start
        if early or late or one.when.weekday() not in WORKING_DAYS:
            yield _fault(evidence.facts, one, f"which is not {hours}")


def away(evidence: Evidence) -> Iterator[Fault]:
    """No contact came between leaving and being back."""
    for one in contacts(evidence):
        for begins, ends in evidence.facts.people[one.user].away:
            if begins <= one.post.when < ends:
                yield _fault(evidence.facts, one, "while away")


def days_off(evidence: Evidence) -> Iterator[Fault]:
    """No contact came on a bank holiday."""
    for one in contacts(evidence):
        if one.when.date().isoformat() in evidence.facts.holidays:
            yield _fault(evidence.facts, one, "a bank holiday")


def three_a_week(evidence: Evidence) -> Iterator[Fault]:
    """No seven days hold a fourth contact."""
    for theirs in _by_person(evidence).values():
        for first, fourth in zip(theirs, theirs[A_WEEK:], strict=False):
            if fourth.post.when - first.post.when < WEEK - DELIVERY:
                yield _fault(evidence.facts, fourth, "the fourth in seven days")


def one_open_ask(evidence: Evidence) -> Iterator[Fault]:
    """While one question waits for somebody, no other is put to them."""
    for theirs in _by_person(evidence).values():
        asked = [one for one in theirs if _asks_in(one)]
        for place, one in enumerate(asked):
            waiting = {
                ask for earlier in asked[:place] for ask in _open(earlier, one.post)
            }
            new = _asks_in(one) - {ask for e in asked[:place] for ask in _asks_in(e)}
            if new and len(waiting | new) > 1:
                yield _fault(evidence.facts, one, "while another question waits")


def one_reminder(evidence: Evidence) -> Iterator[Fault]:
    """Of one ask: one invitation, and another each time it was put off; one of each."""
    for user, theirs in _by_person(evidence).items():
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


def _answers(evidence: Evidence, post: Post, user: str) -> bool:
    """Whether its reader had done something just before, to which it answers."""
    since = post.when - ANSWER_WITHIN
    acted = (evidence.when(act) for act in evidence.acts if act["user"] == user)
    spoke = (
        version.when
        for one in evidence.posts
        if one.user == user
        for version in one.versions
    )
    return any(since <= at <= post.when for at in (*acted, *spoke))


def _by_person(evidence: Evidence) -> dict[str, list[Contact]]:
    found: dict[str, list[Contact]] = {}
    for one in contacts(evidence):
        found.setdefault(one.user, []).append(one)
    return found


def _asks_in(contact: Contact) -> set[str]:
    return {said.ask for said in contact.said if said.kind in ASKS}


def _open(contact: Contact, at: Post) -> Sequence[str]:
    """The asks of a message that still wait when *at* appears."""
    before = [one for one in contact.post.versions if one.seq < at.seq]
    return [said.ask for said in parts(before[-1].blocks) if said.kind in ASKS]


def _fault(facts: Facts, one: Contact, why: str) -> Fault:
    when = one.when.strftime("%a %d %b, %H:%M")
    return Fault(f"{facts.name(one.user)} was contacted {when}: {why}", (one.post.seq,))
