"""How a stage is read, and how a list inside a row is: by itself, for what asks for no whole deal.

Lists inside a row are texts joined by characters that no stored text contains (`store.text` lets no control character
in); that is quicker to read than JSON, and a row without any has NULL.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from store.views import ChecklistItem, Outcome, Stage

BETWEEN: Final = "\x1f"
"""Stands between the entries of a list inside a row."""

WITHIN: Final = "\x1e"
"""Stands between the two halves of an entry."""

STAGE_COLUMNS: Final = """
    s.id, s.pipeline_id, s.name, s.probability, s.outcome, s.criterion, s.evidence_required,
    s.stuck_limit, s.dwell_limit
"""
"""What `stage_of` takes, in this order."""

Row = Sequence[Any]


def stage_of(row: Row, checklist: tuple[ChecklistItem, ...] = ()) -> Stage:
    """The stage of a row of `STAGE_COLUMNS`."""
    return Stage(
        row[0], row[1], row[2], row[3], Outcome(row[4]), row[5], bool(row[6]), row[7], row[8], checklist
    )


def entries(text: str, most: int) -> list[list[str]]:
    """The entries of a list inside a row: an id and `most` texts each.

    What is none is left out: a text that was put into the file past the door may hold the separator.
    """
    split = (entry.split(WITHIN, most) for entry in text.split(BETWEEN))
    return [parts for parts in split if len(parts) > most and parts[0].isdecimal()]
