"""The commands about saved views: filters and orders of cards that go by a name."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from store.drafts import name_of
from store.errors import InvalidInput, NameTaken, NotFound
from store.journal import Journal
from store.models import SavedViewRow
from store.rules.naming import fold
from store.rules.words import LONGEST_LINE
from store.text import clean_line
from store.views import Done, Sort


class SavedViews:
    """What can be done to saved views. One that is not there raises `NotFound`."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def save(self, name: str, text: str, sort: Sort, now: datetime) -> Done:
        """Keep the filter `text` and the order `sort` under a name; `made_id` is the view's id.

        A view of that name, whatever its case and accents, is replaced and keeps its place. Raises `InvalidInput` for
        no name, and for a filter that is too long to be read.
        """
        name, text = name_of(name, "view name"), clean_line(text)
        if len(text) > LONGEST_LINE:
            raise InvalidInput(
                f"The filter has {len(text):,} characters; at most {LONGEST_LINE:,} are read.", "filter"
            )
        with self._journal.changing(now) as change:
            session = change.session
            row = _named(session, name)
            if row is None:
                last = session.exec(select(func.max(SavedViewRow.position))).one()
                row = SavedViewRow(name=name, filter=text, sort=sort.value, position=(last or 0) + 1)
                change.record(f"save the view {name}")
                session.add(row)
            elif (row.name, row.filter, row.sort) != (name, text, sort.value):
                change.record(f"edit the view {name}")
                row.name, row.filter, row.sort = name, text, sort.value
            session.flush()
            return change.done(made_id=row.id)

    def rename(self, view_id: int, name: str, now: datetime) -> Done:
        """Give a view another name; `NameTaken` for that of another one."""
        name = name_of(name, "view name")
        with self._journal.changing(now) as change:
            row = _row(change.session, view_id)
            if row.name != name:
                other = _named(change.session, name)
                if other is not None and other.id != view_id:
                    raise NameTaken(f"There is a view named {other.name} already; choose another name.")
                change.record(f"rename the view {row.name} to {name}")
                row.name = name
            return change.done(made_id=view_id)

    def delete(self, view_id: int, now: datetime) -> Done:
        """Forget a view; undo brings it back."""
        with self._journal.changing(now) as change:
            row = _row(change.session, view_id)
            change.record(f"delete the view {row.name}")
            change.session.delete(row)
            return change.done()


def _row(session: Session, view_id: int) -> SavedViewRow:
    if (row := session.get(SavedViewRow, view_id)) is None:
        raise NotFound(f"There is no saved view {view_id}; it was deleted meanwhile.")
    return row


def _named(session: Session, name: str) -> SavedViewRow | None:
    """The view that goes by `name`, as people read it."""
    views = session.exec(select(SavedViewRow).order_by(col(SavedViewRow.position)))
    return next((row for row in views if fold(row.name) == fold(name)), None)
