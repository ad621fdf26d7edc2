"""What a board without any deal says in its middle: what to press, what to type."""

from __future__ import annotations

from typing import Final

from textual.strip import Strip

from tui.widgets.cells import cell_len, cut, row
from tui.widgets.line_widget import Look

Hint = tuple[str, str]
"""A key or a command, and what it does."""

EMPTY_BOARD: Final[tuple[Hint, ...]] = (
    ("a", "add your first deal"),
    ("?", "help"),
    ("deals import FILE.csv", "bring in a list you have"),
)


def hint_strip(hints: tuple[Hint, ...], index: int, width: int, look: Look) -> Strip:
    """One of `hints`, in the middle of a line of `width` cells."""
    key, words = hints[index]
    words = cut(words, width - cell_len(key) - 2)
    left = max(0, (width - cell_len(key) - 2 - cell_len(words)) // 2)
    line = [(" " * left, look("text", "")), (key, look("place", "")), ("  " + words, look("dim", ""))]
    return Strip(row(width, line, [], look("text", "")), width)
