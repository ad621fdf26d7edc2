"""The tasks of all deals: what is due, and what there is."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING, Final

from store.instants import parse_instant
from store.rules.agenda import agenda as arranged
from store.rules.agenda import due_order, week_end
from store.views import Agenda, DueTask, Outcome, Task

if TYPE_CHECKING:
    import sqlite3

_TASKS: Final = """
    SELECT t.id, t.deal_id, t.title, t.due_on, t.created_at, t.done_at, t.due_at, t.repeat_days,
        d.name, c.name, s.name, s.outcome, p.id, p.name, d.amount, d.currency
    FROM tasks AS t JOIN deals AS d ON d.id = t.deal_id JOIN stages AS s ON s.id = d.stage_id
    JOIN pipelines AS p ON p.id = s.pipeline_id LEFT JOIN companies AS c ON c.id = d.company_id
    WHERE d.deleted_at IS NULL
"""
_DUE: Final = f"{_TASKS} AND t.done_at IS NULL AND t.due_on <= ?"
_OPEN: Final = f"{_TASKS} AND t.done_at IS NULL"
_COUNTS: Final = """
    SELECT count(*) FILTER (WHERE t.due_on > ?), count(*) FILTER (WHERE t.due_on IS NULL)
    FROM tasks AS t JOIN deals AS d ON d.id = t.deal_id WHERE d.deleted_at IS NULL AND t.done_at IS NULL
"""
_DUE_COUNT: Final = """
    SELECT count(*) FROM tasks AS t JOIN deals AS d ON d.id = t.deal_id
    WHERE d.deleted_at IS NULL AND t.done_at IS NULL AND t.due_on <= ?
"""
_NEWEST_FIRST: Final = "ORDER BY t.done_at DESC, t.id DESC"


def agenda(connection: sqlite3.Connection, today: date, whole: bool = False) -> Agenda:
    """The open tasks of all deals of all pipelines: overdue, due today, and until Sunday, in two statements.

    Those of snoozed and of closed deals are among them: they are still to be done. With `whole` also those after this
    week and those without a day, which are only counted else.
    """
    sunday = week_end(today).isoformat()
    rows = connection.execute(_OPEN) if whole else connection.execute(_DUE, (sunday,))
    later, undated = connection.execute(_COUNTS, (sunday,)).fetchone()
    return arranged((_due_task(*row) for row in rows), today, later, undated)


def due_count(connection: sqlite3.Connection, today: date) -> int:
    """How many open tasks are due today or overdue."""
    count: int = connection.execute(_DUE_COUNT, (today.isoformat(),)).fetchone()[0]
    return count


def tasks(
    connection: sqlite3.Connection, deal_id: int | None = None, finished: bool = False
) -> tuple[DueTask, ...]:
    """The open tasks of a deal, or of all, by day and time; with `finished` then the finished ones, newest first."""
    of_deal, values = ("AND t.deal_id = ?", (deal_id,)) if deal_id is not None else ("", ())
    waiting = [_due_task(*row) for row in connection.execute(f"{_OPEN} {of_deal}", values)]
    found = sorted(waiting, key=due_order)
    if finished:
        done = connection.execute(f"{_TASKS} AND t.done_at IS NOT NULL {of_deal} {_NEWEST_FIRST}", values)
        found += [_due_task(*row) for row in done]
    return tuple(found)


def _due_task(
    key: int, deal_id: int, title: str, due_on: str | None, created_at: str, done_at: str | None,
    due_at: str | None, repeat_days: int | None, deal: str, company: str | None, stage: str, outcome: str,
    pipeline_id: int, pipeline: str, amount: int | None, currency: str,
) -> DueTask:  # fmt: skip
    task = Task(
        key,
        deal_id,
        title,
        date.fromisoformat(due_on) if due_on else None,
        parse_instant(created_at),
        parse_instant(done_at) if done_at else None,
        time.fromisoformat(due_at) if due_at else None,
        repeat_days,
    )
    return DueTask(task, deal, company, stage, Outcome(outcome), pipeline_id, pipeline, amount, currency)
