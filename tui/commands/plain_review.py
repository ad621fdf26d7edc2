"""The morning review in plain text: what one has to know of each deal, as a list to work through."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from store import describe_date, due_words
from tui import format as formats
from tui.commands.cells import one_line
from tui.commands.plain import described
from tui.commands.short_stuck import NOTHING_STUCK

if TYPE_CHECKING:
    from store import Deal, Pipeline, Similar, StuckList


def review_lines(
    listed: StuckList, pipeline: Pipeline, similar: Mapping[int, Similar], room: int
) -> list[str]:
    """The stuck deals with their reasons, then those with no next step. Nothing is cut."""
    lines: list[str] = []
    at_stake = formats.expected(listed.at_stake.weighted, pipeline.currency)
    if listed.stuck:
        lines.append(f"STUCK {len(listed.stuck):,} · {at_stake} at stake")
    else:
        lines.append(NOTHING_STUCK)
    for deal in listed.stuck:
        why = [formats.reason(reason) for reason in deal.stuck]
        if deal.id in similar:
            why.append(formats.similar(similar[deal.id]))
        facts = [("stuck", why[0]), *(("", also) for also in why[1:]), _close(deal, listed)]
        lines += _deal(deal, [*facts, ("next step", _step(deal, listed))], room)
    if listed.no_next_step:
        lines += ["", f"NO NEXT STEP {len(listed.no_next_step):,}"]
    for deal in listed.no_next_step:
        lines += _deal(deal, [_close(deal, listed)], room)
    return lines


def _deal(deal: Deal, facts: Sequence[tuple[str, str]], room: int) -> Iterable[str]:
    yield ""
    company = f" ({one_line(deal.company)})" if deal.company else ""
    yield f"{deal.id}  {one_line(deal.name)}{company}"
    worth = formats.amount(deal)
    if deal.weighted is not None:
        worth += f" · ≈ {formats.expected(deal.weighted, deal.currency)}"
    days = formats.counted(deal.days_in_stage, "day")
    rows = [("worth", f"{worth} · {deal.probability} %"), ("stage", f"{deal.stage} for {days}"), *facts]
    for line in described(rows, room - 3):
        yield f"   {line}"


def _close(deal: Deal, listed: StuckList) -> tuple[str, str]:
    return "close", describe_date(deal.close_date, listed.today) if deal.close_date else "none"


def _step(deal: Deal, listed: StuckList) -> str:
    step = deal.next_step
    if step is None:
        return "none"
    return (
        step.title
        if step.due_on is None
        else f"{step.title} · {due_words(step.due_on, step.due_at, listed.today)}"
    )
