"""A data file that somebody wrote past the store's own door, with the same nasty name in every text."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from store import DealPatch, PersonDraft, Sort, TaskDraft
from tests.deck import Deck, at
from tests.nasty import POISON

TEXTS = (
    ("pipelines", "name"), ("stages", "name"), ("stages", "criterion"), ("checklist_items", "title"),
    ("lost_reasons", "name"), ("companies", "name"), ("companies", "notes"), ("deals", "name"), ("deals", "notes"),
    ("deals", "source"), ("deals", "external_id"), ("deals", "lost_reason"), ("deals", "lost_note"),
    ("visits", "evidence"), ("visits", "criterion"), ("touches", "text"), ("tasks", "title"), ("tags", "name"),
    ("properties", "name"), ("properties", "value"), ("people", "name"), ("people", "email"), ("people", "phone"),
    ("people", "notes"), ("saved_views", "name"), ("saved_views", "filter"), ("settings", "value"),
)  # fmt: skip
"""Every column that holds what somebody typed."""


def poisoned_file(path: Path) -> Path:
    """A stuck deal with everything that a deal can have, another one, a lost one, and a view; the day is 2026-11-20."""
    with Deck(path) as deck:
        store = deck.store
        one = deck.deal(
            "one", "product", 5_000, on="2026-10-01", close="2026-11-30", company="co", tags=("t",),
            properties={"p": "v"}, source="s", external_id="e", notes="n",
        )  # fmt: skip
        deck.task(one, "step", "2026-11-18")
        store.tasks.add([one], TaskDraft("another"), at())
        deck.touch(one, "touch")
        store.deals.edit(one, DealPatch(name="uno"), at())
        store.people.add([one], PersonDraft("Ann", "ann@co.example", "1", "note", "co"), None, None, at())
        two = deck.deal("two", "radar", 1_000, on="2026-11-01", company="co")
        store.people.add([two], PersonDraft("Bob", "bob@co.example"), None, None, at())
        lost = deck.deal("three", "radar", 1_000, on="2026-11-01")
        deck.move(lost, "lost", lost_reason="other", lost_note="note")
        store.saved_views.save("view", "stage:product", Sort.AMOUNT, at())
    with closing(sqlite3.connect(path)) as raw, raw:
        for table, column in TEXTS:
            raw.execute(f"UPDATE OR IGNORE {table} SET {column} = ?", (POISON,))
    return path
