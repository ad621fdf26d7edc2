"""`python -m bench`: plays the rounds, prints the table, writes `bench/results.json`."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bench import keys, memory, report, screens, starting
from bench.place import Place
from bench.rounds import Group, play

RESULTS: Final = Path(__file__).with_name("results.json")


def main(argv: Sequence[str] | None = None) -> int:
    """Exit code 1 when a row is over its limit, but never in the quick form: its figures decide nothing."""
    args = _parser().parse_args(argv)
    rounds = args.rounds or (1 if args.quick else 7)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        place = Place(Path(folder), large=1_000 if args.quick else 10_000)
        groups = _chosen(_groups(place, presses=4 if args.quick else 12), args.only)
        results = play(groups, rounds, warm_ups=0 if args.quick else 1)
    if not results:
        print(f"No row's name holds {args.only!r}.", file=sys.stderr)
        return 2
    print(report.table(results))
    report.write(results, RESULTS)
    over = sum(result["over"] for result in results)
    if args.quick:
        print("The quick form shows that the benchmark runs; its figures decide nothing.")
        return 0
    print(f"{len(results)} rows, {over} over their limit; written to {RESULTS.relative_to(Path.cwd())}")
    return 1 if over else 0


def _groups(place: Place, presses: int) -> list[Group]:
    return [
        *starting.groups(place),
        *keys.groups(place, presses),
        *screens.groups(place, presses),
        *memory.groups(place),
    ]


def _chosen(groups: Sequence[Group], pattern: str) -> list[Group]:
    """The groups with a row whose name holds `pattern`; rows that are measured together stay together."""
    wanted = pattern.casefold()
    return [group for group in groups if any(wanted in row.what.casefold() for row in group.rows)]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one round, fewer deals: shows that it runs")
    parser.add_argument("--rounds", type=int, metavar="N", help="rounds after the warm-up (7)")
    parser.add_argument("--only", default="", metavar="TEXT", help="only rows whose name holds TEXT")
    return parser


if __name__ == "__main__":
    sys.exit(main())
