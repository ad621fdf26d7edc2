"""What `deals review --json` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands.as_json import Json, day, deal_json
from tui.commands.as_json_stuck import reason_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store import Similar, StuckList


def review_json(listed: StuckList, similar: Mapping[int, Similar]) -> Json:
    """The deals that need a decision, whole and in the order of the review, then those with no next step.

    `similar` counts the closed deals that were silent as long in the same stage, and is `null` below five.
    """
    stuck = []
    for deal in listed.stuck:
        found = similar.get(deal.id)
        stuck.append(
            {
                **deal_json(deal),
                "reasons": [reason_json(reason) for reason in deal.stuck],
                "similar": None if found is None else {"count": found.count, "won": found.won},
            }
        )
    return {
        "today": day(listed.today),
        "stuck": stuck,
        "no_next_step": [deal_json(deal) for deal in listed.no_next_step],
    }
