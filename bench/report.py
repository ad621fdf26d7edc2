"""What the benchmark says: an aligned table for a person, JSON for everything else."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from bench.rounds import Result


def table(results: Sequence[Result]) -> str:
    """The rows with floor, value, ratio and limit; a row over its limit is marked."""
    head = ("what", "against", "floor", "value", "ratio", "at most", "")
    lines = [head, *(_cells(result) for result in results)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(head))]
    return "\n".join(_line(line, widths) for line in lines)


def write(results: Sequence[Result], path: Path) -> None:
    """Writes the rows as JSON."""
    path.write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _cells(result: Result) -> tuple[str, ...]:
    unit, floor, ratio = result["unit"], result["floor"], result["ratio"]
    return (
        result["what"],
        result["against"],
        "" if floor is None else f"{floor:,.1f} {unit}",
        f"{result['value']:,.2f} {unit}" if floor is None else f"{result['value']:,.1f} {unit}",
        "" if ratio is None else f"{ratio:.2f} ×",
        f"{result['limit']:g} {unit if ratio is None else '×'}",
        "OVER" if result["over"] else "",
    )


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    words, figures = 2, len(cells) - 1
    return "  ".join(
        cell.rjust(width) if words <= place < figures else cell.ljust(width)
        for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ).rstrip()
