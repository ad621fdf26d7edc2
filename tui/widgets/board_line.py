"""One line of the board, made of pieces that are kept.

Textual cuts every line where widgets begin and end, which for the board is at the edges of its columns. Cutting
makes new strips; a board's line gives back the pieces it was joined from.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate, chain

from textual.strip import Strip


class BoardLine(Strip):
    """A line joined from pieces, one for each stretch between two cuts."""

    __slots__ = ("_cuts", "_pieces")

    def __init__(self, pieces: Sequence[Strip]) -> None:
        cuts = list(accumulate(piece.cell_length for piece in pieces))
        super().__init__(list(chain.from_iterable(pieces)), cuts[-1] if cuts else 0)
        self._cuts = cuts
        self._pieces = pieces

    def divide(self, cuts: Iterable[int]) -> Sequence[Strip]:
        """The pieces, if those are the cuts asked for; else the line is cut as any other."""
        cuts = list(cuts)
        return self._pieces if cuts == self._cuts else super().divide(cuts)
