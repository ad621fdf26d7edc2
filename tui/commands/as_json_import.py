"""What `deals import --json` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands.as_json import Json, money
from tui.importing import FIRST_ROWS

if TYPE_CHECKING:
    from store import ColumnPlan, ImportPlan, PlannedDeal, StagePlan, TargetPipeline


def plan_json(plan: ImportPlan) -> Json:
    """What was understood of a file, and what comes of it."""
    return {
        "file": plan.name,
        "encoding": plan.encoding,
        "delimiter": plan.delimiter,
        "rows": plan.rows,
        "created": len(plan.deals),
        "updated": len(plan.updates),
        "unchanged": plan.unchanged,
        "skipped": plan.skipped,
        "repeated": plan.repeated,
        "empty": plan.empty_rows,
        "companies": plan.new_companies,
        "people": plan.new_people,
        "columns": [_column(column) for column in plan.columns],
        "pipelines": [{**_pipeline(pipeline), "new": pipeline.is_new} for pipeline in plan.pipelines],
        "stages": [_stage(stage) for stage in plan.stages],
        "first": [_deal(deal) for deal in plan.deals[:FIRST_ROWS]],
        "notes": list(plan.notes),
    }


def _column(column: ColumnPlan) -> Json:
    return {
        "column": column.header,
        "field": column.field,
        "property": column.property_name,
        "format": column.format,
        "example": column.example,
    }


def _pipeline(pipeline: TargetPipeline) -> Json:
    return {
        "pipeline": pipeline.name,
        "currency": pipeline.currency,
        "stages": [
            {"stage": stage.name, "probability": stage.probability, "outcome": str(stage.outcome)}
            for stage in pipeline.stages
        ],
    }


def _stage(stage: StagePlan) -> Json:
    return {
        "value": stage.value,
        "pipeline": stage.pipeline.name,
        "stage": stage.stage.name,
        "outcome": str(stage.stage.outcome),
        "rows": stage.rows,
    }


def _deal(deal: PlannedDeal) -> Json:
    return {
        "line": deal.line,
        "name": deal.name,
        "company": deal.company,
        "stage": deal.stage.name,
        "amount": money(deal.amount, deal.currency),
        "currency": deal.currency,
    }
