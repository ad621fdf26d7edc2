"""`kill -9` while a file is repaired: it is repaired whole or not at all, after a backup, and can be repaired again."""

from __future__ import annotations

from pathlib import Path

import pytest

from store import backup_files, open_store, repair
from tests.deck import at
from tests.faults.counting import Note
from tests.faults.killing import kill_everywhere
from tests.faults.sound import assert_sound, broken_file, dump
from tests.store.breaking import found_in

EVERY = pytest.mark.long


@pytest.mark.parametrize(
    ("call", "stride"),
    [
        ("fdatasync", 1),
        ("pwrite64", 23),
        pytest.param("unlink", 1, marks=EVERY),
        pytest.param("pwrite64", 1, marks=EVERY),
    ],
)
def test_a_repair_happens_whole_or_not_at_all(
    tmp_path: Path, note_points: Note, call: str, stride: int
) -> None:
    killed = kill_everywhere("repairing", tmp_path, broken_file, call, stride)
    note_points("kill", len(killed))
    first = tmp_path / f"repairing-{call}-0" / "deals.db"
    broken, found = dump(first), found_in(first)
    assert len(found) == 5
    ends = []
    for each in killed:
        path, folder = each.folder / "deals.db", each.folder / "backups"
        with open_store(path) as store:
            store.read.pipelines()  # which takes back what was cut short
        left = found_in(path)
        assert left in ((), found)
        assert left == () or (dump(path) == broken and not each.told)
        if left == ():
            assert [dump(backup.path) for backup in backup_files(path, folder)] == [broken]
        ends.append(left)
        assert repair(path, folder, at()).left == ()
        assert_sound(path)
    assert found in ends
