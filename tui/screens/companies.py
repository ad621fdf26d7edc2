"""The companies: all there are, and the page of one of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from store import CompanyCard
from tui.keys import bindings
from tui.keys_people import COMPANIES, COMPANY
from tui.screens.company_actions import CardOfCompany
from tui.screens.directory import DirectoryScreen
from tui.screens.record import RecordScreen
from tui.widgets.directory_rows import company_rows

if TYPE_CHECKING:
    from store import Directory, Store
    from tui.widgets.row_list import Row


class CompaniesScreen(DirectoryScreen[CompanyCard], CardOfCompany):
    """All companies."""

    TITLE_WORD = "Companies"
    NOBODY = "No company yet. a adds one; so does a deal that names one."
    NOBODY_FITS = "no company fits"
    KEY_TABLE = COMPANIES
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(COMPANIES)]

    def read(self, store: Store) -> Directory[CompanyCard]:
        """All companies as they are now."""
        return store.read.company_cards()

    def open_card(self, card: CompanyCard) -> None:
        """The page of one."""
        self.app.push_screen(CompanyScreen(self.context, card, self.directory.currency))

    def action_add(self) -> None:
        """A new company."""
        self.add_company()


class CompanyScreen(RecordScreen[CompanyCard], CardOfCompany):
    """One company."""

    NOUN = "company"
    KEY_TABLE = COMPANY
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(COMPANY)]

    def read(self, store: Store) -> Directory[CompanyCard]:
        """All companies as they are now."""
        return store.read.company_cards()

    def card_rows(self, room: int) -> Iterable[Row]:
        """The company in lines."""
        return company_rows(self.shown, self.currency, room)
