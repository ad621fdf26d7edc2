"""The shapes that programs read: these keys, in this order, before any others."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.cli.running import Deals

DEAL = [
    "id", "name", "company", "stage", "outcome", "amount", "currency", "probability", "weighted", "close_date",
    "created_on", "entered_stage_on", "days_in_stage", "closed_on", "lost_reason", "next_step", "tags", "properties",
    "stuck",
]  # fmt: skip
SUM = ["count", "amount", "unknown", "weighted"]


def begins(found: dict[str, Any], keys: list[str]) -> bool:
    return list(found)[: len(keys)] == keys


@pytest.fixture
def board(deals: Deals) -> Deals:
    """One deal of each kind."""
    deals(
        "add", 'Initech renewal 40k stage:product close:2026-11-10 co:"Initech Inc" #eu', today="2026-10-30"
    )
    deals("add", 'Globex website step:"call Ann mon"', today="2026-11-20")
    deals("add", "Wonka add-on 9000.50 stage:decision", today="2026-11-01")
    deals("add", "Stark export 3,000 EUR", today="2026-11-19")
    deals("add", "Umbrella 18k", today="2026-10-01")
    deals("won", "umbrella", today="2026-11-03")
    return deals


def test_a_deal(board: Deals) -> None:
    deal = board("show", "initech", "--json").json
    assert begins(deal, DEAL)
    assert {key: deal[key] for key in DEAL} == {
        "id": 1,
        "name": "Initech renewal",
        "company": "Initech Inc",
        "stage": "Product evaluated",
        "outcome": "open",
        "amount": "40000.00",
        "currency": "USD",
        "probability": 50,
        "weighted": "20000.00",
        "close_date": "2026-11-10",
        "created_on": "2026-10-30",
        "entered_stage_on": "2026-10-30",
        "days_in_stage": 21,
        "closed_on": None,
        "lost_reason": None,
        "next_step": None,
        "tags": ["eu"],
        "properties": {},
        "stuck": ["close date passed", "idle"],
    }
    assert {"notes", "people", "tasks", "touches", "visits"} <= set(deal)


def test_what_is_unknown_is_null(board: Deals) -> None:
    deal = board("show", "globex", "--json").json
    assert (deal["amount"], deal["weighted"], deal["close_date"], deal["company"]) == (None, None, None, None)
    assert deal["next_step"] == {"title": "call Ann", "due_on": "2026-11-23", "due_at": None}


def test_the_board(board: Deals) -> None:
    found = board("board", "--json").json
    assert list(found) == ["pipeline", "currency", "today", "columns", "open"]
    assert (found["pipeline"], found["currency"], found["today"]) == ("Sales", "USD", "2026-11-20")
    radar = found["columns"][0]
    assert begins(radar, ["stage", "probability", "outcome", *SUM])
    assert {key: radar[key] for key in ("stage", "probability", "outcome", *SUM, "foreign")} == {
        "stage": "On radar",
        "probability": 10,
        "outcome": "open",
        "count": 2,
        "amount": "0.00",
        "unknown": 1,
        "weighted": "0.00",
        "foreign": {"EUR": "3000.00"},
    }
    assert [deal["id"] for deal in radar["deals"]] == [4, 2]
    assert all(begins(deal, DEAL) for deal in radar["deals"])
    assert found["open"] == {
        "count": 4,
        "amount": "49000.50",
        "unknown": 1,
        "weighted": "26300.35",
        "foreign": {"EUR": "3000.00"},
    }
    won = found["columns"][3]
    assert (won["outcome"], won["count"], won["amount"]) == ("won", 1, "18000.00")
    assert board("--json").json == found


def test_a_rate_of_ones_own_brings_the_foreign_ones_in(board: Deals) -> None:
    assert board("rate", "eur", "usd", "1.1").code == 0
    found = board("board", "--json").json["columns"][0]
    assert (found["amount"], found["weighted"], found["foreign"]) == ("3300.00", "330.00", {})
    assert board("rate", "--json").json == [{"currency": "EUR", "base": "USD", "rate": "1.1"}]
    assert board("rate").out == "1 EUR = 1.1 USD\n"
    assert board("rate", "eur", "usd", "none").code == 0
    assert board("rate", "--json").json == []


def test_the_list_is_an_array_of_deals(board: Deals) -> None:
    listed = board("list", "--json").json
    assert [deal["id"] for deal in listed] == [4, 2, 1, 3]
    assert all(begins(deal, DEAL) for deal in listed)


def test_stuck(board: Deals) -> None:
    found = board("stuck", "--json").json
    assert list(found) == ["today", "stuck", "no_next_step"]
    assert [begins(deal, ["id", "name", "stage", "at_stake"]) for deal in found["stuck"]] == [True, True]
    assert [(deal["name"], deal["at_stake"]) for deal in found["stuck"]] == [
        ("Initech renewal", "20000.00"),
        ("Wonka add-on", "6300.35"),
    ]
    assert found["stuck"][0]["reasons"] == [
        {"kind": "close date passed", "days": 10, "limit": None},
        {"kind": "idle", "days": 21, "limit": 14},
    ]


def test_no_next_step(board: Deals) -> None:
    board("add", "Hooli pilot 55k", today="2026-11-14")
    nudged = board("stuck", "--json").json["no_next_step"]
    assert nudged == [
        {"id": 6, "name": "Hooli pilot", "stage": "On radar", "at_stake": "5500.00", "currency": "USD"}
    ]


def test_the_forecast(board: Deals) -> None:
    found = board("forecast", "--json").json
    assert list(found) == ["today", "currency", "months", "overdue", "undated"]
    assert [month["month"] for month in found["months"]] == ["2026-11", "2026-12", "2027-01"]
    assert begins(
        found["months"][0],
        ["month", "won", "expected", "forecast", "goal", "gap", "coverage", "p10", "p50", "p90", "chance"],
    )
    november = found["months"][0]
    assert (november["won"], november["expected"], november["goal"]) == ("18000.00", "0.00", None)
    assert (november["gap"], november["coverage"], november["chance"]) == (None, None, None)
    assert {key: found["overdue"][key] for key in ("count", "amount", "weighted")} == {
        "count": 1,
        "amount": "40000.00",
        "weighted": "20000.00",
    }
    assert (found["undated"]["count"], found["undated"]["unknown"]) == (3, 1)


def test_the_forecast_tells_what_none_of_its_sums_has_in_it(deals: Deals) -> None:
    deals("add", "Globex €500 close:2026-11-30")
    deals("add", "Initech close:2026-11-25")
    deals("add", "Hooli €3000")
    deals("won", "Hooli")
    november = deals("forecast", "--month", "nov", "--json").json["months"][0]
    assert (november["won"], november["expected"]) == ("0.00", "0.00")
    assert (november["won_unknown"], november["won_foreign"]) == (0, {"EUR": "3000.00"})
    assert (november["due_unknown"], november["due_foreign"]) == (1, {"EUR": "500.00"})
    last = deals("forecast", "--month", "nov").out.splitlines()[-1]
    assert last.split("  ")[0] == "Nov 2026"
    assert last.endswith("in no sum: won €3,000 · due €500 + 1 unknown")


@pytest.mark.parametrize(
    ("words", "months"),
    [
        (("--month", "2027-02"), ["2027-02"]),
        (("--month", "jan"), ["2027-01"]),
        (("--month", "next"), ["2026-12"]),
        (("--months", "1"), ["2026-11"]),
        (("--months", "4"), ["2026-11", "2026-12", "2027-01", "2027-02"]),
        (("--month", "dec", "--months", "2"), ["2026-12", "2027-01"]),
    ],
)
def test_the_months_that_are_asked_for(board: Deals, words: tuple[str, ...], months: list[str]) -> None:
    assert [month["month"] for month in board("forecast", *words, "--json").json["months"]] == months


@pytest.mark.parametrize(
    "words", [("--month", "someday"), ("--months", "0"), ("--months", "x"), ("--months", "121")]
)
def test_months_that_are_none(board: Deals, words: tuple[str, ...]) -> None:
    refused = board("forecast", *words)
    assert (refused.code, refused.out, refused.err.count("\n")) == (2, "", 1)


def test_goals(deals: Deals) -> None:
    assert deals("goal").out == "Sales has no goal; set one with: deals goal every 30000\n"
    deals("goal", "every", "25k")
    deals("goal", "nov", "30000")
    assert deals("goal", "--json").json == {
        "pipeline": "Sales",
        "currency": "USD",
        "every": "25000.00",
        "months": {"2026-11": "30000.00"},
    }
    assert [month["goal"] for month in deals("forecast", "--json").json["months"]] == [
        "30000.00",
        "25000.00",
        "25000.00",
    ]
    assert deals("goal").out == "Nov 2026  $30,000\nevery other month  $25,000\n"
    deals("goal", "nov", "none")
    assert deals("goal").out == "every month  $25,000\n"
    deals("undo")
    assert deals("goal", "--json").json["months"] == {"2026-11": "30000.00"}


@pytest.mark.parametrize(
    "words", [("nov",), ("nov", "much"), ("nov", "-5"), ("someday", "5"), ("nov", "5 EUR")]
)
def test_goals_that_are_none(deals: Deals, words: tuple[str, ...]) -> None:
    refused = deals("goal", *words)
    assert (refused.code, refused.out, refused.err.count("\n")) == (2, "", 1)


@pytest.mark.parametrize(
    "words", [("EUR",), ("EUR", "USD"), ("EUR", "EUR", "1"), ("EUR", "USD", "nan"), ("E", "U", "1")]
)
def test_rates_that_are_none(deals: Deals, words: tuple[str, ...]) -> None:
    assert deals("rate", *words).code == 2


def test_a_change_tells_its_number_and_its_deals(board: Deals) -> None:
    moved = board("move", "initech", "decision", "--json").json
    assert list(moved) == ["action", "title", "deals"]
    assert isinstance(moved["action"], int)
    assert (moved["deals"][0]["stage"], moved["deals"][0]["weighted"]) == (
        "Decision maker evaluated",
        "28000.00",
    )


def test_json_is_ascii_on_one_line(board: Deals) -> None:
    board("add", "日本語の名前 \x9b31m 12k")
    printed = board("list", "--json").out
    assert printed.isascii()
    assert printed.count("\n") == 1
    assert "日本語の名前 31m" in [deal["name"] for deal in json.loads(printed)]
