"""The journal. Only triggers and plain SQL write it."""

from typing import Any, ClassVar

from store.models.row import Row, key, link, maybe_link, maybe_text, text


class ActionRow(Row, table=True):
    """One entry of the journal: what was done, and what undo and redo would reverse after it."""

    __tablename__: ClassVar[Any] = "actions"
    id: int | None = key()
    at: str = text()
    kind: str = text()
    title: str = text()
    target_id: int | None = maybe_link("actions.id")
    undo_id: int | None = maybe_link("actions.id")
    redo_id: int | None = maybe_link("actions.id")
    below_undo_id: int | None = maybe_link("actions.id")
    below_redo_id: int | None = maybe_link("actions.id")


class ChangeRow(Row, table=True):
    """One row that an action changed, before and after, as JSON; the triggers write it, nobody else."""

    __tablename__: ClassVar[Any] = "changes"
    id: int | None = key()
    action_id: int = link("actions.id")
    table_name: str = text()
    row_id: int
    before: str | None = maybe_text()
    after: str | None = maybe_text()
