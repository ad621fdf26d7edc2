"""Pictures of the morning review, which somebody looked at; they change only when the look does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from store import DealPatch, PersonDraft, Role, Stance
from tests.deck import Deck, at
from tests.tui.test_snapshots import pressing, the_app

SIZES = [(60, 15), (100, 30), (160, 48)]
Compare = Callable[..., bool]

PAGES = {
    "stuck": "r",
    "ticked": "r 1 2",
    "still": "r tab c enter",
    "overdue": "r tab tab",
    "step": "r tab tab t 3",
    "no_next_step": "r tab tab tab",
    "end": "r z 7 enter d 3 enter t 3 enter m 2 enter",
    "skipped": "r z 7 enter tab tab tab",
    "back": "r z 7 enter backspace",
    "help": "r question_mark",
}
"""What is shown, with the keys that lead there."""


def morning(deck: Deck) -> Deck:
    """Three stuck deals, each for another reason, one with no next step, and six that ended before."""
    for number, end in enumerate(("lost", "lost", "signed", "lost", "lost", "lost")):
        old = deck.deal(f"Old {number}", "product", 5_000, on="2026-04-01")
        reason = {"lost_reason": "no answer"} if end == "lost" else {}
        deck.move(old, end, on="2026-05-20", **reason)
    initech = deck.deal(
        "Initech renewal",
        "radar",
        40_000,
        on="2026-10-02",
        close="2026-10-15",
        company="Initech Inc",
        tags=("eu",),
    )
    for name, role, stance in (("Ann Ito", Role.CHAMPION, Stance.FOR), ("Bob Ray", Role.DECIDES, None)):
        deck.store.people.add([initech], PersonDraft(name), role, stance, at("2026-10-02"))
    deck.touch(initech, "asked for a quote", on="2026-10-10")
    deck.store.deals.edit(initech, DealPatch(close_date=date(2026, 10, 31)), at("2026-10-12"))
    deck.touch(initech, "wants SSO before signing", on="2026-10-28")
    deck.store.deals.edit(initech, DealPatch(close_date=date(2026, 11, 30)), at("2026-10-29"))
    deck.move(initech, "product", on="2026-10-30", evidence="joined the trial call, three seats")
    deck.deal(
        "Stark licence",
        "decision",
        16_400,
        on="2026-11-11",
        close="2026-11-11",
        task="legal call",
        due="2026-11-24",
    )
    deck.deal(
        "Tyrell support 契約更新 東京商事 👩‍💻 café",
        "radar",
        12_000,
        on="2026-11-10",
        task="redline",
        due="2026-11-18",
    )
    deck.deal("Wonka add-on", "radar", 6_000, on="2026-11-14", close="2026-12-18")
    deck.deal("Globex website", "radar", 9_000, on="2026-11-19", task="call Ann", due="2026-11-26")
    return deck


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("page", PAGES)
def test_review(deck: Deck, snap_compare: Compare, size: tuple[int, int], page: str) -> None:
    before = pressing(*PAGES[page].split())
    assert snap_compare(the_app(morning(deck)), terminal_size=size, run_before=before)


@pytest.mark.parametrize("theme", ["light", "terminal"])
@pytest.mark.parametrize("page", ["stuck", "end"])
def test_review_in_other_colours(deck: Deck, snap_compare: Compare, page: str, theme: str) -> None:
    before = pressing(*PAGES[page].split())
    assert snap_compare(the_app(morning(deck), theme), terminal_size=(100, 30), run_before=before)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_good_day(deck: Deck, snap_compare: Compare, size: tuple[int, int]) -> None:
    deck.deal("Globex website", "radar", 9_000, on="2026-11-19", task="call Ann", due="2026-11-26")
    assert snap_compare(the_app(deck), terminal_size=size, run_before=pressing("r"))
