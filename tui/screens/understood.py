"""How a typed line was understood."""

from __future__ import annotations

from typing import Generic, NamedTuple, TypeVar

Answer = TypeVar("Answer")


class Understood(NamedTuple, Generic[Answer]):
    """The value of a line and the words that say so, which are its echo."""

    value: Answer
    words: str
