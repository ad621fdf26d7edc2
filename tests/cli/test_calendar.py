"""`deals export FILE.ics`"""

from __future__ import annotations

from pathlib import Path

import pytest
from icalendar import Calendar

from tests.cli.running import Deals


@pytest.fixture
def board(deals: Deals) -> Deals:
    """A deal with a close date and two tasks, one of them without a day."""
    deals("add", "Acme renewal 12k close:2026-12-12")
    deals("task", "add", "acme", "call Ann fri 14:30")
    deals("task", "add", "acme", "some day")
    return deals


@pytest.mark.parametrize("name", ["deals.ics", "Deals.ICS"])
def test_the_ending_makes_it_a_calendar(board: Deals, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    shown = board("export", str(path))
    assert shown.out == f"Exported 1 task and 1 close date to {path}; 1 task without a day left out\n"
    events = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    assert [str(event["summary"]) for event in events] == [
        "call Ann · Acme renewal",
        "Acme renewal is expected to close",
    ]


def test_it_says_so_as_json_and_replaces_nothing_unasked(board: Deals, tmp_path: Path) -> None:
    path = tmp_path / "deals.ics"
    told = board("export", str(path), "--json").json
    assert told == {"file": str(path), "tasks": 1, "close_dates": 1, "left_out": 1}
    before = path.read_bytes()
    refused = board("export", str(path))
    assert (refused.code, refused.out) == (1, "")
    assert "replace it with --force" in refused.err
    assert path.read_bytes() == before
    assert board("export", str(path), "--force").code == 0
