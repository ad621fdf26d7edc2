"""The config file: a few lines of TOML that a person may write, and what is wrong with them.

A wrong line never keeps the program from starting: it is left out, and `problems` says which line, which key and
what was probably meant.

    db = "~/deals.db"         # where the data is (DEALS_DB and --db go before it)
    theme = "dark"            # dark, light or terminal
    currency = "EUR"          # for a new pipeline
    date_order = "dmy"        # how 3/11 is read: dmy, mdy or ymd

    [keys]
    "deal.won" = "w,ctrl+w"   # any id of the help screen
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, get_args

from store import DateOrder, InvalidInput, clean_line, currency_code
from tui.key_names import key_named, nearest_key

THEMES: Final = ("dark", "light", "terminal")
DEFAULT_CURRENCY: Final = "USD"

KEPT: Final = {"ctrl+c": None, "ctrl+q": "quit", "ctrl+p": "palette"}
"""Keys that do the same on every screen and sheet, and the action they belong to: no other can have them."""
_DOES: Final = {"ctrl+c": "ends the program", "ctrl+q": "leaves", "ctrl+p": "lists the actions"}

_MOST: Final = 100
"""As many characters of what is wrong are told."""
_ONE_PART: Final = r"""\s*(?:"([^"]*)"|'([^']*)'|([\w-]+))\s*"""
_PART: Final = re.compile(_ONE_PART)
_HEADER: Final = re.compile(r"\s*\[{1,2}([^\[\]]+)\]")
_KEY: Final = re.compile(rf"(?P<key>{_ONE_PART}(?:\.{_ONE_PART})*)=")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the config file says; a field it does not name has its default."""

    db: Path | None = None
    theme: str | None = None
    currency: str | None = None
    date_order: DateOrder = "dmy"
    keys: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


def load(path: Path, key_ids: Callable[[], Iterable[str]] | None = None) -> Settings:
    """The settings in the file at `path`, or the defaults where there is none.

    `key_ids` gives the ids that `[keys]` may name, and is asked only where there are `[keys]`; without it, as on the
    command line, the names are not looked at.
    Never raises: what cannot be taken is in `problems`.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")  # some editors begin a file with a mark
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        return _unread(path, f"cannot be read: {error.strerror or error}")
    except UnicodeDecodeError:
        return _unread(path, "cannot be read: it is not text in UTF-8")
    import tomllib

    try:
        table = tomllib.loads(text)
    except RecursionError:
        return _unread(path, "is not valid TOML: too much within each other")
    except tomllib.TOMLDecodeError as error:
        return _unread(path, f"is not valid TOML: {_short(str(error))}")
    except ValueError:
        return _unread(path, "is not valid TOML: a number in it is too long")
    return _Reader(path, text).read(table, key_ids)


def _unread(path: Path, why: str) -> Settings:
    return Settings(problems=(clean_line(f"The config file {path} {why}; the defaults are used."),))


def local_currency() -> str:
    """The currency of the user's locale, else the dollar: what a first pipeline proposes."""
    import locale

    before = locale.setlocale(locale.LC_MONETARY)
    try:
        locale.setlocale(locale.LC_MONETARY, "")
        return currency_code(str(locale.localeconv()["int_curr_symbol"]))
    except (locale.Error, InvalidInput):
        return DEFAULT_CURRENCY
    finally:
        locale.setlocale(locale.LC_MONETARY, before)


class _Reader:
    """Takes the values one by one and notes what is wrong with a line number."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.lines = text.splitlines()
        self.problems: list[str] = []

    def read(self, table: dict[str, Any], key_ids: Callable[[], Iterable[str]] | None) -> Settings:
        takers: dict[str, Callable[[Any], Any]] = {
            "db": _path,
            "theme": lambda value: _one_of(value, THEMES),
            "currency": lambda value: currency_code(_text(value)),
            "date_order": lambda value: _one_of(value, get_args(DateOrder)),
        }
        found: dict[str, Any] = {}
        for key, value in table.items():
            if key == "keys":
                if not isinstance(value, dict):
                    self._problem(
                        key, 'keys is a part of its own: [keys], then lines such as "deal.won" = "w"'
                    )
                    continue
                found["keys"] = self._keys(value, None if key_ids is None else tuple(key_ids()))
            elif key not in takers:
                self._problem(key, f"{_short(key)} is not a setting{_nearest(key, [*takers, 'keys'])}")
            else:
                try:
                    found[key] = takers[key](value)
                except (ValueError, InvalidInput) as error:
                    self._problem(key, f"{key} = {_short(repr(value))}: {error}")
        return replace(Settings(**found), problems=tuple(self.problems))

    def _keys(self, table: Mapping[str, Any], key_ids: tuple[str, ...] | None) -> dict[str, str]:
        taken: dict[str, str] = {}
        for key_id, keys in _flat(table):
            place = f"keys.{key_id}"
            if key_ids is not None and key_id not in key_ids:
                near = _nearest(key_id, key_ids)
                self._problem(place, f"{_short(key_id)} is not an action that keys can be given to{near}")
            elif not isinstance(keys, str) or not keys.strip():
                self._problem(place, f'the keys of {_short(key_id)} are a text such as "w,ctrl+w"')
            elif wrong := next(filter(None, (_wrong_key(key_id, key) for key in keys.split(","))), None):
                self._problem(place, wrong)
            else:
                taken[key_id] = ",".join(filter(None, map(key_named, keys.split(","))))
        return taken

    def _problem(self, place: str, what: str) -> None:
        self.problems.append(clean_line(f"{self.path}, line {line_of(place, self.lines)}: {what}"))


def _flat(table: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """The values by their dotted names: `deal.won = "w"` is a table within a table to TOML, and means `"deal.won"`."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", value


def line_of(place: str, lines: Iterable[str]) -> int:
    """The number of the line on which the value of a dotted name is given; of what it is in, where it has none."""
    table, best, found = "", 0, 1
    for number, line in enumerate(lines, 1):
        if header := _HEADER.match(line):
            table = name = _bare(header[1])
        elif key := _KEY.match(line):
            name = ".".join(filter(None, (table, _bare(key["key"]))))
        else:
            continue
        if best < len(name) and (place == name or place.startswith(f"{name}.")):
            best, found = len(name), number
    return found


def _bare(key: str) -> str:
    """A key as TOML writes it, without quotation marks and the space around its dots."""
    return ".".join(part[1] or part[2] or part[3] for part in _PART.finditer(key))


def _nearest(name: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name[:_MOST], list(known), n=1)
    return f"; did you mean {near[0]}?" if near else ""


def _wrong_key(key_id: str, key: str) -> str | None:
    """What is wrong with one of the keys given to an action, if anything."""
    named = key_named(key)
    if named is None:
        if not key.strip():
            return (
                f"between the commas of {_short(key_id)} a key is missing (the comma itself is called comma)"
            )
        near = nearest_key(key)
        hint = f"; did you mean {near}?" if near else "; write one such as w, ctrl+w or f5"
        return f"{_short(key)} is not a key{hint}"
    if named in KEPT and KEPT[named] != key_id:
        return f"{named} always {_DOES[named]}; give {_short(key_id)} another key"
    return None


def _short(text: str) -> str:
    """What was written, short enough to be told."""
    text = clean_line(text)
    return text if len(text) <= _MOST else f"{text[: _MOST - 1]}…"


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("this is a text in quotes")
    return value


def _path(value: Any) -> Path:
    text = _text(value)
    if not text.strip() or "\0" in text:
        raise ValueError("this is the path of a file")
    try:
        return Path(text).expanduser()
    except RuntimeError:
        raise ValueError("nobody of that name has a home folder here") from None


def _one_of(value: Any, words: tuple[str, ...]) -> str:
    if _text(value) not in words:
        raise ValueError(f"this is one of {', '.join(words)}")
    return str(value)
