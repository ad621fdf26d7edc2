"""What signals do: some end the program as if it had been asked to end, one takes it up again after a halt."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import termios
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from textual.app import App

EXIT: Final = 128
"""Added to a signal's number to make the exit code of a program that it ended."""


def mind_signals(app: App[Any]) -> None:
    """Take care of the signals of a running app; to be called in its event loop.

    Textual leaves the terminal as it is on SIGTERM and SIGHUP. And it takes every SIGCONT for the end of a halt for
    which it had given the terminal back: after a SIGSTOP, which no program hears of, it would set up the terminal a
    second time and leave it so in the end. Of that halt the shell has put the terminal in order for itself, though, so
    its modes are set again as they were.
    """
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        loop.add_signal_handler(number, partial(app.exit, return_code=EXIT + number))
    resume = signal.getsignal(signal.SIGCONT)
    if not callable(resume) or not sys.stdin.isatty():
        return  # no terminal that could be halted
    terminal = sys.stdin.fileno()
    modes = termios.tcgetattr(terminal)

    def go_on(*received: Any) -> None:
        # What Textual says of itself: whether it has to set up the terminal again.
        if getattr(app._driver, "_must_signal_resume", True):
            resume(*received)
        else:
            with suppress(OSError, termios.error):  # a window that is being closed lets go on what it ends
                if os.tcgetpgrp(terminal) == os.getpgrp():  # else it is not ours yet, and to ask halts us
                    termios.tcsetattr(terminal, termios.TCSANOW, modes)
            loop.call_soon_threadsafe(partial(app.refresh, layout=True))

    signal.signal(signal.SIGCONT, go_on)
