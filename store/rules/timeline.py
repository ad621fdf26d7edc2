"""What happened to a deal, newest first: moves with their evidence, touches, finished tasks, changes of its fields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from store.dates import day_and_month
from store.instants import at_noon, instant_text, local_day
from store.money import Money, format_amount
from store.rules.pushes import settled
from store.views import ChangedField, DealPage, FieldChange, TouchKind

ARROW: Final = " → "
"""Between what a field was and what it became."""

_NONE: Final = {
    ChangedField.AMOUNT: "unknown",
    ChangedField.CLOSE_DATE: "none",
    ChangedField.COMPANY: "none",
    ChangedField.PROBABILITY: "its stage's",
    ChangedField.NAME: "",
    ChangedField.SNOOZE: "",
}
"""What a field without a value says."""


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the timeline: the day, what it was ("entered Product evaluated", "email", "done"), and its words.

    The words of a move are its evidence; `criterion` is what the stage had asked for (nothing of a deal that was made
    there).
    """

    on: date
    what: str
    text: str
    is_move: bool = False
    criterion: str = ""
    touch_id: int | None = None
    """The touch that it is, which can be changed."""


def timeline(page: DealPage) -> tuple[Event, ...]:
    """The events of a deal, newest first; of one instant, the move is older than what was said in the stage.

    The first visit is how the deal was made, unless it began on another day than the deal, as the history of an
    imported one may. Changes of its name, amount, close date, company, own probability and snooze stand where the day's
    last one was made, those of one day together (`store.rules.pushes.settled`).
    """
    dated = [*_moves(page)]
    for touch in page.touches:
        kind = "e-mail" if touch.kind is TouchKind.EMAIL else touch.kind.value
        dated.append((touch.at, 1, Event(_day(touch.at), kind, touch.text, touch_id=touch.id)))
    dated += [
        (task.done_at, 2, Event(_day(task.done_at), "done", task.title))
        for task in page.tasks
        if task.done_at is not None
    ]
    dated += [(change.at, 3, _changed(change)) for change in settled(page.changes)]
    dated.sort(key=lambda item: item[:2], reverse=True)
    return tuple(event for _, _, event in dated)


def _moves(page: DealPage) -> Iterator[tuple[datetime, int, Event]]:
    created_on = page.deal.created_on
    first = min(page.visits, key=lambda visit: (visit.entered_at, visit.id), default=None)
    if first is None or _day(first.entered_at) != created_on:
        yield _begin(created_on), -1, Event(created_on, "created", "")
        first = None
    for visit in page.visits:
        what, asked = f"entered {visit.stage}", visit.criterion
        if visit is first:
            what, asked = f"created in {visit.stage}", ""
        yield visit.entered_at, 0, Event(_day(visit.entered_at), what, visit.evidence, True, asked)


def _begin(day: date) -> datetime:
    """Midnight, or the hour after it where clocks leave that one out."""
    midnight = at_noon(day) - timedelta(hours=12)
    return midnight if _day(midnight) == day else midnight + timedelta(hours=1)


def _changed(change: FieldChange) -> Event:
    on = _day(change.at)
    if change.field is ChangedField.SNOOZE:
        woken = change.after is None
        return Event(
            on, "woken" if woken else "snoozed", "" if woken else f"until {_words(change, change.after)}"
        )
    return Event(on, change.field.value, _words(change, change.before) + ARROW + _words(change, change.after))


def _words(change: FieldChange, value: str | int | date | Money | None) -> str:
    """A value of the field; a day without its year where that is the year of the change."""
    match value:
        case None:
            return _NONE[change.field]
        case Money():
            return format_amount(value.minor, value.currency)
        case date():
            return day_and_month(value, _day(change.at).year)
        case int():
            return f"{value} %"
        case _:
            return value


def _day(at: datetime) -> date:
    return local_day(instant_text(at))
