"""From the bytes of a file to a table of texts, with the line each row begins on.

What is understood beside the encodings of `store.importing.decoding`: `, ; tab |` between the cells, told from the
first records; lines that end with LF, CR LF or CR; quoted cells with line breaks; the first line `sep=;` of Excel.
"""

from __future__ import annotations

import csv
import io
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from store.importing.decoding import MAX_IMPORT_BYTES as MAX_IMPORT_BYTES
from store.importing.decoding import decoded
from store.importing.guard import unguarded, unguarded_within
from store.importing.headers import is_own_export
from store.importing.refusal import ImportRefused, shortened
from store.text import clean_line

MAX_ROWS: Final = 200_000
MAX_COLUMNS: Final = 500
MAX_CELLS: Final = 10_000_000
_LONGEST_HEADER: Final = 250

DELIMITERS: Final = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
"""What may stand between two cells, and its name."""

_NO_TEXT: Final = " \r\n" + "".join(DELIMITERS)

_PIECE: Final = 100_000
"""The lines of a file are parted so many characters at a time."""

_SAMPLE: Final = 100_000
"""The delimiter is told from at most so many characters."""

_SAMPLE_RECORDS: Final = 200

_SHOWN: Final = 5
"""So many rows that are too long are named."""


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

    def columns(self) -> list[tuple[str, ...]]:
        """All values of every column."""
        return list(zip(*self.rows, strict=True))

    def row_at(self, line: int) -> list[str]:
        """The row that begins on `line`."""
        return self.rows[bisect_left(self.lines, line)]


def read_table(data: bytes, name: str, *, raw: bool = False, encoding: str | None = None) -> Table:
    """The table in `data`; `name` is the file's name for messages.

    With `raw` a `'` that an export put before `= + - @` stays. `encoding` is the one that the user names, where the
    bytes do not tell it. Raises `ImportRefused` for what is no such table.
    """
    text, encoding = decoded(data, name, encoding)
    text, told = _without_separator_line(text)
    delimiter = told or _detected(text)
    if delimiter not in DELIMITERS:
        raise ImportRefused(
            f'{name} begins with "sep={delimiter}"; the cells must be separated by , ; tab or |.'
        )
    first_line = 2 if told else 1
    return _table(text, name, encoding, delimiter, first_line, unguard=not raw and "'" in text)


def _without_separator_line(text: str) -> tuple[str, str | None]:
    """Excel writes `sep=;` as the first line of some files; it is no header."""
    if text[:4].lower() != "sep=":
        return text, None
    first = next(_lines(text))
    return text[len(first) :], first[4:].strip("\r\n") or ","


def _lines(text: str) -> Iterator[str]:
    """The lines of `text` with their ends, made a piece at a time: no copy of the whole is made."""
    return chain.from_iterable(io.StringIO(piece, newline="") for piece in _pieces(text))


def _pieces(text: str) -> Iterator[str]:
    """`text` in pieces that end where a line does; one without LF is a single piece."""
    start = 0
    while start < len(text):
        end = text.find("\n", start + _PIECE) + 1 or len(text)
        yield text[start:end]
        start = end


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
        for row in csv.reader(_lines(sample), delimiter=delimiter):
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
    ours = is_own_export(_named([unguarded(cell) for cell in header]))
    taken_off = _unguarded_whole if ours else unguarded
    most = min(MAX_ROWS, MAX_CELLS // width)
    rows: list[list[str]] = []
    lines: list[int] = []
    too_long: list[tuple[int, list[str]]] = []
    empty = 0
    # A file says the same again and again: each different text is kept once.
    same: dict[str, str] = {}
    once = same.setdefault
    for line, cells in records:
        if not "".join(cells).strip():
            empty += 1
            continue
        if len(cells) != width:
            if "".join(cells[width:]).strip():
                too_long.append((line, cells))
            cells = cells[:width] + [""] * (width - len(cells))
        if unguard:
            cells = [taken_off(cell) for cell in cells]
        rows.append([once(cell, cell) for cell in cells])
        lines.append(line)
        if len(rows) > most:
            raise ImportRefused(f"{name} has more than {most:,} rows; split it into smaller files.")
    if too_long:
        raise _too_long(too_long, width, name, DELIMITERS[delimiter])
    if not rows:
        raise ImportRefused(f"{name} has a header and no rows; there is nothing to import.")
    headers = _named([taken_off(cell) if unguard else cell for cell in header])
    return Table(name, encoding, delimiter, headers, tuple(rows), tuple(lines), empty)


def _unguarded_whole(cell: str) -> str:
    """A cell of an export of ours as it was before it was written."""
    return unguarded(unguarded_within(cell)) if "'" in cell else cell


def _records(text: str, name: str, delimiter: str, first_line: int) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line it begins on. A quote that is never closed is an error, not one huge cell."""
    limit = csv.field_size_limit(MAX_IMPORT_BYTES)
    reader = csv.reader(_lines(text), delimiter=delimiter, strict=True)
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


def _too_long(rows: Sequence[tuple[int, list[str]]], width: int, name: str, delimiter: str) -> ImportRefused:
    """What is wrong with rows that have more cells with a text than the header has; too few cells are empty ones."""
    line, cells = rows[0]
    surplus = next(cell for cell in cells[width:] if cell.strip())
    more = [f"{line:,}" for line, _ in rows[1:_SHOWN]]
    if len(rows) > _SHOWN:
        more.append(f"{len(rows) - _SHOWN:,} more")
    also = f" So has line {more[0]}." if len(more) == 1 else ""
    if len(more) > 1:
        also = f" So have the lines {', '.join(more[:-1])} and {more[-1]}."
    return ImportRefused(
        f"{name}, line {line}: {len(cells)} cells, but the header names {width} columns, "
        f"so “{shortened(clean_line(surplus), 30)}” is in none; quote the cell that holds a {delimiter}, "
        f"or name the further columns.{also}"
    )


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
