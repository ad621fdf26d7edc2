"""The encodings that a file may be in, each with how the file would read: for who picks the one that reads right."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import Final, NamedTuple

from store.importing.refusal import shortened
from store.text import clean_line

ENCODINGS: Final = {
    "utf-8": "Unicode",
    "cp1252": "Western European",
    "cp1250": "Central European",
    "cp1251": "Cyrillic",
    "koi8-r": "Cyrillic, KOI8-R",
    "gb18030": "Chinese, simplified",
    "big5": "Chinese, traditional",
    "shift_jis": "Japanese",
    "euc_kr": "Korean",
    "cp1253": "Greek",
    "cp1254": "Turkish",
    "cp1255": "Hebrew",
    "cp1256": "Arabic",
    "cp1257": "Baltic",
}
"""What `read_table` may be told, and for which languages."""

_HEAD: Final = 100_000
"""So many bytes are looked at."""

_LINES: Final = 2
"""So many lines that are not all ASCII are shown."""


class Reading(NamedTuple):
    """An encoding, the languages it is for, and how the first lines that differ between encodings would read."""

    encoding: str
    languages: str
    sample: str


def possible_encodings(data: bytes) -> tuple[Reading, ...]:
    """The encodings that the beginning of `data` can be in."""
    head = data[:_HEAD]
    if len(head) < len(data):
        head = head[: head.rfind(b"\n") + 1] or head
    telling = [line for line in head.splitlines() if not line.isascii()]
    found = [*_wide(data[:_HEAD])]
    for encoding, languages in ENCODINGS.items():
        try:
            head.decode(encoding)
            sample = " ".join(line.decode(encoding) for line in telling[:_LINES])
        except UnicodeDecodeError:
            continue
        found.append(Reading(encoding, languages, shortened(clean_line(sample))))
    return tuple(found)


def _wide(head: bytes) -> Iterator[Reading]:
    """UTF-16, for what begins with its mark or has zeros, as a text of single bytes does not."""
    marked = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if marked else ("utf-16-le", "utf-16-be") if b"\0" in head else ():
        try:
            text = codecs.getincrementaldecoder(encoding)().decode(head)
        except UnicodeError:
            continue
        lines = text.splitlines()
        telling = [line for line in lines if not line.isascii()] or lines
        yield Reading(encoding, "Unicode, two bytes each", shortened(clean_line(" ".join(telling[:_LINES]))))
