"""A community with one edition that has gone out, and its door to the outside."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.domain.community import Role
from bot.domain.editions import Month
from bot.store import connect
from bot.usecases.context import Context
from bot.views.links import Links
from tests.slack_play import COMMUNITY
from tests.stage import PlayClock
from tests.web.outside import HOST, JO, PARTNER, SECRET, Outside, opened


@pytest.fixture
def ctx(sqlite_url: str) -> Iterator[Context]:
    """A community with one edition, sent to one member and to one partner."""
    store = connect(sqlite_url)
    links = Links(HOST, SECRET)
    now = PlayClock().now()
    ctx = Context(begin=store, clock=PlayClock(), community=COMMUNITY, links=links)
    with ctx.begin() as tx:
        jo = tx.members.add(name="Jo <b>Reed</b>", role=Role.MEMBER, at=now)
        member = tx.members.get(jo)
        assert member
        tx.members.keep(replace(member, email=JO, slack="UJO"))
        made = tx.editions.draft(Month(2026, 5), at=now)
        assert made
        edition = tx.editions.get(made)
        assert edition
        edition = replace(edition, begun_at=now)
        tx.recipients.enlist(edition, due_at=now, most=10)
        tx.recipients.add_partners(edition, [PARTNER], due_at=now)
    yield ctx
    store.close()


@pytest.fixture
def outside(ctx: Context) -> Iterator[Outside]:
    """The door, open."""
    with opened(ctx) as one:
        yield one
