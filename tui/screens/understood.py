"""How a typed line was understood."""

from __future__ import annotations

from typing import Final, Generic, NamedTuple, TypeVar

from textual.content import Content

Answer = TypeVar("Answer")

_MOST: Final = 600
"""As many characters of an echo are shown: it is wrapped anew with every letter, and a megabyte may be pasted."""


class Understood(NamedTuple, Generic[Answer]):
    """The value of a line, the words that say so, which are its echo, and the line as it was typed (given by the sheet
    that asked)."""

    value: Answer
    words: str
    text: str = ""


def echo_of(words: str, wrong: bool = False) -> Content:
    """The echo below a line: what was understood, or what is wrong."""
    shown = words if len(words) <= _MOST else f"{words[:_MOST]}…"
    return Content(f"! {shown}" if wrong else shown)
