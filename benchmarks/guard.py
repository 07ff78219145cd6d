"""Run the patient-data guard over a file of messages, for a scorer.

`python -m benchmarks.guard FILE --out RUN` reads lines `{"id", "text"}` and writes
lines `{"id", "spans": [[start, end, KIND], ...]}`, through the product's own
`inspect`. The last line printed gives the time a message took.
"""

import argparse
import json
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from bot.domain.guard import inspect


def main(arguments: Sequence[str] | None = None) -> None:
    """Inspect every message of the file and write what was found."""
    parser = argparse.ArgumentParser(description="Score the patient-data guard.")
    parser.add_argument("file", type=Path, help="messages, one JSON object a line")
    parser.add_argument("--out", type=Path, required=True, help="the run file to write")
    options = parser.parse_args(arguments)
    print(run(options.file, options.out), file=sys.stderr)  # noqa: T201 - a report


def run(source: Path, out: Path) -> str:
    """Write the run file for `source`; return a line about the time it took."""
    lines, taken = [], []
    for line in source.read_text(encoding="utf-8").splitlines():
        message = json.loads(line)
        began = time.perf_counter()
        found = inspect(message["text"])
        taken.append(1000 * (time.perf_counter() - began))
        spans = [[span.start, span.end, span.kind] for span in found.spans]
        lines.append(json.dumps({"id": message["id"], "spans": spans}))
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    mean, worst = statistics.fmean(taken), max(taken)
    return f"{len(taken)} messages, {mean:.3f} ms each, {worst:.2f} ms at most"


if __name__ == "__main__":
    main()
