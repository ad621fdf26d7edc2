"""The preview of an import as lines: what comes of it or what hinders it, where the rows go, the columns, the stages,
and the first rows as they would be.

All of it is made from what the store understood and a width; nothing here knows a screen or draws.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from store import (
    ImportPlan,
    ImportPreview,
    MeantStage,
    Outcome,
    WrongCell,
    WrongRows,
)
from tui.format import counted
from tui.importing import (
    FIRST_ROWS,
    changes_anything,
    goes_into,
    row_cells,
    skipped_of,
    stages_of,
    use_of,
)
from tui.widgets.import_spots import ColumnSpot, Go, Said, StageSpot, WrongSpot, hindrances
from tui.widgets.row_columns import Column, cells_line, head_line, widths
from tui.widgets.row_line import Line, Piece, heading, text_line
from tui.widgets.row_list import Row
from tui.widgets.wrapping import wrapped

LABEL: Final = 15
"""Cells for the words at the left of what is said about the whole file."""

_FORMAT_FROM: Final = 84
"""Cells from which a column's example and format stand side by side; below, the format goes before the example."""

_DATES_FROM: Final = 72
"""Cells from which the first rows tell all their days."""

_VALUE: Final = 200
"""At most so much of a value that cannot be taken is looked at: a cell may be very long."""


def import_rows(shown: ImportPreview, made: Sequence[str], room: int, today: date) -> Iterator[Row]:
    """All of it, in lines of `room` cells; `made` is what the new deals come to."""
    if shown.plan is None:
        yield from _hindered(shown, room)
    else:
        yield from _outcome(shown.plan, made, room)
    yield Row()
    yield from _said(shown, room)
    yield Row()
    yield from _columns(shown, room)
    yield from _stages(shown, room)
    if shown.plan is not None:
        yield from _first_rows(shown.plan, room, today)


def progress_row(done: int, total: int, room: int) -> Row:
    """How far the import is."""
    words = f"  {done:,} of {total:,}"
    cells = max(1, min(40, room - len(words)))
    filled = cells * done // max(total, 1)
    bar = (Piece("▓" * filled, "accent"), Piece("░" * (cells - filled), "line"), Piece(words, "text"))
    return Row(None, Line(bar))


# What comes of it


def _outcome(plan: ImportPlan, made: Sequence[str], room: int) -> Iterator[Row]:
    if changes_anything(plan):
        parts = [f"import {counted(len(plan.deals), 'deal')}{goes_into(plan)}"] if plan.deals else []
        parts += [f"update {counted(len(plan.updates), 'deal')}"] if plan.updates else []
        words = " and ".join(parts)
        yield Row(Go(), Line((Piece("⏎ ", "place"), Piece(words[0].upper() + words[1:], "name", cut=True))))
    else:
        yield Row(Go(), text_line("There is nothing to import.", "name"))
    skipped = skipped_of(plan, "s updates them")
    lines = [
        (" · ".join(made), "text"),
        (f"Skipped: {' · '.join(skipped)}" if skipped else "", "dim"),
    ]
    lines += [(note, "missing") for note in plan.notes]
    for text, ink in lines:
        yield from _wrapped(text, room, ink, indent=2)


def _hindered(shown: ImportPreview, room: int) -> Iterator[Row]:
    yield Row(Go(), text_line("! This cannot be imported yet", "alarm"))
    for why, way_out in hindrances(shown):
        yield from _wrapped(why, room, "text", indent=2)
        yield from _wrapped(way_out, room, "dim", indent=2)
    if isinstance(shown.refused, WrongRows):
        for place, cell in enumerate(shown.refused.cells):
            yield from _wrong(WrongSpot(place, cell.column), cell, room)
        more = shown.refused.total - len(shown.refused.cells)
        if more:
            yield Row(None, text_line(f"and {more:,} more", "dim", indent=2))


def _wrong(spot: WrongSpot, cell: WrongCell, room: int) -> Iterator[Row]:
    value = (
        (Piece("  empty", "dim"),)
        if not cell.value
        else (Piece(f"  “{cell.value[:_VALUE]}”", "name", cut=True),)
    )
    yield Row(
        spot,
        Line((Piece(f"line {cell.line:,}  ", "dim"), Piece(cell.column, "text", cut=True), *value), indent=2),
    )
    for row in _wrapped(cell.problem, room, "stuck", indent=4):
        yield row._replace(key=spot)


def _wrapped(text: str, room: int, ink: str, indent: int) -> Iterator[Row]:
    for line in wrapped(text, room - indent):
        yield Row(None, Line((Piece(line, ink, cut=True),), indent=indent))


# What is said about the whole file


def _said(shown: ImportPreview, room: int) -> Iterator[Row]:
    options = shown.options
    yield _label(Said.PIPELINE, _pipeline_words(shown))
    for pipeline in shown.pipelines:
        if pipeline.is_new:
            yield from _wrapped(stages_of(pipeline), room, "dim", indent=LABEL)
    default = shown.pipelines[0].currency if shown.pipelines else options.new_currency
    currency = f"as the file says, else {default}"
    if options.currency is not None:
        currency = f"{options.currency}, unless an amount names another"
    yield _label(Said.CURRENCY, currency)
    updated = "updated; an empty cell changes nothing" if options.update else "skipped"
    yield _label(Said.UPDATE, f"deals that are there already are {updated}")
    yield _label(Said.ENCODING, shown.table.encoding)


def _label(said: Said, words: str) -> Row:
    return Row(said, Line((Piece(said.value, "dim", width=LABEL), Piece(words, "text", cut=True))))


def _pipeline_words(shown: ImportPreview) -> str:
    options = shown.options
    if options.new_pipeline is not None:
        new = any(each.is_new for each in shown.pipelines) or not shown.pipelines
        return f"{options.new_pipeline}{', a new one with the stages of the file' if new else ''}"
    if options.pipeline is not None:
        return f"{options.pipeline}, for all rows"
    column = next((each.header for each in shown.columns if each.field == "pipeline"), None)
    if column is not None:
        return f"as the column “{column}” says"
    return shown.pipelines[0].name if shown.pipelines else options.usual_pipeline or ""


# Columns, stages, rows


def _columns(shown: ImportPreview, room: int) -> Iterator[Row]:
    yield Row(None, heading("columns", len(shown.columns), "⏎ says what one is"))
    unknown = {each.column for each in shown.unknown_orders}
    plans = shown.columns
    columns = [
        Column("", [each.header for each in plans], "name", share=3),
        Column(
            "",
            [f"→ {use_of(each)}" for each in plans],
            "text",
            share=2,
            inks=["text" if each.field else "dim" if each.property_name else "faint" for each in plans],
        ),
    ]
    formats = ["alarm" if each.header in unknown else "dim" for each in plans]
    if room >= _FORMAT_FROM:
        columns.append(Column("", [each.example for each in plans], "dim", share=3))
        columns.append(Column("", [each.format for each in plans], "dim", share=3, inks=formats))
    else:
        columns.append(
            Column("", [each.format or each.example for each in plans], "dim", share=2, inks=formats)
        )
    wide = widths(columns, room)
    for at, each in enumerate(plans):
        yield Row(ColumnSpot(each.header), cells_line(columns, wide, at))


def _stages(shown: ImportPreview, room: int) -> Iterator[Row]:
    for pipeline in shown.pipelines:
        values = [each for each in shown.stages if each.pipeline is pipeline]
        if not values:
            continue
        yield Row()
        yield Row(None, heading(f"stages of {pipeline.name}", len(values), "⏎ says another"))
        columns = [
            Column("", [each.value for each in values], "name", share=1),
            Column("", [_stage_words(each) for each in values], "text", share=1,
                   inks=["alarm" if each.stage is None else "text" for each in values]),
            Column("", [counted(each.rows, "row") for each in values], "dim", right=True),
        ]  # fmt: skip
        wide = widths(columns, room)
        for at, each in enumerate(values):
            yield Row(StageSpot(each.value, pipeline.name), cells_line(columns, wide, at))


def _stage_words(each: MeantStage) -> str:
    if each.stage is None:
        return "→ no stage yet"
    closed = "" if each.stage.outcome is Outcome.OPEN else f" ({each.stage.outcome})"
    return f"→ {each.stage.name}{closed}"


def _first_rows(plan: ImportPlan, room: int, today: date) -> Iterator[Row]:
    deals = plan.deals[:FIRST_ROWS]
    title = "the first rows as they would be"
    if not deals:
        deals, title = tuple(each.deal for each in plan.updates[:FIRST_ROWS]), "the first rows that update"
    if not deals:
        return
    cells = [row_cells(deal, today) for deal in deals]
    line, name, stage, amount, created, since, closes = (list(texts) for texts in zip(*cells, strict=True))
    columns = [Column("name", name, "name", share=3), Column("stage", stage, "text", share=2)]
    right = [("amount", amount, "money"), ("closes", closes, "dim")]
    if room >= _DATES_FROM:
        right[1:1] = [("made", created, "dim"), ("in stage since", since, "dim")]
    columns += [Column(head, texts, ink, right=True) for head, texts, ink in right if any(texts)]
    columns.append(Column("line", line, "faint", right=True))
    wide = widths(columns, room)
    yield Row()
    yield Row(None, heading(title))
    yield Row(None, head_line(columns, wide))
    for at in range(len(deals)):
        yield Row(None, cells_line(columns, wide, at))
