"""The states that a filter knows by name. What holds is said by the deal as it was read, and by `today`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from store.rules.stuck import is_looked_at
from store.views import Deal, Outcome, StuckKind


def _is_open(deal: Deal, _today: date) -> bool:
    return deal.outcome is Outcome.OPEN


def _is_won(deal: Deal, _today: date) -> bool:
    return deal.outcome is Outcome.WON


def _is_lost(deal: Deal, _today: date) -> bool:
    return deal.outcome is Outcome.LOST


def _is_closed(deal: Deal, _today: date) -> bool:
    return deal.outcome is not Outcome.OPEN


def _is_stuck(deal: Deal, _today: date) -> bool:
    return bool(deal.stuck)


def _is_idle(deal: Deal, _today: date) -> bool:
    return any(reason.kind is StuckKind.IDLE for reason in deal.stuck)


def _is_overdue(deal: Deal, today: date) -> bool:
    if deal.outcome is not Outcome.OPEN:
        return False
    step = deal.next_step
    late_step = step is not None and step.due_on is not None and step.due_on < today
    return late_step or (deal.close_date is not None and deal.close_date < today)


def _is_snoozed(deal: Deal, today: date) -> bool:
    return deal.outcome is Outcome.OPEN and not is_looked_at(deal.outcome, deal.snoozed_until, today)


def _has_no_next_step(deal: Deal, _today: date) -> bool:
    return deal.no_next_step


def _has_no_task(deal: Deal, _today: date) -> bool:
    return deal.outcome is Outcome.OPEN and deal.next_step is None


def _is_undated(deal: Deal, _today: date) -> bool:
    return deal.outcome is Outcome.OPEN and deal.close_date is None


def _is_unknown(deal: Deal, _today: date) -> bool:
    return deal.amount is None


STATES: Final[Mapping[str, Callable[[Deal, date], bool]]] = {
    "open": _is_open,
    "won": _is_won,
    "lost": _is_lost,
    "closed": _is_closed,
    "stuck": _is_stuck,
    "idle": _is_idle,
    "overdue": _is_overdue,
    "snoozed": _is_snoozed,
    "nostep": _has_no_next_step,
    "nonext": _has_no_next_step,
    "notask": _has_no_task,
    "undated": _is_undated,
    "unknown": _is_unknown,
}
"""State → whether a deal is in it on a day.

`overdue`: a task's day or the expected close date of an open deal has passed, snoozed or not. `nostep` (or `nonext`):
listed under "no next step" (`store.rules.stuck`). `notask`: any open deal without an open task. `undated`: open,
without an expected close date. `unknown`: the amount is.
"""
