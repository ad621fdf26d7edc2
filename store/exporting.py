"""All deals as one CSV file: for spreadsheets, and to be imported again without any loss.

A deal is a row. Its fields are columns of their own, named as the import knows them, each custom property too. What
does not fit a cell (visits, touches, tasks, people) is a list in JSON; the first row carries the pipelines with their
stages, and what is noted about companies. Instants are UTC, days are local, amounts have a decimal point. What is of no
deal (deleted ones are left out) is not in it: other people and companies, saved views.
"""

from __future__ import annotations

import csv
import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from store.files import new_file
from store.importing.fields import DATE_FIELDS, FIELDS, LATER_FIELDS, OWN_FIELDS, PROPERTY_PREFIX
from store.importing.guard import guarded, guarded_json, guarded_within
from store.instants import local_day
from store.money import decimal_text
from store.reads.pipelines import goals, pipelines
from store.rules.stuck import step_order
from store.text import printable
from store.views import Pipeline

if TYPE_CHECKING:
    from store.store import Store

Row = dict[str, str]

_TEXTS: Final = frozenset(FIELDS) - DATE_FIELDS - {"amount", "currency", "probability", "outcome"}
"""The fields in which a spreadsheet could see a formula."""

_LISTS: Final = frozenset((*OWN_FIELDS, *LATER_FIELDS)) - DATE_FIELDS
"""The columns that hold lists in JSON (and instants and numbers, which have nothing to guard)."""

_DEALS: Final = """
    SELECT d.id, d.name, d.amount, d.currency, d.probability, d.close_date, d.source, d.external_id, d.notes,
        d.created_at, d.entered_stage_at, d.closed_at, d.lost_reason, d.lost_note, d.snoozed_until,
        c.name, s.name, s.outcome, s.probability, p.id, p.name
    FROM deals AS d JOIN stages AS s ON s.id = d.stage_id JOIN pipelines AS p ON p.id = s.pipeline_id
    LEFT JOIN companies AS c ON c.id = d.company_id
    WHERE d.deleted_at IS NULL AND p.id = ifnull(?, p.id)
    ORDER BY p.position, p.id, s.position, s.id, d.position, d.id
"""
_COMPANY: Final = 15
"""Where the company's name stands in a row of `_DEALS`."""
_VISITS: Final = """
    SELECT v.deal_id, p.id, p.name, s.name, v.entered_at, v.left_at, v.evidence, v.criterion, v.id FROM visits AS v
    JOIN stages AS s ON s.id = v.stage_id JOIN pipelines AS p ON p.id = s.pipeline_id
    ORDER BY v.entered_at, v.left_at IS NULL, v.left_at, v.id
"""
_TOUCHES: Final = "SELECT deal_id, kind, at, text FROM touches ORDER BY at, id"
_TICKS: Final = "SELECT visit_id, item_id, at FROM ticks ORDER BY at, id"
_TASKS: Final = (
    "SELECT deal_id, title, due_on, created_at, done_at, due_at, repeat_days FROM tasks ORDER BY id"
)
_PEOPLE: Final = """
    SELECT l.deal_id, p.name, p.email, p.phone, l.role, c.name, p.notes, l.stance FROM deal_people AS l
    JOIN people AS p ON p.id = l.person_id LEFT JOIN companies AS c ON c.id = p.company_id ORDER BY l.id
"""
_NOTED: Final = "SELECT name, notes FROM companies WHERE notes <> '' ORDER BY id DESC"
"""Of two that go by one name when they are read again, the older one comes last, and so counts."""
_TAGS: Final = "SELECT deal_id, name FROM tags ORDER BY id"
_PROPERTIES: Final = "SELECT deal_id, name, value FROM properties ORDER BY id"


class Writable(Protocol):
    """Where the file is written to."""

    def write(self, text: str, /) -> object:
        """Take some text."""


def export_csv(store: Store, out: Writable, *, raw: bool = False, pipeline_id: int | None = None) -> int:
    """Write all deals (or one pipeline's) to `out`, as they are at this moment; gives their number.

    With `raw` no `'` is put before texts that a spreadsheet would take for formulas.
    """
    # Read whole before the first line is written: a pager at the other end of a pipe takes as long as it likes, and
    # nobody could write the file meanwhile.
    return _write(store.read.ask(_Export, pipeline_id), out, raw)


def export_file(
    store: Store, path: Path | str, *, force: bool = False, raw: bool = False, pipeline_id: int | None = None
) -> int:
    """`export_csv` into a file at `path`, which is there complete or not at all; gives the number of deals.

    One that is there is replaced only with `force`, else `FileExistsError`; what is no plain file, and the deals'
    own file, never is (`InvalidInput`).
    """
    journal = store.path.with_name(f"{store.path.name}-journal")
    with new_file(path, force=force, keep=(store.path, journal)) as file:
        return export_csv(store, file, raw=raw, pipeline_id=pipeline_id)


def _write(exported: _Export, out: Writable, raw: bool) -> int:
    properties = [PROPERTY_PREFIX + name for name in exported.property_names()]
    columns = [*FIELDS, *properties, *OWN_FIELDS, *LATER_FIELDS]
    guard = _unchanged if raw else _guarded
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([guard("name", printable(column)) for column in columns])
    count = 0
    for row in exported.rows():
        # Cleaned once more: the file may go to a terminal, and what is in the store came from wherever.
        writer.writerow([guard(column, printable(row.get(column, ""))) for column in columns])
        count += 1
    return count


def _guarded(column: str, text: str) -> str:
    if column in _TEXTS:
        return guarded_within(guarded(text))
    if column.startswith(PROPERTY_PREFIX):
        return guarded_within(guarded(text, may_be_number=True))
    return guarded_json(text) if column in _LISTS else text


def _unchanged(column: str, text: str) -> str:
    del column
    return text


class _Export:
    """Everything that is exported, read in a few statements and put together deal by deal."""

    def __init__(self, connection: sqlite3.Connection, pipeline_id: int | None) -> None:
        self._connection = connection
        self._deals: list[Any] = connection.execute(_DEALS, (pipeline_id,)).fetchall()
        self._visits = self._lists(_VISITS, lambda *row: row)
        self._ticks = self._lists(_TICKS, lambda item_id, at: (item_id, at))
        self._items = _items(connection)
        self._touches = self._lists(_TOUCHES, _touch)
        self._tasks = self._lists(_TASKS, _task)
        self._people = self._lists(_PEOPLE, _person)
        self._tags = self._lists(_TAGS, str)
        self._properties = self._lists(_PROPERTIES, lambda name, value: (name, value))
        self._noted: list[tuple[str, str]] = connection.execute(_NOTED).fetchall()
        self._defined = json_text([_pipeline(connection, each) for each in self._pipelines(pipeline_id)])

    def _lists(self, question: str, made: Callable[..., Any]) -> dict[int, list[Any]]:
        lists: dict[int, list[Any]] = defaultdict(list)
        for deal_id, *values in self._connection.execute(question):
            lists[deal_id].append(made(*values))
        return lists

    def _pipelines(self, pipeline_id: int | None) -> list[Pipeline]:
        """All pipelines; of an export of one that one, and those that its deals have come through."""
        every = pipelines(self._connection)
        if pipeline_id is None:
            return list(every)
        needed = {pipeline_id, *(visit[0] for deal in self._deals for visit in self._visits[deal[0]])}
        return [each for each in every if each.id in needed]

    def _companies(self) -> list[dict[str, str]]:
        """The notes about the companies of the deals and of their people."""
        named = {name for deal in self._deals for name in (deal[_COMPANY], *self._employers(deal[0]))}
        return [{"name": name, "notes": notes} for name, notes in self._noted if name in named]

    def _employers(self, deal_id: int) -> list[str | None]:
        return [each.get("company") for each in self._people[deal_id]]

    def property_names(self) -> list[str]:
        """The names of all custom properties, in the order in which they are met deal by deal."""
        return list(dict.fromkeys(name for deal in self._deals for name, _ in self._properties[deal[0]]))

    def rows(self) -> Iterator[Row]:
        """The deals in the board's order, as the texts of their columns."""
        about_the_file = {"pipelines": self._defined, "companies": json_text(self._companies())}
        for deal in self._deals:
            yield {**self._row(*deal), **about_the_file}
            about_the_file = {}

    def _row(
        self, deal_id: int, name: str, amount: int | None, currency: str, own: int | None, close_date: str | None,
        source: str | None, external_id: str | None, notes: str, created_at: str, entered_at: str,
        closed_at: str | None, lost_reason: str | None, lost_note: str, snoozed_until: str | None,
        company: str | None, stage: str, outcome: str, probability: int, pipeline_id: int, pipeline: str,
    ) -> Row:  # fmt: skip
        people, touches, tasks = self._people[deal_id], self._touches[deal_id], self._tasks[deal_id]
        step = _next_step(tasks)
        visits = [self._visit(*visit, here=pipeline_id) for visit in self._visits[deal_id]]
        return {
            "name": name,
            "amount": "" if amount is None else decimal_text(amount, currency),
            "currency": currency,
            "stage": stage,
            "pipeline": pipeline,
            "company": company or "",
            "contact": "; ".join(each["name"] for each in people),
            "email": "; ".join(filter(None, (each.get("email") for each in people))),
            "phone": "; ".join(filter(None, (each.get("phone") for each in people))),
            "close_date": close_date or "",
            "created_on": _day(created_at),
            "entered_stage_on": _day(entered_at),
            "closed_on": _day(closed_at),
            "last_touch_on": _day(touches[-1]["at"] if touches else None),
            "next_step": step.get("title", ""),
            "next_step_on": step.get("due_on", ""),
            "probability": str(probability if own is None else own),
            "source": source or "",
            "tags": _tags(self._tags[deal_id]),
            "lost_reason": lost_reason or "",
            "notes": notes,
            "external_id": external_id or "",
            "outcome": outcome,
            "lost_note": lost_note,
            "snoozed_until": snoozed_until or "",
            **{PROPERTY_PREFIX + key: value for key, value in self._properties[deal_id]},
            "own_probability": "" if own is None else str(own),
            "created_at": created_at,
            "closed_at": closed_at or "",
            "visits": json_text(visits),
            "touches": json_text(touches),
            "tasks": json_text(tasks),
            "people": json_text(people),
        }

    def _visit(
        self, pipeline_id: int, pipeline: str, stage: str, entered_at: str, left_at: str | None, evidence: str,
        criterion: str, visit_id: int, *, here: int,
    ) -> dict[str, Any]:  # fmt: skip
        """A visit; its pipeline is named only where the deal is in another one now."""
        ticked = [
            {"item": self._items[item_id][0], "place": self._items[item_id][1], "at": at}
            for item_id, at in self._ticks[visit_id]
        ]
        return _known(
            pipeline=pipeline if pipeline_id != here else None,
            stage=stage,
            entered_at=entered_at,
            left_at=left_at,
            evidence=evidence,
            criterion=criterion,
            ticked=ticked or None,
        )


def json_text(items: Sequence[Any]) -> str:
    """A list as compact JSON, an empty one as an empty text."""
    return json.dumps(items, ensure_ascii=False, separators=(",", ":")) if items else ""


def _known(**values: Any) -> dict[str, Any]:
    """The values that there are: what is empty is left out of the file."""
    return {key: value for key, value in values.items() if value not in (None, "")}


def _touch(kind: str, at: str, text: str) -> dict[str, Any]:
    return _known(kind=kind, at=at, text=text)


def _task(
    title: str,
    due_on: str | None,
    created_at: str,
    done_at: str | None,
    due_at: str | None,
    repeat_days: int | None,
) -> dict[str, Any]:
    return _known(
        title=title,
        due_on=due_on,
        created_at=created_at,
        done_at=done_at,
        due_at=due_at,
        repeat_days=repeat_days,
    )


def _person(
    name: str, email: str, phone: str, role: str, company: str | None, notes: str, stance: str
) -> dict[str, Any]:
    return _known(name=name, email=email, phone=phone, role=role, company=company, notes=notes, stance=stance)


def _items(connection: sqlite3.Connection) -> dict[int, tuple[str, int]]:
    """The items of all checklists by id: title, and place on its checklist."""
    stages = (stage for pipeline in pipelines(connection) for stage in pipeline.stages)
    return {item.id: (item.title, place) for stage in stages for place, item in enumerate(stage.checklist)}


def _pipeline(connection: sqlite3.Connection, pipeline: Pipeline) -> dict[str, Any]:
    own_goals = goals(connection, pipeline.id)
    goal = pipeline.monthly_goal
    return {
        "name": pipeline.name,
        "currency": pipeline.currency,
        "monthly_goal": None if goal is None else decimal_text(goal, pipeline.currency),
        "goals": {month: decimal_text(amount, pipeline.currency) for month, amount in own_goals.items()},
        "lost_reasons": list(pipeline.lost_reasons),
        "stages": [
            {
                "name": stage.name,
                "probability": stage.probability,
                "outcome": str(stage.outcome),
                "criterion": stage.criterion,
                "evidence_required": stage.evidence_required,
                "stuck_limit": stage.stuck_limit,
                "dwell_limit": stage.dwell_limit,
                "checklist": [{"title": item.title, "required": item.required} for item in stage.checklist],
            }
            for stage in pipeline.stages
        ],
    }


def _next_step(tasks: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The open task that comes first; `tasks` are in the order in which they were made."""
    waiting = [
        (step_order(task.get("due_on"), task.get("due_at"), task["created_at"], place), task)
        for place, task in enumerate(tasks)
        if "done_at" not in task
    ]
    return min(waiting)[1] if waiting else {}


def _day(instant: str | None) -> str:
    return local_day(instant).isoformat() if instant else ""


def _tags(tags: Sequence[str]) -> str:
    """Tags parted by commas; as a JSON list where one of them holds a sign that would part it."""
    plain = all(not any(sign in tag for sign in ",;|") for tag in tags) and not (
        tags and tags[0].startswith("[")
    )
    return ", ".join(tags) if plain else json_text(tags)
