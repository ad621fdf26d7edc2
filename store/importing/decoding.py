"""From the bytes of a file to its text: which encoding it is in, and what it is if it is no text at all.

Understood are UTF-8, UTF-16 with and without a byte order mark, UTF-32 with one, and Windows-1252. A file that is in
UTF-8 but for a few broken bytes, or in an encoding that looks like Windows-1252 and is another, is refused rather than
taken with its names spoilt; what it is in can be said (`cp1251`, `gbk`, `shift_jis`).
"""

from __future__ import annotations

import codecs
import re
from typing import Final

from store.importing.refusal import ImportRefused, UnknownEncoding, shortened
from store.text import clean_line

MAX_IMPORT_BYTES: Final = 100_000_000

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
"""UTF-32 before UTF-16, whose mark begins the same."""

_AS_CSV: Final = "save it as CSV and import that."
_WORKBOOK: Final = "save the sheet as CSV and import that."

_FOREIGN: Final = (
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook", _WORKBOOK),
    (b"SQLite format 3\x00", "an SQLite database", "save its table as CSV and import that."),
    (b"%PDF", "a PDF", _AS_CSV),
    (b"\x89PNG", "a picture", "import the table as CSV."),
    (b"\xff\xd8\xff", "a picture", "import the table as CSV."),
    (b"GIF8", "a picture", "import the table as CSV."),
    (b"\x1f\x8b", "compressed (gzip)", "unpack it and import the CSV file within."),
    (b"BZh", "compressed (bzip2)", "unpack it and import the CSV file within."),
    (b"\xfd7zXZ", "compressed (xz)", "unpack it and import the CSV file within."),
    (b"7z\xbc\xaf", "a 7-Zip archive", "unpack it and import the CSV file within."),
    (b"Rar!", "a RAR archive", "unpack it and import the CSV file within."),
    (b"{\\rtf", "a formatted text (RTF)", _AS_CSV),
)
"""How files of other kinds begin, what they are, and what to do."""

_ZIPPED: Final = (
    (b"xl/", "an Excel workbook", _WORKBOOK),
    (b"opendocument.spreadsheet", "an OpenDocument sheet", _WORKBOOK),
    (b"Index/Document.iwa", "a Numbers sheet", _WORKBOOK),
    (b"word/", "a Word document", _AS_CSV),
)
"""What a ZIP archive holds that is a document, by the names in it."""

_MARKED_UP: Final = (
    (re.compile(r"<(?:!doctype html|html|table|head|body)\b", re.I), "a web page", _WORKBOOK),
    (re.compile(r"<\?xml\b"), "an XML file", _AS_CSV),
    (re.compile(r"\{\s*(?:\"[^\"]*\"\s*:|\})|\[\s*[{\[]"), "a JSON file", _AS_CSV),
    (re.compile(r"BEGIN:VCARD\b", re.I), "a file of contacts (vCard)", _AS_CSV),
    (re.compile(r"BEGIN:VCALENDAR\b", re.I), "a calendar", _AS_CSV),
)
"""How texts of other kinds begin."""

_NO_FILES: Final = frozenset(("idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"))
"""What Python counts among the encodings of texts, and no file is in."""

_HEAD: Final = 4096
_MOST_CONTROLS: Final = 0.02
_LEAST_ASCII: Final = 0.05
_CONTROLS: Final = bytes({*range(1, 32)} - set(b"\t\n\r\f\x1a"))
_LATIN_RUN: Final = re.compile(r"[\x80-\uffff]{4,}")
_EXCERPT: Final = 30


def decoded(data: bytes, name: str, told: str | None = None) -> tuple[str, str]:
    """The text in `data` and the encoding's name; `told` is the encoding that the user names.

    Raises `ImportRefused` for what is no text, or none that can be read for sure.
    """
    if len(data) > MAX_IMPORT_BYTES:
        raise ImportRefused(
            f"{name} is larger than {MAX_IMPORT_BYTES // 1_000_000} MB; split it into smaller files."
        )
    _refuse_foreign(data, name)
    text, label = _as_told(data, name, told) if told else _as_found(data, name)
    _refuse_marked_up(text, name)
    if "\0" in text:
        line = line_of(text, text.index("\0"))
        raise ImportRefused(
            f"{name} holds a NUL character on line {line}, as no text does; save it as CSV in UTF-8 and import that."
        )
    return text, label


def line_of(text: str, place: int) -> int:
    """The line on which the character at `place` stands, whichever way lines end."""
    before = text[:place]
    return before.count("\n") + before.count("\r") - before.count("\r\n") + 1


def _refuse_foreign(data: bytes, name: str) -> None:
    for start, what, fix in _FOREIGN:
        if data.startswith(start):
            raise ImportRefused(f"{name} is {what}, not a CSV file; {fix}")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        for inside, what, fix in _ZIPPED:
            if inside in data:
                raise ImportRefused(f"{name} is {what}, not a CSV file; {fix}")
        raise ImportRefused(
            f"{name} is a ZIP archive, not a CSV file; unpack it and import the CSV file within."
        )


def _refuse_marked_up(text: str, name: str) -> None:
    start = text[:_HEAD].lstrip("\ufeff \t\r\n")
    for beginning, what, fix in _MARKED_UP:
        if beginning.match(start):
            raise ImportRefused(f"{name} is {what}, not a CSV file; {fix}")


def _as_told(data: bytes, name: str, told: str) -> tuple[str, str]:
    try:
        codec = codecs.lookup(told).name
        if codec in _NO_FILES:
            raise LookupError(told)
        return data.decode(codec).removeprefix("\ufeff"), codec
    except UnicodeDecodeError as error:
        line = _line_of_byte(data, error.start)
        raise UnknownEncoding(
            f"{name} is not a text in {codec}, as line {line} shows; name its right encoding."
        ) from None
    except (LookupError, ValueError):  # ValueError: a NUL in the name
        raise ImportRefused(
            f"There is no encoding “{shortened(clean_line(told))}”; "
            "there is, for example, utf-8, cp1252, cp1251, gbk, big5 or shift_jis."
        ) from None


def _as_found(data: bytes, name: str) -> tuple[str, str]:
    for mark, codec, label in _BOMS:
        if data.startswith(mark):
            if label == "UTF-8":
                break
            return _strictly(data, codec, label, name), label
    if wide := _wide(data):
        return data.decode(wide), "UTF-16"
    try:
        return data.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError as error:
        head = data[:_HEAD]
        if len(head) - len(head.translate(None, _CONTROLS)) > len(head) * _MOST_CONTROLS:
            raise ImportRefused(f"{name} is no text but something binary; {_AS_CSV}") from None
        _refuse_broken(data, error, name)
    return _western(data, name), "Windows-1252"


def _wide(data: bytes) -> str | None:
    """The UTF-16 that `data` is in without saying so: the byte order in which more of its characters are ASCII, as
    what parts cells and lines is."""
    if len(data) % 2 or b"\0" not in data[:_HEAD]:
        return None
    found = [(_ascii_share(data, codec), codec) for codec in ("utf-16-le", "utf-16-be")]
    share, codec = max(found)
    return codec if share >= _LEAST_ASCII else None


def _ascii_share(data: bytes, codec: str) -> float:
    """How much of `data` read as `codec` is ASCII; 0 where it cannot be read, or is no text of lines."""
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        return 0
    if "\0" in text or not ("\n" in text or "\r" in text):
        return 0
    head = text[:_HEAD]
    return sum(char < "\x80" for char in head) / len(head)


def _strictly(data: bytes, codec: str, label: str, name: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ImportRefused(
            f"{name} begins as a text in {label} but is none (around line {line}); "
            "save it as CSV in UTF-8 and import that."
        ) from None


def _refuse_broken(data: bytes, error: UnicodeDecodeError, name: str) -> None:
    """Refuse a text that is in UTF-8 but for less than half of its characters beyond ASCII: read as Windows-1252, its
    names would come out as “CafÃ©”."""
    good, broken = _counts(data)
    if data.startswith(codecs.BOM_UTF8) or good > broken:
        bytes_are = "a byte that is" if broken == 1 else f"{broken:,} bytes that are"
        raise ImportRefused(
            f"{name} is in UTF-8 but has {bytes_are} not, the first on line {_line_of_byte(data, error.start)} after "
            f"“{_before(data, error.start)}”; correct that place, or save the file as CSV in UTF-8 anew."
        )


def _counts(data: bytes) -> tuple[int, int]:
    """How many characters beyond ASCII are right in UTF-8, and how many bytes are not."""
    text = data.decode("utf-8", "surrogateescape")
    beyond = re.sub(r"[\x00-\x7f]+", "", text)
    broken = len(re.findall(r"[\udc80-\udcff]", beyond))
    return len(beyond) - broken, broken


def _western(data: bytes, name: str) -> str:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise UnknownEncoding(
            f"{name} is neither in UTF-8 nor in Windows-1252 (the byte 0x{data[error.start]:02X} on line "
            f"{_line_of_byte(data, error.start)}); save it as CSV in UTF-8 and import that.",
            "Or say what it is in, such as --encoding cp1251 or gbk.",
        ) from None
    beyond = len(re.findall(r"[\x80-\uffff]", text))
    runs = _LATIN_RUN.findall(text)
    if sum(map(len, runs)) * 2 > beyond:
        raise UnknownEncoding(
            f"{name} is not in UTF-8, and in Windows-1252 it would read “{shortened(clean_line(runs[0]), _EXCERPT)}”; "
            "save it as CSV in UTF-8 and import that.",
            "Or say what it is in, such as --encoding cp1251 or gbk.",
        )
    return text


def _before(data: bytes, place: int) -> str:
    """The text of the line before the byte at `place`."""
    line = re.split(rb"[\r\n]", data[max(0, place - 200) : place])[-1]
    text = clean_line(line.decode("utf-8", "replace"))
    return text if len(text) <= _EXCERPT else f"…{text[-_EXCERPT:]}"


def _line_of_byte(data: bytes, place: int) -> int:
    before = data[:place]
    return before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n") + 1
