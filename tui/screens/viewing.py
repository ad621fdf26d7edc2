"""Saved views: looking with one, saving what is shown, giving it another name, deleting it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from store import SavedView, Sort
from tui.screens.finding import FindActions
from tui.screens.understood import Understood

if TYPE_CHECKING:
    from store import Done
    from tui.screens.view_picker import ViewAnswer


class ViewActions(FindActions):
    """A filter and an order that go by a name. For the screen that holds the board's state."""

    _view: SavedView | None = None
    """What was looked with last."""
    _order_before: Sort = Sort.ORDER

    @property
    def view_name(self) -> str:
        """The name of the view that is shown; none once its filter or its order was changed."""
        view, state = self._view, self.state
        if view is None or (view.filter, view.sort) != (state.filter_text, state.sort):
            return ""
        return view.name

    def follow_view(self) -> None:
        """The saved view that is looked with may go by another name by now, or be gone."""
        view = self._view
        if view is None or not view.id:
            return

        def found(views: tuple[SavedView, ...]) -> None:
            if self._view is view:
                self._view = next((each for each in views if each.id == view.id), replace(view, name=""))
                self.show_sums()

        self.context.gateway.read(lambda store: store.read.saved_views(), found)

    def action_views(self) -> None:
        """Pick a saved view."""
        self.context.gateway.read(lambda store: store.read.saved_views(), self._ask_view)

    def clear_filter(self) -> None:
        """Show all deals again; what a view ordered is in the order from before."""
        view, self._view = self._view, None
        if view is not None and self.state.sort is view.sort:
            self.state.set_sort(self._order_before)
        super().clear_filter()

    def _ask_view(self, views: tuple[SavedView, ...]) -> None:
        from tui.screens.view_picker import Forget, Keep, Look, Rename, ViewsScreen

        def decided(answer: ViewAnswer | None) -> None:
            match answer:
                case Look(view):
                    self._look_with(view)
                case Keep(_) if self.filter_problems:
                    self.tell(
                        f"A view is not saved with a filter that is not understood: {self.filter_problems[0]}",
                        wrong=True,
                    )
                case Keep(present):
                    self._ask_name(present, views)
                case Rename(view):
                    self._ask_other_name(view)
                case Forget(view):
                    self.context.gateway.write(lambda store, now: store.saved_views.delete(view.id, now))

        self.app.push_screen(ViewsScreen(views, self._present()), decided)

    def _present(self) -> SavedView | None:
        """What is shown, as a view without a name; `None` when all of it is shown in one's own order."""
        state = self.state
        if not state.filter_text and state.sort is Sort.ORDER:
            return None
        return SavedView(0, "", state.filter_text, state.sort)

    def _look_with(self, view: SavedView) -> None:
        if self._view is None:
            self._order_before = self.state.sort
        self._view = view
        self.learn_properties()
        self.state.set_sort(view.sort)
        self.filter_line.remove_class("-open")
        self.filter_line.value = view.filter
        self.to_board()
        self.board.refresh_board()
        self.show_sums()

    def _ask_name(self, present: SavedView, views: tuple[SavedView, ...]) -> None:
        from store import fold, name_of
        from tui.screens.view_picker import about

        shown = about(present)
        known = {fold(view.name): view.name for view in views}

        def understand(text: str) -> Understood[str]:
            name = name_of(text, "view name")
            there = known.get(fold(name))
            return Understood(name, f"in place of {there}" if there else shown)

        def saved(name: str, done: Done) -> None:
            self._view = SavedView(done.made_id or 0, name, present.filter, present.sort)
            self.show_sums()
            if done.action_id is None:
                self.tell(f"{name} is saved so already")

        self.ask(
            "Save what is shown as…",
            understand,
            lambda name: lambda store, now: store.saved_views.save(name, present.filter, present.sort, now),
            value=self.view_name,
            placeholder="a name",
            hint=shown,
            then=saved,
        )

    def _ask_other_name(self, view: SavedView) -> None:
        from store import name_of

        def understand(text: str) -> Understood[str]:
            return Understood(name_of(text, "view name"), "")

        self.ask(
            f"Another name for {view.name}",
            understand,
            lambda name: lambda store, now: store.saved_views.rename(view.id, name, now),
            value=view.name,
        )
