"""What every screen needs to do its work, handed to it when it is made."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from tui.keys import remapped

if TYPE_CHECKING:
    from pathlib import Path

    from store import ImportOptions, Pipeline
    from tui.clock import Clock
    from tui.gateway import Gateway
    from tui.keys import Command
    from tui.settings import Settings


@dataclass(slots=True)
class Context:
    """The one set of things that the screens of a run share.

    `pipeline` is the one on the board; `unsaved_notes` keeps what was typed and left, by the deals it is about.
    """

    gateway: Gateway
    clock: Clock
    settings: Settings
    pipeline: Pipeline
    board_keys: tuple[Command, ...]
    wear: Callable[[str], None]
    """Puts on a theme and remembers it."""
    unsaved_notes: dict[tuple[int, ...], str] = field(default_factory=dict)
    unsaved_forms: dict[int, Mapping[str, str]] = field(default_factory=dict)
    """By deal, the fields of an edit form that was left, as they were typed."""
    unsaved_people: dict[tuple[int, int | None], Mapping[str, str]] = field(default_factory=dict)
    """The same of the form of a person, by deal (0: none) and person (`None`: somebody new)."""
    unsaved_companies: dict[int | None, Mapping[str, str]] = field(default_factory=dict)
    """The same of the form of a company."""
    unsaved_lines: dict[Hashable, str] = field(default_factory=dict)
    """The answers of one line that the store refused, by what was asked and what about."""
    unsaved_imports: dict[Path, tuple[tuple[str, ...], ImportOptions]] = field(default_factory=dict)
    """By file, its columns and what was said of it when its import was left."""
    backups: Path | None = None
    """Where the backup before an import goes; `None` for a file that is not worth one."""

    def keys(self, commands: Iterable[Command]) -> tuple[Command, ...]:
        """A screen's commands with the keys that the config file gives them."""
        return remapped(commands, self.settings.keys)

    @property
    def today(self) -> date:
        """The day it counts as."""
        return self.clock.today()
