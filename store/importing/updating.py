"""Carries out what rows change of deals that are there, with the commands that a person would use."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from store.drafts import DealPatch
from store.importing.plan import DealChange, PlannedDeal, StageMove
from store.importing.writing import Writer
from store.instants import instant_text, local_day
from store.journal import Change
from store.move_facts import Way
from store.moves import Move
from store.views import TouchKind

if TYPE_CHECKING:
    from store.store import Store

_PER_STEP: Final = 100
"""Progress is told after so many deals."""


def update_deals(
    store: Store,
    change: Change,
    writer: Writer,
    updates: Sequence[tuple[DealChange, PlannedDeal]],
    now: datetime,
    progress: Callable[[int], None],
) -> list[int]:
    """Make the changes within the running action `change`, each with the row that it is of; gives the deals' ids.

    `progress` is told how many are made.
    """
    updater = _Updater(store, change, now)
    numbered = [(each.deal_id, replace(row, people=each.people)) for each, row in updates]
    writer.add_companies([row for _, row in numbered])
    for done, (each, _) in enumerate(updates, 1):
        updater.update(each)
        if done % _PER_STEP == 0 or done == len(updates):
            progress(done)
    known = change.raw.execute("SELECT deal_id, person_id FROM deal_people").fetchall()
    writer.add_people(numbered, frozenset(known))
    return list(dict.fromkeys(each.deal_id for each, _ in updates))


class _Updater:
    """Updates deals one by one."""

    def __init__(self, store: Store, change: Change, now: datetime) -> None:
        self._store = store
        self._change = change
        self._raw = change.raw
        self._now = now
        self._today = local_day(instant_text(now))

    def update(self, change: DealChange) -> None:
        ids = [change.deal_id]
        if change.move is not None:
            self._move(ids, change.move)
        self._correct(change)
        if change.patch != DealPatch():
            self._store.deals.edit(change.deal_id, change.patch, self._now)
        for touch in change.touches:
            day = local_day(touch.at)
            self._store.touches.add(ids, TouchKind(touch.kind), touch.text, self._now, day)
        for task in change.new_tasks:
            self._store.tasks.add(ids, task, self._now)
        for task_id, task in change.edited_tasks:
            self._store.tasks.edit(task_id, task, self._now)
        if change.snoozed_until is not None:
            self._store.deals.snooze(ids, date.fromisoformat(change.snoozed_until), self._now)

    def _move(self, ids: Sequence[int], to: StageMove) -> None:
        """Move deals as the file has it. No evidence is asked for: the file does not say what the buyer did."""
        move = Move(
            Way.STAGE,
            lambda facts: facts.deal.stage_id == facts.target.id,
            lambda deals, stage: f"move {deals} to {stage}",
            to.stage.id,
            asks_evidence=False,
            lost_reason=to.lost_reason,
            lost_note=to.lost_note,
        )
        at = to.at or self._change.at
        move.run(Change(self._change.session, self._raw, at, self._change), ids)

    def _correct(self, change: DealChange) -> None:
        """Other days, and another lost reason, than were kept; the visit before ends when the present one begins."""
        if change.entered_at is not None:
            self._raw.execute(
                "UPDATE visits SET left_at = ? WHERE deal_id = ? "
                "AND left_at = (SELECT entered_stage_at FROM deals WHERE id = deal_id) AND entered_at <= ?",
                (change.entered_at, change.deal_id, change.entered_at),
            )
            self._raw.execute(
                "UPDATE visits SET entered_at = ? WHERE deal_id = ? AND left_at IS NULL",
                (change.entered_at, change.deal_id),
            )
        told = {
            "entered_stage_at": change.entered_at,
            "created_at": change.created_at,
            "closed_at": change.closed_at,
        }
        if change.lost is not None:
            told["lost_reason"], told["lost_note"] = change.lost
        for column, value in told.items():
            if value is not None:
                self._raw.execute(f"UPDATE deals SET {column} = ? WHERE id = ?", (value, change.deal_id))
