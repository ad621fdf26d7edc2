"""From the columns of a table to deals, one for each row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from store.errors import InvalidInput
from store.importing.columns import Columns
from store.importing.plan import PlannedDeal, PlannedPerson, PlannedTask, PlannedTouch, TargetStage
from store.importing.refusal import WrongCell
from store.importing.stages import StageMap
from store.importing.targets import Targets
from store.importing.texts import read_long_reason, read_name, read_notes, read_people, read_reason, read_tags
from store.importing.times import Calendar, SaidDays
from store.importing.words import status_outcome
from store.rules.naming import fold
from store.rules.steps import PROPOSED_STEP
from store.text import clean_line
from store.views import Outcome, TouchKind

TOUCH_TEXT: Final = "last touch, as imported"


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a row goes: the stage it names, and the one it is in: another where a status says won or lost."""

    stages: StageMap
    named: TargetStage
    final: TargetStage


class RowReader:
    """Reads all rows of one file; what cannot be taken is noted in `columns.wrong`."""

    def __init__(self, columns: Columns, targets: Targets, calendar: Calendar) -> None:
        self.columns = columns
        self.targets = targets
        self.calendar = calendar
        self.places = self._places()
        targets.refuse_unknown(columns.header("stage"))
        read, dates = columns.read, columns.dates
        self.names = read("name", read_name)
        self.companies = read("company", read_name)
        self.external_ids = read("external_id", read_name)
        self.currencies = columns.currencies(self._default_currencies())
        self.amounts = columns.amounts(self.currencies)
        self.percents = columns.probabilities()
        self.sources = read("source", read_name)
        self.notes = read("notes", read_notes)
        self.days = [
            dates(field)
            for field in ("close_date", "created_on", "entered_stage_on", "closed_on", "last_touch_on")
        ]
        self.snoozes = dates("snoozed_until")
        self.steps = read("next_step", read_name)
        self.step_days = dates("next_step_on")
        self.reasons = read("lost_reason", read_reason)
        self.long_reasons = read("lost_reason", read_long_reason)
        self.lost_notes = read("lost_note", read_notes)
        self.tags = read("tags", read_tags)
        self.people = self._people()
        self.properties = [
            (use.property_name, columns.read_cells(use.header, columns.table.column(use.index), read_notes))
            for use in columns.uses
            if use.property_name
        ]
        self.reasons_left_out = 0

    def deals(self) -> list[PlannedDeal]:
        """All rows as deals, in the order of the file. A row that goes nowhere is left out; it is in `wrong`."""
        return [self._deal(index, place) for index, place in enumerate(self.places) if place]

    def _deal(self, index: int, place: Placed) -> PlannedDeal:
        final = place.final
        said = SaidDays(*(days[index] for days in self.days))
        times = self.calendar.times(said, place.named, final)
        amount = self.amounts[index]
        company = self.companies[index]
        reason, note = self._lost(index, place)
        return PlannedDeal(
            line=self.columns.table.lines[index],
            name=self._name(index),
            stage=final,
            amount=amount.minor if amount else None,
            currency=amount.currency if amount else self.currencies[index],
            probability=self._own_probability(index, final),
            close_date=times.close_date,
            company=company,
            source=self.sources[index],
            external_id=self.external_ids[index],
            notes=self.notes[index] or "",
            created_at=times.created_at,
            entered_at=times.entered_at,
            closed_at=times.closed_at,
            lost_reason=reason,
            lost_note=note,
            snoozed_until=self.snoozes[index],
            visits=times.visits,
            touches=self._touches(said.last_touch_on),
            tasks=self._tasks(index),
            people=self.people[index],
            tags=self.tags[index] or (),
            properties=tuple((name, value) for name, values in self.properties if (value := values[index])),
        )

    def _name(self, index: int) -> str:
        """The row's name, else its company's, else its id."""
        name = self.names[index] or self.companies[index] or self.external_ids[index]
        if name is None:
            line, column = self.columns.table.lines[index], self.columns.header("name")
            self.columns.wrong.append(
                WrongCell(
                    line, column, "", "the row has no name, no company and no id to be called by; fill in one"
                )
            )
        return name or ""

    def _own_probability(self, index: int, stage: TargetStage) -> int | None:
        """A probability of the row's own: a closed deal has none, and one that is its stage's is not its own."""
        percent = self.percents[index]
        return percent if stage.outcome is Outcome.OPEN and percent != stage.probability else None

    def _lost(self, index: int, place: Placed) -> tuple[str | None, str]:
        reason, note = self.reasons[index], self.lost_notes[index] or ""
        if place.final.outcome is not Outcome.LOST:
            self.reasons_left_out += reason is not None
            return None, ""
        if reason is None:
            return None, note
        known = {fold(each): each for each in place.stages.pipeline.lost_reasons}
        long_reason = self.long_reasons[index]
        return known.get(fold(reason), reason), "\n\n".join(filter(None, (long_reason, note)))

    def _touches(self, day: str | None) -> tuple[PlannedTouch, ...]:
        return (PlannedTouch(TouchKind.NOTE.value, self.calendar.instant(day), TOUCH_TEXT),) if day else ()

    def _tasks(self, index: int) -> tuple[PlannedTask, ...]:
        title, day = self.steps[index], self.step_days[index]
        if title is None and day is None:
            return ()
        return (PlannedTask(title or PROPOSED_STEP, day, self.calendar.instant(self.calendar.today)),)

    def _people(self) -> list[tuple[PlannedPerson, ...]]:
        columns = self.columns
        if not any(columns.has(field) for field in ("contact", "email", "phone")):
            return [()] * len(columns.table.rows)
        cells = zip(*(columns.texts(field) for field in ("contact", "email", "phone")), strict=True)
        header = columns.header("contact" if columns.has("contact") else "email")
        keys = [(*texts, company or "") for texts, company in zip(cells, self.companies, strict=True)]
        found = columns.read_cells(header, keys, lambda key: read_people(*key))
        return [people or () for people in found]

    def _default_currencies(self) -> list[str]:
        told = self.columns.options.currency
        usual = self.columns.options.new_currency
        return [told or (place.stages.pipeline.currency if place else usual) for place in self.places]

    def _places(self) -> list[Placed | None]:
        """Where each row goes; `None` for a row that cannot, which is noted."""
        columns = self.columns
        keys = list(
            zip(
                columns.texts("pipeline"),
                columns.texts("stage"),
                columns.read("outcome", _read_status),
                strict=True,
            )
        )
        places: dict[tuple[str, str, Outcome | None], Placed | None] = {}
        contrary: dict[tuple[str, str, Outcome | None], str] = {}
        for key, rows in Counter(keys).items():
            place = places[key] = self._place(*key, rows)
            if place and place.final.outcome is not (key[2] or place.final.outcome):
                contrary[key] = (
                    f'the stage "{place.named.name}" is {place.named.outcome}; correct one of the two'
                )
        if contrary:
            header = columns.header("outcome")
            columns.wrong += (
                WrongCell(line, header, str(key[2]), contrary[key])
                for line, key in zip(columns.table.lines, keys, strict=True)
                if key in contrary
            )
        return [places[key] for key in keys]

    def _place(self, pipeline: str, stage: str, status: Outcome | None, rows: int) -> Placed | None:
        stages = self.targets.map_for(clean_line(pipeline), rows)
        if stages is None:
            return None
        value = clean_line(stage)
        named = stages.pipeline.first(status) if status and not value else stages.of(value, rows)
        if named is None:
            return None
        moved = status is not None and named.outcome is Outcome.OPEN and status is not Outcome.OPEN
        return Placed(stages, named, stages.pipeline.first(status) if moved and status else named)


def _read_status(text: str) -> Outcome | None:
    if not clean_line(text):
        return None
    found = status_outcome(text)
    if found is None:
        raise InvalidInput(
            'this is none of open, won and lost; correct it, or leave the column out with --map "COLUMN=-"'
        )
    return found


def only_statuses(cells: Sequence[str]) -> bool:
    """Whether a column's values are mostly open, won and lost in some language, so that it is a status."""
    values = {clean_line(cell) for cell in set(cells)} - {""}
    return bool(values) and sum(status_outcome(value) is not None for value in values) * 2 > len(values)
