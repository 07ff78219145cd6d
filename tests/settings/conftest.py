"""What every test of the settings begins with."""

import os
from pathlib import Path

import pytest

from bot.settings import NAMES


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the machine that runs the tests is seen by them."""
    beginnings = {name.partition("_")[0] for name in NAMES}
    for name in list(os.environ):
        if name.upper().partition("_")[0] in beginnings:
            monkeypatch.delenv(name)


@pytest.fixture
def dotenv(tmp_path: Path) -> Path:
    """Where a test writes its ``.env``."""
    return tmp_path / ".env"
