"""What was understood of a file, and what came of it, in plain text."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from store import Done, ImportPlan, PlannedDeal
from tui.commands.plain import Field, table
from tui.format import counted
from tui.importing import FIRST_ROWS, goes_into, made_of, row_cells, skipped_of, stages_of, use_of

_STAGE_FIELDS: Final = (
    Field("IN THE FILE", least=12),
    Field("STAGE", least=12),
    Field("OUTCOME"),
    Field("ROWS", right=True),
)


def plan_lines(plan: ImportPlan, today: date, room: int) -> list[str]:
    """The columns, the stages, the first rows, the counts, and what else should be known."""
    lines = [
        f"{plan.name}: {counted(plan.rows, 'row')}, {plan.delimiter} between the cells, {plan.encoding}",
        "",
    ]
    lines += table(
        [Field("COLUMN", least=12), Field("IS"), Field("READ AS", least=12), Field("SUCH AS", least=8)],
        [(column.header, use_of(column), column.format, column.example) for column in plan.columns],
        room,
    )
    for pipeline in plan.pipelines:
        new = "new, " if pipeline.is_new else ""
        lines += ["", f"Pipeline {pipeline.name} ({new}{pipeline.currency}): {stages_of(pipeline)}"]
        values = [
            (each.value, each.stage.name, str(each.stage.outcome), f"{each.rows:,}")
            for each in plan.stages
            if each.pipeline is pipeline
        ]
        if values:
            lines += table(_STAGE_FIELDS, values, room)
    if plan.deals:
        lines += ["", *_first_rows(plan.deals[:FIRST_ROWS], today, room)]
    return [*lines, "", *result_lines(plan), *plan.notes]


def result_lines(plan: ImportPlan, done: Done | None = None) -> list[str]:
    """What was `done` in numbers; without it, what would be."""
    verb = "To import:" if done is None else "Imported"
    lines = []
    about_others = bool(plan.updates or plan.unchanged)
    if plan.deals or not about_others:
        parts = made_of(plan)
        told = f": {' · '.join(parts)}" if parts else ""
        lines.append(f"{verb} {counted(len(plan.deals), 'deal')}{goes_into(plan)}{told}")
    if about_others:
        verb = "To update:" if done is None else "Updated"
        lines.append(f"{verb} {counted(len(plan.updates), 'deal')}")
    why = skipped_of(plan, "--update updates them")
    return [*lines, f"Skipped: {' · '.join(why)}"] if why else lines


def _first_rows(deals: Iterable[PlannedDeal], today: date, room: int) -> list[str]:
    fields = [
        Field("LINE", right=True),
        Field("NAME", least=12),
        Field("STAGE", least=10),
        Field("AMOUNT", right=True),
        Field("CREATED"),
        Field("IN STAGE SINCE"),
        Field("CLOSES"),
    ]
    return table(fields, [row_cells(deal, today) for deal in deals], room)
