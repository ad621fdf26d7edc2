"""Going to the other screens. Each is read first, so that it opens with what it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.screens.acting import Acting

if TYPE_CHECKING:
    from store import Agenda, CompanyCard, DealPage, Directory, PersonCard


class VisitActions(Acting):
    """Opening a screen over the one that is there; what that one is left with is told."""

    def action_today(self) -> None:
        """What is due today, over all deals."""
        from tui.screens.today import TodayScreen

        today = self.context.today

        def show(agenda: Agenda) -> None:
            self.app.push_screen(TodayScreen(self.context, agenda))

        self.context.gateway.read(lambda store: store.read.agenda(today), show)

    def action_people(self) -> None:
        """Everybody there is."""
        from tui.screens.people import PeopleScreen

        def show(people: Directory[PersonCard]) -> None:
            self.app.push_screen(PeopleScreen(self.context, people))

        self.context.gateway.read(lambda store: store.read.person_cards(), show)

    def action_companies(self) -> None:
        """All companies."""
        from tui.screens.companies import CompaniesScreen

        def show(companies: Directory[CompanyCard]) -> None:
            self.app.push_screen(CompaniesScreen(self.context, companies))

        self.context.gateway.read(lambda store: store.read.company_cards(), show)

    def open_person(self, person_id: int) -> None:
        """The page of one person. One that has gone meanwhile is told."""
        from tui.screens.people import PersonScreen

        def show(people: Directory[PersonCard]) -> None:
            card = next((card for card in people.cards if card.id == person_id), None)
            if card is None:
                self.tell("This person is there no more.", wrong=True)
            else:
                self.app.push_screen(PersonScreen(self.context, card, people.currency))

        self.context.gateway.read(lambda store: store.read.person_cards(), show)

    def open_company(self, company_id: int) -> None:
        """The page of one company. One that has gone meanwhile is told."""
        from tui.screens.companies import CompanyScreen

        def show(companies: Directory[CompanyCard]) -> None:
            card = next((card for card in companies.cards if card.id == company_id), None)
            if card is None:
                self.tell("This company is there no more.", wrong=True)
            else:
                self.app.push_screen(CompanyScreen(self.context, card, companies.currency))

        self.context.gateway.read(lambda store: store.read.company_cards(), show)

    def open_deal(self, deal_id: int) -> None:
        """Everything about one deal. One that has gone meanwhile is told."""
        today = self.context.today
        self.context.gateway.read(lambda store: store.read.deal_page(deal_id, today), self.show_deal)

    def show_deal(self, page: DealPage) -> None:
        """Everything about a deal that was read already."""
        from tui.screens.deal import DealScreen

        def left(words: str | None) -> None:
            if words:
                self.tell(words, wrong=True)

        self.app.push_screen(DealScreen(self.context, page), left)
