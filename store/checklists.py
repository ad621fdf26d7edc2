"""The commands about checklists: what a stage asks to be done is ticked off, deal by deal and visit by visit."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import col, select

from store.errors import InvalidInput, NotFound
from store.journal import Journal
from store.lookup import deal_rows
from store.models import ChecklistItemRow, TickRow, VisitRow
from store.views import Done


class Checklists:
    """What can be done to the checklist of a deal's stage. A deal that is not there or deleted raises `NotFound`."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def tick(self, deal_id: int, item_id: int, ticked: bool, now: datetime) -> Done:
        """Tick an item off during the deal's present visit, or (not `ticked`) take its tick away.

        What is so already stays as it is. `NotFound` for an item that is not there, `InvalidInput` for one of
        another stage's checklist: the deal may have moved meanwhile.
        """
        with self._journal.changing(now) as change:
            session = change.session
            (deal,) = deal_rows(session, [deal_id])
            item = session.get(ChecklistItemRow, item_id)
            if item is None:
                raise NotFound(f"There is no item {item_id} on a checklist.")
            if item.stage_id != deal.stage_id:
                raise InvalidInput(
                    f"{item.title} is on the checklist of another stage than that of {deal.name}.",
                    "checklist",
                )
            visit = session.exec(
                select(VisitRow).where(col(VisitRow.deal_id) == deal.id, col(VisitRow.left_at).is_(None))
            ).one()
            tick = session.exec(
                select(TickRow).where(col(TickRow.visit_id) == visit.id, col(TickRow.item_id) == item.id)
            ).first()
            if ticked is (tick is not None):
                return change.done()
            change.record(f"{'tick' if ticked else 'untick'} {item.title} for {deal.name}")
            if tick is not None:
                session.delete(tick)
            else:
                at = max(change.at, deal.entered_stage_at)
                session.add(TickRow(visit_id=visit.id or 0, item_id=item_id, at=at))
            session.flush()
            return change.done([deal_id])
