"""Text in lines of a width."""

from __future__ import annotations

from textual.content import Content


def wrapped(text: str, width: int) -> list[str]:
    """The lines of `text`, none longer than `width` cells, broken between words where that goes; none for no text.
    What begins on a line of its own stays there.
    """
    if not text:
        return []
    width = max(1, width)
    return [
        line.plain.rstrip() for part in text.split("\n") for line in Content(part).wrap(width) or [Content()]
    ]
