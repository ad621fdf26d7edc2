"""`deals review` where there is no terminal: the review as a list, and for programs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from store import TaskDraft, TouchKind, at_noon, open_store
from tests.cli.running import Deals


@pytest.fixture
def morning(deals: Deals) -> Deals:
    """Two stuck deals, and one with no next step."""
    deals("add", 'Initech renewal 40k stage:product close:2026-11-30 co:"Initech Inc"', today="2026-10-30")
    deals("add", "Stark licence 16,400 stage:decision close:2026-11-11", today="2026-11-11")
    deals("add", "Wonka add-on 6000", today="2026-11-14")
    return deals


def test_it_prints_what_one_has_to_know_of_each_deal(morning: Deals) -> None:
    assert morning("review").out.splitlines() == [
        "STUCK 2 · $31,480 at stake",
        "",
        "1  Initech renewal (Initech Inc)",
        "   worth      $40,000 · ≈ $20,000 · 50 %",
        "   stage      Product evaluated for 21 days",
        "   stuck      idle 21 days, limit 14",
        "   close      Mon 30 Nov, in 10 days",
        "   next step  none",
        "",
        "2  Stark licence",
        "   worth      $16,400 · ≈ $11,480 · 70 %",
        "   stage      Decision maker evaluated for 9 days",
        "   stuck      close date passed 9 days ago",
        "   close      Wed 11 Nov, 9 days ago",
        "   next step  none",
        "",
        "NO NEXT STEP 1",
        "",
        "3  Wonka add-on",
        "   worth  $6,000 · ≈ $600 · 10 %",
        "   stage  On radar for 6 days",
        "   close  none",
    ]


def test_on_a_good_day_it_says_so(deals: Deals) -> None:
    assert deals("review").out == "Nothing is stuck.\n"
    assert deals("review", "--json").json == {"today": "2026-11-20", "stuck": [], "no_next_step": []}


def test_for_programs_each_deal_is_whole_with_its_reasons(morning: Deals) -> None:
    found = morning("review", "--json").json
    assert list(found) == ["today", "stuck", "no_next_step"]
    assert [deal["name"] for deal in found["stuck"]] == ["Initech renewal", "Stark licence"]
    assert [deal["name"] for deal in found["no_next_step"]] == ["Wonka add-on"]
    shown = morning("show", "initech", "--json").json
    first = found["stuck"][0]
    assert {key: first[key] for key in first if key in shown} == {
        key: shown[key] for key in shown if key in first
    }
    assert first["reasons"] == [{"kind": "idle", "days": 21, "limit": 14}]
    assert first["similar"] is None


def test_how_such_deals_ended_is_said_from_five_on(morning: Deals, db: Path) -> None:
    for number in range(5):
        morning("add", f"Old{number} 5k stage:product", today="2026-05-01")
        end = ("won", f"old{number}") if number < 2 else ("lost", f"old{number}", "--reason", "answer")
        assert morning(*end, today="2026-06-20").code == 0
    assert morning("review", "--json").json["stuck"][0]["similar"] == {"count": 5, "won": 2}
    assert "of 5 deals idle this long here, 2 were won" in morning("review").out


def test_the_stuck_example_followed_over_three_days(deals: Deals, db: Path) -> None:
    """Deal A, 10,000 at 50 %, entered 1 November, last touch 5 November, limit 14; then a task due on the 22nd."""
    deals("add", "Deal A 10,000 stage:product", today="2026-11-01")
    with open_store(db) as store:
        store.touches.add([1], TouchKind.CALL, "", at_noon(date(2026, 11, 5)))
    assert _reasons(deals, "2026-11-19") == []
    assert _reasons(deals, "2026-11-20") == [[("idle", 15)]]
    with open_store(db) as store:
        store.tasks.add([1], TaskDraft("call Ann", date(2026, 11, 22)), at_noon(date(2026, 11, 5)))
    assert _reasons(deals, "2026-11-20") == []
    assert _reasons(deals, "2026-11-22") == []
    assert _reasons(deals, "2026-11-23") == [[("overdue task", 1), ("idle", 18)]]


def _reasons(deals: Deals, today: str) -> list[list[tuple[str, int]]]:
    found = deals("review", "--json", today=today).json["stuck"]
    return [[(reason["kind"], reason["days"]) for reason in deal["reasons"]] for deal in found]
