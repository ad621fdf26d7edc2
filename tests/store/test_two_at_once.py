"""Two programs on one file, and many threads in one program."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from store import StoreBusy, StoreError, open_store
from tests.deck import Deck, at


def test_who_waits_too_long_for_another_program_is_told_to_try_again(tmp_path: Path) -> None:
    with Deck(tmp_path / "deals.db", busy_seconds=0.05) as deck:
        deal_id = deck.deal("Acme")
        other = sqlite3.connect(deck.path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy, match="is being written by another program; try again in a moment"):
            deck.move(deal_id, "product")
        assert deck.read(deal_id).stage == "On radar"  # reading goes on
        other.execute("COMMIT")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreBusy):
            deck.read(deal_id)
        other.execute("COMMIT")
        other.execute("BEGIN")
        other.execute("SELECT * FROM deals").fetchone()  # a reader who does not end holds up the commit
        with pytest.raises(StoreBusy):
            deck.move(deal_id, "product")
        other.execute("COMMIT")
        other.close()
        deck.move(deal_id, "product")
        assert deck.read(deal_id).stage == "Product evaluated"


def test_two_programs_wait_for_each_other_and_see_each_other(deck: Deck) -> None:
    deal_id = deck.deal("Acme")
    with open_store(deck.path) as other:
        before = deck.store.data_version()
        deck.move(deal_id, "product")
        assert deck.store.data_version() == before  # one's own changes are no news
        other.deals.win([deal_id], at())
        assert deck.store.data_version() != before
        assert deck.read(deal_id).stage == "Contract signed and returned"
        assert other.history.undo(at()).title == "win Acme"
        assert deck.undo().title == "move Acme to Product evaluated"
        assert other.history.redo(at()).title == "move Acme to Product evaluated"


def test_a_read_sees_nothing_half_done(deck: Deck) -> None:
    seen: list[list[str]] = []
    reader = threading.Thread(target=lambda: seen.append(deck.column("radar")))
    with deck.store.one_action("two", at()):
        deck.deal("A")
        reader.start()
        reader.join(0.1)  # it waits for the end of the action, which waits for it no longer than this
        assert seen == []
        deck.deal("B")
    reader.join()
    assert seen == [["B", "A"]]


def test_commands_from_many_threads_take_turns(deck: Deck) -> None:
    ids = deck.deals(*"ABCDEFGH")
    stages = [deck.stage("product"), deck.stage("decision")] * 5
    failed: list[StoreError] = []

    def work(deal_id: int) -> None:
        try:
            for stage in stages:
                deck.store.deals.move([deal_id], stage, at())
                deck.read(deal_id)
        except StoreError as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=[deal_id]) for deal_id in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert deck.rows("SELECT count(*) FROM visits WHERE left_at IS NULL") == [(len(ids),)]
    assert deck.rows("SELECT count(*) FROM visits") == [(len(ids) * (len(stages) + 1),)]
    assert deck.rows("PRAGMA integrity_check") == [("ok",)]
