"""Sums over deals, and the deals that need a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from store.views.deal import Deal


class Totals(NamedTuple):
    """A sum over deals in one currency. `foreign` are the sums in currencies that have no rate, never added in."""

    count: int = 0  # type: ignore[assignment]  # the method of that name that tuples have is not for sums
    amount: int = 0
    unknown: int = 0
    weighted: int = 0
    foreign: tuple[tuple[str, int], ...] = ()


class StuckList(NamedTuple):
    """The morning's list: stuck deals by money at stake, then those with no next step."""

    today: date
    stuck: tuple[Deal, ...]
    no_next_step: tuple[Deal, ...]
    at_stake: Totals
    """`weighted` is the money at stake of the stuck ones."""
