"""The backup of each day while the board is open, in a thread and with a connection of its own: no key waits for it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Final

from store import StoreError
from tui.clock import Clock

TRIED_AGAIN: Final = 60.0
"""Seconds after which a backup that could not be made is tried again: what is in its way may have gone."""

log = logging.getLogger(__name__)


class DailyBackup:
    """Makes the backup of the day of the file at `path` when it is asked to look, once the `folder` for it is known.

    `refused` is called in the event loop with what is in its way, once a day however often it is tried.
    """

    def __init__(self, path: Path, refused: Callable[[BaseException], object]) -> None:
        self.folder: Path | None = None
        """Where the backups go; `None` for a file that is not worth one."""
        self._path = path
        self._refused = refused
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="backup")
        self._under_way = False
        self._made_on: date | None = None
        self._told_on: date | None = None
        self._next_try = 0.0

    def look(self) -> None:
        """Begin the backup of today unless it is made. The real day counts, whatever day it is said to be."""
        loop, folder, today = asyncio.get_running_loop(), self.folder, Clock().today()
        if folder is None or self._made_on == today or self._under_way or loop.time() < self._next_try:
            return
        self._under_way = True

        def make() -> None:
            from store import back_up_daily

            back_up_daily(self._path, folder, today)

        def made(future: Future[None]) -> None:
            with suppress(RuntimeError):  # the program has ended meanwhile
                loop.call_soon_threadsafe(self._ended, future, today)

        self._thread.submit(make).add_done_callback(made)

    def close(self) -> None:
        """Wait for nothing: a backup that is being made is made by the next start."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _ended(self, future: Future[None], day: date) -> None:
        self._under_way = False
        error = future.exception()
        if error is None:
            self._made_on, self._next_try = day, 0.0
            return
        self._next_try = asyncio.get_running_loop().time() + TRIED_AGAIN
        if isinstance(error, StoreError) and self._told_on == day:
            log.info("still no backup: %s", error)
            return
        self._told_on = day
        self._refused(error)
