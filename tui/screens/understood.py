"""How a typed line was understood."""

from __future__ import annotations

from typing import Generic, NamedTuple, TypeVar

Answer = TypeVar("Answer")


class Understood(NamedTuple, Generic[Answer]):
    """The value of a line, the words that say so, which are its echo, and the line as it was typed (given by the sheet
    that asked)."""

    value: Answer
    words: str
    text: str = ""
