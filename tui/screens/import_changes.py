"""Saying what a file does not: which stage a value means, where the rows go, what its text is in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from store import (
    InvalidInput,
    Outcome,
    currency_code,
    fold,
    name_of,
    possible_encodings,
    printable,
)
from tui.importing import file_bytes
from tui.screens.import_columns import ImportColumns
from tui.screens.understood import Understood
from tui.widgets.import_spots import ColumnSpot, Go, Said, StageSpot, WrongSpot
from tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from store import MeantStage, Pipeline, Reading, Store
    from tui.screens.picking import Choice

_AS_SAID: Final = "as the file says"
_ANOTHER: Final = ""
"""What stands for a name that is yet to be typed: no stage and no pipeline is called so."""


class ImportChanges(ImportColumns):
    """For the screen that holds the `preview` of a file and the `choices` that it is made with."""

    path: Path
    encoding: str | None
    """What the file's text is in, as the founder said; `None`: as its bytes show."""

    def change_encoding(self, encoding: str | None) -> None:
        """Read the file anew in an encoding; `None`: in the one that its bytes show."""
        raise NotImplementedError

    def keep_encoding(self, problem: str) -> None:
        """The encoding stays as it is, if the file could be read in it without the `problem`."""
        raise NotImplementedError

    def action_apply(self) -> None:
        """Import."""
        raise NotImplementedError

    def on_row_list_picked(self, event: RowList.Picked) -> None:
        """Change what the line is about; the first one imports."""
        match event.key:
            case Go():
                self.action_apply()
            case ColumnSpot(header) | WrongSpot(_, header):
                self.ask_column(header)
            case StageSpot(value, pipeline):
                self._ask_stage(value, pipeline)
            case Said.PIPELINE:
                self.action_pipeline()
            case Said.CURRENCY:
                self.action_currency()
            case Said.UPDATE:
                self.action_update()
            case Said.ENCODING:
                self.ask_encoding()

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
                self.change(lambda: self.choices.say_stage(value, stage))

        self.pick(f"Which stage of {printable(pipeline)} is “{printable(value)}”?", choices, say, present)

    def _meant(self, value: str, pipeline: str) -> MeantStage | None:
        stages = self.preview.stages if self.preview else ()
        return next((each for each in stages if (each.value, each.pipeline.name) == (value, pipeline)), None)

    def _ask_new_stage(self, value: str) -> None:
        def understand(text: str) -> Understood[str]:
            return Understood(name_of(text, "stage name"), "")

        def say(name: str) -> None:
            self.change(lambda: self.choices.say_stage(value, name))

        self.ask(f"What is the stage “{printable(value)}” to be called?", understand, say, value=value)

    # The whole file

    def action_update(self) -> None:
        """Update the deals that are there already, or skip them."""
        self.change(lambda: self.choices.say(update=not self.choices.options.update))

    def action_currency(self) -> None:
        """The currency of amounts that name none."""

        def understand(text: str) -> Understood[str | None]:
            if not text.strip():
                return Understood(None, _AS_SAID)
            code = currency_code(text)
            return Understood(code, f"{code}, unless an amount names another")

        def say(code: str | None) -> None:
            self.change(lambda: self.choices.say(currency=code))

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
                self.change(lambda: self.choices.say_pipeline(named=name))

        self.pick("Into which pipeline?", choices, say, here)

    def _ask_new_pipeline(self, pipelines: tuple[Pipeline, ...]) -> None:
        taken = {fold(each.name): each.name for each in pipelines}

        def understand(text: str) -> Understood[str]:
            name = name_of(text, "pipeline name")
            if fold(name) in taken:
                raise InvalidInput(f"There is a pipeline {taken[fold(name)]} already; type another name.")
            return Understood(name, "")

        def say(name: str) -> None:
            self.change(lambda: self.choices.say_pipeline(new=name))

        value = self.choices.options.new_pipeline or printable(self.path.stem)
        self.ask("What is the new pipeline called?", understand, say, value=value)

    def ask_encoding(self, problem: str = "") -> None:
        """Ask what the text of the file is in, each encoding with how it would read; `problem` says why it is asked."""
        path = self.path

        def look(store: Store) -> tuple[Reading, ...]:
            del store
            return possible_encodings(file_bytes(path))

        def ask(found: tuple[Reading, ...]) -> None:
            from tui.screens.import_picking import ImportPickScreen
            from tui.screens.picking import Choice

            choices: list[Choice[Any]] = [
                Choice(f"{each.languages} ({each.encoding})", each.sample, each.encoding) for each in found
            ]
            if self.encoding is not None or not problem:
                choices.append(Choice("as its bytes show", "", None))
            present = next((n for n, each in enumerate(choices) if each.value == self.encoding), None)
            title = f"Which letters are those of {printable(path.name)}?"

            def picked(answer: tuple[str | None] | None) -> None:
                if answer is None:
                    self.keep_encoding(problem)
                else:
                    self.change_encoding(answer[0])

            self.app.push_screen(ImportPickScreen(title, choices, present, problem), picked)

        self.context.gateway.read(look, ask)

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
