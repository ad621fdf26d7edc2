"""In which order the cards of a column stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, Final

from store.money import digits
from store.rules.naming import fold
from store.views import Deal, Sort

_DIGITS: Final = re.compile(r"(\d+)")
_FINEST_OF: Final = (10_000, 1_000, 100, 10, 1)
"""Ten-thousandths in a minor unit of a currency with so many decimals; none has more than four."""


def sort_deals(deals: Iterable[Deal], sort: Sort = Sort.ORDER) -> list[Deal]:
    """`deals` in the order `sort` asks for; what is equal stays in the order it came in.

    `ORDER` is the founder's own (position, then id), `AMOUNT` the highest first, `CLOSE_DATE` the earliest first,
    `IDLE` the longest idle first, `NAME` alphabetical, with numbers by their value ("Phase 2" before "Phase 10").
    Deals with an unknown amount or no close date come last. Amounts are compared by their figure, whatever their
    currency: an order needs no rates.
    """
    return sorted(deals, key=_KEYS[sort])


def natural_key(name: str) -> tuple[tuple[int, int, str], ...]:
    """A key that sorts names as people do: case and accents do not count, numbers count by their value."""
    return tuple(
        (0, int(part), "") if part.isdecimal() and len(part) <= 18 else (1, 0, part)
        for part in _DIGITS.split(fold(name))
        if part
    )


def comparable_amount(minor: int, currency: str) -> int:
    """An amount's figure as a whole number that is comparable across currencies with different decimals."""
    return minor * _FINEST_OF[digits(currency)]


def _by_amount(deal: Deal) -> tuple[bool, int]:
    if deal.amount is None:
        return (True, 0)
    return (False, -comparable_amount(deal.amount, deal.currency))


def _by_close_date(deal: Deal) -> tuple[bool, int]:
    return (deal.close_date is None, deal.close_date.toordinal() if deal.close_date else 0)


_KEYS: Final[dict[Sort, Callable[[Deal], Any]]] = {
    Sort.ORDER: lambda deal: (deal.position, deal.id),
    Sort.AMOUNT: _by_amount,
    Sort.CLOSE_DATE: _by_close_date,
    Sort.IDLE: lambda deal: deal.idle_since,
    Sort.NAME: lambda deal: natural_key(deal.name),
}
