"""Tables in plain text: aligned, as wide as they need to be and no wider than the terminal, without any escape."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from tui.commands.cells import cells, fitted, one_line, wrapped

DEFAULT_WIDTH: Final = 80
"""The width where there is no terminal to ask, and `COLUMNS` does not say."""

_BETWEEN: Final = "  "


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a table. One with a `least` gives way when room is short, down to so many cells; the others
    (amounts, days, dates) are never cut. The widest one gives way first."""

    title: str
    right: bool = False
    least: int | None = None
    spare: int = 0
    """Where there is no room for all, the columns with the highest number are left out first; those with 0 never."""


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
    clean = [[one_line(cell) for cell in row] for row in rows]
    widths = column_widths(fields, clean, room, titles)
    heads = [[field.title for field in fields]] if titles else []
    return [line(fields, row, widths) for row in [*heads, *clean]]


def described(rows: Sequence[Sequence[str]], room: int) -> list[str]:
    """Lines of labels and, in the last place, a text that is wrapped beside them instead of cut."""
    clean = [[one_line(cell) for cell in row] for row in rows]
    widths = [max(cells(row[i]) for row in clean) for i in range(len(clean[0]) - 1)] if clean else []
    before = sum(wide + len(_BETWEEN) for wide in widths if wide)
    lines: list[str] = []
    for *labels, text in clean:
        shown = [fitted(label, wide) for label, wide in zip(labels, widths, strict=True) if wide]
        first, *others = wrapped(text, max(20, room - before)) or [""]
        lines.append(_BETWEEN.join([*shown, first]).rstrip())
        lines += [" " * before + other for other in others]
    return lines


def column_widths(
    fields: Sequence[Field], rows: Sequence[Sequence[str]], room: int, titles: bool = True
) -> list[int]:
    """The cells for each column, 0 for one that is empty, so that a line fits into `room` if it can."""
    widths = [max((cells(row[i]) for row in rows), default=0) for i in range(len(fields))]
    if titles:
        widths = [
            max(wide, cells(field.title)) if wide else 0 for wide, field in zip(widths, fields, strict=True)
        ]
    for spare in sorted({field.spare for field in fields} - {0}, reverse=True):
        if _taken(min(wide, field.least or wide) for wide, field in zip(widths, fields, strict=True)) > room:
            widths = [0 if field.spare == spare else wide for wide, field in zip(widths, fields, strict=True)]
    for _ in range(_taken(widths) - room):
        giving = [i for i, field in enumerate(fields) if field.least is not None and widths[i] > field.least]
        if not giving:
            break
        widths[max(giving, key=lambda i: (widths[i], i))] -= 1
    return widths


def _taken(widths: Iterable[int]) -> int:
    """The cells of a line with columns of these widths."""
    shown = [wide for wide in widths if wide]
    return sum(shown) + len(_BETWEEN) * (len(shown) - 1)


def line(fields: Sequence[Field], row: Sequence[str], widths: Sequence[int]) -> str:
    """One line of a table with columns of `widths`; the cells are clean already."""
    parts = [
        fitted(cell, wide, field.right) for cell, field, wide in zip(row, fields, widths, strict=True) if wide
    ]
    return _BETWEEN.join(parts).rstrip()


def heading(left: str, right: str, room: int) -> list[str]:
    """`left` and `right` at the two ends of a line, or one below the other where they are too long for that."""
    left, right = one_line(left), one_line(right)
    space = room - cells(left) - cells(right)
    return [left + " " * space + right] if space >= len(_BETWEEN) else [left, fitted(right, room, right=True)]
