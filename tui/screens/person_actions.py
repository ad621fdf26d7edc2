"""What is done to one person, from the list of people and from their own page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tui.screens.acting import Acting

if TYPE_CHECKING:
    from store import Done, PersonCard, PersonPatch
    from tui.gateway import Write
    from tui.screens.person_form import PersonTold


class CardOfPerson(Acting):
    """For a screen that says which person is meant (`card`)."""

    def card(self) -> PersonCard | None:
        """The one that is meant; says so when there is none."""
        raise NotImplementedError

    def made(self, card_id: int | None) -> None:
        """Called when somebody was added, before they come back."""

    def add_somebody(self, people: Sequence[PersonCard]) -> None:
        """Ask for somebody new, and add them; somebody who is known already is only filled up."""
        self._ask_about(None, "Add somebody", people)

    def action_edit(self) -> None:
        """Name, how they are reached, company, notes."""
        if (card := self.card()) is not None:
            self._ask_about(card, f"Edit {card.name}", ())

    def action_merge(self) -> None:
        """Make one of two."""
        card = self.card()
        if card is None:
            return

        def asked(people: Sequence[PersonCard]) -> None:
            others = [other for other in people if other.id != card.id]
            if not others:
                self.tell(f"There is nobody but {card.name}.", wrong=True)
                return
            from tui.screens.merging import MergeScreen

            self.app.push_screen(MergeScreen(card, others), chosen)

        def chosen(gone_id: int | None) -> None:
            if gone_id is not None:
                self.context.gateway.write(lambda store, now: store.people.merge(card.id, gone_id, now))

        self.context.gateway.read(lambda store: store.read.person_cards().cards, asked)

    def action_delete(self) -> None:
        """Delete without asking: undo brings them back."""
        if (card := self.card()) is not None:
            self.context.gateway.write(lambda store, now: store.people.delete(card.id, now))

    def action_copy(self) -> None:
        """Name and e-mail, to be pasted into a mail."""
        if (card := self.card()) is not None:
            text = f"{card.name} <{card.email}>" if card.email else card.name
            self.app.copy_to_clipboard(text)
            self.tell(f"copied {text}")

    def _ask_about(self, card: PersonCard | None, title: str, people: Sequence[PersonCard]) -> None:
        forms, key = self.context.unsaved_people, (0, card.id if card else None)

        def asked(companies: Sequence[str]) -> None:
            from tui.screens.person_form import PersonFormScreen

            form = PersonFormScreen(
                title, person=card, people=people, companies=companies, part=False, typed=forms.get(key)
            )
            self.app.push_screen(form, told)

        def told(answer: PersonTold | None) -> None:
            forms.pop(key, None)
            if answer is not None:
                self._save(key, card, people, answer)

        self.context.gateway.read(lambda store: store.read.companies(), asked)

    def _save(
        self,
        key: tuple[int, int | None],
        card: PersonCard | None,
        people: Sequence[PersonCard],
        answer: PersonTold,
    ) -> None:
        from tui.screens.person_form import KnownPerson

        forms: dict[tuple[int, int | None], Mapping[str, str]] = self.context.unsaved_people
        if answer.typed:
            forms[key] = answer.typed  # kept until it is saved: the store may refuse it
        person = answer.person

        def done(it: Done) -> None:
            forms.pop(key, None)
            self.made(it.made_id)

        if isinstance(person, KnownPerson):
            seen = card or next(each for each in people if each.id == person.person_id)
            self.context.gateway.write(_edit(seen, person.patch), then=done)
        elif person is not None:
            self.context.gateway.write(
                lambda store, now: store.people.add((), person.draft, None, None, now), then=done
            )


def _edit(card: PersonCard, patch: PersonPatch) -> Write:
    """The edit of a person, unless what it changes was changed elsewhere."""
    from tui.screens.unchanged import edit_card_unless_changed

    return edit_card_unless_changed(
        card,
        patch,
        lambda store: store.read.person_cards().cards,
        lambda store, now: store.people.edit(card.id, patch, now),
    )
