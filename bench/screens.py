"""Rows about the other screens: how long one takes to open, and the review with many stuck deals beside few."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from contextlib import ExitStack
from typing import Final

from bench.place import Place, key, next_frame, rested
from bench.rounds import Group, Row, Sample
from bench.starting import EMPTY

SCREENS: Final = (("review", "r"), ("Today", "T"), ("deal", "enter"), ("people", "P"), ("companies", "C"))
"""The screens, and the keys of the board that open them."""

MANY, FEW = 2_000, 20

SEEN: Final = 8
"""After so many deals each stage of the few was met, and what is read once for a stage was read."""


def groups(place: Place, presses: int) -> Sequence[Group]:
    """The groups of this subject."""
    visits = place.large * 10
    few = f"the same with {FEW} stuck deals"
    return (
        Group(
            tuple(
                Row(f"{name} opens, {place.large:,} deals and {visits:,} visits", EMPTY, 1.5)
                for name, _ in SCREENS
            ),
            lambda: _screens(place),
        ),
        Group(
            (
                Row(f"review opens, {MANY:,} stuck deals", few, 1.3),
                Row(f"review, next deal, {MANY:,} stuck deals", few, 1.3),
            ),
            lambda: _review(place, presses),
        ),
    )


def _screens(place: Place) -> Sequence[Sample]:
    """Each screen opened once, for the first time in its program: what it has to import counts."""
    with place.floor("empty_app") as floor:
        floor_ms = next_frame(floor, 0, floor.started_at)
    samples: list[Sample] = []
    with ExitStack() as stack:
        board = rested(stack, place.board_on(place.long_file(place.large)))
        for _, name in SCREENS:
            samples.append((floor_ms, key(board, name)))
            key(board, "escape")
    return samples


def _review(place: Place, presses: int) -> Sequence[Sample]:
    """The review opened a few times, and then, when all that is read once was read, its deals skipped."""
    opening: list[list[float]] = [[], []]
    skipping: list[list[float]] = [[], []]
    with ExitStack() as stack:
        boards = [rested(stack, place.board_on(place.stuck_file(deals))) for deals in (FEW, MANY)]
        for _ in range(max(1, presses // 3)):
            for taken, board in zip(opening, boards, strict=True):
                taken.append(key(board, "r"))
            for board in boards:
                key(board, "escape")
        for board in boards:
            for name in ("r", *["tab"] * SEEN):
                key(board, name)
        for _ in range(min(presses, FEW - SEEN - 1)):
            for taken, board in zip(skipping, boards, strict=True):
                taken.append(key(board, "tab"))
    return [(statistics.median(few), statistics.median(many)) for few, many in (opening, skipping)]
