"""What the database itself writes down of every change."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from store import migrations, triggers
from store.schema import DATA_TABLES
from tests.deck import Deck

Row = dict[str, Any]

VALID: Row = {
    "currency": "USD", "base": "EUR", "month": "2026-11", "outcome": "open", "kind": "note", "probability": 7,
    "close_date": "2026-11-20", "snoozed_until": "2026-11-20", "due_on": "2026-11-20",
    "due_at": "09:30",
    "entered_at": "2026", "left_at": "2026", "evidence_required": 1, "required": 0, "amount": None,
}  # fmt: skip
SPECIAL: dict[str, Row] = {"goals": {"amount": 7}}
OTHERS: dict[str, Row] = {
    "deals": {"amount": 12, "company_id": None, "close_date": None},
    "visits": {"left_at": "2027"},
}


@pytest.mark.parametrize("table", DATA_TABLES)
def test_every_column_of_every_table_is_in_the_journal(tmp_path: Path, table: str) -> None:
    path = tmp_path / "deals.db"
    migrations.create(path)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA trusted_schema=OFF")
    connection.execute("INSERT INTO actions (at, kind, title) VALUES ('2026', 'do', 'try')")
    columns = [(row[1], row[2]) for row in connection.execute(f"PRAGMA table_info({table})")]
    row: Row = {name: (7 if kind == "INTEGER" else 'a "b" \\n\n\r\té 中 😀') for name, kind in columns}
    row |= {name: value for name, value in VALID.items() if name in row} | SPECIAL.get(table, {})
    places = ", ".join(f":{name}" for name in row)
    connection.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places})", row)
    changed = {**row, "id": 8, **OTHERS.get(table, {})}
    connection.execute(f"UPDATE {table} SET {', '.join(f'{name} = :{name}' for name in row)}", changed)
    connection.execute(f"UPDATE {table} SET id = id")
    connection.execute(f"DELETE FROM {table} WHERE id = 8")
    found = connection.execute(
        "SELECT row_id, before, after FROM changes WHERE table_name = ?", (table,)
    ).fetchall()
    connection.close()
    told = [(row_id, *(text and json.loads(text) for text in texts)) for row_id, *texts in found]
    assert told == [(7, None, row), (8, row, changed), (8, changed, None)]


@pytest.mark.parametrize("statement", ["DELETE FROM {}", "UPDATE {} SET id = id + 1000"])
@pytest.mark.parametrize("table", ["actions", "changes"])
def test_the_file_itself_refuses_to_rewrite_the_journal(deck: Deck, statement: str, table: str) -> None:
    deck.deal("Acme")
    with pytest.raises(sqlite3.IntegrityError, match="only ever added to"):
        deck.rows(statement.format(table))


def test_triggers_can_be_made_anew_at_any_time(deck: Deck) -> None:
    names = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
    before = deck.rows(names)
    deck.store.read.ask(triggers.remake)
    assert deck.rows(names) == before
    assert len(before) == 3 * len(DATA_TABLES) + 4
    deck.store.read.ask(triggers.drop)
    assert deck.rows(names) == []
