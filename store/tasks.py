"""The commands about tasks: what is to be done on a deal, and its next step."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlmodel import Session, col, select

from store.dates import local_day
from store.drafts import TaskDraft
from store.errors import NotFound
from store.journal import Change, Journal
from store.lookup import (
    AMONG_IDS,
    day_words,
    deal_rows,
    ids_parameter,
    key_of,
    named,
    refuse_deleted,
    unique,
)
from store.models import DealRow, TaskRow
from store.months import kept_day
from store.rules.repeats import next_due
from store.rules.stuck import step_order
from store.rules.times import time_text
from store.views import Done


class Tasks:
    """What can be done to tasks. A task, or a deal, that is not there or deleted raises `NotFound`."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def add(self, deal_ids: Sequence[int], draft: TaskDraft, now: datetime) -> Done:
        """Add the same task to one or more deals."""
        with self._journal.changing(now) as change:
            deals = deal_rows(change.session, deal_ids)
            if not deals:
                return change.done()
            what = "next step" if _comes_first(change, deals, draft) else "task"
            change.record(f"{what} for {named(deals)}: {draft.title}")
            tasks = [task_row(change, deal, draft) for deal in deals]
            change.session.add_all(tasks)
            change.session.flush()
            return change.done([task.deal_id for task in tasks], tasks[0].id)

    def finish(self, task_ids: Sequence[int], now: datetime) -> Done:
        """Mark tasks as done, which resets their deals' idle clock; one that is done already stays as it is.

        One that repeats is to be done again on the day that `store.rules.repeats` says, by a task of its own.
        """
        with self._journal.changing(now) as change:
            found = _open(change.session, task_ids)
            if not found:
                return change.done()
            again = [_again(change, task, deal) for task, deal in found]
            days = [task.due_on for task in again if task is not None and task.due_on]
            after = f", again {_told(change, days[0])}" if len(found) == len(days) == 1 else ""
            change.record(f"finish {_titles(found)}{after}")
            for task, deal in found:
                task.done_at = max(change.at, deal.entered_stage_at)
            change.session.add_all(task for task in again if task is not None)
            change.session.flush()
            return change.done(_deal_ids(found))

    def postpone(self, task_ids: Sequence[int], day: date, now: datetime) -> Done:
        """Give open tasks another day, sooner or later; their time and repetition stay. Raises `InvalidInput` for a
        day that is not kept.
        """
        due_on = kept_day(day, "next step").isoformat()
        with self._journal.changing(now) as change:
            found = [(task, deal) for task, deal in _open(change.session, task_ids) if task.due_on != due_on]
            if not found:
                return change.done()
            change.record(f"move {_titles(found)} to {_told(change, due_on)}")
            for task, _ in found:
                task.due_on = due_on
            change.session.flush()
            return change.done(_deal_ids(found))

    def edit(self, task_id: int, draft: TaskDraft, now: datetime) -> Done:
        """Give a task the title, day, time and repetition of `draft`."""
        with self._journal.changing(now) as change:
            found = _found(change.session, [task_id])
            task, _ = found[0]
            columns = _columns(draft)
            if all(getattr(task, name) == value for name, value in columns.items()):
                return change.done()
            change.record(f"edit {_titles(found)}")
            for name, value in columns.items():
                setattr(task, name, value)
            change.session.flush()
            return change.done(_deal_ids(found))

    def delete(self, task_id: int, now: datetime) -> Done:
        """Remove a task; the journal keeps it, so that it can be brought back by undo."""
        with self._journal.changing(now) as change:
            found = _found(change.session, [task_id])
            change.record(f"delete {_titles(found)}")
            change.session.delete(found[0][0])
            change.session.flush()
            return change.done(_deal_ids(found))


def _comes_first(change: Change, deals: Sequence[DealRow], draft: TaskDraft) -> bool:
    """Whether a new task is the next step of each of the deals."""
    there = select(TaskRow).where(col(TaskRow.deal_id).in_(AMONG_IDS), col(TaskRow.done_at).is_(None))
    rows = change.session.exec(there, params=ids_parameter([key_of(deal) for deal in deals]))
    columns = _columns(draft)
    new = step_order(columns["due_on"], columns["due_at"], change.at, sys.maxsize)
    return all(new < step_order(task.due_on, task.due_at, task.created_at, task.id or 0) for task in rows)


def task_row(change: Change, deal: DealRow, draft: TaskDraft) -> TaskRow:
    """The row of a new task; it is not made before its deal entered its stage."""
    created_at = max(change.at, deal.entered_stage_at)
    return TaskRow(deal_id=key_of(deal), created_at=created_at, **_columns(draft))


def _columns(draft: TaskDraft) -> dict[str, Any]:
    """What a draft says, as it is stored."""
    return {
        "title": draft.title,
        "due_on": draft.due_on.isoformat() if draft.due_on else None,
        "due_at": time_text(draft.due_at) if draft.due_at else None,
        "repeat_days": draft.repeat_days,
    }


def _again(change: Change, task: TaskRow, deal: DealRow) -> TaskRow | None:
    """The task that follows one that repeats."""
    if task.repeat_days is None:
        return None
    today = local_day(change.at)
    since = date.fromisoformat(task.due_on) if task.due_on else today
    day = next_due(since, task.repeat_days, today)
    if day is None:
        return None
    return TaskRow(
        deal_id=key_of(deal),
        created_at=max(change.at, deal.entered_stage_at),
        title=task.title,
        due_on=day.isoformat(),
        due_at=task.due_at,
        repeat_days=task.repeat_days,
    )


_TASKS: Final = (
    select(TaskRow, DealRow)
    .join(DealRow, col(DealRow.id) == TaskRow.deal_id)
    .where(col(TaskRow.id).in_(AMONG_IDS))
)


def _found(session: Session, task_ids: Sequence[int]) -> list[tuple[TaskRow, DealRow]]:
    wanted = unique(task_ids)
    rows = session.exec(_TASKS, params=ids_parameter(wanted))
    by_id = {task.id: (task, deal) for task, deal in rows}
    if missing := [task_id for task_id in wanted if task_id not in by_id]:
        raise NotFound(f"There is no task {missing[0]}.")
    found = [by_id[task_id] for task_id in wanted]
    refuse_deleted(deal for _, deal in found)
    return found


def _open(session: Session, task_ids: Sequence[int]) -> list[tuple[TaskRow, DealRow]]:
    return [(task, deal) for task, deal in _found(session, task_ids) if task.done_at is None]


def _told(change: Change, due_on: str) -> str:
    """A due day as a title names it."""
    return day_words(date.fromisoformat(due_on), local_day(change.at))


def _titles(found: Sequence[tuple[TaskRow, DealRow]]) -> str:
    task, deal = found[0]
    return f"{task.title} for {deal.name}" if len(found) == 1 else f"{len(found)} tasks"


def _deal_ids(found: Sequence[tuple[TaskRow, DealRow]]) -> tuple[int, ...]:
    return unique(task.deal_id for task, _ in found)
