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
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, get_args

from store import DateOrder, InvalidInput, currency_code
from tui.key_names import is_key

THEMES: Final = ("dark", "light", "terminal")
DEFAULT_CURRENCY: Final = "USD"


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
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        return Settings(
            problems=(f"The config file {path} cannot be read ({error}); the defaults are used.",)
        )
    import tomllib

    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Settings(
            problems=(f"The config file {path} is not valid TOML ({error}); the defaults are used.",)
        )
    return _Reader(path, text).read(table, key_ids)


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
            if key == "keys" and isinstance(value, dict):
                found["keys"] = self._keys(value, None if key_ids is None else tuple(key_ids()))
            elif key not in takers:
                self._unknown(key, [*takers, "keys"])
            else:
                try:
                    found[key] = takers[key](value)
                except (ValueError, InvalidInput) as error:
                    self._problem(key, f"{key} = {value!r}: {error}")
        return replace(Settings(**found), problems=tuple(self.problems))

    def _keys(self, table: dict[str, Any], key_ids: tuple[str, ...] | None) -> dict[str, str]:
        taken: dict[str, str] = {}
        for key_id, keys in table.items():
            if key_ids is not None and key_id not in key_ids:
                self._unknown(key_id, key_ids)
            elif not isinstance(keys, str) or not keys.strip():
                self._problem(key_id, f'the keys of {key_id} are a text such as "w,ctrl+w"')
            elif strange := next((key for key in keys.split(",") if not is_key(key)), None):
                self._problem(key_id, f"{strange.strip()} is not a key; write one such as w, ctrl+w or f5")
            else:
                taken[key_id] = keys
        return taken

    def _unknown(self, key: str, known: Iterable[str]) -> None:
        from difflib import get_close_matches

        near = get_close_matches(key, list(known), n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        self._problem(key, f"{key} is not a setting{hint}")

    def _problem(self, key: str, what: str) -> None:
        self.problems.append(f"{self.path}, line {self._line(key)}: {what}")

    def _line(self, key: str) -> int:
        pattern = re.compile(rf"""\s*["']?{re.escape(key)}["']?\s*=|\s*\[{re.escape(key)}\]""")
        return next((n for n, line in enumerate(self.lines, 1) if pattern.match(line)), 1)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("this is a text in quotes")
    return value


def _path(value: Any) -> Path:
    return Path(_text(value)).expanduser()


def _one_of(value: Any, words: tuple[str, ...]) -> str:
    if _text(value) not in words:
        raise ValueError(f"this is one of {', '.join(words)}")
    return str(value)
