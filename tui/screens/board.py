"""The board: every open deal by stage, what is stuck beside it, what the month brings below it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.getters import query_one
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from store import add_months, month_of
from tui.keys import BOARD, Command, bindings
from tui.messages import BoardChanged, CommandFailed, DealsChanged
from tui.screens.adding import AddActions
from tui.screens.deciding import DecideActions
from tui.screens.importing import ImportActions
from tui.screens.moving import MoveActions
from tui.screens.noting import NoteActions
from tui.screens.panel import PanelActions
from tui.screens.reviewing import ReviewActions
from tui.screens.stage_probability import StageActions
from tui.screens.viewing import ViewActions
from tui.screens.visiting import VisitActions
from tui.widgets.board import BoardWidget
from tui.widgets.board_state import BoardState
from tui.widgets.filter_line import FilterLine
from tui.widgets.forecast_bar import ForecastBar
from tui.widgets.header import PipelineHeader
from tui.widgets.key_hints import KeyHints
from tui.widgets.still import Still, StillRow
from tui.widgets.stuck_panel import StuckPanel

if TYPE_CHECKING:
    from store import Board, Deal, Done, Forecast, StuckList
    from tui.context import Context

MONTHS_SHOWN: Final = 3
"""This month and the next two."""

PANEL_FROM: Final = 120
"""Cells from which the stuck panel stands beside the board; on a narrower terminal it takes the board's place."""

WIDTHS: Final = [(0, "-too-small"), (60, "-narrow"), (PANEL_FROM, "-wide")]
HEIGHTS: Final = [(0, "-too-short"), (15, "-tall")]
"""The class that the screen has from so many cells on."""

NEEDS_SIGHT: Final = frozenset(command.action.partition("(")[0] for command in BOARD) - {
    "help",
    "theme",
    "quit",
}
"""The actions that are not done while the board cannot be shown."""


class BoardScreen(
    PanelActions,
    ViewActions,
    AddActions,
    StageActions,
    MoveActions,
    DecideActions,
    NoteActions,
    ReviewActions,
    VisitActions,
    ImportActions,
    Still,
    Screen[None],
):
    """Holds the state of the board and hands it to the widgets; every change comes back from the gateway."""

    DEFAULT_CSS = """
    BoardScreen {
        background: $background;
        #middle { height: 1fr; }
        BoardWidget { width: 1fr; height: 1fr; }
        #filter { display: none; height: 1; border: none; padding: 0 2; background: $cursor; }
        #filter.-open { display: block; }
        #too-small { display: none; height: 1fr; content-align: center middle; text-align: center; }

        StuckPanel { display: none; }
        &.-wide StuckPanel { display: block; }
        &.-wide.-panel-hidden StuckPanel { display: none; }
        &.-narrow.-panel-shown StuckPanel { display: block; width: 1fr; }
        &.-narrow.-panel-shown BoardWidget { display: none; }

        &.-too-small, &.-too-short {
            #too-small { display: block; }
            PipelineHeader, #middle, #filter, ForecastBar, KeyHints { display: none; }
        }
    }
    """

    BLANK = True
    """All of it is covered: one strip serves as every line behind, and is cut at the widgets' edges once."""

    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(BOARD)]

    board = query_one(BoardWidget)
    header = query_one(PipelineHeader)
    panel = query_one(StuckPanel)
    bar = query_one(ForecastBar)
    hints = query_one(KeyHints)
    filter_line = query_one(FilterLine)

    def __init__(self, context: Context, board: Board) -> None:
        super().__init__()
        self.context = context
        self.state = BoardState()
        self.state.load(board)
        self._new_deal = 0
        self._due = 0
        self._last_focused: Widget | None = None
        self.property_names = set()

    @property
    def palette_commands(self) -> tuple[Command, ...]:
        """What the command palette offers here."""
        return self.context.board_keys

    def compose(self) -> ComposeResult:
        """Header, board and panel side by side, filter line, forecast, keys; laid out for this terminal at once."""
        for breakpoints, cells in zip((WIDTHS, HEIGHTS), self.app.size, strict=True):
            _, name = max((least, name) for least, name in breakpoints if least <= cells)
            self.add_class(name, update=False)
        yield Static(
            Content("Dealdeck needs 60 × 15 cells.\nPlease make the terminal larger."), id="too-small"
        )
        yield PipelineHeader()
        with StillRow(id="middle"):
            yield BoardWidget(self.state)
            yield StuckPanel()
        yield FilterLine(compact=True, id="filter")
        yield ForecastBar()
        yield KeyHints(self.context.board_keys)

    def on_mount(self) -> None:
        """The cards are there already; what is made from them follows in the same frame."""
        self.board.focus()
        self.watch_filter()
        self.watch_panel()
        self.show_sums()
        self.call_after_refresh(self._count_due)

    # What comes back

    def on_deals_changed(self, event: DealsChanged) -> None:
        """A command is committed: put its deals where they belong."""
        if not all(map(self._only_moved, event.deals)) or event.gone:
            self._count_due()
        self.state.patch(event.deals, event.gone)
        told = event.told
        if self._new_deal in event.done.deal_ids:
            if not self.state.focus_deal(self._new_deal) and self.state.filtered:
                told += " · the filter hides it, esc shows all"
            self._new_deal = 0
        self.board.refresh_board()
        self.show_sums()
        self.tell(told)

    def on_board_changed(self, event: BoardChanged) -> None:
        """The board was read anew."""
        self.context.pipeline = event.board.pipeline
        in_view = self.board.viewport.in_view(self.state)
        self.state.load(event.board)
        self.board.viewport.keep(self.state, in_view)
        self.board.refresh_board()
        self.show_sums()
        self._count_due()
        self.follow_view()
        if event.told:
            self.tell(event.told)

    def on_command_failed(self, event: CommandFailed) -> None:
        """Say why."""
        self.tell(event.why, wrong=True)

    def tell(self, words: str, *, wrong: bool = False) -> None:
        """One line at the foot, until the next action."""
        self.hints.tell(words, wrong=wrong)

    def made(self, deal_id: int) -> None:
        """It gets the cursor when it comes back."""
        self._new_deal = deal_id

    def targets(self) -> tuple[Deal, ...]:
        """The selected deals, else the one under the cursor; in the panel, the one it is on."""
        if self.panel.has_focus:
            return (self.panel.entry.deal,) if self.panel.entry else ()
        found = (self.state.deal(deal_id) for deal_id in self.state.targets())
        return tuple(deal for deal in found if deal is not None)

    def pointed_at(self) -> Deal | None:
        """The deal under the cursor, whatever is selected; in the panel, the one it is on."""
        if self.panel.has_focus:
            return super().pointed_at()
        return self.state.cursor_deal or super().pointed_at()

    @property
    def morning_list(self) -> StuckList | None:
        """What is stuck, once all of the board is there."""
        return self.state.stuck() if self.state.whole else None

    def acted(self, ids: Sequence[int], done: Done) -> None:
        """A selection is for one act."""
        if self.state.drop_selected(ids) and done.action_id is None:  # else the change shows it
            self.board.refresh_board()
            self.show_sums()

    def show_sums(self) -> None:
        """Bring header, panel and forecast up to date; each draws only what differs. Of a board that is not whole yet
        only the sums are known.
        """
        stuck = self.state.stuck()
        self.header.show(
            self.state, stuck, due=self._due, view=self.view_name, another_day=self.context.clock.another_day
        )
        if not self.state.whole:
            return
        self.panel.show(self.state, stuck)
        if self.panel.has_focus and not self.panel.count:
            self.to_board()
        self.bar.show(self._forecast())

    def _count_due(self) -> None:
        """Say how many tasks are due over all pipelines, which no board knows."""
        today = self.context.today

        def counted(due: int) -> None:
            if due != self._due:
                self._due = due
                self.show_sums()

        self.context.gateway.read(lambda store: store.read.due_count(today), counted)

    def _only_moved(self, deal: Deal) -> bool:
        """Whether a deal came to another stage with its tasks as they were: none of them came due or was done."""
        was = self.state.deal(deal.id)
        return (
            was is not None
            and was.stage_id != deal.stage_id
            and (was.open_tasks, was.next_step, was.last_task_due)
            == (deal.open_tasks, deal.next_step, deal.last_task_due)
        )

    def _forecast(self) -> Forecast:
        this_month = month_of(self.context.today)
        return self.state.forecast([add_months(this_month, n) for n in range(MONTHS_SHOWN)])

    # The user

    @on(BoardWidget.DealOpened)
    def _double_clicked(self, event: BoardWidget.DealOpened) -> None:
        self.open_deal(event.deal_id)

    @on(BoardWidget.DealsDropped)
    def _dropped(self, event: BoardWidget.DealsDropped) -> None:
        deals = tuple(deal for deal_id in event.deal_ids if (deal := self.state.deal(deal_id)) is not None)
        stage = next((stage for stage in self.pipeline.stages if stage.id == event.stage_id), None)
        if deals and stage is not None:  # another program may have taken them away while the card was held
            self.move(deals, stage)

    def action_open_deal(self) -> None:
        """Everything about the deal; in the panel, go to it on the board."""
        if self.panel.has_focus:
            self.panel.action_pick()
        elif deal := self.pointed_at():
            self.open_deal(deal.id)

    @property
    def _too_small(self) -> bool:
        return self.has_class("-too-small") or self.has_class("-too-short")

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Remember what the keys go to."""
        self._last_focused = event.widget

    def on_screen_suspend(self) -> None:
        """What opens over the board ends a drag: the mouse is let go somewhere else."""
        self.board.let_go()

    def on_resize(self) -> None:
        """The panel may have come or gone; on a terminal that was too small nothing had the keys."""
        self.call_after_refresh(self._resized)

    def _resized(self) -> None:
        if self.focused is None and self._last_focused is not None and not self._too_small:
            self.set_focus(self._last_focused, from_app_focus=True)  # what is typed there stays unselected
        self.show_badge()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """On a terminal that is too small nobody sees what an action is about: only those about none are done."""
        if self._too_small and action in NEEDS_SIGHT:
            return False
        return super().check_action(action, parameters)

    def action_help(self) -> None:
        """Every key of the board."""
        from tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen("Keys of the board", self.context.board_keys))

    def action_quit(self) -> None:
        """Leave; everything is saved already."""
        self.app.exit()
