"""Notes, edits, deletion: what is written about a deal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.format import deal_as_text
from tui.screens.acting import Acting, ids_of, names_of

if TYPE_CHECKING:
    from store import DealPage
    from tui.screens.deal_form import Edited
    from tui.screens.writing import Written


class NoteActions(Acting):
    """What is written about `targets()`."""

    def action_note(self) -> None:
        """A note; what was typed and left is offered again."""
        deals = self.meant()
        if not deals:
            return
        ids, drafts = ids_of(deals), self.context.unsaved_notes

        from store import TouchKind
        from tui.screens.writing import NoteScreen

        def chosen(written: Written | None) -> None:
            drafts.pop(ids, None)
            if written is not None and written.text.strip():
                drafts[ids] = written.text  # kept until it is saved: the store may refuse it
            if written is not None and written.save:
                self.act(
                    lambda store, now: store.touches.add(ids, TouchKind.NOTE, written.text, now),
                    ids,
                    lambda _: drafts.pop(ids, None),
                )

        self.app.push_screen(NoteScreen(f"Note on {names_of(deals)}", drafts.get(ids, "")), chosen)

    def action_edit(self) -> None:
        """Every field of the deal under the cursor; what was typed and left is offered again."""
        deal, today = self.pointed_at(), self.context.today
        if deal is not None:
            self.context.gateway.read(lambda store: store.read.deal_page(deal.id, today), self._edit)

    def _edit(self, page: DealPage) -> None:
        deal_id, forms, today = page.deal.id, self.context.unsaved_forms, self.context.today

        from store import DealPatch
        from tui.screens.deal_form import DealFormScreen
        from tui.screens.unchanged import edit_unless_changed

        def chosen(edited: Edited | None) -> None:
            if edited is None:
                return
            forms.pop(deal_id, None)
            if edited.typed:
                forms[deal_id] = edited.typed  # kept until it is saved: the store may refuse it
            if (patch := edited.patch) is not None and patch != DealPatch():
                self.act(
                    edit_unless_changed(page, patch, today, "e offers yours again"),
                    (deal_id,),
                    lambda _: forms.pop(deal_id, None),
                )

        self.app.push_screen(
            DealFormScreen(page, today, self.context.settings.date_order, forms.get(deal_id, {})),
            chosen,
        )

    def action_delete(self) -> None:
        """Delete without asking: undo brings it back."""
        deals = self.meant()
        if deals:
            self.act(lambda store, now: store.deals.delete(ids_of(deals), now), ids_of(deals))

    def action_copy(self) -> None:
        """The deals as text on the clipboard."""
        deals = self.meant()
        if deals:
            self.app.copy_to_clipboard("\n\n".join(deal_as_text(deal, self.context.today) for deal in deals))
            self.tell(f"copied {names_of(deals)}")
