"""The stuck list in one line: what a prompt or a status bar asks for again and again, so little is imported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tui.amounts import expected

if TYPE_CHECKING:
    from store import MorningList, Pipeline

NOTHING_STUCK: Final = "Nothing is stuck."


def stuck_sum(listed: MorningList, pipeline: Pipeline) -> str:
    """How many deals are stuck and what is at stake with them, in one line."""
    if not listed.stuck:
        return NOTHING_STUCK
    at_stake = expected(listed.at_stake.weighted, pipeline.currency)
    return f"STUCK {len(listed.stuck):,} · {at_stake} at stake"
