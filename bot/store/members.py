"""Members, kept."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import uuid4

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from bot.domain.community import Role
from bot.domain.members import Member, MemberId, Reach
from bot.domain.times import GoodTimes
from bot.store.schema.members import MemberRow, NewcomerRow

AT_ONCE = 500  #: ids in one query, fewer than any database refuses


@dataclass(frozen=True, slots=True)
class Members:
    """Everyone in the community, past and present."""

    _session: Session

    def get(self, member: MemberId) -> Member | None:
        """The member of that id."""
        row = self._session.get(MemberRow, member)
        return _member(row) if row else None

    def held(self, member: MemberId) -> Member | None:
        """The member of that id, whom nobody else may change until we are done."""
        row = self._session.get(
            MemberRow, member, with_for_update=True, populate_existing=True
        )
        return _member(row) if row else None

    def some_held(self, members: Collection[MemberId]) -> tuple[Member, ...]:
        """Those of *members* who have not left, whom nobody else may change meanwhile.

        At most ``AT_ONCE`` of them.
        """
        rows = self._session.scalars(
            select(MemberRow)
            .where(MemberRow.id.in_(members), MemberRow.left_at.is_(None))
            .order_by(MemberRow.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        return tuple(map(_member, rows))

    def by_slack(self, user: str) -> Member | None:
        """The member with that Slack user id."""
        return self._one(MemberRow.slack == user)

    def by_email(self, address: str) -> Member | None:
        """The member with that e-mail address, however it is written."""
        return self._one(MemberRow.email == address.lower())

    def named(self, name: str) -> tuple[Member, ...]:
        """Members whose whole name it is, in whatever case."""
        return self._some(
            func.lower(MemberRow.name) == name.lower(), MemberRow.erased_at.is_(None)
        )

    def present(self) -> tuple[Member, ...]:
        """Everyone who has not left, by name."""
        return self._some(MemberRow.left_at.is_(None))

    def matching(self, words: str, *, most: int) -> tuple[Member, ...]:
        """The first *most* present members, by name, whose name has *words* in it."""
        named = func.lower(MemberRow.name).contains(words.lower(), autoescape=True)
        rows = self._session.scalars(
            select(MemberRow)
            .where(MemberRow.left_at.is_(None), named)
            .order_by(func.lower(MemberRow.name), MemberRow.id)
            .limit(most)
        )
        return tuple(map(_member, rows))

    def some(self, members: Collection[MemberId]) -> tuple[Member, ...]:
        """Those of *members* who have not left, by name."""
        found: list[Member] = []
        wanted = sorted(members)
        for start in range(0, len(wanted), AT_ONCE):
            ids = wanted[start : start + AT_ONCE]
            found += self._some(MemberRow.id.in_(ids), MemberRow.left_at.is_(None))
        return tuple(found)

    def coordinators(self) -> tuple[Member, ...]:
        """Those who may approve: coordinators first, then deputies, by name."""
        wanted = (Role.COORDINATOR.value, Role.DEPUTY.value)
        found = self._some(MemberRow.role.in_(wanted), MemberRow.left_at.is_(None))
        return tuple(sorted(found, key=lambda one: wanted.index(one.role.value)))

    def in_region(self, region: str) -> int:
        """How many present members a region has."""
        counted = select(func.count()).where(
            MemberRow.region == region, MemberRow.left_at.is_(None)
        )
        return self._session.scalar(counted) or 0

    def add(self, *, name: str, role: Role, at: datetime) -> MemberId:
        """A new member, so far only a name; returns their id."""
        member = MemberId(uuid4().hex)
        self._session.add(
            MemberRow(
                id=member,
                name=name,
                role=role,
                interests=[],
                reach=Reach.SLACK,
                joined_at=at,
            )
        )
        self._session.flush()
        return member

    def keep(self, member: Member) -> None:
        """Write *member* over what was kept of them, unless they have been erased."""
        row = self._session.get_one(MemberRow, member.id)
        if row.erased_at is not None:
            return
        row.slack, row.email, row.name = member.slack, member.email, member.name
        row.region, row.role = member.region, member.role
        row.interests = sorted(member.interests)
        row.good_times = str(member.good_times) if member.good_times else None
        row.reach, row.away_until = member.reach, member.away_until
        row.paused_at, row.resumed_at = member.paused_at, member.resumed_at
        row.left_at = member.left_at

    def stays_erased(self, slack: str, *, here: bool) -> bool:
        """Whether that is an erased member, who is not to be met by being still *here*.

        Once they are not, that they were erased is forgotten as well.
        """
        if not here:
            self.forget_erased(slack)
        return self._one(MemberRow.slack == fingerprint(slack)) is not None

    def forget_erased(self, slack: str) -> None:
        """They have left the channel, or joined it again: now they may be met anew."""
        self._session.execute(
            update(MemberRow)
            .where(MemberRow.slack == fingerprint(slack))
            .values(slack=None)
        )

    def expect(self, slack: str) -> None:
        """Note that somebody has joined, to be met once their name is known."""
        self._session.merge(NewcomerRow(slack=slack))

    def expected(self) -> tuple[str, ...]:
        """The Slack ids of those who have joined and were not met yet."""
        rows = self._session.scalars(select(NewcomerRow.slack))
        return tuple(rows)

    def met(self, slack: str) -> None:
        """They need not be met any more."""
        self._session.execute(delete(NewcomerRow).where(NewcomerRow.slack == slack))

    def pause(self, member: MemberId, *, at: datetime) -> None:
        """Stop putting questions to *member*."""
        self._session.get_one(MemberRow, member).paused_at = at

    def welcome(self, member: MemberId, *, at: datetime) -> bool:
        """Note that *member* has been met. False if they had been before."""
        row = self._session.get_one(MemberRow, member)
        if row.welcomed_at is not None:
            return False
        row.welcomed_at = at
        return True

    def _one(self, condition: object) -> Member | None:
        return next(iter(self._some(condition)), None)

    def _some(self, *conditions: object) -> tuple[Member, ...]:
        rows = self._session.scalars(
            select(MemberRow)
            .where(*conditions)  # type: ignore[arg-type]  # conditions are column expressions
            .order_by(func.lower(MemberRow.name), MemberRow.id)
        )
        return tuple(map(_member, rows))


def fingerprint(slack: str) -> str:
    """What is kept of an erased member's Slack user id: it finds them, not they it."""
    return f"erased:{sha256(slack.encode()).hexdigest()}"


def by_id(members: Iterable[Member]) -> dict[MemberId, Member]:
    """*members*, found by id."""
    return {member.id: member for member in members}


def _member(row: MemberRow) -> Member:
    return Member(
        id=MemberId(row.id),
        name=row.name,
        slack=None if row.erased_at else row.slack,
        email=row.email,
        region=row.region,
        role=Role(row.role),
        interests=frozenset(row.interests),
        good_times=GoodTimes.parse(row.good_times) if row.good_times else None,
        reach=Reach(row.reach),
        away_until=row.away_until,
        paused_at=row.paused_at,
        resumed_at=row.resumed_at,
        joined_at=row.joined_at,
        left_at=row.left_at,
    )
