"""A disk that fails or is full, at any system call: nothing is done by halves, what was refused can be done again.

The quick form takes some of the calls, the long one each of them (of the writes for the rarer faults some).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import pytest

from tests.faults.counting import Note
from tests.faults.injecting import Hit, Plan, data_file, inject
from tests.faults.jobs import JOBS, NEXT_STEPS
from tests.faults.limiting import fall_short
from tests.faults.sound import assert_sound, broken_file, five_backups, three_deals
from tests.faults.tracing import EIO, ENOSPC, LASTING_EIO, LASTING_ENOSPC, NOTHING_WRITTEN, Fault

READY: Final[dict[str, Callable[[Path], object]]] = {
    **dict.fromkeys(JOBS, three_deals),
    **dict.fromkeys(("backing_up", "restoring", "restoring_what_is_gone"), five_backups),
    "creation": lambda folder: None,
    "repairing": broken_file,
}
"""What each job begins with."""

OTHERS: Final = {
    "fdatasync": 5,
    "fsync": 2,
    "ftruncate": 1,
    "unlink": 2,
    "rename": 2,
    "link": 1,
    "write": 1,
    "sendfile": 1,
}
WRITES: Final = {"pwrite64": 83}
EVERY_OTHER: Final = dict.fromkeys(OTHERS, 1)

QUICK: Final = [(EIO, OTHERS, list(JOBS)), (EIO, WRITES, ["commands"]), (ENOSPC, WRITES, list(JOBS))]
LONG: Final = [
    (EIO, {"pwrite64": 1}),
    (EIO, EVERY_OTHER),
    (ENOSPC, {"pwrite64": 1}),
    (ENOSPC, EVERY_OTHER),
    (NOTHING_WRITTEN, {"pwrite64": 5}),
    (LASTING_EIO, {"pwrite64": 7}),
    (LASTING_EIO, EVERY_OTHER),
    (LASTING_ENOSPC, {"pwrite64": 7}),
]

WAYS_OUT: Final = ("make room", "check the disk", "and look")
"""How the sentences end, in whatever case: each says what to do."""


@pytest.mark.parametrize(("fault", "strides", "jobs"), QUICK, ids=["EIO", "EIO in commands", "ENOSPC"])
def test_what_the_disk_refuses_is_told_and_can_be_done_again(
    tmp_path: Path, note_points: Note, fault: Fault, strides: Mapping[str, int], jobs: list[str]
) -> None:
    note_points(fault.name, refused_and_done_again(tmp_path, fault, strides, jobs))


@pytest.mark.long
@pytest.mark.parametrize("job", JOBS)
@pytest.mark.parametrize(("fault", "strides"), LONG, ids=lambda value: getattr(value, "name", ""))
def test_what_the_disk_refuses_at_any_call(
    tmp_path: Path, note_points: Note, fault: Fault, strides: Mapping[str, int], job: str
) -> None:
    note_points(fault.name, refused_and_done_again(tmp_path, fault, strides, [job]))


@pytest.mark.parametrize(
    ("jobs", "stride"),
    [(["commands", "backing_up"], 97_003), pytest.param(list(JOBS), 3_001, marks=pytest.mark.long)],
    ids=["some", "all"],
)
def test_writes_that_fall_short(tmp_path: Path, note_points: Note, jobs: list[str], stride: int) -> None:
    note_points("short write", went_as_promised(fall_short(tmp_path, jobs, stride, READY), jobs))


def refused_and_done_again(home: Path, fault: Fault, strides: Mapping[str, int], jobs: list[str]) -> int:
    """How many points were tried; all of them went as promised."""
    return went_as_promised(inject(home, fault, Plan(jobs, strides), READY), jobs)


def went_as_promised(hits: list[Hit], jobs: list[str]) -> int:
    """How many there are, and there are some of each job."""
    for hit in hits:
        assert not hit.crashed, f"{hit}\n{hit.crashed}"
        assert hit.done or hit.stood == "after", hit
        if hit.kind:
            assert_told_well(hit)
    for folder, job in {hit.folder: hit.job for hit in hits}.items():
        assert_left_sound(Path(folder), job)
    reached = Counter(hit.job for hit in hits)
    assert set(reached) == set(jobs), reached
    return len(hits)


def assert_told_well(hit: Hit) -> None:
    """It says which file, what happened to it, truly, and what to do."""
    assert hit.kind in {"StoreFull", "StoreUnusable", "StoreUnsure", "StoreError"}, hit
    assert hit.folder in hit.told, hit
    assert any(way in hit.told.casefold() for way in WAYS_OUT), hit
    assert hit.told.endswith("."), hit
    for foreign in ("Errno", "sqlite3", "sqlalchemy", "Traceback", "SAVEPOINT"):
        assert foreign not in hit.told, hit
    assert hit.stood in ({"before", "after"} if hit.kind == "StoreUnsure" else {"before"}), hit


def assert_left_sound(folder: Path, job: str) -> None:
    """All files of the folder are sound, and none waits for its journal to be played back."""
    steps = NEXT_STEPS if job == "migration" else NEXT_STEPS[:-2]
    assert_sound(data_file(folder), steps)
    if job == "repairing":
        return  # what was wrong is in the backup, too
    for backup in (*folder.glob("backups/*/*.db"), *folder.glob("copy.db")):
        assert_sound(backup, steps)
    for journal in folder.rglob("*-journal"):  # one that begins with zeros is not played back
        if not journal.name.startswith(
            ".backup-"
        ):  # what could not be removed of a copy without a name is no backup
            assert journal.read_bytes()[:8].strip(b"\0") == b""
