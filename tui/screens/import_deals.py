"""The preview of an import: what was understood of a file, put right where it was not, and imported."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.getters import query_one
from textual.screen import Screen

from store import (
    Done,
    ImportOptions,
    ImportPreview,
    ImportRefused,
    UnknownEncoding,
    preview_import,
    printable,
    read_table,
)
from tui.format import counted
from tui.import_choices import ImportChoices
from tui.importing import carry_out, changes_anything, file_bytes, made_of, stamp_of
from tui.keys import bindings
from tui.keys_import import IMPORT
from tui.messages import CommandFailed
from tui.screens.import_changes import ImportChanges
from tui.screens.import_picking import HEIGHTS
from tui.settings import local_currency
from tui.widgets.board_layout import outer_margin
from tui.widgets.import_rows import import_rows, progress_row
from tui.widgets.import_spots import first_to_change, hinders, hindrances
from tui.widgets.key_hints import KeyHints
from tui.widgets.page_title import PageTitle, Title
from tui.widgets.row_line import text_line
from tui.widgets.row_list import Row, RowList
from tui.widgets.still import Still

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from store import ImportPlan, Store, Table
    from tui.context import Context
    from tui.keys import Command

_STEPS: Final = 100
"""The progress is drawn at most so often."""


class _Looked(NamedTuple):
    """What a look at the file found: what is understood of it, what its deals come to, and when it was written."""

    preview: ImportPreview
    made: list[str]
    stamp: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Left:
    """How the preview was left: with what there is to say, to take another file, or because it is imported."""

    words: str = ""
    other_file: bool = False
    imported: bool = False


class ImportDealsScreen(ImportChanges, Still, Screen[Left]):
    """Holds the table of a file and what was said about it. After each change the store makes the plan anew, which is
    what is shown; nothing is written before the import itself."""

    DEFAULT_CSS = """
    ImportDealsScreen {
        background: $background;
        &.-tall RowList { margin-top: 1; }
    }
    """

    VERTICAL_BREAKPOINTS = HEIGHTS

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(IMPORT)]

    rows = query_one(RowList)
    title_line = query_one(PageTitle)
    hints = query_one(KeyHints)

    def __init__(self, context: Context, path: Path) -> None:
        super().__init__()
        self.context = context
        self.path = path
        self.preview: ImportPreview | None = None
        self._table: Table | None = None
        self._asked: set[str] = set()
        self._writing = False
        self._made: list[str] = []
        self._stamp: tuple[int, int] | None = None
        """When the file was written that is shown, and its size."""
        self.encoding = None
        self._sound: tuple[str | None, ImportChoices]
        """The encoding and the choices that the preview is made with."""
        currency = context.settings.currency or local_currency()
        self._usual = ImportOptions(usual_pipeline=context.pipeline.name, new_currency=currency)
        self.choices = ImportChoices(self._usual)

    @property
    def palette_commands(self) -> tuple[Command, ...]:
        """What the command palette offers here."""
        return self.context.keys(IMPORT)

    def compose(self) -> ComposeResult:
        """Which file, what is understood of it, the keys."""
        yield PageTitle()
        yield RowList([Row(line=text_line(f"reading {self.path.name}…"))])
        yield KeyHints(self.palette_commands)

    def on_mount(self) -> None:
        """Read the file in the store's thread, where the plan is made too."""
        self.title_line.title = Title("Import", ((self.path.name, "name"),))
        self.rows.focus()
        self.read_anew("")

    def on_resize(self) -> None:
        """Columns follow the width."""
        self._show()

    # The plan

    def read_anew(self, told: str) -> None:
        """Make the plan anew; when it is shown, tell what happened, if anything did. What was said of a file in which
        other columns are now is forgotten."""
        path, table, encoding, stamp = self.path, self._table, self.encoding, self._stamp
        options, usual, clock = self.choices.options, self._usual, self.context.clock
        before = self.preview.table.headers if self.preview else None

        def look(store: Store) -> _Looked | ImportRefused:
            try:
                written = stamp if table else stamp_of(path)
                there = table or read_table(file_bytes(path), printable(path.name), encoding=encoding)
            except ImportRefused as refused:
                return refused
            meant = options if before in (None, there.headers) else usual
            found = preview_import(store, there, meant, clock.today(), clock.now())
            return _Looked(found, made_of(found.plan) if found.plan else [], written)

        def shown(found: _Looked | ImportRefused) -> None:
            if not self.is_attached:
                return
            if isinstance(found, ImportRefused):
                self._refused(found)
            elif self.choices.options == options:
                if found.preview.options != options:
                    self.choices = ImportChoices(usual)
                self._made, self._stamp = found.made, found.stamp
                self._took(found.preview)
                if told:
                    self.tell(told)

        self.context.gateway.read(look, shown)

    def _refused(self, refused: ImportRefused) -> None:
        """The file cannot be read, in the encoding that was said or at all: what is shown of it already stays."""
        if isinstance(refused, UnknownEncoding) or (self.preview and self.encoding != self._sound[0]):
            self.ask_encoding(refused.problem)
        else:
            self.keep_encoding(refused.problem)
            if self.preview is not None:
                self.tell(refused.problem, wrong=True)

    def change_encoding(self, encoding: str | None) -> None:
        """Read the file anew, as a text in another encoding: columns and values are others then."""
        self.encoding, self._table = encoding, None
        self.choices = ImportChoices(self._usual)
        self.read_anew("")

    def keep_encoding(self, problem: str) -> None:
        """What is shown stays as it is; a file of which nothing could be shown is left."""
        if self.preview is None:
            self.dismiss(Left(problem))
        else:
            (self.encoding, self.choices), self._table = self._sound, self.preview.table

    def action_read_again(self) -> None:
        """Read the file again, which was corrected meanwhile; what was said of it stays said."""
        if self.preview is not None and not self._writing:
            self._table = None
            self.read_anew(f"{printable(self.path.name)} is read again")

    def _took(self, found: ImportPreview) -> None:
        """Show what is understood now. Where the file does not tell the order of its dates, it is asked, once."""
        first = self._table is None and (self.preview is None or self.encoding != self._sound[0])
        self._table = found.table
        if first and self._take_up(found.table):
            return
        hindered = self.preview is None or hinders(self.preview, self.rows.cursor_key)
        spot = self.rows.cursor_key
        self.preview, self._sound = found, (self.encoding, self.choices)
        self._show()
        if (hindered and not hinders(found, spot)) or spot not in self.rows.keys:
            self._to_what_hinders(found)
        unasked = [each.column for each in found.unknown_orders if each.column not in self._asked]
        if unasked and self.is_active:
            self._asked.add(unasked[0])
            self.ask_dates(unasked[0])

    def _take_up(self, table: Table) -> bool:
        """Go on with what was said of the same file before it was left; whether anything was."""
        headers, options = self.context.unsaved_imports.get(self.path, ((), None))
        if options is None or headers != table.headers:
            return False
        self.choices.take(options)
        self.read_anew("what was said of this file before is taken up · u goes back")
        return True

    def _show(self) -> None:
        found = self.preview
        if found is None or self._writing:
            return
        width = self.app.size.width
        self.rows.show(import_rows(found, self._made, width - 2 * outer_margin(width), self.context.today))
        empty = f", {counted(found.table.empty_rows, 'empty row')}" if found.table.empty_rows else ""
        facts = (
            (found.table.name, "name"),
            (counted(len(found.table.rows), "row") + empty, "text"),
            (f"{found.delimiter} between the cells, {found.table.encoding}", "dim"),
        )
        self.title_line.title = Title("Import", facts)

    def _to_what_hinders(self, found: ImportPreview, *, always: bool = False) -> None:
        """The cursor goes to what has to be said first. Where the lines that tell why are out of view, it is told at
        the foot; if it is asked for, `always`."""
        self.rows.select(first_to_change(found))
        if found.plan is None and (always or self.rows.top):
            why, way_out = hindrances(found)[0]
            self.tell(f"{why} · {way_out}", wrong=True)
        else:
            self.hints.untell()

    def on_command_failed(self, event: CommandFailed) -> None:
        """Nothing was imported: say why, on what is there now."""
        if self._writing:
            self._writing = False
            self.read_anew("")
        super().on_command_failed(event)

    # The import

    def action_apply(self) -> None:
        """Import, if nothing hinders it; else say what would help. Of a file that was changed meanwhile show first what
        it says now."""
        found = self.preview
        if found is None or self._writing:
            return
        if stamp_of(self.path) != self._stamp:
            self._table = None
            self.read_anew(f"{printable(self.path.name)} was changed meanwhile: this is what it says now")
        elif found.plan is None:
            self._to_what_hinders(found, always=True)
        elif not changes_anything(found.plan):
            self.tell("There is nothing to import.", wrong=True)
        else:
            self._import(found.plan)

    def _import(self, plan: ImportPlan) -> None:
        self._writing = True
        gateway, backups, progress = self.context.gateway, self.context.backups, self._progress()

        def write(store: Store, now: datetime) -> Done:
            done = carry_out(store, plan, now, backups, progress)
            pipeline = plan.pipelines[0].id if len(plan.pipelines) == 1 else None
            if pipeline is None or pipeline == gateway.pipeline_id:
                return done
            gateway.pipeline_id = pipeline  # the board that is read next is this one's
            return replace(done, deal_ids=())

        def imported(done: Done) -> None:
            self.context.unsaved_imports.pop(self.path, None)
            gateway.remember("pipeline", str(gateway.pipeline_id))
            self.dismiss(Left(imported=True))

        gateway.write(write, " · ".join(["{}", *self._made, "u undoes it"]), then=imported)

    def _progress(self) -> Callable[[int, int], None]:
        """Told from the store's thread how many of how many deals are written; drawn a hundred times at most."""
        loop, shown = asyncio.get_running_loop(), 0

        def told(done: int, total: int) -> None:
            nonlocal shown
            step = _STEPS * done // max(total, 1)
            if step != shown:
                shown = step
                loop.call_soon_threadsafe(self.call_later, self._show_progress, done, total)

        return told

    def _show_progress(self, done: int, total: int) -> None:
        if self._writing:
            width = self.app.size.width
            room = width - 2 * outer_margin(width)
            self.rows.show([Row(line=text_line("importing…", "name")), progress_row(done, total, room)])

    # The user

    def action_file(self) -> None:
        """Another file."""
        self._leave(Left(other_file=True))

    def action_leave(self) -> None:
        """Leave; nothing is imported. What was said of the file is kept for when it is chosen again."""
        self._leave(Left())

    def _leave(self, how: Left) -> None:
        if self._table is not None and self.choices.options != self._usual:
            self.context.unsaved_imports[self.path] = (self._table.headers, self.choices.options)
        else:
            self.context.unsaved_imports.pop(self.path, None)
        self.dismiss(how)

    def action_help(self) -> None:
        """The keys of this screen."""
        from tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen("Keys of an import", self.palette_commands))
