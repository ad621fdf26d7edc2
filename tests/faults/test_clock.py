"""Clocks that jump while the founder works: midnight over an open board, days of 23 and 25 hours, another zone, a clock
set back by a year. Real processes, under libfaketime."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.deck import PLAIN, Deck
from tests.faults.clocks import Clock, instant
from tests.faults.sound import assert_sound
from tests.terminal import Terminal

SANTIAGO = "America/Santiago"
"""Its clocks are put forward at midnight, so that 6 September 2026 begins at 1:00; back at midnight to 4 April."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Three deals in spring: one expected to close on the 5th, one with a task for the 6th, one that idles."""
    path = tmp_path / "deals.db"
    with Deck(path, PLAIN) as deck:
        deck.deal("Stark licence", "product", 8_000, on="2026-08-30", close="2026-09-05")
        deck.deal("Hooli pilot", "product", 5_000, on="2026-08-30", task="call Ann", due="2026-09-06")
        deck.deal("Acme renewal", "radar", 4_000, on="2026-08-22")
    return path


def leave(shown: Terminal) -> None:
    shown.press("q")
    assert shown.wait_exit() == 0


def ages_in(told: Any) -> list[int]:
    """Everything in JSON that counts days."""
    if isinstance(told, dict):
        own = [value for key, value in told.items() if key in ("days", "days_in_stage") and value is not None]
        return own + [age for value in told.values() for age in ages_in(value)]
    return [age for value in told for age in ages_in(value)] if isinstance(told, list) else []


def test_midnight_passes_over_every_screen(file: Path) -> None:
    clock = Clock(file, SANTIAGO, "2026-09-05T23:59:59")
    with clock.board() as shown:
        shown.wait_for("Sat 5 Sep")
        shown.wait_for("NO NEXT STEP 2")
        shown.press("t", *"call Bo")
        shown.wait_for("call Bo")
        clock.set("2026-09-06T01:00:00")  # one second later
        shown.wait_for("Sun 6 Sep")
        shown.wait_for("close date passed 1 day ago")
        shown.wait_for("1 due")
        assert "call Bo" in shown.text  # what is being typed stays
        shown.press("escape")
        shown.wait_gone("call Bo")
        shown.press("T")
        shown.wait_for("1 due today")
        clock.set("2026-09-07T00:00:00")
        shown.wait_for("1 overdue")
        shown.wait_for("Mon 7 Sep")
        shown.press("enter")
        shown.wait_for("task overdue by 1 day")
        clock.set("2026-09-08T00:00:00")
        shown.wait_for("task overdue by 2 days")
        shown.wait_for("for 9 days")
        shown.press("escape")
        shown.wait_for("OVERDUE 1")
        shown.press("escape")
        shown.wait_gone("OVERDUE 1")
        shown.press("r")
        shown.wait_for("Sat 5 Sep, 3 days ago")
        clock.set("2026-09-09T00:00:00")
        shown.wait_for("Sat 5 Sep, 4 days ago")
        shown.wait_for("Wed 9 Sep")
        shown.press("escape")
        shown.wait_gone("Morning review")
        leave(shown)
    assert_sound(file)


@pytest.mark.long
def test_a_day_of_25_hours_is_one_day(file: Path) -> None:
    clock = Clock(file, SANTIAGO, "2026-04-04T23:59:59")
    with clock.board() as shown:
        shown.wait_for("Sat 4 Apr")
        shown.press("a", *"Late one", "enter")
        shown.wait_for("added Late one")
        clock.set("2026-04-04T23:00:00", fold=1)  # one second later
        clock.deals("add", "Later one")
        shown.wait_for("Later one")
        assert "Sat 4 Apr" in shown.text
        clock.set("2026-04-05T00:00:00")
        shown.wait_for("Sun 5 Apr")
        leave(shown)
    late, later = (clock.json("show", name) for name in ("Late one", "Later one"))
    assert late["created_on"] == later["created_on"] == "2026-04-04"
    assert [each["visits"][0]["entered_at"] for each in (late, later)] == [
        "2026-04-05T02:59:59.000Z",
        "2026-04-05T03:00:00.000Z",
    ]
    assert [each["days_in_stage"] for each in (late, later)] == [1, 1]


def test_a_clock_set_back_by_a_year_makes_no_age_negative(file: Path) -> None:
    clock = Clock(file, "UTC", "2026-11-20T09:00:00")
    with clock.board() as shown:
        shown.wait_for("Fri 20 Nov")
        shown.press("2")
        shown.wait_for("moved Acme renewal to Product evaluated")
        clock.set("2025-11-20T09:00:00")
        shown.wait_for("Thu 20 Nov")
        shown.press("3")
        shown.wait_for("moved Acme renewal to Decision maker")
        shown.press("t", "3", "enter")
        shown.wait_for("next step for Acme renewal: follow up")
        shown.press("c", "enter")
        shown.wait_for("logged call with Acme renewal")
        shown.press("v")
        shown.wait_for("finished")
        shown.press("w")
        shown.wait_for("won Acme renewal")
        shown.press("u")
        shown.wait_for("undone: win Acme renewal")
        leave(shown)
    assert_sound(file)
    clock.set("2024-02-29T09:00:00")
    listed, told = clock.json("list"), clock.json("show", "Acme")
    assert len(listed) == 3
    assert min(ages_in([listed, told])) >= 0
    visits = told["visits"][::-1]
    assert [visit["left_at"] for visit in visits[:-1]] == [visit["entered_at"] for visit in visits[1:]]
    assert told["stage"] == "Decision maker evaluated"


MOMENTS = (
    ("America/Havana", "2026-11-01T00:30:00", 1),  # for the second time
    ("Australia/Lord_Howe", "2026-04-05T01:45:00", 1),  # half an hour is shown twice
    ("Pacific/Auckland", "2026-12-31T23:59:59", 0),
)


@pytest.mark.long
def test_what_was_done_in_one_zone_is_on_the_day_it_was_in_another(tmp_path: Path) -> None:
    file = tmp_path / "deals.db"
    with Deck(file, PLAIN):
        pass
    for number, (zone, local, fold) in enumerate(MOMENTS):
        clock = Clock(file, zone, local)
        clock.set(local, fold)
        clock.deals("add", f"Deal {number}")
    for zone in ("America/Havana", "Pacific/Kiritimati"):
        listed = Clock(file, zone, "2028-02-29T12:00:00").json("list")
        seen = {deal["name"]: deal["created_on"] for deal in listed}
        assert seen == {
            f"Deal {number}": instant(*moment).astimezone(ZoneInfo(zone)).date().isoformat()
            for number, moment in enumerate(MOMENTS)
        }
        today = date(2028, 2, 29)
        assert all(
            deal["days_in_stage"] == (today - date.fromisoformat(deal["created_on"])).days for deal in listed
        )


def test_the_day_it_counts_as_is_the_day_of_what_is_written(file: Path) -> None:
    clock = Clock(file, SANTIAGO, "2026-09-10T00:30:00")
    clock.deals("add", "Umbrella", "--today", "2026-09-06")  # which has no half past midnight
    clock.deals("won", "Umbrella", "--today", "2026-09-08")
    told = clock.json("show", "Umbrella", "--today", "2026-09-08")
    assert (told["created_on"], told["closed_on"]) == ("2026-09-06", "2026-09-08")
    assert_sound(file)


def test_a_clock_of_an_impossible_year_is_told_and_nothing_is_written(file: Path) -> None:
    before = file.read_bytes()
    clock = Clock(file, "UTC", "2230-06-01T12:00:00")
    assert "says that it is the year 2230; set it right" in clock.deals("add", "Umbrella", code=1)
    with clock.board() as shown:
        assert shown.wait_exit() == 1
        assert "says that it is the year 2230; set it right" in shown.text
        assert b"\x1b[?1049h" not in shown.output
    assert file.read_bytes() == before
