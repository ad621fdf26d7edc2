"""The time of day of a task, as it is typed and shown: of the user's clock, in no zone."""

from __future__ import annotations

import re
from datetime import time
from typing import Final

_TIME: Final = re.compile(r"(?P<hour>[0-9]{1,2})(?::(?P<minute>[0-9]{2}))?\s?(?P<half>am|pm)?")


def parse_time(text: str, *, whole_hour: bool = False) -> time | None:
    """The time that `14:30`, `9:05`, `2pm` or `2:30 pm` says; with `whole_hour` also `9` and `14`. `None` for anything
    else: a bare number is a number of days wherever else it stands.
    """
    found = _TIME.fullmatch(text.casefold())
    if found is None:
        return None
    hour, minute, half = int(found["hour"]), int(found["minute"] or 0), found["half"]
    if half is None and found["minute"] is None and not whole_hour:
        return None
    if half is not None:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def is_clock(text: str) -> bool:
    """Whether a text is hours and minutes, be they a time of day or not: `14:30`, and `25:00`."""
    found = _TIME.fullmatch(text.casefold())
    return found is not None and found["minute"] is not None


def time_text(at: time) -> str:
    """The time as it is shown and stored: `09:05`."""
    return f"{at.hour:02}:{at.minute:02}"
