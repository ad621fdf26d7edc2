"""A line as data: pieces of text by the name of their ink, and how they fit a width.

Names and titles are marked as what may be cut (`Piece.cut`); amounts, days and dates are not, and are never cut
while there is anything else that can be.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from textual.strip import Strip

from store import clean_line
from tui.widgets.cells import Word, cell_len, cells, cut, row
from tui.widgets.line_widget import Look

CURSOR_BAR: Final = "▌"
"""At the left of the line under the cursor, so that it is seen without colours too."""

_SHORTEST: Final = 6
"""Cells that a cut piece keeps while another one can be cut more."""


class Piece(NamedTuple):
    """A piece of text and its ink (`tui.widgets.inks`).

    `cut` says that it may be shortened with `…`. A piece takes at least `width` cells, one that may be cut exactly so
    many, so that pieces stand in columns: what it lacks is filled up after it, or before it where it is
    `right`-aligned.
    """

    text: str
    ink: str = "text"
    cut: bool = False
    width: int = 0
    right: bool = False


class Line(NamedTuple):
    """Pieces from the left, `indent` cells in, and pieces that end at the right; `fill` between them."""

    left: tuple[Piece, ...] = ()
    right: tuple[Piece, ...] = ()
    indent: int = 0
    fill: str = " "


BLANK: Final = Line()


def heading(text: str, count: int | None = None, right: str = "", ink: str = "heading") -> Line:
    """The heading of a part of a list: its words in capitals, how many there are, and a word at the right."""
    number = () if count is None else (Piece(f" {count:,}", "name"),)
    return Line((Piece(text.upper(), ink), *number), (Piece(right, "dim"),) if right else ())


def text_line(text: str, ink: str = "dim", indent: int = 0) -> Line:
    """A line of plain words, cut where it is too long."""
    return Line((Piece(text, ink, cut=True),), indent=indent)


class LinePen:
    """Draws lines of a width, with room at either side."""

    def __init__(self, width: int, margin: int, look: Look) -> None:
        self.width, self.margin, self.look = width, margin, look

    def strip(self, line: Line, *, cursor: bool = False) -> Strip:
        """The line, of exactly the width."""
        ground = "cursor" if cursor else ""
        blank = self.look("text", ground)
        indent = min(line.indent, max(0, self.width - 2 * self.margin))
        left, right = self._fitted(line, self.width - 2 * self.margin - indent)
        left_words, right_words = self._words(left, ground), self._words(right, ground)
        # On a reversed ground a bar would be a gap, and is not needed.
        bar = CURSOR_BAR if cursor and self.margin and not blank.reverse else ""
        edge: list[Word] = [(bar, self.look("accent", ground))] if bar else []
        edge.append((" " * (self.margin - len(bar) + indent), blank))
        if line.fill != " ":
            room = self.width - 2 * self.margin - indent - cells(left_words) - cells(right_words)
            gaps = bool(left_words) + bool(right_words)
            rule = " " * bool(left_words) + line.fill * max(0, room - gaps) + " " * bool(right_words)
            left_words.append((rule, self.look("line", ground)))
        ends = [*right_words, (" " * self.margin, blank)] if right_words else []
        return Strip(row(self.width, [*edge, *left_words], ends, blank), self.width)

    def _words(self, pieces: Sequence[Piece], ground: str) -> list[Word]:
        return [(piece.text, self.look(piece.ink, ground)) for piece in pieces if piece.text]

    def _fitted(self, line: Line, room: int) -> tuple[list[Piece], list[Piece]]:
        """The pieces cleaned, cut and filled up so that both ends fit `room` cells with a cell between them."""
        pieces = [piece._replace(text=clean_text(piece.text)) for piece in (*line.left, *line.right)]
        wide = [_wanted(piece) for piece in pieces]
        split = len(line.left)
        gap = 1 if sum(wide[:split]) and sum(wide[split:]) else 0
        over = sum(wide) + gap - room
        for shortest in (_SHORTEST, 1, 0):
            # The last ones first: what stands at the left says more.
            for at in reversed(range(len(pieces))):
                if over > 0 and pieces[at].cut and wide[at] > shortest:
                    taken = min(over, wide[at] - shortest)
                    wide[at] -= taken
                    over -= taken
        fitted = [_sized(piece, cells_) for piece, cells_ in zip(pieces, wide, strict=True)]
        return fitted[:split], fitted[split:]


def clean_text(text: str) -> str:
    """`text` without control characters; unlike a name it keeps the spaces at its ends, which set pieces apart."""
    stripped = clean_line(text)
    if not stripped:
        return " " * len(text) if text.isspace() else ""
    before = len(text) - len(text.lstrip(" "))
    after = len(text) - len(text.rstrip(" "))
    return " " * before + stripped + " " * after


def _wanted(piece: Piece) -> int:
    """How many cells a piece would take."""
    return piece.width if piece.cut and piece.width else max(cell_len(piece.text), piece.width)


def _sized(piece: Piece, wide: int) -> Piece:
    """A piece of exactly `wide` cells."""
    text = cut(piece.text, wide)
    filling = " " * (wide - cell_len(text))
    return piece._replace(text=filling + text if piece.right else text + filling)
