"""What must hold in every deals file, as questions: each gives the rows in which it does not. None of them changes
anything, and how many are asked does not depend on what is in the file.

A row that is given is `(id, name)`; the name is "" where rows have none. Only what all versions of the schema have is
asked for.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, NamedTuple

from store.triggers import columns_of, row_as_json
from store.views import Check

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

Found = tuple[int, str]


class Invariant(NamedTuple):
    """What is checked, how one row in which it does not hold is told of and how several are, and the question."""

    check: Check
    one: str
    many: str
    sql: str
    repairable: bool = True


VISITS: Final = """
    SELECT v.id, v.deal_id, v.entered_at, v.left_at,
        lead(v.entered_at) OVER (PARTITION BY v.deal_id ORDER BY v.entered_at, v.left_at IS NULL, v.left_at, v.id)
            AS next_at
    FROM visits AS v
"""
"""The visits in their order, each with when the deal's next one began."""

FURTHEST_POSITION: Final = 2**62
"""Beyond it there is no room before or after a deal."""

INVARIANTS: Final = (
    Invariant(
        Check.DEALS,
        "deal without a present stay in a stage",
        "deals without a present stay in a stage",
        "SELECT d.id, d.name FROM deals AS d WHERE NOT EXISTS "
        "(SELECT 1 FROM visits AS v WHERE v.deal_id = d.id AND v.left_at IS NULL) ORDER BY d.id",
    ),
    Invariant(
        Check.DEALS,
        "deal in two stages at once",
        "deals in two stages at once",
        "SELECT d.id, d.name FROM deals AS d WHERE "
        "(SELECT count(*) FROM visits AS v WHERE v.deal_id = d.id AND v.left_at IS NULL) > 1 ORDER BY d.id",
    ),
    Invariant(
        Check.DEALS,
        "deal in another stage than its last stay",
        "deals in another stage than their last stay",
        "SELECT DISTINCT d.id, d.name FROM deals AS d JOIN visits AS v ON v.deal_id = d.id AND v.left_at IS NULL "
        "WHERE v.stage_id <> d.stage_id OR v.entered_at <> d.entered_stage_at ORDER BY d.id",
    ),
    Invariant(
        Check.DEALS,
        "deal that is closed without an end, or open with one",
        "deals that are closed without an end, or open with one",
        "SELECT d.id, d.name FROM deals AS d JOIN stages AS s ON s.id = d.stage_id "
        "WHERE (d.closed_at IS NULL) <> (s.outcome = 'open') ORDER BY d.id",
    ),
    Invariant(
        Check.DEALS,
        "deal with a lost reason that is not lost",
        "deals with a lost reason that are not lost",
        "SELECT d.id, d.name FROM deals AS d JOIN stages AS s ON s.id = d.stage_id "
        "WHERE s.outcome <> 'lost' AND (d.lost_reason IS NOT NULL OR d.lost_note <> '') ORDER BY d.id",
    ),
    Invariant(
        Check.DEALS,
        "stay in a stage that ended after the next one began",
        "stays in a stage that ended after the next one began",
        f"SELECT id, '' FROM ({VISITS}) WHERE next_at < left_at OR left_at < entered_at ORDER BY id",
    ),
    Invariant(
        Check.DEALS,
        "deal that has no place in its column",
        "deals that have no place in their column",
        f"SELECT id, name FROM deals WHERE position NOT BETWEEN -{FURTHEST_POSITION} AND {FURTHEST_POSITION} "
        "ORDER BY id",
    ),
    Invariant(
        Check.DEALS,
        "stage that has the place of another one",
        "stages that have the place of another one",
        "SELECT s.id, s.name FROM stages AS s JOIN stages AS other ON other.pipeline_id = s.pipeline_id "
        "AND other.position = s.position AND other.id < s.id GROUP BY s.id ORDER BY s.id",
    ),
    Invariant(
        Check.DEALS,
        "stage whose total is not the sum of its deals",
        "stages whose total is not the sum of their deals",
        # In whole numbers, and in two parts, which no number of amounts makes too large.
        "SELECT s.id, s.name FROM stages AS s LEFT JOIN "
        "(SELECT stage_id, count(*) AS deals, sum(amount / 1000000) AS high, sum(amount % 1000000) AS low "
        "FROM deals NOT INDEXED WHERE deleted_at IS NULL GROUP BY stage_id) AS held ON held.stage_id = s.id "
        "WHERE (ifnull(held.deals, 0), held.high, held.low) IS NOT (SELECT count(*), sum(amount / 1000000), "
        "sum(amount % 1000000) FROM deals WHERE stage_id = s.id AND deleted_at IS NULL) ORDER BY s.id",
    ),
    Invariant(
        Check.DEALS,
        "pipeline without an open, a won or a lost stage",
        "pipelines without an open, a won or a lost stage",
        "SELECT p.id, p.name FROM pipelines AS p WHERE "
        "(SELECT count(DISTINCT outcome) FROM stages WHERE pipeline_id = p.id) < 3 ORDER BY p.id",
        repairable=False,
    ),
    Invariant(
        Check.JOURNAL,
        "entry of the journal before which others are missing",
        "entries of the journal before which others are missing",
        "SELECT id, title FROM actions AS each WHERE (SELECT max(id) > count(*) FROM actions) AND id > 1 "
        "AND NOT EXISTS (SELECT 1 FROM actions WHERE id = each.id - 1) ORDER BY id",
        repairable=False,
    ),
    Invariant(
        Check.JOURNAL,
        "change in the journal before which others are missing",
        "changes in the journal before which others are missing",
        "SELECT id, '' FROM changes AS each WHERE (SELECT max(id) > count(*) FROM changes) AND id > 1 "
        "AND NOT EXISTS (SELECT 1 FROM changes WHERE id = each.id - 1) ORDER BY id",
        repairable=False,
    ),
    Invariant(
        Check.JOURNAL,
        "entry of the journal that does not go on from the one before",
        "entries of the journal that do not go on from the one before",
        """
        SELECT a.id, a.title FROM actions AS a
        LEFT JOIN actions AS last ON last.id = a.id - 1
        LEFT JOIN actions AS target ON target.id = a.target_id
        WHERE NOT CASE a.kind
            WHEN 'do' THEN a.target_id IS NULL AND a.below_redo_id IS NULL AND (
                (a.undo_id IS a.id AND a.below_undo_id IS last.undo_id AND a.redo_id IS NULL)
                OR (a.undo_id IS last.undo_id AND a.below_undo_id IS NULL AND a.redo_id IS last.redo_id)
                OR (a.undo_id IS NULL AND a.below_undo_id IS NULL AND a.redo_id IS NULL))
            WHEN 'undo' THEN ifnull(target.kind IN ('do', 'redo'), 0) AND target.id IS last.undo_id
                AND a.undo_id IS target.below_undo_id AND a.redo_id IS a.id AND a.below_undo_id IS NULL
                AND a.below_redo_id IS last.redo_id
            ELSE ifnull(target.kind = 'undo', 0) AND target.id IS last.redo_id
                AND a.undo_id IS a.id AND a.below_undo_id IS last.undo_id AND a.redo_id IS target.below_redo_id
                AND a.below_redo_id IS NULL
        END ORDER BY a.id
        """,
        repairable=False,
    ),
    Invariant(
        Check.JOURNAL,
        "entry of the journal that says nothing of what it changed",
        "entries of the journal that say nothing of what they changed",
        "SELECT id, title FROM actions AS a WHERE NOT EXISTS (SELECT 1 FROM changes WHERE action_id = a.id) "
        "ORDER BY id",
        repairable=False,
    ),
)
"""In the order in which they are told. The last ones are about the journal, which is only ever added to."""


def unjournalled(connection: sqlite3.Connection, table: str) -> Iterator[tuple[int, str | None, str | None]]:
    """The rows of a table that are not what the journal's newest change made of them: the id, the row as the journal
    has it and as it is, as JSON objects; `None` where it is not there. In one statement."""
    columns = columns_of(connection, table)
    if not columns:
        return
    present = row_as_json("t", columns)
    rows = connection.execute(
        f"""
        SELECT newest.row_id, c.after, CASE WHEN t.id IS NOT NULL THEN {present} END AS present
        FROM (SELECT row_id, max(id) AS id FROM changes WHERE table_name = ?1 GROUP BY row_id) AS newest
        JOIN changes AS c ON c.id = newest.id LEFT JOIN {table} AS t ON t.id = newest.row_id
        WHERE c.after IS NOT present
        UNION ALL
        SELECT t.id, NULL, {present} FROM {table} AS t
        WHERE NOT EXISTS (SELECT 1 FROM changes WHERE table_name = ?1 AND row_id = t.id)
        """,
        (table,),
    )
    for row_id, journalled, is_now in rows:
        if not _same(journalled, is_now, columns):
            yield row_id, journalled, is_now


def _same(journalled: str | None, present: str | None, columns: dict[str, str]) -> bool:
    """Whether two rows are the same but for columns that the schema got or lost after the change was written down."""
    if journalled is None or present is None:
        return journalled is present
    before, after = json.loads(journalled, strict=False), json.loads(present, strict=False)
    return all(after.get(name) == value for name, value in before.items() if name in columns)


def counters_behind(connection: sqlite3.Connection, tables: Sequence[str]) -> list[str]:
    """Those of the tables in which an id could be given twice. In one statement."""
    each = " UNION ALL ".join(
        f"SELECT '{table}' AS name, (SELECT max(id) FROM {table}) AS newest" for table in tables
    )
    rows = connection.execute(
        f"SELECT name, newest FROM ({each}) AS t WHERE newest > "
        "ifnull((SELECT max(seq) FROM sqlite_sequence AS s WHERE s.name = t.name), 0)"
    )
    return [name for name, _ in rows]
