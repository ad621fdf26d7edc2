"""Why a file is not imported, in words that say what would fix it. Nothing was written when one of these is raised."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Final

from store.dates import DateOrder
from store.errors import InvalidInput, StoreError
from store.text import quoted

_HEAD: Final = 20
"""So many times as much of a text is looked at as is shown of it."""

SHOWN: Final = 10
"""At most so many wrong rows are told at once."""


class ImportRefused(StoreError):
    """The file cannot be imported as it is. `problem` says why; the message adds which option of the command line would
    help, which a screen has other ways for."""

    def __init__(self, problem: str, option: str = "") -> None:
        super().__init__(f"{problem} {option}" if option else problem)
        self.problem = problem


class UnknownEncoding(ImportRefused):
    """What the text of a file is in has to be said, or is another encoding than was said."""


class UnknownStages(ImportRefused):
    """Values of the file mean no stage of the pipeline that they are to be in."""


class UnusedStages(InvalidInput):
    """Something was said of `values` that the stage column `header` does not have; `None`: there is no such column."""

    def __init__(self, values: Sequence[str], header: str | None, there: Sequence[str]) -> None:
        self.values = tuple(values)
        value = quoted(values[0])
        folded = {each.casefold(): each for each in there}
        near = get_close_matches(values[0].casefold(), folded, n=2, cutoff=0.5)
        names = [folded[each] for each in near] or list(there[:SHOWN])
        if header is None:
            why = f'No column of the file is the stage, so none says {value}; name it with --map "COLUMN=stage".'
        else:
            meant = " or ".join(f"“{shortened(name)}”" for name in names)
            fix = f"did you mean {meant}?" if meant else "all its cells are empty."
            why = f"The column “{header}” has no value {value}; {fix}"
        super().__init__(why, "stage")


@dataclass(frozen=True, slots=True)
class WrongCell:
    """One value that cannot be taken: the line it begins on in the file, its column, and what would fix it; `option` is
    what else would on the command line."""

    line: int
    column: str
    value: str
    problem: str
    option: str = ""

    def __str__(self) -> str:
        fix = f"{self.problem}, {self.option}" if self.option else self.problem
        return f"line {self.line}, column “{self.column}”, value “{shortened(self.value)}”: {fix}"


class WrongRows(ImportRefused):
    """Some rows cannot be taken, so none was. `cells` are the first of them in the order of the file."""

    def __init__(self, cells: Sequence[WrongCell]) -> None:
        found = sorted(cells, key=lambda cell: cell.line)
        self.total = len(found)
        self.cells = tuple(found[:SHOWN])
        more = f" ({self.total - len(self.cells):,} more are wrong)" if self.total > len(self.cells) else ""
        super().__init__("Nothing was imported: " + "; ".join(str(cell) for cell in self.cells) + more)


class UnknownDateOrder(ImportRefused):
    """The values of a date column do not tell its order; `readings` are the days that `example` could be."""

    def __init__(self, column: str, example: str, readings: Mapping[DateOrder, date]) -> None:
        self.column = column
        self.example = example
        self.readings = dict(readings)
        days = " or ".join(f"{day.isoformat()} ({order})" for order, day in readings.items())
        super().__init__(
            f"The column “{column}” does not tell the order of its dates: “{shortened(example)}” is {days};",
            f"say which with --date-order {' or '.join(readings)}.",
        )


def shortened(text: str, longest: int = 60) -> str:
    """`text` on one line, cut to `longest` characters, for a message."""
    head = text if len(text) <= _HEAD * longest else text.lstrip()[: _HEAD * longest]
    line = " ".join(head.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def rows_text(count: int) -> str:
    """How many rows, in words: "1 row", "8,800 rows"."""
    return f"{count:,} row{'' if count == 1 else 's'}"
