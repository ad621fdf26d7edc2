"""How a figure comes about: floor and product in turn in every round, the ratio of each round, the median of all."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypedDict

Sample = tuple[float | None, float]
"""What one round gave: the floor (`None` where a row has none) and the product, in the row's unit."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. `limit` holds for the ratio to the floor or, without a floor, for the value itself."""

    what: str
    floor: str
    limit: float
    unit: str = "ms"


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that are measured together. `measure` plays one round and gives each row's sample, in their order."""

    rows: tuple[Row, ...]
    measure: Callable[[], Sequence[Sample]]


class Result(TypedDict):
    """One line of `bench/results.json`: medians over the rounds; `floor` and `ratio` are empty without a floor."""

    what: str
    floor: float | None
    value: float
    ratio: float | None
    limit: float
    unit: str
    against: str
    over: bool


def result_of(row: Row, samples: Sequence[Sample]) -> Result:
    """The medians of a row's samples; the ratio is the median of each round's own ratio."""
    floors = [floor for floor, _ in samples if floor is not None]
    ratio = statistics.median(value / floor for floor, value in samples if floor) if floors else None
    value = statistics.median(value for _, value in samples)
    return Result(
        what=row.what,
        floor=round(statistics.median(floors), 3) if floors else None,
        value=round(value, 3),
        ratio=None if ratio is None else round(ratio, 3),
        limit=row.limit,
        unit=row.unit,
        against=row.floor,
        over=(value if ratio is None else ratio) > row.limit,
    )


def play(groups: Iterable[Group], rounds: int, warm_ups: int) -> list[Result]:
    """Plays every group's rounds after its warm-ups, whose figures are dropped."""
    results: list[Result] = []
    for group in groups:
        samples: list[Sequence[Sample]] = []
        for number in range(warm_ups + rounds):
            _progress(f"{group.rows[0].what} … round {number + 1} of {warm_ups + rounds}")
            taken = group.measure()
            if number >= warm_ups:
                samples.append(taken)
        for place, row in enumerate(group.rows):
            results.append(result_of(row, [taken[place] for taken in samples]))
    _progress("")
    return results


def _progress(text: str) -> None:
    """One line on a terminal, overwritten as the rounds go by; nothing elsewhere."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()
