"""The stuck list in plain text."""

from __future__ import annotations

from collections.abc import Sequence

from store import MorningDeal, MorningList, Pipeline
from tui import format as formats
from tui.commands import words
from tui.commands.plain import Field, table
from tui.commands.short_stuck import NOTHING_STUCK, stuck_sum

_STUCK = (
    Field("id", right=True),
    Field("name", least=18),
    Field("stage", least=8, spare=1),
    Field("at stake", right=True),
    Field("why"),
)


def stuck_lines(listed: MorningList, pipeline: Pipeline, room: int) -> list[str]:
    """The stuck deals with each reason on a line of its own, then those without a next step."""
    stuck = [row for deal in listed.stuck for row in _stuck_rows(deal, [*map(formats.reason, deal.stuck)])]
    nudged = [row for deal in listed.no_next_step for row in _stuck_rows(deal, [_standing(deal)])]
    lines = table(_STUCK, [*stuck, *nudged], room, titles=False)
    blocks = [
        (stuck_sum(listed, pipeline), lines[: len(stuck)]),
        (f"NO NEXT STEP {len(listed.no_next_step):,}", lines[len(stuck) :]),
    ]
    made = [line for title, found in blocks if found for line in ("", title, *found)]
    return made[1:] or [NOTHING_STUCK]


def _stuck_rows(deal: MorningDeal, why: Sequence[str]) -> list[tuple[str, ...]]:
    first = (str(deal.id), deal.name, deal.stage, words.at_stake(deal), why[0])
    return [first, *(("", "", "", "", also) for also in why[1:])]


def _standing(deal: MorningDeal) -> str:
    return f"{formats.counted(deal.days_in_stage, 'day')} in this stage"
