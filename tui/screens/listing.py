"""Where the cursor goes on a screen that is a list of rows, and how what it lists is brought up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.messages import BoardChanged, CommandFailed, DealsChanged
from tui.screens.acting import Acting
from tui.widgets.key_hints import KeyHints
from tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from store import Deal


class ListActions(Acting):
    """Looking around in `rows`. For a screen that has a `RowList` (`rows = query_one(RowList)`)."""

    rows: RowList

    @property
    def looked_at(self) -> RowList:
        """The list that the keys are for."""
        return self.rows

    def action_cursor_up(self) -> None:
        """The line above."""
        self.looked_at.action_cursor_up()

    def action_cursor_down(self) -> None:
        """The line below."""
        self.looked_at.action_cursor_down()

    def action_page_up(self) -> None:
        """A page up."""
        self.looked_at.action_page_up()

    def action_page_down(self) -> None:
        """A page down."""
        self.looked_at.action_page_down()

    def action_cursor_first(self) -> None:
        """The first line."""
        self.looked_at.action_first()

    def action_cursor_last(self) -> None:
        """The last line."""
        self.looked_at.action_last()

    def action_pick(self) -> None:
        """Ask for what the cursor is on."""
        self.looked_at.action_pick()


class ReadAnew(ListActions):
    """A list of something else than deals, which is read anew after every change."""

    hints: KeyHints

    def read_anew(self, told: str) -> None:
        """Read what is listed; when it is shown, tell what happened, if anything did."""
        raise NotImplementedError

    def targets(self) -> tuple[Deal, ...]:
        """Here nothing is about a deal."""
        return ()

    def tell(self, words: str, *, wrong: bool = False) -> None:
        """One line at the foot."""
        self.hints.tell(words, wrong=wrong)

    def on_deals_changed(self, event: DealsChanged) -> None:
        """A command is committed."""
        self.read_anew(event.told)

    def on_board_changed(self, event: BoardChanged) -> None:
        """Another program, another day, or what no deal has to do with."""
        self.read_anew(event.told)

    def on_command_failed(self, event: CommandFailed) -> None:
        """Say why."""
        self.tell(event.why, wrong=True)
