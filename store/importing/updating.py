"""Brings deals that are there already up to what a file says about them.

An empty cell changes nothing. A change of stage is a move, dated with the day that the file says for it. What a deal
has beyond the file (other tasks, touches, people and properties) stays.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from store.drafts import KEEP, DealPatch, TaskDraft
from store.importing.plan import PlannedUpdate
from store.importing.writing import Writer
from store.instants import instant_text, local_day, parse_instant
from store.money import Money
from store.views import Deal, Outcome, TouchKind

if TYPE_CHECKING:
    from store.journal import Change
    from store.store import Store

UNKNOWN_REASON: Final = "other"
"""The lost reason of a row that is lost and does not say why."""

_PER_STEP: Final = 100
"""Progress is told after so many deals."""

_EVIDENCE: Final = "as imported"


def update_deals(
    store: Store,
    change: Change,
    writer: Writer,
    updates: Sequence[PlannedUpdate],
    now: datetime,
    progress: Callable[[int], None],
) -> list[int]:
    """Apply `updates` within the running action `change`; gives the ids of the deals that were changed.

    `progress` is told how many updates are done.
    """
    updater = _Updater(store, change, now)
    writer.add_companies([update.deal for update in updates])
    changed = []
    for done, update in enumerate(updates, 1):
        if updater.update(update):
            changed.append(update.deal_id)
        if done % _PER_STEP == 0 or done == len(updates):
            progress(done)
    known = change.raw.execute("SELECT deal_id, person_id FROM deal_people").fetchall()
    linked = writer.add_people([(update.deal_id, update.deal) for update in updates], frozenset(known))
    return list(dict.fromkeys([*changed, *linked]))


class _Updater:
    """Updates deals one by one with the commands that a person would use."""

    def __init__(self, store: Store, change: Change, now: datetime) -> None:
        self._store = store
        self._raw = change.raw
        self._now = now
        self._today = local_day(instant_text(now))

    def update(self, update: PlannedUpdate) -> bool:
        """Whether anything of the deal was changed."""
        (present,) = self._store.read.deals([update.deal_id], self._today)
        before = self._raw.total_changes
        if update.fields & {"stage", "outcome"}:
            self._move(present, update)
        self._edit(present, update)
        self._add_touch(present, update)
        self._add_task(present, update)
        self._snooze(present, update)
        return self._raw.total_changes != before

    def _move(self, present: Deal, update: PlannedUpdate) -> None:
        row, stage = update.deal, update.deal.stage
        if stage.id is None or stage.id == present.stage_id:
            return
        lost = stage.outcome is Outcome.LOST
        self._store.deals.move(
            [present.id],
            stage.id,
            self._moved_at(update),
            evidence=_EVIDENCE,
            lost_reason=(row.lost_reason or UNKNOWN_REASON) if lost else None,
            lost_note=row.lost_note if lost else "",
        )

    def _moved_at(self, update: PlannedUpdate) -> datetime:
        """The day that the row says for its move, but not one to come; without one, now."""
        row, said = update.deal, update.fields
        day = None
        if row.closed_at and said & {"closed_on", "close_date"}:
            day = row.closed_at
        elif "entered_stage_on" in said:
            day = row.entered_at
        return min(self._now, parse_instant(day)) if day else self._now

    def _edit(self, present: Deal, update: PlannedUpdate) -> None:
        row, said = update.deal, update.fields
        open_ = row.stage.outcome is Outcome.OPEN
        properties = {**present.properties, **dict(row.properties)}
        patch = DealPatch(
            name=row.name if "name" in said else KEEP,
            amount=Money(row.amount, row.currency) if row.amount is not None else KEEP,
            close_date=date.fromisoformat(row.close_date) if row.close_date else KEEP,
            company=row.company if row.company else KEEP,
            source=row.source if row.source else KEEP,
            probability=row.probability if "probability" in said and open_ else KEEP,
            tags=tuple(dict.fromkeys((*present.tags, *row.tags))) if row.tags else KEEP,
            notes=row.notes if row.notes else KEEP,
            properties=properties if properties != present.properties else KEEP,
        )
        self._store.deals.edit(present.id, patch, self._now)

    def _add_touch(self, present: Deal, update: PlannedUpdate) -> None:
        """The last touch of the row, unless the deal has one of that day or a later one."""
        for touch in update.deal.touches:
            day = local_day(touch.at)
            newest = self._raw.execute(
                "SELECT max(at) FROM touches WHERE deal_id = ?", (present.id,)
            ).fetchone()[0]
            if day <= self._today and (newest is None or local_day(newest) < day):
                self._store.touches.add([present.id], TouchKind(touch.kind), touch.text, self._now, day)

    def _add_task(self, present: Deal, update: PlannedUpdate) -> None:
        """The next step of the row: another day for the open task of that title, else a new task."""
        for task in update.deal.tasks:
            draft = TaskDraft(task.title, date.fromisoformat(task.due_on) if task.due_on else None)
            there = self._raw.execute(
                "SELECT id FROM tasks WHERE deal_id = ? AND title = ? AND done_at IS NULL ORDER BY id",
                (present.id, draft.title),
            ).fetchone()
            if there is None:
                self._store.tasks.add([present.id], draft, self._now)
            elif draft.due_on:
                self._store.tasks.edit(there[0], draft, self._now)

    def _snooze(self, present: Deal, update: PlannedUpdate) -> None:
        row = update.deal
        if (
            row.snoozed_until
            and row.snoozed_until > self._today.isoformat()
            and row.stage.outcome is Outcome.OPEN
        ):
            self._store.deals.snooze([present.id], date.fromisoformat(row.snoozed_until), self._now)
