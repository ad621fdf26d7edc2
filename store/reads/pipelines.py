"""Pipelines with their stages, goals and rates."""

from __future__ import annotations

from collections.abc import Mapping
from math import gcd
from typing import TYPE_CHECKING

from store.errors import NotFound
from store.reads.stage_rows import BETWEEN, STAGE_COLUMNS, entries, stage_of
from store.views import ChecklistItem, Pipeline, Stage

if TYPE_CHECKING:
    import sqlite3


def pipelines(connection: sqlite3.Connection) -> tuple[Pipeline, ...]:
    """All pipelines in their order, with their stages in the board's order and those stages' checklists."""
    stages = _stages(connection)
    rows = connection.execute("""
        SELECT id, name, currency, monthly_goal, (
            SELECT group_concat(name, char(31))
            FROM (SELECT name FROM lost_reasons WHERE pipeline_id = pipelines.id ORDER BY position, id))
        FROM pipelines ORDER BY position, id
    """)
    return tuple(
        Pipeline(
            key,
            name,
            currency,
            tuple(stages.get(key, ())),
            _split(reasons),
            goal,
        )
        for key, name, currency, goal, reasons in rows
    )


def pipeline(connection: sqlite3.Connection, pipeline_id: int | None = None) -> Pipeline:
    """The pipeline `pipeline_id`, the first one for `None`. `NotFound` when there is none."""
    every = pipelines(connection)
    for found in every:
        if pipeline_id is None or found.id == pipeline_id:
            return found
    if every:
        raise NotFound(f"There is no pipeline with the id {pipeline_id}.")
    raise NotFound("There is no pipeline yet; make one with: deals init")


def goals(connection: sqlite3.Connection, pipeline_id: int) -> Mapping[str, int]:
    """The goals of the months that have their own ("2026-11"), in minor units of the pipeline's currency."""
    rows = connection.execute(
        "SELECT month, amount FROM goals WHERE pipeline_id = ? ORDER BY month", (pipeline_id,)
    )
    return dict(rows.fetchall())


def rates(connection: sqlite3.Connection, currency: str) -> Mapping[str, tuple[int, int]]:
    """What turns minor units of other currencies into those of `currency`: (numerator, denominator) by currency."""
    rows = connection.execute(
        "SELECT currency, rate FROM rates WHERE base = ? ORDER BY currency", (currency,)
    )
    return {other: _minor_rate(rate, other, currency) for other, rate in rows.fetchall()}


def rate_table(connection: sqlite3.Connection) -> tuple[tuple[str, str, str], ...]:
    """The user's own rates as they were typed: (currency, base, how much base one currency is), by name."""
    rows = connection.execute("SELECT currency, base, rate FROM rates ORDER BY currency, base")
    return tuple((currency, base, rate) for currency, base, rate in rows)


def _minor_rate(rate: str, currency: str, base: str) -> tuple[int, int]:
    """A rate between whole units ("1.08") as one between minor units, which may have other numbers of decimals."""
    # Loaded here: most people have no rates, and the first paint does not wait for them.
    from decimal import Decimal

    from store.money import digits

    above, below = Decimal(rate).as_integer_ratio()
    above *= 10 ** digits(base)
    below *= 10 ** digits(currency)
    common = gcd(above, below)
    return above // common, below // common


def _stages(connection: sqlite3.Connection) -> dict[int, list[Stage]]:
    """The stages of each pipeline, in order."""
    found: dict[int, list[Stage]] = {}
    for row in connection.execute(f"""
        SELECT {STAGE_COLUMNS}, (
            SELECT group_concat(id || char(30) || required || char(30) || title, char(31))
            FROM (SELECT id, required, title FROM checklist_items WHERE stage_id = s.id ORDER BY position, id))
        FROM stages AS s ORDER BY s.pipeline_id, s.position, s.id
    """):
        stage = stage_of(row, _checklist(row[9]))
        found.setdefault(stage.pipeline_id, []).append(stage)
    return found


def _split(text: str | None) -> tuple[str, ...]:
    return tuple(text.split(BETWEEN)) if text else ()


def _checklist(text: str | None) -> tuple[ChecklistItem, ...]:
    items = entries(text, 2) if text else ()
    return tuple(ChecklistItem(int(key), title, required == "1") for key, required, title in items)
