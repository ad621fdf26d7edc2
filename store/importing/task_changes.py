"""What the next steps of a row change among the tasks of a deal that is there.

What is finished stays finished: a task that the file knows as done adds nothing, and one that was finished here does
not come back to life because an older file still has it open.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time

from store.drafts import TaskDraft
from store.importing.facts import TaskThere
from store.importing.plan import PlannedTask

Changes = tuple[tuple[TaskDraft, ...], tuple[tuple[int, TaskDraft], ...]]


def task_changes(said: Sequence[PlannedTask], present: Sequence[TaskThere], exact: bool) -> Changes:
    """The tasks to add, and the open ones that get another day. In an export (`exact`) a task is known by when it
    was made; elsewhere the row's next step is the task of its title.
    """
    left, waiting = list(present), []
    for task in said:
        same = next((there for there in left if _is_as_told(there, task, exact)), None)
        if same is not None:
            left.remove(same)
        elif task.done_at is None:
            waiting.append(task)
    new: list[TaskDraft] = []
    edited: list[tuple[int, TaskDraft]] = []
    for task in waiting:
        meant = _meant(left, task, exact)
        if meant is None:
            new.append(_draft(task.title, task.due_on, task.due_at, task.repeat_days))
            continue
        left.remove(meant)
        if meant.done_at is None and task.due_on is not None:
            told = task if exact else meant  # no other file knows times and repetitions
            edited.append((meant.id, _draft(task.title, task.due_on, told.due_at, told.repeat_days)))
    return tuple(new), tuple(edited)


def _is_as_told(there: TaskThere, task: PlannedTask, exact: bool) -> bool:
    """Whether the task that is there is all that the file says."""
    if exact:
        return there[1:] == tuple(task)
    return there.title == task.title and task.due_on in (None, there.due_on)


def _meant(left: Sequence[TaskThere], task: PlannedTask, exact: bool) -> TaskThere | None:
    """The task that the file has another day for, or has still open."""
    same = [there for there in left if there.title == task.title]
    made_then = (there for there in same if exact and there.created_at == task.created_at)
    return next(made_then, next((there for there in same if there.done_at is None), None))


def _draft(title: str, due_on: str | None, due_at: str | None, repeat_days: int | None) -> TaskDraft:
    day = date.fromisoformat(due_on) if due_on else None
    return TaskDraft(title, day, time.fromisoformat(due_at) if due_at else None, repeat_days)
