"""What all models are made of: the base class and the kinds of columns."""

from typing import Any

from sqlalchemy import Text
from sqlmodel import Field, SQLModel


class Row(SQLModel, defer_build=True):
    """A row of a table. Nothing is validated, so the validator of each class is not built until somebody asks for it.

    The modules of the models do without postponed annotations: those would be compiled again, class by class.
    """


def key() -> Any:
    """The primary key; SQLite gives it."""
    return Field(default=None, primary_key=True)


def link(column: str) -> Any:
    """The key of a row of another table: `column` is `table.id`."""
    return Field(foreign_key=column)


def maybe_link(column: str) -> Any:
    """The same, or nothing."""
    return Field(default=None, foreign_key=column)


def text() -> Any:
    """A text."""
    return Field(sa_type=Text)


def maybe_text() -> Any:
    """A text, or nothing."""
    return Field(default=None, sa_type=Text)


def note() -> Any:
    """A text that may be empty, and is at first."""
    return Field(default="", sa_type=Text)
