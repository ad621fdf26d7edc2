"""Typing a part of a name is enough, as long as only one thing can be meant."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import Ambiguous, NotFound
from store.rules.naming import fold, pick

STAGES = (
    "On radar",
    "Product evaluated",
    "Decision maker evaluated",
    "Contract signed and returned",
    "Closed lost",
)


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("On radar", 0),
        ("on radar", 0),
        ("  ON   RADAR ", 0),
        ("prod", 1),
        ("decision m", 2),
        ("signed", 3),
        ("lost", 4),
        ("radar", 0),
        ("ontract", 3),
        ("duct eval", 1),
    ],
)
def test_a_part_of_a_name_is_enough(query: str, meant: int) -> None:
    assert pick(query, STAGES, "stage") == meant


def test_the_better_fit_wins() -> None:
    assert pick("won", ["Wonderful", "Almost won", "Won"], "stage") == 2
    assert pick("won", ["Almost won", "Wonderful"], "stage") == 1
    assert pick("won", ["Unwonted", "Almost won"], "stage") == 1


def test_case_accents_and_apostrophes_do_not_count() -> None:
    assert pick("cafe", ["Tea", "Café"], "stage") == 1
    assert pick("CAFÉ", ["Tea", "cafe"], "stage") == 1
    assert pick("strasse", ["Straße"], "stage") == 0
    assert pick("buyers j", ["Buyer’s journey"], "template") == 0
    assert pick("提案", ["商談", "提案"], "stage") == 1


def test_what_fits_several_names_is_asked_back() -> None:
    with pytest.raises(Ambiguous, match="Product evaluated, Decision maker evaluated"):
        pick("evaluated", STAGES, "stage")


def test_two_of_the_same_name_are_said_to_be_so() -> None:
    with pytest.raises(Ambiguous, match="more than one stage named “Won”"):
        pick("won", ["Won", "won"], "stage")


def test_what_fits_nothing_is_answered_with_what_there_is() -> None:
    with pytest.raises(NotFound, match=r"No stage is called “demo”; there is On radar, Product evaluated"):
        pick("demo", STAGES, "stage")
    with pytest.raises(NotFound, match="No stage was named"):
        pick("  ", STAGES, "stage")
    with pytest.raises(NotFound, match="There is no stage yet"):
        pick("demo", [], "stage")


def test_a_long_list_is_cut_in_the_message() -> None:
    with pytest.raises(NotFound, match="and 91 more"):
        pick("x", [str(number) for number in range(100)], "company")


def test_nothing_that_a_terminal_obeys_is_repeated_in_a_message() -> None:
    with pytest.raises(NotFound) as caught:
        pick("\x1b]52;c;eA==\x07demo", STAGES, "stage")
    assert str(caught.value).isprintable()


@given(st.text(), st.lists(st.text(min_size=1), max_size=8))
def test_any_query_gets_an_index_or_an_answer(query: str, names: list[str]) -> None:
    with suppress(NotFound, Ambiguous):
        assert 0 <= pick(query, names, "stage") < len(names)


@given(
    st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1), min_size=1, unique_by=fold), st.data()
)
def test_a_whole_name_always_means_itself(names: list[str], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(names) - 1))
    assert pick(names[index], names, "stage") == index
