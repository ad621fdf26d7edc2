"""What every command is given: the file, the day it counts as, and where to read and write.

Every command pays for what is imported here, so that is little.
"""

from __future__ import annotations

import os
import re
import sys
from argparse import Namespace
from collections.abc import Iterable
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, TextIO

from store import StoreUnusable, open_store
from tui.clock import YEARS, Clock, refuse_impossible_clock
from tui.commands import CommandError, UsageError
from tui.paths import Database, backup_folder, config_file, database

if TYPE_CHECKING:
    from store import Pipeline, Store
    from tui.settings import Settings

_ISO_DAY: Final = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"


class Context:
    """The surroundings of one command."""

    def __init__(self, file: Database, clock: Clock, pipeline: str | None, json: bool) -> None:
        self.file = file
        self.clock = clock
        self.pipeline = pipeline
        """What `--pipeline` said."""
        self.json = json
        self.keeps_backups = True
        """Whether the file is worth a backup: not one that is thrown away."""
        self._told: set[str] = set()
        self.out: TextIO = sys.stdout or _nowhere()
        self.err: TextIO = sys.stderr or _nowhere()

    @classmethod
    def of(cls, args: Namespace) -> Context:
        """The surroundings that the options of every command ask for. Raises `UsageError`."""
        day = None if args.today is None else _day(args.today)
        return cls(database(args.db), Clock(day), args.pipeline, args.json)

    def tell_problems(self, problems: Iterable[str]) -> None:
        """What is wrong in the config file, each once."""
        for problem in problems:
            if problem not in self._told:
                self._told.add(problem)
                self.tell(problem)

    @property
    def today(self) -> date:
        """The day it counts as, in the user's calendar."""
        return self.clock.today()

    @property
    def now(self) -> datetime:
        """The instant a change is dated with: aware UTC, on the day it counts as."""
        return self.clock.now()

    @cached_property
    def settings(self) -> Settings:
        """What the config file says; what is wrong in it is told."""
        from tui.settings import load

        settings = load(config_file())
        self.tell_problems(settings.problems)
        return settings

    @property
    def interactive(self) -> bool:
        """Whether somebody is there to be asked."""
        return sys.stdin is not None and sys.stdin.isatty() and self.err.isatty()

    @property
    def on_screen(self) -> bool:
        """Whether the board can be opened: a terminal on both sides, and one that can place text."""
        return (
            sys.stdin is not None
            and sys.stdin.isatty()
            and self.out.isatty()
            and os.environ.get("TERM", "") not in ("dumb", "unknown")
        )

    @property
    def opens_the_app(self) -> bool:
        """Whether a command that opens the app does so, and does not print."""
        return self.on_screen and not self.json

    def ask(self, question: str) -> str | None:
        """The answer to `question`, stripped; `None` when nobody is there or nothing more comes."""
        if not self.interactive:
            return None
        from tui.commands.cells import one_line

        self.err.write(f"{one_line(question)} ")
        self.err.flush()
        line = sys.stdin.readline()
        return line.strip() if line else None

    def say(self, line: str) -> None:
        """One line of result."""
        from tui.commands.cells import one_line

        self.out.write(f"{one_line(line)}\n")

    def tell(self, line: str) -> None:
        """One line beside the result, on stderr."""
        from tui.commands.cells import one_line

        self.err.write(f"{one_line(line)}\n")

    def print_json(self, value: Any) -> None:
        """`value` as JSON: on one line for programs, indented for a terminal. Only ASCII, whatever the names hold."""
        from json import dumps

        self.out.write(f"{dumps(value, indent=2 if self.out.isatty() else None)}\n")

    def open_store(self, create: bool = False) -> Store:
        """The store on the file, opened; what is first written to it on a day is preceded by a backup.

        Raises `CommandError` when there is no file and `create` is off.
        """
        if not create and not self.file.is_there():
            raise CommandError(self.no_file())
        store = self._opened(create)
        store.before_writing(self._before_writing)
        return store

    def _opened(self, create: bool) -> Store:
        try:
            return open_store(self.file.path, create=create)
        except StoreUnusable:
            # Perhaps only older than this version. Where backups go is asked for just then: it takes a while.
            return open_store(self.file.path, create=create, backup_dir=backup_folder())

    def _before_writing(self) -> None:
        """The day's backup, which is no reason for a command to fail, but where the file is found to be damaged: what
        is written to it may be lost, and more with it. The real day counts, not that of `--today`."""
        from store import StoreDamaged, StoreError, back_up_daily

        refuse_impossible_clock()

        try:
            back_up_daily(self.file.path, backup_folder(), Clock().today())
        except StoreDamaged:
            raise
        except StoreError as error:
            self.tell(f"deals: There is no backup of today. {error}")

    def pipeline_in(self, store: Store) -> Pipeline:
        """The pipeline that `--pipeline` names, else the first one."""
        pipelines = store.read.pipelines()
        if not pipelines:
            raise CommandError(f"There is no pipeline in {self.file.path} yet; make one with: deals init")
        if self.pipeline is None:
            return pipelines[0]
        from store import pick

        return pipelines[pick(self.pipeline, [pipeline.name for pipeline in pipelines], "pipeline")]

    def was_there(self) -> bool:
        """Whether the file is there, or was once: there are backups of it."""
        if self.file.is_there():
            return True
        from tui.commands.way_back import has_backups

        return has_backups(self.file.path)

    def no_file(self) -> str:
        """What to say when the file is not there: how to make it, or how to get one back that was there."""
        from tui.commands.way_back import newest_backup

        if found := newest_backup(self.file.path):
            return f"There is no file {self.file.path}. {found}"
        if self.file.origin == "default":
            return f"There are no deals yet ({self.file.path} is not there); start with: deals init"
        from shlex import quote

        return (
            f"There is no file {self.file.path}; make it with: deals init --db {quote(str(self.file.path))}"
        )


def _day(text: str) -> date:
    try:
        if re.fullmatch(_ISO_DAY, text) and int(text[:4]) in YEARS:
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise UsageError(f'--today takes a day such as 2026-11-20, not "{text}".')


def _nowhere() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123  # for the rest of the process
