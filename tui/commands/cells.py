"""How wide text is in a terminal, for tables that stay aligned with Chinese, emoji and combining marks in them.

Written here because the libraries that know it cost more to import than a whole command may take.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from unicodedata import category, east_asian_width

from store import printable

_JOINER: Final = "\u200d"
_EMOJI_FORM: Final = "\ufe0f"
_SKIN_TONES: Final = range(0x1F3FB, 0x1F400)
_FLAG_LETTERS: Final = range(0x1F1E6, 0x1F200)


def one_line(text: str) -> str:
    """`text` as it may be printed within a line: nothing that a terminal obeys, no line breaks."""
    return printable(text).replace("\n", " ")


def cells(text: str) -> int:
    """The number of terminal cells that `text` takes."""
    if text.isascii():
        return len(text)
    return sum(_width(cluster) for cluster in _clusters(text))


def cut(text: str, room: int) -> str:
    """`text` if it fits into `room` cells, else its beginning and `…`; no character is cut in half."""
    if cells(text) <= room:
        return text
    if room <= 0:
        return ""
    kept, left = [], room - 1
    for cluster in _clusters(text):
        left -= _width(cluster)
        if left < 0:
            break
        kept.append(cluster)
    return "".join(kept).rstrip() + "…"


def fitted(text: str, room: int, right: bool = False) -> str:
    """`text` in exactly `room` cells: cut with `…` or padded, to the right side if asked."""
    shown = cut(text, room)
    padding = " " * (room - cells(shown))
    return padding + shown if right else shown + padding


def wrapped(text: str, room: int) -> list[str]:
    """`text` in lines of at most `room` cells, broken between words; a word that is longer is cut."""
    lines: list[str] = []
    for word in text.split():
        if lines and cells(lines[-1]) + 1 + cells(word) <= room:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(cut(word, room))
    return lines


def _clusters(text: str) -> Iterator[str]:
    """What a terminal shows as one character each."""
    cluster = ""
    for character in text:
        if cluster and not _belongs(cluster, character):
            yield cluster
            cluster = ""
        cluster += character
    if cluster:
        yield cluster


def _belongs(cluster: str, character: str) -> bool:
    code = ord(character)
    if cluster[-1] == _JOINER or character == _JOINER:
        return True
    if code in _SKIN_TONES:  # of a picture; after anything else it is a character of its own
        return category(cluster[0]) == "So"
    if code in _FLAG_LETTERS:
        return len(cluster) == 1 and ord(cluster) in _FLAG_LETTERS
    return category(character) in ("Mn", "Me")


def _width(cluster: str) -> int:
    if _EMOJI_FORM in cluster or ord(cluster[0]) in _FLAG_LETTERS:
        return 2
    return (
        2
        if east_asian_width(cluster[0]) in ("W", "F")
        else int(category(cluster[0]) not in ("Mn", "Me", "Cf"))
    )
