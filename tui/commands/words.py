"""Deals and sums in words, for plain text: what `tui.format` does not say, because screens show it with colour."""

from __future__ import annotations

from datetime import date

from store import Deal, MorningDeal, Outcome, Totals, describe_date, format_amount, short_date
from tui import format as formats


def at_stake(deal: Deal | MorningDeal) -> str:
    """Amount × probability in the deal's own currency."""
    return formats.NO_AMOUNT if deal.weighted is None else formats.expected(deal.weighted, deal.currency)


def reasons(deal: Deal) -> str:
    """All reasons why a deal is stuck, the headline first."""
    return "; ".join(formats.reason(why) for why in deal.stuck)


def day(value: date | None, today: date) -> str:
    """A day as short as it can be said, or nothing."""
    return "" if value is None else short_date(value, today)


def day_in_full(value: date | None, today: date) -> str:
    """A day and how far it is, or nothing."""
    return "" if value is None else describe_date(value, today)


def known(totals: Totals, currency: str) -> str:
    """A sum with what is not in it: "$72,500 + €3,000 + 1 unknown"."""
    parts = [format_amount(totals.amount, currency), *formats.foreign(totals)]
    if totals.unknown:
        parts.append(f"{totals.unknown:,} unknown")
    return " + ".join(parts)


def sums(totals: Totals, currency: str, outcome: Outcome = Outcome.OPEN) -> str:
    """A sum in one line: "3 · $72,500 + 1 unknown · ≈ $36,250"; the weighted part only of open deals."""
    parts = [f"{totals.count:,}", known(totals, currency)]
    if outcome is Outcome.OPEN:
        parts.append(formats.weighted(totals.weighted, currency))
    return " · ".join(parts)
