"""Two programs on one file, and many threads in one program."""

from __future__ import annotations

import csv
import json
import sqlite3
import threading
from collections.abc import Callable
from contextlib import suppress
from io import StringIO
from pathlib import Path
from typing import TypeVar

import pytest

from store import ChangedElsewhere, StoreBusy, StoreError, export_csv, open_store
from tests.deck import TODAY, Deck, at

Answer = TypeVar("Answer")


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


def test_what_is_looked_at_while_it_is_held_is_still_so_when_it_is_changed(deck: Deck) -> None:
    deal_id = deck.deal("Acme")
    with open_store(deck.path, busy_seconds=0.05) as other:
        with deck.store.held(at()):
            assert deck.read(deal_id).stage == "On radar"
            with pytest.raises(StoreBusy):
                other.deals.win([deal_id], at())
            assert deck.move(deal_id, "product").title == "move Acme to Product evaluated"
        with pytest.raises(ChangedElsewhere), deck.store.held(at()):
            raise ChangedElsewhere("nothing is left of a look that found something")
        assert other.history.peek_undo() == "move Acme to Product evaluated"
        other.deals.win([deal_id], at())
    assert deck.undo().title == "win Acme"
    assert deck.undo().title == "move Acme to Product evaluated"


def test_a_move_is_from_where_the_deal_was_seen(deck: Deck) -> None:
    seen = {deck.deal("Acme"): deck.stage("radar"), deck.deal("Hooli"): deck.stage("radar")}
    acme, hooli = seen
    deck.move(acme, "decision")
    before = deck.dump()
    with pytest.raises(ChangedElsewhere, match="Acme was moved to Decision maker"):
        deck.move((hooli, acme), "product", seen=seen)
    with pytest.raises(ChangedElsewhere):
        deck.store.deals.win([acme], at(), seen=seen)
    with pytest.raises(ChangedElsewhere):
        deck.store.deals.lose([hooli, acme], "no answer", at(), seen=seen)
    assert deck.dump() == before
    deck.move((hooli, acme), "decision", seen=seen)  # where it is to go it is already
    assert deck.column("decision") == ["Hooli", "Acme"]


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


def test_a_read_of_several_statements_is_of_one_moment(deck: Deck) -> None:
    deal_id = deck.deal("Acme", amount=500, close="2026-11-25", on=TODAY)
    with open_store(deck.path, busy_seconds=0.01) as other:
        other.prepare()

        def win() -> None:
            other.deals.win([deal_id], at())

        def undo() -> None:
            other.history.undo(at())

        board = with_a_command_between(deck, "closed_at >= ", win, lambda: deck.store.read.board(None, TODAY))
        assert [deal.name for column in board.columns for deal in column.deals] == ["Acme"]
        forecast = with_a_command_between(
            deck, "closed_at >= ", win, lambda: deck.store.read.forecast(None, TODAY, ["2026-11"])
        )
        assert (forecast.months[0].won, forecast.months[0].expected) == (0, 50_000 * 10)
        page = with_a_command_between(deck, "SELECT d.notes", undo, lambda: deck.page(deal_id))
        assert (page.deal.stage, len(page.visits)) == ("On radar", 1)
        out = StringIO()
        with_a_command_between(deck, "FROM visits AS v", win, lambda: export_csv(deck.store, out))
        (row,) = csv.DictReader(StringIO(out.getvalue()))
        assert (row["stage"], len(json.loads(row["visits"]))) == ("On radar", 1)


def test_nothing_holds_the_file_while_an_export_is_written(deck: Deck) -> None:
    deal_id = deck.deal("Acme")
    with open_store(deck.path, busy_seconds=0.01) as other:

        class SlowPager:
            """Whoever reads the export, and does something else meanwhile."""

            def write(self, text: str) -> None:
                del text
                other.deals.move([deal_id], deck.stage("product"), at())

        assert export_csv(deck.store, SlowPager()) == 1
    assert deck.read(deal_id).stage == "Product evaluated"


def with_a_command_between(
    deck: Deck, before: str, command: Callable[[], None], question: Callable[[], Answer]
) -> Answer:
    """The answer to `question`, while another program tries `command` just before the statement with `before`."""
    tried: list[str] = []

    def tell(statement: str) -> None:
        if before in statement and not tried:
            tried.append(statement)
            with suppress(StoreBusy):
                command()

    connection = deck.store.read.ask(lambda connection: connection)
    connection.set_trace_callback(tell)
    try:
        answer = question()
    finally:
        connection.set_trace_callback(None)
    assert tried
    return answer
