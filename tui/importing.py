"""What the command line and the screen of an import share: reading the file, its words, and carrying it out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Final

from store import (
    MAX_IMPORT_BYTES,
    BackupKind,
    ColumnPlan,
    Done,
    ImportPlan,
    ImportRefused,
    Outcome,
    PlannedDeal,
    Store,
    TargetPipeline,
    apply_import,
    back_up,
    format_amount,
    local_day,
    short_date,
)
from tui import format as fmt

FIRST_ROWS: Final = 5
"""So many rows are shown as they were understood."""

BAR_FROM: Final = 2000
"""Below so many deals no progress bar is worth showing."""

FIELD_WORDS: Final = {
    "name": "what the deal is called",
    "amount": "what it is worth",
    "currency": "the currency of its amount",
    "stage": "where it stands",
    "pipeline": "the pipeline of its stage",
    "company": "the company it is with",
    "contact": "a person's name",
    "email": "a person's e-mail",
    "phone": "a person's phone",
    "close_date": "when it is expected to close",
    "created_on": "the day it was made",
    "entered_stage_on": "the day it came to its stage",
    "closed_on": "the day it was won or lost",
    "last_touch_on": "the day of the last call, e-mail or meeting",
    "next_step": "what is to be done next",
    "next_step_on": "by when",
    "probability": "the chance of winning it, in percent",
    "source": "where it came from",
    "tags": "words for it, parted by commas",
    "lost_reason": "why it was lost",
    "notes": "what was written about it",
    "external_id": "its number in the other program, to know it again",
    "outcome": "open, won or lost",
    "lost_note": "a word beside the reason",
    "snoozed_until": "the day it comes back",
}
"""What each field that a column can be is."""


def file_bytes(path: Path) -> bytes:
    """The file's content, a little more than may be imported at most; `ImportRefused` where it cannot be read."""
    try:
        with path.open("rb") as opened:
            return opened.read(MAX_IMPORT_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise ImportRefused(f"{path} cannot be read: {reason}.") from None


def stamp_of(path: Path) -> tuple[int, int] | None:
    """What changes when a file is written anew: when that was, and its size; `None` where it cannot be looked at."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size


def carry_out(
    store: Store,
    plan: ImportPlan,
    now: datetime,
    backups: Path | None,
    progress: Callable[[int, int], None] | None = None,
) -> Done:
    """Do what `plan` says, after a backup into the folder `backups` (`None`: there is nothing yet to keep). Where it
    changes nothing, nothing is done. `progress` is told how many of how many deals are written, if they are many.
    """
    many = len(plan.deals) + len(plan.updates) > BAR_FROM
    if backups is not None and changes_anything(plan):
        back_up(store.path, backups, BackupKind.IMPORT)
    return apply_import(store, plan, now, progress if many else None)


def changes_anything(plan: ImportPlan) -> bool:
    """Whether carrying `plan` out would add or change a deal."""
    return bool(plan.deals or plan.updates)


def use_of(column: ColumnPlan) -> str:
    """What a column is: `amount`, `property`, `property City`, `left out`."""
    if column.field:
        return column.field
    if column.property_name is None:
        return "left out"
    return "property" if column.property_name == column.header else f"property {column.property_name}"


def stages_of(pipeline: TargetPipeline) -> str:
    """A pipeline's stages in a line: `Engaging 35 % · Won 100 % won`."""
    return " · ".join(
        f"{stage.name} {stage.probability} %" + ("" if stage.outcome is Outcome.OPEN else f" {stage.outcome}")
        for stage in pipeline.stages
    )


def goes_into(plan: ImportPlan) -> str:
    """The pipelines of the new deals: ` into Sales, Delivery`; nothing without new ones."""
    return f" into {', '.join(each.name for each in plan.pipelines)}" if plan.deals else ""


def made_of(plan: ImportPlan) -> list[str]:
    """What the new deals come to: by outcome, with their known amounts by currency; new companies and people."""
    return [
        *_sums(plan.deals),
        *([fmt.counted(plan.new_companies, "new company", "new companies")] if plan.new_companies else []),
        *([fmt.counted(plan.new_people, "new person", "new people")] if plan.new_people else []),
    ]


def skipped_of(plan: ImportPlan, to_update: str) -> list[str]:
    """How many rows are skipped, by the reason; `to_update` says how those that are there would be updated."""
    reasons = [
        (plan.unchanged, "already as the file says"),
        (plan.skipped, f"already there ({to_update})"),
        (plan.repeated, "repeated in the file"),
        (plan.empty_rows, "empty"),
    ]
    return [f"{count:,} {reason}" for count, reason in reasons if count]


def row_cells(deal: PlannedDeal, today: date) -> tuple[str, str, str, str, str, str, str]:
    """A row as it was understood: line, name, stage, amount, and the days it was made, came to its stage, closes."""
    return (
        f"{deal.line}",
        deal.name,
        deal.stage.name,
        "" if deal.amount is None else format_amount(deal.amount, deal.currency),
        short_date(local_day(deal.created_at), today),
        short_date(local_day(deal.entered_at), today),
        short_date(date.fromisoformat(deal.close_date), today) if deal.close_date else "",
    )


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
