"""Looking at what widgets draw: as text, and how much of it."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console, RenderableType
from rich.style import Style
from textual._compositor import CompositorUpdate
from textual.app import ComposeResult
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from store import Deal
from tui.widgets.board import BoardWidget
from tui.widgets.board_state import BoardState
from tui.widgets.demo import DemoApp, make_board, sample_deals


def plain(ink: str, ground: str = "") -> Style:
    """A look without any colour, for drawing outside of an app."""
    del ink, ground
    return Style()


def text_of(widget: Widget) -> list[str]:
    """The lines of a widget as text, as they are now."""
    return [widget.render_line(y).text.rstrip() for y in range(widget.size.height)]


class CountedBoard(BoardWidget):
    """A board that counts the lines it draws."""

    drawn = 0

    def render_line(self, y: int) -> Strip:
        self.drawn += 1
        return super().render_line(y)


class BoardApp(DemoApp):
    """An app with nothing but a board; it counts frames and what they would write to a terminal of true colours."""

    CSS = "BoardWidget { width: 1fr; height: 1fr; }"

    def __init__(self, deals: Iterable[Deal] | None = None, theme_name: str = "dark") -> None:
        super().__init__(theme_name)
        self.console = Console(color_system="truecolor", force_terminal=True, legacy_windows=False)
        self.state = BoardState()
        self.state.load(make_board(sample_deals() if deals is None else deals))
        self.board = CountedBoard(self.state)
        self.frames: list[int] = []
        self.said: list[object] = []

    def compose(self) -> ComposeResult:
        yield self.board

    def on_mount(self) -> None:
        self.board.focus()

    def on_board_widget_cursor_moved(self, event: BoardWidget.CursorMoved) -> None:
        self.said.append(event.deal_id)

    def on_board_widget_deal_opened(self, event: BoardWidget.DealOpened) -> None:
        self.said.append(("opened", event.deal_id))

    def on_board_widget_deals_dropped(self, event: BoardWidget.DealsDropped) -> None:
        self.said.append(("dropped", event.deal_ids, event.stage_id))

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        frame: object = renderable
        if isinstance(frame, CompositorUpdate):
            self.frames.append(len(frame.render_segments(self.console).encode()))
        super()._display(screen, renderable)

    def begin(self) -> None:
        """Count from here."""
        self.board.drawn = 0
        self.frames.clear()
        self.said.clear()
