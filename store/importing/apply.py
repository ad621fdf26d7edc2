"""Carries out the plan of an import: everything in one transaction, one action, one step of undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from store.importing.known import read_known
from store.importing.plan import (
    DealChange,
    ImportOptions,
    ImportPlan,
    Known,
    PlannedUpdate,
    TargetPipeline,
)
from store.importing.planning import plan_import
from store.importing.reading import Table
from store.importing.refusal import ImportRefused
from store.importing.writing import Writer
from store.instants import instant_text, local_day
from store.reads.rows import gc_paused
from store.views import Done

if TYPE_CHECKING:
    import sqlite3

    from store.store import Store

_MEANWHILE: Final = "Another program has changed the deals meanwhile; nothing was imported. Import again."


def known_to(store: Store) -> Known:
    """What an import has to know of `store`, as of now."""
    return store.read.ask(lambda connection: read_known(connection, store.read.pipelines()))


def plan_for(
    store: Store | None, table: Table, options: ImportOptions, today: date, now: datetime
) -> ImportPlan:
    """What importing `table` into `store` would do (`None`: into an empty one); nothing is written.

    Raises `WrongRows` when rows cannot be taken, `UnknownDateOrder` when the user must say how dates are written,
    `ImportRefused` for a stage or pipeline there is not, `InvalidInput` and `NotFound` for options that mean nothing.
    """
    plan = plan_import(table, options, known_to(store) if store else Known(), today, now)
    return _with_changes(store, plan, now) if store and plan.updates else plan


def _with_changes(store: Store, plan: ImportPlan, now: datetime) -> ImportPlan:
    """The plan without the updates that change nothing; these are counted."""
    changes = _changes(store, plan.updates, now)
    changing = [(update, change) for update, change in zip(plan.updates, changes, strict=True) if change]
    return replace(
        plan,
        updates=tuple(update for update, _ in changing),
        changes=tuple(change for _, change in changing),
        unchanged=len(changes) - len(changing),
    )


def _changes(store: Store, updates: Sequence[PlannedUpdate], now: datetime) -> tuple[DealChange, ...]:
    from store.importing.changes import read_changes

    return tuple(store.read.ask(read_changes, updates, local_day(instant_text(now))))


def apply_import(
    store: Store, plan: ImportPlan, now: datetime, progress: Callable[[int, int], None] | None = None
) -> Done:
    """Write what `plan` says: all of it or, whatever happens, nothing. Deals come first in their columns, in the
    order of the file.

    `progress` is told how many of how many deals are written. Raises `ImportRefused` if the store has changed since
    the plan was made; with nothing to write, nothing is written and the `Done` has no action.
    """
    title = title_of(plan)
    if not plan.deals and not plan.updates:
        return Done(None, title, ())
    total = len(plan.deals) + len(plan.updates)

    def tell(done: int) -> None:
        if progress:
            progress(done, total)

    if plan.updates:
        return _with_updates(store, plan, title, now, tell)
    with gc_paused(), store.bulk(title, now) as (connection, action_id):
        made = _add(store, connection, plan, tell)[1]
    return Done(action_id, title, tuple(made))


def _with_updates(
    store: Store, plan: ImportPlan, title: str, now: datetime, tell: Callable[[int], None]
) -> Done:
    from store.importing.updating import update_deals

    before = len(plan.deals)
    rows = [update.deal for update in plan.updates]
    with store.one_action(title, now) as change:
        if _changes(store, plan.updates, now) != plan.changes:
            raise ImportRefused(_MEANWHILE)
        writer, made = _add(store, change.raw, plan, tell)
        changes = list(zip(plan.changes, rows, strict=True))
        updated = update_deals(store, change, writer, changes, now, lambda done: tell(before + done))
    return Done(change.action_id, title, (*made, *updated))


def _add(
    store: Store, connection: sqlite3.Connection, plan: ImportPlan, tell: Callable[[int], None]
) -> tuple[Writer, list[int]]:
    """Write the new pipelines and deals within the running transaction."""
    known = known_to(store)
    if known != plan.known:
        raise ImportRefused(_MEANWHILE)
    writer = Writer(connection, known, plan.exact, plan.company_notes)
    for pipeline in plan.pipelines:
        if pipeline.is_new and (plan.deals or _is_moved_to(pipeline, plan.changes)):
            writer.add_pipeline(pipeline)
    return writer, writer.add_deals(plan.deals, tell)


def _is_moved_to(pipeline: TargetPipeline, changes: Sequence[DealChange]) -> bool:
    return any(change.move and change.move.stage in pipeline.stages for change in changes)


def title_of(plan: ImportPlan) -> str:
    """What the import is called in the history: "import 8,800 deals from sales_pipeline.csv"."""
    new, changed = len(plan.deals), len(plan.updates)
    what = [f"import {new:,} deal{'' if new == 1 else 's'}"] if new or not changed else []
    if changed:
        what.append(f"update {changed:,}{'' if new else ' deals' if changed > 1 else ' deal'}")
    return f"{' and '.join(what)} from {plan.name}"
