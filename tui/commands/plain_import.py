"""What was understood of a file, and what came of it, in plain text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Final

from store import Done, ImportPlan, Outcome, PlannedDeal, format_amount, local_day, short_date
from tui.commands.plain import Field, table

_FIRST: Final = 5
"""So many rows are shown as they were understood."""

_STAGE_FIELDS: Final = (
    Field("IN THE FILE", least=12),
    Field("STAGE", least=12),
    Field("OUTCOME"),
    Field("ROWS", right=True),
)


def plan_lines(plan: ImportPlan, today: date, room: int) -> list[str]:
    """The columns, the stages, the first rows, the counts, and what else should be known."""
    lines = [
        f"{plan.name}: {_count(plan.rows, 'row')}, {plan.delimiter} between the cells, {plan.encoding}",
        "",
    ]
    lines += table(
        [Field("COLUMN", least=12), Field("IS"), Field("READ AS", least=12), Field("SUCH AS", least=8)],
        [
            (column.header, _is(plan, place), column.format, column.example)
            for place, column in enumerate(plan.columns)
        ],
        room,
    )
    for pipeline in plan.pipelines:
        new = "new, " if pipeline.is_new else ""
        stages = " · ".join(
            f"{stage.name} {stage.probability} %"
            + ("" if stage.outcome is Outcome.OPEN else f" {stage.outcome}")
            for stage in pipeline.stages
        )
        lines += ["", f"Pipeline {pipeline.name} ({new}{pipeline.currency}): {stages}"]
        values = [
            (each.value, each.stage.name, str(each.stage.outcome), f"{each.rows:,}")
            for each in plan.stages
            if each.pipeline is pipeline
        ]
        if values:
            fields = [
                Field("IN THE FILE", least=12),
                Field("STAGE", least=12),
                Field("OUTCOME"),
                Field("ROWS", right=True),
            ]
            lines += table(fields, values, room)
    if plan.deals:
        lines += ["", *_first_rows(plan.deals[:_FIRST], today, room)]
    return [*lines, "", *result_lines(plan), *plan.notes]


def result_lines(plan: ImportPlan, done: Done | None = None) -> list[str]:
    """What was `done` in numbers; without it, what would be."""
    verb = "To import:" if done is None else "Imported"
    lines = []
    about_others = bool(plan.updates or plan.unchanged)
    if plan.deals or not about_others:
        into = f" into {', '.join(each.name for each in plan.pipelines)}" if plan.deals else ""
        parts = [
            *_sums(plan.deals),
            *([_count(plan.new_companies, "new company", "new companies")] if plan.new_companies else []),
            *([_count(plan.new_people, "new person", "new people")] if plan.new_people else []),
        ]
        told = f": {' · '.join(parts)}" if parts else ""
        lines.append(f"{verb} {_count(len(plan.deals), 'deal')}{into}{told}")
    if about_others:
        verb = "To update:" if done is None else "Updated"
        lines.append(f"{verb} {_count(len(plan.updates), 'deal')}")
    skipped = [
        (plan.unchanged, "already as the file says"),
        (plan.skipped, "already there (--update updates them)"),
        (plan.repeated, "repeated in the file"),
        (plan.empty_rows, "empty"),
    ]
    why = [f"{count:,} {reason}" for count, reason in skipped if count]
    return [*lines, f"Skipped: {' · '.join(why)}"] if why else lines


def _is(plan: ImportPlan, place: int) -> str:
    column = plan.columns[place]
    if column.field:
        return column.field
    if column.property_name is None:
        return "left out"
    return "property" if column.property_name == column.header else f"property {column.property_name}"


def _sums(deals: Iterable[PlannedDeal]) -> list[str]:
    """Per outcome the deals, and their known amounts by currency."""
    counts: Counter[Outcome] = Counter()
    sums: Counter[tuple[Outcome, str]] = Counter()
    for deal in deals:
        counts[deal.stage.outcome] += 1
        sums[deal.stage.outcome, deal.currency] += deal.amount or 0
    return [
        " ".join(
            [
                f"{counts[outcome]:,} {outcome}",
                *(
                    format_amount(total, code)
                    for (of, code), total in sums.items()
                    if of is outcome and total
                ),
            ]
        )
        for outcome in Outcome
        if counts[outcome]
    ]


def _first_rows(deals: Iterable[PlannedDeal], today: date, room: int) -> list[str]:
    rows = [
        (
            f"{deal.line}",
            deal.name,
            deal.stage.name,
            "" if deal.amount is None else format_amount(deal.amount, deal.currency),
            short_date(local_day(deal.created_at), today),
            short_date(local_day(deal.entered_at), today),
            short_date(date.fromisoformat(deal.close_date), today) if deal.close_date else "",
        )
        for deal in deals
    ]
    fields = [
        Field("LINE", right=True),
        Field("NAME", least=12),
        Field("STAGE", least=10),
        Field("AMOUNT", right=True),
        Field("CREATED"),
        Field("IN STAGE SINCE"),
        Field("CLOSES"),
    ]
    return table(fields, rows, room)


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
