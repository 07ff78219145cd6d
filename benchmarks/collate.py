"""Collate threads of a bench file with the product's own code, for a scorer to score.

    python -m benchmarks.collate FILE --out RUN

FILE holds one JSON object a line: a thread (``posts``) or a topic (``items``). RUN gets
one line for each: the lines of the digest, or the items in the order in which they
would be quoted.
"""

import argparse
import json
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.domain.collation import Contribution, collate
from bot.domain.collation.drafting import speakers

#: how the bench's mail writes the end of a line
_LINE_END = re.compile(r"\s{2,}")
BUDGET = 75  #: words in a thread's digest, as the bench's references have


def main() -> None:
    """Read the bench file, write the run, and say how long a thread took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--words", type=int, default=BUDGET)
    given = parser.parse_args()
    started = time.perf_counter()
    runs = [_run(row, given.words) for row in _rows(given.file)]
    took = (time.perf_counter() - started) / max(1, len(runs))
    text = "".join(json.dumps(run, ensure_ascii=False) + "\n" for run in runs)
    given.out.write_text(text, encoding="utf-8")
    sys.stdout.write(f"{len(runs)} collated, {1000 * took:.1f} ms each\n")


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def _run(row: dict[str, Any], words: int) -> dict[str, Any]:
    if "posts" in row:
        return {"id": row["id"], "lines": list(_lines(row["posts"], words))}
    return {"id": row["id"], "picks": _picks(row["items"])}


def _lines(posts: list[dict[str, str]], words: int) -> Iterator[dict[str, Any]]:
    """The digest's lines, as short as the budget asks."""
    said = [
        Contribution(
            id=n, author=post["author"], text=_LINE_END.sub("\n", post["text"])
        )
        for n, post in enumerate(posts)
    ]
    people = len({post["author"] for post in posts})
    draft = collate(said, lines=people, comfortable=max(1, words // people))
    for line in sorted(draft.lines, key=lambda line: line.contribution):
        yield {"post": line.contribution, "text": line.text}


def _picks(items: list[dict[str, Any]]) -> list[str]:
    """Each item is one person's view; the order is that in which they are heard."""
    said = [
        Contribution(id=n, author=f"person {n}", text=item["text"])
        for n, item in enumerate(items)
    ]
    return [items[n]["id"] for n in speakers(said)]


if __name__ == "__main__":
    main()
