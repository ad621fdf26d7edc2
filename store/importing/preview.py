"""What was understood of a file, also while it cannot be imported yet: for a screen on which it is put right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from store.errors import Ambiguous, InvalidInput, NotFound
from store.importing.apply import known_to, plan_for
from store.importing.columns import Columns
from store.importing.fields import DATE_FIELDS
from store.importing.own import defined_pipelines
from store.importing.places import places_of
from store.importing.plan import (
    ColumnPlan,
    ImportOptions,
    ImportPlan,
    Known,
    TargetPipeline,
    TargetStage,
)
from store.importing.planning import columns_of
from store.importing.reading import DELIMITERS, Table
from store.importing.refusal import ImportRefused, UnknownDateOrder, UnusedStages
from store.importing.stages import StageMap
from store.importing.targets import choose
from store.reads.rows import gc_paused
from store.text import clean_line

if TYPE_CHECKING:
    from store.store import Store

Refusal = ImportRefused | InvalidInput | NotFound | Ambiguous
"""What is wrong with a file, or with what was said about it."""

NOT_KNOWN: Final = "order not known"
"""The format of a date column whose values do not tell their order."""


@dataclass(frozen=True, slots=True)
class MeantStage:
    """One value of the file's stage column, how many rows have it, and the stage that it means; `None`: none yet."""

    value: str
    pipeline: TargetPipeline
    stage: TargetStage | None
    rows: int


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """A file as it would be imported. `plan` is `None` while it cannot be; `refused` says why."""

    table: Table
    options: ImportOptions
    columns: tuple[ColumnPlan, ...]
    pipelines: tuple[TargetPipeline, ...]
    stages: tuple[MeantStage, ...]
    plan: ImportPlan | None
    refused: Refusal | None = None
    unknown_orders: tuple[UnknownDateOrder, ...] = ()
    """The date columns that do not tell how they are written: it has to be said."""

    @property
    def delimiter(self) -> str:
        """What stands between the cells, in a word."""
        return DELIMITERS[self.table.delimiter]


def preview_import(
    store: Store, table: Table, options: ImportOptions, today: date, now: datetime
) -> ImportPreview:
    """What importing `table` into `store` with these options would do; nothing is written. Where `plan_for` refuses,
    it is what was understood all the same. What was said of a value that no row has (any more) waits for rows that do.
    """
    try:
        plan = plan_for(store, table, options, today, now)
    except UnusedStages as unused:
        said = {
            value: stage for value, stage in options.stages.items() if clean_line(value) not in unused.values
        }
        found = preview_import(store, table, replace(options, stages=said), today, now)
        return replace(found, options=options)
    except (ImportRefused, InvalidInput, NotFound, Ambiguous) as refused:
        with gc_paused():
            return _sketch(known_to(store), table, options, refused)
    stages = tuple(MeantStage(each.value, each.pipeline, each.stage, each.rows) for each in plan.stages)
    return ImportPreview(table, options, plan.columns, plan.pipelines, stages, plan)


def _sketch(known: Known, table: Table, options: ImportOptions, refused: Refusal) -> ImportPreview:
    try:
        columns = columns_of(table, options)
    except InvalidInput:  # what was said of the columns cannot be: what they are without it
        columns = columns_of(table, replace(options, columns={}))
    maps = _maps(columns, options, known)
    usual = maps[0].pipeline.currency if maps else options.currency or options.new_currency
    unknown = _read_formats(columns, usual)
    return ImportPreview(
        table,
        options,
        columns.plans(),
        tuple(each.pipeline for each in maps if each.rows or each.unknown or each.unsaid),
        tuple(stage for each in maps for stage in _meant(each)),
        None,
        refused,
        unknown,
    )


def _maps(columns: Columns, options: ImportOptions, known: Known) -> list[StageMap]:
    """The stages of each pipeline that the rows go to, with what the values of the file mean there."""
    try:
        targets = choose(columns, options, known, defined_pipelines(columns))
        places_of(columns, targets)
    except (ImportRefused, InvalidInput, NotFound, Ambiguous):
        return []
    return targets.maps()


def _meant(stages: StageMap) -> Iterator[MeantStage]:
    for value, rows in stages.unknown.items():
        yield MeantStage(value, stages.pipeline, None, rows)
    for each in stages.plans():
        yield MeantStage(each.value, each.pipeline, each.stage, each.rows)


def _read_formats(columns: Columns, currency: str) -> tuple[UnknownDateOrder, ...]:
    """Read the columns for how their values are written; those of dates that do not tell it."""
    rows = len(columns.table.rows)
    columns.amounts(columns.currencies([currency] * rows))
    columns.probabilities()
    unknown = []
    for use in columns.uses:
        if use.field in DATE_FIELDS:
            try:
                columns.dates_of(use)
            except UnknownDateOrder as error:
                unknown.append(error)
                columns.formats[use.index] = NOT_KNOWN
    return tuple(unknown)
