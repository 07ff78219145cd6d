"""The judge: every promise that a play can show, from what the simulator wrote down.

Pure functions over a transcript, the community's time and the facts of the cast. Each
promise is one named check; what breaks it is named with the transcript's own numbers.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.demo import judging_contacts as contacts
from bot.demo import judging_delivery as delivery
from bot.demo import judging_digests as digests
from bot.demo import judging_letters as letters
from bot.demo import judging_whole as whole
from bot.demo import judging_words as said
from bot.demo.evidence import Evidence
from bot.demo.faults import Fault

Check = Callable[[Evidence], Iterator[Fault]]


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise, in a sentence, and how it is judged."""

    name: str
    sentence: str
    check: Check


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one promise."""

    promise: Promise
    faults: tuple[Fault, ...]

    @property
    def held(self) -> bool:
        """Whether the promise was kept."""
        return not self.faults


PROMISES: Sequence[Promise] = (
    Promise(
        "whole",
        "Everything happened that the promises below are about.",
        whole.whole,
    ),
    Promise(
        "accepted",
        "Slack took every message, form and Home that the bot gave it.",
        delivery.accepted,
    ),
    Promise(
        "not doubled",
        "Nobody was told the same thing twice.",
        delivery.not_doubled,
    ),
    Promise(
        "a person approved",
        "Nothing went to everyone before a person approved it and the hold was over.",
        delivery.approved_and_held,
    ),
    Promise(
        "by a tap",
        "Nothing was posted in anybody's place without their tap.",
        delivery.by_a_tap,
    ),
    Promise(
        "all accounted for",
        "Every reply of a thread is in its digest's count and in its ledger.",
        digests.all_accounted_for,
    ),
    Promise(
        "resources",
        "Links that people gave are gathered under their digest.",
        whole.resources,
    ),
    Promise("dissent", "Whoever differs is shown.", digests.dissent_shown),
    Promise(
        "own words",
        "Every line is word for word what the person named said.",
        digests.own_words,
    ),
    Promise(
        "left out",
        "Whoever asked to be left out, or deleted what they said, is not quoted.",
        digests.left_out,
    ),
    Promise(
        "nameless",
        "Words that were to carry no name carry none.",
        said.nameless,
    ),
    Promise(
        "private",
        "What was to stay private stands nowhere else.",
        said.private,
    ),
    Promise(
        "no patient",
        "What could identify a patient is nowhere: not shown, not kept, not logged.",
        said.no_patient,
    ),
    Promise(
        "quiet notifications",
        "A notification shows nobody's words.",
        said.quiet_notifications,
    ),
    Promise(
        "discreet",
        "Who declined is not shown to members.",
        said.discreet,
    ),
    Promise(
        "good times",
        "Nobody was contacted outside the hours they gave.",
        contacts.good_times,
    ),
    Promise("away", "Nobody was contacted while away.", contacts.away),
    Promise(
        "days off",
        "Nobody was contacted on a bank holiday.",
        contacts.days_off,
    ),
    Promise(
        "three a week",
        "Nobody was contacted more than three times in any seven days.",
        contacts.three_a_week,
    ),
    Promise(
        "one open ask",
        "Nobody had two questions waiting for them at one time.",
        contacts.one_open_ask,
    ),
    Promise(
        "one reminder",
        "Each ask had at most one reminder and one closing notice.",
        contacts.one_reminder,
    ),
    Promise(
        "not the asker",
        "Nobody was asked their own question.",
        contacts.not_the_asker,
    ),
    Promise(
        "a reason",
        "Everybody who was asked was told why.",
        contacts.a_reason,
    ),
    Promise(
        "one address",
        "Each letter went to one person, and names nobody else's address.",
        letters.one_address,
    ),
    Promise(
        "well formed",
        "Each letter says that a machine wrote it, and can be read as text and HTML.",
        letters.well_formed,
    ),
    Promise("letters once", "No letter came twice.", letters.once),
    Promise(
        "the update once",
        "The month's update reached each recipient, once.",
        letters.edition_once,
    ),
    Promise(
        "the update approved",
        "It left on a working morning, after a person had approved it.",
        letters.edition_approved,
    ),
    Promise(
        "the update left",
        "Each copy of it can be left in one click, or by a letter.",
        letters.edition_can_be_left,
    ),
    Promise(
        "no names beyond",
        "Whoever is beyond the members read nobody's name in it.",
        letters.partners_get_no_names,
    ),
    Promise(
        "invitations",
        "Calendars can read every invitation, and know when the call is.",
        letters.invitations_valid,
    ),
)


def judge(evidence: Evidence) -> tuple[Verdict, ...]:
    """What became of each promise."""
    return tuple(
        Verdict(promise, tuple(promise.check(evidence))) for promise in PROMISES
    )
