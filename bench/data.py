"""Deals files of any size, filled by plain SQL in a second or so, and a CSV file of a year's history.

The data is made from a seed and the day it is made for: two files of one size differ in nothing.
"""

from __future__ import annotations

import csv
import random
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from store import migrations, triggers

OPEN_STAGES: Final = (
    ("On radar", 10),
    ("Needs known", 25),
    ("Evaluated", 50),
    ("Decision", 70),
    ("Terms", 90),
)
COMPANIES: Final = (
    "Acme",
    "Globex",
    "Initech",
    "Hooli",
    "Umbrella",
    "Wayne",
    "Stark",
    "Wonka",
    "Vandelay",
    "Tyrell",
)
THINGS: Final = ("renewal", "pilot", "licence", "website", "add-on", "support", "training", "migration")
STEPS: Final = ("call Ann", "send terms", "book the demo", "ask for a date", "write the offer")
CLOSED: Final = 100
"""How many won and how many lost deals a file holds, closed over the last months."""

ACTIONS: Final = 100_000
"""How many steps a busy file's journal holds."""

_WON, _LOST = len(OPEN_STAGES) + 1, len(OPEN_STAGES) + 2
_GAP: Final = 1 << 20

Row = tuple[object, ...]


def build(path: Path, deals: int, today: date) -> None:
    """Makes a deals file with `deals` open deals in one pipeline, with touches, tasks and visits."""
    migrations.create(path)
    rng = random.Random(deals)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("BEGIN IMMEDIATE")
        # The data stands for what was there before: it is no action, so the journal does not record it.
        triggers.drop(connection)
        _fill(connection, deals, today, rng)
        triggers.remake(connection)
        connection.execute("COMMIT")


def build_stuck(path: Path, deals: int, today: date) -> None:
    """The same with every open deal stuck: in its stage for 40 days without a sign of life, its close date passed."""

    def stick(connection: sqlite3.Connection) -> None:
        open_ones = "(SELECT id FROM deals WHERE closed_at IS NULL)"
        entered, passed = _instant(today - timedelta(days=40)), (today - timedelta(days=3)).isoformat()
        connection.execute("DELETE FROM tasks")
        connection.execute(f"DELETE FROM touches WHERE deal_id IN {open_ones}")
        connection.execute(
            "UPDATE deals SET entered_stage_at = ?, created_at = min(created_at, ?), close_date = ?"
            " WHERE closed_at IS NULL",
            (entered, entered, passed),
        )
        connection.execute(
            f"UPDATE visits SET entered_at = ? WHERE left_at IS NULL AND deal_id IN {open_ones}", (entered,)
        )

    _change(path, deals, today, stick)


def build_long(path: Path, deals: int, today: date) -> None:
    """The same with a long past: ten visits for each deal."""

    def lengthen(connection: sqlite3.Connection) -> None:
        for number in range(1, 10):
            stage, entered = (number - 1) % len(OPEN_STAGES) + 1, today - timedelta(days=900 - 60 * number)
            connection.execute(
                "INSERT INTO visits (deal_id, stage_id, entered_at, left_at) SELECT id, ?, ?, ? FROM deals",
                (stage, _instant(entered), _instant(entered + timedelta(days=50))),
            )

    _change(path, deals, today, lengthen)


def build_busy(path: Path, deals: int, today: date) -> None:
    """The same with a journal of years: `ACTIONS` steps of undo, each the change of a deal's notes."""

    def work(connection: sqlite3.Connection) -> None:
        steps = "WITH RECURSIVE steps (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM steps WHERE n < ?)"
        connection.execute(
            f"INSERT INTO actions (id, at, kind, title, undo_id, below_undo_id) {steps}"
            " SELECT n, ?, 'do', 'edit deal ' || (n % ? + 1), n, nullif(n - 1, 0) FROM steps",
            (ACTIONS, _instant(today - timedelta(days=1)), deals),
        )
        connection.execute(
            f"INSERT INTO changes (action_id, table_name, row_id, before, after) {steps}"
            " SELECT n, 'deals', n % ? + 1, json_object('notes', 'step ' || n), json_object('notes', '') FROM steps",
            (ACTIONS, deals),
        )

    _change(path, deals, today, work)


def _change(path: Path, deals: int, today: date, change: Callable[[sqlite3.Connection], None]) -> None:
    """Makes a file, and changes it past the journal."""
    build(path, deals, today)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        triggers.drop(connection)
        change(connection)
        triggers.remake(connection)
        connection.execute("COMMIT")


def sales_csv(path: Path, rows: int, today: date) -> None:
    """Writes a CSV file of `rows` deals, open, won and lost, as a CRM would export them."""
    rng = random.Random(rows)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(
            ["opportunity_id", "agent", "product", "account", "stage", "engage_date", "close_date", "value"]
        )
        for number in range(rows):
            stage = rng.choices(("Prospecting", "Engaging", "Won", "Lost"), (6, 18, 48, 28))[0]
            engaged = today - timedelta(days=rng.randrange(60, 400))
            closed = engaged + timedelta(days=rng.randrange(1, 60)) if stage in ("Won", "Lost") else ""
            value = {"Won": rng.randrange(50, 30_000), "Lost": 0}.get(stage, "")
            started = "" if stage == "Prospecting" else engaged
            company = f"{rng.choice(COMPANIES)} {rng.randrange(90)}"
            writer.writerow(
                [
                    f"OP{number:06}",
                    rng.choice(STEPS),
                    rng.choice(THINGS),
                    company,
                    stage,
                    started,
                    closed,
                    value,
                ]
            )


def _fill(connection: sqlite3.Connection, deals: int, today: date, rng: random.Random) -> None:
    _insert(connection, "pipelines", [(1, "Sales", "USD", 5_000_000, 0)])
    stages = [(*stage, "open") for stage in OPEN_STAGES] + [("Won", 100, "won"), ("Lost", 0, "lost")]
    connection.executemany(
        "INSERT INTO stages (id, pipeline_id, name, probability, outcome, position) VALUES (?, 1, ?, ?, ?, ?)",
        [(place, *stage, place) for place, stage in enumerate(stages, 1)],
    )
    reasons = ("no commitment", "wrong time", "price")
    _insert(connection, "lost_reasons", [(place, 1, name, place) for place, name in enumerate(reasons, 1)])
    companies = max(10, deals // 10)
    _insert(connection, "companies", [(n, f"{COMPANIES[n % 10]} {n}", "") for n in range(1, companies + 1)])
    for number in range(1, deals + 2 * CLOSED + 1):
        _deal(connection, number, number - deals, companies, today, rng)


def _deal(
    connection: sqlite3.Connection, number: int, closed: int, companies: int, today: date, rng: random.Random
) -> None:
    """One deal with its visits, touch and task; `closed` above 0 says the how-manieth closed one it is."""
    company = rng.randrange(1, companies + 1)
    created = today - timedelta(days=rng.randrange(40, 200))
    stage = number % len(OPEN_STAGES) + 1 if closed <= 0 else _WON if closed % 2 else _LOST
    days_ago = rng.randrange(0, 12) if closed <= 0 else rng.randrange(0, 90)
    entered = max(today - timedelta(days=days_ago), created)
    amount = None if rng.random() < 0.05 else rng.randrange(500, 60_000) * 100
    close_date = None if rng.random() < 0.1 else today + timedelta(days=rng.randrange(-5, 360))
    connection.execute(
        "INSERT INTO deals (id, stage_id, name, amount, currency, close_date, company_id, source, position,"
        " created_at, entered_stage_at, closed_at, lost_reason) VALUES (?, ?, ?, ?, 'USD', ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            number,
            stage,
            f"{COMPANIES[company % 10]} {rng.choice(THINGS)} {number}",
            amount,
            close_date and close_date.isoformat(),
            company,
            rng.choice(("inbound", "referral", None)),
            number * _GAP,
            _instant(created),
            _instant(entered),
            _instant(entered) if closed > 0 else None,
            "price" if stage == _LOST else None,
        ),
    )
    visits = "INSERT INTO visits (deal_id, stage_id, entered_at, left_at) VALUES (?, ?, ?, ?)"
    if stage > 1:
        connection.execute(visits, (number, 1, _instant(created), _instant(entered)))
    connection.execute(visits, (number, stage, _instant(entered), None))
    touched = min(today, entered + timedelta(days=rng.randrange(0, 10)))
    connection.execute(
        "INSERT INTO touches (deal_id, kind, at, text) VALUES (?, ?, ?, 'spoke with them')",
        (number, rng.choice(("call", "email", "meeting")), _instant(touched)),
    )
    if closed <= 0 and rng.random() < 0.7:
        due = None if rng.random() < 0.1 else today + timedelta(days=rng.randrange(-1, 30))
        connection.execute(
            "INSERT INTO tasks (deal_id, title, due_on, created_at) VALUES (?, ?, ?, ?)",
            (number, rng.choice(STEPS), due and due.isoformat(), _instant(created)),
        )
    if rng.random() < 0.2:
        connection.execute(
            "INSERT INTO tags (deal_id, name) VALUES (?, ?)", (number, rng.choice(("eu", "us", "vip")))
        )


def _insert(connection: sqlite3.Connection, table: str, rows: Sequence[Row]) -> None:
    marks = ", ".join("?" * len(rows[0]))
    connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)


def _instant(day: date) -> str:
    return f"{day.isoformat()}T00:00:00.000Z"


def deal_names(path: Path) -> Iterator[str]:
    """The names of the open deals in a file, in the order of the board."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        query = "SELECT name FROM deals WHERE closed_at IS NULL ORDER BY stage_id, position, id"
        for (name,) in connection.execute(query):
            yield name
