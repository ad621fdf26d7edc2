"""A founder's week at the command line: add, look, move, win, lose, take back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import Deals, Run


def shown(deals: Deals, deal: str = "1", today: str = "2026-11-20") -> dict[str, object]:
    found: dict[str, object] = deals("show", deal, "--json", today=today).json
    return found


def test_add_says_how_the_line_was_understood(deals: Deals) -> None:
    added = deals("add", "Acme renewal 12k close:fri stage:decision #eu")
    assert added.code == 0
    assert added.out == (
        "added Acme renewal · #1 · amount $12,000 · close date Fri 27 Nov, in 7 days"
        " · stage Decision maker evaluated · tags #eu\n"
    )
    deal = shown(deals)
    assert (deal["name"], deal["amount"], deal["close_date"]) == ("Acme renewal", "12000.00", "2026-11-27")
    assert (deal["stage"], deal["tags"]) == ("Decision maker evaluated", ["eu"])


def test_add_takes_the_words_with_or_without_quotes(deals: Deals) -> None:
    deals("add", "Acme", "renewal", "12k", "co:Acme Inc", "close:fri")
    deal = shown(deals)
    assert (deal["name"], deal["company"], deal["close_date"]) == ("Acme renewal", "Acme Inc", "2026-11-27")


def test_add_with_a_first_step_is_one_change(deals: Deals) -> None:
    deals("add", 'Acme renewal step:"call Ann mon"')
    assert shown(deals)["next_step"] == {"title": "call Ann", "due_on": "2026-11-23", "due_at": None}
    assert deals("undo").out == "Undone: add Acme renewal\n"
    assert deals("list", "--json").json == []


def test_a_line_with_a_mistake_adds_nothing(deals: Deals) -> None:
    wrong = deals("add", "Acme renewal 12k close:someday")
    assert (wrong.code, wrong.out) == (2, "")
    assert wrong.err.startswith("deals: ")
    assert wrong.err.count("\n") == 1
    assert "someday" in wrong.err
    assert deals("list", "--json").json == []


def test_what_looks_like_a_field_is_said_beside_the_result(deals: Deals) -> None:
    added = deals("add", "Acme renewal who:Gavin")
    assert (added.code, added.err) == (0, "who: is no field and stays in the name\n")
    assert shown(deals)["name"] == "Acme renewal who:Gavin"


def test_a_new_deal_is_not_lost(deals: Deals) -> None:
    refused = deals("add", "Acme stage:lost")
    assert (refused.code, refused.out) == (2, "")
    assert "add it, then say why it was lost" in refused.err


def test_the_first_add_on_a_fresh_machine_makes_the_file(run: Run, home: Path) -> None:
    added = run("add", "Acme renewal 12k")
    assert (added.code, added.out) == (0, "added Acme renewal · #1 · amount $12,000\n")
    assert "Made the pipeline Sales (Buyer's journey, USD)" in added.err
    assert [deal["stage"] for deal in run("list", "--json").json] == ["On radar"]


def test_the_first_add_with_a_mistake_makes_nothing(run: Run, home: Path) -> None:
    assert run("add", "Acme close:someday").code == 2
    assert list(home.rglob("*.db")) == []


def test_a_deal_moves_with_evidence(deals: Deals) -> None:
    deals("add", "Initech renewal 40k")
    moved = deals("move", "initech", "product", "--evidence", "joined the trial call")
    assert (moved.code, moved.out) == (0, "moved Initech renewal to Product evaluated\n")
    visits = shown(deals)["visits"]
    assert isinstance(visits, list)
    assert [(visit["stage"], visit["evidence"]) for visit in visits] == [
        ("Product evaluated", "joined the trial call"),
        ("On radar", ""),
    ]


def test_several_deals_move_and_come_back_as_one_step(deals: Deals) -> None:
    for name in ("Acme", "Globex", "Hooli"):
        deals("add", name)
    assert deals("move", "1", "globex", "1", "decision").code == 0
    assert [(deal["id"], deal["stage"]) for deal in deals("list", "--json").json] == [
        (3, "On radar"),
        (1, "Decision maker evaluated"),
        (2, "Decision maker evaluated"),
    ]
    assert deals("undo").code == 0
    assert {deal["stage"] for deal in deals("list", "--json").json} == {"On radar"}


def test_moving_to_where_it_is_changes_nothing(deals: Deals) -> None:
    deals("add", "Acme")
    same = deals("move", "acme", "radar", "--json")
    assert (same.code, same.json["action"]) == (0, None)
    assert deals("move", "acme", "radar").out == "Nothing to do: Acme is in On radar already.\n"


def test_closing_what_is_closed(deals: Deals) -> None:
    deals("add", "Acme")
    deals("add", "Globex")
    deals("lost", "acme", "--reason", "price", "--note", "too dear")
    same = deals("lost", "acme", "--reason", "price")
    assert (same.code, same.out) == (0, "Nothing to do: Acme is lost (price against budget) already.\n")
    assert deals("lost", "acme", "--reason", "competitor").out == "edited lost reason of Acme\n"
    assert (shown(deals)["lost_reason"], shown(deals)["lost_note"]) == ("chose a competitor", "too dear")
    assert deals("won", "1", "2").out == "won 2 deals\n"
    assert deals("won", "1").out == "Nothing to do: Acme is won already.\n"
    assert deals("won", "1", "2").out == "Nothing to do: These 2 deals are won already.\n"


def test_won_and_undo_and_redo(deals: Deals) -> None:
    deals("add", "Acme 12k", today="2026-11-02")
    won = deals("won", "1", "--json").json
    assert (won["deals"][0]["outcome"], won["deals"][0]["closed_on"]) == ("won", "2026-11-20")
    assert won["deals"][0]["stage"] == "Contract signed and returned"
    assert deals("list", "--json").json == []
    assert deals("undo").out.startswith("Undone: ")
    assert shown(deals)["outcome"] == "open"
    assert deals("redo").out.startswith("Redone: ")
    assert shown(deals)["outcome"] == "won"


def test_lost_takes_a_reason_from_the_list(deals: Deals) -> None:
    deals("add", "Acme 12k")
    lost = deals("lost", "acme", "--reason", "competitor", "--note", "went with Globex")
    assert lost.code == 0
    deal = shown(deals)
    assert (deal["outcome"], deal["lost_reason"], deal["lost_note"]) == (
        "lost",
        "chose a competitor",
        "went with Globex",
    )


@pytest.mark.parametrize("words", [("lost", "1"), ("move", "1", "closed lost")])
def test_without_a_reason_nothing_is_lost_and_the_reasons_are_listed(
    deals: Deals, words: tuple[str, ...]
) -> None:
    deals("add", "Acme 12k")
    refused = deals(*words)
    assert (refused.code, refused.out) == (2, "")
    assert "--reason: no commitment from the customer, wrong time, price against budget" in refused.err
    assert shown(deals)["outcome"] == "open"


def test_a_move_to_a_lost_stage_takes_the_reason_too(deals: Deals) -> None:
    deals("add", "Acme 12k")
    assert deals("move", "1", "lost", "--reason", "no answer").code == 0
    assert shown(deals)["lost_reason"] == "no answer"


def test_a_change_is_dated_on_the_day_it_counts_as(deals: Deals) -> None:
    deals("add", "Acme", today="2026-10-01")
    deals("move", "1", "product", today="2026-10-15")
    deal = shown(deals)
    assert (deal["created_on"], deal["entered_stage_on"], deal["days_in_stage"]) == (
        "2026-10-01",
        "2026-10-15",
        36,
    )


def test_a_change_is_never_dated_before_the_deal_came_to_its_stage(deals: Deals) -> None:
    deals("add", "Acme", today="2026-10-15")
    deals("move", "1", "product", today="2026-10-01")
    assert shown(deals)["entered_stage_on"] == "2026-10-15"


def test_undo_reaches_back_to_the_beginning_and_no_further(deals: Deals) -> None:
    deals("add", "Acme")
    deals("add", "Globex")
    assert [deals("undo").code for _ in range(3)] == [0, 0, 1]
    assert deals("undo").err == "deals: There is nothing to undo.\n"
    assert [deals("redo").code for _ in range(3)] == [0, 0, 1]
    assert [deal["name"] for deal in deals("list", "--json").json] == ["Globex", "Acme"]


def test_a_deal_that_is_not_there(deals: Deals) -> None:
    deals("add", "Acme renewal")
    deals("add", "Acme upgrade")
    for words in (("show", "7"), ("show", "nobody"), ("won", "1", "nobody")):
        missing = deals(*words)
        assert (missing.code, missing.out) == (1, "")
        assert missing.err.count("\n") == 1
    assert shown(deals)["outcome"] == "open"
    several = deals("show", "acme")
    assert several.code == 2
    assert "Acme renewal" in several.err
    assert "Acme upgrade" in several.err


def test_the_second_pipeline_is_named(deals: Deals) -> None:
    assert deals("init", "--template", "delivery", "--currency", "EUR").code == 0
    deals("add", "Acme renewal 12k")
    deals("add", "Acme set-up 3k", "--pipeline", "delivery")
    assert [deal["name"] for deal in deals("list", "--json").json] == ["Acme renewal"]
    listed = deals("list", "--json", "--pipeline", "deliv").json
    assert [(deal["name"], deal["currency"], deal["stage"]) for deal in listed] == [
        ("Acme set-up", "EUR", "Handed over")
    ]
    assert deals("move", "1", "2", "progress").code == 1
    assert deals("move", "1", "progress").code == 2
    assert deals("show", "renewal", "--pipeline", "delivery").code == 1
    assert deals("move", "renewal", "handed", "--pipeline", "delivery").code == 0
    assert len(deals("list", "--json", "--pipeline", "delivery").json) == 2
    assert deals("list", "--pipeline", "nowhere").code == 2
