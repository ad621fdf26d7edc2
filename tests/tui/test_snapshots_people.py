"""Pictures of the people and companies, which somebody looked at."""

from __future__ import annotations

import pytest

from tests.deck import Deck
from tests.tui.people_showcase import people_showcase
from tests.tui.showcase import showcase
from tests.tui.test_snapshots import SIZES, Compare, pressing, the_app

SCREENS = {
    "people": ("P down down", ""),
    "person": ("P slash a n n enter enter", ""),
    "person_edit": ("P down down e", ""),
    "person_add": ("P a", "an"),
    "person_merge": ("P down down M", ""),
    "part_add": ("right down enter A", "bob"),
    "part_taken": ("right down enter A b o b down enter d right", ""),
    "people_found": ("P slash", "ito"),
    "companies": ("C down down", ""),
    "company": ("C down down enter", ""),
    "company_edit": ("C down e", ""),
    "company_merge": ("C down down M", ""),
}
"""The keys that lead there, and the text in its line."""


@pytest.mark.parametrize("size", SIZES[:3], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", SCREENS)
def test_screen(deck: Deck, snap_compare: Compare, size: tuple[int, int], name: str) -> None:
    keys, text = SCREENS[name]
    app = the_app(people_showcase(showcase(deck)))
    assert snap_compare(app, terminal_size=size, run_before=pressing(*keys.split(), text=text))


@pytest.mark.parametrize("name", ["people", "person", "company", "person_edit"])
def test_light(deck: Deck, snap_compare: Compare, name: str) -> None:
    keys, text = SCREENS[name]
    app = the_app(people_showcase(showcase(deck)), "light")
    assert snap_compare(app, terminal_size=(100, 30), run_before=pressing(*keys.split(), text=text))


def test_nobody_yet(deck: Deck, snap_compare: Compare) -> None:
    assert snap_compare(the_app(deck), terminal_size=(60, 15), run_before=pressing("P"))
