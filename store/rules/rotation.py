"""Which backups may go: what is kept is dense at first and thins out.

Of the daily ones those of the newest `DAYS` days are kept, and of the weeks before them the newest of each of `WEEKS`
weeks. Of those made before an import, a migration, a restore or a repair the newest `OF_EACH` are kept, and of those
before a restore all that are not older than `LOOKING`: who looks for the right backup goes from one to the next, and
the first of them holds what was there before. Those that were asked for stay. Weeks are ISO weeks.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from store.views import BackupKind

DAYS: Final = 7
WEEKS: Final = 4
OF_EACH: Final = 5
LOOKING: Final = timedelta(days=7)

_ROTATED: Final = (BackupKind.IMPORT, BackupKind.MIGRATION, BackupKind.RESTORE, BackupKind.REPAIR)


def superfluous(made: Sequence[tuple[date, BackupKind]], today: date) -> frozenset[int]:
    """The places in `made` of the backups that may go; `made` is the day and the kind of each, the newest first."""
    places: dict[BackupKind, list[int]] = {}
    for place, (_, kind) in enumerate(made):
        places.setdefault(kind, []).append(place)
    gone = {
        place
        for kind in _ROTATED
        for place in places.get(kind, ())[OF_EACH:]
        if kind is not BackupKind.RESTORE or today - made[place][0] > LOOKING
    }
    daily = places.get(BackupKind.DAILY, ())
    return frozenset(gone | (set(daily) - _kept_days([(place, made[place][0]) for place in daily])))


def _kept_days(daily: Sequence[tuple[int, date]]) -> set[int]:
    """The places of the daily backups that are kept: the newest of each day, then the newest of each week."""
    by_day: dict[date, int] = {}
    for place, day in daily:
        by_day.setdefault(day, place)
    days = list(by_day)
    by_week: dict[tuple[int, int], int] = {}
    for day in days[DAYS:]:
        by_week.setdefault(day.isocalendar()[:2], by_day[day])
    return {by_day[day] for day in days[:DAYS]} | set(list(by_week.values())[:WEEKS])
