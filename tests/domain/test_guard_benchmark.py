"""The guard's benchmark scores what the product does, and nothing else."""

import json

from benchmarks.guard import run


def test_the_run_file_holds_what_the_guard_found(tmp_path):
    """A scorer gets each message's id with offsets and kinds, and no words."""
    text = "NHS number 999 123 4551 is on two lists"
    source, out = tmp_path / "messages.jsonl", tmp_path / "run.jsonl"
    source.write_text(
        json.dumps({"id": "a", "text": text})
        + "\n"
        + json.dumps({"id": "b", "text": "FIT threshold of 10 or 20?"})
        + "\n",
        encoding="utf-8",
    )
    report = run(source, out)
    written = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert written == [
        {"id": "a", "spans": [[11, 23, "NHS_NUMBER"]]},
        {"id": "b", "spans": []},
    ]
    assert report.startswith("2 messages, ")
