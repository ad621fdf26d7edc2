"""What the founder has said about a file that is to be imported, change by change."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from store import SHARED_IMPORT_FIELDS, DateOrder, ImportOptions, fold

LEFT_OUT: Final = "-"
PROPERTY: Final = "property"
"""What a column can be said to be beside a field."""


class ImportChoices:
    """The options of an import; each change can be taken back, and made again."""

    def __init__(self, options: ImportOptions) -> None:
        self.options = options
        self._before: list[ImportOptions] = []
        self._after: list[ImportOptions] = []

    def say(self, **said: Any) -> None:
        """Change these of the options."""
        self.take(replace(self.options, **said))

    def take(self, changed: ImportOptions) -> None:
        """Say all of it anew."""
        if changed != self.options:
            self._before.append(self.options)
            self._after.clear()
            self.options = changed

    def undo(self) -> bool:
        """Take the last change back; whether there was one."""
        return self._swap(self._before, self._after)

    def redo(self) -> bool:
        """Make the change that was taken back last again; whether there was one."""
        return self._swap(self._after, self._before)

    def _swap(self, from_: list[ImportOptions], to: list[ImportOptions]) -> bool:
        if from_:
            to.append(self.options)
            self.options = from_.pop()
            return True
        return False

    def say_column(self, header: str, use: str | None) -> None:
        """A column is a field, `PROPERTY` or `LEFT_OUT`; `None`: what its header says. A field that another column was
        said to be goes over to this one."""
        kept = {
            name: word
            for name, word in self.options.columns.items()
            if name != header and (word != use or use in {*SHARED_IMPORT_FIELDS, PROPERTY, LEFT_OUT})
        }
        self.say(columns=kept if use is None else {**kept, header: use})

    def say_stage(self, value: str, stage: str | None) -> None:
        """A value of the file means a stage; `None`: what it says itself."""
        kept = {name: meant for name, meant in self.options.stages.items() if fold(name) != fold(value)}
        self.say(stages=kept if stage is None else {**kept, value: stage})

    def say_dates(self, header: str, order: DateOrder | None) -> None:
        """The dates of a column are written in this order; `None`: as the column shows."""
        kept = {name: said for name, said in self.options.date_orders.items() if name != header}
        self.say(date_orders=kept if order is None else {**kept, header: order})

    def say_pipeline(self, *, named: str | None = None, new: str | None = None) -> None:
        """All rows go to the pipeline `named`, or to a `new` one; without both, to those that the file names. What was
        said of stages was about those of the pipeline before."""
        self.say(pipeline=named, new_pipeline=new, stages={})
