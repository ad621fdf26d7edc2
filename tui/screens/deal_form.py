"""Every field of a deal, understood while it is typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from textual.widgets import Input

from store import DateOrder, DealPage, DealPatch, InvalidInput
from tui.messages import BoardChanged
from tui.screens.deal_fields import deal_fields, of_its_stage
from tui.screens.form import FormScreen


@dataclass(frozen=True, slots=True)
class Edited:
    """How the form was left: with the changes to save, or with `None`; and with what was `typed`, by field, to be
    offered again until it is saved."""

    patch: DealPatch | None
    typed: Mapping[str, str]


class DealFormScreen(FormScreen[Edited]):
    """Edits a deal; returns what was changed and nothing else, so that an edit never writes back what it only
    showed."""

    def __init__(
        self, page: DealPage, today: date, order: DateOrder, typed: Mapping[str, str] | None = None
    ) -> None:
        fields = deal_fields(page, today, order).values()
        super().__init__(f"Edit {page.deal.name}", fields, page.notes, typed)
        self._deal_id = page.deal.id

    def on_board_changed(self, event: BoardChanged) -> None:
        """Another program may have moved the deal: what it has without a probability of its own is another then."""
        deals = (deal for column in event.board.columns for deal in column.deals)
        deal = next((deal for deal in deals if deal.id == self._deal_id), None)
        for line in self.query("#probability").results(Input):
            if deal is not None:
                line.placeholder = of_its_stage(deal, event.board.pipeline)

    def saved(self, changed: Mapping[str, Any]) -> Edited:
        """The changes."""
        return Edited(DealPatch(**changed), self.typed())

    def left(self, typed: Mapping[str, str]) -> Edited:
        """What was typed."""
        return Edited(None, typed)

    def field_of(self, error: InvalidInput) -> str:
        """The field of an error's word."""
        return _FIELD_OF_WORD.get(error.field, "notes")


_FIELD_OF_WORD: Final = {
    "deal name": "name",
    "tag": "tags",
    "property name": "properties",
    "property": "properties",
} | {word: word for word in ("amount", "company", "source", "probability", "notes")}
