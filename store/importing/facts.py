"""What is known of deals beyond the cards that the board shows, as an update is held against it."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from store.importing.known import person_keys

_AMONG: Final = "IN (SELECT value FROM json_each(?))"

_DEALS: Final = f"""
    SELECT d.id, d.notes, d.lost_note, d.created_at, d.entered_stage_at, d.closed_at,
        (SELECT min(entered_at) FROM visits WHERE deal_id = d.id),
        coalesce((SELECT max(entered_at) FROM visits WHERE deal_id = d.id AND left_at IS NOT NULL), ''),
        (SELECT max(at) FROM touches WHERE deal_id = d.id)
    FROM deals AS d WHERE d.id {_AMONG}
"""
_TASKS: Final = f"""
    SELECT deal_id, id, title, due_on, created_at, done_at, due_at, repeat_days FROM tasks
    WHERE deal_id {_AMONG} ORDER BY id
"""
_PEOPLE: Final = f"""
    SELECT l.deal_id, p.name, p.email, c.name FROM deal_people AS l JOIN people AS p ON p.id = l.person_id
    LEFT JOIN companies AS c ON c.id = p.company_id WHERE l.deal_id {_AMONG}
"""


class TaskThere(NamedTuple):
    """One task of a deal, as it is kept."""

    id: int
    title: str
    due_on: str | None
    created_at: str
    done_at: str | None
    due_at: str | None
    repeat_days: int | None


@dataclass(frozen=True, slots=True)
class DealFacts:
    """One deal: texts, instants as they are kept, tasks, and what its people are known by."""

    notes: str
    lost_note: str
    created_at: str
    entered_at: str
    closed_at: str | None
    first_entered_at: str
    """When its first visit began."""
    previous_entered_at: str
    """When the visit before the present one began; empty when there is none."""
    newest_touch_at: str | None
    tasks: Sequence[TaskThere]
    people: frozenset[tuple[str, str]]


def read_facts(connection: sqlite3.Connection, ids: Sequence[int]) -> Mapping[int, DealFacts]:
    """The facts of the deals of `ids`, by id."""
    among = (json.dumps(list(ids)),)
    tasks: dict[int, list[TaskThere]] = defaultdict(list)
    for deal_id, *values in connection.execute(_TASKS, among):
        tasks[deal_id].append(TaskThere(*values))
    people: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for deal_id, name, email, company in connection.execute(_PEOPLE, among):
        people[deal_id].update(person_keys(name, email, company))
    rows: list[tuple[Any, ...]] = connection.execute(_DEALS, among).fetchall()
    return {
        key: DealFacts(
            notes, lost_note, created_at, entered_at, closed_at, first, previous, touch, tasks[key],
            frozenset(people[key]),
        )
        for key, notes, lost_note, created_at, entered_at, closed_at, first, previous, touch in rows
    }  # fmt: skip
