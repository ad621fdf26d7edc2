"""Instants as they are stored, and the local calendar days they fall on.

An instant is stored as text in UTC, `YYYY-MM-DDTHH:MM:SS.mmmZ`, which sorts as it is. Days are those of the zone
the process runs in (`TZ`, else the system's), with its daylight saving and its changes over the years.
"""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from typing import Final

from store.errors import InvalidInput
from store.text import quoted

_EPOCH_ORDINAL: Final = date(1970, 1, 1).toordinal()
_DAY_SECONDS: Final = 86_400


def instant_text(instant: datetime) -> str:
    """The stored form of an aware `instant`; what is below a millisecond is cut off."""
    if instant.tzinfo is None:
        raise ValueError("An instant needs a time zone.")
    try:
        utc = instant.astimezone(UTC)
    except OverflowError:
        # Within a day of the first or last instant there is, where only tests go.
        utc = instant
    return f"{utc.replace(tzinfo=None).isoformat(timespec='milliseconds')}Z"


def parse_instant(text: str) -> datetime:
    """A stored instant as an aware datetime in UTC; `InvalidInput` if `text` is none."""
    try:
        instant = datetime.fromisoformat(text)
        return instant.astimezone(UTC) if instant.tzinfo else instant.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise InvalidInput(
            f"{quoted(text)} is not an instant such as 2026-11-20T09:30:00.000Z.", "date"
        ) from None


def at_noon(day: date) -> datetime:
    """Noon of `day` in the local zone, as an aware instant in UTC.

    It is how a day known only as a date becomes an instant: a change of zone by some hours keeps the day.
    """
    noon = datetime(day.year, day.month, day.day, 12)
    try:
        return noon.astimezone(UTC)
    except (OverflowError, ValueError, OSError):
        return noon.replace(tzinfo=UTC)


def local_day(text: str) -> date:
    """The day of the local calendar that a stored instant falls on.

    Made to be called for every row that is read: for each day in UTC, the time at which the local date turns is
    worked out once. On days on which the zone's offset changes every instant is worked out by itself. Follows a
    changed `TZ` after `time.tzset()`. `InvalidInput` if `text` is no instant.
    """
    if time.tzname is not _turns.zone:
        # tzset() makes this tuple anew, so its identity tells one zone's answers from another's.
        _turns.forget()
    turn = _turns.get(text[:10])
    if turn is None:
        return _turns.first_met(text)
    at, before, after = turn
    return after if text[11:] >= at else before


def forget_zone() -> None:
    """Read the local zone anew, as after a journey: from here on `local_day` counts in it."""
    time.tzset()
    _turns.forget()


class _Turns(dict[str, tuple[str, date, date]]):
    """UTC day ("2026-11-20") → time of day at which the local date turns, the date before, the date after."""

    zone: tuple[str, str] | None = None

    def forget(self) -> None:
        self.clear()
        self.zone = time.tzname

    def first_met(self, text: str) -> date:
        """The local day of `text`, kept for its whole day in UTC if the offset does not change on it."""
        instant = parse_instant(text)
        as_stored = text == instant_text(instant)
        start = (instant.toordinal() - _EPOCH_ORDINAL) * _DAY_SECONDS
        offset = _offset(start)
        if not as_stored or offset != _offset(start + _DAY_SECONDS):
            seconds = instant.hour * 3600 + instant.minute * 60 + instant.second
            return _shifted(instant.date(), seconds + _offset(start + seconds))
        self[text[:10]] = turn = _turn(instant.date(), offset)
        return turn[2] if text[11:] >= turn[0] else turn[1]


_turns = _Turns()


def _turn(day: date, offset: int) -> tuple[str, date, date]:
    seconds = -offset % _DAY_SECONDS
    at = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return at, _shifted(day, offset), _shifted(day, offset + _DAY_SECONDS - 1)


def _shifted(day: date, seconds: int) -> date:
    """The date `seconds` after the start of `day`; the first or last date there is, beyond those."""
    try:
        return date.fromordinal(day.toordinal() + seconds // _DAY_SECONDS)
    except (ValueError, OverflowError):
        return date.min if seconds < 0 else date.max


def _offset(epoch: int) -> int:
    """Seconds that local time is ahead of UTC; 0 where the platform cannot say."""
    try:
        return time.localtime(epoch).tm_gmtoff
    except (OverflowError, ValueError, OSError):
        return 0
