"""What is done to one company, from the list of companies and from its own page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.screens.acting import Acting

if TYPE_CHECKING:
    from store import CompanyCard, CompanyDraft, CompanyPatch, Done
    from tui.gateway import Write
    from tui.screens.company_form import CompanyTold


class CardOfCompany(Acting):
    """For a screen that says which company is meant (`card`)."""

    def card(self) -> CompanyCard | None:
        """The one that is meant; says so when there is none."""
        raise NotImplementedError

    def made(self, card_id: int | None) -> None:
        """Called when a company was added, before it comes back."""

    def add_company(self) -> None:
        """Ask for a new company, and add it."""
        self._ask_about(None, "Add a company")

    def action_edit(self) -> None:
        """Its name and notes."""
        if (card := self.card()) is not None:
            self._ask_about(card, f"Edit {card.name}")

    def action_merge(self) -> None:
        """Make one of two."""
        card = self.card()
        if card is None:
            return

        def asked(companies: Sequence[CompanyCard]) -> None:
            others = [other for other in companies if other.id != card.id]
            if not others:
                self.tell(f"There is no company but {card.name}.", wrong=True)
                return
            from tui.screens.merging import MergeScreen

            self.app.push_screen(MergeScreen(card, others), chosen)

        def chosen(gone_id: int | None) -> None:
            if gone_id is not None:
                self.context.gateway.write(lambda store, now: store.companies.merge(card.id, gone_id, now))

        self.context.gateway.read(lambda store: store.read.company_cards().cards, asked)

    def action_delete(self) -> None:
        """Delete it, if nothing points to it; undo brings it back."""
        if (card := self.card()) is not None:
            self.context.gateway.write(lambda store, now: store.companies.delete(card.id, now))

    def _ask_about(self, card: CompanyCard | None, title: str) -> None:
        from tui.screens.company_form import CompanyFormScreen

        forms, key = self.context.unsaved_companies, card.id if card else None

        def told(answer: CompanyTold | None) -> None:
            forms.pop(key, None)
            if answer is None:
                return
            if answer.typed:
                forms[key] = answer.typed  # kept until it is saved: the store may refuse it
            if answer.said is not None:
                self._save(card, answer.said)

        self.app.push_screen(CompanyFormScreen(title, card, forms.get(key)), told)

    def _save(self, card: CompanyCard | None, said: CompanyDraft | CompanyPatch) -> None:
        from store import CompanyPatch

        key = card.id if card else None

        def done(it: Done) -> None:
            self.context.unsaved_companies.pop(key, None)
            self.made(it.made_id)

        gateway = self.context.gateway
        if not isinstance(said, CompanyPatch):
            gateway.write(lambda store, now: store.companies.create(said, now), then=done)
        elif card is not None:
            gateway.write(_edit(card, said), then=done)


def _edit(card: CompanyCard, patch: CompanyPatch) -> Write:
    """The edit of a company, unless what it changes was changed elsewhere."""
    from tui.screens.unchanged import edit_card_unless_changed

    return edit_card_unless_changed(
        card,
        patch,
        lambda store: store.read.company_cards().cards,
        lambda store, now: store.companies.edit(card.id, patch, now),
    )
