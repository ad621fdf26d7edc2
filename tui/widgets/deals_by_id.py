"""The deals of a board by their ids: one sorted list, which takes a third of the memory of a dictionary."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from operator import attrgetter
from typing import Final

from store import Deal

_ID: Final = attrgetter("id")


class DealsById:
    """Finds, takes in and forgets deals by id; a search each, however many there are."""

    __slots__ = ("_deals",)

    def __init__(self, deals: Iterable[Deal] = ()) -> None:
        self._deals = sorted(deals, key=_ID)

    def __len__(self) -> int:
        return len(self._deals)

    def __contains__(self, deal_id: int) -> bool:
        return self.get(deal_id) is not None

    def get(self, deal_id: int) -> Deal | None:
        """The deal with that id, if it is here."""
        place = self._place(deal_id)
        found = self._deals[place] if place < len(self._deals) else None
        return found if found is not None and found.id == deal_id else None

    def put(self, deal: Deal) -> None:
        """Take in a deal, in place of the one with its id."""
        place = self._place(deal.id)
        self._deals[place : place + (deal.id in self)] = [deal]

    def drop(self, deal_id: int) -> None:
        """Forget the deal with that id, if it is here."""
        place = self._place(deal_id)
        del self._deals[place : place + (deal_id in self)]

    def _place(self, deal_id: int) -> int:
        return bisect_left(self._deals, deal_id, key=_ID)
