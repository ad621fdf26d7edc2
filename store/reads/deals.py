"""Deals by id, deals of a pipeline as a list, and the deal that somebody means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from store.errors import Ambiguous, NotFound
from store.reads.pipelines import pipeline
from store.reads.rows import DEAL_COLUMNS, DEAL_SOURCE, STAGE_COLUMNS, DealBuilder, Row, stage_of
from store.views import Deal

if TYPE_CHECKING:
    import sqlite3

_BY_IDS: Final = f"""
    SELECT {DEAL_COLUMNS}, {STAGE_COLUMNS} {DEAL_SOURCE} JOIN stages AS s ON s.id = d.stage_id
    WHERE d.id IN (SELECT value FROM json_each(?)) AND d.deleted_at IS NULL
"""
_STAGE_AT: Final = 24
"""Where the columns of the stage begin in such a row."""

_OF_PIPELINE: Final = f"""
    SELECT {DEAL_COLUMNS} {DEAL_SOURCE}
    WHERE d.stage_id IN (SELECT id FROM stages WHERE pipeline_id = ? AND outcome IN ({{outcomes}}))
        AND d.deleted_at IS NULL
    ORDER BY d.stage_id, d.closed_at DESC, d.position, d.id
"""

_NAMED: Final = """
    SELECT d.id, d.name, s.name, s.outcome = 'open' FROM deals AS d JOIN stages AS s ON s.id = d.stage_id
    WHERE d.deleted_at IS NULL AND s.pipeline_id = ifnull(?, s.pipeline_id) ORDER BY d.id
"""
_CANDIDATES: Final = 9
"""At most so many are named in a message."""


def deals(connection: sqlite3.Connection, ids: Iterable[int], today: date) -> tuple[Deal, ...]:
    """The deals with these ids as of `today`, in the order of `ids`, in one statement.

    Deals that do not exist or are deleted are left out; an id that is given twice comes once.
    """
    wanted = list(dict.fromkeys(ids))
    rows: list[Row] = connection.execute(_BY_IDS, (f"[{','.join(map(str, wanted))}]",)).fetchall()
    stages = {row[2]: stage_of(row[_STAGE_AT:]) for row in rows}
    found = {deal.id: deal for deal in DealBuilder(stages, today).build(rows)}
    return tuple(found[key] for key in wanted if key in found)


def list_deals(
    connection: sqlite3.Connection, pipeline_id: int | None, today: date, closed: bool = False
) -> tuple[Deal, ...]:
    """The open deals of a pipeline (the first one for `None`) in the board's order, stage by stage.

    With `closed` also all that were won or lost, at any time, in their stages' places, the newest first.
    `NotFound` when there is no such pipeline.
    """
    outcomes = "'open', 'won', 'lost'" if closed else "'open'"
    shown = pipeline(connection, pipeline_id)
    stages = {stage.id: stage for stage in shown.stages}
    rows = connection.execute(_OF_PIPELINE.format(outcomes=outcomes), (shown.id,))
    found = DealBuilder(stages, today).build(rows)
    place = {stage_id: index for index, stage_id in enumerate(stages)}
    return tuple(sorted(found, key=lambda deal: place[deal.stage_id]))


def find_deal(connection: sqlite3.Connection, text: str, pipeline_id: int | None = None) -> int:
    """The id of the deal that `text` means: its number ("12", "#12"), else its name.

    A name is matched like the names of stages (`store.rules.naming`): the whole name of an open deal, then of a closed
    one, then parts of the names of open deals, then of closed ones. `pipeline_id` looks among the deals of that
    pipeline only, except by number. Raises `NotFound`, or `Ambiguous` with the candidates and their numbers.
    """
    number = text.strip().removeprefix("#")
    if number.isascii() and number.isdecimal() and len(number) < 19:
        row = connection.execute(
            "SELECT id FROM deals WHERE id = ? AND deleted_at IS NULL", (int(number),)
        ).fetchone()
        if row is not None:
            return int(number)
    return _named(text, connection.execute(_NAMED, (pipeline_id,)).fetchall())


def _named(text: str, rows: Sequence[tuple[int, str, str, int]]) -> int:
    # Loaded here: only the command line finds deals by name.
    from store.rules.naming import fitting
    from store.text import quoted

    if not rows:
        raise NotFound("There is no deal yet.")
    groups = [row for row in rows if row[3]], [row for row in rows if not row[3]]
    for whole in (True, False):
        for group in groups:
            found = [group[index] for index in fitting(text, [row[1] for row in group], whole=whole)]
            if len(found) == 1:
                return found[0][0]
            if found:
                listed = ", ".join(f"#{row[0]} {row[1]} ({row[2]})" for row in found[:_CANDIDATES])
                more = f" and {len(found) - _CANDIDATES} more" if len(found) > _CANDIDATES else ""
                raise Ambiguous(
                    f"{quoted(text)} fits more than one deal: {listed}{more}; name one by its number."
                )
    raise NotFound(f"No deal is called {quoted(text)}; see them all with: deals list --all")
