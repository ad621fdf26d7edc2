"""The timeline of a deal as lines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from rich.cells import cell_len

from store import Event, short_date
from tui.widgets.deal_rows import Spot
from tui.widgets.row_line import Line, Piece, heading
from tui.widgets.row_list import Row
from tui.widgets.wrapping import wrapped

_DAY: Final = 11
"""Cells for the day: `13 Mar 2025`."""

_DOT: Final = " • "
INDENT: Final = _DAY + len(_DOT)
"""Cells before the words of an event."""


def timeline_rows(
    events: tuple[Event, ...], today: date, room: int, *, focused: bool = False
) -> Iterator[Row]:
    """A heading with a rule and a line for each event, the newest first: its day, what it was, and its words, wrapped
    to `room` cells; those of a touch are an entry, as it can be changed. Evidence stands in quotes, below it what the
    stage had asked for. With `focused` the heading says that the keys are for it.
    """
    yield Row(None, heading("timeline", ink="place" if focused else "heading")._replace(fill="─"))
    for event in events:
        yield from _rows(event, today, room)


def _rows(event: Event, today: date, room: int) -> Iterator[Row]:
    what = event.what + "  " if event.text else event.what
    text = f"“{event.text}”" if event.is_move and event.text else event.text
    begins = Piece(what, "place" if event.is_move else "text")
    head = (Piece(short_date(event.on, today), "dim", width=_DAY, right=True), Piece(_DOT, "faint"), begins)
    first, *rest = _hung(text, room - INDENT, cell_len(what)) or [""]
    ink = "text" if event.is_move else "dim"
    key = Spot("touch", event.touch_id) if event.touch_id is not None else None
    yield Row(key, Line((*head, Piece(first, ink))))
    for line in rest:
        yield Row(key, Line((Piece(line, ink),), indent=INDENT))
    if event.criterion:
        yield Row(None, Line((Piece(f"asked for: {event.criterion}", "faint", cut=True),), indent=INDENT))


def _hung(text: str, width: int, taken: int) -> list[str]:
    """`text` in lines of `width`, of the first of which so many cells are taken. A first word that only goes into a
    line of its own begins the next one; the first is empty then.
    """
    begin, _, rest = text.partition("\n")
    if width - taken < cell_len(begin.split(" ", 1)[0]) <= width:
        return ["", *wrapped(text, width)]
    lines = wrapped("\u00a0" * taken + begin, width) if begin else []
    lines[:1] = [line.lstrip("\u00a0") for line in lines[:1]]
    return lines + wrapped(rest, width)
