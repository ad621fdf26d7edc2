"""The commands about touches: calls, e-mails, meetings and notes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from store.dates import at_noon, instant_text, local_day
from store.drafts import notes_of
from store.errors import InvalidInput
from store.journal import Journal
from store.lookup import day_words, deal_rows, key_of, named
from store.models import TouchRow
from store.months import kept_day
from store.views import Done, TouchKind

_LOGGED: Final = {
    TouchKind.CALL: "log call with",
    TouchKind.EMAIL: "log email to",
    TouchKind.MEETING: "log meeting with",
    TouchKind.NOTE: "note on",
}


class Touches:
    """What can be done to touches."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def add(
        self, deal_ids: Sequence[int], kind: TouchKind, text: str, now: datetime, on: date | None = None
    ) -> Done:
        """Log a touch on one or more deals: now, or at noon of an earlier day `on`.

        Raises `InvalidInput` for a day to come or before 1970 and for a note without text.
        """
        said = notes_of(text)
        if kind is TouchKind.NOTE and not said:
            raise InvalidInput("The note is empty; type what is to be kept.", "note")
        with self._journal.changing(now) as change:
            deals = deal_rows(change.session, deal_ids)
            if not deals:
                return change.done()
            today = local_day(change.at)
            if on is not None and on > today:
                raise InvalidInput(
                    f"{day_words(on, today)} is still to come; a touch has taken place.", "day"
                )
            earlier = instant_text(at_noon(kept_day(on, "day"))) if on is not None and on < today else None
            change.record(f"{_LOGGED[kind]} {named(deals)}")
            touches = []
            for deal in deals:
                at = earlier or max(change.at, deal.entered_stage_at)
                touches.append(TouchRow(deal_id=key_of(deal), kind=kind.value, at=at, text=said))
            change.session.add_all(touches)
            change.session.flush()
            return change.done([touch.deal_id for touch in touches], touches[0].id)
