"""A pipeline with everything a board can show: stuck for each reason, waiting, snoozed, no next step, unknown
amounts, selected names in many scripts, won and lost this month, a goal."""

from __future__ import annotations

from datetime import date

from store import Money
from tests.deck import Deck, at

ACME = "Acme [/] \x1b]52;c;eA==\x07 [@click=app.quit]x"
"""A name that is a terminal command, a closing tag and a link, if anybody takes it for more than text."""


def showcase(deck: Deck) -> Deck:
    """Fills a deck; the day is 2026-11-20."""
    deck.deal("Soylent workshop", "radar", 8_000, on="2026-11-17", close="2026-12-18")
    deck.deal("Pied Piper audit", "radar", 20_000, on="2026-11-18", task="send deck", due="2026-11-25")
    deck.deal(
        "Wayne Ent. rollout",
        "radar",
        None,
        on="2026-11-19",
        task="intro e-mail to the board",
        due="2026-11-20",
    )
    deck.deal(
        "Globex website",
        "radar",
        12_000,
        on="2026-11-16",
        task="call Ann",
        due="2026-11-23",
        close="2026-11-30",
    )
    deck.deal(
        "契約更新 東京商事",
        "product",
        16_100,
        on="2026-11-15",
        task="見積送付",
        due="2026-11-26",
        close="2026-12-01",
    )
    deck.deal(
        "Stark licence",
        "product",
        16_400,
        on="2026-11-11",
        close="2026-11-11",
        task="legal call",
        due="2026-11-24",
    )
    deck.deal(
        "Initech renewal", "product", 40_000, on="2026-10-30", close="2026-11-30", company="Initech Inc"
    )
    wonka = deck.deal(
        "Wonka add-on 👩‍💻 café", "decision", 6_000, on="2026-11-18", task="PO number", due="2026-11-20"
    )
    deck.deal("Tyrell support", "decision", 12_000, on="2026-10-12", task="redline", due="2026-11-18")
    deck.deal(
        "Aperture seats",
        "decision",
        21_000,
        on="2026-11-17",
        task="board date",
        due="2026-11-27",
        close="2026-11-27",
    )
    hooli = deck.deal("Hooli pilot", "decision", 25_000, on="2026-11-14", task="send terms", due="2026-11-24")
    deck.deal("مشروع الموقع", "radar", 4_000, on="2026-11-19", task="call", due="2026-12-03")
    umbrella = deck.deal("Umbrella setup", "decision", 18_000, on="2026-10-20", company="Umbrella")
    deck.move(umbrella, "signed", on="2026-11-03")
    vandelay = deck.deal("Vandelay imports", "product", 9_000, on="2026-10-20")
    deck.move(vandelay, "lost", on="2026-11-11", lost_reason="price against budget")
    deck.store.deals.snooze([hooli], date(2026, 12, 1), at())
    deck.touch(wonka, "asked for the invoice address", on="2026-11-19")
    deck.store.pipelines.set_goal(deck.pipeline.id, "2026-11", Money(5_000_000, "USD").minor, at())
    return deck
