"""The morning's list of a pipeline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from store.instants import local_day
from store.reads.days import midnight
from store.reads.pipelines import pipeline, rates
from store.rules.stuck import NEW_DAYS, by_urgency, days_between, has_no_next_step, is_looked_at, reasons
from store.rules.totals import totals
from store.views import MorningDeal, MorningList, Outcome, Pipeline, Stage

if TYPE_CHECKING:
    import sqlite3

Row = tuple[Any, ...]

_MAY_BE_STUCK: Final = """
    SELECT o.id FROM stages AS s CROSS JOIN deals AS o ON o.stage_id = s.id
    WHERE s.pipeline_id = :pipeline AND s.outcome = 'open' AND o.deleted_at IS NULL
        AND (o.snoozed_until IS NULL OR o.snoozed_until <= :today)
        AND (
            o.close_date < :today
            OR s.dwell_limit IS NOT NULL
            OR o.entered_stage_at < :long_ago AND NOT EXISTS (
                SELECT 1 FROM tasks WHERE deal_id = o.id AND done_at IS NULL AND due_on >= :today)
            OR o.id IN (SELECT deal_id FROM tasks WHERE done_at IS NULL AND due_on < :today))
"""
"""The deals that the rules have to look at: which of them are stuck, and why, is not decided here."""

_FACTS: Final = f"""
    SELECT d.id, d.name, d.stage_id, d.amount, d.currency, d.probability, d.close_date, d.snoozed_until,
        d.entered_stage_at,
        max(
            d.entered_stage_at,
            ifnull((SELECT max(at) FROM touches WHERE deal_id = d.id), ''),
            ifnull((SELECT max(done_at) FROM tasks WHERE deal_id = d.id), '')
        ),
        (SELECT group_concat(ifnull(due_on, '')) FROM tasks WHERE deal_id = d.id AND done_at IS NULL)
    FROM deals AS d WHERE d.id IN ({_MAY_BE_STUCK})
"""
"""What the rules and the list need of them, which is half of a `Deal`: its own columns, when its idle clock was reset,
the due days of its open tasks."""

_EARLIER_VISITS: Final = """
    SELECT d.id, v.entered_at, v.left_at
    FROM stages AS s JOIN deals AS d ON d.stage_id = s.id JOIN visits AS v ON v.deal_id = d.id AND v.stage_id = s.id
    WHERE s.pipeline_id = :pipeline AND s.dwell_limit IS NOT NULL AND d.deleted_at IS NULL AND v.left_at IS NOT NULL
"""
"""The visits that count for a dwell limit beside the present one."""


def stuck(connection: sqlite3.Connection, pipeline_id: int | None, today: date) -> MorningList:
    """The stuck deals of a pipeline (the first one for `None`) as of `today`, then those with no next step.

    `NotFound` when there is no such pipeline.
    """
    shown = pipeline(connection, pipeline_id)
    asked = {"pipeline": shown.id, "today": today.isoformat(), "long_ago": midnight(_not_new(shown, today))}
    stages = {stage.id: stage for stage in shown.stages}
    limited = any(stage.dwell_limit is not None for stage in shown.stages)
    before = _days_before(connection, asked) if limited else {}
    rated = rates(connection, shown.currency)
    judged = _judged(connection.execute(_FACTS, asked), stages, before, today)
    found, nudged = by_urgency(judged, shown.currency, rated)
    return MorningList(today, tuple(found), tuple(nudged), totals(found, shown.currency, rated))


def _not_new(pipeline: Pipeline, today: date) -> date:
    """The day from which on a deal that entered its stage is too new to be idle or to lack a next step."""
    limits = [stage.stuck_limit for stage in pipeline.stages if stage.outcome is Outcome.OPEN]
    return today - timedelta(days=min([NEW_DAYS, *(limit for limit in limits if limit is not None)]))


def _days_before(connection: sqlite3.Connection, asked: Mapping[str, object]) -> Mapping[int, int]:
    """Days of the earlier visits of each deal to the stage it is in, where that stage has a dwell limit."""
    days: dict[int, int] = {}
    for deal_id, entered_at, left_at in connection.execute(_EARLIER_VISITS, asked):
        days[deal_id] = days.get(deal_id, 0) + days_between(local_day(entered_at), local_day(left_at))
    return days


def _judged(
    rows: Iterable[Row], stages: Mapping[int, Stage], before: Mapping[int, int], today: date
) -> Iterator[MorningDeal]:
    """Those of `rows` (`_FACTS`) of which the rules have something to say; `before` are the `_days_before`."""
    for (
        key, name, stage_id, amount, currency, own, close_date, snoozed_until, entered_at, idle_since, due_days,
    ) in rows:  # fmt: skip
        stage = stages[stage_id]
        if not is_looked_at(stage.outcome, _day(snoozed_until), today):
            continue
        entered = local_day(entered_at)
        idle = entered if idle_since == entered_at else local_day(idle_since)
        days = days_between(entered, today)
        first, last, tasks = (None, None, 0) if due_days is None else _open_tasks(due_days)
        close, days_all = _day(close_date), days + before.get(key, 0)
        why = reasons(today, first, last, close, idle, days_all, stage.stuck_limit, stage.dwell_limit)
        no_next_step = has_no_next_step(today, why, tasks, entered)
        if why or no_next_step:
            chance = stage.probability if own is None else own
            yield MorningDeal(key, name, stage.name, amount, currency, chance, idle, days, why, no_next_step)


def _open_tasks(due_days: str) -> tuple[date | None, date | None, int]:
    """The first and the last of some due days and how many there are; a task without a day has an empty one."""
    if "," not in due_days:
        day = _day(due_days)
        return day, day, 1
    days = due_days.split(",")
    dated = sorted(filter(None, days))
    return (_day(dated[0]), _day(dated[-1]), len(days)) if dated else (None, None, len(days))


@lru_cache(maxsize=4096)
def _day(text: str | None) -> date | None:
    """A stored day; no text is no day."""
    return date.fromisoformat(text) if text else None
