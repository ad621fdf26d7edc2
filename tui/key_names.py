"""What a key may be called in the config file."""

from __future__ import annotations

import string
import unicodedata
from typing import Final

_MODIFIERS: Final = {"ctrl", "shift", "alt", "meta", "super", "hyper"}
_NAMED: Final = {
    "up", "down", "left", "right", "home", "end", "pageup", "pagedown", "insert", "delete", "backspace", "enter", "tab",
    "escape", "space", *(f"f{n}" for n in range(1, 25)),
}  # fmt: skip
_CALLED: Final = {
    "solidus": "slash", "reverse_solidus": "backslash", "commercial_at": "at", "hyphen_minus": "minus",
    "plus_sign": "plus", "low_line": "underscore",
}  # fmt: skip
"""Characters that Textual calls otherwise than Unicode does."""

_ALSO: Final = {
    "pgup": "pageup", "pgdn": "pagedown", "pgdown": "pagedown", "pagedn": "pagedown", "esc": "escape", "del": "delete",
    "ins": "insert", "return": "enter", "cr": "enter", "bksp": "backspace", "bs": "backspace", "spacebar": "space",
    "control": "ctrl", "ctl": "ctrl", "strg": "ctrl", "option": "alt", "opt": "alt", "cmd": "super", "win": "super",
    "←": "left", "→": "right", "↑": "up", "↓": "down", "⏎": "enter", "⌫": "backspace",
}  # fmt: skip
"""What people, and the app's own help, call keys and what they are called here."""


def key_named(name: str) -> str | None:
    """The key that `name` means, as the app calls it: `w`, `ctrl+w`, `F5` → `f5`, `?` → `question_mark`, `⇧←`, `pgup`.

    `None` where no keyboard has such a key.
    """
    *modifiers, key = [_ALSO.get(part.lower(), part) for part in _parts(name)]
    held = [modifier.lower() for modifier in modifiers]
    if not _MODIFIERS.issuperset(held) or not key:
        return None
    found = key.lower() if key.lower() in _NAMED or ("ctrl" in held and len(key) == 1) else _character(key)
    if found is None:
        return None
    if held == ["shift"] and len(found) == len(found.upper()) == 1 and found.isalpha():
        return found.upper()  # that is what a terminal sends
    return "+".join([*held, found if len(found) > 1 else _character(found) or found])


def is_key(name: str) -> bool:
    """Whether a keyboard can send that."""
    return key_named(name) is not None


def nearest_key(name: str) -> str | None:
    """The key that was probably meant by a name that is none, if any is near."""
    near = "+".join(part for part in map(_nearest_part, _parts(name.replace("-", "+"))) if part)
    return key_named(near)


def _nearest_part(part: str) -> str:
    from difflib import get_close_matches

    if part.lower() in _MODIFIERS or is_key(part):
        return part
    names = [*sorted(_NAMED), *sorted(_MODIFIERS), *_ALSO]
    return next(iter(get_close_matches(part.lower(), names, n=1)), part)


def _parts(name: str) -> list[str]:
    """The modifiers and the key; `ctrl++` is the plus with ctrl."""
    name = name.strip().replace("⇧", "shift+")
    if name == "+" or name.endswith("++"):
        return [*name[:-1].rstrip("+").split("+"), "plus"] if len(name) > 1 else ["plus"]
    return name.split("+")


def _character(name: str) -> str | None:
    """The character key of that name: a letter or digit as it is, another character by its Unicode name."""
    if len(name) == 1:
        return _name_of(name)
    if name in _PUNCTUATION:
        return name
    try:
        return _name_of(unicodedata.lookup(name.replace("_", " ")))
    except KeyError:
        return None


def _name_of(character: str) -> str | None:
    if character.isalnum():
        return character
    try:
        name = unicodedata.name(character).lower().replace("-", "_").replace(" ", "_")
    except ValueError:  # a control character: no key sends it
        return None
    return _CALLED.get(name, name)


_PUNCTUATION: Final = frozenset(filter(None, map(_name_of, string.punctuation)))
"""The names of the characters of ASCII; Unicode writes some of them with a hyphen, which keys do not have."""
