"""Changing the fields and tasks of a deal where they stand, and its notes, in a sheet or an editor."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported
from textual.geometry import Region

from store import DealPage, DealPatch, InvalidInput
from tui.editor import EditorFailed, edited, editor_command
from tui.screens.acting import Acting
from tui.screens.deal_edits import Edit, Typed, edit_of
from tui.widgets.deal_rows import LABEL, Spot
from tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.screens.in_place import InPlaceScreen
    from tui.screens.understood import Understood
    from tui.screens.writing import Written


@dataclass(slots=True)
class _Open:
    """A line that is being typed: where, what was there when the founder last saw it, and its screen."""

    spot: Spot
    seen: str
    screen: InPlaceScreen[Typed]


class EditActions(Acting):
    """For the screen of one deal: it has a `page` and its `rows`."""

    page: DealPage
    rows: RowList
    _typing: _Open | None = None

    # Fields and tasks

    def edit_in_place(self, spot: Spot, typed: str | None = None, warning: str = "") -> bool:
        """Open a line in the place of that row, beginning with its value or with what was `typed` before; whether
        there is anything that can be typed.
        """
        from tui.screens.in_place import InPlaceScreen

        edit = self._edit_of(self.page, spot)
        if edit is None:
            return False
        value = edit.start if typed is None else typed
        screen = InPlaceScreen(
            lambda: self._place_of(spot),
            edit.understand,
            value,
            placeholder=edit.placeholder,
            warning=warning,
        )
        self._typing = _Open(spot, edit.shown, screen)
        self.app.push_screen(screen, self._typed)
        return True

    def page_changed(self) -> None:
        """Called when the page was read anew: the founder may be typing over something that was changed elsewhere."""
        typing = self._typing
        edit = self._edit_of(self.page, typing.spot) if typing else None
        if typing and edit and edit.shown != typing.seen:
            typing.screen.warn(_both(typing.seen, edit.shown))
            typing.seen = edit.shown

    def _edit_of(self, page: DealPage, spot: Spot) -> Edit | None:
        return edit_of(page, spot, self.context.today, self.context.settings.date_order)

    def _typed(self, answer: Understood[Typed] | None) -> None:
        """Save what was typed, after a last look whether it was changed elsewhere."""
        typing, self._typing = self._typing, None
        if typing is None or answer is None or answer.value.write is None:
            return
        self._with_fresh_page(lambda page: self._save(typing, answer.value, page))

    def _save(self, typing: _Open, typed: Typed, fresh: DealPage) -> None:
        edit = self._edit_of(fresh, typing.spot)
        if edit is None:
            self.tell("It was done or deleted elsewhere meanwhile; nothing was changed.", wrong=True)
        elif edit.shown != typing.seen:
            self.show_page(fresh)
            self.edit_in_place(typing.spot, typed.text, _both(typing.seen, edit.shown))
        elif typed.write is not None:
            self.act(typed.write, (fresh.deal.id,))

    def _place_of(self, spot: Spot) -> Region:
        """Where the words of a row stand on the screen."""
        rows, margin = self.rows, (self.rows.size.width - self.rows.room) // 2
        number = next((at for at, row in enumerate(rows.rows) if row.key == spot), rows.top)
        y = max(0, min(number - rows.top, rows.size.height - 1))
        left = rows.region.x + margin + LABEL - 1  # the line has a cell of room before its text
        return Region(left, rows.region.y + y, max(1, rows.room - LABEL + 2), 1)

    def show_page(self, page: DealPage) -> None:
        """Show a page that was read."""
        raise NotImplementedError

    def _with_fresh_page(self, then: Callable[[DealPage], None]) -> None:
        deal_id, today = self.page.deal.id, self.context.today
        self.context.gateway.read(lambda store: store.read.deal_page(deal_id, today), then)

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
            command = editor_command(os.environ)
            with self.app.suspend():
                text = edited(command, typed)
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
            deal_id = fresh.deal.id
            self.act(lambda store, now: store.deals.edit(deal_id, patch, now), (deal_id,), self._forget_notes)

        self._with_fresh_page(save)

    def _keep_notes(self, text: str) -> None:
        forms, deal_id = self.context.unsaved_forms, self.page.deal.id
        forms[deal_id] = {**forms.get(deal_id, {}), "notes": text}

    def _forget_notes(self) -> None:
        forms, deal_id = self.context.unsaved_forms, self.page.deal.id
        rest = {name: text for name, text in forms.pop(deal_id, {}).items() if name != "notes"}
        if rest:
            forms[deal_id] = rest


def _both(seen: str, now: str) -> str:
    return (
        f"Changed elsewhere meanwhile: it was {seen}, it is {now}. ⏎ puts yours in its place, esc leaves it."
    )
