"""Filtering as one types, sorting, and putting a deal elsewhere within its stage."""

from __future__ import annotations

from typing import ClassVar

from textual.widgets import Input

from store import Sort
from tui.format import stage_word
from tui.screens.acting import Acting
from tui.widgets.board import BoardWidget
from tui.widgets.board_state import BoardState
from tui.widgets.filter_line import FilterLine
from tui.widgets.key_hints import KeyHints


class FindActions(Acting):
    """What is shown, and in which order. For the screen that holds the board's state."""

    state: BoardState
    board: BoardWidget
    filter_line: FilterLine
    hints: KeyHints
    property_names: set[str]
    """The custom properties of the deals on the board, which a filter may name."""

    filter_problems: tuple[str, ...] = ()
    """What of the filter is not understood."""

    ORDERS: ClassVar[tuple[Sort, ...]] = tuple(Sort)

    def show_sums(self) -> None:
        """Bring header, panel and forecast up to date."""
        raise NotImplementedError

    def to_board(self) -> None:
        """Give the keys to the board, and bring it into view if the panel has its place."""
        raise NotImplementedError

    def action_filter(self) -> None:
        """Open the filter line, with what it held."""
        self.learn_properties()
        stage = stage_word([stage.name for stage in self.context.pipeline.stages])
        self.filter_line.placeholder = f"stage:{stage} amount>10k tag:eu stuck close<eom -tag:old"
        self.filter_line.add_class("-open")
        self.set_focus(self.filter_line)  # now: what is typed next may be on its way already

    def learn_properties(self) -> None:
        """Know which custom properties a filter may name."""
        deals = (deal for column in self.state.columns for deal in column.deals)
        self.property_names = {name for deal in deals for name in deal.properties}

    def watch_filter(self) -> None:
        """Follow the filter line. A watcher runs within the key that is typed, so letter and cards are one frame."""
        self.watch(self.filter_line, "value", self._apply, init=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter keeps the filter and gives the keys back to the board."""
        event.stop()
        if not event.value.strip():
            self.filter_line.remove_class("-open")
        self.to_board()

    def action_back(self) -> None:
        """Esc: out of the filter line and clear it, else clear the selection, else the filter."""
        if self.filter_line.has_focus or not self.state.clear_selected():
            self.clear_filter()
        self.to_board()
        self.board.refresh_board()
        self.show_sums()

    def clear_filter(self) -> None:
        """Show all deals again."""
        self.filter_line.remove_class("-open")
        self.filter_line.value = ""

    def _apply(self, text: str) -> None:
        if text.strip() == self.state.filter_text.strip():
            return
        from store import parse_filter

        context = self.context
        wanted = parse_filter(
            text,
            context.today,
            context.pipeline.currency,
            context.settings.date_order,
            tuple(self.property_names),
            [stage.name for stage in context.pipeline.stages],
        )
        self.filter_problems = wanted.problems
        self.state.set_filter(wanted.matches if text.strip() else None, text.strip())
        self.board.refresh_board()
        self.show_sums()
        if said := (*wanted.problems, *wanted.notes):
            self.tell(said[0], wrong=True)
        else:
            self.hints.untell()

    def action_sort(self) -> None:
        """The next way to sort."""
        orders = self.ORDERS
        sort = orders[(orders.index(self.state.sort) + 1) % len(orders)]
        self.state.set_sort(sort)
        self.board.refresh_board()
        self.show_sums()
        self.context.gateway.remember("sort", sort.value)
        self.tell("in your own order" if sort is Sort.ORDER else f"sorted by {sort.value}")

    def action_reorder_up(self) -> None:
        """Before the card above."""
        self._reorder(-1)

    def action_reorder_down(self) -> None:
        """After the card below."""
        self._reorder(1)

    def _reorder(self, by: int) -> None:
        if self.state.sort is not Sort.ORDER:
            self.tell(
                f"Cards are sorted by {self.state.sort.value}; o goes back to your own order.", wrong=True
            )
            return
        place = self.state.reorder(by)
        if place is not None:
            self.context.gateway.write(
                lambda store, now: store.deals.reorder(place.deal_id, place.before_id, now)
            )
