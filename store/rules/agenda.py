"""What is due when: the blocks of the day's tasks, and their order."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time, timedelta
from typing import Final

from store.views import Agenda, DueTask

_SUNDAY: Final = 6
_LAST_MINUTE: Final = time(23, 59)


def week_end(today: date) -> date:
    """The Sunday of the week that `today` is in; weeks begin on Monday. No day is after the last one there is."""
    return today + timedelta(min(_SUNDAY - today.weekday(), (date.max - today).days))


def agenda(tasks: Iterable[DueTask], today: date, later_count: int, undated_count: int) -> Agenda:
    """The open `tasks` in their blocks, each by day, then by time (those of no time last), then as they were made.

    The counts are those of all tasks after this week and of all without a day, whether they are among `tasks` or not.
    """
    sunday = week_end(today)
    blocks: dict[str, list[DueTask]] = {
        name: [] for name in ("overdue", "due_today", "this_week", "later", "undated")
    }
    for each in sorted(tasks, key=due_order):
        blocks[_block(each.task.due_on, today, sunday)].append(each)
    return Agenda(
        today,
        **{name: tuple(held) for name, held in blocks.items()},
        later_count=later_count,
        undated_count=undated_count,
    )


def due_order(each: DueTask) -> tuple[date, bool, time, int]:
    """What the tasks of a block are sorted by."""
    task = each.task
    return (task.due_on or date.max, task.due_at is None, task.due_at or _LAST_MINUTE, task.id)


def _block(due_on: date | None, today: date, sunday: date) -> str:
    if due_on is None:
        return "undated"
    if due_on < today:
        return "overdue"
    if due_on == today:
        return "due_today"
    return "this_week" if due_on <= sunday else "later"
