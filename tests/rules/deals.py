"""Deals for the tests of the rules: one that is open, in order and dull, of which a test changes what it is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Final

from store.views import Deal, NextStep, Outcome

TODAY: Final = date(2026, 11, 20)
"""A Friday."""

_DULL: Final = Deal(
    id=1,
    name="Globex website",
    company="Globex Corporation",
    pipeline_id=1,
    stage_id=1,
    stage="Demo done",
    outcome=Outcome.OPEN,
    amount=1_200_000,
    currency="USD",
    probability=50,
    own_probability=None,
    close_date=date(2026, 11, 27),
    created_on=date(2026, 10, 1),
    entered_stage_on=date(2026, 11, 12),
    closed_on=None,
    lost_reason=None,
    source="referral",
    external_id=None,
    snoozed_until=None,
    position=0,
    next_step=NextStep(1, "call Ann", date(2026, 11, 24)),
    open_tasks=1,
    last_task_due=date(2026, 11, 24),
    idle_since=date(2026, 11, 16),
    days_in_stage=8,
    days_in_stage_all=8,
    stuck=(),
    no_next_step=False,
)


def make_deal(**changes: Any) -> Deal:
    """The dull deal with `changes`."""
    return replace(_DULL, **changes)
