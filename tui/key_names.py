"""What a key may be called in the config file."""

from __future__ import annotations

import unicodedata
from typing import Final

_MODIFIERS: Final = {"ctrl", "shift", "alt", "meta", "super", "hyper"}
_NAMED: Final = {
    "up", "down", "left", "right", "home", "end", "pageup", "pagedown", "insert", "delete", "backspace", "enter", "tab",
    "escape", "space", "slash", "backslash", "at", "minus", "plus", "underscore", *(f"f{n}" for n in range(1, 25)),
}  # fmt: skip


def is_key(name: str) -> bool:
    """Whether a keyboard can send that: `w`, `ctrl+w`, `f5`, `question_mark` (a character by its Unicode name)."""
    *modifiers, key = name.strip().split("+")
    if not _MODIFIERS.issuperset(modifiers) or not key:
        return False
    return len(key) == 1 or key in _NAMED or _is_character(key)


def _is_character(name: str) -> bool:
    try:
        unicodedata.lookup(name.replace("_", " "))
    except KeyError:
        return False
    return True
