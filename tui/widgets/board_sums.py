"""Sums over deals that are changed by the difference, so that a move costs the same at any number of deals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from store import Deal, Rates, Totals, added, totals


@dataclass(frozen=True, slots=True)
class Sums:
    """Adds up deals in one currency with the user's rates, as `store.totals` does."""

    currency: str
    rates: Rates

    def sum(self, deals: Iterable[Deal]) -> Totals:
        """The totals of `deals`."""
        return totals(deals, self.currency, self.rates)

    def changed(
        self, before: Totals, out: Sequence[Deal], into: Sequence[Deal], now: Iterable[Deal]
    ) -> Totals:
        """`before` without the deals of `out` and with those of `into`: the totals of `now`.

        Where a deal without a rate leaves, all are added up again: a sum of nothing is no longer named at all.
        """
        less, more = self.sum(out), self.sum(into)
        if less.foreign:
            return self.sum(now)
        kept = Totals(
            before.count - less.count,
            before.amount - less.amount,
            before.unknown - less.unknown,
            before.weighted - less.weighted,
            before.foreign,
        )
        return added((kept, more))
