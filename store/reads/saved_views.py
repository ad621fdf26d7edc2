"""The saved views."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.views import SavedView, Sort

if TYPE_CHECKING:
    import sqlite3


def saved_views(connection: sqlite3.Connection) -> tuple[SavedView, ...]:
    """All saved views in the order in which they were made. An order of cards that this version does not know is the
    founder's own."""
    rows = connection.execute("SELECT id, name, filter, sort FROM saved_views ORDER BY position, id")
    known = {sort.value: sort for sort in Sort}
    return tuple(SavedView(key, name, text, known.get(sort, Sort.ORDER)) for key, name, text, sort in rows)
