"""What the gateway tells the screens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from store import Board, Deal, Done


@dataclass
class DealsChanged(Message, bubble=False):
    """A command is committed; these deals, as they are now, and these that are no longer there."""

    done: Done
    deals: tuple[Deal, ...]
    gone: tuple[int, ...]
    told: str
    """One line for the founder: what happened."""


@dataclass
class BoardChanged(Message, bubble=False):
    """The board was read anew: after a change too wide to patch, by another program, or on another day."""

    board: Board
    told: str = ""
    elsewhere: str = ""
    """The same where another program changed the file: what was told before may be true no more."""


@dataclass
class CommandFailed(Message, bubble=False):
    """A command was refused or could not be written, and nothing of it was kept; or a read failed."""

    why: str
    busy: bool = False
    """Whether another program held the file for too long."""
