"""When a deal was made, entered its stage and was closed, from the few days that a row says.

A row that does not say when it entered its stage entered it on its creation day, one without that on its last touch,
else today. The `close_date` of a won or lost row is the day it closed, unless `closed_on` says it; a closed row
entered its stage the day it closed. Stages that a deal may have passed before are not invented.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from store.importing.plan import PlannedVisit, TargetStage
from store.importing.refusal import rows_text
from store.instants import at_noon, instant_text
from store.views import Outcome


class SaidDays(NamedTuple):
    """The days of one row, `YYYY-MM-DD` or `None`."""

    close_date: str | None
    created_on: str | None
    entered_stage_on: str | None
    closed_on: str | None
    last_touch_on: str | None


class Times(NamedTuple):
    """What they come to: instants, the expected day to close, and the visits."""

    created_at: str
    entered_at: str
    closed_at: str | None
    close_date: str | None
    visits: tuple[PlannedVisit, ...]


class Calendar:
    """Turns days into instants, and counts the days that are odd."""

    def __init__(self, today: date, now: datetime) -> None:
        self.today = today.isoformat()
        self._now = instant_text(now)
        self._instants: dict[str, str] = {}
        self.odd: Counter[str] = Counter()
        """Rows that say something strange: created after they were closed, dated in the future."""

    def instant(self, day: str) -> str:
        """Noon of `day`; of today no later than now."""
        found = self._instants.get(day)
        if found is None:
            found = instant_text(at_noon(date.fromisoformat(day)))
            if day == self.today:
                found = min(found, self._now)
            self._instants[day] = found
        return found

    def note_future(self, days: Iterable[SaidDays]) -> None:
        """Count the rows of an export that say something happened after today: a clock was wrong, or is."""
        today = self.today
        self.odd["future"] = sum(
            max(
                said.created_on or "",
                said.entered_stage_on or "",
                said.closed_on or "",
                said.last_touch_on or "",
            )
            > today
            for said in days
        )

    def times(self, said: SaidDays, named: TargetStage, final: TargetStage, is_there: bool = False) -> Times:
        """The times of a row that names the stage `named` and is in the stage `final`: another one where a status
        says that a deal was won or lost in the stage it names. Of a deal that is there, what the row does not say
        is known, so it is not odd."""
        if final.outcome is Outcome.OPEN:
            return self._open(said, final)
        if not (said.closed_on or said.close_date or is_there):
            self.odd["undated"] += 1
        return self._closed(said, named, final)

    def _open(self, said: SaidDays, stage: TargetStage) -> Times:
        entered = said.entered_stage_on or said.created_on or said.last_touch_on or self.today
        created = self._created(said, entered)
        at = self.instant(entered)
        return Times(self.instant(created), at, None, said.close_date, (PlannedVisit(stage, at),))

    def _closed(self, said: SaidDays, named: TargetStage, final: TargetStage) -> Times:
        day = said.closed_on or said.close_date
        split = named is not final
        said_entered = None if split else said.entered_stage_on
        closed = day or said_entered or said.created_on or said.last_touch_on or self.today
        entered = said_entered or closed
        visits: tuple[PlannedVisit, ...] = (PlannedVisit(final, self.instant(entered)),)
        earliest = min(entered, closed)
        if split:
            before = min(said.entered_stage_on or said.created_on or said.last_touch_on or closed, closed)
            earliest = min(earliest, before)
            visits = (PlannedVisit(named, self.instant(before), self.instant(entered)), *visits)
        created = self._created(said, earliest)
        expected = said.close_date if said.closed_on else None
        return Times(self.instant(created), self.instant(entered), self.instant(closed), expected, visits)

    def _created(self, said: SaidDays, earliest: str) -> str:
        """The day the deal was made: as said, but never after it entered a stage or was closed."""
        if said.created_on is None:
            return min(earliest, said.last_touch_on or earliest)
        if said.created_on > earliest:
            self.odd["backdated"] += 1
        return min(said.created_on, earliest)

    def notes(self) -> list[str]:
        """What was odd, in sentences."""
        told = {
            "undated": "Won or lost without a day, so closed when they entered their stage",
            "backdated": "Made after they entered their stage or were closed, so taken as made on that day",
            "future": "Made, moved, closed or touched after today, as the file has it",
        }
        return [f"{told[kind]}: {rows_text(count)}." for kind, count in self.odd.items() if count]
