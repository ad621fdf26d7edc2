"""The board: every open deal by stage, what is stuck beside it, what the month brings below it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.getters import query_one
from textual.screen import Screen
from textual.widgets import Static

from store import Board, Deal, DealPage, Done, Forecast, add_months, month_of
from tui.context import Context
from tui.keys import BOARD, Command, bindings
from tui.messages import BoardChanged, CommandFailed, DealsChanged
from tui.screens.adding import AddActions
from tui.screens.deciding import DecideActions
from tui.screens.finding import FindActions
from tui.screens.moving import MoveActions
from tui.screens.noting import NoteActions
from tui.theme import THEMES
from tui.widgets.board import BoardWidget
from tui.widgets.board_state import BoardState
from tui.widgets.filter_line import FilterLine
from tui.widgets.forecast_bar import ForecastBar
from tui.widgets.header import PipelineHeader
from tui.widgets.key_hints import KeyHints
from tui.widgets.still import Still, StillRow
from tui.widgets.stuck_panel import StuckPanel

MONTHS_SHOWN: Final = 3
"""This month and the next two."""

PANEL_FROM: Final = 120
"""Cells from which the stuck panel stands beside the board; on a narrower terminal it takes the board's place."""

WIDTHS: Final = [(0, "-too-small"), (60, "-narrow"), (PANEL_FROM, "-wide")]
HEIGHTS: Final = [(0, "-too-short"), (15, "-tall")]
"""The class that the screen has from so many cells on."""


class BoardScreen(FindActions, AddActions, MoveActions, DecideActions, NoteActions, Still, Screen[None]):
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
        self._board = board
        self._expecting_new = False
        self.property_names = set()

    @property
    def palette_commands(self) -> tuple[Command, ...]:
        """What the command palette offers here."""
        return self.context.board_keys

    def compose(self) -> ComposeResult:
        """Header, board and panel side by side, filter line, forecast, keys."""
        yield Static(
            Content("Dealdeck needs 60 × 15 cells; please make the terminal larger."), id="too-small"
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
        self.show_sums()

    # What comes back

    def on_deals_changed(self, event: DealsChanged) -> None:
        """A command is committed: put its deals where they belong."""
        self.state.patch(event.deals, event.gone)
        if self._expecting_new and event.deals:
            self._expecting_new = False
            self.state.focus_deal(event.deals[0].id)
        self.board.refresh_board()
        self.show_sums()
        self.tell(event.told)

    def on_board_changed(self, event: BoardChanged) -> None:
        """The board was read anew."""
        self._board = event.board
        self.context.pipeline = event.board.pipeline
        self.state.load(event.board)
        self.board.refresh_board()
        self.show_sums()
        if event.told:
            self.tell(event.told)

    def on_command_failed(self, event: CommandFailed) -> None:
        """Say why."""
        self.tell(event.why, wrong=True)

    def tell(self, words: str, *, wrong: bool = False) -> None:
        """One line at the foot, until the next action."""
        self.hints.tell(words, wrong=wrong)

    def expect_new(self) -> None:
        """The next deal that comes back gets the cursor."""
        self._expecting_new = True

    def targets(self) -> tuple[Deal, ...]:
        """The selected deals, else the one under the cursor; in the panel, the one it is on."""
        if self.panel.has_focus:
            return (self.panel.entry.deal,) if self.panel.entry else ()
        found = (self.state.deal(deal_id) for deal_id in self.state.targets())
        return tuple(deal for deal in found if deal is not None)

    def acted(self, ids: Sequence[int], done: Done) -> None:
        """A selection is for one act."""
        if self.state.drop_selected(ids) and done.action_id is None:  # else the change shows it
            self.board.refresh_board()
            self.show_sums()

    def show_sums(self) -> None:
        """Bring header, panel and forecast up to date; each draws only what differs."""
        stuck = self.state.stuck()
        self.header.show(self.state, stuck, another_day=self.context.clock.another_day)
        self.panel.show(self.state, stuck)
        self.bar.show(self._forecast())

    def _forecast(self) -> Forecast:
        this_month = month_of(self.context.today)
        return self.state.forecast([add_months(this_month, n) for n in range(MONTHS_SHOWN)])

    # The user

    @on(BoardWidget.DealOpened)
    def _double_clicked(self, event: BoardWidget.DealOpened) -> None:
        self._open(event.deal_id)

    @on(BoardWidget.DealsDropped)
    def _dropped(self, event: BoardWidget.DealsDropped) -> None:
        deals = tuple(deal for deal_id in event.deal_ids if (deal := self.state.deal(deal_id)) is not None)
        stage = next(stage for stage in self.context.pipeline.stages if stage.id == event.stage_id)
        self.move(deals, stage)

    @on(StuckPanel.DealPicked)
    def _picked(self, event: StuckPanel.DealPicked) -> None:
        if not self.board.focus_deal(event.deal_id):
            self.clear_filter()
            self.board.focus_deal(event.deal_id)
        self.remove_class("-panel-shown")
        self.board.focus()
        self.call_after_refresh(self._show_badge)

    def action_open_deal(self) -> None:
        """Everything about the deal; in the panel, go to it on the board."""
        if self.panel.has_focus:
            self.panel.action_pick()
        elif deals := self.meant():
            self._open(self.state.cursor_deal.id if self.state.cursor_deal else deals[0].id)

    def _open(self, deal_id: int) -> None:
        today = self.context.today
        self.context.gateway.read(
            lambda store: store.read.deal_page(deal_id, today),
            self._show_deal,
        )

    def _show_deal(self, page: DealPage) -> None:
        from tui.screens.deal import DealScreen

        def left(words: str | None) -> None:
            if words:
                self.tell(words, wrong=True)

        self.app.push_screen(DealScreen(self.context, page), left)

    def action_panel(self) -> None:
        """To the stuck panel; from it, hide it and go back."""
        self._show_panel(not self.panel.has_focus)

    def _show_panel(self, shown: bool) -> None:
        self.set_class(not shown, "-panel-hidden")
        self.set_class(shown, "-panel-shown")
        (self.panel if shown else self.board).focus()
        self.call_after_refresh(self._show_badge)

    def _show_badge(self) -> None:
        """The header counts the stuck ones while the panel is out of view."""
        self.header.badge = not self.panel.display

    def on_resize(self) -> None:
        """The panel may have come or gone."""
        self.call_after_refresh(self._show_badge)

    def action_back(self) -> None:
        """Esc: leave the panel, else what `FindActions` does."""
        if self.panel.has_focus:
            self.remove_class("-panel-shown")
            self.board.focus()
            self.call_after_refresh(self._show_badge)
        else:
            super().action_back()

    def action_help(self) -> None:
        """Every key of the board."""
        from tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen("Keys of the board", self.context.board_keys))

    def action_theme(self) -> None:
        """The next theme."""
        names = list(THEMES)
        self.context.wear(names[(names.index(self.app.theme) + 1) % len(names)])
        self.tell(f"theme: {self.app.theme}")

    def action_quit(self) -> None:
        """Leave; everything is saved already."""
        self.app.exit()

    # Where the cursor goes: on the board, or in the panel while it has the focus

    @property
    def _looked_at(self) -> BoardWidget | StuckPanel:
        return self.panel if self.panel.has_focus else self.board

    def action_cursor_left(self) -> None:
        """The stage to the left; from the panel back to the board."""
        if self.panel.has_focus:
            self.action_back()
        else:
            self.board.action_cursor_left()

    def action_cursor_right(self) -> None:
        """The stage to the right."""
        if not self.panel.has_focus:
            self.board.action_cursor_right()

    def action_cursor_up(self) -> None:
        """The deal above."""
        self._looked_at.action_cursor_up()

    def action_cursor_down(self) -> None:
        """The deal below."""
        self._looked_at.action_cursor_down()

    def action_page_up(self) -> None:
        """A page up."""
        self._looked_at.action_page_up()

    def action_page_down(self) -> None:
        """A page down."""
        self._looked_at.action_page_down()

    def action_cursor_first(self) -> None:
        """The first deal of the stage."""
        self._looked_at.action_first()

    def action_cursor_last(self) -> None:
        """The last deal of the stage."""
        self._looked_at.action_last()

    def action_select(self) -> None:
        """Select the deal, or not."""
        if not self.panel.has_focus:
            self.board.action_toggle_select()
            self.show_sums()
