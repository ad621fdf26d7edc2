"""Sums over deals (`domain.md`, "Column totals and the pipeline"), exact, in one currency.

Rates are those of `views.Board.rates`: currency → (numerator, denominator), minor units of that currency × rate =
minor units of the sum's currency. A deal in another currency is converted by itself, rounded half to even to a minor
unit, and only then weighted and added; so totals of parts always add up to the totals of the whole.
A currency without a rate is never added: it is counted, and its known amounts are a sum of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from store.views import Totals

if TYPE_CHECKING:
    from typing import Protocol

    class Priced(Protocol):
        """What the money rules need to know of a deal."""

        @property
        def amount(self) -> int | None:
            """Minor units of `currency`; `None` is unknown."""

        @property
        def currency(self) -> str:
            """ISO 4217 code."""

        @property
        def probability(self) -> int:
            """Whole percent."""


Rates = Mapping[str, tuple[int, int]]
"""Currency → (numerator, denominator) of its rate in minor units."""

NOTHING: Final = Totals()
"""The totals of no deals."""


def converted(amount: int, currency: str, into: str, rates: Rates) -> int | None:
    """`amount` in minor units of `into`, rounded half to even; `None` where `currency` has no rate."""
    if currency == into:
        return amount
    rate = rates.get(currency)
    return None if rate is None else _divided(amount * rate[0], rate[1])


def at_stake(deal: Priced, currency: str, rates: Rates) -> int | None:
    """Amount × probability in hundredths of a minor unit of `currency`.

    `None` where the amount is unknown, or in a currency without a rate: such deals cannot be compared by money.
    """
    amount = deal.amount
    if amount is not None and deal.currency != currency:
        amount = converted(amount, deal.currency, currency, rates)
    return None if amount is None else amount * deal.probability


def totals(deals: Iterable[Priced], currency: str, rates: Rates) -> Totals:
    """Count, known amounts, number of unknown amounts and weighted sum of `deals`, in `currency`."""
    count = amount = unknown = weighted = 0
    foreign: dict[str, int] = {}
    for deal in deals:
        count += 1
        own = deal.amount
        if own is None:
            unknown += 1
            continue
        if deal.currency != currency:
            found = converted(own, deal.currency, currency, rates)
            if found is None:
                foreign[deal.currency] = foreign.get(deal.currency, 0) + own
                continue
            own = found
        amount += own
        weighted += own * deal.probability
    return Totals(count, amount, unknown, weighted, tuple(sorted(foreign.items())))


def added(parts: Iterable[Totals]) -> Totals:
    """The totals of several disjoint sets of deals together, from the totals of each."""
    count = amount = unknown = weighted = 0
    foreign: dict[str, int] = {}
    for part in parts:
        count += part.count
        amount += part.amount
        unknown += part.unknown
        weighted += part.weighted
        for currency, own in part.foreign:
            foreign[currency] = foreign.get(currency, 0) + own
    return Totals(count, amount, unknown, weighted, tuple(sorted(foreign.items())))


def _divided(value: int, by: int) -> int:
    """`value` ÷ `by` (positive), rounded half to even."""
    whole, rest = divmod(value, by)
    return whole + (2 * rest > by or (2 * rest == by and whole % 2 == 1))
