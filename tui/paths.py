"""Where things are: the data, the config file, the log, the backups. Nothing is made here.

The folders are the platform's own (XDG on Linux); platformdirs is imported only when one of them is asked for.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final, Literal, NamedTuple

APP: Final = "dealdeck"

Origin = Literal["--db", "DEALS_DB", "config", "default"]


class Database(NamedTuple):
    """The data file, and who said so: `--db` goes before `DEALS_DB`, that before the config file."""

    path: Path
    origin: Origin
    problems: tuple[str, ...] = ()
    """What is wrong in the config file, where it was asked for the path."""


def database(option: str | None = None) -> Database:
    """The file to work on; `option` is what `--db` said. It need not exist."""
    if option is not None:
        return Database(given(option), "--db")
    variable = os.environ.get("DEALS_DB")
    if variable:
        return Database(given(variable), "DEALS_DB")
    config = config_file()
    if not config.exists():
        return Database(default_database(), "default")
    from tui.settings import load

    settings = load(config)
    if settings.db is None:
        return Database(default_database(), "default", settings.problems)
    return Database(settings.db.absolute(), "config", settings.problems)


def default_database() -> Path:
    """The data file of who has not chosen another."""
    return _folders()[0] / "deals.db"


def config_file() -> Path:
    """The TOML file of `tui.settings`; it need not exist."""
    return _folders()[1] / "config.toml"


def log_file() -> Path:
    """Where a crash leaves its traceback."""
    return _folders()[2] / "deals.log"


def backup_folder() -> Path:
    """Where copies of the data file are kept: not beside the data, so that one mishap does not take both."""
    return _folders()[2] / "backups"


def given(text: str) -> Path:
    """The path that somebody typed, `~` being the home folder."""
    path = Path(text)
    try:
        return path.expanduser().absolute()
    except RuntimeError:  # a home folder of somebody who is not there: then `~` is a letter like any other
        return path.absolute()


def _folders() -> tuple[Path, Path, Path]:
    """Data, config and state folder."""
    import platformdirs

    return (
        platformdirs.user_data_path(APP, appauthor=False),
        platformdirs.user_config_path(APP, appauthor=False),
        platformdirs.user_state_path(APP, appauthor=False),
    )
