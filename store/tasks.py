"""The commands about tasks: what is to be done on a deal, and its next step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlmodel import Session, col, select

from store.drafts import TaskDraft
from store.errors import NotFound
from store.journal import Change, Journal
from store.lookup import AMONG_IDS, deal_rows, ids_parameter, key_of, named, refuse_deleted, unique
from store.models import DealRow, TaskRow
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
            change.record(f"next step for {named(deals)}: {draft.title}")
            tasks = [task_row(change, deal, draft) for deal in deals]
            change.session.add_all(tasks)
            change.session.flush()
            return change.done([task.deal_id for task in tasks], tasks[0].id)

    def finish(self, task_ids: Sequence[int], now: datetime) -> Done:
        """Mark tasks as done, which resets their deals' idle clock; one that is done already stays as it is."""
        with self._journal.changing(now) as change:
            found = [(task, deal) for task, deal in _found(change.session, task_ids) if task.done_at is None]
            if not found:
                return change.done()
            change.record(f"finish {_titles(found)}")
            for task, deal in found:
                task.done_at = max(change.at, deal.entered_stage_at)
            change.session.flush()
            return change.done(_deal_ids(found))

    def edit(self, task_id: int, draft: TaskDraft, now: datetime) -> Done:
        """Give a task another title or day."""
        with self._journal.changing(now) as change:
            found = _found(change.session, [task_id])
            task, _ = found[0]
            due_on = draft.due_on.isoformat() if draft.due_on else None
            if (task.title, task.due_on) == (draft.title, due_on):
                return change.done()
            change.record(f"edit {_titles(found)}")
            task.title, task.due_on = draft.title, due_on
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


def task_row(change: Change, deal: DealRow, draft: TaskDraft) -> TaskRow:
    """The row of a new task; it is not made before its deal entered its stage."""
    due_on = draft.due_on.isoformat() if draft.due_on else None
    created_at = max(change.at, deal.entered_stage_at)
    return TaskRow(deal_id=key_of(deal), title=draft.title, due_on=due_on, created_at=created_at)


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


def _titles(found: Sequence[tuple[TaskRow, DealRow]]) -> str:
    task, deal = found[0]
    return f"{task.title} for {deal.name}" if len(found) == 1 else f"{len(found)} tasks"


def _deal_ids(found: Sequence[tuple[TaskRow, DealRow]]) -> tuple[int, ...]:
    return unique(task.deal_id for task, _ in found)
