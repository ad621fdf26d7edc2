"""Text measured in terminal cells: what is cut, what is filled up, and where."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style

__all__ = ["Word", "cell_len", "cells", "cut", "row", "spaced"]

Word = tuple[str, Style]
"""A piece of text and how it looks."""


def cut(text: str, width: int) -> str:
    """`text`, in at most `width` cells; what is cut off leaves a `…`. Wide characters are never halved."""
    if cell_len(text) <= width:
        return text
    if width < 1:
        return ""
    return set_cell_size(text, width - 1).rstrip() + "…"


def cells(words: Sequence[Word]) -> int:
    """How many cells `words` take, one after the other."""
    return sum(cell_len(text) for text, _ in words)


def row(width: int, left: Sequence[Word], right: Sequence[Word], ground: Style) -> list[Segment]:
    """One line of exactly `width` cells: `left`, room, `right`.

    The room takes the look of the word before it, which saves the terminal an escape sequence; so words at the
    left must not be underlined. What does not fit is cut off at the right, so callers fit their words first.
    """
    room = width - cells(left) - cells(right)
    segments = [Segment(text, style) for text, style in left if text]
    if room > 0:
        if segments:
            text, style, _ = segments[-1]
            segments[-1] = Segment(text + " " * room, style)
        else:
            segments.append(Segment(" " * room, ground))
    segments.extend(Segment(text, style) for text, style in right if text)
    return segments if room >= 0 else list(Segment.adjust_line_length(segments, width, ground))


def spaced(groups: Sequence[Sequence[Word]], gap: int) -> list[Word]:
    """The words of `groups` in a row with `gap` spaces between the groups; empty groups leave no gap."""
    made: list[Word] = []
    for group in groups:
        if group:
            if made:
                text, style = made[-1]
                made[-1] = (text + " " * gap, style)
            made.extend(group)
    return made
