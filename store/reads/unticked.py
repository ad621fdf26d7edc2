"""What deals would leave undone in the stage where they are."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from store.views import ChecklistItem

if TYPE_CHECKING:
    import sqlite3


def unticked(connection: sqlite3.Connection, ids: Sequence[int]) -> Mapping[int, tuple[ChecklistItem, ...]]:
    """The required items of the present stage's checklist that were not ticked in the present visit, by deal and in the
    checklist's order. A deal that has left nothing undone is not among them."""
    rows = connection.execute(
        """
        SELECT v.deal_id, c.id, c.title
        FROM visits AS v JOIN checklist_items AS c ON c.stage_id = v.stage_id AND c.required = 1
        WHERE v.left_at IS NULL AND v.deal_id IN (SELECT value FROM json_each(?))
            AND NOT EXISTS (SELECT 1 FROM ticks WHERE visit_id = v.id AND item_id = c.id)
        ORDER BY v.deal_id, c.position, c.id
        """,
        (json.dumps(list(ids)),),
    )
    found: dict[int, tuple[ChecklistItem, ...]] = {}
    for deal_id, item_id, title in rows:
        found[deal_id] = (*found.get(deal_id, ()), ChecklistItem(item_id, title, required=True))
    return found
