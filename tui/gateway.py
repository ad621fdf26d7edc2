"""The only place where the event loop meets the store.

One thread does everything with the file, one thing after the other: a write is never dropped and never overtaken
by another, and a read that a newer one has made pointless is not done. The first thing the thread does is to load
the write side (SQLModel takes longer to import than the whole board to paint); a key pressed before that is done
waits in the same line. Only the backup of the day is made elsewhere (`tui.daily_backup`).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from datetime import date, datetime
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any, Final, TypeVar

from textual.message import Message

from store import ChangedElsewhere, NotFound, StoreBusy, StoreError
from tui.clock import Clock
from tui.daily_backup import DailyBackup
from tui.format import past
from tui.messages import BoardChanged, CommandFailed, DealsChanged

if TYPE_CHECKING:
    from store import Board, Deal, Done, Store

Answer = TypeVar("Answer")
Write = Callable[["Store", datetime], "Done"]

PATCH_AT_MOST: Final = 200
"""A change of more deals than this is shown by reading the board anew, which is quicker than patching it."""

log = logging.getLogger(__name__)


class Gateway:
    """Runs commands and reads in the store's thread and announces what came of them.

    `announce` hands a `Message` to whom it concerns, `call` runs a function among the app's own messages, and `fail` is
    given what nobody foresaw; all are called in the event loop. `pipeline_id` is the pipeline on the board.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        pipeline_id: int,
        announce: Callable[[Message], None],
        call: Callable[[Callable[[], None]], object],
        fail: Callable[[BaseException], object],
    ) -> None:
        self.clock = clock
        self.pipeline_id = pipeline_id
        self._store = store
        self._announce = announce
        self._call = call
        self._fail = fail
        self.daily_backup = DailyBackup(store.path, self._refused)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._loading = Lock()
        self._owed = 0
        self._newest_read = 0
        self._watching = False
        self._version: int | None = store.data_version()
        self._moved = False
        self._day = clock.today()

    @property
    def owing(self) -> bool:
        """Whether somebody waits for what a write does or what a question is answered."""
        return self._owed > 0

    def prepare(self, then: Callable[[], object]) -> None:
        """Load the write side when nothing is queued, in a thread of its own, so that no question waits for it; then
        call `then`.
        """
        loop = asyncio.get_running_loop()
        queued = self._thread.submit(lambda: None)

        def load() -> None:
            queued.result()
            with suppress(StoreError):  # whoever writes first is told
                self._load()
            with suppress(RuntimeError):  # the program has ended meanwhile
                loop.call_soon_threadsafe(then)

        Thread(target=load, name="prepare", daemon=True).start()

    def write(
        self, command: Write, told: str = "{} · u undoes it", then: Callable[[Done], None] | None = None
    ) -> None:
        """Queue `command`. `told` is what the founder reads when it is done, `{}` the title of what it did.

        `then` is called with what it did before the change is announced, and not at all when it was refused.
        """
        if then is None:
            self._queue(lambda: self._write(command, told)[1], owed=True)
        else:
            self._queue(lambda: self._handing_over(*self._write(command, told), then), owed=True)

    def read_board(self, told: str = "") -> None:
        """Queue reading the board anew; of several that wait, only the newest is read."""
        self._newest_read += 1
        mine = self._newest_read
        self._queue(lambda: self._read_board(told) if mine == self._newest_read else None)

    def read(
        self, question: Callable[[Store], Answer], then: Callable[[Answer], None], *, owed: bool = True
    ) -> None:
        """Queue `question` and call `then` with its answer in the event loop. A key waits for what is `owed`."""

        def ask() -> Callable[[], None]:
            answer = question(self._store)
            return lambda: then(answer)

        self._queue(ask, owed=owed)

    def remember(self, key: str, value: str) -> None:
        """Queue keeping a choice (a theme) in the file; what cannot be kept is not worth a word."""

        def keep() -> None:
            with suppress(StoreError):
                self._load()
                self._store.settings.set(key, value, self.clock.now())

        self._queue(keep)

    def watch(self) -> None:
        """Queue a look whether another program changed the file or the day did; then the board is read anew.

        On a new day its backup is made.
        """
        self.daily_backup.look()
        if not self._watching:
            self._watching = True
            self._queue(self._look)

    async def drained(self) -> None:
        """Wait until all that is queued by now is done and handed back."""
        await asyncio.wrap_future(self._thread.submit(lambda: None))

    def close(self) -> None:
        """Wait for what is queued, then end the thread."""
        self._thread.shutdown(wait=True)
        self.daily_backup.close()

    # What runs in the thread: each returns the message to announce, a callable for the event loop, or nothing.

    def _load(self) -> None:
        """Load the write side, once: two threads that import the same modules at a time may each find half of them."""
        with self._loading:
            self._store.prepare()

    def _write(self, command: Write, told: str) -> tuple[Done, Message | None]:
        self._load()
        done = command(self._store, self.clock.now())
        if done.action_id is None:
            return done, None
        words = told.replace("{}", past(done.title) if told.startswith("{}") else done.title)
        try:
            return done, self._shown(done, words)
        except StoreError as error:
            self._version = None  # what is committed and not shown is read at the next look
            return done, CommandFailed(f"{words}, but it cannot be shown yet: {error}")

    def _shown(self, done: Done, words: str) -> Message:
        today = self.clock.today()
        if not done.deal_ids or len(done.deal_ids) > PATCH_AT_MOST:
            return BoardChanged(self._board(today), words)
        deals = self._store.read.deals(done.deal_ids, today)
        gone = _missing(done, deals)
        if gone and all(each.id != self.pipeline_id for each in self._store.read.pipelines()):
            return BoardChanged(self._board(today), words)  # the import that made it is undone
        return DealsChanged(done, deals, gone, words)

    def _handing_over(
        self, done: Done, message: Message | None, then: Callable[[Done], None]
    ) -> Callable[[], None]:
        """In the event loop: `then` first, so that it knows what the announced change is."""

        def hand_over() -> None:
            then(done)
            if message is not None:
                self._announce(message)

        return hand_over

    def _read_board(self, told: str, elsewhere: str = "") -> Message:
        version, today = self._store.data_version(), self.clock.today()
        board = self._board(today)
        self._version, self._day = version, today
        return BoardChanged(board, told, elsewhere)

    def _look(self) -> Message | None:
        self._watching = False
        if not self._moved and (moved := self._store.moved()):
            self._moved = True  # said once; what is shown is still what was read
            raise moved
        same = self._store.data_version() == self._version
        if same and self.clock.today() == self._day:
            return None
        return self._read_board("", "" if same or self._version is None else self._said_of_others())

    def _said_of_others(self) -> str:
        """What another program changed is not known: a restore changes all. What undo takes back now is."""
        newest = self._store.history.peek_undo()
        return "changed elsewhere" + (f" · u undoes: {newest}" if newest else "")

    def _board(self, today: date) -> Board:
        """The board of our pipeline; of the first one when ours is gone (its creation was undone, say)."""
        try:
            return self._store.read.board(self.pipeline_id, today)
        except NotFound:
            board = self._store.read.board(None, today)
            self.pipeline_id = board.pipeline.id
            return board

    # From the threads back to the event loop.

    def _queue(self, job: Callable[[], Message | Callable[[], None] | None], *, owed: bool = False) -> None:
        loop = asyncio.get_running_loop()
        self._owed += owed
        future = self._thread.submit(job)
        future.add_done_callback(lambda ended: loop.call_soon_threadsafe(self._ended, ended, owed))

    def _ended(self, ended: Future[Any], owed: bool) -> None:
        self._owed -= owed
        error = ended.exception()
        if error is not None:
            self._refused(error)
            if isinstance(error, ChangedElsewhere | NotFound):
                self._queue(self._look)  # the founder is told of what is not shown yet
        elif isinstance(result := ended.result(), Message):
            self._announce(result)
        elif result is not None:
            self._call(result)

    def _refused(self, error: BaseException) -> None:
        """Announce what the store refused; what nobody foresaw is the app's."""
        if isinstance(error, StoreError):
            from tui.commands.way_back import for_file

            log.info("refused: %s", error)
            told = for_file(str(error), self._store.path)
            self._announce(CommandFailed(told, busy=isinstance(error, StoreBusy)))
        else:
            self._fail(error)


def _missing(done: Done, deals: tuple[Deal, ...]) -> tuple[int, ...]:
    there = {deal.id for deal in deals}
    return tuple(deal_id for deal_id in done.deal_ids if deal_id not in there)
