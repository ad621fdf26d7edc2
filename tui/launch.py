"""From the command line to the app: open the file, read the board, run, and say what is left to say."""

from __future__ import annotations

import gc
import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from store import open_store, pick
from tui.clock import Clock, refuse_impossible_clock
from tui.paths import backup_folder, config_file
from tui.settings import load, local_currency

if TYPE_CHECKING:
    from store import Board, Store

FIRST_CARDS: Final = 60
"""As many cards of a column are read before the first frame: more than any terminal shows. The rest follows at once."""

_COLOURLESS: Final = frozenset({"vt52", "vt100", "vt102", "vt220", "vt320", "ansi-m"})
"""Terminals without colours, by the name in TERM; those that end in `-m` or `-mono` have none either."""

_MOST_CELLS: Final = 1000
"""No window has more columns or lines."""


def run_app(
    path: Path,
    *,
    pipeline: str | None = None,
    today: date | None = None,
    create: bool = False,
    review: bool = False,
    keeps_backups: bool = True,
) -> int:
    """Open the board on the file at `path` and stay until it is left; the exit code.

    `create` makes the file where there is none; the first start then asks for a template. `pipeline` is a name or a
    part of one, else the pipeline looked at last is shown; `today` is the day it counts as. With `review` it begins
    with the morning review; without `keeps_backups` the day's backup is left out. Raises `StoreError` when the file
    cannot be used and `CommandError` when the clock cannot, before anything is drawn.
    """
    _mind_the_environment()
    gc.disable()  # until the board is drawn and all is loaded: `tui.app.spare_what_stays`
    refuse_impossible_clock()
    clock = Clock(today)
    backups = backup_folder()
    with open_store(path, create=create, backup_dir=backups) as store:
        board = first_board(store, pipeline, clock.today())
        from tui.app import DealdeckApp

        settings = load(config_file(), _key_ids)
        currency = "" if board else settings.currency or local_currency()  # a first pipeline's
        morning = None
        if review and board is not None:
            from tui.screens.reviewing import begun

            morning = begun(store, board.pipeline, clock.today())
        kept = backups if keeps_backups else None
        app = DealdeckApp(store, clock, settings, board, currency, morning, kept)
        app.run()
    for line in app.last_words:
        print(f"deals: {line}", file=sys.stderr)
    return app.return_code or 0


def first_board(store: Store, name: str | None, today: date) -> Board | None:
    """The board of the pipeline named, else of the one looked at last, else of the first; `None` if there is none."""
    pipelines = store.read.pipelines()
    if not pipelines:
        return None
    if name:
        chosen = pipelines[pick(name, [pipeline.name for pipeline in pipelines], "pipeline")]
    else:
        last = store.read.setting("pipeline")
        chosen = next((pipeline for pipeline in pipelines if str(pipeline.id) == last), pipelines[0])
    return store.read.board(chosen.id, today, FIRST_CARDS)


def _key_ids() -> tuple[str, ...]:
    from tui.key_ids import KEY_IDS

    return KEY_IDS


def _mind_the_environment() -> None:
    """Textual takes an empty NO_COLOR for a wish; by the convention it is none. And it takes every terminal for one
    with colours; where the terminal's name says that it has none, that is as good as the wish. COLUMNS and LINES, where
    they are exported, it would believe before the terminal itself, which knows also when its window changes."""
    environ = os.environ
    if environ.get("NO_COLOR") == "":
        del environ["NO_COLOR"]
    term = environ.get("TERM", "")
    if not environ.get("COLORTERM") and (term in _COLOURLESS or term.endswith(("-m", "-mono"))):
        environ["NO_COLOR"] = "1"
    for name, cells in zip(("COLUMNS", "LINES"), _size(), strict=True):
        asked = environ.pop(name, "")
        if not cells and asked.isdecimal() and 0 < int(asked[:5]) <= _MOST_CELLS:
            environ[name] = asked


def _size() -> tuple[int, int]:
    """Columns and lines that the terminal says it has; 0 where it does not know (a serial line)."""
    try:
        return os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else 1)
    except (OSError, ValueError):
        return 0, 0
