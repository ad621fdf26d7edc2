"""The morning's list of a pipeline."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from store.reads.deals import list_deals
from store.reads.pipelines import pipeline, rates
from store.rules.stuck import stuck_list
from store.views import StuckList

if TYPE_CHECKING:
    import sqlite3


def stuck(connection: sqlite3.Connection, pipeline_id: int | None, today: date) -> StuckList:
    """The stuck deals of a pipeline (the first one for `None`) as of `today`, then those with no next step.

    `NotFound` when there is no such pipeline.
    """
    shown = pipeline(connection, pipeline_id)
    deals = list_deals(connection, shown.id, today)
    return stuck_list(deals, today, shown.currency, rates(connection, shown.currency))
