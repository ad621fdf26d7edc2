"""What rows change of the deals that are there, held against what is known of these now.

An empty cell changes nothing. A change of stage is a move, dated with the day that the file says for it; where the
stage is the same, other days and another lost reason are corrections. What a deal has beyond the file (other tasks,
touches, people, tags and properties, and its earlier visits) stays.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date
from typing import Final

from store.drafts import KEEP, DealPatch, Keep
from store.importing.facts import DealFacts, read_facts
from store.importing.known import person_keys
from store.importing.plan import DealChange, PlannedPerson, PlannedTouch, PlannedUpdate, StageMove
from store.importing.task_changes import task_changes
from store.instants import local_day
from store.money import Money
from store.reads.deals import deals
from store.views import Deal, Outcome, TouchKind

UNKNOWN_REASON: Final = "other"
"""The lost reason of a row that is lost and does not say why."""


def read_changes(
    connection: sqlite3.Connection, updates: Sequence[PlannedUpdate], today: date
) -> list[DealChange]:
    """What each of `updates` changes, in their order; `False` where nothing. Deals that are gone change nothing.

    Several rows about one deal are each held against what is there now.
    """
    ids = list(dict.fromkeys(update.deal_id for update in updates))
    present = {deal.id: deal for deal in deals(connection, ids, today)}
    facts = read_facts(connection, ids)
    return [
        _Comparison(update, present[update.deal_id], facts[update.deal_id], today).change()
        for update in updates
        if update.deal_id in present
    ]


class _Comparison:
    """One row and its deal."""

    def __init__(self, update: PlannedUpdate, present: Deal, facts: DealFacts, today: date) -> None:
        self._row = update.deal
        self._said = update.fields
        self._exact = update.exact
        self._present = present
        self._facts = facts
        self._today = today
        self._moves = update.deal.stage.id is None or update.deal.stage.id != present.stage_id

    def change(self) -> DealChange:
        row, present = self._row, self._present
        created_at, entered_at, closed_at = self._times()
        new_tasks, edited_tasks = task_changes(row.tasks, self._facts.tasks, self._exact)
        snoozed = row.snoozed_until if row.stage.outcome is Outcome.OPEN else None
        if snoozed is not None and (
            snoozed <= self._today.isoformat()
            or (not self._moves and present.snoozed_until == date.fromisoformat(snoozed))
        ):
            snoozed = None
        return DealChange(
            present.id,
            self._move(),
            self._patch(),
            created_at,
            entered_at,
            closed_at,
            self._lost(),
            self._touches(),
            new_tasks,
            edited_tasks,
            self._people(),
            snoozed,
        )

    def _move(self) -> StageMove | None:
        if not self._moves:
            return None
        row, lost = self._row, self._row.stage.outcome is Outcome.LOST
        reason = (row.lost_reason or UNKNOWN_REASON) if lost else None
        return StageMove(row.stage, self._moved_at(), reason, row.lost_note if lost else "")

    def _moved_at(self) -> str | None:
        """When the row says that its move took place."""
        if self._row.closed_at and self._says_closed():
            return self._row.closed_at
        return self._row.entered_at if "entered_stage_on" in self._said else None

    def _says_closed(self) -> bool:
        return bool(self._said & {"closed_on", "close_date"})

    def _patch(self) -> DealPatch:
        row, present = self._row, self._present
        name = row.name if "name" in self._said else present.name
        amount = None if row.amount is None else Money(row.amount, row.currency)
        close_date = date.fromisoformat(row.close_date) if row.close_date else present.close_date
        worth = (present.amount, present.currency)
        known = {tag.casefold() for tag in present.tags}
        tags = tuple(tag for tag in row.tags if tag.casefold() not in known)
        properties = {**present.properties, **dict(row.properties)}
        return DealPatch(
            name=name if name != present.name else KEEP,
            amount=KEEP if amount is None or (amount.minor, amount.currency) == worth else amount,
            close_date=close_date if close_date != present.close_date else KEEP,
            company=row.company if _differs(row.company, present.company) else KEEP,
            source=row.source if row.source and row.source != present.source else KEEP,
            probability=self._probability(),
            tags=(*present.tags, *tags) if tags else KEEP,
            notes=row.notes if row.notes and row.notes != self._facts.notes else KEEP,
            properties=properties if properties != present.properties else KEEP,
        )  # fmt: skip

    def _probability(self) -> int | Keep | None:
        own, stage, present = self._row.probability, self._row.stage, self._present
        if "probability" not in self._said or stage.outcome is not Outcome.OPEN:
            return KEEP
        if self._moves:
            return KEEP if own is None else own
        if self._exact:
            return KEEP if own == present.own_probability else own
        said = stage.probability if own is None else own
        return KEEP if said == present.probability else own

    def _times(self) -> tuple[str | None, str | None, str | None]:
        """When the deal was made, entered its stage and was closed, where the row says another day for it.

        The present visit begins no earlier than the one before it, and the deal was made no later than the first.
        """
        row, facts = self._row, self._facts
        earliest = facts.entered_at if self._moves else facts.previous_entered_at
        closed = entered = None
        if self._moves:
            now_entered, now_closed = max(self._moved_at() or facts.entered_at, facts.entered_at), None
        else:
            now_entered, now_closed = facts.entered_at, facts.closed_at
            if now_closed and row.closed_at and self._says_closed():
                closed = _other_day(max(row.closed_at, earliest), now_closed)
        if "entered_stage_on" in self._said:
            entered = _other_day(max(row.entered_at, earliest), now_entered)
        elif closed and now_closed and (closed < now_entered or _same_day(now_entered, now_closed)):
            entered = _other_day(closed, now_entered)
        created = None
        if "created_on" in self._said:
            alone = not self._moves and facts.previous_entered_at == ""
            first = (entered or facts.entered_at) if alone else facts.first_entered_at
            created = _other_day(min(row.created_at, first), facts.created_at)
        return created, entered, closed

    def _lost(self) -> tuple[str | None, str] | None:
        row, present = self._row, self._present
        if self._moves or row.stage.outcome is not Outcome.LOST or row.lost_reason is None:
            return None
        told = (row.lost_reason, row.lost_note or self._facts.lost_note)
        return told if told != (present.lost_reason, self._facts.lost_note) else None

    def _touches(self) -> tuple[PlannedTouch, ...]:
        """The touches that are newer, by their days, than what the deal has; a note without text says nothing."""
        newer = []
        newest = local_day(self._facts.newest_touch_at) if self._facts.newest_touch_at else date.min
        for touch in self._row.touches:
            day = local_day(touch.at)
            if newest < day <= self._today and (touch.text or touch.kind != TouchKind.NOTE):
                newer.append(touch)
                newest = day
        return tuple(newer)

    def _people(self) -> tuple[PlannedPerson, ...]:
        """Who is not on the deal by any of the ways in which people are known."""
        there = self._facts.people
        return tuple(
            each
            for each in self._row.people
            if person_keys(each.name, each.email, each.company)[0] not in there
        )


def _differs(said: str | None, present: str | None) -> bool:
    return bool(said) and (said or "").casefold() != (present or "").casefold()


def _same_day(one: str, other: str) -> bool:
    return local_day(one) == local_day(other)


def _other_day(said: str, present: str) -> str | None:
    """`said` where it is on another day: a file that knows days only does not correct the hour."""
    return None if _same_day(said, present) else said
