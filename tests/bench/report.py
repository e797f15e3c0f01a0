"""Rows of the report: ours, the floor, the bar, and whether it holds."""

from __future__ import annotations

import statistics
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One line of the table.

    Attributes:
        path: what was measured.
        ours: as shown.
        floor: as shown, or empty.
        bar: as the design has it.
        held: the bar holds.
    """

    path: str
    ours: str
    floor: str
    bar: str
    held: bool


def percentile(values: list[float], percent: int) -> float:
    """Give a percentile, 50 for the median."""
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def table(rows: list[Row]) -> str:
    """Draw the rows as a Markdown table."""
    head = ["path", "ours", "floor, same run", "bar", "holds"]
    body = [[row.path, row.ours, row.floor, row.bar, "yes" if row.held else "NO"] for row in rows]
    widths = [max(len(line[n]) for line in [head, *body]) for n in range(len(head))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |"
        for line in [head, *body]
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])
