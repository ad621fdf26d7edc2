"""A deals file that is filled row by row, past the commands: what the reads make of any rows is tried with it."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Final

from store.dates import at_noon, instant_text
from store.migrations import STEPS
from store.views import Deal

TODAY: Final = date(2026, 11, 20)
STAGES: Final = (
    ("On radar", 10, "open"),
    ("Product evaluated", 50, "open"),
    ("Signed", 100, "won"),
    ("Lost", 0, "lost"),
)
RADAR, PRODUCT, SIGNED, LOST = 1, 2, 3, 4


@contextmanager
def in_zone(name: str) -> Iterator[None]:
    """The process in the zone `name`."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = name
    time.tzset()
    try:
        yield
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before
        time.tzset()


def noon(day: str) -> str:
    """Noon of a day as it is stored; an instant is left as it is."""
    return day if "T" in day else instant_text(at_noon(date.fromisoformat(day)))


class Filled:
    """A file with one pipeline of the stages above, and short ways to put rows into it."""

    def __init__(self, path: Path) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None)
        self.connection.execute("PRAGMA synchronous=OFF")
        for step in STEPS:
            self.connection.executescript(step.sql)
        self.pipeline("Sales")

    def row(self, table: str, **values: Any) -> int:
        """Adds a row and gives its id."""
        names, marks = ", ".join(values), ", ".join("?" * len(values))
        sql = f"INSERT INTO {table} ({names}) VALUES ({marks})"
        found = self.connection.execute(sql, tuple(values.values())).lastrowid
        assert found is not None
        return found

    def pipeline(self, name: str, currency: str = "USD", position: int = 0) -> int:
        made = self.row("pipelines", name=name, currency=currency, position=position)
        for place, (stage, probability, outcome) in enumerate(STAGES):
            self.row(
                "stages",
                pipeline_id=made,
                name=stage,
                probability=probability,
                outcome=outcome,
                position=place,
            )
        return made

    def deal(
        self,
        name: str = "Acme",
        stage_id: int = RADAR,
        amount: int | None = 100_000,
        entered: str = "2026-11-18",
        created: str | None = None,
        closed: str | None = None,
        **more: Any,
    ) -> int:
        facts = {"currency": "USD", "position": 0, **more}
        made = self.row(
            "deals",
            name=name,
            stage_id=stage_id,
            amount=amount,
            entered_stage_at=noon(entered),
            created_at=noon(created or entered),
            closed_at=None if closed is None else noon(closed),
            **facts,
        )
        self.visit(made, stage_id, entered)
        return made

    def visit(self, deal_id: int, stage_id: int, entered: str, left: str | None = None) -> int:
        left_at = None if left is None else noon(left)
        return self.row(
            "visits", deal_id=deal_id, stage_id=stage_id, entered_at=noon(entered), left_at=left_at
        )

    def touch(self, deal_id: int, on: str, kind: str = "call") -> int:
        return self.row("touches", deal_id=deal_id, kind=kind, at=noon(on))

    def task(
        self,
        deal_id: int,
        title: str,
        due: str | None = None,
        done: str | None = None,
        on: str = "2026-11-01",
    ) -> int:
        return self.row(
            "tasks",
            deal_id=deal_id,
            title=title,
            due_on=due,
            created_at=noon(on),
            done_at=None if done is None else noon(done),
        )

    def read(self, deal_id: int, today: date = TODAY) -> Deal:
        from store.reads.deals import deals

        (found,) = deals(self.connection, [deal_id], today)
        return found

    def statements(self, question: Callable[[], object]) -> list[str]:
        """The SQL statements that a question takes."""
        told: list[str] = []
        self.connection.set_trace_callback(told.append)
        try:
            question()
        finally:
            self.connection.set_trace_callback(None)
        return told
