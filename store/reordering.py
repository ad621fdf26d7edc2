"""The place of a deal in its column: its position, an integer; ties are broken by the id."""

from __future__ import annotations

from sqlalchemy import func, tuple_, update
from sqlmodel import Session, col, select

from store.errors import InvalidInput
from store.journal import Change
from store.lookup import deal_rows, key_of
from store.models import DealRow
from store.schema import POSITION_GAP
from store.views import Done


def put_before(change: Change, deal_id: int, before_id: int | None) -> Done:
    """Put the deal right before the deal `before_id` of its stage, or last with `None`.

    Nothing is written if it is there already. When no integer is left between the two neighbours, the whole
    column is numbered anew in the same action.
    """
    session = change.session
    deal, *others = deal_rows(session, [deal_id] if before_id is None else [deal_id, before_id])
    before = others[0] if others else None
    if before_id == deal_id:
        return change.done()
    if before is not None and before.stage_id != deal.stage_id:
        raise InvalidInput(f"{before.name} is in another stage than {deal.name}.", "place")
    above = _above(session, deal, before)
    if _is_between(deal, above, before):
        return change.done()
    change.record(f"reorder {deal.name}")
    position = _between(above, before)
    if position is None:
        _number_anew(session, deal.stage_id)
        for row in (deal, above, before):
            if row is not None:
                session.refresh(row)
        position = _between(above, before)
    if position is None:
        raise AssertionError("a column that was just numbered has room between any two deals")
    deal.position = position
    session.flush()
    return change.done([key_of(deal)])


def _above(session: Session, deal: DealRow, before: DealRow | None) -> DealRow | None:
    """The deal, other than `deal`, that comes right before `before`, or that is the last one."""
    place = tuple_(col(DealRow.position), col(DealRow.id))
    others = select(DealRow).where(
        col(DealRow.stage_id) == deal.stage_id, col(DealRow.id) != deal.id, col(DealRow.deleted_at).is_(None)
    )
    if before is not None:
        others = others.where(place < tuple_(before.position, before.id))
    return session.exec(
        others.order_by(col(DealRow.position).desc(), col(DealRow.id).desc()).limit(1)
    ).first()


def _is_between(deal: DealRow, above: DealRow | None, before: DealRow | None) -> bool:
    place = (deal.position, key_of(deal))
    after_above = above is None or (above.position, key_of(above)) < place
    return after_above and (before is None or place < (before.position, key_of(before)))


def _between(above: DealRow | None, before: DealRow | None) -> int | None:
    """A position strictly between the two, `None` if there is none."""
    if above is None:
        return 0 if before is None else before.position - POSITION_GAP
    if before is None:
        return above.position + POSITION_GAP
    middle = (above.position + before.position) // 2
    return middle if above.position < middle < before.position else None


def _number_anew(session: Session, stage_id: int) -> None:
    rank = func.row_number().over(order_by=(col(DealRow.position), col(DealRow.id)))
    ranked = (
        select(DealRow.id, (rank * POSITION_GAP).label("position"))
        .where(col(DealRow.stage_id) == stage_id)
        .subquery()
    )
    session.execute(
        update(DealRow)
        .where(col(DealRow.id) == ranked.c.id)
        .values(position=ranked.c.position)
        .execution_options(synchronize_session=False)
    )
