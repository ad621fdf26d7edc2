"""Where each row of a file goes: the pipeline, the stage it names, and the stage it is in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from store.errors import InvalidInput
from store.importing.cells import LONGEST
from store.importing.columns import Columns
from store.importing.plan import TargetPipeline, TargetStage
from store.importing.refusal import WrongCell
from store.importing.targets import Targets
from store.importing.words import status_outcome
from store.text import clean_line
from store.views import Outcome

Key = tuple[str, str, Outcome | None]


class Place(NamedTuple):
    """The stage a row names, and the one it is in: another where a status says that it was won or lost there."""

    pipeline: TargetPipeline
    named: TargetStage
    final: TargetStage


def places_of(
    columns: Columns, targets: Targets, there: Sequence[tuple[TargetPipeline, TargetStage] | None] = ()
) -> list[Place | None]:
    """The place of each row; `None` for a row that has none, which is noted in `targets` or `columns.wrong`.

    `there` says where the deals stand that rows are about: a row that names no stage leaves its deal there, or
    brings it to the pipeline's first stage of the outcome that it names.
    """
    statuses = columns.read("outcome", _read_status)
    keys: list[Key] = list(zip(columns.texts("pipeline"), columns.texts("stage"), statuses, strict=True))
    staying = {
        index: _staying(*present, keys[index][2])
        for index, present in enumerate(there)
        if present and not clean_line(keys[index][1])
    }
    counted = Counter(key for index, key in enumerate(keys) if index not in staying)
    places = {key: _place(targets, key, rows) for key, rows in counted.items()}
    contrary = {
        key: f"the stage “{place.named.name}” is {place.named.outcome}; correct one of the two"
        for key, place in places.items()
        if place and key[2] and place.final.outcome is not key[2]
    }
    if contrary:
        header = columns.header("outcome")
        columns.wrong += (
            WrongCell(line, header, str(key[2]), contrary[key])
            for line, key in zip(columns.table.lines, keys, strict=True)
            if key in contrary
        )
    return [staying[index] if index in staying else places[key] for index, key in enumerate(keys)]


def _staying(pipeline: TargetPipeline, stage: TargetStage, status: Outcome | None) -> Place:
    if status is None or status is stage.outcome:
        return Place(pipeline, stage, stage)
    final = pipeline.first(status)
    return Place(pipeline, stage if stage.outcome is Outcome.OPEN else final, final)


def _place(targets: Targets, key: Key, rows: int) -> Place | None:
    pipeline, stage, status = key
    stages = targets.map_for(clean_line(pipeline), rows)
    if stages is None:
        return None
    value = clean_line(stage)
    target = stages.pipeline
    named = target.first(status) if status and not value else stages.of(value, rows)
    if named is None:
        return None
    closed_there = named.outcome is Outcome.OPEN and status in (Outcome.WON, Outcome.LOST)
    return Place(target, named, target.first(status) if closed_there and status else named)


def _read_status(text: str) -> Outcome | None:
    if len(text) <= LONGEST and not clean_line(text):
        return None
    found = status_outcome(text) if len(text) <= LONGEST else None
    if found is None:
        raise InvalidInput("this is none of open, won and lost; correct it, or leave the column out")
    return found


def only_statuses(cells: Sequence[str]) -> bool:
    """Whether a column is a status: it says won or lost somewhere, or mostly open, in one of several languages."""
    said = [
        status_outcome(value) for cell in set(cells) if len(cell) <= LONGEST and (value := clean_line(cell))
    ]
    closed = any(outcome in (Outcome.WON, Outcome.LOST) for outcome in said)
    return closed or sum(outcome is not None for outcome in said) * 2 > len(said)
