"""The stuck list in one line: what a prompt or a status bar asks for again and again, so little is imported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tui.amounts import expected

if TYPE_CHECKING:
    from store import MorningList, Pipeline

NOTHING_STUCK: Final = "Nothing is stuck."


def stuck_sum(listed: MorningList, pipeline: Pipeline) -> str:
    """How many deals are stuck and what is at stake with them: the heading of the list."""
    return f"STUCK {len(listed.stuck):,} · {_at_stake(listed, pipeline)} at stake"


def short_line(listed: MorningList, pipeline: Pipeline) -> str:
    """The same for a prompt, with the days since the last sign of life of the one that has been without the longest:
    `2 stuck · $28,200 at stake · oldest 21 d`.
    """
    if not listed.stuck:
        return NOTHING_STUCK
    unknown = f" + {listed.at_stake.unknown:,} unknown" if listed.at_stake.unknown else ""
    oldest = max(0, *((listed.today - deal.idle_since).days for deal in listed.stuck))
    return (
        f"{len(listed.stuck):,} stuck · {_at_stake(listed, pipeline)}{unknown} at stake · oldest {oldest} d"
    )


def _at_stake(listed: MorningList, pipeline: Pipeline) -> str:
    return expected(listed.at_stake.weighted, pipeline.currency)
