"""Documents: what a newcomer is told to type, open or read is really there."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
BY_NAME = pytest.mark.parametrize(
    "document", DOCUMENTS, ids=[str(d.relative_to(ROOT)) for d in DOCUMENTS]
)
MAKEFILE = (ROOT / "Makefile").read_text()


def targets() -> set[str]:
    (phony,) = re.findall(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    return set(phony.split())


@BY_NAME
def test_every_link_leads_somewhere(document: Path) -> None:
    """A link inside the repository leads to a file or folder that is in it."""
    for link in re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text()):
        assert (document.parent / link).exists(), link


@BY_NAME
def test_every_make_command_exists(document: Path) -> None:
    """What a document tells people to `make` can be made."""
    told = re.findall(r"(?:^|`)make ([a-z-]+)", document.read_text(), re.MULTILINE)
    assert set(told) <= targets()


def test_help_lists_every_target() -> None:
    """`make help` leaves nothing out, and each target says what it does."""
    listed = subprocess.run(
        ["make", "--silent", "help"],  # noqa: S607 -- make is what the README asks for
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    said = dict(re.findall(r"^make ([a-z-]+)\s+(\S.*)$", listed.stdout, re.MULTILINE))
    assert set(said) == targets()


def test_an_old_python_is_refused_with_advice(tmp_path: Path) -> None:
    """`make` with a Python that is too old says so, and leaves nothing behind."""
    old = tmp_path / "python-too-old"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o700)
    tried = subprocess.run(  # noqa: S603 -- our own Makefile
        ["make", "demo", f"PYTHON={old}", f"VENV={tmp_path}/venv"],  # noqa: S607 -- as above
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert tried.returncode != 0
    assert "needs Python 3.11 or later" in tried.stdout
    assert not (tmp_path / "venv").exists()


def test_the_licence_is_whole() -> None:
    """The licence that the package names is there in full."""
    licence = (ROOT / "LICENSE").read_text()
    assert "Apache License" in licence
    assert "END OF TERMS AND CONDITIONS" in licence
