"""One of many things that a column, a value or a date may be, with a word about each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tui.screens.picking import Choice, PickScreen

HEIGHTS: Final = [(0, "-short"), (20, "-tall")]
"""Below the second one everything of an import does with less room."""


class ImportPickScreen(PickScreen[tuple[Any]]):
    """Asks for one of `choices`, whose value it gives as the only one of a tuple: `None` is an answer here.

    On a short terminal the list gives way to its title and keys.
    """

    DEFAULT_CSS = """
    ImportPickScreen {
        OptionList { text-wrap: nowrap; text-overflow: ellipsis; }
        &.-short OptionList { max-height: 10; }
        &.-short.-asked-why OptionList { max-height: 7; }
    }
    """

    VERTICAL_BREAKPOINTS = HEIGHTS

    def __init__(
        self, title: str, choices: Sequence[Choice[Any]], start: int | None, problem: str = ""
    ) -> None:
        super().__init__(title, [Choice(each.name, each.about, (each.value,)) for each in choices], start)
        self._problem = problem
        self.set_class(bool(problem), "-asked-why")

    def content(self) -> tuple[Widget, ...]:
        """Why it is asked, before the line and the list."""
        why = (Static(Content(f"! {self._problem}"), classes="echo -wrong"),) if self._problem else ()
        return (*why, *super().content())
