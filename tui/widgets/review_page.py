"""The page of the review: lines that say what matters most first, and give way to each other where there is no room."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple, Protocol

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.widgets.board_layout import outer_margin
from tui.widgets.cells import cell_len
from tui.widgets.line_widget import LineWidget
from tui.widgets.row_line import BLANK, Line, LinePen, Piece

WIDEST: Final = 124
"""Cells of a page at most: on a wider terminal the eye would lose the line between the words and the numbers."""

LABEL: Final = 13
"""Cells for the words at the left."""

ITEM_GAP: Final = 3
"""Cells between things that stand in a row."""

BAR: Final = "▌"


class PageLine(NamedTuple):
    """One line of a page. The higher its `rank`, the sooner it makes room for others; 0 stays as long as it can.

    With a `bar` (an ink) it stands on a card that has a bar of that colour at its left.
    """

    line: Line = BLANK
    rank: int = 0
    bar: str = ""


class Page(Protocol):
    """What a page shows, laid out for a width and a height in cells."""

    def lines(self, width: int, height: int) -> Sequence[PageLine]:
        """The lines that fit; `width` is that of the words."""


class ReviewPage(LineWidget):
    """Draws a page, anew only when another one is shown or the size changes."""

    DEFAULT_CSS = """
    ReviewPage { width: 1fr; height: 1fr; }
    """

    BLANK = True

    def __init__(self) -> None:
        super().__init__()
        self._page: Page | None = None
        self._laid_out: Sequence[PageLine] = ()
        self._for: object = None

    def show(self, page: Page) -> None:
        """Show that page."""
        self._page, self._for = page, None
        self.refresh()

    @property
    def words(self) -> list[str]:
        """The lines as text, as they are laid out now."""
        return [self.render_line(y).text.rstrip() for y in range(self.size.height)]

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        size = self.size
        margin = inner_margin(size.width)
        if self._for != size and self._page is not None:
            self._for = size
            room = min(size.width, WIDEST) - 2 * margin
            self._laid_out = self._page.lines(room, size.height)
        if y >= len(self._laid_out):
            return Strip.blank(size.width, self.look("text"))
        return self._strip(self._laid_out[y], min(size.width, WIDEST), margin, size.width)

    def _strip(self, line: PageLine, width: int, margin: int, whole: int) -> Strip:
        blank = self.look("text")
        if not line.bar:
            drawn = LinePen(width, margin, self.look).strip(line.line)
            return drawn.extend_cell_length(whole, blank)
        outer = outer_margin(width)

        def on_card(ink: str, ground: str) -> Style:
            return self.look(ink, ground or "card")

        inside = LinePen(width - 2 * outer - 1, margin - outer - 1, on_card).strip(line.line)
        edge = Strip([Segment(" " * outer, blank), Segment(BAR, self.look(line.bar, "card"))])
        return Strip.join([edge, inside]).extend_cell_length(whole, blank)


def inner_margin(width: int) -> int:
    """Cells at either side of the words: what stands on a card has its bar and a blank before them."""
    return outer_margin(width) + 2


def fitting(lines: Iterable[PageLine], height: int) -> list[PageLine]:
    """The lines in their order without those of the highest ranks, the last ones first, so that they fit."""
    kept = list(lines)
    over = len(kept) - height
    if over > 0:
        ranked = sorted(range(len(kept)), key=lambda at: (kept[at].rank, at))
        left = set(ranked[: max(0, height)])
        kept = [line for at, line in enumerate(kept) if at in left]
    return kept


def labelled(label: str, values: Iterable[Line]) -> list[Line]:
    """Lines with a word before the first of them."""
    made = []
    for number, value in enumerate(values):
        before = Piece("" if number else label, "dim", width=LABEL)
        made.append(value._replace(left=(before, *value.left)))
    return made


def flowing(items: Iterable[Sequence[Piece]], width: int) -> list[Line]:
    """Items in a row, in as many lines of `width` cells as they take."""
    rows: list[list[Piece]] = []
    used = 0
    for item in items:
        wide = sum(cell_len(piece.text) for piece in item)
        if rows and used + ITEM_GAP + wide <= width:
            rows[-1].append(Piece(" " * ITEM_GAP))
            used += ITEM_GAP + wide
        else:
            rows.append([])
            used = wide
        rows[-1].extend(item)
    return [Line(tuple(pieces)) for pieces in rows]


def wrapped(text: str, ink: str, width: int, at_most: int) -> list[Line]:
    """Words in at most so many lines; what is left over is cut off the last one."""
    lines: list[str] = []
    for word in text.split():
        if lines and (len(lines) == at_most or cell_len(lines[-1]) + 1 + cell_len(word) <= width):
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return [Line((Piece(line, ink, cut=True),)) for line in lines]
