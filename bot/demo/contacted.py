"""Who was contacted unasked: in Slack, by letter or by both, and how often."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.demo.contacts import Kind, Said, letter_parts, parts
from bot.demo.evidence import Evidence, Post
from bot.demo.letters import Letter
from bot.demo.looks import buttons
from bot.demo.times import LONDON

WEEK = timedelta(days=7)
#: Between deciding to say something and its being read, machines take a moment.
DELIVERY = timedelta(minutes=1)
#: A message so soon after its reader did something answers what they did.
ANSWER_WITHIN = timedelta(minutes=10)
COMING = frozenset({"call_answer:coming", "call_answer:maybe"})


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


def by_person(evidence: Evidence) -> dict[str, list[Contact]]:
    """The contacts of each, oldest first."""
    found: dict[str, list[Contact]] = {}
    for one in contacts(evidence):
        found.setdefault(one.user, []).append(one)
    return found


def table(evidence: Evidence) -> list[tuple[str, list[int]]]:
    """How often each was contacted in each week (Monday to Sunday), by name."""
    found = {
        user: [one.when for one in theirs]
        for user, theirs in by_person(evidence).items()
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


def _in_slack(evidence: Evidence) -> Iterator[Contact]:
    for post in evidence.ours:
        user = evidence.facts.direct.get(post.channel)
        if user is None:
            continue
        if _about_a_call(post) and _comes(evidence, post, user):
            continue  # their own appointment
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


def _about_a_call(post: Post) -> bool:
    pressed = buttons(post.first.blocks)
    return any(one.action_id.startswith("call_answer") for one in pressed)


def _comes(evidence: Evidence, told: Post | Letter, user: str) -> bool:
    """Whether its reader had said that they come to the call it is about."""
    said = [
        evidence.when(act)
        for act in evidence.acts
        if act["user"] == user and str(act.get("action_id", "")) in COMING
    ]
    mailed = [when for who, when in evidence.facts.coming_by_mail if who == user]
    return any(when <= told.when for when in (*said, *mailed))


def _twins(one: Contact, other: Contact) -> bool:
    """Whether the same thing was said at the same time, in Slack and by letter."""
    apart = isinstance(one.source, Post) != isinstance(other.source, Post)
    same = [said.kind for said in one.said] == [said.kind for said in other.said]
    return apart and same and abs(other.moment - one.moment) < DELIVERY


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


def _monday(when: datetime) -> date:
    return when.date() - timedelta(when.weekday())


def _in_week(moments: Sequence[datetime], monday: date) -> int:
    return sum(_monday(when) == monday for when in moments)
