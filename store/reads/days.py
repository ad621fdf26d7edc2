"""Days and months of the local calendar as the stored instants at which they begin, for comparing in SQL."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from store.instants import instant_text


def midnight(day: date) -> str:
    """The stored instant at which `day` begins in the local zone: the first one whose `local_day` it is."""
    start = datetime.combine(day, time())
    instant = start.astimezone(UTC)
    if instant.astimezone().replace(tzinfo=None) != start:
        instant = _first_after_gap(start, day)
    return instant_text(instant)


def _first_after_gap(start: datetime, day: date) -> datetime:
    """The first instant of `day` where clocks jump over its midnight, as in Cairo or Santiago each spring."""
    # With the offset of before the jump midnight comes after it, with the other one before it.
    before, after = sorted(start.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    while (width := (after - before) // timedelta(seconds=1)) > 1:
        middle = before + timedelta(seconds=width // 2)
        if middle.astimezone().date() < day:
            before = middle
        else:
            after = middle
    return after


def instants_of_months(first: str, last: str) -> tuple[str, str]:
    """The stored instants between which the months from `first` to `last` lie: from the one, and before the other."""
    # Loaded here: it knows how months are typed, and who asks for a single day does not wait for that.
    from store.months import add_months, month_range

    return midnight(month_range(first)[0]), midnight(month_range(add_months(last, 1))[0])
