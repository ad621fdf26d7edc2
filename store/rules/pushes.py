"""How the fields of a deal changed, day by day, and how often its close date was pushed later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from store.instants import instant_text, local_day
from store.views import ChangedField, FieldChange


@dataclass(frozen=True, slots=True)
class Pushes:
    """How often an expected close date was pushed later: `dates` are the days it had before each push, in order."""

    dates: tuple[date, ...] = ()

    @property
    def times(self) -> int:
        """The number of pushes."""
        return len(self.dates)


def pushes(changes: Sequence[FieldChange]) -> Pushes:
    """How often the close date was pushed later, from a deal's `changes`, newest first.

    The changes of one day are one: a mistyped date that is put right at once is no push. A date that is brought
    forward is none either, but pushing it from there is. A deal that had no date for a while is pushed when its next
    date is later than its last one.

    *Example.* From 15 Oct to 31 Oct, later to 30 Nov: pushed twice, from 15 Oct and from 31 Oct.
    """
    dates: list[date] = []
    known: date | None = None
    for change in reversed(settled(changes)):
        if change.field is not ChangedField.CLOSE_DATE:
            continue
        if isinstance(change.before, date):
            known = change.before
        if isinstance(change.after, date):
            if known is not None and change.after > known:
                dates.append(known)
            known = change.after
    return Pushes(tuple(dates))


def settled(changes: Sequence[FieldChange]) -> tuple[FieldChange, ...]:
    """What became of each field on each day; `changes` and the answer are newest first.

    What was changed and changed again on one day is one change, as of the last time, and none if the field ended the
    day as it began it. Which change was the last one is told by their order, not by their instants: a clock may have
    been set back between two of them.
    """
    by_day: dict[tuple[date, ChangedField], FieldChange] = {}
    for change in reversed(changes):
        key = (local_day(instant_text(change.at)), change.field)
        first = by_day.pop(key, change)
        by_day[key] = replace(change, before=first.before)
    return tuple(change for change in reversed(by_day.values()) if change.before != change.after)
