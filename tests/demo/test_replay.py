"""Archived threads, replayed: nothing half played, and every reply accounted for."""

import gzip
import json
import subprocess
import sys

import pytest

from bot.demo.archive import read
from bot.demo.processes import PlayFailed
from bot.demo.replay import Tally

pytestmark = pytest.mark.processes

THREADS = [
    {
        "id": "a-1",
        "channel": "lunch",
        "title": "Rota",
        "ts": 1,
        "asker": "anna",
        "text": "How do you share out the lunchtime rota in a small practice?",
        "replies": [
            {"user": "bela", "ts": 2, "text": "We draw lots each month, and swap."},
            {"user": "cleo", "ts": 3, "text": "Thank you, that is helpful!"},
            {"user": "bela", "ts": 4, "text": "A shared calendar made it easier."},
        ],
    },
    {
        "id": "a-2",
        "channel": "lunch",
        "title": "Long",
        "ts": 5,
        "asker": "cleo",
        "text": "Which of these do you use? " + "One more thing to say. " * 150,
        "replies": [
            {"user": "anna", "ts": 6, "text": "The second, since it is the cheapest."},
            {"user": "anna", "ts": 6, "text": "His NHS number is 943 476 5919."},
        ],
    },
    {
        "id": "a-3",
        "channel": "lunch",
        "title": "Nobody answers",
        "ts": 7,
        "asker": "bela",
        "text": "Has anybody tried a standing desk?",
        "replies": [],
    },
]


def written(path, threads):
    """A file of JSON lines at *path*."""
    lines = "".join(f"{json.dumps(thread)}\n" for thread in threads)
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(lines.encode()))
    else:
        path.write_text(lines)
    return path


def demo(*arguments):
    """Run ``convenor demo`` as anybody would."""
    return subprocess.run(  # noqa: S603 - our own program, our own arguments
        [sys.executable, "-m", "bot", "demo", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_reply_of_a_replayed_thread_is_accounted_for(tmp_path):
    """Its last line is one line of JSON; what the guard hides is counted as hidden."""
    done = demo("--replay", str(written(tmp_path / "old.jsonl.gz", THREADS)))

    assert done.returncode == 0, done.stderr
    tally = json.loads(done.stdout.splitlines()[-1])
    assert (tally["threads"], tally["replies_in"]) == (3, 5)
    assert (tally["hidden"], tally["unassigned"], tally["missing"]) == (1, 0, 0)
    places = ("quoted", "grouped", "kept_not_quoted", "withdrawn", "hidden")
    assert sum(tally[place] for place in places) == 5
    assert tally["kept_not_quoted"] >= 1, "thanks are kept, and not quoted"
    assert (tally["asked_by_form"], tally["routed_by_shortcut"]) == (2, 1)
    assert tally["seconds_per_thread"] > 0
    assert "943 476" not in done.stdout + done.stderr


def test_a_malformed_file_is_named_by_its_line_and_nothing_is_played(tmp_path):
    """Even where the fault comes after the threads that were wanted."""
    path = written(tmp_path / "old.jsonl", THREADS)
    path.write_text(path.read_text() + '{"id": "a-4", "asker": "anna"\n')

    done = demo("--replay", str(path), "--threads", "1")

    assert done.returncode == 1
    assert "line 4 is not JSON" in done.stderr
    assert "Nothing was played" in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"asker": None}, 'line 1 has no words "asker"'),
        ({"asker": ""}, 'line 1 has an empty "asker"'),
        ({"text": 7}, 'line 1 has no words "text"'),
        ({"text": " ", "title": ""}, "line 1 has neither words nor a title"),
        ({"replies": "none"}, 'line 1 has no list "replies"'),
        ({"replies": ["hello"]}, "line 1 has a reply 1 that is not an object"),
        ({"replies": [{"user": "x"}]}, 'line 1 in reply 1 has no words "text"'),
        (
            {"replies": [{"user": "", "text": "x"}]},
            'line 1 in reply 1 has an empty "user"',
        ),
    ],
)
def test_each_fault_of_a_line_is_told_in_words(tmp_path, change, told):
    """Whoever made the file knows what to mend."""
    path = written(tmp_path / "old.jsonl", [{**THREADS[0], **change}])

    with pytest.raises(PlayFailed) as refused:
        read(path)

    assert told in str(refused.value)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("missing.jsonl", None),
        ("empty.jsonl", b""),
        ("cut.jsonl.gz", gzip.compress(b'{"id": 1}\n', mtime=0)[:-12]),
        ("not.jsonl.gz", b"plain words"),
        ("latin.jsonl", b'{"id": "\xff"}\n'),
        ("list.jsonl", b"[1, 2]\n"),
    ],
)
def test_a_file_that_is_none_is_refused_in_words(tmp_path, name, content):
    """No traceback, whatever the file is."""
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(PlayFailed, match=name):
        read(path)


def test_only_as_many_threads_as_wanted_are_played(tmp_path):
    """From the top of the file, blank lines passed over."""
    path = written(tmp_path / "old.jsonl", THREADS)
    path.write_text("\n" + path.read_text())

    assert [thread.id for thread in read(path, 2)] == ["a-1", "a-2"]
    assert len(read(path)) == 3


@pytest.mark.parametrize(("unassigned", "missing"), [(1, 0), (0, 1)])
def test_a_reply_without_a_place_fails_the_replay(unassigned, missing):
    """Whether the bot says so itself, or only counting shows it."""
    tally = Tally(
        threads=1,
        replies_in=3,
        places={"quoted": 2},
        unassigned=unassigned,
        missing=missing,
        seconds=1.0,
    )

    assert not tally.sound
    assert json.loads(tally.line())["unassigned"] == unassigned
