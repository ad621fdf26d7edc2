"""From the texts of whole columns to values: each different text is read once, however often it stands in the file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from store.errors import InvalidInput
from store.importing.dates import DateReader, date_reader
from store.importing.fields import DATE_FIELDS, SHARED_FIELDS
from store.importing.headers import ColumnUse, is_own_export
from store.importing.numbers import (
    AmountReader,
    ProbabilityReader,
    amount_reader,
    probability_reader,
    read_currency,
)
from store.importing.plan import ColumnPlan, ImportOptions
from store.importing.reading import Table
from store.importing.refusal import WrongCell, shortened
from store.money import Money
from store.text import clean_line

TO_COME: Final = "this day is still to come; correct it, or leave it empty"

Value = TypeVar("Value")
Key = TypeVar("Key")


class Columns:
    """The columns of one table, read by field. What cannot be taken is noted in `wrong` and read as nothing."""

    def __init__(self, table: Table, uses: Sequence[ColumnUse], options: ImportOptions) -> None:
        self.table = table
        self.uses = uses
        self.options = options
        self.wrong: list[WrongCell] = []
        self.formats: dict[int, str] = {}
        """Column → how its values are read, for the dry run."""
        self.amount_reader: AmountReader | None = None
        self.probability_reader: ProbabilityReader | None = None
        self._cells = table.columns()
        self._by_field: dict[str, list[ColumnUse]] = {}
        for use in uses:
            if use.field:
                self._by_field.setdefault(use.field, []).append(use)

    def header(self, field: str) -> str:
        """The name of the column of `field`, for messages."""
        uses = self._by_field.get(field)
        return uses[0].header if uses else field

    def has(self, field: str) -> bool:
        """Whether a column is `field`."""
        return field in self._by_field

    def cells_of(self, use: ColumnUse) -> Sequence[str]:
        """The cells of one column as they are."""
        return self._cells[use.index]

    def texts(self, field: str) -> Sequence[str]:
        """The cells of `field` as they are; all empty when no column is it."""
        uses = self._by_field.get(field)
        return self._cells[uses[0].index] if uses else [""] * len(self.table.rows)

    def read(self, field: str, reader: Callable[[str], Value | None]) -> list[Value | None]:
        """The values of `field`, each different cell read once by `reader`, which raises `InvalidInput`."""
        uses = self._by_field.get(field)
        if not uses:
            return [None] * len(self.table.rows)
        return self.read_cells(uses[0].header, self._cells[uses[0].index], reader)

    def read_cells(
        self, header: str, cells: Sequence[Key], reader: Callable[[Key], Value | None]
    ) -> list[Value | None]:
        """`reader` of each of `cells`; a cell is a text, or a tuple that begins with the text of the cell."""
        values: dict[Key, Value | None] = {}
        wrong: dict[Key, str] = {}
        for cell in dict.fromkeys(cells):
            try:
                values[cell] = reader(cell)
            except InvalidInput as error:
                values[cell], wrong[cell] = None, str(error)
        if wrong:
            for line, cell in zip(self.table.lines, cells, strict=True):
                if cell in wrong:
                    text = cell[0] if isinstance(cell, tuple) else cell
                    self.wrong.append(WrongCell(line, header, str(text), wrong[cell]))
        return [values[cell] for cell in cells]

    def note(self, index: int, field: str, problem: str) -> None:
        """Note that the cell of `field` in the row `index` cannot be taken."""
        value = self.texts(field)[index]
        self.wrong.append(WrongCell(self.table.lines[index], self.header(field), value, problem))

    def dates(self, field: str, until: str | None = None) -> list[str | None]:
        """The days of a date field as `YYYY-MM-DD`; of a shared field the first column's that has one.

        A day after `until` cannot be taken: what is dated with it has taken place.
        """
        merged: list[str | None] = [None] * len(self.table.rows)
        for use in self._by_field.get(field, ()):
            days = self.dates_of(use, until)
            merged = [known or day for known, day in zip(merged, days, strict=True)] if any(merged) else days
        return merged

    def dates_of(self, use: ColumnUse, until: str | None = None) -> list[str | None]:
        """The days of one column that is a date; raises `UnknownDateOrder` when its values do not tell their order."""
        cells = self._cells[use.index]
        told = self.options.date_orders.get(use.header) or self.options.date_order
        reader: DateReader = date_reader(use.header, dict.fromkeys(cells).keys(), told)
        self.formats[use.index] = reader.format

        def read(text: str) -> str | None:
            day = reader.read(text)
            if day is not None and until is not None and day.isoformat() > until:
                raise InvalidInput(TO_COME)
            return day.isoformat() if day else None

        return self.read_cells(use.header, cells, read)

    def currencies(self, defaults: Sequence[str]) -> list[str]:
        """The currency of each row, before its amount may name another; `defaults` are those of the rows' pipelines."""
        amount = self._by_field.get("amount")
        if amount and amount[0].currency and self.options.currency is None:
            defaults = [amount[0].currency] * len(defaults)
        uses = self._by_field.get("currency")
        if not uses:
            return list(defaults)
        pairs = list(zip(self._cells[uses[0].index], defaults, strict=True))
        found = self.read_cells(
            uses[0].header, pairs, lambda pair: read_currency(*pair) if clean_line(pair[0]) else pair[1]
        )
        return [currency or default for currency, default in zip(found, defaults, strict=True)]

    def amounts(self, currencies: Sequence[str]) -> list[Money | None]:
        """The amount of each row, `None` where it is unknown."""
        uses = self._by_field.get("amount")
        if not uses:
            return [None] * len(self.table.rows)
        cells = self._cells[uses[0].index]
        reader = self.amount_reader = amount_reader(dict.fromkeys(cells).keys())
        self.formats[uses[0].index] = reader.format
        pairs = list(zip(cells, currencies, strict=True))
        return self.read_cells(uses[0].header, pairs, lambda pair: reader.read(*pair))

    def probabilities(self, field: str = "probability") -> list[int | None]:
        """The whole percent of each row. In an export of ours 1 is one percent, whatever else the column holds."""
        uses = self._by_field.get(field)
        if not uses:
            return [None] * len(self.table.rows)
        cells = self._cells[uses[0].index]
        if is_own_export(self.table.headers):
            reader = ProbabilityReader(fractions=False)
        else:
            reader = probability_reader(dict.fromkeys(cells).keys())
        self.probability_reader = reader
        self.formats[uses[0].index] = reader.format
        return self.read_cells(uses[0].header, cells, reader.read)

    def plans(self) -> tuple[ColumnPlan, ...]:
        """What each column was taken for."""
        return tuple(
            ColumnPlan(use.header, use.field, use.property_name, self._format(use), self._example(use.index))
            for use in self.uses
        )

    def _format(self, use: ColumnUse) -> str:
        shared = use.field in SHARED_FIELDS and use is not self._by_field[use.field][0]
        text = self.formats.get(use.index, "" if use.field not in DATE_FIELDS else "not read")
        return f"{text}, where the columns before it are empty" if shared and text else text

    def _example(self, index: int) -> str:
        return next((shortened(row[index], 40) for row in self.table.rows if row[index].strip()), "")
