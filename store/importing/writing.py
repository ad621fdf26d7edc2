"""Writes the deals of a plan: many rows with few statements, as the journal's triggers cost by the statement."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, count
from typing import Any, Final

from store.importing.known import PeopleIndex
from store.importing.plan import (
    Known,
    PlannedDeal,
    PlannedPerson,
    PlannedVisit,
    TargetPipeline,
    TargetStage,
)
from store.schema import POSITION_GAP

_PER_STATEMENT: Final = 250
"""Rows of one INSERT: enough to make its fixed cost small, few enough for SQLite's limit of variables."""

_AT_ONCE: Final = 250
"""So many deals are written at a time, with all that is theirs."""

_COLUMNS: Final = {
    "pipelines": "id, name, currency, monthly_goal, position",
    "lost_reasons": "pipeline_id, name, position",
    "goals": "pipeline_id, month, amount",
    "stages": "id, pipeline_id, name, probability, outcome, criterion, evidence_required, stuck_limit, "
    "dwell_limit, position",
    "checklist_items": "id, stage_id, title, required, position",
    "companies": "id, name, notes",
    "people": "id, name, company_id, email, phone, notes",
    "deals": "id, stage_id, name, amount, currency, probability, close_date, company_id, source, external_id, notes, "
    "position, created_at, entered_stage_at, closed_at, lost_reason, lost_note, snoozed_until",
    "deal_people": "deal_id, person_id, role, stance",
    "visits": "id, deal_id, stage_id, entered_at, left_at, evidence, criterion",
    "ticks": "visit_id, item_id, at",
    "touches": "deal_id, kind, at, text",
    "tasks": "deal_id, title, due_on, created_at, done_at, due_at, repeat_days",
    "tags": "deal_id, name",
    "properties": "deal_id, name, value",
}


class Writer:
    """Adds pipelines and deals to the file, within a transaction whose action is recorded already."""

    def __init__(
        self, raw: sqlite3.Connection, known: Known, exact: bool, company_notes: Mapping[str, str]
    ) -> None:
        self._raw = raw
        self._company_notes = company_notes
        self._companies = dict(known.companies)
        self._people = PeopleIndex(known.people, exact)

    def add_pipeline(self, pipeline: TargetPipeline) -> None:
        """Add a pipeline with its stages, and note their ids in it."""
        key = pipeline.id = self._next("pipelines")
        row = (
            key,
            pipeline.name,
            pipeline.currency,
            pipeline.monthly_goal,
            self._next_position("pipelines"),
        )
        self._insert("pipelines", [row])
        self._insert("lost_reasons", [(key, name, place) for place, name in enumerate(pipeline.lost_reasons)])
        self._insert("goals", [(key, month, amount) for month, amount in pipeline.goals.items()])
        for place, (stage_id, stage) in enumerate(enumerate(pipeline.stages, self._next("stages"))):
            stage.id = stage_id
            self._insert("stages", [_stage_row(stage_id, key, stage, place)])
            first = self._next("checklist_items")
            items = [
                (first + at, stage_id, title, int(must), at)
                for at, (title, must) in enumerate(stage.checklist)
            ]
            stage.item_ids = tuple(item[0] for item in items)
            self._insert("checklist_items", items)

    def add_deals(self, deals: Sequence[PlannedDeal], progress: Callable[[int], None]) -> list[int]:
        """Add `deals`, in their order and before those that their columns hold already; gives their ids.

        `progress` is told how many are written. They are added some hundreds at a time, so that the rows of no more
        than these are held beside the deals.
        """
        first = self._next("deals")
        self.add_companies(deals)
        positions = self._positions(deals)
        for start in range(0, len(deals), _AT_ONCE):
            part = deals[start : start + _AT_ONCE]
            self._add_part([*enumerate(part, first + start)], positions)
            progress(start + len(part))
        return [*range(first, first + len(deals))]

    def _add_part(
        self, numbered: Sequence[tuple[int, PlannedDeal]], positions: Mapping[int | None, Iterator[int]]
    ) -> None:
        self._insert("deals", self._deal_rows(numbered, positions))
        visits = [(key, visit) for key, deal in numbered for visit in deal.visits]
        numbered_visits = [(number, *each) for number, each in enumerate(visits, self._next("visits"))]
        self._insert("visits", [_visit_row(*each) for each in numbered_visits])
        self._insert(
            "ticks", [tick for number, _, visit in numbered_visits for tick in _tick_rows(number, visit)]
        )
        self.add_people(numbered)
        self._insert("touches", [(key, t.kind, t.at, t.text) for key, deal in numbered for t in deal.touches])
        self._insert("tasks", _task_rows(numbered))
        self._insert("tags", [(key, tag) for key, deal in numbered for tag in deal.tags])
        self._insert("properties", [(key, *named) for key, deal in numbered for named in deal.properties])

    def add_people(
        self, numbered: Iterable[tuple[int, PlannedDeal]], linked: frozenset[tuple[int, int]] = frozenset()
    ) -> list[int]:
        """Link the people of deals to them, but for the pairs in `linked`, and add those who are not known yet.

        Gives the ids of the deals that got a person.
        """
        new: list[tuple[Any, ...]] = []
        links: dict[tuple[int, int], tuple[str, str]] = {}
        free = self._next("people")
        for deal_id, deal in numbered:
            for each in deal.people:
                person_id, is_new = self._people.place(each, free + len(new))
                if is_new:
                    new.append(self._person_row(person_id, each))
                if (deal_id, person_id) not in linked:
                    links.setdefault((deal_id, person_id), (each.role, each.stance))
        self._insert("people", new)
        self._insert("deal_people", [(*pair, *part) for pair, part in links.items()])
        return [deal_id for deal_id, _ in links]

    def add_companies(self, deals: Iterable[PlannedDeal]) -> None:
        """Add the companies of deals and their people that are not known yet, in the order in which they come."""
        names = dict.fromkeys(
            name for deal in deals for name in (deal.company, *(each.company for each in deal.people)) if name
        )
        new: list[tuple[int, str, str]] = []
        free = self._next("companies") if names else 0
        for name in names:
            key = name.casefold()
            if key not in self._companies:
                self._companies[key] = free + len(new)
                new.append((free + len(new), name, self._company_notes.get(key, "")))
        self._insert("companies", new)

    def _person_row(self, person_id: int, each: PlannedPerson) -> tuple[Any, ...]:
        company = self._companies[each.company.casefold()] if each.company else None
        return (person_id, each.name, company, each.email, each.phone, each.notes)

    def _positions(self, deals: Iterable[PlannedDeal]) -> Mapping[int | None, Iterator[int]]:
        """The free places of each stage's deals, before those that its column holds."""
        stages = Counter(deal.stage.id for deal in deals)
        return {
            stage: count(self._first_position(stage) - number * POSITION_GAP, POSITION_GAP)
            for stage, number in stages.items()
        }

    def _deal_rows(
        self, numbered: Sequence[tuple[int, PlannedDeal]], positions: Mapping[int | None, Iterator[int]]
    ) -> list[tuple[Any, ...]]:
        companies = {name: self._companies[name.casefold()] for _, deal in numbered if (name := deal.company)}
        return [
            (
                key, deal.stage.id, deal.name, deal.amount, deal.currency, deal.probability, deal.close_date,
                companies[deal.company] if deal.company else None, deal.source, deal.external_id, deal.notes,
                next(positions[deal.stage.id]), deal.created_at, deal.entered_at, deal.closed_at,
                deal.lost_reason, deal.lost_note, deal.snoozed_until,
            )
            for key, deal in numbered
        ]  # fmt: skip

    def _first_position(self, stage_id: int | None) -> int:
        found = self._raw.execute(
            "SELECT min(position) FROM deals WHERE stage_id = ? AND deleted_at IS NULL", (stage_id,)
        ).fetchone()[0]
        return int(found or 0)

    def _next(self, table: str) -> int:
        """The first id that no row of the table ever had (where ids may be given again: that none has now)."""
        found: int = self._raw.execute(
            f"SELECT max((SELECT coalesce(max(id), 0) FROM {table}), "
            "(SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = ?)) + 1",
            (table,),
        ).fetchone()[0]
        return found

    def _next_position(self, table: str) -> int:
        """The position after the last one."""
        found: int = self._raw.execute(f"SELECT coalesce(max(position), 0) + 1 FROM {table}").fetchone()[0]
        return found

    def _insert(self, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
        columns = _COLUMNS[table]
        one = f"({', '.join('?' * (columns.count(',') + 1))})"
        for start in range(0, len(rows), _PER_STATEMENT):
            part = rows[start : start + _PER_STATEMENT]
            values = ", ".join([one] * len(part))
            self._raw.execute(
                f"INSERT INTO {table} ({columns}) VALUES {values}", [*chain.from_iterable(part)]
            )


def _stage_row(stage_id: int, pipeline_id: int, stage: TargetStage, place: int) -> tuple[Any, ...]:
    return (
        stage_id,
        pipeline_id,
        stage.name,
        stage.probability,
        stage.outcome.value,
        stage.criterion,
        int(stage.evidence_required),
        stage.stuck_limit,
        stage.dwell_limit,
        place,
    )


def _visit_row(number: int, deal_id: int, visit: PlannedVisit) -> tuple[Any, ...]:
    return (
        number,
        deal_id,
        visit.stage.id,
        visit.entered_at,
        visit.left_at,
        visit.evidence,
        visit.criterion,
    )


def _tick_rows(visit_id: int, visit: PlannedVisit) -> list[tuple[int, int, str]]:
    return [(visit_id, visit.stage.item_ids[tick.place], tick.at) for tick in visit.ticks]


def _task_rows(numbered: Iterable[tuple[int, PlannedDeal]]) -> list[tuple[Any, ...]]:
    return [
        (key, task.title, task.due_on, task.created_at, task.done_at, task.due_at, task.repeat_days)
        for key, deal in numbered
        for task in deal.tasks
    ]
