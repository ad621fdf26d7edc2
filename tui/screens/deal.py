"""Everything about one deal: each line changed where it stands, and the board's actions on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.getters import query_one
from textual.screen import Screen

from store import Deal, DealPage, NotFound, Pipeline, Store, timeline
from tui.keys import Command, bindings
from tui.keys_deal import DEAL
from tui.messages import BoardChanged, CommandFailed, DealsChanged
from tui.screens.deal_editing import EditActions
from tui.screens.deciding import DecideActions
from tui.screens.going_back import GoesBack
from tui.screens.help import HelpScreen
from tui.screens.listing import ListActions
from tui.screens.moving import MoveActions
from tui.screens.noting import NoteActions
from tui.screens.people_on_deal import PersonActions
from tui.screens.visiting import VisitActions
from tui.widgets.board_layout import outer_margin
from tui.widgets.deal_head import DealHead
from tui.widgets.deal_rows import DealRows, Spot
from tui.widgets.key_hints import KeyHints
from tui.widgets.row_list import Row, RowList
from tui.widgets.still import Still, StillRow
from tui.widgets.timeline_rows import timeline_rows

if TYPE_CHECKING:
    from tui.context import Context

WIDE: Final = 144
"""Cells from which the timeline stands beside the rest; else it is below."""

REST: Final = 100
"""Cells that the rest has at least beside the timeline."""

TALL: Final = 24
"""Lines from which there is a blank one between the parts."""


class DealScreen(
    GoesBack,
    EditActions,
    PersonActions,
    ListActions,
    MoveActions,
    DecideActions,
    NoteActions,
    VisitActions,
    Still,
    Screen[str],
):
    """One deal: its plan, its people, what its stage asks for, its fields, its notes, the other deals of its company,
    and its timeline. Read anew after every change.

    When the deal is gone it leaves, by itself, with the words to tell (none if they were told already).
    """

    DEFAULT_CSS = """
    DealScreen {
        background: $background;
        #parts { height: 1fr; }
        #timeline { display: none; }
        &.-wide #timeline { display: block; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(DEAL)]

    head = query_one(DealHead)
    rows = query_one("#rows", RowList)
    timeline = query_one("#timeline", RowList)
    hints = query_one(KeyHints)

    def __init__(self, context: Context, page: DealPage) -> None:
        super().__init__()
        self.context = context
        self.page = page
        self.keys = context.keys(DEAL)

    @property
    def palette_commands(self) -> tuple[Command, ...]:
        """What the command palette offers here."""
        return self.keys

    def compose(self) -> ComposeResult:
        """What it is, the lists side by side, and the keys."""
        yield DealHead()
        with StillRow(id="parts"):
            yield RowList(id="rows")
            yield RowList(id="timeline")
        yield KeyHints(self.keys)

    def on_mount(self) -> None:
        """Show the page."""
        self._show()
        self.rows.focus()
        self.watch(self.timeline, "has_focus", self._show, init=False)

    def on_resize(self, event: events.Resize) -> None:
        """Lay out and wrap anew."""
        del event
        self._show()

    def targets(self) -> tuple[Deal, ...]:
        """The one deal of this screen."""
        return (self.page.deal,)

    @property
    def pipeline(self) -> Pipeline:
        """The one that the deal is in, which need not be the board's."""
        return self.page.pipeline

    def tell(self, words: str, *, wrong: bool = False) -> None:
        """One line at the foot."""
        self.hints.tell(words, wrong=wrong)

    # What comes back

    def on_deals_changed(self, event: DealsChanged) -> None:
        """Read the page anew, or leave when the deal is gone."""
        if self.page.deal.id in event.gone:
            self.go_back("")
            return
        self.tell(event.told)
        self._read()

    def on_board_changed(self, event: BoardChanged) -> None:
        """Another program may have changed the deal."""
        if event.told:
            self.tell(event.told)
        self._read()

    def on_command_failed(self, event: CommandFailed) -> None:
        """Say why."""
        self.tell(event.why, wrong=True)

    def _read(self) -> None:
        deal_id, today = self.page.deal.id, self.context.today

        def read(store: Store) -> DealPage | None:
            try:
                return store.read.deal_page(deal_id, today)
            except NotFound:
                return None

        def shown(page: DealPage | None) -> None:
            if page is None:
                self.go_back(f"{self.page.deal.name} was deleted.")
            else:
                self.show_page(page)

        self.context.gateway.read(read, shown)

    def show_page(self, page: DealPage) -> None:
        """Show the page as it was read."""
        self.page = page
        if self.is_attached:
            self._show()
            self.line_changed(page)

    def _show(self) -> None:
        """The lists take their width from the terminal's, so that their lines are wrapped before they are laid out."""
        width, height = self.app.size
        today, wide = self.context.today, width >= WIDE
        beside = min(width * 2 // 5, width - REST) if wide else 0
        self.set_class(wide, "-wide")
        self.timeline.styles.width = beside
        self.head.head(self.page.deal)
        rows = [*DealRows(self.page, today, _room(width - beside), roomy=height >= TALL).rows()]
        events_ = timeline(self.page)
        if wide:
            focused = self.timeline.has_focus
            self.timeline.show(timeline_rows(events_, today, _room(beside), focused=focused))
        else:
            if self.timeline.has_focus:
                self.set_focus(self.rows)
            rows += [Row()] if height >= TALL else []
            rows += timeline_rows(events_, today, _room(width))
        self.rows.show(rows)

    # The user

    @property
    def looked_at(self) -> RowList:
        """The timeline, where it stands beside the rest and has the keys."""
        return self.timeline if self.timeline.has_focus else self.rows

    def action_timeline(self) -> None:
        """The keys go to the timeline, or back; where it is below the rest, to its beginning."""
        if not self.timeline.display:
            touches = (key for key in self.rows.keys if isinstance(key, Spot) and key.kind == "touch")
            if not self.rows.select(next(touches, None), on_top=True):
                self.rows.action_last()
        elif self.timeline.has_focus:
            self.set_focus(self.rows)
        else:
            self.set_focus(self.timeline)

    @on(RowList.Picked)
    def _picked(self, event: RowList.Picked) -> None:
        event.stop()
        if isinstance(event.key, Spot):
            self._change(event.key)

    def _change(self, spot: Spot) -> None:
        """Change what is on that line, or open it."""
        match spot.kind:
            case "field" | "task":
                self.edit_line(self.page, spot)
            case "step":
                self.action_step()
            case "stage":
                self.action_move_to()
            case "snooze":
                self.action_snooze()
            case "nobody":
                self.action_add_person()
            case "person":
                self._edit_person(spot)
            case "item":
                self.action_tick()
            case "touch":
                self.edit_touch(spot)
            case "notes":
                self.edit_notes()
            case "related":
                self.open_deal(int(spot.ref))

    @property
    def _spot(self) -> Spot | None:
        """What the cursor is on."""
        key = self.looked_at.cursor_key if self.looked_at.has_focus else None
        return key if isinstance(key, Spot) else None

    def action_edit(self) -> None:
        """Change what the cursor is on; on a line that cannot be changed so, every field in a form."""
        spot = self._spot
        if spot is None or spot.kind in ("item", "related", "stage"):
            super().action_edit()
        else:
            self._change(spot)

    def action_tick(self) -> None:
        """Tick the item under the cursor off, or take its tick away; a task is done."""
        spot, deal_id = self._spot, self.page.deal.id
        if spot is not None and spot.kind == "item":
            item_id = int(spot.ref)
            ticked = item_id not in self.page.ticked
            self.act(lambda store, now: store.checklists.tick(deal_id, item_id, ticked, now), (deal_id,))
        elif spot is not None and spot.kind == "task":
            self.action_step_done()
        else:
            self.tell(
                "Space ticks what is on the checklist, and finishes a task; go to one with ↑↓.", wrong=True
            )

    def action_step_done(self) -> None:
        """The task under the cursor is done, else the next step."""
        spot, deal_id = self._spot, self.page.deal.id
        if spot is not None and spot.kind == "task":
            task_id = int(spot.ref)
            self.act(lambda store, now: store.tasks.finish((task_id,), now), (deal_id,))
        else:
            super().action_step_done()

    def action_delete(self) -> None:
        """Take the person off the deal, or delete the task or touch, that the cursor is on; else delete the deal."""
        spot, deal = self._spot, self.page.deal
        if spot is not None and spot.kind == "task":
            task_id = int(spot.ref)
            self.act(lambda store, now: store.tasks.delete(task_id, now), (deal.id,))
        elif spot is not None and spot.kind == "touch":
            touch_id = int(spot.ref)
            self.act(lambda store, now: store.touches.delete(touch_id, now), (deal.id,))
        elif spot is not None and spot.kind == "person":
            for contact in self.page.people:
                if contact.id == spot.ref:
                    self.remove_person(deal, contact)
        else:
            super().action_delete()

    def action_add_person(self) -> None:
        """Put somebody on the deal."""
        self.add_person(self.page.deal, self.page.people)

    def _edit_person(self, spot: Spot) -> None:
        for contact in self.page.people:
            if contact.id == spot.ref:
                self.edit_person(self.page.deal, contact)

    def action_leave(self) -> None:
        """Back to where one came from."""
        self.dismiss("")

    def action_help(self) -> None:
        """The keys of this screen."""
        self.app.push_screen(HelpScreen("Keys of the deal", self.keys))


def _room(width: int) -> int:
    """Cells of a list's lines between its margins."""
    return max(1, width - 2 * outer_margin(width))
