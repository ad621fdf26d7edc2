"""Who is on a deal: adding people, changing them and their part, taking them off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tui.screens.acting import Acting

if TYPE_CHECKING:
    from datetime import date, datetime

    from store import Contact, Deal, Done, PersonCard, Store
    from tui.gateway import Write
    from tui.screens.person_form import KnownPerson, PersonTold

    Found = tuple[Sequence[PersonCard], Sequence[str]]


class PersonActions(Acting):
    """What is done to the people of one deal. What was typed and left, or refused, is offered again."""

    def add_person(self, deal: Deal, there: Sequence[Contact]) -> None:
        """Ask for a person, new or known, and put them on the deal; `there` are those who are on it."""
        on_it = {contact.id for contact in there}

        def found(known: Found) -> None:
            people, companies = known
            others = [card for card in people if card.id not in on_it]
            self._ask_person(
                deal, None, f"Add somebody to {deal.name}", people=others, companies=companies, company=deal.company
            )  # fmt: skip

        self.context.gateway.read(_known, found)

    def edit_person(self, deal: Deal, contact: Contact) -> None:
        """Ask for what is to be changed of a person, and of their part in the deal."""
        self.context.gateway.read(
            lambda store: store.read.companies(),
            lambda companies: self._ask_person(
                deal, contact, f"{contact.name} on {deal.name}", companies=companies
            ),
        )

    def remove_person(self, deal: Deal, contact: Contact) -> None:
        """Take a person off the deal; they stay among the people."""
        self.act(lambda store, now: store.people.unlink(deal.id, contact.id, now), (deal.id,))

    def _ask_person(
        self,
        deal: Deal,
        contact: Contact | None,
        title: str,
        *,
        people: Sequence[PersonCard] = (),
        companies: Sequence[str] = (),
        company: str | None = None,
    ) -> None:
        from tui.screens.person_form import KnownPerson, PersonFormScreen

        forms = self.context.unsaved_people
        key = (deal.id, contact.id if contact else None)

        def chosen(told: PersonTold | None) -> None:
            forms.pop(key, None)
            if told is None:
                return
            if told.typed:
                forms[key] = told.typed  # kept until it is saved: the store may refuse it
            person = told.person
            if person is None:
                return

            def done(_: Done) -> None:
                forms.pop(key, None)

            if isinstance(person, KnownPerson):
                self.act(
                    _save(deal, contact, person, self.context.today),
                    (deal.id,),
                    done,
                )
            else:
                self.act(
                    lambda store, now: store.people.add(
                        (deal.id,), person.draft, person.role, person.stance, now
                    ),
                    (deal.id,),
                    done,
                )

        form = PersonFormScreen(
            title, person=contact, people=people, companies=companies, company=company, typed=forms.get(key)
        )
        self.app.push_screen(form, chosen)


def _known(store: Store) -> Found:
    """Everybody there is, and all companies."""
    return store.read.person_cards().cards, store.read.companies()


def _save(deal: Deal, contact: Contact | None, person: KnownPerson, today: date) -> Write:
    """Saving somebody who is known; of somebody who is on the deal, unless what is saved was changed elsewhere. Their
    part is saved whole, whether it was changed or not."""
    from tui.screens.unchanged import touched, unless_changed, words_of

    def save(store: Store, now: datetime) -> Done:
        return store.people.save(deal.id, person.person_id, person.patch, person.role, person.stance, now)

    if contact is None:
        return save
    names = (*touched(person.patch), "role", "stance")

    def fresh(store: Store) -> Mapping[str, str] | None:
        there = store.read.deal_page(deal.id, today).people
        return next((words_of(each, names, contact.name) for each in there if each.id == contact.id), None)

    return unless_changed(save, words_of(contact, names), fresh, "⏎ on them offers yours again")
