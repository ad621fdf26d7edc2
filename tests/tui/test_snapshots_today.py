"""Pictures of Today, which somebody looked at."""

from __future__ import annotations

from datetime import date, time

import pytest

from store import TaskDraft
from tests.deck import TODAY, Deck, at
from tests.tui.showcase import ACME, showcase
from tests.tui.test_snapshots import Compare, pressing, the_app

SIZES = [(60, 15), (100, 30), (160, 48)]
KEYS = {"today": "T", "today_all": "T G enter G", "today_day": "T d", "today_edit": "T down e"}


def errands(deck: Deck) -> Deck:
    """A morning's tasks beside those of the showcase: with times, repeated, of a hostile name, without a day."""
    showcase(deck)
    hostile = deck.deal(ACME, "product", 9_500, on="2026-11-18")
    add = deck.store.tasks.add
    add(
        [hostile],
        TaskDraft("call Ann about the trial and the seats they asked for", TODAY, time(9, 30)),
        at(),
    )
    add([hostile], TaskDraft("check in", date(2026, 11, 21), time(16), 14), at())
    deck.task(hostile, "ask for a reference")
    return deck


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", KEYS)
def test_today(deck: Deck, snap_compare: Compare, size: tuple[int, int], name: str) -> None:
    before = pressing(*KEYS[name].split())
    assert snap_compare(the_app(errands(deck)), terminal_size=size, run_before=before)


@pytest.mark.parametrize("theme", ["light", "terminal"])
def test_today_in_other_themes(deck: Deck, snap_compare: Compare, theme: str) -> None:
    assert snap_compare(the_app(errands(deck), theme), terminal_size=(100, 30), run_before=pressing("T"))


def test_today_of_an_empty_file(deck: Deck, snap_compare: Compare) -> None:
    assert snap_compare(the_app(deck), terminal_size=(100, 30), run_before=pressing("T"))
