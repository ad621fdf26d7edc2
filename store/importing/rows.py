"""From the columns of a table to deals, one for each row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import Final

from store.importing.columns import Columns
from store.importing.fields import NAMING_FIELDS
from store.importing.places import Place
from store.importing.plan import KnownDeal, PlannedDeal, PlannedPerson, PlannedTask, PlannedTouch
from store.importing.refusal import WrongCell, rows_text
from store.importing.texts import (
    people_part,
    read_long_reason,
    read_name,
    read_notes,
    read_people,
    read_reason,
    read_sheet_name,
    read_tags,
)
from store.importing.times import Calendar, SaidDays
from store.rules.naming import fold
from store.rules.steps import PROPOSED_STEP
from store.text import clean_line
from store.views import Outcome, TouchKind

TOUCH_TEXT: Final = "last touch, as imported"

LOST_REASON: Final = "Not lost and with a lost reason"
NEXT_STEP: Final = "Won or lost and with a next step"
SNOOZE: Final = "Won or lost and snoozed"

TO_COME_CLOSED: Final = (
    "the row is won or lost, and this day is still to come; correct it, leave it empty, or say in a column closed_on "
    "when it was closed"
)


class RowReader:
    """Reads all rows of one file; what cannot be taken is noted in `columns.wrong`."""

    def __init__(
        self,
        columns: Columns,
        places: Sequence[Place | None],
        calendar: Calendar,
        there: Sequence[KnownDeal | None] = (),
        exact: bool = False,
    ) -> None:
        self.columns = columns
        self.places = places
        self.calendar = calendar
        self.there = there or [None] * len(places)
        """The deals that rows are to update."""
        self.exact = exact
        """Whether the file is an export of ours."""
        self.left_out: Counter[str] = Counter()
        """Rows that say what their deal cannot have, by what that is."""
        read = columns.read
        self._read_name = read_name if exact else read_sheet_name
        self._naming = [read(field, self._read_name) for field in NAMING_FIELDS]
        _, self.companies, self.external_ids = self._naming
        self.currencies = columns.currencies(self._default_currencies())
        self.amounts = columns.amounts(self.currencies)
        self.percents = columns.probabilities()
        self.sources = read("source", self._read_name)
        self.notes = read("notes", read_notes)
        self.days = self._days()
        self.snoozes = self._snoozes()
        self.lost = self._lost()
        self.touches = self._touches()
        self.tasks = self._tasks()
        self.people = self._people()
        self.tags = read("tags", read_tags)
        self.properties = self._properties()

    def deals(self) -> list[PlannedDeal]:
        """All rows as deals, in the order of the file. A row that goes nowhere is left out."""
        self.calendar.note_future(self.days)
        return [self._deal(index, place) for index, place in enumerate(self.places) if place]

    def _deal(self, index: int, place: Place) -> PlannedDeal:
        created_at, entered_at, closed_at, close_date, visits = self.calendar.times(
            self.days[index], place.named, place.final, is_there=self.there[index] is not None
        )
        stage = place.final
        percent = self.percents[index]
        amount = self.amounts[index]
        lost_reason, lost_note = self.lost[index]
        return PlannedDeal(
            line=self.columns.table.lines[index],
            name=next(filter(None, (column[index] for column in self._naming)), None)
            or self._nameless(index),
            stage=stage,
            amount=amount.minor if amount else None,
            currency=amount.currency if amount else self.currencies[index],
            # A closed deal has no probability of its own, and one that is its stage's is not its own.
            probability=None
            if stage.outcome is not Outcome.OPEN or percent == stage.probability
            else percent,
            close_date=close_date,
            company=self.companies[index],
            source=self.sources[index],
            external_id=self.external_ids[index],
            notes=self.notes[index] or "",
            created_at=created_at,
            entered_at=entered_at,
            closed_at=closed_at,
            lost_reason=lost_reason,
            lost_note=lost_note,
            snoozed_until=self.snoozes[index],
            visits=visits,
            touches=self.touches[index],
            tasks=self.tasks[index],
            people=self.people[index],
            tags=self.tags[index] or (),
            properties=self.properties[index],
        )

    def _nameless(self, index: int) -> str:
        """Note that a row says nothing by which its deal could be called, unless what it says was too long."""
        if any(clean_line(self.columns.texts(field)[index]) for field in NAMING_FIELDS):
            return ""
        line, column = self.columns.table.lines[index], self.columns.header("name")
        problem = "the row has no name, no company and no id to be called by; fill in one of them"
        self.columns.wrong.append(WrongCell(line, column, "", problem))
        return ""

    def _lost(self) -> list[tuple[str | None, str]]:
        """The lost reason of each lost row, as the pipeline spells it, and the note beside it."""
        columns = self.columns
        if not (columns.has("lost_reason") or columns.has("lost_note")):
            return [(None, "")] * len(self.places)
        said = zip(
            self.places,
            columns.read("lost_reason", read_reason),
            columns.read("lost_reason", read_long_reason),
            columns.read("lost_note", read_notes),
            strict=True,
        )
        return [self._reason(*row) for row in said]

    def _reason(
        self, place: Place | None, reason: str | None, whole: str | None, note: str | None
    ) -> tuple[str | None, str]:
        if place is None or place.final.outcome is not Outcome.LOST:
            self.left_out[LOST_REASON] += reason is not None or note is not None
            return None, ""
        if reason is None:
            return None, note or ""
        spelt = next((known for known in place.pipeline.lost_reasons if fold(known) == fold(reason)), reason)
        return spelt, "\n\n".join(filter(None, (whole, note)))

    def _touches(self) -> list[tuple[PlannedTouch, ...]]:
        if not self.columns.has("last_touch_on"):
            return [()] * len(self.places)
        instant = self.calendar.instant
        return [
            (PlannedTouch(TouchKind.NOTE.value, instant(said.last_touch_on), TOUCH_TEXT),)
            if said.last_touch_on
            else ()
            for said in self.days
        ]

    def _tasks(self) -> list[tuple[PlannedTask, ...]]:
        titles = self.columns.read("next_step", self._read_name)
        days = self.columns.dates("next_step_on")
        now = self.calendar.instant(self.calendar.today)
        return [
            (PlannedTask(title or PROPOSED_STEP, day, now),)
            if (title or day) and self._is_open(place, NEXT_STEP)
            else ()
            for place, title, day in zip(self.places, titles, days, strict=True)
        ]

    def _days(self) -> list[SaidDays]:
        """What the rows say about their past; but the day to close of an open row, it is not to come.

        In an export of ours it may be: it comes back as it was, also from under a clock that was wrong.
        """
        columns, today = self.columns, self.calendar.today
        until = {field: None if self.exact or field == "close_date" else today for field in SaidDays._fields}
        read = [columns.dates(field, latest) for field, latest in until.items()]
        days = list(map(SaidDays._make, zip(*read, strict=True)))
        for index, (place, said) in enumerate(zip(self.places, days, strict=True)):
            closed = place is not None and place.final.outcome is not Outcome.OPEN
            if closed and not (said.closed_on or self.exact) and (said.close_date or "") > today:
                columns.note(index, "close_date", TO_COME_CLOSED)
        return days

    def _snoozes(self) -> list[str | None]:
        days = self.columns.dates("snoozed_until")
        return [
            day if day and self._is_open(place, SNOOZE) else None
            for place, day in zip(self.places, days, strict=True)
        ]

    def _is_open(self, place: Place | None, what: str) -> bool:
        """Whether the row's deal is open; if not, that it has `what` is counted."""
        is_open = place is None or place.final.outcome is Outcome.OPEN
        self.left_out[what] += not is_open
        return is_open

    def what_was_left_out(self) -> list[str]:
        """The same in sentences. An export says the next step again in a list, from which it is taken."""
        told = self.left_out if not self.exact else Counter({**self.left_out, NEXT_STEP: 0})
        return [f"{what}, which is left out: {rows_text(count)}." for what, count in told.items() if count]

    def _people(self) -> list[tuple[PlannedPerson, ...]]:
        columns = self.columns
        if not any(map(columns.has, ("contact", "email", "phone"))):
            return [()] * len(self.places)
        cells = zip(
            columns.read("contact", partial(people_part, ours=self.exact)),
            columns.read("email", partial(people_part, also=",", ours=self.exact)),
            columns.read("phone", partial(people_part, ours=self.exact)),
            self.companies,
            strict=True,
        )
        known: dict[tuple[str, str, str, str], tuple[PlannedPerson, ...]] = {}
        found = []
        for row in cells:
            cell = (row[0] or "", row[1] or "", row[2] or "", row[3] or "")
            if cell not in known:
                known[cell] = read_people(*cell)
            found.append(known[cell])
        return found

    def _properties(self) -> list[tuple[tuple[str, str], ...]]:
        columns = self.columns
        uses = [use for use in columns.uses if use.property_name]
        if not uses:
            return [()] * len(self.places)
        names = [use.property_name or "" for use in uses]
        values = [columns.read_cells(use.header, columns.cells_of(use), read_notes) for use in uses]
        return [
            tuple([(name, value) for name, value in zip(names, row, strict=True) if value])
            for row in zip(*values, strict=True)
        ]

    def _default_currencies(self) -> list[str]:
        """As told; else a deal that is there keeps its own, and a new one has its pipeline's."""
        told = self.columns.options.currency
        usual = self.columns.options.new_currency
        return [
            told or (deal.currency if deal else place.pipeline.currency if place else usual)
            for place, deal in zip(self.places, self.there, strict=True)
        ]
