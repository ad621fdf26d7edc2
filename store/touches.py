"""The commands about touches: calls, e-mails, meetings and notes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from sqlmodel import Session

from store.dates import at_noon, instant_text, local_day
from store.drafts import notes_of
from store.errors import InvalidInput, NotFound
from store.journal import Change, Journal
from store.lookup import day_words, deal_rows, key_of, named, refuse_deleted
from store.models import DealRow, TouchRow
from store.months import kept_day
from store.views import Done, TouchKind

_CALLED: Final = {
    TouchKind.CALL: "call with",
    TouchKind.EMAIL: "email to",
    TouchKind.MEETING: "meeting with",
    TouchKind.NOTE: "note on",
}
"""What a touch is called before the name of its deal."""


class Touches:
    """What can be done to touches. A touch, or a deal, that is not there or deleted raises `NotFound`."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def add(
        self, deal_ids: Sequence[int], kind: TouchKind, text: str, now: datetime, on: date | None = None
    ) -> Done:
        """Log a touch on one or more deals: now, or at noon of an earlier day `on`.

        Raises `InvalidInput` for a day to come or before 1970 and for a note without text.
        """
        said = _said(kind, text)
        with self._journal.changing(now) as change:
            deals = deal_rows(change.session, deal_ids)
            if not deals:
                return change.done()
            earlier = _earlier(change, on)
            called = f"{_CALLED[kind]} {named(deals)}"
            change.record(called if kind is TouchKind.NOTE else f"log {called}")
            touches = []
            for deal in deals:
                at = earlier or max(change.at, deal.entered_stage_at)
                touches.append(TouchRow(deal_id=key_of(deal), kind=kind.value, at=at, text=said))
            change.session.add_all(touches)
            change.session.flush()
            return change.done([touch.deal_id for touch in touches], touches[0].id)

    def edit(self, touch_id: int, kind: TouchKind, text: str, now: datetime, on: date | None = None) -> Done:
        """Give a touch another kind, other words, and another day `on` if it is one; else it stays at its instant.

        Raises `InvalidInput` as `add` does.
        """
        said = _said(kind, text)
        with self._journal.changing(now) as change:
            touch, deal = _found(change.session, touch_id)
            at = touch.at
            if on is not None and on != local_day(touch.at):
                at = _earlier(change, on) or max(change.at, deal.entered_stage_at)
            if (touch.kind, touch.text, touch.at) == (kind, said, at):
                return change.done()
            change.record(f"edit {_CALLED[TouchKind(touch.kind)]} {deal.name}")
            touch.kind, touch.text, touch.at = kind.value, said, at
            change.session.flush()
            return change.done([touch.deal_id])

    def delete(self, touch_id: int, now: datetime) -> Done:
        """Remove a touch; the journal keeps it, so that it can be brought back by undo."""
        with self._journal.changing(now) as change:
            touch, deal = _found(change.session, touch_id)
            change.record(f"delete {_CALLED[TouchKind(touch.kind)]} {deal.name}")
            change.session.delete(touch)
            change.session.flush()
            return change.done([key_of(deal)])


def _said(kind: TouchKind, text: str) -> str:
    said = notes_of(text)
    if kind is TouchKind.NOTE and not said:
        raise InvalidInput("The note is empty; type what is to be kept.", "note")
    return said


def _earlier(change: Change, on: date | None) -> str | None:
    """Noon of a day before today, as stored; `None` for today."""
    today = local_day(change.at)
    if on is not None and on > today:
        raise InvalidInput(f"{day_words(on, today)} is still to come; a touch has taken place.", "day")
    return instant_text(at_noon(kept_day(on, "day"))) if on is not None and on < today else None


def _found(session: Session, touch_id: int) -> tuple[TouchRow, DealRow]:
    touch = session.get(TouchRow, touch_id)
    if touch is None:
        raise NotFound(f"There is no touch {touch_id}.")
    deal = session.get_one(DealRow, touch.deal_id)
    refuse_deleted([deal])
    return touch, deal
