"""A list of lines with a cursor: what Today, the people, the companies and the screen of one deal are made of.

Like the board it draws lines: ten thousand rows are one widget. A row is data (`Row`): what it stands for, and a
`Line` of pieces named by their inks. Rows of one key that follow each other are one entry of several lines; the cursor
passes over rows without a key: headings, blank lines, plain text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from tui.widgets.board_layout import outer_margin
from tui.widgets.line_widget import LineWidget
from tui.widgets.row_line import BLANK, Line, LinePen

_WHEEL: Final = 3
"""Lines for one notch of the wheel."""

_HEADING: Final = 3
"""At most so many lines above an entry come into view with it: its heading and the blank lines around it."""


class Row(NamedTuple):
    """One line of a list. Without a `key` the cursor passes over it."""

    key: Hashable | None = None
    line: Line = BLANK


class Entry(NamedTuple):
    """What the cursor goes to: the rows from `first` up to `end`, all of one key."""

    key: Hashable
    first: int
    end: int


class RowList(LineWidget, can_focus=True):
    """Rows, a cursor among those that have a key, and what the user did with them."""

    DEFAULT_CSS = """
    RowList {
        width: 1fr;
        height: 1fr;
    }
    """

    @dataclass
    class Picked(Message):
        """The user asked for an entry: Enter, or a double click."""

        key: Hashable

    @dataclass
    class Moved(Message):
        """The cursor is on another entry; `None`: there is none any more."""

        key: Hashable | None

    def __init__(
        self,
        rows: Iterable[Row] = (),
        *,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._rows: tuple[Row, ...] = ()
        self._entries: tuple[Entry, ...] = ()
        self._begins: list[int] = []
        self._at = 0
        self.top = 0
        """The number of the first row in view."""
        self._put(tuple(rows))

    # Showing

    @property
    def rows(self) -> tuple[Row, ...]:
        """What it shows."""
        return self._rows

    @property
    def keys(self) -> tuple[Hashable, ...]:
        """The keys of the entries, in their order."""
        return tuple(entry.key for entry in self._entries)

    @property
    def cursor_key(self) -> Hashable | None:
        """The key of the entry that the cursor is on; `None` where there is no entry."""
        return self._entries[self._at].key if self._entries else None

    @property
    def room(self) -> int:
        """How many cells a line has between the margins, for who fits or wraps words."""
        return max(0, self.size.width - 2 * outer_margin(self.size.width))

    def show(self, rows: Iterable[Row]) -> None:
        """Show these rows. The cursor stays on its key; where that is gone, it goes to the neighbour that is there
        still: the next below, else the next above. Only lines that differ are drawn anew.
        """
        new = tuple(rows)
        if new == self._rows:
            return
        before = self._seen()
        key = self.cursor_key
        self._put(new)
        self._follow()
        self._redraw(before)
        self._told(key)

    def select(self, key: Hashable, *, on_top: bool = False) -> bool:
        """Put the cursor on the entry with that key, as far as it goes with what stands above it on top; whether there
        is one.
        """
        found = next((at for at, entry in enumerate(self._entries) if entry.key == key), None)
        if found is not None:
            above = self._entries[found - 1].end if found else 0
            self._go(found, top=above if on_top else None)
        return found is not None

    def _put(self, rows: tuple[Row, ...]) -> None:
        key, order, at = self.cursor_key, self.keys, self._at
        self._rows, self._entries = rows, _entries(rows)
        self._begins = [entry.first for entry in self._entries]
        places = {entry.key: place for place, entry in enumerate(self._entries)}
        if key in places:
            self._at = places[key]
            return
        neighbours = (*order[at + 1 :], *reversed(order[:at]))
        self._at = next((places[other] for other in neighbours if other in places), 0)

    def _told(self, before: Hashable | None) -> None:
        if self.cursor_key != before:
            self.post_message(self.Moved(self.cursor_key))

    @property
    def _height(self) -> int:
        return max(1, self.size.height)

    @property
    def _last_top(self) -> int:
        return max(0, len(self._rows) - self._height)

    def _follow(self) -> None:
        """Bring the entry of the cursor into view, the first one below a heading with its heading."""
        if not self._entries:
            self.top = min(self.top, self._last_top)
            return
        entry = self._entries[self._at]
        above = self._entries[self._at - 1].end if self._at else 0
        begins = above if entry.first - above <= _HEADING else entry.first
        lowest = max(0, entry.end - self._height)
        self.top = max(lowest, min(self.top, begins, self._last_top))
        self.top = min(self.top, entry.first)

    def _seen(self) -> list[tuple[Row, bool]]:
        """The rows in view, and whether the cursor is on each."""
        entry = self._entries[self._at] if self._entries else None
        return [
            (row, entry is not None and entry.first <= number < entry.end)
            for number, row in enumerate(self._rows[self.top : self.top + self._height], self.top)
        ]

    def _redraw(self, before: Sequence[tuple[Row, bool]]) -> None:
        """Draw the lines anew that show something else than `before`."""
        now = self._seen()
        if len(now) != len(before):
            self.refresh()
            return
        changed = [y for y, (was, is_) in enumerate(zip(before, now, strict=True)) if was != is_]
        if changed:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in changed))

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        width = self.size.width
        number = self.top + y
        if not width or number >= len(self._rows):
            return Strip.blank(width, self.look("text"))
        entry = self._entries[self._at] if self._entries else None
        cursor = self.has_focus and entry is not None and entry.first <= number < entry.end
        return LinePen(width, outer_margin(width), self.look).strip(self._rows[number].line, cursor=cursor)

    # The user

    def action_cursor_up(self) -> None:
        """The entry above; where there is none, or not near, the text above."""
        self._step(-1)

    def action_cursor_down(self) -> None:
        """The entry below; where there is none, or not near, the text below."""
        self._step(1)

    def action_page_up(self) -> None:
        """Up by what is in view."""
        self._page(-1)

    def action_page_down(self) -> None:
        """Down by what is in view."""
        self._page(1)

    def action_first(self) -> None:
        """The first entry, and the top of the list."""
        self._go(0, top=0)

    def action_last(self) -> None:
        """The last entry, and the end of the list as far as the entry stays in view."""
        self._go(len(self._entries) - 1, top=self._last_top)

    def action_pick(self) -> None:
        """Ask for the entry under the cursor."""
        if self._entries:
            self.post_message(self.Picked(self._entries[self._at].key))

    def _step(self, by: int) -> None:
        target = self._at + by
        if not 0 <= target < len(self._entries):
            self._scroll(by)
            return
        entry = self._entries[target]
        if entry.first >= self.top + 2 * self._height or entry.end <= self.top - self._height:
            self._scroll(by * max(1, self._height // 2))
        else:
            self._go(target)

    def _page(self, by: int) -> None:
        if not self._entries:
            self._scroll(by * self._height)
            return
        line = self._entries[self._at].first + by * max(1, self._height - 1)
        at = max(0, min(bisect_right(self._begins, line) - 1, len(self._entries) - 1))
        if by < 0 and self._begins[at] < line:
            at = min(at + 1, self._at)
        if at == self._at:
            self._scroll(by * max(1, self._height - 1))
        else:
            self._go(at, top=self.top + by * max(1, self._height - 1))

    def _go(self, at: int, top: int | None = None) -> None:
        before, key = self._seen(), self.cursor_key
        if self._entries:
            self._at = max(0, min(at, len(self._entries) - 1))
        if top is not None:
            self.top = max(0, min(top, self._last_top))
        self._follow()
        self._redraw(before)
        self._told(key)

    def _scroll(self, by: int) -> None:
        """Other rows into view; the cursor stays where it is, in view or not."""
        before = self._seen()
        self.top = max(0, min(self.top + by, self._last_top))
        self._redraw(before)

    def _entry_under(self, event: events.MouseEvent) -> int | None:
        line = self.top + event.y
        at = bisect_right(self._begins, line) - 1
        return at if at >= 0 and line < self._entries[at].end else None

    def on_click(self, event: events.Click) -> None:
        """The cursor goes to what was clicked; a double click asks for it."""
        at = self._entry_under(event)
        if at is not None:
            self._go(at)
            if event.chain == 2:
                self.action_pick()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll down."""
        event.stop()
        self._scroll(_WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll up."""
        event.stop()
        self._scroll(-_WHEEL)

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        top = self.top
        self._follow()
        if self.top != top:
            self.refresh()

    def watch_has_focus(self, has_focus: bool) -> None:
        """Show the cursor, or hide it."""
        super().watch_has_focus(has_focus)
        if self._entries:
            entry = self._entries[self._at]
            self.refresh(Region(0, entry.first - self.top, self.size.width, entry.end - entry.first))


def _entries(rows: Sequence[Row]) -> tuple[Entry, ...]:
    """The entries: each run of rows of one key."""
    found: list[Entry] = []
    for number, row in enumerate(rows):
        if row.key is None:
            continue
        if found and found[-1].end == number and found[-1].key == row.key:
            found[-1] = found[-1]._replace(end=number + 1)
        else:
            found.append(Entry(row.key, number, number + 1))
    return tuple(found)
