"""Where the cursor goes: on the board, or in the panel while it has the focus."""

from __future__ import annotations

from tui.screens.acting import Acting
from tui.widgets.board import BoardWidget
from tui.widgets.stuck_panel import StuckPanel


class LookActions(Acting):
    """Looking around. For the screen that has the board and the panel."""

    board: BoardWidget
    panel: StuckPanel

    def show_sums(self) -> None:
        """Bring header, panel and forecast up to date."""
        raise NotImplementedError

    def action_back(self) -> None:
        """Esc."""
        raise NotImplementedError

    @property
    def _looked_at(self) -> BoardWidget | StuckPanel:
        return self.panel if self.panel.has_focus else self.board

    def action_cursor_left(self) -> None:
        """The stage to the left; from the panel back to the board."""
        if self.panel.has_focus:
            self.action_back()
        else:
            self.board.action_cursor_left()

    def action_cursor_right(self) -> None:
        """The stage to the right."""
        if not self.panel.has_focus:
            self.board.action_cursor_right()

    def action_cursor_up(self) -> None:
        """The deal above."""
        self._looked_at.action_cursor_up()

    def action_cursor_down(self) -> None:
        """The deal below."""
        self._looked_at.action_cursor_down()

    def action_page_up(self) -> None:
        """A page up."""
        self._looked_at.action_page_up()

    def action_page_down(self) -> None:
        """A page down."""
        self._looked_at.action_page_down()

    def action_cursor_first(self) -> None:
        """The first deal of the stage."""
        self._looked_at.action_first()

    def action_cursor_last(self) -> None:
        """The last deal of the stage."""
        self._looked_at.action_last()

    def action_select(self) -> None:
        """Select the deal, or not."""
        if not self.panel.has_focus:
            self.board.action_toggle_select()
            self.show_sums()
