"""Deals files with something wrong in them, and the ways to make them so."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from store import PersonDraft
from store.checking import problems
from store.views import Problem
from tests.deck import Deck, at, rows_of


def fill(deck: Deck) -> None:
    """Some deals that have been about: Acme (1) went on and back, Globex (2) is won, Hooli (3) lost."""
    acme = deck.deal("Acme", amount=500, company="Acme Inc", tags=("eu",), task="call", on="2026-10-01")
    deck.deal("Globex", amount=700, on="2026-10-02")
    deck.deal("Hooli", on="2026-10-03")
    deck.store.people.add([acme], PersonDraft("Ann Ito"), None, None, at("2026-10-05"))
    deck.move(acme, "product", on="2026-10-10")
    deck.move(acme, "radar", on="2026-10-20")
    deck.move(2, "signed", on="2026-10-12")
    deck.move(3, "lost", on="2026-10-13", lost_reason="no answer")
    deck.touch(acme, "asked for a quote")
    deck.undo()


def change(path: Path, *statements: str) -> None:
    """Change rows by hand: the journal's triggers see it, links are not looked at."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def change_unseen(path: Path, *statements: str) -> None:
    """The same past the journal, in which everything may be changed."""
    with closing(sqlite3.connect(path)) as connection, connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        for _, statement in triggers:
            connection.execute(statement)


def found_in(path: Path) -> tuple[Problem, ...]:
    """What a check of the file finds."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        return problems(connection)


def page_of(path: Path, name: str) -> int:
    """The number of the first page of a table or index, from 1."""
    ((page,),) = rows_of(path, "SELECT rootpage FROM sqlite_master WHERE name = ?", name)
    return int(page)


def overwrite(path: Path, page: int, filling: bytes = b"\xff") -> None:
    """Lose what a page of the file held."""
    data = bytearray(path.read_bytes())
    size = int.from_bytes(data[16:18])
    data[(page - 1) * size : page * size] = filling * (size // len(filling))
    path.write_bytes(data)
