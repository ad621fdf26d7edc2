"""Going to the other screens. Each is read first, so that it opens with what it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.screens.acting import Acting

if TYPE_CHECKING:
    from store import Agenda, DealPage


class VisitActions(Acting):
    """Opening a screen over the one that is there; what that one is left with is told."""

    def action_today(self) -> None:
        """What is due today, over all deals."""
        from tui.screens.today import TodayScreen

        today = self.context.today

        def show(agenda: Agenda) -> None:
            self.app.push_screen(TodayScreen(self.context, agenda))

        self.context.gateway.read(lambda store: store.read.agenda(today), show)

    def open_deal(self, deal_id: int) -> None:
        """Everything about one deal. One that has gone meanwhile is told."""
        from tui.screens.deal import DealScreen

        today = self.context.today

        def left(words: str | None) -> None:
            if words:
                self.tell(words, wrong=True)

        def show(page: DealPage) -> None:
            self.app.push_screen(DealScreen(self.context, page), left)

        self.context.gateway.read(lambda store: store.read.deal_page(deal_id, today), show)
