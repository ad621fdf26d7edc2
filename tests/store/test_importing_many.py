"""Files with very many rows: the memory that an import of them takes, and that it is undone exactly."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from bench.data import sales_csv
from store import ImportOptions, apply_import, plan_for, read_table
from tests.deck import TODAY, Deck, at

FEW, MANY = 10_000, 100_000

MOST: float = 2.5
"""The memory that a further row takes, against that of holding the file's rows as `csv` gives them."""

PEAK = "print(next(line for line in open('/proc/self/status') if line.startswith('VmHWM')))"

FLOOR = f"""
import csv, sys
with open(sys.argv[1], newline="", encoding="utf-8") as file:
    rows = list(csv.reader(file))
{PEAK}
"""

PRODUCT = f"""
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from store import ImportOptions, apply_import, open_store, plan_for, read_table
today, now = date(2026, 11, 20), datetime(2026, 11, 20, 12, tzinfo=UTC)
with open_store(Path(sys.argv[2])) as store:
    table = read_table(Path(sys.argv[1]).read_bytes(), "many.csv")
    plan = plan_for(store, table, ImportOptions(new_pipeline="New"), today, now)
    assert len(apply_import(store, plan, now).deal_ids) == int(sys.argv[3])
{PEAK}
"""


def peak(program: str, *arguments: str) -> int:
    """The most memory, in KB, that a Python program held."""
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True
    )
    found = re.search(r"VmHWM:\s*(\d+) kB", done.stdout)
    assert found is not None
    return int(found[1])


@pytest.mark.long
def test_each_further_row_takes_little_memory(tmp_path: Path) -> None:
    """A hundred thousand rows are read, planned and written in bounded memory: what is written is not held."""
    floors, peaks = [], []
    for rows in (FEW, MANY):
        file, db = tmp_path / f"{rows}.csv", tmp_path / f"{rows}.db"
        sales_csv(file, rows, date(2026, 11, 20))
        with Deck(db):
            pass
        floors.append(peak(FLOOR, str(file)))
        peaks.append(peak(PRODUCT, str(file), str(db), str(rows)))
    ratio = (peaks[1] - peaks[0]) / (floors[1] - floors[0])
    print(f"{(peaks[1] - peaks[0]) / (MANY - FEW):.2f} KB a row, {ratio:.2f} x the rows themselves")
    assert ratio < MOST


@pytest.mark.long
def test_a_hundred_thousand_rows_are_undone_exactly(deck: Deck, tmp_path: Path) -> None:
    deck.deal("Acme")
    before = deck.dump()
    file = tmp_path / "many.csv"
    sales_csv(file, MANY, TODAY)
    plan = plan_for(
        deck.store, read_table(file.read_bytes(), "many.csv"), ImportOptions(new_pipeline="New"), TODAY, at()
    )
    assert len(apply_import(deck.store, plan, at()).deal_ids) == MANY
    deck.undo()
    assert deck.dump() == before
