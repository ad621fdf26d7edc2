"""Tasks in plain text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from store import Agenda, DueTask, instant_text, local_day, long_day, repeat_words, time_text
from tui.commands import words
from tui.commands.plain import Field, table

NOTHING_DUE = "Nothing is due this week."

_TASKS = (
    Field("id", right=True),
    Field("when"),
    Field("task", least=18),
    Field("deal", least=10),
    Field("stage", least=8, spare=1),
)


def agenda_lines(agenda: Agenda, room: int) -> list[str]:
    """What is overdue, due today and until Sunday, in one table; then how many there are beyond that."""
    blocks = (
        ("OVERDUE", agenda.overdue),
        ("TODAY", agenda.due_today),
        ("THIS WEEK", agenda.this_week),
    )
    rows = table(
        _TASKS, [_row(each, agenda.today) for _, tasks in blocks for each in tasks], room, titles=False
    )
    made: list[str] = []
    for title, tasks in blocks:
        if tasks:
            made += ["", f"{title} {len(tasks):,}", *rows[: len(tasks)]]
            rows = rows[len(tasks) :]
    lines = [f"Today is {long_day(agenda.today)}.", *(made or [NOTHING_DUE])]
    beyond = [
        f"{count:,} {what}"
        for count, what in ((agenda.later_count, "later"), (agenda.undated_count, "without a day"))
        if count
    ]
    return [*lines, "", " · ".join(beyond)] if beyond else lines


def task_lines(tasks: Sequence[DueTask], today: date, room: int) -> list[str]:
    """Tasks as a table."""
    return table(_TASKS, [_row(each, today) for each in tasks], room)


def _row(each: DueTask, today: date) -> tuple[str, ...]:
    task = each.task
    again = f" · {repeat_words(task.repeat_days)}" if task.repeat_days else ""
    return (str(task.id), _when(each, today), task.title + again, each.deal, each.stage)


def _when(each: DueTask, today: date) -> str:
    task = each.task
    if task.done_at is not None:
        return f"done {words.day(local_day(instant_text(task.done_at)), today)}"
    at = time_text(task.due_at) if task.due_at else ""
    return " ".join(filter(None, (words.day(task.due_on, today), at)))
