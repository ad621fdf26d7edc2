"""What `deals stuck --json` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store import weighted_text
from tui.commands.as_json import Json, day

if TYPE_CHECKING:
    from store import MorningDeal, MorningList, Reason


def stuck_json(listed: MorningList) -> Json:
    """The deals that need a decision, and those without a next step. Money at stake is in the deal's currency."""
    return {
        "today": day(listed.today),
        "stuck": [
            {**_at_stake(deal), "reasons": [reason_json(reason) for reason in deal.stuck]}
            for deal in listed.stuck
        ],
        "no_next_step": [_at_stake(deal) for deal in listed.no_next_step],
    }


def _at_stake(deal: MorningDeal) -> Json:
    weighted = deal.weighted
    return {
        "id": deal.id,
        "name": deal.name,
        "stage": deal.stage,
        "at_stake": None if weighted is None else weighted_text(weighted, deal.currency),
        "currency": deal.currency,
    }


def reason_json(reason: Reason) -> Json:
    """Why a deal is stuck, for how many days, and the stage's limit where the reason has one."""
    return {"kind": str(reason.kind), "days": reason.days, "limit": reason.limit}
