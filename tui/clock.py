"""What day it is. The only place that reads the clock: rules and the store are told.

`--today` makes another day count as today; the time of day stays the real one, so that changes made one after
the other keep their order.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import NamedTuple


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
        if self.day is not None:
            local = datetime.combine(self.day, local.time()).astimezone()
        return local.astimezone(UTC)
