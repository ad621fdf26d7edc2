"""Remembered choices of the interface, and the user's own exchange rates.

A choice (the theme, say) is written to the journal aside of the history: undo passes it over, as nobody who presses
undo means the colours. A rate changes what deals are worth and is undone like any other change.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Final

from sqlmodel import col, select

from store.errors import InvalidInput
from store.journal import Entry, Journal
from store.models import RateRow, SettingRow
from store.money import currency_code
from store.views import Done

SMALLEST_RATE: Final = Decimal("1e-9")
LARGEST_RATE: Final = Decimal(10**9)


class Settings:
    """What can be done to settings and rates."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def set(self, key: str, value: str | None, now: datetime) -> Done:
        """Remember `value` under `key`, or with `None` forget it. Not a step that undo would take back."""
        with self._journal.changing(now) as change:
            session = change.session
            row = session.exec(select(SettingRow).where(col(SettingRow.key) == key)).first()
            if (row.value if row else None) == value:
                return change.done()
            change.record(f"remember {key}" if value is not None else f"forget {key}", Entry.ASIDE)
            if value is None:
                session.delete(row)
            elif row is None:
                session.add(SettingRow(key=key, value=value))
            else:
                row.value = value
            return change.done()

    def set_rate(self, currency: str, base: str, rate: Decimal | None, now: datetime) -> Done:
        """Say what one unit of `currency` is worth in `base`, or with `None` that it is not known.

        Raises `InvalidInput` unless the rate is a number from 0.000000001 to 1,000,000,000 and the currencies are two.
        """
        currency, base = currency_code(currency), currency_code(base)
        if currency == base:
            raise InvalidInput(f"{currency} is always worth one {base}; name two currencies.", "currency")
        if rate is not None and not (rate.is_finite() and SMALLEST_RATE <= rate <= LARGEST_RATE):
            raise InvalidInput(
                f"The rate {rate} is not a number from {SMALLEST_RATE:f} to {LARGEST_RATE:,f}.", "rate"
            )
        text = None if rate is None else f"{rate.normalize():f}"
        with self._journal.changing(now) as change:
            session = change.session
            pair = select(RateRow).where(col(RateRow.currency) == currency, col(RateRow.base) == base)
            row = session.exec(pair).first()
            if (row.rate if row else None) == text:
                return change.done()
            change.record(
                f"set 1 {currency} to {text} {base}" if text else f"remove the rate {currency} to {base}"
            )
            if text is None:
                session.delete(row)
            elif row is None:
                session.add(RateRow(currency=currency, base=base, rate=text))
            else:
                row.rate = text
            return change.done()
