"""The morning's list of a pipeline."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from store.reads.days import midnight
from store.reads.pipelines import pipeline, rates
from store.reads.rows import DEAL_COLUMNS, WHERE_IDS, DealBuilder
from store.rules.stuck import NEW_DAYS, stuck_list
from store.views import Outcome, Pipeline, StuckList

if TYPE_CHECKING:
    import sqlite3

_MAY_BE_STUCK: Final = f"""
    SELECT {DEAL_COLUMNS} FROM deals AS d {WHERE_IDS} (
        SELECT o.id FROM deals AS o
        WHERE o.stage_id IN (SELECT id FROM stages WHERE pipeline_id = :pipeline AND outcome = 'open')
            AND o.deleted_at IS NULL AND (o.snoozed_until IS NULL OR o.snoozed_until <= :today)
            AND (
                o.close_date < :today
                OR o.id IN (SELECT deal_id FROM tasks WHERE done_at IS NULL AND due_on < :today)
                OR o.stage_id IN (SELECT id FROM stages WHERE dwell_limit IS NOT NULL)
                OR o.entered_stage_at < :long_ago AND NOT EXISTS (
                    SELECT 1 FROM tasks WHERE deal_id = o.id AND done_at IS NULL AND due_on >= :today)))
"""
"""The deals that the rules have to look at: which of them are stuck, and why, is not decided here."""


def stuck(connection: sqlite3.Connection, pipeline_id: int | None, today: date) -> StuckList:
    """The stuck deals of a pipeline (the first one for `None`) as of `today`, then those with no next step.

    `NotFound` when there is no such pipeline.
    """
    shown = pipeline(connection, pipeline_id)
    asked = {"pipeline": shown.id, "today": today.isoformat(), "long_ago": midnight(_not_new(shown, today))}
    builder = DealBuilder({stage.id: stage for stage in shown.stages}, today)
    deals = builder.build(connection.execute(_MAY_BE_STUCK, asked))
    return stuck_list(deals, today, shown.currency, rates(connection, shown.currency))


def _not_new(pipeline: Pipeline, today: date) -> date:
    """The day from which on a deal that entered its stage is too new to be idle or to lack a next step."""
    limits = [stage.stuck_limit for stage in pipeline.stages if stage.outcome is Outcome.OPEN]
    return today - timedelta(days=min([NEW_DAYS, *(limit for limit in limits if limit is not None)]))
