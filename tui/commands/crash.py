"""What is left behind by an error nobody foresaw: a traceback in the log, and one line that tells where."""

from __future__ import annotations

import os
import traceback
from datetime import UTC, datetime

from tui.paths import log_file


def note_crash(error: BaseException) -> str:
    """Write `error` with its traceback to the log file, private to the user; the line to tell them."""
    what = f"{type(error).__name__}: {error}".rstrip(": ")
    path = log_file()
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "a", encoding="utf-8", errors="backslashreplace") as log:
            log.write(f"\n{datetime.now(UTC).isoformat(timespec='seconds')}\n")
            log.writelines(traceback.format_exception(error))
    except OSError as trouble:
        return f"Something went wrong that should not ({what}), and {path} cannot be written: {trouble.strerror}."
    return f"Something went wrong that should not ({what}); the details are in {path}"
