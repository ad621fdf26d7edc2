"""The board, and a command, on a disk that is full, fails, or may not be written.

It says what happened and what to do, stays readable, loses nothing that was typed, and does it when it is asked again.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest

from tests.board import DEALS, FIRST, SECOND, board, deals, leave, stages, three_deals
from tests.faults.sound import assert_sound
from tests.faults.tracing import strace
from tests.terminal import Terminal, clean_environment

IN_A_DISK_OF_ITS_OWN: Final = """
mount -t tmpfs -o size=1m,mode=700 small "$1" || exit 99
cp "$2" "$1/deals.db"; shift 2; exec "$@"
"""
AS_ROOT: Final = () if os.geteuid() == 0 else ("--map-root-user",)
WITHOUT_OVERRIDING: Final = (
    ("setpriv", "--bounding-set", "-dac_override,-dac_read_search", "--") if os.geteuid() == 0 else ()
)
"""What has file permissions apply to root, too."""


class SmallDisk:
    """A disk of one megabyte that only the board sees; we look in through its process."""

    def __init__(self, shown: Terminal, place: Path) -> None:
        self.place = Path(f"/proc/{shown.process.pid}/root{place}")

    def fill(self) -> None:
        """Leave no room at all."""
        with (self.place / "filler").open("wb", buffering=0) as filler:
            size = 65536
            while size:
                try:
                    filler.write(b"x" * size)
                except OSError:
                    size //= 2

    def make_room(self) -> None:
        """Remove what filled it."""
        (self.place / "filler").unlink()


@contextmanager
def on_a_small_disk(tmp_path: Path) -> Iterator[tuple[Terminal, SmallDisk]]:
    """The board on a file that is alone on a small disk."""
    file, place = three_deals(tmp_path / "deals.db"), tmp_path / "small"
    place.mkdir()
    enter = ("unshare", "--mount", *AS_ROOT, "sh", "-c", IN_A_DISK_OF_ITS_OWN, "sh", place, file)
    with board(place / "deals.db", before=enter, home=tmp_path) as shown:
        shown.wait_for("Globex website")
        yield shown, SmallDisk(shown, place)


def wait_told(shown: Terminal, words: str) -> None:
    """Until the words stand on the screen, in however many lines."""
    shown.read_until(lambda: words in " ".join(shown.text.split()), repr(words))


def look_around(shown: Terminal) -> None:
    """The board can be read: the cursor goes, a deal opens, the help does."""
    shown.press("j", "enter")
    shown.wait_for("TIMELINE")
    shown.press("escape")
    shown.wait_gone("TIMELINE")
    shown.press("k")
    shown.press("?")
    shown.wait_for("undo, any number of steps")
    shown.press("escape")
    shown.wait_gone("undo, any number of steps")


def test_on_a_full_disk_all_can_be_read_and_is_done_once_there_is_room(tmp_path: Path) -> None:
    with on_a_small_disk(tmp_path) as (shown, disk):
        disk.fill()
        shown.press("2")
        wait_told(shown, "the disk is full; nothing of it was kept. Make room and try again.")
        assert shown.text.count("Globex website") > 0
        look_around(shown)
        disk.make_room()
        shown.press("2")
        shown.wait_for("moved Globex website to Product evaluated")
        copy = tmp_path / "after.db"
        copy.write_bytes((disk.place / "deals.db").read_bytes())
        leave(shown)
    assert_sound(copy)
    assert stages(copy) == {"Globex website": SECOND, "Hooli pilot": FIRST, "Stark licence": FIRST}


TYPED: Final = (
    ("n", "Ann wants the long offer", "\r"),
    ("t", "call Ann about the offer fri", "\r"),
    ("a", "Umbrella renewal 12k", "\r"),
    ("e", "Umbrella relaunch", "\x13"),
)
"""A key that opens a sheet or a form, what is typed into it, and the key that saves it."""


def test_what_was_typed_on_a_full_disk_is_offered_again(tmp_path: Path) -> None:
    with on_a_small_disk(tmp_path) as (shown, disk):
        for opening, typed, saving in TYPED:
            disk.fill()
            shown.press(opening)
            shown.wait_for("esc ")
            shown.send(typed)
            shown.wait_for(typed)
            shown.send(saving)
            wait_told(shown, "the disk is full")
            disk.make_room()
            shown.press(opening)
            shown.wait_for(typed)
            shown.send(saving)
            shown.wait_for("· u undoes it")
        leave(shown)


def test_a_disk_that_fails_once_is_told_and_the_same_key_does_it(tmp_path: Path) -> None:
    file = three_deals(tmp_path / "deals.db")
    with board(file, before=strace("fdatasync", "error=EIO", when="1")) as shown:
        shown.wait_for("Globex website")
        shown.press("2")
        wait_told(shown, "because the disk failed (disk I/O error); no change was kept. Check the disk.")
        assert stages(file)["Globex website"] == FIRST
        look_around(shown)
        shown.press("2")
        shown.wait_for("moved Globex website")
        leave(shown)
    assert_sound(file)
    assert stages(file)["Globex website"] == SECOND


def test_a_change_that_the_disk_does_not_say_is_safe_is_told_and_shown(tmp_path: Path) -> None:
    """The folder's sync comes last: the change is there by then, and the board does not show the state before it."""
    file = three_deals(tmp_path / "deals.db")
    with board(file, before=strace("fdatasync", "error=EIO", when="5")) as shown:
        shown.wait_for("Globex website")
        shown.press("2")
        wait_told(shown, "took the change, but the disk failed while it was made safe")
        shown.wait_for("1 deal ")
        assert stages(file)["Globex website"] == SECOND
        leave(shown)
    assert_sound(file)


def test_a_command_on_a_full_disk_says_so_and_what_to_do(tmp_path: Path) -> None:
    file = three_deals(tmp_path / "deals.db")
    before = file.read_bytes()
    full = strace("pwrite64", "error=ENOSPC", when="1+")
    ended = subprocess.run(
        [*full, DEALS, "--db", file, "move", "globex", "product"],
        env=clean_environment(tmp_path), stdin=subprocess.DEVNULL, capture_output=True, text=True,
    )  # fmt: skip
    assert (ended.returncode, ended.stdout) == (1, "")
    backup, change = ended.stderr.splitlines()
    assert backup.startswith("deals: There is no backup of today. No backup can be made in ")
    assert backup.endswith("database or disk is full; make room and try again.")
    assert change == (
        f"deals: {file} could not take the change because the disk is full; nothing of it was kept. "
        "Make room and try again."
    )
    assert file.read_bytes() == before
    deals(file, "move", "globex", "product")
    assert stages(file)["Globex website"] == SECOND


@pytest.mark.parametrize("number", [1, 5])
def test_what_the_disk_cannot_read_is_told_in_a_line(tmp_path: Path, number: int) -> None:
    file = three_deals(tmp_path / "deals.db")
    ended = subprocess.run(
        [*strace("pread64", "error=EIO", when=str(number), file=file), DEALS, "--db", file, "list"],
        env=clean_environment(tmp_path), stdin=subprocess.DEVNULL, capture_output=True, text=True,
    )  # fmt: skip
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == (
        f"deals: {file} could not be read or changed because the disk failed (disk I/O error); no change was kept. "
        "Check the disk.\n"
    )
    assert len(deals(file, "list")) == 3


def read_only_file(file: Path) -> None:
    file.chmod(0o400)


def read_only_folder(file: Path) -> None:
    file.parent.chmod(0o500)


def of_another_user(file: Path) -> None:
    if os.geteuid() == 0:
        os.chown(file, 65534, 65534)
    file.chmod(0o444)


ALLOW = "allow writing to it and to its folder and open it anew, or work on a copy."


@pytest.mark.parametrize(
    ("forbid", "way_out"),
    [
        (read_only_file, ALLOW),
        (read_only_folder, "takes no new files; check that you may write to it."),
        (of_another_user, ALLOW),
    ],
)
def test_what_may_not_be_written_is_shown_and_told(
    tmp_path: Path, forbid: Callable[[Path], None], way_out: str
) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    file = three_deals(folder / "deals.db")
    before = file.read_bytes()
    forbid(file)
    with board(file, before=WITHOUT_OVERRIDING, home=tmp_path) as shown:
        shown.wait_for("Globex website")
        shown.press("2")
        wait_told(shown, f"! {file} can")
        wait_told(shown, way_out)
        look_around(shown)
        assert file.read_bytes() == before
        leave(shown)
    folder.chmod(0o700)
    file.chmod(0o600)
    os.chown(file, os.geteuid(), -1)
    deals(file, "move", "globex", "product")
    assert stages(file)["Globex website"] == SECOND
