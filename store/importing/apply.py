"""Carries out the plan of an import: everything in one transaction, one action, one step of undo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

from store.importing.known import read_known
from store.importing.plan import ImportOptions, ImportPlan, Known
from store.importing.planning import plan_import
from store.importing.reading import Table
from store.importing.refusal import ImportRefused
from store.importing.writing import Writer
from store.reads.rows import gc_paused
from store.views import Done

if TYPE_CHECKING:
    import sqlite3

    from store.store import Store


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
    return plan_import(table, options, known_to(store) if store else Known(), today, now)


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
    with store.one_action(title, now) as change:
        writer, made = _add(store, change.raw, plan, tell)
        updated = update_deals(store, change, writer, plan.updates, now, lambda done: tell(before + done))
    return Done(change.action_id, title, (*made, *updated))


def _add(
    store: Store, connection: sqlite3.Connection, plan: ImportPlan, tell: Callable[[int], None]
) -> tuple[Writer, list[int]]:
    """Write the new pipelines and deals within the running transaction."""
    known = known_to(store)
    if known != plan.known:
        raise ImportRefused(
            "Another program has changed the deals meanwhile; nothing was imported. Import again."
        )
    writer = Writer(connection, known, plan.exact)
    for pipeline in plan.pipelines:
        if pipeline.is_new and plan.deals:
            writer.add_pipeline(pipeline)
    return writer, writer.add_deals(plan.deals, tell)


def title_of(plan: ImportPlan) -> str:
    """What the import is called in the history: "import 8,800 deals from sales_pipeline.csv"."""
    new, changed = len(plan.deals), len(plan.updates)
    what = [f"import {new:,} deal{'' if new == 1 else 's'}"] if new or not changed else []
    if changed:
        what.append(f"update {changed:,}{'' if new else ' deals' if changed > 1 else ' deal'}")
    return f"{' and '.join(what)} from {plan.name}"
