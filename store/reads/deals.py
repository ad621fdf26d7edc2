"""Deals by id, deals of a pipeline as a list, and the deal that somebody means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from store.errors import Ambiguous, NotFound
from store.reads.pipelines import pipeline
from store.reads.rows import DEAL_COLUMNS, DEALS, WHERE_IDS, DealBuilder
from store.reads.stage_rows import STAGE_COLUMNS, Row, stage_of
from store.views import Deal

if TYPE_CHECKING:
    import sqlite3

_BY_IDS: Final = f"""
    SELECT {DEAL_COLUMNS}, {STAGE_COLUMNS} FROM {DEALS} JOIN stages AS s ON s.id = d.stage_id
    {WHERE_IDS} (SELECT value FROM json_each(?))
"""
_STAGE_AT: Final = 21
"""Where the columns of the stage begin in such a row."""

_OF_PIPELINE: Final = f"""
    SELECT {DEAL_COLUMNS} FROM {DEALS} {WHERE_IDS} (
        SELECT id FROM deals WHERE deleted_at IS NULL
            AND stage_id IN (SELECT id FROM stages WHERE pipeline_id = ? AND (outcome = 'open' OR ?)))
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
    stages = {stage.id: stage for stage in (stage_of(row[_STAGE_AT:]) for row in rows)}
    found = {deal.id: deal for deal in DealBuilder(stages, today).build(row[:_STAGE_AT] for row in rows)}
    return tuple(found[key] for key in wanted if key in found)


def list_deals(
    connection: sqlite3.Connection, pipeline_id: int | None, today: date, closed: bool = False
) -> tuple[Deal, ...]:
    """The open deals of a pipeline (the first one for `None`) in the board's order, stage by stage.

    With `closed` also all that were won or lost, at any time, in their stages' places.
    `NotFound` when there is no such pipeline.
    """
    shown = pipeline(connection, pipeline_id)
    rows: list[Row] = connection.execute(_OF_PIPELINE, (shown.id, closed)).fetchall()
    found = DealBuilder({stage.id: stage for stage in shown.stages}, today).build(rows)
    stages = {stage.id: index for index, stage in enumerate(shown.stages)}
    found.sort(key=lambda deal: (stages[deal.stage_id], deal.position, deal.id))
    return tuple(found)


def find_deal(connection: sqlite3.Connection, text: str, pipeline_id: int | None = None) -> int:
    """The id of the deal that `text` means: its number ("12", "#12"), else its name.

    That is the whole name of an open deal, else of a closed one, else a part of the name of an open deal, else of a
    closed one. A part counts wherever it stands in a name, as nobody should have to guess which deal of several is
    meant. `pipeline_id` looks among the deals of that pipeline only, except by number. Raises `NotFound`, or
    `Ambiguous` with the candidates and their numbers.
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
    from store.rules.naming import called, holding
    from store.text import quoted

    if not rows:
        raise NotFound("There is no deal yet.")
    groups = [row for row in rows if row[3]], [row for row in rows if not row[3]]
    for fitting in (called, holding):
        for group in groups:
            found = [group[index] for index in fitting(text, [row[1] for row in group])]
            if len(found) == 1:
                return found[0][0]
            if found:
                listed = ", ".join(f"#{row[0]} {row[1]} ({row[2]})" for row in found[:_CANDIDATES])
                more = f" and {len(found) - _CANDIDATES} more" if len(found) > _CANDIDATES else ""
                raise Ambiguous(
                    f"{quoted(text)} fits more than one deal: {listed}{more}; name one by its number."
                )
    raise NotFound(f"No deal is called {quoted(text)}; see them all with: deals list --all")
