"""Saying what a file does not: what a column is, which stage a value means, how dates are written, where rows go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from store import (
    DATE_IMPORT_FIELDS,
    IMPORT_FIELDS,
    ORDER_NAMES,
    DateOrder,
    InvalidInput,
    Outcome,
    currency_code,
    fold,
    long_day,
    name_of,
    printable,
)
from tui.import_choices import LEFT_OUT, PROPERTY
from tui.importing import FIELD_WORDS, use_of
from tui.screens.listing import ReadAnew
from tui.screens.understood import Understood
from tui.widgets.import_rows import ColumnSpot, Go, Said, StageSpot, WrongSpot
from tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from store import ColumnPlan, ImportPreview, MeantStage, Pipeline
    from tui.import_choices import ImportChoices
    from tui.screens.picking import Choice

_AS_SAID: Final = "as the file says"
_ANOTHER: Final = ""
"""What stands for a name that is yet to be typed: no stage and no pipeline is called so."""


class ImportChanges(ReadAnew):
    """For the screen that holds the `preview` of a file and the `choices` that it is made with."""

    path: Path
    preview: ImportPreview | None
    choices: ImportChoices

    def action_apply(self) -> None:
        """Import."""
        raise NotImplementedError

    def on_row_list_picked(self, event: RowList.Picked) -> None:
        """Change what the line is about; the first one imports."""
        match event.key:
            case Go():
                self.action_apply()
            case ColumnSpot(header) | WrongSpot(_, header):
                self._ask_column(header)
            case StageSpot(value, pipeline):
                self._ask_stage(value, pipeline)
            case Said.PIPELINE:
                self.action_pipeline()
            case Said.CURRENCY:
                self.action_currency()
            case Said.UPDATE:
                self.action_update()

    def _change(self, change: Callable[[], object]) -> None:
        """Say something else, and see what comes of it."""
        before = self.choices.options
        change()
        if self.choices.options != before:
            self.read_anew("")

    # Columns

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
            self._change(lambda: self.choices.say_column(column.header, None if left_out else LEFT_OUT))

    def _ask_column(self, header: str) -> None:
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
        self._pick(
            f"What is the column “{printable(header)}”{example}?",
            choices,
            lambda use: self._change(lambda: self.choices.say_column(header, use)),
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
            self._change(lambda: self.choices.say_dates(header, order))

        self._pick(title, choices, say, None)

    # Stages

    def _ask_stage(self, value: str, pipeline: str) -> None:
        meant = self._meant(value, pipeline)
        if meant is None:
            return
        from tui.screens.picking import Choice

        stages = meant.pipeline.stages
        choices: list[Choice[Any]] = [
            Choice(
                printable(stage.name),
                f"{stage.probability} %" if stage.outcome is Outcome.OPEN else str(stage.outcome),
                stage.name,
            )
            for stage in stages
        ]
        if meant.pipeline.is_new:
            choices.append(Choice("another name…", "", _ANOTHER))
        if any(fold(said) == fold(value) for said in self.choices.options.stages):
            choices.append(Choice("as its name says", "", None))
        present = next((n for n, stage in enumerate(stages) if stage is meant.stage), None)

        def say(stage: str | None) -> None:
            if stage == _ANOTHER:
                self._ask_new_stage(value)
            else:
                self._change(lambda: self.choices.say_stage(value, stage))

        self._pick(f"Which stage of {printable(pipeline)} is “{printable(value)}”?", choices, say, present)

    def _meant(self, value: str, pipeline: str) -> MeantStage | None:
        stages = self.preview.stages if self.preview else ()
        return next((each for each in stages if (each.value, each.pipeline.name) == (value, pipeline)), None)

    def _ask_new_stage(self, value: str) -> None:
        def understand(text: str) -> Understood[str]:
            return Understood(name_of(text, "stage name"), "")

        def say(name: str) -> None:
            self._change(lambda: self.choices.say_stage(value, name))

        self.ask(f"What is the stage “{printable(value)}” to be called?", understand, say, value=value)

    # The whole file

    def action_update(self) -> None:
        """Update the deals that are there already, or skip them."""
        self._change(lambda: self.choices.say(update=not self.choices.options.update))

    def action_currency(self) -> None:
        """The currency of amounts that name none."""

        def understand(text: str) -> Understood[str | None]:
            if not text.strip():
                return Understood(None, _AS_SAID)
            code = currency_code(text)
            return Understood(code, f"{code}, unless an amount names another")

        def say(code: str | None) -> None:
            self._change(lambda: self.choices.say(currency=code))

        value = self.choices.options.currency or ""
        self.ask(
            "Which currency have amounts that name none?",
            understand,
            say,
            value=value,
            placeholder="EUR",
            hint=f"empty: {_AS_SAID}, else the pipeline's",
        )

    def action_pipeline(self) -> None:
        """Where the rows go."""
        self.context.gateway.read(lambda store: store.read.pipelines(), self._ask_pipeline)

    def _ask_pipeline(self, pipelines: tuple[Pipeline, ...]) -> None:
        from tui.screens.picking import Choice

        said = self.choices.options
        column = next(
            (
                each.header
                for each in (self.preview.columns if self.preview else ())
                if each.field == "pipeline"
            ),
            None,
        )
        choices: list[Choice[Any]] = [
            Choice(printable(each.name), f"{len(each.stages)} stages · {each.currency}", each.name)
            for each in pipelines
        ]
        choices.append(Choice("a new one…", "with the stages of the file", _ANOTHER))
        if column is not None:
            choices.append(Choice(_AS_SAID, f"in the column “{printable(column)}”", None))
        present = said.pipeline or (said.usual_pipeline if column is None else None)
        here = next((n for n, each in enumerate(choices) if each.value == present), 0)

        def say(name: str | None) -> None:
            if name == _ANOTHER:
                self._ask_new_pipeline(pipelines)
            else:
                self._change(lambda: self.choices.say_pipeline(named=name))

        self._pick("Into which pipeline?", choices, say, here)

    def _ask_new_pipeline(self, pipelines: tuple[Pipeline, ...]) -> None:
        taken = {fold(each.name): each.name for each in pipelines}

        def understand(text: str) -> Understood[str]:
            name = name_of(text, "pipeline name")
            if fold(name) in taken:
                raise InvalidInput(f"There is a pipeline {taken[fold(name)]} already; type another name.")
            return Understood(name, "")

        def say(name: str) -> None:
            self._change(lambda: self.choices.say_pipeline(new=name))

        value = self.choices.options.new_pipeline or printable(self.path.stem)
        self.ask("What is the new pipeline called?", understand, say, value=value)

    # Back and forth

    def action_undo(self) -> None:
        """Take the last change back."""
        self._step(self.choices.undo, "taken back · U says it again", "There is nothing to take back.")

    def action_redo(self) -> None:
        """Make it again."""
        self._step(self.choices.redo, "said again", "There is nothing to say again.")

    def _step(self, step: Callable[[], bool], told: str, nothing: str) -> None:
        if step():
            self.read_anew(told)
        else:
            self.tell(nothing, wrong=True)

    def _pick(
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
