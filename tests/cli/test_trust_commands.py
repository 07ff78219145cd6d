"""``convenor export`` and ``convenor erase``, as an operator types them."""

import io
import json
import stat
from dataclasses import replace

import pytest

from bot.domain.community import Role
from bot.domain.elsewhere import words_alone
from bot.domain.threads import Reply, ReplyId, Source
from bot.store import Person
from bot.views.portraits import KEYS

WORDS = "The periwinkle hotline answers within a day & we refer."


@pytest.fixture
def zeb(ctx):
    """A member who has replied by e-mail, and a coordinator."""
    now = ctx.now()
    with ctx.begin() as tx:
        tx.members.add(name="Robin Lee", role=Role.COORDINATOR, at=now)
        added = tx.members.add(name="Zebedee Quill", role=Role.MEMBER, at=now)
        found = replace(tx.members.get(added), email="zeb@example.org", slack="U0ZEB")
        tx.members.keep(found)
        thread = tx.threads.track("C0", "1.0", at=now)
        reply = Reply(
            id=ReplyId(0),
            channel="C0",
            thread_ts="1.0",
            ts=None,
            author=added,
            author_slack=None,
            text=WORDS,
            said_at=now,
            source=Source.ELSEWHERE,
        )
        kept = tx.threads.add(reply, thread=thread)
        tx.originals.keep(kept, words_alone(added, WORDS), at=now)
        tx.suppressions.add("zeb@example.org", at=now, why="link")
        scene = ctx.scene(tx)
        scene.tell(found, "word", {"text": "A word", "blocks": []})
    return found


@pytest.mark.parametrize("who", ["zeb@example.org", "U0ZEB", "zebedee quill"])
def test_everything_of_a_member_is_written_for_them(desk, zeb, who):
    """For machines with every key explained, for reading, and what came by e-mail."""
    told = desk.type("export", who, "--out", "zeb")

    assert told.status == 0
    found = json.loads((desk.folder / "zeb" / "member.json").read_text())
    assert found["profile"][0]["name"] == zeb.name
    assert found["replies"][0]["text"] == WORDS
    assert found["unsubscribed"][0]["why"] == "link"
    assert found["messages"][0]["body"]["text"] == "A word"
    assert list(found["about"]) == list(KEYS)
    assert set(KEYS) <= set(found)
    readable = (desk.folder / "zeb" / "member.txt").read_text()
    assert WORDS in readable
    assert "A word" in readable
    [original] = (desk.folder / "zeb" / "originals").iterdir()
    assert original.read_bytes() == WORDS.encode()


@pytest.mark.usefixtures("zeb")
def test_nobody_else_can_read_the_files(desk):
    """Folders and files are the operator's own, and no file is written over."""
    desk.type("export", "U0ZEB", "--out", "zeb")
    files = [one for one in (desk.folder / "zeb").rglob("*") if one.is_file()]
    assert {stat.S_IMODE(one.stat().st_mode) for one in files} == {0o600}
    assert stat.S_IMODE((desk.folder / "zeb").stat().st_mode) == 0o700

    again = desk.type("export", "U0ZEB", "--out", "zeb")
    assert again.status == 1
    assert "is there already" in again.said


def test_the_export_has_what_the_member_is_in(ctx, zeb):
    """Every class is one that is explained, and holds records of theirs alone."""
    person = Person(member=zeb.id, slack=zeb.slack, email=zeb.email)
    with ctx.begin() as tx:
        tx.audit.add(actor="operator", act="other", subject="other", at=ctx.now())
        records = tx.exports.of(person)
    assert set(records) == set(KEYS)
    assert "Robin" not in str(records)
    assert records["audit"] == []


@pytest.mark.usefixtures("zeb")
def test_nobody_of_that_name(desk):
    """It says how to find out who there is, and writes nothing."""
    for command in ("export", "erase"):
        told = desk.type(command, "Nobody Known")
        assert told.status == 1
        assert "convenor members list" in told.said
    assert {one.name for one in desk.folder.iterdir()} == {".env", "community.toml"}


@pytest.mark.usefixtures("zeb")
def test_erasing_asks_for_the_name(desk, ctx, monkeypatch):
    """Another name, or none, and nothing is changed."""
    for typed in ("Robin Lee\n", ""):
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        assert desk.type("erase", "U0ZEB").status == 1
    with ctx.begin.read() as tx:
        assert tx.members.by_slack("U0ZEB")

    monkeypatch.setattr("sys.stdin", io.StringIO("zebedee quill\n"))
    told = desk.type("erase", "U0ZEB")
    assert told.status == 0
    assert "Receipt of an erasure" in told.out
    with ctx.begin.read() as tx:
        assert tx.members.by_slack("U0ZEB") is None


def test_a_receipt_is_written(desk, ctx, zeb):
    """As text and for machines, without a name; the trail has the figures."""
    told = desk.type("erase", "zeb@example.org", "--yes", "--out", "receipts")

    assert told.status == 0
    files = sorted((desk.folder / "receipts").iterdir())
    assert [one.suffix for one in files] == [".json", ".txt"]
    receipt = json.loads(files[0].read_text())
    assert receipt["reached"]["replies"] == 1
    assert receipt["reached"]["originals"] == 1
    said = told.out + "".join(one.read_text() for one in files)
    for trace in ("Zebedee", "Quill", "zeb@example.org", "U0ZEB", "periwinkle"):
        assert trace not in said
    with ctx.begin.read() as tx:
        [entry] = tx.audit.about(f"member:{zeb.id}")
    assert entry.act == "member erased"
    assert "erased" in desk.type("export", zeb.id).said


def test_a_dry_run_of_an_erasure_changes_nothing(desk, ctx, zeb):
    """The figures are those of the real one; the member is still there."""
    told = desk.type("erase", "U0ZEB", "--dry-run")

    assert told.status == 0
    assert "What would be erased" in told.out
    with ctx.begin.read() as tx:
        assert tx.members.by_slack("U0ZEB") == zeb


@pytest.mark.usefixtures("zeb")
def test_who_is_named_in_the_community_file_is_told_of(desk):
    """What stands in community.toml only a person can take out."""
    before = (desk.folder / "community.toml").read_text()
    more = before.replace("[roles]", '[roles]\n"zeb@example.org" = "lead"')
    desk.write("community.toml", more)
    told = desk.type("erase", "U0ZEB", "--dry-run")
    assert "community.toml names their address" in told.said
