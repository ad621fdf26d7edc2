"""What `deals import --json` prints."""

from __future__ import annotations

from store import ImportPlan
from tui.commands.as_json import Json, money


def plan_json(plan: ImportPlan) -> Json:
    """What was understood of a file, and what comes of it."""
    return {
        "file": plan.name,
        "encoding": plan.encoding,
        "delimiter": plan.delimiter,
        "rows": plan.rows,
        "created": len(plan.deals),
        "updated": len(plan.updates),
        "skipped": plan.skipped,
        "repeated": plan.repeated,
        "empty": plan.empty_rows,
        "companies": plan.new_companies,
        "people": plan.new_people,
        "columns": [
            {
                "column": column.header,
                "field": column.field,
                "property": column.property_name,
                "format": column.format,
                "example": column.example,
            }
            for column in plan.columns
        ],
        "pipelines": [
            {
                "pipeline": pipeline.name,
                "currency": pipeline.currency,
                "new": pipeline.is_new,
                "stages": [
                    {"stage": stage.name, "probability": stage.probability, "outcome": str(stage.outcome)}
                    for stage in pipeline.stages
                ],
            }
            for pipeline in plan.pipelines
        ],
        "stages": [
            {
                "value": stage.value,
                "pipeline": stage.pipeline.name,
                "stage": stage.stage.name,
                "outcome": str(stage.stage.outcome),
                "rows": stage.rows,
            }
            for stage in plan.stages
        ],
        "first": [
            {
                "line": deal.line,
                "name": deal.name,
                "company": deal.company,
                "stage": deal.stage.name,
                "amount": money(deal.amount, deal.currency),
                "currency": deal.currency,
            }
            for deal in plan.deals[:5]
        ],
        "notes": list(plan.notes),
    }
