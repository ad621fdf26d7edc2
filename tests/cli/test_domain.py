"""The worked examples of the domain, digit for digit, out of the command line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from store import TaskDraft, TouchKind, at_noon, open_store
from tests.cli.running import Deals


def test_the_forecast_example(deals: Deals) -> None:
    """Goal 30,000; won 12,000; open and due in November: 20,000 at 50 %, 10,000 at 70 %, 5,000 at 0 %."""
    deals("goal", "2026-11", "30000")
    deals("add", "Umbrella 12,000", today="2026-10-01")
    deals("won", "umbrella", today="2026-11-03")
    deals("add", "Initech 20,000 stage:product close:2026-11-30")
    deals("add", "Hooli 10,000 stage:decision close:2026-11-25")
    deals("add", "Globex 5,000 prob:0 close:2026-11-20")
    november = deals("forecast", "--month", "2026-11", "--json").json
    assert november["months"] == [
        {
            "month": "2026-11",
            "won": "12000.00",
            "expected": "17000.00",
            "forecast": "29000.00",
            "goal": "30000.00",
            "gap": "18000.00",
            "coverage": 1.94,
            "p10": "12000.00",
            "p50": "22000.00",
            "p90": "42000.00",
            "chance": 0.5,
            "error": "0.00",
            "won_unknown": 0,
            "won_foreign": {},
            "due_unknown": 0,
            "due_foreign": {},
        }
    ]
    printed = deals("forecast", "--month", "nov").out
    for figure in (
        "$12,000",
        "$17,000",
        "$29,000",
        "$30,000",
        "$18,000",
        "1.94",
        "50 %",
        "$22,000",
        "$42,000",
    ):
        assert figure in printed


def test_the_stuck_example(deals: Deals, db: Path) -> None:
    """Deal A, 10,000 at 50 %, entered 1 November, last touch 5 November, limit 14."""
    deals("add", "Deal A 10,000 stage:product", today="2026-11-01")
    with open_store(db) as store:
        store.touches.add([1], TouchKind.CALL, "", at_noon(date(2026, 11, 5)))
    stuck = deals("stuck", "--json", today="2026-11-20").json
    assert stuck == {
        "today": "2026-11-20",
        "stuck": [
            {
                "id": 1,
                "name": "Deal A",
                "stage": "Product evaluated",
                "at_stake": "5000.00",
                "currency": "USD",
                "reasons": [{"kind": "idle", "days": 15, "limit": 14}],
            }
        ],
        "no_next_step": [],
    }
    with open_store(db) as store:
        store.tasks.add([1], TaskDraft("call Ann", date(2026, 11, 22)), at_noon(date(2026, 11, 5)))
    assert deals("stuck", "--json", today="2026-11-20").json["stuck"] == []
    assert deals("stuck", "--short", today="2026-11-20").out == "Nothing is stuck.\n"
    assert deals("stuck", "--short", today="2026-11-23").out == "1 stuck · $5,000 at stake · oldest 18 d\n"
    late = deals("stuck", "--json", today="2026-11-23").json["stuck"][0]
    assert late["reasons"] == [
        {"kind": "overdue task", "days": 1, "limit": None},
        {"kind": "idle", "days": 18, "limit": 14},
    ]
    assert deals("stuck", today="2026-11-23").out.splitlines() == [
        "STUCK 1 · $5,000 at stake",
        "1  Deal A  Product evaluated  $5,000  task overdue by 1 day",
        "                                      idle 18 days, limit 14",
    ]
