"""What is being done when a fault hits: jobs of single steps, each in a folder of its own.

A step does one thing and gives a line that says what it did; it may be taken again when it was refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

from store import (
    BackupKind,
    DealDraft,
    DealPatch,
    ImportOptions,
    ImportPlan,
    Store,
    TaskDraft,
    TouchKind,
    apply_import,
    back_up,
    back_up_to,
    backup_files,
    export_file,
    migrations,
    open_store,
    plan_for,
    read_table,
    repair,
    restore_backup,
)
from store.backup_shelf import shelf_of
from store.connection import connect
from store.migrations import STEPS, Step, migrate
from store.schema import LATEST
from tests.deck import TODAY, at

Taken = Callable[[], str]

NEXT_STEPS: Final = (
    *STEPS,
    Step(
        LATEST + 1,
        "ALTER TABLE deals ADD COLUMN mood TEXT NOT NULL DEFAULT 'good';\nCREATE INDEX moods ON deals (mood);\n",
    ),
    Step(LATEST + 2, "ALTER TABLE tasks ADD COLUMN place TEXT;\nUPDATE deals SET mood = 'fine';\n"),
)

NEW_ROWS: Final = b"name,stage,amount,external_id\n" + b"".join(
    b"Import %d,On radar,%d,x%d\n" % (number, number * 100, number) for number in range(40)
)
CHANGED_ROWS: Final = NEW_ROWS.replace(b"On radar", b"Product evaluated") + b"Import 41,On radar,7,x41\n"


def commands(folder: Path) -> Iterator[Taken]:
    """Some commands of each kind on the file `deals.db`; each step gives the id of its action."""
    with open_store(folder / "deals.db") as store:
        stages = [stage.id for stage in store.read.pipelines()[0].stages]
        now = at()
        yield lambda: str(store.deals.move([1], stages[1], now).action_id)
        draft = DealDraft("New", 1, company="New & Co", tags=("eu",))
        yield lambda: str(store.deals.create(draft, now).action_id)
        yield lambda: str(store.deals.move([1, 2, 3], stages[2], now + timedelta(hours=1)).action_id)
        yield lambda: _several(store)
        yield lambda: str(store.history.undo(now).action_id)
        yield lambda: str(store.deals.edit(2, DealPatch(notes="x" * 20_000), now).action_id)
        yield lambda: str(store.deals.lose([2, 3], "no answer", now).action_id)


def _several(store: Store) -> str:
    now = at()
    with store.one_action("several", now) as change:
        store.tasks.add([1, 2], TaskDraft("call"), now)
        store.touches.add([3], TouchKind.NOTE, "said so", now)
    return str(change.action_id)


def importing(folder: Path) -> Iterator[Taken]:
    """Brings many new deals into `deals.db`, then changes them; each step gives the id of its action."""
    with open_store(folder / "deals.db") as store:
        for number, (rows, update) in enumerate(((NEW_ROWS, False), (CHANGED_ROWS, True))):
            now = at() + timedelta(hours=number)
            table, options = read_table(rows, "deals.csv"), ImportOptions(update=update)
            plan = plan_for(store, table, options, TODAY, now)
            yield partial(_bring_in, store, plan, now)


def _bring_in(store: Store, plan: ImportPlan, now: datetime) -> str:
    return str(apply_import(store, plan, now).action_id)


def creation(folder: Path) -> Iterator[Taken]:
    """Makes the file `deals.db` in a folder that is not there."""
    path = folder / "data" / "deals.db"

    def make() -> str:
        migrations.create(path)
        return "made"

    yield make


def migration(folder: Path) -> Iterator[Taken]:
    """Brings the file `deals.db` to `NEXT_STEPS`, one version after the other."""
    path = folder / "deals.db"

    def bring_up(steps: Sequence[Step]) -> str:
        with closing(connect(path)) as connection:
            migrate(connection, path, folder / "backups", steps)
        return "migrated"

    yield partial(bring_up, NEXT_STEPS[:-1])
    yield partial(bring_up, NEXT_STEPS)


def backing_up(folder: Path) -> Iterator[Taken]:
    """Makes backups of `deals.db`, more than are kept; each step gives the name of its backup."""
    path, backups = _with_its_backups(folder)
    for _ in range(3):
        yield lambda: back_up(path, backups, BackupKind.IMPORT).name


def restoring(folder: Path) -> Iterator[Taken]:
    """Brings `deals.db` back to its oldest backup."""
    path, backups = _with_its_backups(folder)
    oldest = backup_files(path, backups)[-1].path
    yield partial(_restore, path, oldest, backups)


def restoring_what_is_gone(folder: Path) -> Iterator[Taken]:
    """Brings `deals.db` back to its newest backup after it was removed."""
    path, backups = _with_its_backups(folder)
    path.unlink()
    yield partial(_restore, path, 1, backups)


DAMAGED: Final = b"no database at all" * 1000
JOURNAL: Final = b"what was being written" * 500


def restoring_what_is_damaged(folder: Path) -> Iterator[Taken]:
    """Brings `deals.db` back to its newest backup after it and its journal were spoilt."""
    path, backups = _with_its_backups(folder)
    path.write_bytes(DAMAGED)
    path.with_name("deals.db-journal").write_bytes(JOURNAL)
    yield partial(_restore, path, 1, backups)


def _restore(path: Path, which: int | Path, backups: Path) -> str:
    restore_backup(path, which, backups)
    return "restored"


def writing_files(folder: Path) -> Iterator[Taken]:
    """Copies and exports `deals.db` into files that a user names, also over ones that are there."""
    path = folder / "deals.db"
    with open_store(path) as store:
        for force in (False, True):
            yield partial(_copy, path, folder / "copy.db", force)
            yield partial(_export, store, folder / "deals.csv", force)


def _copy(path: Path, file: Path, force: bool) -> str:
    return back_up_to(path, file, force=force).name


def _export(store: Store, file: Path, force: bool) -> str:
    return str(export_file(store, file, force=force))


def repairing(folder: Path) -> Iterator[Taken]:
    """Repairs a `deals.db` in which something is wrong."""
    yield lambda: str(len(repair(folder / "deals.db", folder / "backups", at()).mended))


def _with_its_backups(folder: Path) -> tuple[Path, Path]:
    """The data file of a folder that was copied, and its backups, found anew by where the file is now."""
    path, backups = folder / "deals.db", folder / "backups"
    (shelf,) = backups.iterdir()
    shelf.rename(shelf_of(path, backups))
    return path, backups


JOBS: Final[dict[str, Callable[[Path], Iterator[Taken]]]] = {
    "commands": commands,
    "importing": importing,
    "creation": creation,
    "migration": migration,
    "backing_up": backing_up,
    "restoring": restoring,
    "restoring_what_is_gone": restoring_what_is_gone,
    "writing_files": writing_files,
    "repairing": repairing,
}

KILLED: Final[dict[str, Callable[[Path], Iterator[Taken]]]] = {
    **JOBS,
    "restoring_what_is_damaged": restoring_what_is_damaged,
}
"""What is killed in the middle, and more than what a failing disk hits."""
