"""The one factory of stored data for tests: `Deck` opens a store on a file and makes deals in few words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from store import (
    DEFAULT_TEMPLATE,
    Deal,
    DealDraft,
    DealPage,
    Done,
    Money,
    Pipeline,
    Store,
    TaskDraft,
    Template,
    TouchKind,
    at_noon,
    open_store,
    pick,
)
from store.schema import DATA_TABLES

TODAY = date(2026, 11, 20)
"""The Friday on which all tests play."""


PLAIN = replace(
    DEFAULT_TEMPLATE,
    stages=tuple(replace(stage, criterion="", checklist=()) for stage in DEFAULT_TEMPLATE.stages),
)
"""The default stages, which ask nothing of a deal that moves."""


def at(day: date | str = TODAY) -> datetime:
    """Noon of a local day ("2026-11-20"), as the instant at which something is done."""
    return at_noon(date.fromisoformat(day) if isinstance(day, str) else day)


class Deck:
    """An open store with one pipeline, and short ways to put deals into it.

    Stages go by a part of their name ("radar", "product", "decision", "signed", "lost"), days by ISO text.
    """

    def __init__(
        self, path: Path, template: Template | None = DEFAULT_TEMPLATE, currency: str = "USD", **options: Any
    ) -> None:
        self.path = path
        self._options = options
        self.store: Store = open_store(path, create=True, **options)
        if template is not None and not self.store.read.pipelines():
            self.store.pipelines.create(template, "Sales", currency, at("2026-01-02"))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.store.close()

    def reopen(self) -> None:
        """Close the store and open it again, as the next day's run does."""
        self.store.close()
        self.store = open_store(self.path, **self._options)

    @property
    def pipeline(self) -> Pipeline:
        return self.store.read.pipelines()[0]

    def stage(self, name: str) -> int:
        stages = self.pipeline.stages
        return stages[pick(name, [stage.name for stage in stages], "stage")].id

    def deal(
        self,
        name: str = "Acme",
        stage: str = "radar",
        amount: int | None = None,
        *,
        close: str | None = None,
        on: date | str = "2026-11-01",
        currency: str = "USD",
        task: str | None = None,
        due: str | None = None,
        **fields: Any,
    ) -> int:
        """Adds a deal on a day and gives its id; `amount` is in whole units, `task` its next step, due on `due`."""
        draft = DealDraft(
            name=name,
            pipeline_id=self.pipeline.id,
            stage_id=self.stage(stage),
            amount=None if amount is None else Money(amount * 100, currency),
            close_date=None if close is None else date.fromisoformat(close),
            **fields,
        )
        (deal_id,) = self.store.deals.create(draft, at(on)).deal_ids
        if task is not None:
            self.task(deal_id, task, due, on=on)
        return deal_id

    def deals(self, *names: str, stage: str = "radar", on: date | str = "2026-11-01") -> tuple[int, ...]:
        """Adds several deals, so that they stand in the column in the order given."""
        return tuple(reversed([self.deal(name, stage, on=on) for name in reversed(names)]))

    def task(
        self, deal_id: int, title: str = "call Ann", due: str | None = None, on: date | str = TODAY
    ) -> int:
        draft = TaskDraft(title, None if due is None else date.fromisoformat(due))
        made = self.store.tasks.add([deal_id], draft, at(on)).made_id
        assert made is not None
        return made

    def touch(
        self, deal_id: int, text: str = "", kind: TouchKind = TouchKind.CALL, on: date | str = TODAY
    ) -> Done:
        return self.store.touches.add([deal_id], kind, text, at(on))

    def move(self, ids: int | Sequence[int], stage: str, on: date | str = TODAY, **more: Any) -> Done:
        return self.store.deals.move(
            [ids] if isinstance(ids, int) else ids, self.stage(stage), at(on), **more
        )

    def undo(self) -> Done:
        return self.store.history.undo(at())

    def redo(self) -> Done:
        return self.store.history.redo(at())

    def read(self, deal_id: int, today: date | str = TODAY) -> Deal:
        return self.page(deal_id, today).deal

    def page(self, deal_id: int, today: date | str = TODAY) -> DealPage:
        return self.store.read.deal_page(
            deal_id, date.fromisoformat(today) if isinstance(today, str) else today
        )

    def column(self, stage: str) -> list[str]:
        """The names of the deals in an open stage, in the board's order."""
        deals = self.store.read.list_deals(None, TODAY)
        return [deal.name for deal in deals if deal.stage_id == self.stage(stage)]

    def rows(self, sql: str, *values: object) -> list[Any]:
        """The rows of a question asked past the store, on a connection of its own."""
        return rows_of(self.path, sql, *values)

    def dump(self, tables: Iterable[str] = DATA_TABLES) -> dict[str, list[Any]]:
        """All rows of the tables, to compare what was with what is."""
        with sqlite3.connect(self.path) as connection:
            dumped = {
                table: connection.execute(f"SELECT * FROM {table} ORDER BY id").fetchall() for table in tables
            }
        connection.close()
        return dumped


def rows_of(path: Path, sql: str, *values: object) -> list[Any]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(sql, values).fetchall()
    finally:
        connection.close()
