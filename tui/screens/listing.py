"""Where the cursor goes on a screen that is a list of rows."""

from __future__ import annotations

from tui.screens.acting import Acting
from tui.widgets.row_list import RowList


class ListActions(Acting):
    """Looking around in `rows`. For a screen that has a `RowList` (`rows = query_one(RowList)`)."""

    rows: RowList

    @property
    def looked_at(self) -> RowList:
        """The list that the keys are for."""
        return self.rows

    def action_cursor_up(self) -> None:
        """The line above."""
        self.looked_at.action_cursor_up()

    def action_cursor_down(self) -> None:
        """The line below."""
        self.looked_at.action_cursor_down()

    def action_page_up(self) -> None:
        """A page up."""
        self.looked_at.action_page_up()

    def action_page_down(self) -> None:
        """A page down."""
        self.looked_at.action_page_down()

    def action_cursor_first(self) -> None:
        """The first line."""
        self.looked_at.action_first()

    def action_cursor_last(self) -> None:
        """The last line."""
        self.looked_at.action_last()

    def action_pick(self) -> None:
        """Ask for what the cursor is on."""
        self.looked_at.action_pick()
