"""Pictures of what a move asks and of saved views."""

from __future__ import annotations

import pytest

from store import Sort
from tests.deck import Deck, at
from tests.tui.showcase import showcase
from tests.tui.test_snapshots import SIZES, Compare, pressing, the_app

ASKED = {
    "evidence": ("right L", "joined the trial call, three seats"),
    "evidence_of_selected": ("right space down space L", ""),
    "views": ("f", ""),
    "look": ("f 1", ""),
    "keep": ("f 1 o f 4", "Closing"),
}
"""The keys that lead to a picture, and the text in its line."""


def filled(deck: Deck) -> Deck:
    """The deals of the other pictures, with three saved views."""
    views = showcase(deck).store.saved_views
    views.save("Closing this month", "close<=eom", Sort.CLOSE_DATE, at())
    views.save("契約 over [b]10k[/b]", "amount>10k tag:eu -is:snoozed", Sort.AMOUNT, at())
    views.save("Quiet for a week", "idle>7", Sort.IDLE, at())
    return deck


@pytest.mark.parametrize("size", SIZES[:3], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", ASKED)
def test_asked(deck: Deck, snap_compare: Compare, size: tuple[int, int], name: str) -> None:
    keys, text = ASKED[name]
    before = pressing(*keys.split(), text=text)
    assert snap_compare(the_app(filled(deck)), terminal_size=size, run_before=before)


@pytest.mark.parametrize("name", ["evidence", "views", "look"])
def test_asked_in_the_light(deck: Deck, snap_compare: Compare, name: str) -> None:
    keys, text = ASKED[name]
    before = pressing(*keys.split(), text=text)
    assert snap_compare(the_app(filled(deck), "light"), terminal_size=(100, 30), run_before=before)


@pytest.mark.parametrize("size", SIZES[:3], ids=lambda size: f"{size[0]}x{size[1]}")
def test_no_view_is_saved(deck: Deck, snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(the_app(showcase(deck)), terminal_size=size, run_before=pressing("f"))
