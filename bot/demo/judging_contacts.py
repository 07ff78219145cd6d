"""Judging: when, how often and why people were contacted unasked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.demo.contacts import ASKS, Kind, Said, letter_parts, parts
from bot.demo.evidence import Evidence, Facts, Post
from bot.demo.faults import Fault
from bot.demo.letters import Letter
from bot.demo.times import LONDON

WEEK = timedelta(days=7)
A_WEEK = 3
#: Between deciding to say something and its being read, machines take a moment.
DELIVERY = timedelta(minutes=1)
#: A message so soon after its reader did something answers what they did.
ANSWER_WITHIN = timedelta(minutes=10)
WORKING_DAYS = range(5)
FREES = 3  #: working days after which an ask that waits lets its reader be asked again
MORNING = time(7, 30)  #: when what goes to many leaves
COMING = frozenset({"call_answer:coming", "call_answer:maybe"})
PUT_OFF = frozenset({"later", "away"})


@dataclass(frozen=True, slots=True)
class Contact:
    """One message that somebody had not asked for: in Slack, by letter, or by both."""

    source: Post | Letter
    user: str
    said: tuple[Said, ...]

    @property
    def moment(self) -> datetime:
        """When it came."""
        return self.source.when

    @property
    def when(self) -> datetime:
        """When it came, on the community's wall."""
        return self.moment.astimezone(LONDON)

    @property
    def by_mailing(self) -> bool:
        """Whether it went to many at once, on the morning that mailings leave."""
        return isinstance(self.source, Letter) and self.source.to_many


def contacts(evidence: Evidence) -> Iterator[Contact]:
    """Every message to one person that they did not bring about themselves.

    In Slack whatever asks something of its reader counts, and so does anything that
    came to somebody who had done nothing. Of letters every one counts, but for the
    twin of what came in Slack at the same time.
    """
    found = [*_in_slack(evidence), *_by_letter(evidence)]
    told: dict[str, list[Contact]] = {}
    for one in sorted(found, key=lambda contact: contact.source.seq):
        before = told.setdefault(one.user, [])
        if not any(_twins(earlier, one) for earlier in before):
            yield one
        before.append(one)


def _in_slack(evidence: Evidence) -> Iterator[Contact]:
    for post in evidence.ours:
        user = evidence.facts.direct.get(post.channel)
        if user is None:
            continue
        said = tuple(parts(post.first.blocks))
        asks = any(one.kind is not Kind.OTHER for one in said)
        if asks or not _answers(evidence, post, user):
            yield Contact(post, user, said)


def _by_letter(evidence: Evidence) -> Iterator[Contact]:
    for letter in evidence.letters:
        user = evidence.facts.mailboxes.get(letter.to[0])
        if user is None or (letter.calendars and _comes(evidence, letter, user)):
            continue  # their own appointment
        yield Contact(letter, user, tuple(letter_parts(letter.text)))


def _comes(evidence: Evidence, letter: Letter, user: str) -> bool:
    """Whether its reader had said that they come to what their calendar is told of."""
    said = [
        evidence.when(act)
        for act in evidence.acts
        if act["user"] == user and str(act.get("action_id", "")) in COMING
    ]
    mailed = [when for who, when in evidence.facts.coming_by_mail if who == user]
    return any(when <= letter.when for when in (*said, *mailed))


def _twins(one: Contact, other: Contact) -> bool:
    """Whether the same thing was said at the same time, in Slack and by letter."""
    apart = isinstance(one.source, Post) != isinstance(other.source, Post)
    same = [said.kind for said in one.said] == [said.kind for said in other.said]
    return apart and same and abs(other.moment - one.moment) < DELIVERY


def table(evidence: Evidence) -> list[tuple[str, list[int]]]:
    """How often each was contacted in each week (Monday to Sunday), by name."""
    found = {
        user: [one.when for one in theirs]
        for user, theirs in _by_person(evidence).items()
    }
    every = [when for theirs in found.values() for when in theirs]
    if not every:
        return []
    first = _monday(min(every))
    weeks = (_monday(max(every)) - first).days // WEEK.days + 1
    return [
        (
            who.name,
            [_in_week(found.get(user, ()), first + n * WEEK) for n in range(weeks)],
        )
        for user, who in evidence.facts.people.items()
    ]


def _monday(when: datetime) -> date:
    return when.date() - timedelta(when.weekday())


def _in_week(moments: Sequence[datetime], monday: date) -> int:
    return sum(_monday(when) == monday for when in moments)


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
    for theirs in _by_person(evidence).values():
        for first, fourth in zip(theirs, theirs[A_WEEK:], strict=False):
            if fourth.moment - first.moment < WEEK - DELIVERY:
                yield _fault(evidence.facts, fourth, "the fourth in seven days")


def one_open_ask(evidence: Evidence) -> Iterator[Fault]:
    """While one question waits for somebody, no other is put to them."""
    for theirs in _by_person(evidence).values():
        asked = [one for one in theirs if _asks_in(one)]
        for place, one in enumerate(asked):
            waiting = {
                ask
                for earlier in asked[:place]
                for ask in _open(evidence, earlier, one)
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


def _open(evidence: Evidence, contact: Contact, at: Contact) -> Sequence[str]:
    """The asks of a message that still wait when *at* appears."""
    if isinstance(contact.source, Letter):
        return _open_in_letter(evidence, contact, at)
    before = [one for one in contact.source.versions if one.seq < at.source.seq]
    return [said.ask for said in parts(before[-1].blocks) if said.kind in ASKS]


def _open_in_letter(evidence: Evidence, contact: Contact, at: Contact) -> Sequence[str]:
    """A letter cannot show that it was answered, or has waited for long enough."""
    answered = any(
        contact.moment <= when < at.moment
        for who, when in evidence.facts.answered_by_mail
        if who == contact.user
    )
    if answered or _working_days(evidence, contact.moment, at.moment) >= FREES:
        return []
    return [said.ask for said in contact.said if said.kind in ASKS]


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
