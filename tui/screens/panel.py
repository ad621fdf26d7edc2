"""The stuck panel beside the board, or in its place on a narrow terminal: going to it, back from it, hiding it."""

from __future__ import annotations

from tui.keys import in_panel as panel_keys
from tui.screens.finding import FindActions
from tui.screens.looking import LookActions
from tui.widgets.header import PipelineHeader
from tui.widgets.key_hints import first_key
from tui.widgets.stuck_panel import StuckPanel


class PanelActions(FindActions, LookActions):
    """What changes while the panel has the keys. For the screen that has the board and the panel."""

    header: PipelineHeader

    def watch_panel(self) -> None:
        """Follow whether the panel has the keys, and let it say the one that the review begins with."""
        review = next(key for key in self.context.board_keys if key.id == "review")
        self.panel.review_key = first_key(review)
        self.watch(self.panel, "has_focus", self._show_keys, init=False)

    def _show_keys(self, in_panel: bool) -> None:
        """The hints say what the keys do where they go to."""
        keys = self.context.board_keys
        self.hints.show(panel_keys(keys) if in_panel else keys)

    def on_stuck_panel_deal_picked(self, event: StuckPanel.DealPicked) -> None:
        """Go to the deal on the board."""
        if not self.board.focus_deal(event.deal_id):
            self.clear_filter()
            self.board.focus_deal(event.deal_id)
        self.to_board()

    def action_panel(self) -> None:
        """To the stuck panel; from it, hide it and go back. An empty one is only shown or hidden."""
        if self.panel.count or self.panel.has_focus:
            self._show_panel(not self.panel.has_focus)
            return
        if self.has_class("-wide"):
            self.toggle_class("-panel-hidden")
            self.call_after_refresh(self.show_badge)
        self.tell("nothing is stuck")

    def _show_panel(self, shown: bool) -> None:
        self.set_class(not shown, "-panel-hidden")
        if not shown:
            self.to_board()
            return
        self.add_class("-panel-shown")
        self.set_focus(self.panel)
        self.call_after_refresh(self.show_badge)

    def show_badge(self) -> None:
        """The header counts the stuck ones while the panel is out of view."""
        self.header.badge = not self.panel.display

    def to_board(self) -> None:
        """Give the keys to the board; on a narrow terminal the panel makes room for it."""
        self._make_room()
        self.set_focus(self.board)

    def _make_room(self) -> None:
        self.remove_class("-panel-shown")
        self.call_after_refresh(self.show_badge)

    def action_filter(self) -> None:
        """Filter as one types, with the board in view."""
        self._make_room()
        super().action_filter()

    def action_back(self) -> None:
        """Esc: leave the panel, else what `FindActions` does."""
        self.board.let_go()
        if self.panel.has_focus:
            self.to_board()
        else:
            super().action_back()

    def _reorder(self, by: int) -> None:
        """In the panel there is no order to change."""
        if not self.panel.has_focus:
            super()._reorder(by)
