"""Where things are: the data, the config file, the log, the backups. Nothing is made here.

The folders are the platform's own (XDG on Linux); platformdirs is imported only when one of them is asked for.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Final, Literal, NamedTuple

from tui.commands import UsageError

APP: Final = "dealdeck"

_MOST: Final = 60
"""As many characters of a name that no file can have are told."""

Origin = Literal["--db", "DEALS_DB", "config", "default"]


class Database(NamedTuple):
    """The data file, and who said so: `--db` goes before `DEALS_DB`, that before the config file."""

    path: Path
    origin: Origin
    problems: tuple[str, ...] = ()
    """What is wrong in the config file, where it was asked for the path."""

    def is_there(self) -> bool:
        """Whether something is at the path. What cannot be looked at is taken to be there: opening it says why not."""
        try:
            return self.path.exists()
        except OSError:
            return True


def database(option: str | None = None) -> Database:
    """The file to work on; `option` is what `--db` said. It need not exist. `UsageError` for what is no path at all."""
    if option is not None:
        return Database(given(file_named(option)), "--db")
    variable = os.environ.get("DEALS_DB")
    if variable:
        return Database(given(file_named(variable)), "DEALS_DB")
    config = config_file()
    if not os.path.lexists(config) and config.parent.is_dir():
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


def file_named(text: str) -> str:
    """The path that somebody gave for a file, as it was typed; `UsageError` for what the system takes for none."""
    path = given(text)
    try:
        path.lstat()
    except OSError as error:
        possible = error.errno != errno.ENAMETOOLONG
    except ValueError:  # what is no text to the system, or has an end in its middle
        possible = False
    else:
        possible = True
    if not possible:
        raise UsageError(f"No file can have the name {text[:_MOST]}{'…' if len(text) > _MOST else '.'}")
    try:
        Path(text).expanduser()
    except RuntimeError:  # `~nobody` is a name like any other, here and for who writes the file
        return str(path)
    return text


def _folders() -> tuple[Path, Path, Path]:
    """Data, config and state folder. Where the system keeps state among the data, as macOS does, it is beside them."""
    import platformdirs

    data = platformdirs.user_data_path(APP, appauthor=False)
    state = platformdirs.user_state_path(APP, appauthor=False)
    if state.is_relative_to(data):
        state = data.with_name(f"{APP}-state")
    return data, platformdirs.user_config_path(APP, appauthor=False), state
