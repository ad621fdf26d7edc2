"""People and companies around the deals of the showcase: with parts of all kinds, some who are there twice, and names
in many scripts."""

from __future__ import annotations

from typing import Final

from store import CompanyDraft, PersonDraft, PersonPatch, Role, Stance
from tests.deck import Deck, at
from tests.tui.showcase import ACME

ANN: Final = PersonDraft(
    "Ann Ito", "ann@initech.example", "+49 30 12345", "Met in Berlin.\nPrefers calls.", "Initech Inc"
)
BOB: Final = PersonDraft("Bob Ray", "bob@initech.example", company="Initech Inc")
CECILE: Final = PersonDraft("Cécile Durand-Vandenbroucke", "cecile@umbrella.example", company="Umbrella")
SATO: Final = PersonDraft("佐藤 一郎", "sato@tokyo.example", "+81 3 1234", company="東京商事")

PARTS: Final = (
    ("Initech renewal", ANN, Role.CHAMPION, Stance.FOR),
    ("Tyrell support", ANN, Role.INFLUENCES, None),
    ("Initech renewal", BOB, Role.BLOCKS, Stance.AGAINST),
    ("Tyrell support", PersonDraft("A. Ito", "", "+49 30 12345"), Role.USER, None),
    ("Umbrella setup", CECILE, Role.DECIDES, Stance.FOR),
    ("契約更新 東京商事", SATO, Role.DECIDES, Stance.NEUTRAL),
    ("مشروع الموقع", PersonDraft("ليلى حسن", company="شركة النور"), None, None),
    ("Wayne Ent. rollout", PersonDraft(ACME, "x@[/]", company=ACME), Role.INFLUENCES, None),
)
"""Who has which part in which deal."""


def people_showcase(deck: Deck) -> Deck:
    """Adds them to a deck that holds the showcase."""
    people, companies, day = deck.store.people, deck.store.companies, at("2026-11-19")
    deals = {deal.name: deal.id for deal in deck.store.read.list_deals(None, day.date(), closed=True)}
    deals["Hooli Europe"] = deck.deal(
        "Hooli Europe", "radar", 5_000, on="2026-11-18", currency="EUR", company="Initech Inc"
    )
    for deal, draft, role, stance in (*PARTS, ("Hooli Europe", ANN, None, None)):
        people.add([deals[deal]], draft, role, stance, day)
    people.add([], PersonDraft("Zoë Unknown"), None, None, day)
    for name in ("Initech", "Umbrella Corp"):
        companies.create(CompanyDraft(name, "An older entry."), day)
    bob = next(card for card in deck.store.read.person_cards().cards if card.name == BOB.name)
    people.edit(bob.id, PersonPatch(notes="Wants SSO before anything is signed."), day)
    return deck
