"""Rows about working: what a key costs from the press to the last painted byte, at a full and at a small board."""

from __future__ import annotations

import sqlite3
import statistics
import time
from collections.abc import Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Final

from bench.place import SIZE, Place, key, painted, rest, rested
from bench.rounds import Group, Row, Sample
from tests.terminal import Terminal

ONE_LINE: Final = "a widget that repaints one line"
LETTERS: Final = "pilot"
"""What is typed into the filter, a key at a time."""

TO_THE_EDGE: Final = 11
LEFT_TO_SCROLL: Final = 8
"""A column of the small board has 20 cards. After so many of them the next one is out of view."""

FILTER_QUIET: Final = 0.2
"""A filter may wait for the next letter before it paints; this is longer than any such wait."""


def groups(place: Place, presses: int) -> Sequence[Group]:
    """The groups of this subject; each round presses every key `presses` times."""
    return (
        Group(
            (
                Row("cursor key", ONE_LINE, 2.5),
                Row("column key", ONE_LINE, 2.5),
                Row("cursor key that scrolls", ONE_LINE, 6),
                Row("move key, painted and committed", ONE_LINE, 7),
                *(
                    Row(f"{what} at {place.large:,} deals", f"the same at {place.small:,} deals", 1.3)
                    for what in ("cursor key", "column key", "scrolling key", "move key")
                ),
                Row(f"filter keystroke at {place.large:,} deals", ONE_LINE, 8),
            ),
            lambda: _keys(place, presses),
        ),
        Group((Row("resize", "the empty app's resize", 2),), lambda: [_resize(place, presses)]),
    )


def _keys(place: Place, presses: int) -> Sequence[Sample]:
    """One round: three programs side by side, every key pressed in each of them in turn."""
    with ExitStack() as stack:
        floor = rested(stack, place.floor("one_line"))
        boards = [rested(stack, place.board(deals)) for deals in (place.large, place.small)]
        runs = [_in_turn(floor, boards, keys, presses) for keys in (("down", "up"), ("right", "left"))]
        runs.append(_scrolling(floor, boards, presses))
        runs.append(_moving(floor, boards, [place.file(place.large), place.file(place.small)], presses))
        filtering = _filtering(floor, boards[0], presses)
    per_floor = [(floor_ms, large) for floor_ms, large, _ in runs]
    per_size = [(small, large) for _, large, small in runs]
    return [*per_floor, *per_size, filtering]


def _in_turn(
    floor: Terminal, boards: Sequence[Terminal], keys: Sequence[str], presses: int
) -> tuple[float, float, float]:
    """The median milliseconds of a key in the floor, the large board and the small one; `keys` go round."""
    times: list[list[float]] = [[], [], []]
    for number in range(presses):
        name = keys[number % len(keys)]
        for taken, shown in zip(times, (floor, *boards), strict=True):
            taken.append(key(shown, name))
    floor_ms, large, small = map(statistics.median, times)
    return floor_ms, large, small


def _scrolling(floor: Terminal, boards: Sequence[Terminal], presses: int) -> tuple[float, float, float]:
    """Down from the last card that is in view, as far as the small board's columns go."""
    for board in boards:
        for _ in range(TO_THE_EDGE):
            key(board, "down")
    return _in_turn(floor, boards, ("down",), min(presses, LEFT_TO_SCROLL))


def _moving(
    floor: Terminal, boards: Sequence[Terminal], files: Sequence[Path], presses: int
) -> tuple[float, float, float]:
    """A deal there and back, each time until it is painted and committed, whichever is later."""
    for board in boards:
        key(board, "g")
    times: list[list[float]] = [[], [], []]
    for number in range(presses):
        name = ("shift+right", "shift+left")[number % 2]
        times[0].append(key(floor, name))
        for place, (board, file) in enumerate(zip(boards, files, strict=True), 1):
            times[place].append(_move(board, file, name))
    floor_ms, large, small = map(statistics.median, times)
    return floor_ms, large, small


def _move(board: Terminal, file: Path, name: str) -> float:
    """Milliseconds of one move. A commit removes the journal beside the file, which dates the folder."""
    before = _actions(file)
    since, pressed_at = len(board.chunks), time.time_ns()
    took = painted(board, since, board.press(name))
    if _actions(file) != before + 1:
        raise AssertionError(f"{name} was painted but not committed. The screen:\n{board.text}")
    return max(took, (file.parent.stat().st_mtime_ns - pressed_at) / 1e6)


def _actions(file: Path) -> int:
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as connection:
        count: int = connection.execute("SELECT count(*) FROM actions").fetchone()[0]
        return count


def _filtering(floor: Terminal, board: Terminal, presses: int) -> Sample:
    """Letters typed into the filter of the large board, and the floor's key after each."""
    floors: list[float] = []
    letters: list[float] = []
    for _ in range(max(1, presses // len(LETTERS))):
        key(board, "/", quiet=FILTER_QUIET)
        for letter in LETTERS:
            letters.append(key(board, letter, quiet=FILTER_QUIET))
            floors.append(key(floor, "down"))
        key(board, "escape", quiet=FILTER_QUIET)
        rest(board)
    return statistics.median(floors), statistics.median(letters)


def _resize(place: Place, presses: int) -> Sample:
    """The window made smaller and larger again."""
    with ExitStack() as stack:
        floor = rested(stack, place.floor("empty_app"))
        board = rested(stack, place.board(place.large))
        times: tuple[list[float], list[float]] = ([], [])
        for number in range(presses):
            size = SIZE if number % 2 else (SIZE[0] - 10, SIZE[1] - 4)
            for taken, shown in zip(times, (floor, board), strict=True):
                since = len(shown.chunks)
                taken.append(painted(shown, since, shown.resize(*size)))
        return statistics.median(times[0]), statistics.median(times[1])
