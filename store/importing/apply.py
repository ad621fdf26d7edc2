"""Carries out the plan of an import: everything in one transaction, one action, one step of undo."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from store.importing.known import read_known
from store.importing.plan import ImportPlan, Known
from store.importing.refusal import ImportRefused
from store.views import Done

if TYPE_CHECKING:
    from store.importing.writing import Progress
    from store.store import Store


def known_to(store: Store) -> Known:
    """What an import has to know of `store`, as of now."""
    return store.read.ask(lambda connection: read_known(connection, store.read.pipelines()))


def apply_import(store: Store, plan: ImportPlan, now: datetime, progress: Progress | None = None) -> Done:
    """Write what `plan` says: all of it or, whatever happens, nothing. Deals come first in their columns, in the
    order of the file.

    `progress` is told how many deals are written. Raises `ImportRefused` if the store has changed since the plan was
    made; with nothing to write, nothing is written and the `Done` has no action.
    """
    from store.importing.updating import update_deals
    from store.importing.writing import Writer

    title = title_of(plan)
    if not plan.deals and not plan.updates:
        return Done(None, title, ())
    with store.one_action(title, now) as change:
        known = known_to(store)
        if known != plan.known:
            raise ImportRefused(
                "Another program has changed the deals meanwhile; nothing was imported. Import again."
            )
        writer = Writer(change.raw, known)
        for pipeline in plan.pipelines:
            if pipeline.is_new:
                writer.add_pipeline(pipeline)
        made = writer.add_deals(plan.deals, progress)
        updated = update_deals(store, change, writer, plan.updates, now)
    return Done(change.action_id, title, (*made, *updated))


def title_of(plan: ImportPlan) -> str:
    """What the import is called in the history: "import 8,800 deals from sales_pipeline.csv"."""
    new, changed = len(plan.deals), len(plan.updates)
    what = [f"import {new:,} deal{'' if new == 1 else 's'}"] if new or not changed else []
    if changed:
        what.append(f"update {changed:,}{'' if new else ' deals' if changed > 1 else ' deal'}")
    return f"{' and '.join(what)} from {plan.name}"
