"""Filters and orders that go by a name."""

from __future__ import annotations

import sqlite3

import pytest

from store import InvalidInput, NameTaken, NotFound, SavedView, Sort
from tests.deck import Deck, at


def saved(deck: Deck) -> list[tuple[str, str, Sort]]:
    return [(view.name, view.filter, view.sort) for view in deck.store.read.saved_views()]


def test_views_are_kept_in_the_order_in_which_they_were_made(deck: Deck) -> None:
    views = deck.store.saved_views
    made = views.save(" Zebra ", "close<=eom", Sort.AMOUNT, at())
    assert (made.title, made.deal_ids) == ("save the view Zebra", ())
    views.save("Ants", "", Sort.ORDER, at())
    deck.reopen()
    assert saved(deck) == [("Zebra", "close<=eom", Sort.AMOUNT), ("Ants", "", Sort.ORDER)]
    assert deck.store.read.saved_views()[0] == SavedView(
        made.made_id or 0, "Zebra", "close<=eom", Sort.AMOUNT
    )


def test_a_view_of_the_same_name_is_replaced_and_keeps_its_place(deck: Deck) -> None:
    views = deck.store.saved_views
    first = views.save("Café", "tag:eu", Sort.ORDER, at())
    views.save("Ants", "", Sort.NAME, at())
    again = views.save("CAFE", "tag:us", Sort.IDLE, at())
    assert (again.made_id, again.title) == (first.made_id, "edit the view CAFE")
    assert saved(deck) == [("CAFE", "tag:us", Sort.IDLE), ("Ants", "", Sort.NAME)]
    deck.undo()
    assert saved(deck) == [("Café", "tag:eu", Sort.ORDER), ("Ants", "", Sort.NAME)]
    assert views.save("Café", "tag:eu", Sort.ORDER, at()).action_id is None


def test_a_view_is_renamed_but_not_to_the_name_of_another(deck: Deck) -> None:
    views = deck.store.saved_views
    ants = views.save("Ants", "a", Sort.ORDER, at()).made_id or 0
    views.save("Bees", "b", Sort.ORDER, at())
    with pytest.raises(NameTaken, match="There is a view named Bees already"):
        views.rename(ants, "bees", at())
    assert views.rename(ants, "ANTS", at()).title == "rename the view Ants to ANTS"
    assert views.rename(ants, "ANTS", at()).action_id is None
    assert [name for name, *_ in saved(deck)] == ["ANTS", "Bees"]


def test_a_deleted_view_comes_back_with_undo(deck: Deck) -> None:
    views = deck.store.saved_views
    ants = views.save("Ants", "a", Sort.NAME, at()).made_id or 0
    before = deck.dump()
    assert views.delete(ants, at()).title == "delete the view Ants"
    assert saved(deck) == []
    with pytest.raises(NotFound, match="deleted meanwhile"):
        views.delete(ants, at())
    with pytest.raises(NotFound, match="deleted meanwhile"):
        views.rename(ants, "Bees", at())
    deck.undo()
    assert deck.dump() == before


def test_what_is_kept_is_clean(deck: Deck) -> None:
    views = deck.store.saved_views
    made = views.save("A\x1b]52;c;eA==\x07nts", "tag:\x1beu \u202e\n close<eom", Sort.ORDER, at())
    assert saved(deck) == [("A]52;c;eA==nts", "tag:eu close<eom", Sort.ORDER)]
    views.rename(made.made_id or 0, "B\x1bees", at())
    assert saved(deck)[0][0] == "Bees"


@pytest.mark.parametrize(("name", "text"), [("  ", "tag:eu"), ("Ants", "x " * 1001), ("x" * 201, "")])
def test_what_cannot_be_a_view_is_refused(deck: Deck, name: str, text: str) -> None:
    with pytest.raises(InvalidInput):
        deck.store.saved_views.save(name, text, Sort.ORDER, at())
    assert saved(deck) == []


def test_an_order_that_this_version_does_not_know_is_ones_own(deck: Deck) -> None:
    deck.store.saved_views.save("Ants", "", Sort.NAME, at())
    with sqlite3.connect(deck.path) as connection:
        connection.execute("UPDATE saved_views SET sort = 'by the moon'")
    connection.close()
    assert saved(deck) == [("Ants", "", Sort.ORDER)]
