"""The tables of a migrated file, the models of the write side and the columns that reads name are the same ones."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pytest
from sqlalchemy import Table
from sqlmodel import SQLModel

import store.models
from store import Outcome, Stage, Store, migrations
from store.schema import DATA_TABLES
from store.views.pipeline import STUCK_LIMIT
from tests.deck import TODAY, Deck, rows_of

for module in iter_modules(store.models.__path__):
    import_module(f"store.models.{module.name}")  # registers its tables

TABLES: dict[str, Table] = dict(SQLModel.metadata.tables)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("schema") / "deals.db"
    migrations.create(made)
    return made


def test_every_table_has_a_model_and_every_model_a_table(path: Path) -> None:
    in_file = {name for (name,) in rows_of(path, "SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert in_file - {"sqlite_sequence"} == set(TABLES) == {*DATA_TABLES, "actions", "changes"}


@pytest.mark.parametrize("table", sorted(TABLES))
def test_a_model_has_the_columns_of_its_table(path: Path, table: str) -> None:
    in_file = [
        (name, kind, bool(required or key), bool(key))
        for _, name, kind, required, _, key in rows_of(path, f"PRAGMA table_info({table})")
    ]
    in_model = [
        (column.name, str(column.type), not column.nullable, column.primary_key)
        for column in TABLES[table].columns
    ]
    assert in_model == in_file


@pytest.mark.parametrize("table", sorted(TABLES))
def test_a_model_has_the_links_of_its_table(path: Path, table: str) -> None:
    in_file = {(row[3], row[2], row[4]) for row in rows_of(path, f"PRAGMA foreign_key_list({table})")}
    in_model = {
        (link.parent.name, link.column.table.name, link.column.name) for link in TABLES[table].foreign_keys
    }
    assert in_model == in_file


@pytest.mark.parametrize("table", sorted(TABLES))
def test_tables_are_strict(path: Path, table: str) -> None:
    (sql,) = rows_of(path, "SELECT sql FROM sqlite_master WHERE name = ?", table)[0]
    assert sql.endswith("STRICT")


@pytest.mark.parametrize("table", DATA_TABLES)
def test_what_points_to_a_row_is_found_by_an_index(path: Path, table: str) -> None:
    """Else removing one row looks through all that could point to it."""
    indexes = [name for _, name, *_ in rows_of(path, f"PRAGMA index_list({table})")]
    first = {rows_of(path, f"PRAGMA index_info({name})")[0][2] for name in indexes}
    pointing = {column for _, _, _, column, *_ in rows_of(path, f"PRAGMA foreign_key_list({table})")}
    assert pointing <= first


def test_a_stage_that_says_nothing_else_has_the_usual_stuck_limit(path: Path) -> None:
    defaults = dict(rows_of(path, "SELECT name, dflt_value FROM pragma_table_info('stages')"))
    assert int(defaults["stuck_limit"]) == STUCK_LIMIT == Stage(1, 1, "Demo", 50, Outcome.OPEN).stuck_limit


def test_parents_come_before_children(path: Path) -> None:
    for place, table in enumerate(DATA_TABLES):
        parents = {row[2] for row in rows_of(path, f"PRAGMA foreign_key_list({table})")}
        assert parents <= {*DATA_TABLES[:place]}


def test_every_column_that_a_read_names_is_there(deck: Deck, store: Store) -> None:
    """SQLite looks up all columns of a statement before it runs, so asking everything once is enough."""
    deal_id = deck.deal("Acme")
    read = store.read
    answers: dict[str, Any] = {
        "pipelines": read.pipelines(),
        "goals": read.goals(deck.pipeline.id),
        "board": read.board(None, TODAY),
        "deals": read.deals([deal_id], TODAY),
        "list_deals": read.list_deals(None, TODAY, closed=True),
        "find_deal": read.find_deal("Acme"),
        "deal_page": read.deal_page(deal_id, TODAY),
        "stuck": read.stuck(None, TODAY),
        "unticked": read.unticked([deal_id]),
        "saved_views": read.saved_views(),
        "person_cards": read.person_cards(),
        "company_cards": read.company_cards(),
        "agenda": read.agenda(TODAY, whole=True),
        "due_count": read.due_count(TODAY),
        "tasks": read.tasks(deal_id, finished=True),
        "silences": read.silences(deck.stage("radar")),
        "rates": read.rates("USD"),
        "forecast": read.forecast(None, TODAY, ["2026-11"]),
        "setting": read.setting("theme"),
        "companies": read.companies(),
        "sources": read.sources(),
        "tags": read.tags(),
        "counts": read.counts(),
        "rate_table": read.rate_table(),
        "schema_version": read.schema_version(),
    }
    asked = {name for name in dir(read) if not name.startswith("_")} - {"ask"}
    assert set(answers) >= asked


def test_an_empty_file_can_be_asked_too(path: Path) -> None:
    from store import NotFound, open_store

    with open_store(path) as empty:
        assert empty.read.pipelines() == ()
        assert empty.read.companies() == empty.read.sources() == empty.read.tags() == ()
        assert empty.history.actions() == ()
        assert (empty.history.peek_undo(), empty.history.peek_redo()) == (None, None)
        for question in (empty.read.board, empty.read.stuck, empty.read.list_deals):
            with pytest.raises(NotFound):
                question(None, TODAY)
