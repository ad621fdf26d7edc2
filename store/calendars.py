"""Tasks and expected close dates as a calendar file (iCalendar, RFC 5545), which any calendar program reads.

Every open task with a day is an event: of the whole day, or of half an hour at its time, which is the user's own clock
wherever that is (floating). One that is repeated is repeated in the calendar. The expected close date of every open
deal is an event of the whole day. An event keeps its id from file to file, so that importing the next one renews it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from icalendar import Calendar, Event

from store.files import new_file
from store.money import format_amount
from store.reads.agenda import tasks
from store.reads.close_dates import close_dates
from store.text import clean_line
from store.views import ClosingDeal, DueTask

if TYPE_CHECKING:
    import sqlite3

    from store.store import Store

_PRODUCT: Final = "-//Dealdeck//Dealdeck//EN"
_MEETING: Final = timedelta(minutes=30)
_WEEK: Final = 7


class CalendarCounts(NamedTuple):
    """What went into a calendar file, and how many tasks did not, because they have no day."""

    tasks: int
    close_dates: int
    left_out: int


def export_calendar(
    store: Store, path: Path | str, now: datetime, *, force: bool = False, pipeline_id: int | None = None
) -> CalendarCounts:
    """Write the calendar of all deals, or of one pipeline's, as of `now` to a file at `path`.

    It is there complete or not at all; one that is there is replaced only with `force`, else `FileExistsError`; what is
    no plain file, and the deals' own file, never is (`InvalidInput`).
    """
    waiting, closing = store.read.ask(_entries, pipeline_id)
    dated = [each for each in waiting if each.task.due_on is not None]
    text = calendar_text(dated, closing, now)
    journal = store.path.with_name(f"{store.path.name}-journal")
    with new_file(path, force=force, keep=(store.path, journal)) as file:
        file.write(text)
    return CalendarCounts(len(dated), len(closing), len(waiting) - len(dated))


def calendar_text(waiting: Sequence[DueTask], closing: Sequence[ClosingDeal], now: datetime) -> str:
    """The calendar of tasks that have a day and of close dates."""
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", "Deals")
    for each in waiting:
        if each.task.due_on is not None:
            calendar.add_component(_task_event(each, each.task.due_on, now))
    for deal in closing:
        calendar.add_component(_close_event(deal, now))
    text: str = calendar.to_ical().decode("utf-8")
    return text


def _entries(
    connection: sqlite3.Connection, pipeline_id: int | None
) -> tuple[list[DueTask], tuple[ClosingDeal, ...]]:
    """Both of one moment."""
    waiting = [each for each in tasks(connection) if pipeline_id in (None, each.pipeline_id)]
    return waiting, close_dates(connection, pipeline_id)


def _task_event(each: DueTask, day: date, now: datetime) -> Event:
    task = each.task
    event = _event(f"task-{task.id}", task.created_at, now)
    event.add("summary", f"{clean_line(task.title)} · {clean_line(each.deal)}")
    event.add("description", _about(each.deal, each.company, each.stage, each.amount, each.currency))
    if task.due_at is None:
        _whole_day(event, day)
    else:
        begins = datetime.combine(day, task.due_at)
        event.add("dtstart", begins)
        event.add("dtend", begins + _MEETING)
    if task.repeat_days is not None:
        weeks, days = divmod(task.repeat_days, _WEEK)
        every = (
            {"freq": "daily", "interval": task.repeat_days} if days else {"freq": "weekly", "interval": weeks}
        )
        event.add("rrule", every)
    return event


def _close_event(deal: ClosingDeal, now: datetime) -> Event:
    event = _event(f"close-{deal.id}", deal.created_at, now)
    event.add("summary", f"{clean_line(deal.name)} is expected to close")
    event.add("description", _about(deal.name, deal.company, deal.stage, deal.amount, deal.currency))
    _whole_day(event, deal.close_date)
    return event


def _event(key: str, created_at: datetime, now: datetime) -> Event:
    """An event whose id tells it from those of other files too: they were hardly made in the same millisecond."""
    event = Event()
    event.add("uid", f"{key}-{created_at:%Y%m%dT%H%M%S}{created_at.microsecond // 1000:03}@dealdeck")
    event.add("dtstamp", now.replace(microsecond=0))
    return event


def _whole_day(event: Event, day: date) -> None:
    """From the day to the next, as the standard counts; it leaves the day free for meetings."""
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(1))
    event.add("transp", "TRANSPARENT")


def _about(name: str, company: str | None, stage: str, amount: int | None, currency: str) -> str:
    whose = f"{name} ({company})" if company else name
    worth = "" if amount is None else f" · {format_amount(amount, currency)}"
    return clean_line(f"{whose} · {stage}{worth}")
