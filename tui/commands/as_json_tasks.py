"""Tasks as programs read them: what `--json` prints of them. Keys are only ever added."""

from __future__ import annotations

from collections.abc import Iterable

from store import Agenda, DueTask, instant_text, local_day, time_text
from tui.commands.as_json import Json, day


def task_json(each: DueTask) -> Json:
    """A task: its days as ISO dates, its time as `14:30`, and the deal it is about."""
    task = each.task
    return {
        "id": task.id,
        "title": task.title,
        "due_on": day(task.due_on),
        "due_at": None if task.due_at is None else time_text(task.due_at),
        "repeat_days": task.repeat_days,
        "done_on": None if task.done_at is None else day(local_day(instant_text(task.done_at))),
        "deal": {"id": task.deal_id, "name": each.deal},
        "pipeline": each.pipeline,
    }


def tasks_json(tasks: Iterable[DueTask]) -> list[Json]:
    """Tasks in the order given."""
    return [task_json(each) for each in tasks]


def agenda_json(agenda: Agenda) -> Json:
    """What is due, and how many tasks are due later or on no day."""
    return {
        "today": day(agenda.today),
        "overdue": tasks_json(agenda.overdue),
        "due_today": tasks_json(agenda.due_today),
        "this_week": tasks_json(agenda.this_week),
        "later": agenda.later_count,
        "undated": agenda.undated_count,
    }
