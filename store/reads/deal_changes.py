"""How the fields of one deal changed, out of the journal."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from store.instants import parse_instant
from store.money import Money
from store.views import ChangedField, FieldChange

if TYPE_CHECKING:
    import sqlite3

Row = dict[str, Any]
Value = str | int | date | Money | None


def deal_changes(connection: sqlite3.Connection, deal_id: int) -> tuple[FieldChange, ...]:
    """The changes of the deal's fields that hold, the newest first; what one action changed twice counts once.

    A change that was undone does not hold, nor does the undo; one that was done again does, as of when it was first
    made. A probability or a snooze that a move ended is the move's, not a change of its own.
    """
    rows = connection.execute(
        "SELECT c.action_id, a.at, a.target_id, c.before, c.after FROM changes AS c"
        " JOIN actions AS a ON a.id = c.action_id"
        " WHERE c.table_name = 'deals' AND c.row_id = ? ORDER BY c.id",
        (deal_id,),
    ).fetchall()
    reversed_ids = _reversed((action_id, target_id) for action_id, _, target_id, _, _ in rows)
    made: dict[tuple[int, ChangedField], FieldChange] = {}
    for action_id, at, target_id, before, after in rows:
        if target_id is None and action_id not in reversed_ids and before and after:
            for change in _changes(parse_instant(at), _row(before), _row(after)):
                first = made.get((action_id, change.field), change)
                made[action_id, change.field] = FieldChange(
                    change.at, change.field, first.before, change.after
                )
    changes = [change for change in reversed(made.values()) if change.before != change.after]
    return tuple(_with_companies(connection, changes))


def _with_companies(connection: sqlite3.Connection, changes: Sequence[FieldChange]) -> Iterator[FieldChange]:
    """The changes with the names of companies for their ids: as they are called now, or were when they were deleted."""
    ids = {
        key
        for change in changes
        if change.field is ChangedField.COMPANY
        for key in (change.before, change.after)
        if key is not None
    }
    names = dict(connection.execute(_COMPANY_NAMES, (json.dumps(sorted(map(str, ids))),))) if ids else {}
    for change in changes:
        if change.field is ChangedField.COMPANY:
            yield replace(change, before=names.get(str(change.before)), after=names.get(str(change.after)))
        else:
            yield change


_COMPANY_NAMES: Final = """
    SELECT wanted.value, ifnull(
        (SELECT name FROM companies WHERE id = CAST(wanted.value AS INTEGER)),
        (SELECT CASE WHEN json_valid(before) THEN json_extract(before, '$.name') END FROM changes
            WHERE table_name = 'companies' AND row_id = CAST(wanted.value AS INTEGER) AND after IS NULL
            ORDER BY id DESC LIMIT 1)
    ) FROM json_each(?) AS wanted
"""


def _reversed(actions: Iterable[tuple[int, int | None]]) -> set[int]:
    """The actions that an undo or a redo reversed which was not reversed itself."""
    gone: set[int] = set()
    for action_id, target_id in sorted(set(actions), key=lambda action: action[0], reverse=True):
        if target_id is not None and action_id not in gone:
            gone.add(target_id)
    return gone


def _row(text: str) -> Row | None:
    """A row of the journal; `None` for one that cannot be read: another program put a character there that no command
    of ours lets in."""
    try:
        row: Row = json.loads(text, strict=False)
    except ValueError:
        return None
    return row


def _changes(at: datetime, before: Row | None, after: Row | None) -> Iterator[FieldChange]:
    if before is None or after is None:
        return
    moved = before["stage_id"] != after["stage_id"]
    for field, value in _VALUES.items():
        was, is_now = value(before), value(after)
        if was != is_now and not (moved and field in _ENDED_BY_A_MOVE):
            yield FieldChange(at, field, was, is_now)


def _amount(row: Row) -> Money | None:
    return None if row["amount"] is None else Money(row["amount"], row["currency"])


def _day(row: Row, column: str) -> date | None:
    return None if row[column] is None else date.fromisoformat(row[column])


_VALUES: Final[dict[ChangedField, Callable[[Row], Value]]] = {
    ChangedField.NAME: lambda row: row["name"],
    ChangedField.AMOUNT: _amount,
    ChangedField.CLOSE_DATE: lambda row: _day(row, "close_date"),
    ChangedField.COMPANY: lambda row: row["company_id"],
    ChangedField.PROBABILITY: lambda row: row["probability"],
    ChangedField.SNOOZE: lambda row: _day(row, "snoozed_until"),
}

_ENDED_BY_A_MOVE: Final = {ChangedField.PROBABILITY, ChangedField.SNOOZE}
