"""The board and a list of deals in plain text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from store import (
    Board,
    Deal,
    Forecast,
    MonthForecast,
    Outcome,
    Totals,
    format_amount,
    long_day,
    month_name,
)
from tui import format as formats
from tui.commands import words
from tui.commands.plain import Field, heading, table

_START = (Field(""), Field("id", right=True), Field("name", least=18))
_STEP = (Field("next step", least=12, spare=2), Field("due", right=True, spare=2))
_DEALS = (*_START, Field("amount", right=True), Field("days", right=True, spare=1), *_STEP)
_LIST = (
    *_START,
    Field("stage", least=8),
    Field("amount", right=True),
    Field("closes", right=True),
    Field("days", right=True, spare=1),
    *_STEP,
)


def board_lines(board: Board, forecast: Forecast, room: int) -> list[str]:
    """The board as one list per stage, all of them aligned, then what is stuck and what the month will bring."""
    currency = board.pipeline.currency
    left = f"{board.pipeline.name} · {long_day(board.today)} {board.today.year}"
    lines = heading(left, _open(board.open, currency), room)
    columns = [[_board_row(deal, board.today) for deal in column.deals] for column in board.columns]
    tables = iter(table(_DEALS, [row for rows in columns for row in rows], room, titles=False))
    for column in board.columns:
        stage = column.stage
        chance = f" {stage.probability} %" if stage.outcome is Outcome.OPEN else " this month"
        sums = words.sums(column.totals, currency, stage.outcome)
        lines += ["", *heading(stage.name.upper() + chance, sums, room)]
        lines += [next(tables) for _ in column.deals]
    return [*lines, "", *_summary(board, forecast)]


def deal_lines(deals: Sequence[Deal], today: date, room: int) -> list[str]:
    """A list of deals with titles."""
    return table(_LIST, [_list_row(deal, today) for deal in deals], room)


def _open(totals: Totals, currency: str) -> str:
    weighted = formats.expected(totals.weighted, currency)
    return f"{totals.count:,} open · {words.known(totals, currency)} pipeline · {weighted} weighted"


def _board_row(deal: Deal, today: date) -> tuple[str, ...]:
    return (*_start(deal), formats.amount(deal), _days(deal), *_step(deal, today))


def _list_row(deal: Deal, today: date) -> tuple[str, ...]:
    closes = words.day(deal.close_date, today) if deal.outcome is Outcome.OPEN else ""
    return (*_start(deal), deal.stage, formats.amount(deal), closes, _days(deal), *_step(deal, today))


def _start(deal: Deal) -> tuple[str, str, str]:
    return ("!" if deal.stuck else "", str(deal.id), deal.name)


def _days(deal: Deal) -> str:
    return formats.days(deal.days_in_stage) if deal.outcome is Outcome.OPEN else ""


def _step(deal: Deal, today: date) -> tuple[str, str]:
    """What comes next and when it is due; for a closed deal what became of it, and when."""
    if deal.outcome is not Outcome.OPEN:
        became = f"{deal.outcome} · {deal.lost_reason}" if deal.lost_reason else str(deal.outcome)
        return became, words.day(deal.closed_on, today)
    if deal.next_step is None:
        return (formats.NO_NEXT_STEP if deal.no_next_step else ""), ""
    step = deal.next_step
    return f"→ {step.title}", formats.due(step.due_on, step.due_at, today) if step.due_on else ""


def _summary(board: Board, forecast: Forecast) -> list[str]:
    stuck = sum(1 for column in board.columns for deal in column.deals if deal.stuck)
    nudged = sum(1 for column in board.columns for deal in column.deals if deal.no_next_step)
    parts = [f"{stuck:,} stuck" if stuck else "nothing is stuck"]
    if nudged:
        parts.append(f"{nudged:,} without a next step")
    for name, totals in (("overdue", forecast.overdue), ("undated", forecast.undated)):
        if totals.count:
            parts.append(f"{totals.count:,} {name}")
    return [_month(forecast.months[0], forecast.currency), " · ".join(parts)]


def _month(month: MonthForecast, currency: str) -> str:
    goal = "" if month.goal is None else f" of {format_amount(month.goal, currency)}"
    chance = "" if month.chance is None else f", {formats.percent(month.chance)} chance"
    return (
        f"{month_name(month.month)}: {format_amount(month.won, currency)} won"
        f" + {formats.expected(month.expected, currency)} expected"
        f" = {formats.expected(month.forecast, currency)}{goal}{chance}"
    )
