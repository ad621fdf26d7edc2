"""From the bytes of a file to a table of texts, with the line each row begins on.

What is understood: UTF-8, UTF-16 and UTF-32 with a byte order mark, UTF-8 without, else Windows-1252; `, ; tab |`
between the cells, told from the first records; quoted cells with line breaks; a first line `sep=;` as Excel writes it.
"""

from __future__ import annotations

import codecs
import csv
import io
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from store.importing.guard import unguarded
from store.importing.refusal import ImportRefused
from store.text import clean_line

MAX_IMPORT_BYTES: Final = 100_000_000
MAX_ROWS: Final = 200_000
MAX_COLUMNS: Final = 500
MAX_CELLS: Final = 10_000_000
_LONGEST_HEADER: Final = 250

DELIMITERS: Final = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
"""What may stand between two cells, and its name."""

_NO_TEXT: Final = " \r\n" + "".join(DELIMITERS)

_SAMPLE: Final = 100_000
"""The delimiter is told from at most so many characters."""

_SAMPLE_RECORDS: Final = 200

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
"""UTF-32 before UTF-16, whose mark begins the same."""

_FOREIGN: Final = (
    (b"PK\x03\x04", "an Excel or OpenDocument workbook"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
    (b"SQLite format 3\x00", "an SQLite file"),
    (b"%PDF", "a PDF"),
)


@dataclass(frozen=True, slots=True)
class Table:
    """A file as texts. `lines[i]` is the line on which `rows[i]` begins; every row is as wide as the header."""

    name: str
    encoding: str
    delimiter: str
    headers: tuple[str, ...]
    rows: tuple[list[str], ...]
    lines: tuple[int, ...]
    empty_rows: int
    """Rows without any text, which are left out."""

    def column(self, index: int) -> list[str]:
        """All values of one column, from the first row to the last."""
        return [row[index] for row in self.rows]

    def row_at(self, line: int) -> list[str]:
        """The row that begins on `line`."""
        return self.rows[bisect_left(self.lines, line)]


def read_table(data: bytes, name: str, *, raw: bool = False) -> Table:
    """The table in `data`; `name` is the file's name for messages.

    With `raw` a `'` that an export put before `= + - @` stays. Raises `ImportRefused` for what is no such table.
    """
    text, encoding = _decoded(data, name)
    text, told = _without_separator_line(text)
    delimiter = told or _detected(text)
    if delimiter not in DELIMITERS:
        raise ImportRefused(
            f'{name} begins with "sep={delimiter}"; the cells must be separated by , ; tab or |.'
        )
    first_line = 2 if told else 1
    return _table(text, name, encoding, delimiter, first_line, unguard=not raw and "'" in text)


def _decoded(data: bytes, name: str) -> tuple[str, str]:
    if len(data) > MAX_IMPORT_BYTES:
        raise ImportRefused(
            f"{name} is larger than {MAX_IMPORT_BYTES // 1_000_000} MB; split it into smaller files."
        )
    for start, what in _FOREIGN:
        if data.startswith(start):
            raise ImportRefused(f"{name} is {what}, not a CSV file; save the sheet as CSV and import that.")
    for mark, codec, label in _BOMS:
        if data.startswith(mark):
            return _strictly(data, codec, label, name), label
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        return _strictly(data, "cp1252", "Windows-1252", name), "Windows-1252"


def _strictly(data: bytes, codec: str, label: str, name: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ImportRefused(
            f"{name} is not a text in {label} (around line {line}); save it as CSV in UTF-8 and import that."
        ) from None


def _without_separator_line(text: str) -> tuple[str, str | None]:
    """Excel writes `sep=;` as the first line of some files; it is no header."""
    if text[:4].lower() != "sep=":
        return text, None
    first, _, rest = text.partition("\n")
    return rest, first[4:].strip("\r\n") or ","


def _detected(text: str) -> str:
    """The delimiter that parts the header and with which most records are as wide as it; among equals the widest
    table. Where none parts the header, the one that leaves most records whole."""
    sample = text[:_SAMPLE]
    cut = len(text) > len(sample)
    best, best_score = ",", (False, 0.0, 0)
    for delimiter in DELIMITERS:
        widths = _widths(sample, delimiter, cut)
        if widths:
            fitting = sum(width == widths[0] for width in widths) / len(widths)
            score = (widths[0] > 1, fitting, widths[0])
            if score > best_score:
                best, best_score = delimiter, score
    return best


def _widths(sample: str, delimiter: str, cut: bool) -> list[int]:
    widths: list[int] = []
    try:
        for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
            if "".join(row).strip(_NO_TEXT):
                widths.append(len(row))
            if len(widths) > _SAMPLE_RECORDS:
                return widths
    except csv.Error:
        return widths
    return widths[:-1] if cut and len(widths) > 1 else widths


def _table(text: str, name: str, encoding: str, delimiter: str, first_line: int, *, unguard: bool) -> Table:
    records = _records(text, name, delimiter, first_line)
    header = next((cells for _, cells in records if "".join(cells).strip()), None)
    if header is None:
        raise ImportRefused(
            f"{name} is empty; the first line must name the columns, each further line is a deal."
        )
    width = len(header)
    if width > MAX_COLUMNS:
        raise ImportRefused(f"{name} has {width:,} columns; at most {MAX_COLUMNS} can be imported.")
    most = min(MAX_ROWS, MAX_CELLS // width)
    rows: list[list[str]] = []
    lines: list[int] = []
    empty = 0
    for line, cells in records:
        if not "".join(cells).strip():
            empty += 1
            continue
        if len(cells) != width:
            cells = _fitted(cells, width, line, name)
        if unguard:
            cells = [unguarded(cell) for cell in cells]
        rows.append(cells)
        lines.append(line)
        if len(rows) > most:
            raise ImportRefused(f"{name} has more than {most:,} rows; split it into smaller files.")
    if not rows:
        raise ImportRefused(f"{name} has a header and no rows; there is nothing to import.")
    headers = _named([unguarded(cell) if unguard else cell for cell in header])
    return Table(name, encoding, delimiter, headers, tuple(rows), tuple(lines), empty)


def _records(text: str, name: str, delimiter: str, first_line: int) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line it begins on. A quote that is never closed is an error, not one huge cell."""
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + first_line
        raise ImportRefused(
            f"{name} holds a NUL character on line {line}; save it as CSV in UTF-8 and import that."
        )
    limit = csv.field_size_limit(MAX_IMPORT_BYTES)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = first_line
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + first_line
    except csv.Error:
        raise ImportRefused(
            f"{name}, line {line}: a quoted cell does not end where it should; "
            'close the quote, and write a quote inside a quoted cell twice ("").'
        ) from None
    finally:
        csv.field_size_limit(limit)


def _fitted(cells: list[str], width: int, line: int, name: str) -> list[str]:
    """`cells` in the header's width: missing ones are empty, empty ones beyond it are left out."""
    if len(cells) < width:
        return cells + [""] * (width - len(cells))
    if "".join(cells[width:]).strip():
        raise ImportRefused(
            f"{name}, line {line}: {len(cells)} cells, but the header names {width} columns; "
            "quote the cell that holds a delimiter, or name the further columns."
        )
    return cells[:width]


def _named(header: list[str]) -> tuple[str, ...]:
    """The header's cells, cleaned; one without a name is called after its place, a repeated one gets a number."""
    names: dict[str, None] = {}
    for place, cell in enumerate(header, 1):
        name = base = clean_line(cell)[:_LONGEST_HEADER].rstrip() or f"column {place}"
        copy = 2
        while name in names:
            name = f"{base} ({copy})"
            copy += 1
        names[name] = None
    return tuple(names)
