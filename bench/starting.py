"""Rows about getting there: the first paint, the command line's answers, and an import."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from bench import data
from bench.place import DEALS, FLOORS, Place, next_frame, rest
from bench.rounds import Group, Row, Sample
from tests.terminal import FRAME_END, Terminal

EMPTY: Final = "an empty Textual app"
PASS: Final = "python -c pass"
CSV_ROWS: Final = 8_800

_CARD: Final = re.compile(r"(?:{}) (?:{}) \d+".format("|".join(data.COMPANIES), "|".join(data.THINGS)))


def groups(place: Place) -> Sequence[Group]:
    """The groups of this subject."""
    deals = str(DEALS)
    stuck = [deals, "--db", str(place.folder / f"{place.large}" / "deals.db"), "stuck"]
    return (
        Group(
            (
                Row(f"first paint of the real cards, {place.large:,} open deals", EMPTY, 1.6),
                Row("the same, everything loaded and idle", f"{EMPTY}, idle", 2.5),
            ),
            lambda: _start(place),
        ),
        Group(
            (Row(f"first paint with {data.ACTIONS:,} journal entries", "the same with none", 1.1),),
            lambda: [_with_history(place)],
        ),
        _command(place, "deals --version", [deals, "--version"], 3),
        _command(place, "deals --help", [deals, "--help"], 3),
        _command(place, f"deals stuck --short, {place.large:,} deals", [*stuck, "--short"], 8),
        _command(place, f"deals stuck --json, {place.large:,} deals", [*stuck, "--json"], 8),
        Group(
            (
                Row(f"import of {CSV_ROWS:,} CSV rows with history and journal", "csv and sqlite3 alone", 12),
                Row(f"each row of an import of {place.large * 10:,}", f"each of {CSV_ROWS:,}", 1.15, "µs"),
            ),
            lambda: _imports(place),
        ),
    )


def _start(place: Place) -> Sequence[Sample]:
    """First paint and rest of both, one after the other."""
    with place.floor("empty_app") as floor:
        floor_paint = next_frame(floor, 0, floor.started_at)
        floor_idle = (rest(floor) - floor.started_at) * 1000
    place.file(place.large)
    with place.board(place.large) as board:
        cards = board_paint(board)
        idle = (rest(board) - board.started_at) * 1000
    return [(floor_paint, cards), (floor_idle, idle)]


def _with_history(place: Place) -> Sample:
    """First paint before any work and after years of it, in turn; the least of three."""
    files = place.file(place.large), place.busy_file(place.large)
    times: tuple[list[float], list[float]] = [], []
    for _ in range(3):
        for file, taken in zip(files, times, strict=True):
            with place.board_on(file) as board:
                taken.append(board_paint(board))
    return min(times[0]), min(times[1])


def board_paint(board: Terminal) -> float:
    """Waits for the first frame that shows cards; milliseconds from the start of the program to its end."""
    board.read_until(lambda: _shows_cards(board.output), "the cards")
    return (board.chunks[-1].at - board.started_at) * 1000


def _shows_cards(output: bytes) -> bool:
    """Whether a whole frame with cards in it has been written."""
    frame = output[: output.rfind(FRAME_END) + 1]
    return len(_CARD.findall(frame.decode(errors="ignore"))) > 10


def _command(place: Place, what: str, argv: list[str], limit: float) -> Group:
    def measure() -> Sequence[Sample]:
        place.file(place.large)
        return [_fastest_in_turn(place, [sys.executable, "-c", "pass"], lambda: argv)]

    return Group((Row(what, PASS, limit),), measure)


def _fastest_in_turn(
    place: Place, floor: list[str], product: Callable[[], list[str]], times: int = 5
) -> Sample:
    """Runs both in turn and gives the least that each took: what else the machine does only ever adds."""
    pairs = [(place.run(floor), place.run(product())) for _ in range(times)]
    return min(pair[0] for pair in pairs), min(pair[1] for pair in pairs)


def _imports(place: Place) -> Sequence[Sample]:
    """The first file as small as can be and by the product; then, for each of its rows, the product's time with that
    for each row of a far longer one."""
    few, many = CSV_ROWS, place.large * 10
    source = _sales(place, few)
    plain = place.folder / "plain.db"
    plain.unlink(missing_ok=True)
    floor = place.run([sys.executable, str(FLOORS / "plain_import.py"), str(source), str(plain)])
    product = _import(place, source)
    longer = _import(place, _sales(place, many))
    return [(floor, product), (product * 1000 / few, longer * 1000 / many)]


def _sales(place: Place, rows: int) -> Path:
    source = place.folder / f"sales-{rows}.csv"
    if not source.exists():
        data.sales_csv(source, rows, place.today)
    return source


def _import(place: Place, source: Path) -> float:
    """The milliseconds that the product takes to import a file into a new one."""
    target = place.folder / "import" / "deals.db"
    target.parent.mkdir(exist_ok=True)
    target.unlink(missing_ok=True)
    data.build(target, 0, place.today)
    words = ["import", str(source), "--new-pipeline", "Imported", "--currency", "USD", "--yes"]
    return place.run([str(DEALS), "--db", str(target), *words])
