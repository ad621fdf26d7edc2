"""The page of one person or one company: how they are reached, notes, and their deals."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.getters import query_one
from textual.screen import Screen

from tui.screens.going_back import GoesBack
from tui.screens.listing import ReadAnew
from tui.screens.visiting import VisitActions
from tui.widgets.board_layout import outer_margin
from tui.widgets.directory_rows import Spot
from tui.widgets.key_hints import KeyHints
from tui.widgets.page_title import PageTitle, Title
from tui.widgets.row_list import Row, RowList
from tui.widgets.still import Still

if TYPE_CHECKING:
    from store import CompanyCard, Directory, PersonCard, Store
    from tui.context import Context
    from tui.keys import Command

Card = TypeVar("Card", bound="PersonCard | CompanyCard")


class RecordScreen(GoesBack, ReadAnew, VisitActions, Still, Screen[None], Generic[Card]):
    """Shows a card, read anew after every change; when it is gone, so is the screen."""

    DEFAULT_CSS = """
    RecordScreen { background: $background; RowList { margin-top: 1; } }
    """

    NOUN: ClassVar[str]
    KEY_TABLE: ClassVar[tuple[Command, ...]]

    rows = query_one(RowList)
    title_line = query_one(PageTitle)
    hints = query_one(KeyHints)

    def __init__(self, context: Context, card: Card, currency: str) -> None:
        super().__init__()
        self.context = context
        self.shown = card
        self.currency = currency

    def read(self, store: Store) -> Directory[Card]:
        """All cards as they are now."""
        raise NotImplementedError

    def card_rows(self, room: int) -> Iterable[Row]:
        """The card in lines of `room` cells."""
        raise NotImplementedError

    @property
    def palette_commands(self) -> tuple[Command, ...]:
        """What the command palette offers here."""
        return self.context.keys(self.KEY_TABLE)

    def compose(self) -> ComposeResult:
        """The name, the rest, the keys."""
        yield PageTitle()
        yield RowList()
        yield KeyHints(self.palette_commands)

    def on_mount(self) -> None:
        """The list has the keys."""
        self._show()
        self.rows.focus()

    def on_resize(self) -> None:
        """Wrap anew."""
        self._show()

    def card(self) -> Card | None:
        """The one that is shown."""
        return self.shown

    def read_anew(self, told: str) -> None:
        """Read it, and tell what happened when it is shown."""

        def shown(directory: Directory[Card]) -> None:
            if not self.is_attached:
                return
            card = next((card for card in directory.cards if card.id == self.shown.id), None)
            if card is None:
                self.go_back()
                return
            self.shown, self.currency = card, directory.currency
            self._show()
            if told:
                self.tell(told)

        self.context.gateway.read(self.read, shown)

    def _show(self) -> None:
        width = self.app.size.width
        self.rows.show(self.card_rows(width - 2 * outer_margin(width)))
        self.title_line.title = Title(self.shown.name, (), self.NOUN)

    def on_row_list_picked(self, event: RowList.Picked) -> None:
        """Open what the cursor is on."""
        spot = event.key
        if not isinstance(spot, Spot):
            return
        if spot.kind == "deal":
            self.open_deal(spot.id)
        elif spot.kind == "person":
            self.open_person(spot.id)
        else:
            self.open_company(spot.id)

    def action_leave(self) -> None:
        """Back to where one came from."""
        self.dismiss()

    def action_help(self) -> None:
        """The keys of this screen."""
        from tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(f"Keys of a {self.NOUN}", self.palette_commands))
