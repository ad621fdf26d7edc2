"""Filters and orders that go by a name."""

from __future__ import annotations

from dataclasses import dataclass

from store.views.kinds import Sort


@dataclass(frozen=True, slots=True)
class SavedView:
    """A filter as it was typed (`store.rules.filters`) and the order of the cards.

    The filter is read anew each time, so `close<=eom` is this month's end whenever it is used.
    """

    id: int
    name: str
    filter: str
    sort: Sort = Sort.ORDER
