"""The board, a list of deals and the stuck list in plain text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from store import (
    Board,
    Deal,
    Forecast,
    MonthForecast,
    Outcome,
    Pipeline,
    StuckList,
    Totals,
    format_amount,
    long_day,
    month_name,
)
from tui import format as formats
from tui.commands import words
from tui.commands.plain import Field, heading, table

_DEALS = (
    Field(""),
    Field("id", right=True),
    Field("name", least=16),
    Field("amount", right=True),
    Field("days", right=True),
    Field("next step", least=14),
)
_LIST = (
    Field(""),
    Field("id", right=True),
    Field("name", least=16),
    Field("stage", least=10),
    Field("amount", right=True),
    Field("%", right=True),
    Field("closes", right=True),
    Field("days", right=True),
    Field("next step", least=12),
)
_STUCK = (
    Field("id", right=True),
    Field("name", least=16),
    Field("stage", least=10),
    Field("at stake", right=True),
    Field("why", least=24),
)


def board_lines(board: Board, forecast: Forecast, room: int) -> list[str]:
    """The board as one list per stage, all of them aligned, then what is stuck and what the month will bring."""
    currency = board.pipeline.currency
    left = f"{board.pipeline.name} · {long_day(board.today)} {board.today.year}"
    lines = [heading(left, _open(board.open, currency), room)]
    columns = [[_board_row(deal, board.today) for deal in column.deals] for column in board.columns]
    tables = iter(table(_DEALS, [row for rows in columns for row in rows], room, titles=False))
    for column in board.columns:
        stage = column.stage
        chance = f" {stage.probability} %" if stage.outcome is Outcome.OPEN else " this month"
        lines += [
            "",
            heading(stage.name.upper() + chance, words.sums(column.totals, currency, stage.outcome), room),
        ]
        lines += [next(tables) for _ in column.deals]
    return [*lines, "", *_summary(board, forecast)]


def deal_lines(deals: Sequence[Deal], today: date, room: int) -> list[str]:
    """A list of deals with titles."""
    return table(_LIST, [_list_row(deal, today) for deal in deals], room)


def stuck_lines(listed: StuckList, pipeline: Pipeline, room: int) -> list[str]:
    """The stuck deals with their reasons, then those without a next step."""
    if not listed.stuck and not listed.no_next_step:
        return ["Nothing is stuck."]
    rows = [_stuck_row(deal, words.reasons(deal)) for deal in listed.stuck]
    nudged = [
        _stuck_row(deal, f"{formats.counted(deal.days_in_stage, 'day')} in this stage")
        for deal in listed.no_next_step
    ]
    lines = table(_STUCK, [*rows, *nudged], room, titles=False)
    made: list[str] = []
    if rows:
        made = [
            f"STUCK {len(rows)} · {words.weighted(listed.at_stake.weighted, pipeline.currency)} at stake",
            *lines[: len(rows)],
        ]
    if nudged:
        made += [*([""] if made else []), f"NO NEXT STEP {len(nudged)}", *lines[len(rows) :]]
    return made


def _open(totals: Totals, currency: str) -> str:
    weighted = words.weighted(totals.weighted, currency)
    return f"{totals.count:,} open · {words.known(totals, currency)} pipeline · {weighted} weighted"


def _board_row(deal: Deal, today: date) -> tuple[str, ...]:
    if deal.outcome is Outcome.OPEN:
        return (
            *_start(deal),
            formats.amount(deal),
            formats.days(deal.days_in_stage),
            words.step(deal, today),
        )
    return (*_start(deal), formats.amount(deal), "", _closed(deal, today))


def _list_row(deal: Deal, today: date) -> tuple[str, ...]:
    if deal.outcome is Outcome.OPEN:
        rest = (formats.days(deal.days_in_stage), words.step(deal, today))
        return (
            *_start(deal),
            deal.stage,
            formats.amount(deal),
            str(deal.probability),
            words.day(deal.close_date, today),
            *rest,
        )
    return (
        *_start(deal),
        deal.stage,
        formats.amount(deal),
        str(deal.probability),
        "",
        "",
        _closed(deal, today),
    )


def _start(deal: Deal) -> tuple[str, str, str]:
    return ("!" if deal.stuck else "", str(deal.id), deal.name)


def _closed(deal: Deal, today: date) -> str:
    reason = f" · {deal.lost_reason}" if deal.lost_reason else ""
    return f"{deal.outcome} {words.day(deal.closed_on, today)}{reason}"


def _stuck_row(deal: Deal, why: str) -> tuple[str, ...]:
    return (str(deal.id), deal.name, deal.stage, words.at_stake(deal), why)


def _summary(board: Board, forecast: Forecast) -> list[str]:
    stuck = sum(1 for column in board.columns for deal in column.deals if deal.stuck)
    nudged = sum(1 for column in board.columns for deal in column.deals if deal.no_next_step)
    parts = [f"{stuck} stuck" if stuck else "nothing is stuck"]
    if nudged:
        parts.append(f"{nudged} without a next step")
    for name, totals in (("overdue", forecast.overdue), ("undated", forecast.undated)):
        if totals.count:
            parts.append(f"{totals.count} {name}")
    return [_month(forecast.months[0], forecast.currency), " · ".join(parts)]


def _month(month: MonthForecast, currency: str) -> str:
    goal = "" if month.goal is None else f" of {format_amount(month.goal, currency)}"
    chance = "" if month.chance is None else f", {formats.percent(month.chance)} chance"
    return (
        f"{month_name(month.month)}: {format_amount(month.won, currency)} won"
        f" + {words.weighted(month.expected, currency)} expected"
        f" = {words.weighted(month.forecast, currency)}{goal}{chance}"
    )
