"""`make bench`: every row beside its floor; --keep adds the table to docs/bench.md."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.bench import durable, frame, lookup, start
from tests.bench.report import Row, table

BENCHES: dict[str, Callable[[Path], list[Row]]] = {
    "lookup": lookup.measure,
    "durable": durable.measure,
    "frame": frame.measure,
    "start": start.measure,
}
HISTORY = Path(__file__).resolve().parents[2] / "docs" / "bench.md"


def main() -> int:
    """Measure, print, and exit 1 where a bar does not hold."""
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("only", nargs="*", choices=[*BENCHES, []], help="leave out for all")
    parser.add_argument("--keep", action="store_true", help="add the table to docs/bench.md")
    options = parser.parse_args()
    rows: list[Row] = []
    for name in options.only or BENCHES:
        with tempfile.TemporaryDirectory(prefix="bench-") as state:
            rows += BENCHES[name](Path(state))
    text = table(rows)
    sys.stdout.write(text + "\n")
    if options.keep:
        where = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, no GPU"
        with HISTORY.open("a", encoding="utf-8") as history:
            history.write(f"\n## {dt.datetime.now(dt.UTC).date()}: {where}\n\n{text}\n")
    return 0 if all(row.held for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
