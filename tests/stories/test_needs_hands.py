"""*Needs you* is always in somebody's hands, as soon as there is anybody."""

from dataclasses import replace

import pytest

from bot.domain.community import Role
from bot.usecases import members
from tests.stage import AGAIN
from tests.stories.call_cast import london, opened


@pytest.fixture(params=["sqlite", AGAIN])
def stage(request):
    """A community with letters, on the first working day of a quarter."""
    url = request.getfixturevalue(f"{request.param}_url")
    with opened(url) as one:
        yield one


def _told(who):
    return [one for one in who.invitations if "A date for the June call" in one.words]


def _lunch(stage, *days):
    for day in days:
        stage.clock.moment = london(f"{day} 12:31")
        stage.settle()


def test_what_arose_before_there_was_a_coordinator_is_told_to_the_first(stage):
    """A call proposed to nobody waits for the first coordinator, who is told once."""
    amina = stage.member("Amina Yusuf")
    stage.settle()
    _lunch(stage, "2026-04-09")
    members.set_role(stage.ctx, who=amina.name, role=Role.COORDINATOR, actor="setup")
    deputy = stage.member("Dee Pugh", role=Role.DEPUTY)
    _lunch(stage, "2026-04-10")

    assert len(_told(amina)) == 1
    assert not _told(deputy), "her two days have only begun"
    _lunch(stage, "2026-04-13", "2026-04-14", "2026-04-15")
    assert len(_told(amina)) == 1
    assert len(_told(deputy)) == 1


def test_what_somebody_had_who_has_left_passes_to_another(stage):
    """Nobody waits for an owner who is not there any more, or no coordinator."""
    carys = stage.coordinator()
    stage.settle()
    with stage.ctx.begin() as tx:
        tx.members.keep(replace(tx.members.get(carys.id), left_at=stage.clock.now()))
    other = stage.coordinator("Olwen Price")
    _lunch(stage, "2026-04-02")

    assert not _told(carys)
    assert len(_told(other)) == 1
