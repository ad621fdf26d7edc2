"""What happened to a deal, newest first: moves with their evidence, touches, finished tasks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from store.dates import local_day
from store.instants import instant_text
from store.views import DealPage, TouchKind


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the timeline: the day, what it was ("entered Product evaluated", "email", "done"), and its words."""

    on: date
    what: str
    text: str
    is_move: bool = False


def timeline(page: DealPage) -> tuple[Event, ...]:
    """The events of a deal, newest first; of one instant, the move is older than what was said in the stage."""
    dated: list[tuple[datetime, int, Event]] = []
    for visit in page.visits:
        event = Event(_day(visit.entered_at), f"entered {visit.stage}", visit.evidence, is_move=True)
        dated.append((visit.entered_at, 0, event))
    for touch in page.touches:
        kind = "e-mail" if touch.kind is TouchKind.EMAIL else touch.kind.value
        dated.append((touch.at, 1, Event(_day(touch.at), kind, touch.text)))
    dated += [
        (task.done_at, 2, Event(_day(task.done_at), "done", task.title))
        for task in page.tasks
        if task.done_at is not None
    ]
    dated.sort(key=lambda item: item[:2], reverse=True)
    return tuple(event for _, _, event in dated)


def _day(at: datetime) -> date:
    return local_day(instant_text(at))
