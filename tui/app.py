"""The app: what all screens share. Themes, the key map, signals, crashes, and handing on what the gateway says."""

from __future__ import annotations

import asyncio
import gc
import signal
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual.actions import ActionParseResult
from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.filter import LineFilter, Monochrome, NoColor
from textual.message import Message
from textual.screen import Screen

from store import Sort, StoreError, printable
from tui import theme
from tui.clock import Clock
from tui.commands import BUSY, FAILED
from tui.commands.crash import note_crash
from tui.context import Context
from tui.gateway import Gateway
from tui.keys import BOARD, remapped
from tui.keys_in_order import KeysInOrder
from tui.messages import CommandFailed
from tui.palette import ActionProvider
from tui.plain_text import PlainText
from tui.screens.board import BoardScreen
from tui.settings import Settings
from tui.signals import EXIT, mind_signals
from tui.widgets.key_hints import KeyHints

if TYPE_CHECKING:
    from pathlib import Path

    from store import Board, Store
    from tui.screens.reviewing import Begun
    from tui.screens.welcome import Start

WATCH_SECONDS = 1.0
"""How often we look whether another program changed the file."""

_PLAIN_TEXT: Final = PlainText()
_NO_COLOR: Final = NoColor()


class DealdeckApp(KeysInOrder):
    """Opens on the board, or on the choice of a template where there is no pipeline yet."""

    TITLE = "deals"
    CSS_PATH = "app.tcss"
    COMMANDS: ClassVar[set[Any]] = {ActionProvider}
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+p"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+c", "interrupted", show=False, priority=True)]

    def __init__(
        self,
        store: Store,
        clock: Clock,
        settings: Settings,
        board: Board | None,
        currency: str,
        review: Begun | None = None,
        backups: Path | None = None,
    ) -> None:
        super().__init__()
        self._review = review
        """The morning review to open on, over the board."""
        self._backups = backups
        """Where the backup of each day goes, and that before an import, if any is to be made."""
        self._store = store
        self._settings = settings
        self._clock = clock
        self._first_board = board
        self._currency = currency
        self.last_words: list[str] = []
        """What could not be shown any more: said on stderr when the terminal is the founder's again."""
        wished = settings.theme or store.read.setting("theme") or theme.DARK.name
        # Without colours only the look that was made to do without them shows where the cursor is.
        theme.install(self, theme.TERMINAL.name if self.no_color else wished)
        self.set_keymap(dict(settings.keys))

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's filters, and ours that lets no control character out. With NO_COLOR Textual would make colours
        grey; no colour at all is meant."""
        filters = super().get_line_filters()
        if self.no_color:
            filters = [*(each for each in filters if not isinstance(each, Monochrome)), _NO_COLOR]
        return [*filters, _PLAIN_TEXT]

    def get_default_screen(self) -> Screen[Any]:
        """The board, at the bottom: over an empty screen every change would paint all of it (Textual paints the top
        screen whole when one below it has something to say)."""
        if self._first_board is None:
            return super().get_default_screen()
        return self._board_screen(self._first_board)

    def refresh_css(self, animate: bool = True) -> None:
        """Style everything anew; the theme that is put on before anything is there needs no more than its colours."""
        if self.children:
            super().refresh_css(animate)
        else:
            self.stylesheet.set_variables(self.get_css_variables())

    def on_mount(self) -> None:
        """The board first; what it does not need comes after its first frame."""
        mind_signals(self)
        if self._first_board is None:
            self._welcome(self._config_problem())
        elif isinstance(self.screen, BoardScreen):
            self.call_after_refresh(self._after_first_paint, self.screen)
            if self._review is not None:
                self._open_review(self.screen.context, self._review)

    def _open_review(self, context: Context, review: Begun) -> None:
        from tui.screens.review import ReviewScreen

        self.push_screen(ReviewScreen(context, review))

    def on_unmount(self) -> None:
        """What was handed over is written before the program ends."""
        if self.gateway is not None:
            self.gateway.close()

    def _begin(self, start: Start | None) -> None:
        if start is None:
            self.exit()
        else:
            self.nothing_begun.clear()
            self.run_worker(self._make_pipeline(start))

    async def _make_pipeline(self, start: Start) -> None:
        """The first pipeline, on the board; where it cannot be made, the choice stays open and says why."""
        make = self._store.pipelines.create
        try:
            await asyncio.to_thread(make, start.template, start.name, start.currency, self._clock.now())
            board = self._store.read.board(None, self._clock.today())
        except StoreError as error:
            self._welcome(str(error))
        else:
            screen = self._board_screen(board)
            self.add_mode("board", lambda: screen)
            self.switch_mode("board")
            self.call_after_refresh(self._after_first_paint, screen)
        finally:
            self.nothing_begun.set()  # what was typed meanwhile is for what is there now

    def _welcome(self, wrong: str = "") -> None:
        from store import TEMPLATES
        from tui.screens.welcome import WelcomeScreen

        self.push_screen(WelcomeScreen(TEMPLATES, self._currency, first=True, wrong=wrong), self._begin)

    def _board_screen(self, board: Board) -> BoardScreen:
        gateway = Gateway(self._store, self._clock, board.pipeline.id, self._announce, self._call, self._fail)
        self.gateway = gateway
        context = Context(
            gateway,
            self._clock,
            self._settings,
            board.pipeline,
            remapped(BOARD, self._settings.keys),
            self.action_wear,
            backups=self._backups,
        )
        screen = BoardScreen(context, board)
        remembered = self._store.read.setting("sort")
        sort = next((sort for sort in Sort if sort == remembered), Sort.ORDER)
        if sort is not Sort.ORDER:
            screen.state.set_sort(sort)
        return screen

    def _after_first_paint(self, screen: BoardScreen) -> None:
        assert self.gateway is not None
        if not screen.state.whole:
            self.gateway.read_board()
        self.gateway.prepare(partial(self.call_later, self._loaded))
        if wrong := self._config_problem():
            screen.tell(wrong, wrong=True)

    def _config_problem(self) -> str:
        """What is wrong in the config file, in one line; empty when nothing is."""
        if not self._settings.problems and not self._settings.keys:
            return ""
        from tui.key_ids import config_problem

        return config_problem(self._settings)

    def _loaded(self) -> None:
        """All is there: from now on the collector does its rounds, and other programs' changes are looked for."""
        spare_what_stays()
        if self.gateway is not None:
            self.gateway.daily_backup.folder = self._backups
            self.gateway.watch()
            self.set_interval(WATCH_SECONDS, self.gateway.watch)

    def _announce(self, message: Message) -> None:
        """Hand on what the gateway says to every screen; a sheet has no ear for it. What comes after the last screen
        is gone is said when the terminal is the founder's again.
        """
        self.handed_on = True
        if self.is_running:
            for screen in self.screen_stack:
                screen.post_message(copy(message))
        elif isinstance(message, CommandFailed):
            self.last_words.append(message.why)
            self._return_code = BUSY if message.busy else FAILED

    def _call(self, then: Callable[[], None]) -> None:
        """Hand an answer on: among the messages of the screen at the bottom, so that a key that waits for it in the
        app's own does not wait for ever. One that comes after the last screen is gone is nobody's any more.
        """

        def hand_on() -> None:
            if self.is_running:
                then()

        self.handed_on = True
        if self.is_running:
            self.screen_stack[0].call_later(hand_on)

    def _fail(self, error: BaseException) -> None:
        """End the program with what nobody foresaw; after the last screen it is logged and told all the same."""

        def stumble() -> None:
            raise error

        if self.is_running:
            self.screen_stack[0].call_later(stumble)
        else:
            self.last_words.append(note_crash(error))
            self._return_code = FAILED

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Do what a key asks for. What the screen told of the last action goes with it, in the same frame; one that
        writes leaves that to the line that tells of it.
        """
        hints: KeyHints | None = getattr(self.screen, "hints", None)
        before = hints.times_told if hints else 0
        ran = await super().run_action(action, default_namespace, namespaces)
        if hints is not None and hints.times_told == before and not (self.gateway and self.gateway.owing):
            hints.untell()
        return ran

    def action_wear(self, name: str) -> None:
        """Put on a theme and remember it; without colours there is only one."""
        if self.no_color:
            hints: KeyHints | None = getattr(self.screen, "hints", None)
            if hints is not None:
                hints.tell(
                    "There is one theme without colours (NO_COLOR is set, or the terminal has none).",
                    wrong=True,
                )
            return
        self.theme = name
        if self.gateway is not None:
            self.gateway.remember("theme", name)

    def copy_to_clipboard(self, text: str) -> None:
        """Copied is what can be seen: whoever pastes it into a shell is not to be surprised."""
        super().copy_to_clipboard(printable(text))

    def action_interrupted(self) -> None:
        """ctrl+c ends the program as anywhere in a terminal."""
        self.exit(return_code=EXIT + signal.SIGINT)

    def _fatal_error(self) -> None:
        """Textual's own way is a screenful of traceback; ours is the log and one line."""
        if self._exception is not None:
            self.last_words.append(note_crash(self._exception))
        self._close_messages_no_wait()


def spare_what_stays() -> None:
    """Take what is loaded by now out of the garbage collector's rounds, and let them begin: over ten thousand deals a
    full round takes longer than any key. The launch has kept it off until here.
    """
    gc.freeze()
    gc.enable()
