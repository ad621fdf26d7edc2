"""How a typed line was understood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Understood(Generic[Answer]):
    """The value of a line and the words that say so, which are its echo."""

    value: Answer
    words: str
