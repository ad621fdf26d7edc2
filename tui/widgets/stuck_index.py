"""The morning's list of a board, kept up while deals change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from store.rules.stuck import stuck_list
from store.views import Deal, StuckList


class StuckIndex:
    """Holds the deals that need a decision, so that the list is made from them and not from the whole board."""

    def __init__(self, today: date, currency: str, rates: Mapping[str, tuple[int, int]]) -> None:
        self._today, self._currency, self._rates = today, currency, rates
        self._deals: dict[int, Deal] = {}
        self._list: StuckList | None = None

    def load(self, deals: Iterable[Deal]) -> None:
        """Begin anew with the deals of a board."""
        self._deals = {deal.id: deal for deal in deals if deal.stuck or deal.no_next_step}
        self._list = None

    def change(self, out: Iterable[Deal], into: Iterable[Deal]) -> None:
        """Forget the deals of `out` and take in those of `into`."""
        for deal in out:
            if self._deals.pop(deal.id, None) is not None:
                self._list = None
        for deal in into:
            if deal.stuck or deal.no_next_step:
                self._deals[deal.id] = deal
                self._list = None

    def list(self) -> StuckList:
        """The list of now; the same object until something in it changes."""
        if self._list is None:
            self._list = stuck_list(self._deals.values(), self._today, self._currency, self._rates)
        return self._list
