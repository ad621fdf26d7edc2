"""The commands about deals. Each is one transaction and one action of the journal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from sqlmodel import Session, col, select

from store import reordering
from store.dates import local_day
from store.deal_writing import add_deal, apply_patch
from store.drafts import DealDraft, DealMove, DealPatch
from store.errors import InvalidInput
from store.journal import Change, Journal
from store.lookup import day_words, deal_rows, known_day, named, stage_row
from store.models import DealRow
from store.move_facts import Facts, Way
from store.moves import Move
from store.views import Done, Outcome


class Deals:
    """What can be done to deals.

    `ids` may name a deal twice; a deal that is not there or is deleted raises `NotFound`, and nothing is changed.
    """

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def create(self, draft: DealDraft, now: datetime, title: str | None = None) -> Done:
        """Add a deal, first in its column. Without a stage it starts in its pipeline's first one.

        A company goes by its name whatever the case; one that is not known yet is added.
        Raises `InvalidInput` for a lost stage, as a deal is lost with a reason, in a move.
        """
        with self._journal.changing(now) as change:
            return add_deal(change, draft, title or f"add {draft.name}")

    def edit(self, deal_id: int, patch: DealPatch, now: datetime) -> Done:
        """Change the fields that `patch` names; tags and properties are replaced by those given."""
        return self.edit_many([deal_id], patch, now)

    def edit_many(self, ids: Sequence[int], patch: DealPatch, now: datetime) -> Done:
        """Change the fields that `patch` names in several deals, as one step."""
        with self._journal.changing(now) as change:
            return apply_patch(change, deal_rows(change.session, ids), patch)

    def move(
        self,
        ids: Sequence[int],
        stage_id: int,
        now: datetime,
        evidence: str = "",
        lost_reason: str | None = None,
        lost_note: str = "",
        seen: Mapping[int, int] | None = None,
    ) -> Done:
        """Move deals to a stage of any pipeline, first in its column and in the order given.

        A deal that is in the stage already stays as it is. Its own probability and a snooze end with a move.
        Raises `InvalidInput` without evidence where the stage requires it, and without a reason for a lost stage;
        a reason of the pipeline's list is stored as it is spelt there, any other as given. Raises `ChangedElsewhere`
        for a deal that is in another stage by now than in that of `seen`, and not in the one it is to go to.
        """
        move = Move(
            Way.STAGE,
            _is_there,
            _moved,
            stage_id,
            evidence,
            lost_reason=lost_reason,
            lost_note=lost_note,
            seen=seen,
        )
        return self._run(move, ids, now)

    def move_many(self, moves: Sequence[DealMove], now: datetime) -> Done:
        """Make several moves to different stages as one step, all of them or none; see `move`."""
        if len(moves) == 1:
            return self._move(moves[0], now)
        title = f"move {len({deal_id for move in moves for deal_id in move.ids})} deals"
        with self._journal.one_action(title, now) as change:
            done = [self._move(move, now) for move in moves]
            moved = [deal_id for each in done for deal_id in each.deal_ids]
        return change.done(moved)

    def win(
        self, ids: Sequence[int], now: datetime, evidence: str = "", seen: Mapping[int, int] | None = None
    ) -> Done:
        """Move deals to the first won stage of their pipeline; one that is won already stays as it is."""
        move = Move(Way.WON, _is(Outcome.WON), lambda deals, _: f"win {deals}", evidence=evidence, seen=seen)
        return self._run(move, ids, now)

    def lose(
        self,
        ids: Sequence[int],
        reason: str,
        now: datetime,
        note: str = "",
        evidence: str = "",
        seen: Mapping[int, int] | None = None,
    ) -> Done:
        """Move deals to the first lost stage of their pipeline; one that is lost already takes the reason given."""
        move = Move(
            Way.LOST,
            _is(Outcome.LOST),
            lambda deals, _: f"lose {deals}",
            evidence=evidence,
            lost_reason=reason,
            lost_note=note,
            seen=seen,
        )
        return self._run(move, ids, now)

    def reopen(self, ids: Sequence[int], now: datetime, stage_id: int | None = None) -> Done:
        """Move won and lost deals back to the open stage they visited last, or to an open stage of one's choice.

        No evidence is asked for: what the buyer did is not undone by a deal that was closed too early.
        """
        way = Way.LAST_OPEN if stage_id is None else Way.STAGE
        move = Move(way, _is(Outcome.OPEN), lambda deals, _: f"reopen {deals}", stage_id, asks_evidence=False)
        with self._journal.changing(now) as change:
            stage = None if stage_id is None else stage_row(change.session, stage_id)
            if stage is not None and stage.outcome != Outcome.OPEN:
                raise InvalidInput(f"{stage.name} is not an open stage; name one to reopen into.", "stage")
            return move.run(change, ids)

    def reorder(self, deal_id: int, before_id: int | None, now: datetime) -> Done:
        """Put a deal before another one of its stage, or last in its column."""
        with self._journal.changing(now) as change:
            return reordering.put_before(change, deal_id, before_id)

    def delete(self, ids: Sequence[int], now: datetime) -> Done:
        """Take deals off the board and out of every figure; they and their history are kept and can be restored."""
        with self._journal.changing(now) as change:
            deals = deal_rows(change.session, ids, even_deleted=True)
            there = [deal for deal in deals if deal.deleted_at is None]
            return _set(change, there, "deleted_at", change.at, "delete")

    def restore(self, ids: Sequence[int], now: datetime) -> Done:
        """Bring deleted deals back to where they were.

        Raises `InvalidInput` for one that was imported again meanwhile, as an external id means one deal.
        """
        with self._journal.changing(now) as change:
            deals = deal_rows(change.session, ids, even_deleted=True)
            gone = [deal for deal in deals if deal.deleted_at is not None]
            _refuse_second(change.session, gone)
            return _set(change, gone, "deleted_at", None, "restore")

    def snooze(self, ids: Sequence[int], until: date | None, now: datetime) -> Done:
        """Promise to look at open deals again on a day after today; `None` wakes them."""
        with self._journal.changing(now) as change:
            deals = deal_rows(change.session, ids)
            if until is None:
                asleep = [deal for deal in deals if deal.snoozed_until is not None]
                return _set(change, asleep, "snoozed_until", None, "wake")
            today = local_day(change.at)
            day = known_day(until, today, "snooze").isoformat()
            for deal in deals:
                if deal.closed_at is not None:
                    raise InvalidInput(f"{deal.name} is closed; only an open deal can be snoozed.", "snooze")
            waiting = [deal for deal in deals if deal.snoozed_until != day]
            return _set(change, waiting, "snoozed_until", day, "snooze", f" until {day_words(until, today)}")

    def _move(self, move: DealMove, now: datetime) -> Done:
        return self.move(
            move.ids, move.stage_id, now, move.evidence, move.lost_reason, move.lost_note, move.seen
        )

    def _run(self, move: Move, ids: Sequence[int], now: datetime) -> Done:
        with self._journal.changing(now) as change:
            return move.run(change, ids)


def _moved(deals: str, stage: str) -> str:
    return f"move {deals} to {stage}"


def _is_there(facts: Facts) -> bool:
    return facts.deal.stage_id == facts.target.id


def _is(outcome: Outcome) -> Callable[[Facts], bool]:
    return lambda facts: facts.outcome is outcome


def _refuse_second(session: Session, coming: Sequence[DealRow]) -> None:
    """Raise `InvalidInput` if a deal that comes back has the external id of one that is there."""
    wanted = {deal.external_id: deal for deal in coming if deal.external_id is not None}
    there = select(DealRow.external_id, DealRow.name).where(
        col(DealRow.external_id).in_(wanted), col(DealRow.deleted_at).is_(None)
    )
    if wanted and (found := session.exec(there).first()):
        key, name = found
        deleted = wanted[key or ""].name
        raise InvalidInput(
            f"{deleted} is there again, as {name}, with the same external id {key}; delete that one first.",
            "external id",
        )


def _set(
    change: Change, deals: Sequence[DealRow], column: str, value: str | None, verb: str, rest: str = ""
) -> Done:
    """Set one column of `deals` under one action; with no deals nothing is written."""
    if deals:
        change.record(f"{verb} {named(deals)}{rest}")
        for deal in deals:
            setattr(deal, column, value)
        change.session.flush()
    return change.done([deal.id or 0 for deal in deals])
