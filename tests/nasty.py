"""Texts that files, pastes and e-mails bring along, and what of them must never leave: one table for all doors."""

from __future__ import annotations

import json
import re
import sqlite3
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

from store.text import MAX_MARKS

NASTY: Final = {
    "colour": "\x1b[666;31mred",
    "clear the screen": "\x1b[666J\x1b[?666l",
    "clipboard": "\x1b]52;c;ZXZpbA==\x07",
    "link": "\x1b]8;;http://evil.example\x1b\\here\x1b]8;;\x1b\\",
    "window title": "\x1b]0;evil\x07",
    "device control": "\x1bP666|evil\x1b\\",
    "application command": "\x1b_Gevil\x1b\\",
    "single shift": "\x1bN\x1bc",
    "C1": "\x9b666m\x9d52;c;ZXZpbA==\x9c\x90evil\x84\x8d",
    "bell and its kin": "a\x07b\x08\x08c\x0e\x0f\x7f\x05",
    "returns": "good\rbad\r\nworse\n",
    "tabs": "a\tb\t\tc\v\f\x1c\x1d\x1e\x1fd",
    "NUL": "a\x00b",
    "line separators": "a\u2028b\u2029c\x85d",
    "override": "invoice\u202efdp.exe\u202c",
    "embedding": "a\u202ab\u202bc\u202dd",
    "isolates": "\u2066a\u2067b\u2068c\u2069 \u200e\u200f\u061c",
    "no width": "A\u200bc\u2060m\ufeffe\u00ad\u180e\u115f\u1160\u3164\uffa0\u034f",
    "hidden letters": "x\U000e0068\U000e0069\U000e007f",
    "flood of marks": "x" + "\u0301\u0330\u20dd" * 4_000 + "y",
    "flood of joiners": "x" + "\u200d\u200c" * 500 + "y",
    "mark first": "\u0301\u0330x",
    "only marks": "\u0301\u200d\u0330",
    "only space": " \t\u3000\u00a0\u2003 ",
    "nothing": "",
    "half a pair": "\ud83dx\udc80",
    "a byte of a file name": "caf\udce9",
    "no character": "a\uffffb\ufdd0\U0010ffff",
    "closing tag": "Acme [/] [/bold] [/@x]",
    "action": "[@click=app.quit]x[/] [@click=screen.action_won()]y",
    "open tag": "[bold [red on blue] [$error 50%] \\[ [[",
    "link tag": "[link=http://evil.example]x[/link]",
    "formula": '=HYPERLINK("http://evil.example","x")',
    "commands as formulas": "+1+cmd|' /C calc'!A0",
    "at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "minus": "-2+3",
    "guarded": "'=1+1",
    "SQL": "x'; DROP TABLE deals; --\" OR 1=1 /*",
    "LIKE and GLOB": "%_\\%*?[^a-z]",
    "search syntax": 'NEAR(a b, 3) OR * ^x "" -a: {a b} AND NOT (',
    "filter syntax": '-amount>>10k stage: #: "open amount:;;.. close<=>eom !- -"" tag:"',
    "quick line": 'close: stage:"" co:" 12k% %50 -5 #,# src: amount:1e9999 "',
    "format": "{} {0!r} {x.__class__} %s %n %(x)s $n ${n} $$ {{",
    "quotation marks": "\"'`“”«»\\\"\\'",
    "an option": "--help",
    "a short option": "-x",
    "a path": "../../../etc/passwd",
    "a path of Windows": "C:\\con\\x",
    "home": "~nobody-of-that-name/x",
    "not a number": "NaN inf -inf 1e309 0x1F ١٢٣ ½ ²",
    "right to left": "שלום مرحبا ‏abc",
    "joined emoji": "👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 🇨🇭🇩 ☺️",
    "wide": "株式会社 ｆｕｌｌ 한글 ﷽ 𒐫",
    "combined": "Z̷a̵l̶g̸o̴ ẹ̣̣̣",
    "long": "W" * 1_000_000,
    "long and wide": "株" * 100_000,
    "one long word of marks": "e\u0301" * 50_000,
}  # fmt: skip
"""What it is → the text."""

SHORT: Final = {what: text for what, text in NASTY.items() if len(text) < 20_000}
"""Those that are not about their length."""

READABLE: Final = "Acme [/]"
"""How `POISON` begins wherever it is shown."""

POISON: Final = (
    f"{READABLE} \x1b[666;31m\x9b666m\x1b]52;c;eA==\x07\u202e\u2066\u200b\x85\u2028\t\r\x1bP666|\x1b\\"
    f"e{chr(0x301) * 50}\x1b]0;x\x07 \x1b]8;;http://evil.example\x1b\\x [@click=app.quit]x {{}} %s $n [bold"
)
"""A name as no sane person has one; what a terminal obeys stands near its beginning, which is always shown."""

_OURS: Final = re.compile(r"\x1b\[(?!\??666)[0-9;:?<>=]*[ -/]*[@-~]|\x1b\]22;[a-z-]+\x07")
"""The sequences that an app sends a terminal, the last one for the shape of the mouse's pointer; those of the table
have a number that nobody else uses."""

_TURNING_OR_HIDING: Final = frozenset(
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
    "\u200b\u2060\ufeff\u00ad\u180e\u115f\u1160\u3164\uffa0\u034f"
) | {chr(code) for code in range(0xE0000, 0xE0080)}
_PLACES: Final = frozenset("\n\r\t")
"""What a program may send to say where text goes."""

_MARK: Final = re.compile(r"[\u0300-\u036f\u20d0-\u20ff\u200c\u200d]+")


def trespasses(output: bytes | str, *, places: frozenset[str] = _PLACES) -> set[str]:
    """What of an output a terminal would obey, or nobody would see; empty for text and our own sequences."""
    text = output.decode(errors="replace") if isinstance(output, bytes) else output
    text = _OURS.sub("", text)
    found = {
        f"{char!r} before {text[text.index(char) + 1 :][:20]!r}"
        for char in set(text)
        if char in _TURNING_OR_HIDING
        or (char not in places and unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp"))
    }
    if any(len(run) > MAX_MARKS for run in _MARK.findall(text)):
        found.add("a flood of marks")
    return found


def texts_in(path: Path) -> Iterator[tuple[str, str]]:
    """Every text in a data file, its journal included, with the table and column that it is in."""
    with closing(sqlite3.connect(path)) as connection:
        for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            cursor = connection.execute(f'SELECT * FROM "{table}"')
            names = [column[0] for column in cursor.description]
            for row in cursor:
                for name, value in zip(names, row, strict=True):
                    if table == "changes" and name in ("before", "after") and value is not None:
                        yield from ((f"{table}.{name}", str(text)) for text in json.loads(value).values())
                    elif isinstance(value, str):
                        yield f"{table}.{name}", value


def trespasses_in(path: Path) -> dict[str, set[str]]:
    """What of the texts in a data file should not be there, by table and column."""
    found: dict[str, set[str]] = {}
    for place, text in texts_in(path):
        if wrong := trespasses(text, places=frozenset("\n")):
            found.setdefault(place, set()).update(wrong)
    return found
