"""Deals for the tests of the rules: one that is open, in order and dull, of which a test changes what it is about."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any, Final

from store.views import Deal, Extras, InStage, NextStep, Outcome

TODAY: Final = date(2026, 11, 20)
"""A Friday."""

TOLD: Final = {name for name in dir(Deal) if not name.startswith("_")} - {"in_stage", "extras", "weighted"}
"""The names of all that is known of a deal, wherever it is kept."""

_DULL: Final = Deal(
    id=1,
    name="Globex website",
    company="Globex Corporation",
    in_stage=InStage(1, 1, "Demo done", Outcome.OPEN, 50, TODAY),
    amount=1_200_000,
    currency="USD",
    own_probability=None,
    close_date=date(2026, 11, 27),
    created_on=date(2026, 10, 1),
    entered_stage_on=date(2026, 11, 12),
    closed_on=None,
    source="referral",
    external_id=None,
    snoozed_until=None,
    position=0,
    next_step=NextStep(1, "call Ann", date(2026, 11, 24)),
    idle_since=date(2026, 11, 16),
    stuck=(),
    no_next_step=False,
)


def make_deal(**changes: Any) -> Deal:
    """The dull deal with `changes`."""
    return changed(_DULL, **changes)


def changed(deal: Deal, **changes: Any) -> Deal:
    """A deal with `changes`, by the names under which a deal tells what it is in and what is extra, too."""
    if "open_tasks" in changes:
        changes["more_tasks"] = max(0, changes.pop("open_tasks") - 1)
    if "days_in_stage" in changes:
        changes["entered_stage_on"] = deal.in_stage.today - timedelta(days=changes.pop("days_in_stage"))
    if "days_in_stage_all" in changes:
        entered = changes.get("entered_stage_on", deal.entered_stage_on)
        changes["days_before"] = changes.pop("days_in_stage_all") - (deal.in_stage.today - entered).days
    in_stage, extras = (
        {field.name: changes.pop(field.name) for field in fields(part) if field.name in changes}
        for part in (InStage, Extras)
    )
    return replace(
        deal, in_stage=replace(deal.in_stage, **in_stage), extras=replace(deal.extras, **extras), **changes
    )
