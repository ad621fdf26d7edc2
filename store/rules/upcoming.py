"""The next day on which something will be stuck if nothing happens until then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from store.rules.stuck import reasons, urgency
from store.rules.totals import Rates
from store.views import Deal, Outcome, Pipeline, Reason, Stage


@dataclass(frozen=True, slots=True)
class NextStuck:
    """The first day on which a deal becomes stuck, the deal with the most at stake of those, why, and how many."""

    on: date
    deal: Deal
    reasons: tuple[Reason, ...]
    count: int


def next_stuck_day(deals: Iterable[Deal], pipeline: Pipeline, today: date, rates: Rates) -> NextStuck | None:
    """When the first of `deals` that are not stuck `today` will be; `None` when none ever will.

    `deals` are as of `today` and in open stages of `pipeline`; others are left out. `rates` decide which of several
    that become stuck on one day is named, as they do in the morning's list.
    """
    stages = {stage.id: stage for stage in pipeline.stages}
    first: int | None = None
    found: list[Deal] = []
    for deal in deals:
        stage = stages.get(deal.stage_id)
        if stage is None or deal.stuck or deal.outcome is not Outcome.OPEN:
            continue
        day = _stuck_from(deal, stage, today)
        if day is None or (first is not None and day > first):
            continue
        if day != first:
            first, found = day, []
        found.append(deal)
    if first is None:
        return None
    on = date.fromordinal(first)
    named = min(found, key=lambda deal: urgency(deal, pipeline.currency, rates))
    return NextStuck(on, named, reasons_on(named, stages, today, on), len(found))


def reasons_on(deal: Deal, stages: Mapping[int, Stage], today: date, day: date) -> tuple[Reason, ...]:
    """Why a deal, as it is `today`, would be stuck on a later `day` if nothing happened until then.

    Whether it is snoozed on that day is not asked here.
    """
    stage = stages[deal.stage_id]
    step = deal.next_step
    return reasons(
        day,
        step.due_on if step else None,
        deal.last_task_due,
        deal.close_date,
        deal.idle_since,
        _days_before(deal) + max(0, (day - deal.entered_stage_on).days),
        stage.stuck_limit,
        stage.dwell_limit,
    )


def _stuck_from(deal: Deal, stage: Stage, today: date) -> int | None:
    """The first day after `today`, as an ordinal, from which on the deal is stuck. Each reason stays once it holds, so
    that is the first day of any of them, or the end of a snooze when that is later."""
    first = min(_first_days(deal, stage), default=None)
    if first is None:
        return None
    awake = deal.snoozed_until or today
    day = max(first, awake.toordinal(), today.toordinal() + 1)
    return day if day <= date.max.toordinal() else None


def _first_days(deal: Deal, stage: Stage) -> Iterator[int]:
    """The first day of each reason, were the deal awake. Ordinals: a limit may be longer than the calendar."""
    step, last = deal.next_step, deal.last_task_due
    if step is not None and step.due_on is not None:
        yield step.due_on.toordinal() + 1
    if deal.close_date is not None:
        yield deal.close_date.toordinal() + 1
    if stage.stuck_limit is not None:
        idle = deal.idle_since.toordinal() + stage.stuck_limit + 1
        yield max(idle, last.toordinal() + 1) if last is not None else idle
    if stage.dwell_limit is not None:
        left = stage.dwell_limit - _days_before(deal)
        yield deal.entered_stage_on.toordinal() + left + 1 if left >= 0 else date.min.toordinal()


def _days_before(deal: Deal) -> int:
    """Days of the earlier visits to the stage."""
    return deal.days_in_stage_all - deal.days_in_stage
