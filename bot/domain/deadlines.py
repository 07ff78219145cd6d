"""Deadlines: when each thing in a question's life falls due."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.domain.times import Almanac


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadlines:
    """The considered values, which a community may change, and what follows from them.

    All moments are aware and UTC, in and out; working days are the almanac's. What
    is due is when a thing may be *wanted*: whether the member may be reached then is
    for their good times to say.
    """

    almanac: Almanac
    needed_by_days: float = 7  #: working days from asking
    least_days: float = 1  #: working days that a question must leave for answers
    day_ends: time = time(17)  #: wall time at which a day given by a person is over
    second_wave_days: float = 2  #: working days from asking, at most
    enough_replies: int = 4  #: from this many on, nobody more is asked or reminded
    reminder_days: float = 2  #: working days from the invitation
    closing_notice_days: float = 1  #: working days before needed-by
    free_days: float = 3  #: working days after which an unanswered ask frees its member
    digest_replies: int = 3  #: replies from which a digest is offered early
    digest_quiet_days: float = 2  #: working days without a reply before it is
    check_days: float = 2  #: working days in which contributors look at their lines
    hand_over_days: float = 2  #: working days before a queue item goes to the deputy
    hold: timedelta = timedelta(minutes=10)  #: before a post approved leaves

    def needed_by(self, asked_at: datetime, wanted: date | None = None) -> datetime:
        """Return when answers are needed: the end of the wanted day, or the default.

        Never sooner than ``least_days`` after asking. A question asked on a day off
        counts from the next working morning, so that its time reads as a person's.
        """
        start = asked_at
        if not self.almanac.is_working_day(self.almanac.local(asked_at).date()):
            start = self.almanac.next_working_morning(asked_at)
        if wanted is None:
            return self._after(start, self.needed_by_days)
        end = self.almanac.at_local(wanted, self.day_ends)
        return max(end, self._after(start, self.least_days))

    def second_wave_at(self, asked_at: datetime, needed_by: datetime) -> datetime:
        """Return when more peers are asked, unless ``enough_replies`` have come.

        The earlier of half-time and ``second_wave_days`` after asking.
        """
        half = self.almanac.working_days_between(asked_at, needed_by) / 2
        return self._after(asked_at, min(half, self.second_wave_days))

    def reminder_at(self, invited_at: datetime, needed_by: datetime) -> datetime | None:
        """Return when the one reminder of an invitation is due.

        None if that would be no earlier than the closing notice, which then does.
        """
        due = self._after(invited_at, self.reminder_days)
        return due if due < self.closing_notice_at(needed_by) else None

    def closing_notice_at(self, needed_by: datetime) -> datetime:
        """Return when "closes tomorrow" is due; one invited later is owed none."""
        return self._after(needed_by, -self.closing_notice_days)

    def frees_at(self, invited_at: datetime) -> datetime:
        """Return when an unanswered ask no longer keeps its member from another."""
        return self._after(invited_at, self.free_days)

    def digest_offer_at(
        self, last_reply_at: datetime | None, replies: int, needed_by: datetime
    ) -> datetime:
        """Return when a digest is offered: once enough was said and it is quiet.

        At needed-by at the latest, however little was said.
        """
        if last_reply_at is None or replies < self.digest_replies:
            return needed_by
        return min(self._after(last_reply_at, self.digest_quiet_days), needed_by)

    def check_ends(self, at: datetime) -> datetime:
        """Return when contributors who were sent their line have had time to look."""
        return self._after(at, self.check_days)

    def hand_over_at(self, opened_at: datetime) -> datetime:
        """Return when an untouched queue item passes to the deputy."""
        return self._after(opened_at, self.hand_over_days)

    def publish_at(self, approved_at: datetime) -> datetime:
        """Return when an approved post leaves; until then it can be taken back."""
        return approved_at + self.hold

    def mailing_leaves_at(self, approved_at: datetime) -> datetime:
        """Return when an approved mailing leaves: 07:30 on the next working day.

        Never the day of approval, even before 07:30, so that there is time to think.
        """
        tomorrow = self.almanac.local(approved_at).date() + timedelta(days=1)
        midnight = self.almanac.at_local(tomorrow, time())
        return self.almanac.next_working_morning(midnight)

    def _after(self, moment: datetime, days: float) -> datetime:
        """Return the moment so many working days on."""
        return self.almanac.add_working_days(moment, days)
