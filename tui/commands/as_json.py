"""The shapes that programs read: what `--json` prints. Keys are only ever added to them.

Money is a decimal string in the unit of its currency, a day an ISO date, what is not known `null`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from store import decimal_text, weighted_text

if TYPE_CHECKING:
    from store import (
        Board,
        Column,
        Contact,
        Deal,
        DealPage,
        Done,
        FieldChange,
        Forecast,
        MonthForecast,
        NextStep,
        Pipeline,
        RelatedDeal,
        Task,
        Totals,
        Visit,
    )

Json = dict[str, Any]


def deal_json(deal: Deal) -> Json:
    """A deal, wherever it is printed."""
    return {
        "id": deal.id,
        "name": deal.name,
        "company": deal.company,
        "stage": deal.stage,
        "outcome": str(deal.outcome),
        "amount": money(deal.amount, deal.currency),
        "currency": deal.currency,
        "probability": deal.probability,
        "weighted": weighted(deal.weighted, deal.currency),
        "close_date": day(deal.close_date),
        "created_on": day(deal.created_on),
        "entered_stage_on": day(deal.entered_stage_on),
        "days_in_stage": deal.days_in_stage,
        "closed_on": day(deal.closed_on),
        "lost_reason": deal.lost_reason,
        "next_step": _step(deal.next_step),
        "tags": list(deal.tags),
        "properties": dict(deal.properties),
        "stuck": [str(reason.kind) for reason in deal.stuck],
        "no_next_step": deal.no_next_step,
        "source": deal.source,
        "external_id": deal.external_id,
        "snoozed_until": day(deal.snoozed_until),
        "idle_since": day(deal.idle_since),
    }


def _step(step: NextStep | None) -> Json | None:
    if step is None:
        return None
    from store import time_text

    return {
        "title": step.title,
        "due_on": day(step.due_on),
        "due_at": None if step.due_at is None else time_text(step.due_at),
    }


def deals_json(deals: Iterable[Deal]) -> list[Json]:
    """Deals in the order given."""
    return [deal_json(deal) for deal in deals]


def board_json(board: Board) -> Json:
    """The board: its columns with their deals, and the sums of the open ones."""
    currency = board.pipeline.currency
    return {
        "pipeline": board.pipeline.name,
        "currency": currency,
        "today": day(board.today),
        "columns": [_column(column, currency) for column in board.columns],
        "open": totals_json(board.open, currency),
    }


def _column(column: Column, currency: str) -> Json:
    return {
        "stage": column.stage.name,
        "probability": column.stage.probability,
        "outcome": str(column.stage.outcome),
        **totals_json(column.totals, currency),
        "deals": deals_json(column.deals),
    }


def totals_json(totals: Totals, currency: str) -> Json:
    """A sum; `foreign` are the amounts in currencies without a rate, which are in no other number."""
    return {
        "count": totals.count,
        "amount": decimal_text(totals.amount, currency),
        "unknown": totals.unknown,
        "weighted": weighted_text(totals.weighted, currency),
        "foreign": _foreign(totals.foreign),
    }


def _foreign(sums: Iterable[tuple[str, int]]) -> Json:
    return {code: decimal_text(minor, code) for code, minor in sums}


def forecast_json(forecast: Forecast) -> Json:
    """The months asked for, and the open deals that are in no month."""
    currency = forecast.currency
    return {
        "today": day(forecast.today),
        "currency": currency,
        "months": [_month(month, currency) for month in forecast.months],
        "overdue": totals_json(forecast.overdue, currency),
        "undated": totals_json(forecast.undated, currency),
    }


def _month(month: MonthForecast, currency: str) -> Json:
    return {
        "month": month.month,
        "won": money(month.won, currency),
        "expected": weighted(month.expected, currency),
        "forecast": weighted(month.forecast, currency),
        "goal": money(month.goal, currency),
        "gap": money(month.gap, currency),
        "coverage": None if month.coverage is None else round(month.coverage, 2),
        "p10": money(month.p10, currency),
        "p50": money(month.p50, currency),
        "p90": money(month.p90, currency),
        "chance": None if month.chance is None else round(month.chance, 4),
        "error": money(month.error, currency),
        "won_unknown": month.won_unknown,
        "won_foreign": _foreign(month.won_foreign),
        "due_unknown": month.due_unknown,
        "due_foreign": _foreign(month.due_foreign),
    }


def page_json(page: DealPage) -> Json:
    """Everything about one deal: the deal's own keys, then its notes, people, tasks, touches, visits, the checklist of
    its stage, the changes of its fields, and the other deals of its company."""
    return {
        **deal_json(page.deal),
        "notes": page.notes,
        "lost_note": page.lost_note,
        "people": [_contact_json(person) for person in page.people],
        "tasks": [_task_json(task) for task in page.tasks],
        "touches": [
            {"kind": str(touch.kind), "at": instant(touch.at), "text": touch.text} for touch in page.touches
        ],
        "visits": [_visit_json(visit) for visit in page.visits],
        "checklist": [
            {"title": item.title, "required": item.required, "ticked": item.id in page.ticked}
            for item in page.checklist
        ],
        "changes": [_change_json(change) for change in page.changes],
        "related": [_related_json(other) for other in page.related],
        "company_notes": page.company_notes,
    }


def _contact_json(person: Contact) -> Json:
    return {
        "name": person.name,
        "email": person.email,
        "phone": person.phone,
        "role": person.role,
        "stance": person.stance,
        "company": person.company,
        "notes": person.notes,
        "id": person.id,
    }


def _task_json(task: Task) -> Json:
    from store import time_text

    return {
        "id": task.id,
        "title": task.title,
        "due_on": day(task.due_on),
        "due_at": None if task.due_at is None else time_text(task.due_at),
        "repeat_days": task.repeat_days,
        "done_at": instant(task.done_at),
    }


def _visit_json(visit: Visit) -> Json:
    return {
        "stage": visit.stage,
        "entered_at": instant(visit.entered_at),
        "left_at": instant(visit.left_at),
        "evidence": visit.evidence,
        "criterion": visit.criterion,
    }


def _related_json(other: RelatedDeal) -> Json:
    return {
        "id": other.id,
        "name": other.name,
        "stage": other.stage,
        "outcome": str(other.outcome),
        "amount": money(other.amount, other.currency),
        "currency": other.currency,
        "closed_on": day(other.closed_on),
    }


def _change_json(change: FieldChange) -> Json:
    from store import Money

    def value(one: str | int | date | Money | None) -> str | int | None:
        if isinstance(one, Money):
            return f"{money(one.minor, one.currency)} {one.currency}"
        return one.isoformat() if isinstance(one, date) else one

    return {
        "at": instant(change.at),
        "field": str(change.field),
        "before": value(change.before),
        "after": value(change.after),
    }


def done_json(done: Done, deals: Iterable[Deal] = ()) -> Json:
    """What a command did, and the deals as they are now. `action` is `null` when nothing had to be written."""
    return {"action": done.action_id, "title": done.title, "deals": deals_json(deals)}


def pipeline_json(pipeline: Pipeline) -> Json:
    """A pipeline and its stages."""
    return {
        "pipeline": pipeline.name,
        "currency": pipeline.currency,
        "stages": [
            {"stage": stage.name, "probability": stage.probability, "outcome": str(stage.outcome)}
            for stage in pipeline.stages
        ],
    }


def goals_json(pipeline: Pipeline, goals: Mapping[str, int]) -> Json:
    """The goals by month, and the one of every other month."""
    return {
        "pipeline": pipeline.name,
        "currency": pipeline.currency,
        "every": money(pipeline.monthly_goal, pipeline.currency),
        "months": {month: money(amount, pipeline.currency) for month, amount in sorted(goals.items())},
    }


def rates_json(rates: Iterable[tuple[str, str, str]]) -> list[Json]:
    """The rate table: one `currency` is `rate` of `base`."""
    return [{"currency": currency, "base": base, "rate": rate} for currency, base, rate in rates]


def money(minor: int | None, currency: str) -> str | None:
    """An amount in minor units as a decimal string."""
    return None if minor is None else decimal_text(minor, currency)


def weighted(hundredths: int | None, currency: str) -> str | None:
    """A weighted amount, in hundredths of a minor unit, as an exact decimal string."""
    return None if hundredths is None else weighted_text(hundredths, currency)


def day(value: date | None) -> str | None:
    """An ISO date."""
    return None if value is None else value.isoformat()


def instant(value: datetime | None) -> str | None:
    """An ISO instant in UTC, to the millisecond."""
    return None if value is None else value.isoformat(timespec="milliseconds").replace("+00:00", "Z")
