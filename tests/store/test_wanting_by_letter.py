"""Wanting something said to everyone who gets letters, in one statement."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.domain.community import Role
from bot.domain.members import Reach
from bot.domain.notices import NoticeKind

NOW = datetime(2026, 6, 2, 9, 0, tzinfo=UTC)


def _member(tx, name, **changes):
    added = tx.members.add(name=name, role=Role.MEMBER, at=NOW)
    tx.members.keep(replace(tx.members.get(added), **changes))
    return added


def test_it_is_wanted_once_by_those_who_get_letters_and_are_here(begin):
    """Not by those in Slack alone, those without an address, and those who left."""
    with begin() as tx:
        wanted = {
            _member(tx, "Gwen", email="gwen@example.org"),
            _member(tx, "Ben", slack="U1", email="ben@example.org", reach=Reach.BOTH),
            _member(tx, "Dan", slack="U2", email="dan@example.org", reach=Reach.EMAIL),
        }
        _member(tx, "Amina", slack="U3", email="amina@example.org")
        _member(tx, "Kim", slack="U4", reach=Reach.EMAIL)
        _member(tx, "Lee", email="lee@example.org", left_at=NOW)
        for _ in range(2):
            tx.notices.want_by_letter(NoticeKind.DIGEST, 7, due_at=NOW)

    with begin.read() as tx:
        due = tx.notices.due(now=NOW)
    assert {member: len(found) for member, found in due.items()} == dict.fromkeys(
        wanted, 1
    )
    assert all(found[0].due_at == NOW for found in due.values())
