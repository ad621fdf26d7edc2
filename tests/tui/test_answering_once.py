"""Every sheet is answered once, however fast the keys come, and what it answers is done once."""

from __future__ import annotations

from datetime import date

import pytest

from tests.deck import Deck
from tests.tui.face import opened

GLOBEX = 2


@pytest.fixture
def day(plain_deck: Deck) -> Deck:
    """Two deals on the radar."""
    plain_deck.deals("Globex", "Wayne", on="2026-11-18")
    return plain_deck


@pytest.mark.parametrize(
    ("opening", "answering"),
    [
        ("a A c m e", "enter enter"), ("t 3", "enter enter"), ("d f r i", "enter enter"), ("m", "enter enter"),
        ("m", "2 3"), ("m", "2 enter"), ("x", "1 2"), ("x", "enter enter"), ("n h i", "enter enter"),
        ("e A", "enter enter"), ("e A", "ctrl+s enter"), ("question_mark", "escape escape"),
        ("question_mark", "q enter"), ("p", "2 1"), ("p 2", "enter enter"), ("p 2", "escape escape"),
        ("z", "escape escape"), ("enter", "escape escape"), ("enter x", "1 2"),
    ],
)  # fmt: skip
async def test_two_keys_at_once_answer_once(day: Deck, opening: str, answering: str) -> None:
    async with opened(day) as face:
        await face.press(*opening.split())
        await face.burst(*answering.split())
        await face.press("escape", "down")
        assert face.screen is face.board


async def test_the_first_of_two_keys_decides_and_the_second_is_for_what_comes_after(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("m")
        await face.burst("2", "3")
        await face.settle()
        came = [visit.stage for visit in day.page(GLOBEX).visits]
        assert came == ["Decision maker evaluated", "Product evaluated", "On radar"]
        await face.press("t", "3")
        await face.burst("enter", "enter")
    tasks = day.page(GLOBEX).tasks
    assert [task.due_on for task in tasks] == [date(2026, 11, 23)]


async def test_enter_twice_begins_once(tmp_path_factory: pytest.TempPathFactory) -> None:
    with Deck(tmp_path_factory.mktemp("first") / "deals.db", template=None) as deck:
        async with opened(deck) as face:
            await face.burst("enter", "enter")
            assert len(deck.store.read.pipelines()) == 1
            assert face.screen is face.board
