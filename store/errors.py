"""What can go wrong, in words a user understands.

Each error's text is one sentence (or two short ones) that names the thing and the way out. The app shows it
in a toast, the command line prints it on stderr; neither adds to it.
"""

from __future__ import annotations

TYPE_CHECKING = False  # as `typing` has it, which takes longer to import than all that is here

if TYPE_CHECKING:
    from pathlib import Path


class StoreError(Exception):
    """The root of all errors that are meant for the user; `str(error)` is what they read."""


class InvalidInput(StoreError):
    """A value that a person or a file gave cannot be taken.

    `field` is the word for it in the interface ("amount", "close date"), so a form can show the message beside it.
    """

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class NotFound(StoreError):
    """No deal, stage, pipeline or other thing goes by what was asked for."""


class UnknownName(NotFound):
    """A name that is none of a known few (stages, pipelines, templates, lost reasons), which the message lists."""


class Ambiguous(StoreError):
    """What was asked for fits several things; the message lists them."""


class NameTaken(StoreError):
    """Something else goes by the name already, and two could not be told apart."""


class ChangedElsewhere(StoreError):
    """What was to be changed is not what it was when it was looked at: another program changed it. Nothing was kept."""


class NothingToUndo(StoreError):
    """The journal holds nothing that could be undone, or redone."""


class StoreBusy(StoreError):
    """Another instance holds the file's write lock for longer than we wait."""


class StoreUnusable(StoreError):
    """The file cannot be used as it is: foreign, newer, damaged, read-only, a folder, not there. Left untouched."""


class StoreDamaged(StoreUnusable):
    """What the file holds is no sound database; a backup is to be gone back to.

    `path` is the data file, where it is known to be one whose backups are worth looking for.
    """

    def __init__(self, message: str, path: Path | None = None) -> None:
        super().__init__(message)
        self.path = path


class StoreReadOnly(StoreUnusable):
    """The file can be read and not written."""


class StoreFull(StoreError):
    """The disk is full or failed; nothing of the change was kept."""


class StoreUnsure(StoreError):
    """The change was made, but the disk failed to say that it is safe: it may be gone after a power cut."""
