"""Days and months of the local calendar as the stored instants at which they begin, for comparing in SQL."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from store.instants import instant_text
from store.months import add_months, month_range


def midnight(day: date) -> str:
    """The stored instant at which `day` begins in the local zone."""
    return instant_text(datetime.combine(day, time()).astimezone(UTC))


def instants_of_months(first: str, last: str) -> tuple[str, str]:
    """The stored instants between which the months from `first` to `last` lie: from the one, and before the other."""
    return midnight(month_range(first)[0]), midnight(month_range(add_months(last, 1))[0])
