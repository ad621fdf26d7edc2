"""What is being done when the process is killed. Each job is given a folder of its own and tells what is done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Final

from store import (
    BackupKind,
    DealDraft,
    DealPatch,
    TaskDraft,
    TouchKind,
    back_up,
    backup_files,
    migrations,
    open_store,
    restore_backup,
)
from store.backup_shelf import shelf_of
from store.connection import connect
from store.migrations import STEPS, Step, migrate
from store.schema import LATEST
from tests.deck import at

Tell = Callable[[str], object]

NEXT_STEPS: Final = (
    *STEPS,
    Step(
        LATEST + 1,
        "ALTER TABLE deals ADD COLUMN mood TEXT NOT NULL DEFAULT 'good';\nCREATE INDEX moods ON deals (mood);\n",
    ),
    Step(LATEST + 2, "ALTER TABLE tasks ADD COLUMN place TEXT;\nUPDATE deals SET notes = 'moved';\n"),
)


def commands(folder: Path, tell: Tell) -> None:
    """Some commands of each kind on the file `deals.db`; tells the id of each one's action."""
    with open_store(folder / "deals.db") as store:
        stages = [stage.id for stage in store.read.pipelines()[0].stages]
        now = at()
        tell(str(store.deals.move([1], stages[1], now).action_id))
        tell(str(store.deals.create(DealDraft("New", 1, company="New & Co", tags=("eu",)), now).action_id))
        tell(str(store.deals.move([1, 2, 3], stages[2], now + timedelta(hours=1)).action_id))
        with store.one_action("several", now) as change:
            store.tasks.add([1, 2], TaskDraft("call"), now)
            store.touches.add([3], TouchKind.NOTE, "said so", now)
        tell(str(change.action_id))
        tell(str(store.history.undo(now).action_id))
        tell(str(store.deals.edit(2, DealPatch(notes="x" * 20_000), now).action_id))
        tell(str(store.deals.lose([2, 3], "no answer", now).action_id))


def creation(folder: Path, tell: Tell) -> None:
    """Makes the file `deals.db`."""
    migrations.create(folder / "deals.db")
    tell("made")


def migration(folder: Path, tell: Tell) -> None:
    """Brings the file `deals.db` to `NEXT_STEPS`."""
    path = folder / "deals.db"
    connection = connect(path)
    migrate(connection, path, folder / "backups", NEXT_STEPS)
    connection.close()
    tell("migrated")


def backing_up(folder: Path, tell: Tell) -> None:
    """Makes backups of `deals.db`, more than are kept."""
    path, backups = _with_its_backups(folder)
    for _ in range(3):
        tell(back_up(path, backups, BackupKind.IMPORT).name)


def restoring(folder: Path, tell: Tell) -> None:
    """Brings `deals.db` back to its oldest backup."""
    path, backups = _with_its_backups(folder)
    restore_backup(path, len(backup_files(path, backups)), backups)
    tell("restored")


def _with_its_backups(folder: Path) -> tuple[Path, Path]:
    """The data file of a folder that was copied, and its backups, found anew by where the file is now."""
    path, backups = folder / "deals.db", folder / "backups"
    (shelf,) = backups.iterdir()
    shelf.rename(shelf_of(path, backups))
    return path, backups


JOBS: Final[dict[str, Callable[[Path, Tell], None]]] = {
    "commands": commands,
    "creation": creation,
    "migration": migration,
    "backing_up": backing_up,
    "restoring": restoring,
}
