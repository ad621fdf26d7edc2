"""The founder's own editor, for texts that are too long for a sheet."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkstemp
from typing import Final

VARIABLES: Final = ("VISUAL", "EDITOR")
"""Where the editor is named, the first one that says anything."""


class EditorFailed(Exception):
    """There is no editor, or it did not do its work; the message says which, and that nothing was changed."""


def editor_command(environment: Mapping[str, str]) -> list[str]:
    """The editor's program with its arguments. `EditorFailed` where none is named."""
    named = next((value for name in VARIABLES if (value := environment.get(name, "").strip())), "")
    if not named:
        raise EditorFailed("No editor is named; set VISUAL or EDITOR (EDITOR=nano), or edit here with ⏎.")
    try:
        return shlex.split(named)
    except ValueError:
        raise EditorFailed(f"{named} is not a command; set VISUAL or EDITOR to an editor.") from None


def edited(command: list[str], text: str) -> str:
    """`text` as the editor leaves it, without the line end that editors add.

    It is handed over in a file that only its owner may read, and that is gone afterwards. The terminal has to be the
    editor's meanwhile. `EditorFailed` when it cannot be started, says that it failed, or leaves no text.
    """
    handle, name = mkstemp(prefix="deals-", suffix=".txt")
    path = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        _run([*command, name])
        after = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise EditorFailed(
            f"{command[0]} left something else than text; the notes are as they were."
        ) from None
    except OSError as error:
        why = error.strerror or str(error)
        raise EditorFailed(f"{command[0]} left no text ({why}); the notes are as they were.") from error
    finally:
        with suppress(OSError):
            path.unlink()
    return after if after == text else after.removesuffix("\n")


def _run(command: list[str]) -> None:
    try:
        with _interrupts_passed_over():
            ended = subprocess.run(command, check=False)  # it is the founder's own choice
    except OSError as error:
        why = error.strerror or str(error)
        raise EditorFailed(
            f"{command[0]} cannot be started ({why}); set VISUAL or EDITOR to an editor."
        ) from error
    if ended.returncode < 0:
        raise EditorFailed(
            f"{command[0]} was ended by signal {-ended.returncode}; the notes are as they were."
        )
    if ended.returncode:
        raise EditorFailed(f"{command[0]} ended with {ended.returncode}; the notes are as they were.")


@contextmanager
def _interrupts_passed_over() -> Iterator[None]:
    """ctrl+c is for the editor while it has the terminal, and not for us beside it."""
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
