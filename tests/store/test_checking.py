"""Checking a whole file, and repairing it: what can be wrong is made so, found, named, and put right or not."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store import (
    DealPatch,
    Money,
    StoreBusy,
    StoreDamaged,
    StoreError,
    back_up,
    backup_files,
    make_demo,
    open_store,
    repair,
)
from store.checking import problems
from store.migrations import STEPS, create
from store.money import MAX_MINOR
from store.reads.soundness import INVARIANTS
from store.repairing import put_right
from store.schema import DATA_TABLES
from store.views import BackupKind, Check
from tests.deck import TODAY, Deck, at, rows_of
from tests.store.breaking import change, change_unseen, fill, found_in, overwrite, page_of
from tests.store.shelves import damage, dump_of
from tests.store.statements import statements_of


class Broken(NamedTuple):
    """One way to break a filled file, what is said of it, and whether it can be repaired."""

    by: Callable[[Path], object]
    check: Check
    words: str
    repairable: bool = True


def by_hand(*statements: str) -> Callable[[Path], object]:
    return lambda path: change(path, *statements)


def unseen(*statements: str) -> Callable[[Path], object]:
    return lambda path: change_unseen(path, *statements)


TWO_PRESENT_STAYS = (
    "DROP INDEX visits_open",
    "INSERT INTO visits (deal_id, stage_id, entered_at) VALUES (1, 2, '2026-11-01T10:00:00.000Z')",
)
A_ROW_TOO_FEW = "DELETE FROM {0} WHERE id = (SELECT max(id) - 1 FROM {0})"

BROKEN: dict[str, Broken] = {
    "no present stay": Broken(
        by_hand("UPDATE visits SET left_at = entered_at WHERE deal_id = 1 AND left_at IS NULL"),
        Check.DEALS,
        "1 deal without a present stay in a stage: #1 Acme",
    ),
    "no stay at all": Broken(
        by_hand("DELETE FROM visits WHERE deal_id IN (1, 2)"),
        Check.DEALS,
        "2 deals without a present stay in a stage: #1 Acme, #2 Globex",
    ),
    "two present stays": Broken(
        by_hand(*TWO_PRESENT_STAYS), Check.DEALS, "1 deal in two stages at once: #1 Acme"
    ),
    "another stage than the stay's": Broken(
        by_hand("UPDATE deals SET stage_id = 2 WHERE id = 1"),
        Check.DEALS,
        "1 deal in another stage than its last stay: #1 Acme",
    ),
    "another day than the stay's": Broken(
        by_hand("UPDATE deals SET entered_stage_at = '2026-11-01T10:00:00.000Z' WHERE id = 1"),
        Check.DEALS,
        "1 deal in another stage than its last stay: #1 Acme",
    ),
    "won without an end": Broken(
        by_hand("UPDATE deals SET closed_at = NULL WHERE id IN (2, 3)"),
        Check.DEALS,
        "2 deals that are closed without an end, or open with one: #2 Globex, #3 Hooli",
    ),
    "open with an end": Broken(
        by_hand("UPDATE deals SET closed_at = created_at WHERE id = 1"),
        Check.DEALS,
        "1 deal that is closed without an end, or open with one: #1 Acme",
    ),
    "a reason without a loss": Broken(
        by_hand("UPDATE deals SET lost_reason = 'no answer' WHERE id = 2"),
        Check.DEALS,
        "1 deal with a lost reason that is not lost: #2 Globex",
    ),
    "stays that overlap": Broken(
        by_hand("UPDATE visits SET left_at = '2026-10-30T10:00:00.000Z' WHERE id = 1"),
        Check.DEALS,
        "1 stay in a stage that ended after the next one began: #1",
    ),
    "no place": Broken(
        by_hand("UPDATE deals SET position = 9223372036854775807 WHERE id = 1"),
        Check.DEALS,
        "1 deal that has no place in its column: #1 Acme",
    ),
    "one place for two stages": Broken(
        by_hand("UPDATE stages SET position = 1 WHERE id = 1"),
        Check.DEALS,
        "1 stage that has the place of another one: #2 Product evaluated",
    ),
    "no lost stage": Broken(
        by_hand(
            "UPDATE stages SET outcome = 'won' WHERE outcome = 'lost'", "UPDATE deals SET lost_reason = NULL"
        ),
        Check.DEALS,
        "1 pipeline without an open, a won or a lost stage: #1 Sales",
        repairable=False,
    ),
    "a lost entry": Broken(
        unseen(A_ROW_TOO_FEW.format("actions")),
        Check.JOURNAL,
        "1 entry of the journal before which others are missing: #",
        repairable=False,
    ),
    "a lost change": Broken(
        unseen("DELETE FROM changes WHERE id = (SELECT min(id) FROM changes WHERE table_name = 'deals')"),
        Check.JOURNAL,
        "1 change in the journal before which others are missing: #",
        repairable=False,
    ),
    "an undo that does not go on": Broken(
        unseen("UPDATE actions SET undo_id = 2 WHERE id = (SELECT max(id) FROM actions)"),
        Check.JOURNAL,
        "1 entry of the journal that does not go on from the one before: ",
        repairable=False,
    ),
    "an entry without changes": Broken(
        unseen("UPDATE changes SET action_id = 2 WHERE action_id = 3"),
        Check.JOURNAL,
        "1 entry of the journal that says nothing of what it changed: #3 ",
        repairable=False,
    ),
    "changed past the journal": Broken(
        unseen("UPDATE deals SET name = 'Acme 2' WHERE id = 1"),
        Check.JOURNAL,
        "1 row of deals changed past the journal: #1",
    ),
    "added past the journal": Broken(
        unseen("INSERT INTO tags (deal_id, name) VALUES (2, 'eu'), (3, 'eu')"),
        Check.JOURNAL,
        "2 rows of tags changed past the journal: #2, #3",
    ),
    "removed past the journal": Broken(
        unseen("DELETE FROM tags"), Check.JOURNAL, "1 row of tags changed past the journal: #1"
    ),
    "an index that is gone": Broken(
        by_hand("DROP INDEX deals_by_stage"), Check.SCHEMA, "the index deals_by_stage is missing"
    ),
    "another index": Broken(
        by_hand("DROP INDEX deals_by_stage", "CREATE INDEX deals_by_stage ON deals (id)"),
        Check.SCHEMA,
        "the index deals_by_stage is another one",
    ),
    "an index of somebody's": Broken(
        by_hand('CREATE UNIQUE INDEX "my ""own" ON deals (name)'),
        Check.SCHEMA,
        "the index my \"own on deals is not this program's",
    ),
    "a trigger of somebody's": Broken(
        by_hand("CREATE TRIGGER mine AFTER INSERT ON deals BEGIN DELETE FROM tags; END"),
        Check.SCHEMA,
        "the trigger mine on deals is not this program's",
    ),
    "a journal that is not written": Broken(
        by_hand("DROP TRIGGER journal_deals_update"),
        Check.SCHEMA,
        "the trigger journal_deals_update is missing",
    ),
    "a journal that may be rewritten": Broken(
        by_hand("DROP TRIGGER journal_changes_no_delete"),
        Check.SCHEMA,
        "the trigger journal_changes_no_delete is missing",
    ),
    "a table that is gone": Broken(
        by_hand("DROP TABLE ticks"), Check.SCHEMA, "the table ticks is missing", repairable=False
    ),
    "a column too many": Broken(
        by_hand("ALTER TABLE deals ADD COLUMN mood TEXT"),
        Check.SCHEMA,
        "the table deals is another one",
        repairable=False,
    ),
    "another application's": Broken(
        by_hand("PRAGMA application_id=99"),
        Check.SCHEMA,
        "it is the file of another application (0x63)",
        repairable=False,
    ),
    "a newer version": Broken(
        by_hand("PRAGMA user_version=99"),
        Check.SCHEMA,
        f"its schema is 99, this program knows 1 to {STEPS[-1].version}",
        repairable=False,
    ),
    "an orphan": Broken(
        by_hand("INSERT INTO tags (deal_id, name) VALUES (77, 'eu'), (78, 'eu')"),
        Check.LINKS,
        "2 rows of tags without their deals",
        repairable=False,
    ),
    "an id to be given twice": Broken(
        by_hand("UPDATE sqlite_sequence SET seq = 1 WHERE name = 'deals'"),
        Check.NUMBERS,
        "an id of deals could be given twice",
    ),
    "an index that does not fit": Broken(damage, Check.INTEGRITY, "an index does not fit its table: "),
    "a page of nonsense": Broken(
        lambda path: overwrite(path, page_of(path, "deals")),
        Check.INTEGRITY,
        "SQLite ",
        repairable=False,
    ),
    "no schema": Broken(
        lambda path: (
            path.write_bytes(path.read_bytes()[:100] + b"\xff" * 3996 + path.read_bytes()[4096:]) and None
        ),
        Check.INTEGRITY,
        "SQLite cannot read it: ",
        repairable=False,
    ),
}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A filled file, to be copied."""
    with Deck(tmp_path_factory.mktemp("filled") / "deals.db") as deck:
        fill(deck)
    return deck.path


@pytest.fixture
def path(filled: Path, tmp_path: Path) -> Path:
    """A filled file that nobody has open."""
    (tmp_path / "deals.db").write_bytes(filled.read_bytes())
    return tmp_path / "deals.db"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


def test_a_filled_file_is_sound(path: Path) -> None:
    assert found_in(path) == ()


def test_the_demo_is_sound(tmp_path: Path) -> None:
    with open_store(tmp_path / "demo.db", create=True) as store:
        make_demo(store, date(2026, 11, 20))
    assert found_in(tmp_path / "demo.db") == ()


def test_the_largest_amounts_are_added_up_exactly(tmp_path: Path) -> None:
    with Deck(tmp_path / "deals.db") as deck:
        for number in range(60):
            amount = Money(MAX_MINOR // (1 + number % 2 * 999) - number * 7 - 1, "USD")
            deck.store.deals.edit(deck.deal(f"Deal {number}"), DealPatch(amount=amount), at())
    assert found_in(tmp_path / "deals.db") == ()


@pytest.mark.parametrize("version", [step.version for step in STEPS])
def test_an_empty_file_of_each_version_is_sound(tmp_path: Path, version: int) -> None:
    create(tmp_path / "old.db", STEPS[:version])
    assert found_in(tmp_path / "old.db") == ()


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_wrong_is_found_and_named(path: Path, name: str) -> None:
    broken = BROKEN[name]
    broken.by(path)
    before = path.read_bytes()
    found = found_in(path)
    told = [(each.check, each.repairable) for each in found if each.what.startswith(broken.words)]
    assert told == [(broken.check, broken.repairable)], found
    assert all(each.repairable for each in found) == broken.repairable
    assert path.read_bytes() == before


def test_every_invariant_is_broken_above() -> None:
    told = [broken.words for broken in BROKEN.values()]
    missing = [
        each.one for each in INVARIANTS if not any(each.one in words or each.many in words for words in told)
    ]
    assert missing == ["stage whose total is not the sum of its deals"]  # an index that does not fit hides it
    assert {broken.check for broken in BROKEN.values()} == set(Check)


@pytest.mark.parametrize("name", BROKEN)
def test_what_can_be_repaired_is_and_what_cannot_stays_as_it_is(path: Path, folder: Path, name: str) -> None:
    broken = BROKEN[name]
    broken.by(path)
    before = path.read_bytes()
    if broken.check is Check.SCHEMA and not broken.repairable and "table" not in broken.words:
        return  # not even opened: tests/faults/test_opening.py
    if name == "no schema":
        with pytest.raises(StoreDamaged):
            repair(path, folder, at())
        return
    found = found_in(path)
    done = repair(path, folder, at())
    if not broken.repairable:
        assert (done.before, done.mended, done.left) == (None, (), found)
        assert path.read_bytes() == before
        return
    assert found_in(path) == ()
    assert (done.mended, done.left) == (found, ())
    assert [each.kind for each in backup_files(path, folder)] == [BackupKind.REPAIR]
    assert done.before is not None
    assert found_in(done.before) == found
    changes_rows = broken.check in (Check.DEALS, Check.JOURNAL)
    assert (done.action_id is not None) == changes_rows
    with open_store(path) as store:
        assert store.history.peek_undo() == (
            "repair the file" if changes_rows else "move Hooli to Closed lost"
        )


UNDOABLE = [
    name
    for name, broken in BROKEN.items()
    if broken.repairable and broken.check in (Check.DEALS, Check.JOURNAL) and name != "two present stays"
]


@pytest.mark.parametrize("name", UNDOABLE)
def test_a_repair_is_undone_and_redone_like_any_change(path: Path, folder: Path, name: str) -> None:
    BROKEN[name].by(path)
    broken = {table: rows_of(path, f"SELECT * FROM {table} ORDER BY id") for table in DATA_TABLES}
    repair(path, folder, at())
    with Deck(path) as deck:
        repaired = deck.dump()
        deck.undo()
        if BROKEN[name].check is Check.DEALS:
            assert deck.dump() == broken
        deck.redo()
        assert deck.dump() == repaired
    assert found_in(path) == ()


def test_a_repair_that_cannot_be_undone_says_so_and_changes_nothing(path: Path, folder: Path) -> None:
    BROKEN["two present stays"].by(path)
    repair(path, folder, at())
    before = dump_of(path)
    with (
        Deck(path) as deck,
        pytest.raises(StoreError, match=r"repair the file stays: .* Nothing was changed\."),
    ):
        deck.undo()
    assert dump_of(path) == before


def test_a_deal_goes_where_its_last_stay_is(path: Path, folder: Path) -> None:
    change(path, *TWO_PRESENT_STAYS, "UPDATE deals SET closed_at = created_at, lost_note = 'x' WHERE id = 1")
    repair(path, folder, at())
    with open_store(path) as store:
        page = store.read.deal_page(1, TODAY)
    assert (page.deal.stage, page.deal.closed_on) == ("Product evaluated", None)
    assert [visit.left_at is None for visit in page.visits].count(True) == 1
    assert rows_of(path, "SELECT lost_note FROM deals WHERE id = 1") == [("",)]


def test_a_stay_that_was_ended_by_mistake_goes_on(path: Path, folder: Path) -> None:
    before = rows_of(path, "SELECT * FROM visits")
    BROKEN["no present stay"].by(path)
    repair(path, folder, at())
    assert rows_of(path, "SELECT * FROM visits") == before


STAYS = "SELECT id, stage_id, entered_at FROM visits WHERE deal_id = 1"
instants = st.integers(1, 28).map(lambda day: f"2026-09-{day:02}T10:00:00.000Z")
stays = st.tuples(st.integers(1, 5), instants, st.none() | st.integers(0, 20))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(stays, max_size=6), st.integers(1, 5), instants)
def test_whatever_the_stays_are_they_are_put_right_and_none_is_lost(
    filled: Path, lived: list[tuple[int, str, int | None]], stage: int, entered: str
) -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.deserialize(filled.read_bytes())
        connection.execute("DROP INDEX visits_open")
        connection.execute("DELETE FROM visits WHERE deal_id = 1")
        for stage_id, entered_at, days in lived:
            left = (
                None
                if days is None
                else f"{entered_at[:8]}{int(entered_at[8:10]) + days:02}{entered_at[10:]}"
            )
            values = (stage_id, entered_at, left)
            connection.execute(
                "INSERT INTO visits (deal_id, stage_id, entered_at, left_at) VALUES (1, ?, ?, ?)", values
            )
        connection.execute(
            "UPDATE deals SET stage_id = ?, entered_stage_at = ? WHERE id = 1", (stage, entered)
        )
        before = connection.execute(STAYS).fetchall()
        put_right(connection, "2026-11-20T12:00:00.000Z")
        assert problems(connection) == ()
        after = connection.execute(STAYS).fetchall()
        assert set(before) <= set(after)
        assert len(after) - len(before) <= 1


def test_how_much_is_asked_does_not_depend_on_what_is_there(path: Path) -> None:
    def asked() -> int:
        with open_store(path) as store:
            return len(statements_of(store, lambda: store.read.ask(problems)))

    before = asked()
    with Deck(path) as deck:
        deck.deals(*map(str, range(20)))
    assert asked() == before


def test_nothing_is_repaired_while_somebody_writes(path: Path, folder: Path) -> None:
    BROKEN["won without an end"].by(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy):
            repair(path, folder, at(), busy_seconds=0.05)
        other.execute("ROLLBACK")
    assert backup_files(path, folder) == []
    assert repair(path, folder, at()).left == ()


@pytest.mark.parametrize(
    "name",
    [
        "two present stays",
        "a lost change",
        "changed past the journal",
        "an index that is gone",
        "an id to be given twice",
        "an orphan",
        "an index that does not fit",
        "a page of nonsense",
    ],
)
def test_a_backup_is_made_of_all_but_a_damaged_file(path: Path, folder: Path, name: str) -> None:
    """What is wrong among the deals is in the backup as it is in the file. One that SQLite finds damaged would push the
    good backups out."""
    BROKEN[name].by(path)
    if BROKEN[name].check is Check.INTEGRITY:
        with pytest.raises(StoreDamaged):
            back_up(path, folder, BackupKind.DAILY)
        assert backup_files(path, folder) == []
    else:
        assert found_in(back_up(path, folder, BackupKind.DAILY)) == found_in(path)
