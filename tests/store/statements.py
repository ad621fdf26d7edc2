"""Counting what a command asks of SQLite."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

from store import Store


def statements_of(store: Store, command: Callable[[], object]) -> list[str]:
    """The SQL statements that a command runs. SQLite tells of the one that runs anew for each trigger it fires,
    so one told several times in a row is one."""
    told: list[str] = []
    connection = store.read.ask(lambda connection: connection)
    connection.set_trace_callback(told.append)
    try:
        command()
    finally:
        connection.set_trace_callback(None)
    return [statement for statement, _ in groupby(told)]
