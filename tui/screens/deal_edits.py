"""What can be typed in place on the screen of one deal: how each line stands there, and what saving it does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from store import (
    DateOrder,
    DealPage,
    DealPatch,
    InvalidInput,
    StepLine,
    Task,
    Touch,
    TouchKind,
    TouchLine,
    instant_text,
    local_day,
    parse_step,
    parse_touch,
    step_text,
    touch_text,
)
from tui.screens.deal_fields import Field, deal_fields
from tui.screens.understood import Understood
from tui.widgets.deal_rows import Spot

if TYPE_CHECKING:
    from tui.gateway import Write


@dataclass(frozen=True, slots=True)
class Edit:
    """One thing that is edited as a line: what it starts with, and the command that saves what is typed (`None`: it is
    as it was).

    `shown` is its value in words: where that is another one when the line is to be saved, it was changed elsewhere.
    """

    start: str
    shown: str
    understand: Callable[[str], Understood[Write | None]]
    placeholder: str = ""


def edit_of(page: DealPage, spot: Spot, today: date, order: DateOrder) -> Edit | None:
    """How the field, task or touch at `spot` is edited; `None` where there is nothing that can be typed (any more)."""
    if spot.kind == "field":
        return _of_field(page.deal.id, deal_fields(page, today, order)[str(spot.ref)])
    if spot.kind == "task":
        task = next((task for task in page.tasks if task.id == spot.ref and task.done_at is None), None)
        return None if task is None else _of_task(task, today, order)
    if spot.kind == "touch":
        touch = next((touch for touch in page.touches if touch.id == spot.ref), None)
        return None if touch is None else _of_touch(touch, today, order)
    return None


def _of_touch(touch: Touch, today: date, order: DateOrder) -> Edit:
    line = touch_text(TouchLine(touch.kind, touch.text, local_day(instant_text(touch.at))))

    def understand(text: str) -> Understood[Write | None]:
        if text == line:
            return Understood(None, "")
        if not text.strip():
            raise InvalidInput("A touch says when and what it was: yesterday email sent terms. D deletes it.")
        it = parse_touch(text, today, order)
        if it.kind is TouchKind.NOTE and not it.text:
            raise InvalidInput("The note is empty; type what is to be kept.")
        return Understood(
            lambda store, now: store.touches.edit(touch.id, it.kind, it.text, now, it.on), it.describe(today)
        )

    return Edit(line, line, understand, "yesterday email sent terms")


def _of_field(deal_id: int, field: Field) -> Edit:
    def understand(text: str) -> Understood[Write | None]:
        if text == field.start:
            return Understood(None, "")
        value, words = field.understand(text)
        patch = DealPatch(**{field.id: value})
        return Understood(lambda store, now: store.deals.edit(deal_id, patch, now), words)

    return Edit(field.start, field.shown, understand, field.placeholder)


def _of_task(task: Task, today: date, order: DateOrder) -> Edit:
    line = step_text(StepLine(task.title, task.due_on, task.due_at, task.repeat_days))

    def understand(text: str) -> Understood[Write | None]:
        if text == line:
            return Understood(None, "")
        if not text.strip():
            raise InvalidInput("A task says what is next, and when: call Ann fri. D deletes it.")
        step = parse_step(text, today, order, task.title, task.due_on)
        draft = step.draft()
        return Understood(lambda store, now: store.tasks.edit(task.id, draft, now), step.describe(today))

    return Edit(line, line, understand, "call Ann fri 14:30")
