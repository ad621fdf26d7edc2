"""Changing the fields, tasks and touches of a deal where they stand, and its notes, in a sheet or an editor."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported
from textual.geometry import Region

from store import DealPage, DealPatch, InvalidInput, instant_text, local_day, short_date
from tui.editor import EditorFailed, edited, editor_command
from tui.screens.line_editing import LineEdits
from tui.widgets.deal_rows import LABEL, Spot
from tui.widgets.row_list import RowList
from tui.widgets.timeline_rows import INDENT

if TYPE_CHECKING:
    from store import Touch
    from tui.gateway import Write
    from tui.screens.in_place import InPlaceScreen
    from tui.screens.typed_line import Line
    from tui.screens.writing import Written


class EditActions(LineEdits):
    """For the screen of one deal: it has a `page` and its `rows`."""

    page: DealPage
    rows: RowList

    @property
    def looked_at(self) -> RowList:
        """The list that has the keys."""
        raise NotImplementedError

    # Fields and tasks

    def line_screen(
        self, page: DealPage, spot: Spot, line: Line[Write | None]
    ) -> InPlaceScreen[Write | None]:
        """A line in the place of that row."""
        from tui.screens.in_place import InPlaceScreen

        if page is not self.page:
            self.show_page(page)
        return InPlaceScreen(lambda: self._place_of(spot), line)

    def _place_of(self, spot: Spot) -> tuple[Region, int]:
        """Where the words of a row stand on the screen, and where their list begins."""
        rows, label = (self.looked_at, INDENT) if spot.kind == "touch" else (self.rows, LABEL)
        margin = (rows.size.width - rows.room) // 2
        number = next((at for at, row in enumerate(rows.rows) if row.key == spot), rows.top)
        y = max(0, min(number - rows.top, rows.size.height - 1))
        left = rows.region.x + margin + label - 1  # the line has a cell of room before its text
        return Region(left, rows.region.y + y, max(1, rows.room - label + 2), 1), rows.region.x

    def show_page(self, page: DealPage) -> None:
        """Show a page that was read."""
        raise NotImplementedError

    # Touches

    def edit_touch(self, spot: Spot) -> None:
        """A touch as its line; one of several lines in a sheet, which asks for its words only."""
        touch = next((touch for touch in self.page.touches if touch.id == spot.ref), None)
        if touch is None or "\n" not in touch.text:
            self.edit_line(self.page, spot)
            return
        from tui.screens.writing import NoteScreen

        deal_id, lines, question = self.page.deal.id, self.context.unsaved_lines, (self.page.deal.id, spot)

        def answered(written: Written | None) -> None:
            text = written.text if written is not None else touch.text
            lines.pop(question, None)
            if text.strip() and text != touch.text:
                lines[question] = text  # kept until it is saved
                if written is not None and written.save:
                    self.with_fresh_page(deal_id, lambda page: self._save_touch(page, touch, text))

        day = short_date(local_day(instant_text(touch.at)), self.context.today)
        title = f"{self.page.deal.name}: {touch.kind.value} of {day}"
        self.app.push_screen(NoteScreen(title, lines.get(question, touch.text)), answered)

    def _save_touch(self, fresh: DealPage, seen: Touch, text: str) -> None:
        if seen not in fresh.touches:
            self.show_page(fresh)
            self.tell("It was changed elsewhere meanwhile; yours is offered again by ⏎ on it.", wrong=True)
            return
        self.act(
            lambda store, now: store.touches.edit(seen.id, seen.kind, text, now),
            (fresh.deal.id,),
            lambda _: self.context.unsaved_lines.pop((fresh.deal.id, Spot("touch", seen.id)), None),
        )

    # Notes

    def edit_notes(self) -> None:
        """The notes in a sheet; what was typed and left is offered again."""
        from tui.screens.writing import NotesScreen

        deal, before = self.page.deal, self.page.notes
        typed = self.context.unsaved_forms.get(deal.id, {}).get("notes")

        def answered(written: Written | None) -> None:
            if written is None or written.text == before:
                self._forget_notes()
            elif written.save:
                self._save_notes(written.text, before)
            else:
                self._keep_notes(written.text)

        text = before if typed is None else typed
        self.app.push_screen(NotesScreen(f"Notes of {deal.name}", text), answered)

    def action_notes_in_editor(self) -> None:
        """The notes in the editor that `VISUAL` or `EDITOR` names."""
        before = self.page.notes
        typed = self.context.unsaved_forms.get(self.page.deal.id, {}).get("notes", before)
        try:
            text = self._in_editor(editor_command(os.environ), typed)
        except EditorFailed as error:
            self.tell(str(error), wrong=True)
        except SuspendNotSupported:
            self.tell("This terminal cannot be lent to an editor; edit the notes here with ⏎.", wrong=True)
        else:
            if text == before:
                self._forget_notes()
                self.tell("the notes are as they were")
            else:
                self._save_notes(text, before)

    def _in_editor(self, command: list[str], text: str) -> str:
        """The text as the editor leaves it. What went wrong is raised when the terminal is ours again, as Textual does
        not take it back from what raises while it is lent."""
        after: str | EditorFailed
        with self.app.suspend():
            try:
                after = edited(command, text)
            except EditorFailed as error:
                after = error
        if isinstance(after, EditorFailed):
            raise after
        return after

    def _save_notes(self, text: str, seen: str) -> None:
        """Save notes that were edited from `seen`; until they are saved they are kept, and offered again."""
        self._keep_notes(text)
        try:
            patch = DealPatch(notes=text)
        except InvalidInput as error:
            self.tell(f"{error} They are kept, and offered again by ⏎ on the notes.", wrong=True)
            return

        def save(fresh: DealPage) -> None:
            if fresh.notes != seen:
                self.show_page(fresh)
                self.tell(
                    "The notes were changed elsewhere; yours are offered again by ⏎ on the notes.", wrong=True
                )
                return
            from tui.screens.unchanged import edit_unless_changed

            edit = edit_unless_changed(fresh, patch, self.context.today, "⏎ on the notes offers yours again")
            self.act(edit, (fresh.deal.id,), lambda _: self._forget_notes())

        self.with_fresh_page(self.page.deal.id, save)

    def _keep_notes(self, text: str) -> None:
        forms, deal_id = self.context.unsaved_forms, self.page.deal.id
        forms[deal_id] = {**forms.get(deal_id, {}), "notes": text}

    def _forget_notes(self) -> None:
        forms, deal_id = self.context.unsaved_forms, self.page.deal.id
        rest = {name: text for name, text in forms.pop(deal_id, {}).items() if name != "notes"}
        if rest:
            forms[deal_id] = rest
