"""Pictures of the screen of one deal, which somebody looked at."""

from __future__ import annotations

from datetime import date, time

import pytest

from store import DealPatch, PersonDraft, Role, Stance, TaskDraft, TouchKind
from tests.deck import Deck, at
from tests.tui.test_snapshots import Compare, pressing, the_app

SIZES = [(60, 15), (100, 30), (160, 48)]

ITEM = " ".join(["down"] * 11)
PROPERTIES = " ".join(["down"] * 16)
"""From the first line to the last item of the checklist, and to the properties."""

STATES = {
    "page": ("enter down", ""),
    "checklist": (f"enter {ITEM} space", ""),
    "in_place": ("enter down down enter", "3/12"),
    "in_place_wrong": ("enter down down enter", "x"),
    "in_place_below": (f"enter {PROPERTIES} enter", "=="),
    "timeline": ("enter tab", ""),
    "touch": ("enter tab enter", " too"),
    "notes": (f"enter {PROPERTIES} down enter", ""),
}
"""What is seen, with the keys that lead there and the text in its line."""


@pytest.fixture
def stuck_deal(deck: Deck) -> Deck:
    """A deal with everything that a deal can have, idle for three weeks."""
    store = deck.store
    deal_id = deck.deal(
        "Initech renewal 契約更新", "radar", 40_000, close="2026-10-15", on="2026-10-02", company="Initech Inc",
        source="referral", tags=("eu", "q4"), properties={"Seats": "3", "Old tool": "spreadsheet"},
        notes="Ann drives this.\nBob buys nothing that he has not seen himself.",
    )  # fmt: skip
    for person, role, stance in (
        (PersonDraft("Ann Ito", email="ann@initech.example", phone="+1 555 0117"), Role.CHAMPION, Stance.FOR),
        (PersonDraft("Bob Ray", email="bob@initech.example"), Role.BLOCKS, Stance.AGAINST),
    ):
        store.people.add([deal_id], person, role, stance, at("2026-10-02"))
    deck.touch(deal_id, "asked for a quote", TouchKind.EMAIL, on="2026-10-12")
    store.deals.edit(deal_id, DealPatch(close_date=date(2026, 10, 31)), at("2026-10-12"))
    deck.touch(deal_id, "wants SSO before signing, and her own domain", TouchKind.MEETING, on="2026-10-28")
    deck.move(deal_id, "product", evidence="joined the trial call, three seats", on="2026-10-30")
    store.deals.edit(deal_id, DealPatch(close_date=date(2026, 11, 30)), at("2026-10-30"))
    for item in deck.pipeline.stages[1].checklist[:1]:
        store.checklists.tick(deal_id, item.id, True, at("2026-10-30"))
    store.tasks.add([deal_id], TaskDraft("send the price", date(2026, 11, 17)), at("2026-10-30"))
    store.tasks.add([deal_id], TaskDraft("call Ann", date(2026, 11, 24), time(14, 30), 7), at("2026-10-30"))
    deck.deal("Initech pilot", "signed", 3_000, company="Initech Inc", on="2026-09-01")
    deck.deal("Initech add-on", "product", None, company="Initech Inc", on="2026-11-12")
    deck.store.deals.reorder(deal_id, 3, at())
    return deck


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", STATES)
def test_deal(stuck_deal: Deck, snap_compare: Compare, size: tuple[int, int], name: str) -> None:
    keys, text = STATES[name]
    before = pressing(*keys.split(), text=text)
    assert snap_compare(the_app(stuck_deal), terminal_size=size, run_before=before)


@pytest.mark.parametrize("theme", ["light", "terminal"])
def test_deal_in_other_colours(stuck_deal: Deck, snap_compare: Compare, theme: str) -> None:
    before = pressing("enter", "down")
    assert snap_compare(the_app(stuck_deal, theme), terminal_size=(100, 30), run_before=before)


def test_bare_deal(deck: Deck, snap_compare: Compare) -> None:
    deck.deal("Globex", on="2026-11-19")
    assert snap_compare(the_app(deck), terminal_size=(100, 30), run_before=pressing("enter"))
