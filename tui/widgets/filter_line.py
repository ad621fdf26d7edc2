"""The line in which a filter is typed."""

from __future__ import annotations

from textual.geometry import Size
from textual.reactive import Reactive, reactive
from textual.widgets import Input


class FilterLine(Input):
    """An input line of one fixed size: what is typed in it never moves anything else, so a letter lays out nothing."""

    value: Reactive[str] = reactive("", layout=False, init=False)
    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False)
