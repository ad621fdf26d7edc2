"""Undo and redo, and the journal they walk."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from decimal import Decimal
from threading import RLock

import pytest

from store import (
    DealDraft,
    DealPatch,
    InvalidInput,
    NotFound,
    NothingToUndo,
    Store,
    TaskDraft,
    TouchKind,
    template,
)
from store.connection import connect
from store.journal import Journal
from store.schema import DATA_TABLES
from tests.deck import Deck, at
from tests.store.csv_files import bring_in

NUMBERED = ("pipelines", "stages", "deals", "tasks")
"""The tables whose rows commands name by their number."""


def test_undo_takes_back_the_newest_change_and_redo_does_it_again(deck: Deck, store: Store) -> None:
    deal_id = deck.deal("Initech renewal")
    deck.move(deal_id, "product")
    assert (store.history.peek_undo(), store.history.peek_redo()) == (
        "move Initech renewal to Product evaluated",
        None,
    )
    undone = deck.undo()
    assert (undone.title, undone.deal_ids) == ("move Initech renewal to Product evaluated", (deal_id,))
    assert deck.read(deal_id).stage == "On radar"
    assert (store.history.peek_undo(), store.history.peek_redo()) == (
        "add Initech renewal",
        "move Initech renewal to Product evaluated",
    )
    redone = deck.redo()
    assert (redone.title, redone.deal_ids) == ("move Initech renewal to Product evaluated", (deal_id,))
    assert deck.read(deal_id).stage == "Product evaluated"
    assert store.history.peek_redo() is None


def test_there_is_an_end_to_undo_and_to_redo(deck: Deck) -> None:
    with pytest.raises(NothingToUndo, match="nothing to redo"):
        deck.redo()
    with pytest.raises(NothingToUndo, match="nothing to undo"):
        deck.undo()
    deck.deal("Acme")
    deck.undo()
    with pytest.raises(NothingToUndo):
        deck.undo()


def test_an_undone_deal_comes_back_under_the_same_number(deck: Deck) -> None:
    deal_id = deck.deal(
        "Acme", company="Acme Inc", tags=("eu",), properties={"Seats": "1"}, task="call", due="2026-12-01"
    )
    before = deck.dump()
    for _ in range(2):  # the task, then the deal
        assert deck.undo().deal_ids == (deal_id,)
    assert deck.rows("SELECT (SELECT count(*) FROM deals) + (SELECT count(*) FROM companies)") == [(0,)]
    for _ in range(2):
        assert deck.redo().deal_ids == (deal_id,)
    assert deck.dump() == before


def test_a_number_is_never_given_twice(deck: Deck, store: Store) -> None:
    """Another instance may still show what was taken back: a command on it must not reach something else."""
    undone = deck.deal("Acme", task="call", due="2026-12-01")
    (task,) = [task.id for task in deck.page(undone).tasks]
    deck.undo()
    deck.undo()
    new = deck.deal("Globex", task="write", due="2026-12-01")
    with pytest.raises(NotFound, match=f"no deal {undone}"):
        deck.move(undone, "product")
    with pytest.raises(NotFound, match=f"no task {task}"):
        store.tasks.finish([task], at())
    assert deck.read(new).stage == "On radar"
    second = store.pipelines.create(template("classic"), "Second", "USD", at()).made_id
    deck.undo()
    assert store.pipelines.create(template("classic"), "Third", "USD", at()).made_id != second


def test_a_number_of_an_undone_import_is_never_given_twice(deck: Deck, store: Store) -> None:
    bring_in(deck, "name,stage\nAcme,Talking\n", new_pipeline="Imported")
    before = {table: [row[0] for row in rows] for table, rows in deck.dump(NUMBERED).items()}
    deck.undo()
    bring_in(deck, "name,stage\nGlobex,Talking\n", new_pipeline="Imported")
    after = {table: [row[0] for row in rows] for table, rows in deck.dump(NUMBERED).items()}
    kept = {row.id for row in deck.pipeline.stages}
    assert set(before["stages"]) & set(after["stages"]) == kept
    assert set(before["deals"]).isdisjoint(after["deals"])
    assert len(after["deals"]) == 1


def test_a_new_change_ends_what_could_be_redone(deck: Deck, store: Store) -> None:
    deal_id = deck.deal("Acme")
    deck.move(deal_id, "product")
    deck.undo()
    deck.move(deal_id, "decision")
    assert store.history.peek_redo() is None
    with pytest.raises(NothingToUndo):
        deck.redo()
    deck.undo()
    deck.undo()
    assert store.history.peek_undo() is None


def test_undo_redo_undo_redo_walks_the_same_steps(deck: Deck, store: Store) -> None:
    deal_id = deck.deal("Acme")
    states = [deck.dump()]
    for stage in ("product", "decision", "signed"):
        deck.move(deal_id, stage)
        states.append(deck.dump())
    for down, up in ((3, 2), (1, 2), (3, 1), (1, 3)):
        here = states.index(deck.dump())
        for step in range(down):
            deck.undo()
            assert deck.dump() == states[here - step - 1]
        here -= down
        for step in range(up):
            deck.redo()
            assert deck.dump() == states[here + step + 1]


def test_undo_works_on_the_next_day_too(deck: Deck) -> None:
    deal_id = deck.deal("Acme")
    before = deck.dump()
    deck.move(deal_id, "product")
    deck.reopen()
    deck.undo()
    assert deck.dump() == before
    deck.reopen()
    deck.redo()
    assert deck.read(deal_id).stage == "Product evaluated"


def test_a_bulk_change_is_undone_in_one_step(deck: Deck, store: Store) -> None:
    ids = deck.deals("A", "B", "C")
    before = deck.dump()
    store.deals.lose(ids, "no answer", at())
    assert set(deck.undo().deal_ids) == set(ids)
    assert deck.dump() == before


def test_nothing_is_ever_erased(deck: Deck, store: Store) -> None:
    deal_id = deck.deal("Acme")
    store.deals.delete([deal_id], at())
    before = deck.dump(["actions", "changes"])
    deck.undo()
    deck.redo()
    after = deck.dump(["actions", "changes"])
    assert after["actions"][: len(before["actions"])] == before["actions"]
    assert after["changes"][: len(before["changes"])] == before["changes"]
    assert [(action.kind, action.title) for action in store.history.actions(4)] == [
        ("redo", "delete Acme"), ("undo", "delete Acme"), ("do", "delete Acme"), ("do", "add Acme")
    ]  # fmt: skip
    assert store.history.actions(1)[0].at == at()


def test_several_commands_can_be_one_action(deck: Deck, store: Store) -> None:
    before = deck.dump()
    with store.one_action("import 2 deals", at()) as change:
        first = deck.deal("A", company="New")
        second = deck.deal("B", company="new", task="call")
        deck.move([first, second], "product")
        assert deck.column("product") == ["A", "B"]  # the same thread reads what it has written
    assert change.done([first]).action_id is not None
    assert [action.title for action in store.history.actions(2)] == [
        "import 2 deals",
        "make the pipeline Sales",
    ]
    assert deck.undo().deal_ids == (first, second)
    assert deck.dump() == before
    deck.redo()
    assert deck.column("product") == ["A", "B"]


def test_one_action_happens_whole_or_not_at_all(deck: Deck, store: Store) -> None:
    before = deck.dump([*DATA_TABLES, "actions", "changes"])
    with pytest.raises(InvalidInput, match="cannot begin in Closed lost"), store.one_action("import", at()):  # noqa: PT012
        deck.deal("A")
        deck.deal("B", "lost")
    assert deck.dump([*DATA_TABLES, "actions", "changes"]) == before
    deck.deal("C")
    assert store.history.peek_undo() == "add C"


def test_a_command_that_fails_within_an_action_leaves_nothing_of_itself(deck: Deck, store: Store) -> None:
    with store.one_action("import", at()):
        first = deck.deal("A")
        with pytest.raises(InvalidInput):
            store.deals.snooze([first, deck.deal("B", "signed")], date(2026, 12, 1), at())
        deck.deal("C")
    assert deck.rows("SELECT name, snoozed_until FROM deals ORDER BY id") == [
        ("A", None),
        ("B", None),
        ("C", None),
    ]
    deck.undo()
    assert deck.rows("SELECT * FROM deals") == []


def test_an_action_in_which_nothing_is_done_leaves_no_trace(deck: Deck, store: Store) -> None:
    deal_id = deck.deal("A")
    before = deck.dump(["actions", "changes"])
    with store.one_action("nothing much", at()):
        deck.move(deal_id, "radar")
    assert deck.dump(["actions", "changes"]) == before
    with store.one_action("outer", at()), store.one_action("inner", at()):
        deck.move(deal_id, "product")
    assert store.history.peek_undo() == "outer"


def test_a_command_that_writes_before_it_is_recorded_is_a_mistake_of_ours(deck: Deck) -> None:
    deck.deal("A")
    before = deck.dump([*DATA_TABLES, "actions", "changes"])
    mistake = pytest.raises(AssertionError, match="before the action was recorded")
    with closing(connect(deck.path)) as raw, mistake, Journal(deck.path, raw, RLock()).changing(at()):
        raw.execute("UPDATE deals SET name = 'B'")
    assert deck.dump([*DATA_TABLES, "actions", "changes"]) == before


def test_a_title_is_one_clean_line(deck: Deck, store: Store) -> None:
    with store.one_action("import from \udcff\x1b[2J\nname.csv", at()):
        deck.deal("A")
    assert store.history.peek_undo() == "import from [2J name.csv"


def test_undo_is_no_part_of_another_action(deck: Deck, store: Store) -> None:
    deck.deal("A")
    with pytest.raises(AssertionError, match="cannot be part"), store.one_action("odd", at()):
        deck.undo()


def test_a_bulk_is_no_part_of_another_action(deck: Deck, store: Store) -> None:
    with store.one_action("all at once", at()):
        deck.deal("Acme")
        with pytest.raises(AssertionError, match="cannot be part of another"), store.bulk("import", at()):
            pass
    assert store.history.peek_undo() == "all at once"
    assert deck.column("radar") == ["Acme"]


def test_an_action_can_be_the_start_of_the_history(deck: Deck, store: Store) -> None:
    deck.deal("Before")
    with store.one_action("make the demo", at(), undoable=False):
        deck.deal("Demo")
    assert (store.history.peek_undo(), store.history.peek_redo()) == (None, None)
    with pytest.raises(NothingToUndo):
        deck.undo()
    deck.deal("After")
    assert deck.undo().title == "add After"
    with pytest.raises(NothingToUndo):
        deck.undo()


def test_a_preference_is_passed_over_by_undo_and_redo(deck: Deck, store: Store) -> None:
    deal_id = deck.deal("Acme")
    store.settings.set("theme", "dark", at())
    deck.move(deal_id, "product")
    store.settings.set("theme", "light", at())
    assert deck.undo().title == "move Acme to Product evaluated"
    store.settings.set("theme", "terminal", at())
    assert store.history.peek_redo() == "move Acme to Product evaluated"
    assert deck.undo().title == "add Acme"
    deck.redo()
    deck.redo()
    assert deck.read(deal_id).stage == "Product evaluated"
    assert store.read.setting("theme") == "terminal"


def test_what_is_only_remembered_is_no_entry_of_the_history(deck: Deck, store: Store) -> None:
    store.settings.set("theme", "light", at())
    deck.deal("Acme")
    for theme in ("dark", "light", None):
        store.settings.set("theme", theme, at())
    deck.undo()
    store.settings.set("theme", "dark", at())
    store.settings.set_rate("EUR", "USD", Decimal("1.1"), at())
    entries = [(action.kind, action.title, action.undone) for action in store.history.actions(4)]
    assert entries == [
        ("do", "set 1 EUR to 1.1 USD", False),
        ("undo", "add Acme", False),
        ("do", "add Acme", True),
        ("do", "make the pipeline Sales", False),
    ]


def test_every_command_can_be_undone_and_redone(deck: Deck, store: Store) -> None:
    """Each kind of command once, then all the way back and forth."""
    a, b, c = deck.deals("A", "B", "C")
    start_again = [deck.dump()]
    task = 0

    def step(command: object) -> None:
        start_again.append(deck.dump())

    step(store.deals.create(DealDraft("D", deck.pipeline.id, company="Dee", tags=("x",)), at()))
    step(store.deals.edit(a, DealPatch(name="AA", company="dee", tags=("y",), properties={"p": "1"}), at()))
    step(deck.move([a, b], "product"))
    step(store.deals.win([a], at()))
    step(store.deals.lose([b], "wrong time", at()))
    step(store.deals.reopen([a, b], at()))
    step(store.deals.reorder(a, None, at()))
    step(store.deals.delete([c], at()))
    step(store.deals.restore([c], at()))
    step(store.deals.snooze([c], date(2026, 12, 1), at()))
    task = deck.task(a)
    step(task)
    step(store.tasks.edit(task, TaskDraft("call Bob", date(2026, 12, 2)), at()))
    step(store.tasks.finish([task], at()))
    step(store.tasks.delete(task, at()))
    step(store.touches.add([a, b], TouchKind.MEETING, "went well", at(), on=date(2026, 11, 18)))
    step(store.pipelines.create(template("short cycle"), "Second", "EUR", at()))
    step(store.pipelines.rename(deck.pipeline.id, "First", at()))
    step(store.pipelines.set_goal(deck.pipeline.id, "2026-11", 30_000_00, at()))
    step(store.pipelines.set_goal(deck.pipeline.id, None, 10_000_00, at()))
    step(store.pipelines.set_probability(deck.stage("product"), 45, at()))
    for state in reversed(start_again[:-1]):
        deck.undo()
        assert deck.dump() == state
    for state in start_again[1:]:
        deck.redo()
        assert deck.dump() == state
