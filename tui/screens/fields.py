"""What a form is made of: a field whose text is understood while it is typed, and a choice of a few words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its label, the text it starts with, and what typing in it means.

    `shown` is its value in words, by which a change made elsewhere is noticed and told. `known` are whole values, of
    which the rest is offered while one is typed.
    """

    id: str
    label: str
    start: str
    understand: Callable[[str], tuple[Any, str]]
    """The value of a text and the words of its echo; raises `InvalidInput`."""
    placeholder: str = ""
    shown: str = ""
    known: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """A field in which one of a few words is chosen, or none (an empty text)."""

    id: str
    label: str
    start: str
    words: Sequence[str]
