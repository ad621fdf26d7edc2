"""What day it is. The only place that reads the clock: rules and the store are told.

`--today` makes another day count as today; the time of day stays the real one, so that changes made one after
the other keep their order.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Final, NamedTuple

from tui.commands import CommandError

YEARS: Final = range(1970, 2200)
"""The years of the days that are kept."""


class Clock(NamedTuple):
    """`today()` and `now()` for one run of the program; `day` is what `--today` said, if anything."""

    day: date | None = None

    def today(self) -> date:
        """The day it counts as, in the user's calendar."""
        return self.day or datetime.now().astimezone().date()

    @property
    def another_day(self) -> bool:
        """Whether it counts as a day that it is not."""
        return self.day is not None and self.day != datetime.now().astimezone().date()

    def now(self) -> datetime:
        """The instant a change is dated with, as an aware UTC datetime: the day it counts as, at this time of day."""
        local = datetime.now().astimezone()
        return local.astimezone(UTC) if self.day is None else on_day(self.day, local.time())


def on_day(day: date, time_of_day: time) -> datetime:
    """The instant at which it is so late on a day of the local zone, as an aware one in UTC.

    Where clocks are put forward over that time, as in Santiago at midnight, it is later by as much.
    """
    local = datetime.combine(day, time_of_day)
    moment = local.astimezone()
    if moment.date() != day:  # an hour earlier is the day before
        moment = local.replace(fold=1).astimezone()
    return moment.astimezone(UTC)


def refuse_impossible_clock() -> None:
    """Raise `CommandError` where the computer's clock is of a year that no change can be dated with: a battery is
    empty, or it was set by mistake. `--today` does not help, as much else goes wrong then, Python itself too.
    """
    year = datetime.now().year
    if year not in YEARS:
        raise CommandError(f"The clock of this computer says that it is the year {year}; set it right first.")
