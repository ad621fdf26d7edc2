"""Columns of a list: what must not be cut has the cells it needs, names share what is left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from tui.widgets.cells import cell_len, cut
from tui.widgets.row_line import Line, Piece

_GAP: Final = 2


class Column(NamedTuple):
    """A column of a list: its head, its cells, and how it gives way."""

    head: str
    texts: Sequence[str]
    ink: str
    right: bool = False
    share: int = 0
    """How many parts of the room that is left it takes; 0: as wide as its widest cell, and never cut."""
    inks: Sequence[str] = ()
    """The ink of each cell, where they differ."""


def widths(columns: Sequence[Column], room: int, *, heads: bool = True) -> list[int]:
    """Cells for each column in lines of `room` cells; `heads` says whether their heads are shown."""
    needed = [max(map(_cells, (column.head if heads else "", *column.texts))) for column in columns]
    left = room - sum(wide + _GAP for wide, column in zip(needed, columns, strict=True) if not column.share)
    parts = sum(column.share for column in columns)
    shared = [
        min(wide + _GAP, left * column.share // parts) if column.share else wide
        for wide, column in zip(needed, columns, strict=True)
    ]
    spare = left - sum(wide for wide, column in zip(shared, columns, strict=True) if column.share)
    for at, column in enumerate(columns):  # what a short column does not need, the first long ones get
        more = max(0, min(spare, needed[at] + _GAP - shared[at])) if column.share else 0
        shared[at] += more
        spare -= more
    return shared


def head_line(columns: Sequence[Column], wide: Sequence[int]) -> Line:
    """The line of the heads."""
    return _line([(column, column.head, "faint") for column in columns], wide)


def cells_line(columns: Sequence[Column], wide: Sequence[int], at: int) -> Line:
    """The line of the cells in one place."""
    cells = [(column, column.texts[at], column.inks[at] if column.inks else column.ink) for column in columns]
    return _line(cells, wide)


def _line(cells: Sequence[tuple[Column, str, str]], wide: Sequence[int]) -> Line:
    left, right = [], []
    for (column, text, ink), room in zip(cells, wide, strict=True):
        if column.share:
            left.append(Piece(_short(text, room - _GAP), ink, cut=True, width=room))
        else:
            right.append(Piece(" " * _GAP, "text"))
            right.append(Piece(text, ink, width=room, right=column.right))
    return Line(tuple(left), tuple(right))


def _cells(text: str) -> int:
    """Like `cell_len`, whose memory is too small for thousands of names."""
    return len(text) if text.isascii() else cell_len(text)


def _short(text: str, room: int) -> str:
    return text if _cells(text) <= room else cut(text, max(1, room))
