"""What the lines of an import's preview stand for, and which of them it waits for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from store import (
    NAMING_IMPORT_FIELDS,
    ImportPreview,
    ImportRefused,
    MeantStage,
    UnknownDateOrder,
    UnknownStages,
    WrongRows,
    long_day,
)
from tui.format import counted


class Said(StrEnum):
    """What is said about the whole file."""

    PIPELINE = "pipeline"
    CURRENCY = "currency"
    UPDATE = "already there"
    ENCODING = "encoding"


@dataclass(frozen=True, slots=True)
class Go:
    """The first line: the import itself."""


@dataclass(frozen=True, slots=True)
class ColumnSpot:
    """A column of the file."""

    header: str


@dataclass(frozen=True, slots=True)
class StageSpot:
    """A value of the file's stage column, in a pipeline."""

    value: str
    pipeline: str


@dataclass(frozen=True, slots=True)
class WrongSpot:
    """The value in a place among those that cannot be taken, and its column."""

    place: int
    header: str


class Hindrance(NamedTuple):
    """Why a file cannot be imported yet, and what would help."""

    why: str
    way_out: str


def hindrances(shown: ImportPreview) -> list[Hindrance]:
    """Everything that keeps a file from being imported; empty when nothing does."""
    found = [Hindrance(*_of_dates(each)) for each in shown.unknown_orders]
    unknown = [each for each in shown.stages if each.stage is None]
    if unknown:
        found.append(
            Hindrance(_of_stages(unknown), "⏎ on a value says its stage; p another pipeline, or a new one")
        )
    refused = shown.refused
    if isinstance(refused, WrongRows):
        why = f"{counted(refused.total, 'value')} cannot be taken."
        found.append(
            Hindrance(
                why,
                "correct the file and read it again with r, or ⏎ on one of them says what else its column is",
            )
        )
    elif isinstance(refused, ImportRefused) and not isinstance(refused, UnknownStages | UnknownDateOrder):
        found.append(
            Hindrance(refused.problem, "⏎ on a column says what it is; p another pipeline, or a new one")
        )
    elif refused is not None and not found:
        found.append(Hindrance(str(refused), "u takes the last change back"))
    return found


def _of_dates(unknown: UnknownDateOrder) -> tuple[str, str]:
    days = " or ".join(f"{long_day(day)} {day.year}" for day in unknown.readings.values())
    why = (
        f"The column “{unknown.column}” does not tell the order of its dates: “{unknown.example}” is {days}."
    )
    return why, "d on the column says which"


def _of_stages(unknown: Sequence[MeantStage]) -> str:
    names = ", ".join(dict.fromkeys(each.pipeline.name for each in unknown))
    are = "is" if len(unknown) == 1 else "are"
    return f"{counted(len(unknown), 'value')} of the file {are} no stage of {names} yet."


def first_to_change(shown: ImportPreview) -> Go | ColumnSpot | StageSpot | WrongSpot:
    """Where the cursor is best: on what has to be said first, else on the import itself."""
    for order in shown.unknown_orders:
        return ColumnSpot(order.column)
    for each in shown.stages:
        if each.stage is None:
            return StageSpot(each.value, each.pipeline.name)
    if isinstance(shown.refused, WrongRows):
        return WrongSpot(0, shown.refused.cells[0].column)
    if shown.plan is None and not any(each.field in NAMING_IMPORT_FIELDS for each in shown.columns):
        return ColumnSpot(shown.columns[0].header)
    return Go()


def hinders(shown: ImportPreview, spot: object) -> bool:
    """Whether the import waits for something to be said of this line."""
    match spot:
        case ColumnSpot(header):
            return any(each.column == header for each in shown.unknown_orders)
        case StageSpot(value, pipeline):
            return any(
                (each.value, each.pipeline.name, each.stage) == (value, pipeline, None)
                for each in shown.stages
            )
    return False
