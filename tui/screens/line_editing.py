"""Changing one line of a deal, a field or a task, wherever it is shown; another program may change it meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store import NotFound
from tui.screens.acting import Acting
from tui.screens.deal_edits import Edit, edit_of
from tui.screens.typed_line import Line

if TYPE_CHECKING:
    from collections.abc import Callable

    from store import DealPage, Store
    from tui.gateway import Write
    from tui.screens.typed_line import TypedLine
    from tui.screens.understood import Understood
    from tui.widgets.deal_rows import Spot


@dataclass(slots=True)
class _Open:
    """A line that is being typed: whose, where, what was there when the founder last saw it, and its screen."""

    deal_id: int
    spot: Spot
    seen: str
    screen: TypedLine[Write | None]


class LineEdits(Acting):
    """For a screen that says where such a line is typed (`line_screen`)."""

    _typing: _Open | None = None

    def line_screen(self, page: DealPage, spot: Spot, line: Line[Write | None]) -> TypedLine[Write | None]:
        """What asks for the line of `spot`."""
        raise NotImplementedError

    def edit_line(self, page: DealPage, spot: Spot, typed: str | None = None, warning: str = "") -> bool:
        """Ask for the line at `spot`, beginning with its value, with what was `typed` before, or with what the store
        refused; whether there is anything that can be typed.
        """
        edit = self._edit_of(page, spot)
        if edit is None:
            return False
        kept = self.context.unsaved_lines.get((page.deal.id, spot)) if typed is None else None
        if kept is not None:
            typed, warning = kept, f"Not saved yet: what was typed before. It is {edit.shown} now."
        value = edit.start if typed is None else typed
        line = Line(edit.understand, value, edit.placeholder, warning=warning, again=kept is not None)
        screen = self.line_screen(page, spot, line)
        self._typing = _Open(page.deal.id, spot, edit.shown, screen)
        self.app.push_screen(screen, self._typed)
        return True

    def look_again(self) -> None:
        """Something changed: the founder may be typing over it."""
        typing = self._typing
        if typing is None:
            return
        deal_id, today = typing.deal_id, self.context.today

        def read(store: Store) -> DealPage | None:
            try:
                return store.read.deal_page(deal_id, today)
            except NotFound:  # which is told when the line is saved
                return None

        self.context.gateway.read(read, lambda page: self.line_changed(page) if page else None)

    def line_changed(self, page: DealPage) -> None:
        """Say so if what is being typed over is not what it was."""
        typing = self._typing
        edit = self._edit_of(page, typing.spot) if typing and typing.deal_id == page.deal.id else None
        if typing and edit and edit.shown != typing.seen:
            typing.screen.warn(_both(typing.seen, edit.shown))
            typing.seen = edit.shown

    def with_fresh_page(self, deal_id: int, then: Callable[[DealPage], None]) -> None:
        """Read the deal as it is in the file by now."""
        today = self.context.today
        self.context.gateway.read(lambda store: store.read.deal_page(deal_id, today), then)

    def _edit_of(self, page: DealPage, spot: Spot) -> Edit | None:
        return edit_of(page, spot, self.context.today, self.context.settings.date_order)

    def _typed(self, answer: Understood[Write | None] | None) -> None:
        """Save what was typed, after a last look whether it was changed elsewhere."""
        typing, self._typing = self._typing, None
        if typing is None:
            return
        self.context.unsaved_lines.pop((typing.deal_id, typing.spot), None)
        if answer is not None and answer.value is not None:
            self.with_fresh_page(typing.deal_id, lambda page: self._save(typing, answer, page))

    def _save(self, typing: _Open, answer: Understood[Write | None], fresh: DealPage) -> None:
        edit, question = self._edit_of(fresh, typing.spot), (typing.deal_id, typing.spot)
        if edit is None:
            self.tell("It was done or deleted elsewhere meanwhile; nothing was changed.", wrong=True)
        elif edit.shown != typing.seen:
            self.edit_line(fresh, typing.spot, answer.text, _both(typing.seen, edit.shown))
        elif answer.value is not None:
            self.context.unsaved_lines[question] = answer.text  # offered again if the store refuses it
            self.act(
                self._unless_changed(answer.value, typing, fresh),
                (typing.deal_id,),
                lambda _: self.context.unsaved_lines.pop(question, None),
            )

    def _unless_changed(self, write: Write, typing: _Open, fresh: DealPage) -> Write:
        """The same with a look within its transaction: between the last one and this somebody may have been quick."""
        from tui.screens.unchanged import unless_changed

        today, what = self.context.today, f"line of {fresh.deal.name}"

        def shown(store: Store) -> dict[str, str]:
            edit = self._edit_of(store.read.deal_page(typing.deal_id, today), typing.spot)
            return {} if edit is None else {what: edit.shown}

        return unless_changed(write, {what: typing.seen}, shown, "yours is offered again")


def _both(seen: str, now: str) -> str:
    return (
        f"Changed elsewhere meanwhile: it was {seen}, it is {now}. ⏎ puts yours in its place, esc leaves it."
    )
