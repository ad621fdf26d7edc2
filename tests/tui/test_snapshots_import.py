"""Pictures of an import, which somebody looked at."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.deck import Deck
from tests.store.csv_files import HUBSPOT
from tests.tui.showcase import ACME, showcase
from tests.tui.test_snapshots import Compare, pressing, the_app

SIZES = [(60, 15), (100, 30), (160, 48)]

READY = HUBSPOT.replace("Qualified to buy", "On radar").replace(",Pipeline,", ",Team,")
"""Nothing has to be said of it."""

ODD = f"""Record ID;Deal Name;Deal Stage;Betrag;Created;Close date;City
1;"{ACME}";Talking;12.000,50 €;03/11/2025;2026-12-05;Berlin
2;契約更新 東京商事;Talking;9.500,00;04/10/2025;;東京
3;Hooli pilot;Signed & paid;1.200,00;05/09/2025;2026-11-02;
"""
"""A file that has stages of its own and does not tell how its dates are written."""

WRONG = "name,amount,stage,close date\nAcme,much,radar,2026-12-01\nWayne,5,radar,soon\n,7,radar,2026-31-12\n"

STATES = {
    "import_file": ("", "I d tab"),
    "import_ready": (READY, "I d tab enter"),
    "import_rows": (READY, "I d tab enter G pagedown pagedown"),
    "import_dates": (ODD, "I d tab enter"),
    "import_stages": (ODD, "I d tab enter 1"),
    "import_new": (ODD, "I d tab enter 1 p down enter enter"),
    "import_column": (ODD, "I d tab enter 1 k enter"),
    "import_wrong": (WRONG, "I d tab enter"),
}
"""The file, and the keys that lead there."""

AT_ALL_SIZES = ("import_ready", "import_stages", "import_wrong", "import_column")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the program was started."""
    made = tmp_path / "lists"
    made.mkdir()
    (made / "notes.txt").write_text("")
    monkeypatch.chdir(made)
    return made


@pytest.mark.parametrize(
    ("name", "size"),
    [(name, size) for name in STATES for size in (SIZES if name in AT_ALL_SIZES else SIZES[:2])],
    ids=lambda each: each if isinstance(each, str) else f"{each[0]}x{each[1]}",
)
def test_import(deck: Deck, folder: Path, snap_compare: Compare, name: str, size: tuple[int, int]) -> None:
    text, keys = STATES[name]
    (folder / "deals.csv").write_text(text, encoding="utf-8")
    assert snap_compare(the_app(showcase(deck)), terminal_size=size, run_before=pressing(*keys.split()))


@pytest.mark.parametrize("theme", ["light", "terminal"])
def test_import_in_other_themes(deck: Deck, folder: Path, snap_compare: Compare, theme: str) -> None:
    text, keys = STATES["import_stages"]
    (folder / "deals.csv").write_text(text, encoding="utf-8")
    before = pressing(*keys.split())
    assert snap_compare(the_app(showcase(deck), theme), terminal_size=(100, 30), run_before=before)
