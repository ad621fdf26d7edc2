"""Text from people and files, made safe to keep and to print.

Deal names come from files, pastes and e-mails. A terminal obeys some characters instead of showing them,
others turn the line around or are not seen at all; those go here, at the door, and again before anything is
printed.

What goes: control characters, lone surrogates, line and paragraph separators (a space or a line break takes
their place where they kept words apart), marks that turn the direction of writing, characters without any
width that fill or hide. What stays: the joiners that emoji, Indic and Persian texts are written with, variation
selectors, private and unassigned characters. Everything comes out in Unicode's composed form (NFC).
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

MAX_MARKS: Final = 8
"""As many combining marks and joiners are kept in a row.

No language needs more, and a flood of them paints over the lines above and below.
"""

_JOINERS: Final = "\u200c\u200d"
_SHOWN_FORMATS: Final = frozenset(
    map(
        ord,
        "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd" + _JOINERS,
    )
)
"""The characters of category Cf that are seen (number signs of Arabic, Syriac, Kaithi) or join."""

_FILLERS: Final = frozenset(map(ord, "\u034f\u115f\u1160\u17b4\u17b5\u2065\u3164\uffa0"))
"""Letters and marks without a shape. The other fillers are of category Cf or in `_HIDDEN_BLOCK`."""

_HIDDEN_BLOCK: Final = range(0xE0000, 0xE1000)
_IDEOGRAPHIC_SELECTORS: Final = range(0xE0100, 0xE01F0)
_BREAKS: Final = frozenset(map(ord, "\n\v\f\r\x85\u2028\u2029"))
_SEPARATORS: Final = frozenset(map(ord, "\t\x1c\x1d\x1e\x1f"))
_FIRST_MARK: Final = "\u0300"
_MANY_HIGH: Final = re.compile(rf"[^\x00-\u02ff\u2010-\u20cf\u2100-\u2bff]{{{MAX_MARKS + 1}}}")
"""A row in which there could be more marks than are kept (there are none among the signs, arrows and rules that are
left out); written so that it compiles at once."""
_HIGH_FIRST: Final = re.compile(r"(?:\A|\n)[^\x00-\u02ff]")
_BLANK_LINES_FIRST: Final = re.compile(r"\A\s*\n")
_REMEMBERED: Final = 8192


class _Replacements(dict[int, int | None]):
    """What `str.translate` puts for a code point: itself, another, or nothing. Worked out when first met."""

    def __init__(self, line_break: str) -> None:
        super().__init__()
        self._break = ord(line_break)

    def __missing__(self, code: int) -> int | None:
        found = self._replacement(code)
        if len(self) < _REMEMBERED:
            self[code] = found
        return found

    def _replacement(self, code: int) -> int | None:
        if code in _BREAKS:
            return self._break
        if code in _SEPARATORS:
            return ord(" ")
        if code in _FILLERS or (code in _HIDDEN_BLOCK and code not in _IDEOGRAPHIC_SELECTORS):
            return None
        category = unicodedata.category(chr(code))
        if category in ("Cc", "Cs") or (category == "Cf" and code not in _SHOWN_FORMATS):
            return None
        return code


_LINE: Final = _Replacements(" ")
_LINES: Final = _Replacements("\n")


def clean_line(text: str) -> str:
    """`text` as one line: nothing a terminal would obey, each run of white space one space, none at the ends.

    Empty when only spaces and marks are left of it. Cleaning twice changes nothing more. Never raises.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split()) if "  " in text else text.strip()
    cleaned = " ".join(_composed(text.translate(_LINE)).split())
    if cleaned[:1] < _FIRST_MARK or not _is_mark(cleaned[0]):
        return cleaned
    # A mark at the start would sit on whatever is printed before it.
    shown = (place for place, char in enumerate(cleaned) if char != " " and not _is_mark(char))
    return cleaned[next(shown, len(cleaned)) :]


def clean_notes(text: str) -> str:
    """`text` with its line breaks as `\\n`, tabs as spaces, and nothing a terminal would obey.

    Blank lines before and white space after it go, indentation stays. Cleaning twice changes nothing more.
    Never raises.
    """
    cleaned = printable(text).rstrip()
    return _BLANK_LINES_FIRST.sub("", cleaned)


def printable(text: str) -> str:
    """`text` as it may be printed: cleaned like notes, its spaces (alignment) and line breaks as they are.

    For whole lines and pages of output; what has to stay on one line goes through `clean_line`. Printing what
    is printable changes nothing more. Never raises.
    """
    if text.isascii() and text.isprintable():
        return text
    cleaned = _composed(text.replace("\r\n", "\n").translate(_LINES))
    return _without_leading_marks(cleaned) if _HIGH_FIRST.search(cleaned) else cleaned


def shows_as_it_is(text: str) -> bool:
    """Whether a piece of one line may be drawn as it is. A quick look: also what may is sometimes said not to."""
    return text.isprintable() and (text.isascii() or not _MANY_HIGH.search(text))


def quoted(text: str, most: int = 40) -> str:
    """`text` cleaned, cut to `most` characters and in quotation marks: how a message names what was typed."""
    cleaned = clean_line(text)
    return f"“{cleaned if len(cleaned) <= most else cleaned[: most - 1].rstrip() + '…'}”"


def ascii_digits(text: str) -> str:
    """`text` with the decimal digits of all scripts (`１２`, `١٢`) as 0–9; superscripts and fractions stay."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)


def _is_mark(char: str) -> bool:
    return char >= _FIRST_MARK and (char in _JOINERS or unicodedata.category(char)[0] == "M")


def _composed(text: str) -> str:
    """`text` in NFC with its floods of marks cut."""
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", text)
    return _without_floods(text) if _MANY_HIGH.search(text) else text


def _without_floods(text: str) -> str:
    """`text` with at most `MAX_MARKS` marks in a row."""
    kept: list[str] = []
    run = 0
    for char in text:
        run = run + 1 if _is_mark(char) else 0
        if run <= MAX_MARKS:
            kept.append(char)
    return "".join(kept)


def _without_leading_marks(text: str) -> str:
    """`text` without the marks that begin a line: they would sit on what is printed before them."""
    kept: list[str] = []
    at_start = True
    for char in text:
        if at_start and _is_mark(char):
            continue
        at_start = char == "\n"
        kept.append(char)
    return "".join(kept)
