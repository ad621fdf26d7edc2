"""The people: everybody there is, and the page of one of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from store import PersonCard
from tui.keys import bindings
from tui.keys_people import PEOPLE, PERSON
from tui.screens.directory import DirectoryScreen
from tui.screens.person_actions import CardOfPerson
from tui.screens.record import RecordScreen
from tui.widgets.directory_rows import person_rows

if TYPE_CHECKING:
    from store import Directory, Store
    from tui.widgets.row_list import Row


class PeopleScreen(DirectoryScreen[PersonCard], CardOfPerson):
    """Everybody."""

    TITLE_WORD = "People"
    NOBODY = "Nobody yet. a adds somebody; so does the page of a deal."
    NOBODY_FITS = "nobody fits"
    KEY_TABLE = PEOPLE
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(PEOPLE)]

    def read(self, store: Store) -> Directory[PersonCard]:
        """Everybody as they are now."""
        return store.read.person_cards()

    def open_card(self, card: PersonCard) -> None:
        """The page of one."""
        self.app.push_screen(PersonScreen(self.context, card, self.directory.currency))

    def action_add(self) -> None:
        """Somebody new, on no deal yet."""
        self.add_somebody(self.directory.cards)


class PersonScreen(RecordScreen[PersonCard], CardOfPerson):
    """One person."""

    NOUN = "person"
    KEY_TABLE = PERSON
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(PERSON)]

    def read(self, store: Store) -> Directory[PersonCard]:
        """Everybody as they are now."""
        return store.read.person_cards()

    def card_rows(self, room: int) -> Iterable[Row]:
        """The person in lines."""
        return person_rows(self.shown, self.currency, room)
