"""How an instant is printed."""

from __future__ import annotations

from datetime import date, datetime

from store import instant_text, local_day
from tui.commands import words


def moment(at: datetime, today: date) -> str:
    """The local day, as near days are called, and the time: "Fri 20 Nov 14:30"."""
    return f"{words.day(local_day(instant_text(at)), today)} {at.astimezone():%H:%M}"
