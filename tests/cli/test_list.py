"""`deals list` and its filters."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from store import DealPatch, Sort, at_noon, open_store
from tests.cli.running import Deals


@pytest.fixture
def board(deals: Deals) -> Deals:
    """Four open deals and two closed ones."""
    deals("add", "Hooli pilot 55k stage:decision close:2026-12-10 #eu", today="2026-11-14")
    deals("add", "Initech renewal 40k stage:product close:2026-11-30 #eu", today="2026-10-30")
    deals(
        "add", 'Stark licence 16400 stage:product close:2026-11-11 #old co:"Stark & Sons"', today="2026-11-11"
    )
    deals("add", "Globex website 12k close:2027-01-15", today="2026-11-16")
    deals("add", "Umbrella 18k", today="2026-10-01")
    deals("won", "umbrella", today="2026-11-03")
    deals("add", "Vandelay 9k", today="2026-10-01")
    deals("lost", "vandelay", "--reason", "price", today="2026-11-04")
    return deals


def names(board: Deals, *words: str) -> list[str]:
    return [deal["name"].split()[0] for deal in board("list", *words, "--json").json]


def test_the_open_deals_in_the_boards_order(board: Deals) -> None:
    assert names(board) == ["Globex", "Stark", "Initech", "Hooli"]


def test_all_has_the_closed_ones_after_them(board: Deals) -> None:
    assert names(board, "--all")[:4] == names(board)
    assert set(names(board, "--all")[4:]) == {"Umbrella", "Vandelay"}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("--stage", "product"), ["Stark", "Initech"]),
        (("--stage", "signed"), ["Umbrella"]),
        (("--stuck",), ["Stark", "Initech"]),
        (("--stuck", "--stage", "radar"), []),
        (("tag:eu",), ["Initech", "Hooli"]),
        (("-tag:eu",), ["Globex", "Stark"]),
        (("tag:eu", "--stage", "product", "amount>20k"), ["Initech"]),
        (("amount>20k", "--json", "tag:eu"), ["Initech", "Hooli"]),
        (("stage:product amount>20k",), ["Initech"]),
        (("company:Stark & Sons",), ["Stark"]),
        (("close<eom",), ["Stark"]),
        (("-stark", "--stage", "product"), ["Initech"]),
        (("-hooli",), ["Globex", "Stark", "Initech"]),
        (("amount > 20k",), ["Initech", "Hooli"]),
        (("nothing like it",), []),
    ],
)
def test_what_is_asked_for(board: Deals, words: tuple[str, ...], expected: list[str]) -> None:
    assert names(board, *words) == expected


def test_custom_properties_can_be_asked_for(board: Deals, db: Path) -> None:
    with open_store(db) as store:
        store.deals.edit(1, DealPatch(properties={"seats": "20"}), at_noon(date(2026, 11, 20)))
    assert names(board, "seats>10") == ["Hooli"]
    unknown = board("list", "chairs:10")
    assert (unknown.code, unknown.err.splitlines()[0]) == (
        0,
        "“chairs” is not a field; “chairs:10” is looked for as it is.",
    )


def test_a_filter_that_is_not_understood_is_refused(board: Deals) -> None:
    refused = board("list", "amount>much")
    assert (refused.code, refused.out) == (2, "")
    assert "much" in refused.err


def test_a_stage_that_there_is_not_is_said_beside_the_result(board: Deals) -> None:
    listed = board("list", "stage:xyz", "--json")
    assert (listed.code, listed.json) == (0, [])
    assert listed.err.startswith("No stage fits “xyz”; there is On radar, Product evaluated, ")


def test_the_table(board: Deals) -> None:
    assert board("list").out.splitlines() == [
        "   id  name             stage            amount       closes  days  next step",
        "    4  Globex website   On radar        $12,000  15 Jan 2027    4d  no next step",
        "!   3  Stark licence    Product evalu…  $16,400       11 Nov    9d",
        "!   2  Initech renewal  Product evalu…  $40,000       30 Nov   21d",
        "    1  Hooli pilot      Decision make…  $55,000       10 Dec    6d  no next step",
    ]


def test_no_deals_is_said_beside_the_result(deals: Deals) -> None:
    empty = deals("list")
    assert (empty.code, empty.out, empty.err) == (0, "", "No deals.\n")
    assert deals("list", "--json").out == "[]\n"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("--sort", "amount"), ["Hooli", "Initech", "Stark", "Globex"]),
        (("--sort", "close", "tag:eu"), ["Initech", "Hooli"]),
        (("--sort", "name"), ["Globex", "Hooli", "Initech", "Stark"]),
        (("--sort", "idle"), ["Initech", "Stark", "Hooli", "Globex"]),
        (("--sort", "order"), ["Globex", "Stark", "Initech", "Hooli"]),
        (("--view", "money"), ["Hooli", "Initech"]),
        (("--view", "money", "stage:product"), ["Initech"]),
        (("--view", "Money", "--sort", "order"), ["Initech", "Hooli"]),
        (("--view", "by na", "--all"), ["Globex", "Hooli", "Initech", "Stark", "Umbrella", "Vandelay"]),
    ],
)
def test_an_order_and_a_saved_view(
    board: Deals, db: Path, words: tuple[str, ...], expected: list[str]
) -> None:
    with open_store(db) as store:
        store.saved_views.save("Big money", "amount>20k", Sort.AMOUNT, at_noon(date(2026, 11, 20)))
        store.saved_views.save("By name", "", Sort.NAME, at_noon(date(2026, 11, 20)))
    assert names(board, *words) == expected


def test_a_view_that_there_is_not_is_said(board: Deals, db: Path) -> None:
    missing = board("list", "--view", "money")
    assert (missing.code, missing.out) == (1, "")
    assert missing.err == "deals: No view is saved yet; f on the board saves one.\n"
    with open_store(db) as store:
        store.saved_views.save("Big money", "amount>20k", Sort.AMOUNT, at_noon(date(2026, 11, 20)))
    unknown = board("list", "--view", "ants")
    assert (unknown.code, unknown.err) == (2, "deals: No view is called “ants”; there is Big money.\n")
    assert board("list", "--sort", "size").code == 2
