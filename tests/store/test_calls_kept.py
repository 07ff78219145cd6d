"""Calls, kept, on each database: who comes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.domain.calls import Answer, Call, CallId, Counts, Rsvp
from bot.domain.community import Role

NOW = datetime(2026, 6, 1, 8, 0, tzinfo=UTC)


def test_who_has_left_is_not_counted_among_who_comes(begin):
    """The figure that everyone sees is of those whom the coordinator sees by name."""
    with begin() as tx:
        call = tx.calls.propose(
            Call(
                id=CallId(0),
                quarter="2026-Q2",
                uid="one",
                title="Quarterly call",
                starts_at=NOW + timedelta(days=7),
                minutes=60,
                proposed_at=NOW,
            )
        )
        people = [
            tx.members.add(name=name, role=Role.MEMBER, at=NOW) for name in ("Al", "Bo")
        ]
        for one in people:
            tx.calls.answer(
                Rsvp(
                    call=call, member=one, answer=Answer.COMING, source="slack", at=NOW
                )
            )
        assert tx.calls.counts(call) == Counts(coming=2)
        tx.members.keep(replace(tx.members.get(people[0]), left_at=NOW))
        assert tx.calls.counts(call) == Counts(coming=1)
