"""What a board without any deal says in its middle: what to press, what to type."""

from __future__ import annotations

from typing import Final

from textual.strip import Strip

from tui.widgets.cells import cell_len, cut, row
from tui.widgets.line_widget import Look

_GAP: Final = 2

Hint = tuple[str, str]
"""A key or a command, and what it does."""

EMPTY_BOARD: Final[tuple[Hint, ...]] = (
    ("a", "add your first deal"),
    ("?", "help"),
    ("I", "import a list you have"),
)


def hint_strip(hints: tuple[Hint, ...], index: int, width: int, look: Look) -> Strip:
    """One of `hints`: the keys end, and the words begin, where those of the others do, about the middle."""
    keys = max(cell_len(key) for key, _ in hints)
    both = keys + _GAP + max(cell_len(words) for _, words in hints)
    key, words = hints[index]
    left = max(0, (width - both) // 2) + keys - cell_len(key)
    room = width - left - cell_len(key) - _GAP
    line = [
        (" " * left, look("text", "")),
        (key + " " * _GAP, look("place", "")),
        (cut(words, room), look("dim", "")),
    ]
    return Strip(row(width, line, [], look("text", "")), width)
