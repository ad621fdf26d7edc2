"""Tasks that are done again and again: on which day next, and how that is typed and said.

A repetition is a number of days; a week is seven. Days are days of the calendar, so clocks that are put forward or
back change nothing.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from store.months import LAST_YEAR

MAX_REPEAT: Final = 3_650
"""Days after which a task is repeated at the latest: ten years."""

_WEEK: Final = 7
_EVERY: Final = re.compile(r"every (?:(?P<count>[0-9]{1,4}) ?)?(?P<unit>d|days?|w|wks?|weeks?)")
_WORDS: Final = {"daily": 1, "weekly": _WEEK}


def next_due(due_on: date, repeat_days: int, today: date) -> date | None:
    """When a task due on `due_on` is due again once it is done on `today`: the first later day of its series that is
    after today. `None` where that is beyond the days that are kept.

    *Example.* Due Mon 2 Nov, every 7 days. Done on Mon 2 Nov: Mon 9 Nov. Done on Fri 20 Nov: Mon 23 Nov. Done the
    day before it is due: Mon 9 Nov as well.
    """
    missed = max(0, (today - due_on).days // repeat_days)
    try:
        day = due_on + timedelta((missed + 1) * repeat_days)
    except OverflowError:
        return None
    return day if day.year <= LAST_YEAR else None


def parse_repeat(text: str) -> int | None:
    """The days between two times of `every day`, `every 3 days`, `every week`, `every 2 weeks`, `daily`, `weekly`;
    `None` for anything else.
    """
    typed = " ".join(text.casefold().split())
    if typed in _WORDS:
        return _WORDS[typed]
    found = _EVERY.fullmatch(typed)
    if found is None:
        return None
    days = int(found["count"] or 1) * (_WEEK if found["unit"].startswith("w") else 1)
    return days if 1 <= days <= MAX_REPEAT else None


def repeat_words(days: int) -> str:
    """A repetition in words, which `parse_repeat` reads: `every day`, `every 3 days`, `every 2 weeks`."""
    count, unit = (days // _WEEK, "week") if days % _WEEK == 0 else (days, "day")
    return f"every {unit}" if count == 1 else f"every {count} {unit}s"
