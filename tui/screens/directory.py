"""A list of people or companies: found as one types, sorted, each opened with Enter."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, Generic, TypeVar

from textual.app import ComposeResult
from textual.getters import query_one
from textual.screen import Screen
from textual.widgets import Input

from store import CardSort, look_up, sort_cards
from tui.screens.listing import ReadAnew
from tui.screens.visiting import VisitActions
from tui.widgets.board_layout import outer_margin
from tui.widgets.directory_rows import ListRows
from tui.widgets.filter_line import FilterLine
from tui.widgets.key_hints import KeyHints
from tui.widgets.line_bar import LineBar
from tui.widgets.page_title import PageTitle, Title
from tui.widgets.row_line import text_line
from tui.widgets.row_list import Row, RowList
from tui.widgets.still import Still

if TYPE_CHECKING:
    from store import CompanyCard, Directory, PersonCard, Store
    from tui.context import Context
    from tui.keys import Command

Card = TypeVar("Card", bound="PersonCard | CompanyCard")

_ORDERS: Final = tuple(CardSort)


class DirectoryScreen(ReadAnew, VisitActions, Still, Screen[None], Generic[Card]):
    """Holds the cards, read anew after every change. A kind of list says what it is called and how it is read."""

    DEFAULT_CSS = """
    DirectoryScreen {
        background: $background;
        #filter { display: none; height: 1; border: none; padding: 0 2; background: $cursor; }
        #filter.-open { display: block; }
        LineBar { margin-top: 1; }
    }
    """

    TITLE_WORD: ClassVar[str]
    """What the screen is called."""
    NOBODY: ClassVar[str]
    """What it says when there is nobody."""
    NOBODY_FITS: ClassVar[str]
    """What it says when nobody is as one looks for."""
    KEY_TABLE: ClassVar[tuple[Command, ...]]

    rows = query_one(RowList)
    title_line = query_one(PageTitle)
    head = query_one(LineBar)
    filter_line = query_one(FilterLine)
    hints = query_one(KeyHints)

    def __init__(self, context: Context, directory: Directory[Card]) -> None:
        super().__init__()
        self.context = context
        self.directory = directory
        self._sort = CardSort.NAME
        self._by_id = {card.id: card for card in directory.cards}
        self._made: int | None = None

    def read(self, store: Store) -> Directory[Card]:
        """The cards as they are now."""
        raise NotImplementedError

    def open_card(self, card: Card) -> None:
        """Show the page of one."""
        raise NotImplementedError

    @property
    def palette_commands(self) -> tuple[Command, ...]:
        """What the command palette offers here."""
        return self.context.keys(self.KEY_TABLE)

    def compose(self) -> ComposeResult:
        """How many there are, the heads of the columns, the list, the line to find by, the keys."""
        yield PageTitle()
        yield LineBar()
        yield RowList()
        yield FilterLine(compact=True, id="filter", placeholder="name, company, e-mail, deal")
        yield KeyHints(self.palette_commands)

    def on_mount(self) -> None:
        """The list has the keys."""
        self.show_cards()
        self.watch(self.filter_line, "value", self._find, init=False)
        self.rows.focus()

    def on_resize(self) -> None:
        """Columns follow the width."""
        self.show_cards()

    def card(self) -> Card | None:
        """The one under the cursor; says so when there is none."""
        found = self.card_of(self.rows.cursor_key)
        if found is None:
            self.tell("There is nobody under the cursor.", wrong=True)
        return found

    def card_of(self, key: object) -> Card | None:
        """The card of a row."""
        return self._by_id.get(key) if isinstance(key, int) else None

    def made(self, card_id: int | None) -> None:
        """It gets the cursor when it comes back."""
        self._made = card_id

    # What comes back

    def read_anew(self, told: str) -> None:
        """Read it, and tell what happened when it is shown."""

        def shown(directory: Directory[Card]) -> None:
            if not self.is_attached:
                return
            self.directory = directory
            self._by_id = {card.id: card for card in directory.cards}
            self.show_cards()
            if self._made is not None and self.rows.select(self._made):
                self._made = None
            if told:
                self.tell(told)

        self.context.gateway.read(self.read, shown)

    def show_cards(self) -> None:
        """The cards that are looked for, in their order."""
        cards = sort_cards(look_up(self.directory.cards, self.filter_line.value), self._sort)
        width = self.app.size.width
        made = ListRows(cards, self.directory.currency, width - 2 * outer_margin(width))
        self.head.line = made.head
        none = self.NOBODY_FITS if self.directory.cards else self.NOBODY
        self.rows.show(made.rows() or [Row(line=text_line(none))])
        self._say_numbers(len(cards))

    def _say_numbers(self, shown: int) -> None:
        total = len(self.directory.cards)
        count = f"{shown:,} of {total:,}" if shown != total else f"{total:,}" if total else ""
        order = "" if self._sort is CardSort.NAME else f"by {self._sort.value}"
        self.title_line.title = Title(self.TITLE_WORD, ((count, "dim"),), order)

    # The user

    def on_row_list_picked(self, event: RowList.Picked) -> None:
        """Open its page."""
        card = self.card_of(event.key)
        if card is not None:
            self.open_card(card)

    def action_filter(self) -> None:
        """Open the line to find by, with what it held."""
        self.filter_line.add_class("-open")
        self.set_focus(self.filter_line)  # now: what is typed next may be on its way already

    def _find(self) -> None:
        self.show_cards()
        self.hints.untell()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter keeps what is found and gives the keys back to the list."""
        event.stop()
        if not event.value.strip():
            self.filter_line.remove_class("-open")
        self.set_focus(self.rows)

    def action_sort(self) -> None:
        """The next order."""
        self._sort = _ORDERS[(_ORDERS.index(self._sort) + 1) % len(_ORDERS)]
        self.show_cards()
        self.rows.action_first()
        self.tell(f"sorted by {self._sort.value}")

    def action_leave(self) -> None:
        """Show all again, if something is looked for; else back to where one came from."""
        if self.filter_line.has_class("-open"):
            self.filter_line.remove_class("-open")
            self.filter_line.value = ""
            self.set_focus(self.rows)
        else:
            self.dismiss()

    def action_help(self) -> None:
        """The keys of this screen."""
        from tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(f"Keys of {self.TITLE_WORD}", self.palette_commands))
