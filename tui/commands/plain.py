"""Tables in plain text: aligned, as wide as they need to be and no wider than the terminal, without any escape."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from store import printable
from tui.commands.cells import cells, cut, fitted

DEFAULT_WIDTH: Final = 80
"""The width where there is no terminal to ask, and `COLUMNS` does not say."""

_BETWEEN: Final = "  "


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a table. One with a `least` gives way when room is short, down to so many cells; the others
    (amounts, days, dates) are never cut. The columns give way from the last one on."""

    title: str
    right: bool = False
    least: int | None = None


def width() -> int:
    """The number of columns to print in: `COLUMNS`, else the terminal's, else 80; at least 40."""
    asked = os.environ.get("COLUMNS", "")
    if asked.isdecimal() and int(asked):
        return max(40, min(int(asked), 1000))
    try:
        return max(40, os.get_terminal_size(sys.stdout.fileno()).columns)
    except (OSError, ValueError, AttributeError):
        return DEFAULT_WIDTH


def table(
    fields: Sequence[Field], rows: Sequence[Sequence[str]], room: int, titles: bool = True
) -> list[str]:
    """The lines of a table; columns in which nothing stands are left out."""
    clean = [[printable(cell) for cell in row] for row in rows]
    widths = column_widths(fields, clean, room, titles)
    heads = [[field.title for field in fields]] if titles else []
    return [line(fields, row, widths) for row in [*heads, *clean]]


def column_widths(
    fields: Sequence[Field], rows: Sequence[Sequence[str]], room: int, titles: bool = True
) -> list[int]:
    """The cells for each column, 0 for one that is empty, so that a line fits into `room` if it can."""
    widths = [max((cells(row[i]) for row in rows), default=0) for i in range(len(fields))]
    if titles:
        widths = [
            max(wide, cells(field.title)) if wide else 0 for wide, field in zip(widths, fields, strict=True)
        ]
    too_wide = sum(widths) + len(_BETWEEN) * (sum(map(bool, widths)) - 1) - room
    for i in reversed(range(len(fields))):
        least = fields[i].least
        if too_wide > 0 and least is not None and widths[i] > least:
            taken = min(too_wide, widths[i] - least)
            widths[i] -= taken
            too_wide -= taken
    return widths


def line(fields: Sequence[Field], row: Sequence[str], widths: Sequence[int]) -> str:
    """One line of a table with columns of `widths`; the cells are clean already."""
    parts = [
        fitted(cell, wide, field.right) for cell, field, wide in zip(row, fields, widths, strict=True) if wide
    ]
    return _BETWEEN.join(parts).rstrip()


def heading(left: str, right: str, room: int) -> str:
    """`left` and `right` at the two ends of a line; the left one is cut if it must be."""
    left, right = printable(left), printable(right)
    space = room - cells(right) - (2 if right else 0)
    return (
        fitted(left, space) + f"  {right}"
        if right and space >= 8
        else f"{cut(left, room)}{_BETWEEN}{right}".rstrip()
    )
