"""Saying what a column of a file is, and how its dates are written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from store import DATE_IMPORT_FIELDS, IMPORT_FIELDS, ORDER_NAMES, DateOrder, long_day, printable
from tui.import_choices import LEFT_OUT, PROPERTY
from tui.importing import FIELD_WORDS, use_of
from tui.screens.listing import ReadAnew
from tui.widgets.import_spots import ColumnSpot, WrongSpot

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from store import ColumnPlan, ImportPreview
    from tui.import_choices import ImportChoices
    from tui.screens.picking import Choice


class ImportColumns(ReadAnew):
    """For the screen that holds the `preview` of a file and the `choices` that it is made with."""

    preview: ImportPreview | None
    choices: ImportChoices

    def change(self, change: Callable[[], object]) -> None:
        """Say something else, and see what comes of it."""
        before = self.choices.options
        change()
        if self.choices.options != before:
            self.read_anew("")

    def _column(self) -> ColumnPlan | None:
        """The column under the cursor; says so when there is none."""
        match self.rows.cursor_key:
            case ColumnSpot(header) | WrongSpot(_, header):
                return self._column_named(header)
        self.tell("There is no column under the cursor.", wrong=True)
        return None

    def _column_named(self, header: str) -> ColumnPlan | None:
        columns = self.preview.columns if self.preview else ()
        return next((each for each in columns if each.header == header), None)

    def action_leave_out(self) -> None:
        """Leave the column out; one that was left out so is what its header says again."""
        column = self._column()
        if column is not None:
            left_out = self.choices.options.columns.get(column.header) == LEFT_OUT
            self.change(lambda: self.choices.say_column(column.header, None if left_out else LEFT_OUT))

    def ask_column(self, header: str) -> None:
        """Ask what a column is; of one whose dates could be read in several ways, how they are written."""
        column = self._column_named(header)
        if column is None or self.preview is None:
            self.tell(f"No column of the file is the {header} yet; ⏎ on the one that is.", wrong=True)
            return
        if any(header == each.column for each in self.preview.unknown_orders):
            self.ask_dates(header)
            return
        from tui.screens.picking import Choice

        owners = {each.field: each.header for each in self.preview.columns if each.header != header}
        choices: list[Choice[Any]] = [
            Choice(field, _about(FIELD_WORDS[field], owners.get(field)), field) for field in IMPORT_FIELDS
        ]
        choices.append(Choice(PROPERTY, "kept under the column's name", PROPERTY))
        choices.append(Choice("left out", "", LEFT_OUT))
        present = next((n for n, each in enumerate(choices) if each.name == use_of(column)), None)
        if header in self.choices.options.columns:
            choices.append(Choice("as its name says", "", None))
        example = f", such as “{printable(column.example)}”" if column.example else ""
        self.pick(
            f"What is the column “{printable(header)}”{example}?",
            choices,
            lambda use: self.change(lambda: self.choices.say_column(header, use)),
            present,
        )

    def action_dates(self) -> None:
        """How the dates of the column under the cursor are written."""
        column = self._column()
        if column is None:
            return
        if column.field in DATE_IMPORT_FIELDS:
            self.ask_dates(column.header)
        else:
            self.tell(f"The column “{column.header}” is no date; ⏎ says that it is one.", wrong=True)

    def ask_dates(self, header: str) -> None:
        """Ask for the order of a column's dates: one of those that an example could be read in."""
        from tui.screens.picking import Choice

        unknown = self.preview.unknown_orders if self.preview else ()
        asked = next((each for each in unknown if each.column == header), None)
        choices: list[Choice[Any]]
        if asked is not None:
            title = f"In the column “{printable(header)}”, which day is “{printable(asked.example)}”?"
            choices = [
                Choice(f"{long_day(day)} {day.year}", ORDER_NAMES[order], order)
                for order, day in asked.readings.items()
            ]
        else:
            title = f"How are the dates of “{printable(header)}” written?"
            choices = [Choice(words, "", order) for order, words in ORDER_NAMES.items()]
        if header in self.choices.options.date_orders:
            choices.append(Choice("as its dates show", "", None))

        def say(order: DateOrder | None) -> None:
            self.change(lambda: self.choices.say_dates(header, order))

        self.pick(title, choices, say, None)

    def pick(
        self,
        title: str,
        choices: Sequence[Choice[Any]],
        say: Callable[[Any], None],
        start: int | None,
    ) -> None:
        """Ask for one of `choices`, and say it unless it is left with Esc."""
        from tui.screens.import_picking import ImportPickScreen

        def picked(answer: tuple[Any] | None) -> None:
            if answer is not None:
                say(answer[0])

        self.app.push_screen(ImportPickScreen(title, choices, start), picked)


def _about(words: str, owner: str | None) -> str:
    return f"{words} · now “{printable(owner)}”" if owner else words
