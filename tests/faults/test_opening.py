"""Files that cannot be opened: refused by every command, untouched, in words that say what to do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from store import BackupKind, back_up
from tests.cli.running import Result
from tests.deck import rows_of
from tests.faults.counting import Note
from tests.faults.opening import (
    ELSEWHERE,
    READING,
    REFUSED,
    TRIED_WITH_ALL,
    WRITING,
    Listing,
    filled,
    half_changed,
    words_of,
)
from tests.plain_user import run_as_plain_user
from tests.store.breaking import found_in
from tests.store.shelves import damage
from tests.terminal import FRESH_MODES, terminal
from tui.cli import main
from tui.commands import COMMANDS


class Place:
    """A data file in a folder of its own, a home, and a folder in which files may be made."""

    def __init__(self, at: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.data, self.home, self.free = at / "data", at / "home", at / "free"
        for folder in (self.data, self.home, self.free):
            folder.mkdir()
        self.file = self.data / "deals.db"
        self.backups = self.home / ".local/state/dealdeck/backups"
        self._capsys = capsys

    def run(self, *command: str) -> Result:
        """Runs a command of `READING` or `WRITING` on the file."""
        words = words_of(command, self.free)
        self._capsys.readouterr()
        code = main([*words, "--db", str(self.file), "--today", "2026-11-20"])
        printed = self._capsys.readouterr()
        return Result(code, printed.out, printed.err)

    def back_up(self) -> None:
        back_up(self.file, self.backups, BackupKind.ASKED)

    def listing(self) -> dict[str, object]:
        """Everything beside the data, and the files of the home: the folder for backups may be made."""
        return Listing(self.data) | {
            name: held for name, held in Listing(self.home).items() if Path(name).is_file()
        }

    @property
    def way_back(self) -> str:
        return f"go back to it with: deals restore 1 --db {self.file}"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Place:
    made = Place(tmp_path, capsys)
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "DEALS_DB", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(made.home))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return made


def test_every_command_is_tried() -> None:
    tried = {command[0] for command in (*READING, *WRITING) if command}
    assert tried | ELSEWHERE == {command.name for command in COMMANDS}
    assert tried & ELSEWHERE == set()


@pytest.mark.parametrize("kind", REFUSED)
def test_what_cannot_be_opened_is_refused(place: Place, kind: str, note_points: Note) -> None:
    commands = (*READING, *WRITING)
    if kind not in TRIED_WITH_ALL:
        commands = commands[list(REFUSED).index(kind) % 4 :: 4]
    note_points("refused to open", refused_by(place, kind, commands))


@pytest.mark.long
@pytest.mark.parametrize("kind", REFUSED)
def test_what_cannot_be_opened_is_refused_by_every_command(
    place: Place, kind: str, note_points: Note
) -> None:
    note_points("refused to open", refused_by(place, kind, (*READING, *WRITING)))


NO_DEALS = frozenset({"goal", "rate", "history", "init", "stage"})
"""The commands that need no deals."""


def refused_by(place: Place, kind: str, commands: Sequence[tuple[str, ...]]) -> int:
    """How many commands refused such a file; none of them changed anything, and each said what to do."""
    refused = REFUSED[kind]
    filled(place.file)
    place.back_up()
    refused.by(place.file)
    before = place.listing()
    tried = 0
    for command in commands:
        if kind == "without its deals" and command and command[0] in NO_DEALS:
            continue
        said = place.run(*command)
        assert (said.code, said.out, said.err.count("\n")) == (1, "", 1), (command, said)
        assert said.err.startswith(f"deals: {place.file} "), command
        assert refused.words in said.err, command
        assert said.err.rstrip().endswith(place.way_back) == refused.needs_backup, (command, said)
        tried += 1
    assert place.listing() == before
    assert [each.name for each in place.free.iterdir()] == ["more.csv"]
    return tried


@pytest.mark.parametrize("kind", REFUSED)
def test_without_a_backup_none_is_promised(place: Place, kind: str) -> None:
    filled(place.file)
    REFUSED[kind].by(place.file)
    said = place.run("list")
    assert said.code == 1
    assert REFUSED[kind].words in said.err
    assert "restore 1" not in said.err


@pytest.mark.parametrize("kind", REFUSED)
def test_doctor_and_info_tell_what_it_is_and_change_nothing(place: Place, kind: str) -> None:
    refused = REFUSED[kind]
    filled(place.file)
    place.back_up()
    refused.by(place.file)
    before = place.listing()
    for words in (("doctor",), ("doctor", "--repair")):
        said = place.run(*words)
        assert (said.code, said.err) == (1, ""), said
        assert refused.words in said.out or "SQLite " in said.out
        assert (place.way_back in said.out) == refused.needs_backup
    assert place.run("info").code == 0
    assert place.listing() == before


@pytest.mark.parametrize("kind", [kind for kind, refused in REFUSED.items() if refused.needs_backup])
def test_what_is_said_to_help_does(place: Place, kind: str) -> None:
    filled(place.file)
    place.back_up()
    rows = rows_of(place.file, "SELECT * FROM deals")
    REFUSED[kind].by(place.file)
    assert place.run("restore", "1").code == 0
    assert rows_of(place.file, "SELECT * FROM deals") == rows
    assert place.run("doctor").code == 0


@pytest.mark.parametrize("name", ["deals.db", "no/such/folder/deals.db"])
def test_a_mistyped_path_makes_nothing(place: Place, name: str) -> None:
    place.file = place.data / name
    makes = (("init", "--name", "Another"), WRITING[-1])
    for command in (*READING, *WRITING, ("doctor",), ("doctor", "--repair"), ("info",), ("restore",)):
        if command in makes or command == ("stuck", "--quiet", "--short"):
            continue
        said = place.run(*command)
        if command[:1] not in (("info",), ("doctor",), ("restore",)):
            assert (said.code, said.out) == (1, ""), command
            assert (
                said.err
                == f"deals: There is no file {place.file}; make it with: deals init --db {place.file}\n"
            )
    assert place.listing() == {}


def test_a_file_that_was_there_is_not_begun_anew(place: Place) -> None:
    filled(place.file)
    place.back_up()
    place.file.unlink()
    before = place.listing()
    for command in (*READING, *WRITING[1:]):
        if command != ("stuck", "--quiet", "--short"):
            said = place.run(*command)
            assert (said.code, said.out) == (1, ""), command
            assert said.err.startswith(f"deals: There is no file {place.file}. The newest backup is of "), (
                command
            )
            assert said.err.rstrip().endswith(place.way_back)
    assert place.listing() == before


def test_a_file_with_a_damaged_index_is_not_written_to(place: Place) -> None:
    """It can be read; that it is damaged is noticed when the backup of the day is made."""
    filled(place.file)
    damage(place.file)
    before = place.listing()
    for command in WRITING:
        said = place.run(*command)
        assert (said.code, said.out) == (1, ""), (command, said)
        assert "is damaged (an index does not fit its table: " in said.err, command
        assert "What can be done: deals doctor" in said.err
    assert place.listing() == before
    assert place.run("doctor", "--repair").code == 0
    assert place.run("won", "1").code == 0


# Journals


def test_a_change_that_was_cut_short_is_taken_back_by_whatever_looks_first(place: Place) -> None:
    filled(place.file)
    rows = rows_of(place.file, "SELECT * FROM deals")
    for command in (*READING, ("won", "1"), ("doctor",)):
        half_changed(place.file)
        said = place.run(*command)
        assert said.code == 0, (command, said)
        assert not place.file.with_name("deals.db-journal").exists()
        assert rows_of(place.file, "SELECT name FROM deals WHERE name LIKE 'lost %'") == []
        if command == ("won", "1"):
            assert place.run("undo").code == 0
        assert rows_of(place.file, "SELECT * FROM deals") == rows
    assert found_in(place.file) == ()


def test_doctor_tells_that_a_change_was_taken_back(place: Place) -> None:
    filled(place.file)
    half_changed(place.file)
    said = place.run("doctor")
    assert said.code == 0
    assert "leftovers    a change that was cut short has been taken back\n" in said.out


def test_a_file_whose_journal_was_lost_is_found_damaged(place: Place) -> None:
    filled(place.file)
    place.back_up()
    half_changed(place.file)
    place.file.with_name("deals.db-journal").unlink()
    said = place.run("doctor")
    assert said.code == 1
    assert "✗ wrong  integrity    SQLite " in said.out
    assert said.out.rstrip().endswith(place.way_back)


AS_PLAIN_USER = """
import contextlib, io, json, sys
from tui.cli import main
file, *commands = sys.argv[1:]
for command in commands:
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main([*json.loads(command), "--db", file, "--today", "2026-11-20"])
    print(json.dumps([code, *(each.buffer.getvalue().decode() for each in (out, err))]))
"""


def as_plain_user(place: Place, *commands: tuple[str, ...]) -> list[Result]:
    """What commands come to for somebody to whom permissions apply."""
    typed = [json.dumps(words_of(command, place.free)) for command in commands]
    printed = run_as_plain_user(AS_PLAIN_USER, place.file, *typed)
    return [Result(*json.loads(line)) for line in printed.splitlines()]


@contextmanager
def closed(path: Path, mode: int) -> Iterator[None]:
    """A file or folder with other permissions for a while."""
    before = path.stat().st_mode
    path.chmod(mode)
    try:
        yield
    finally:
        path.chmod(before)


def test_a_file_that_may_not_be_read_is_refused(place: Place) -> None:
    filled(place.file)
    before = Listing(place.data)
    if os.geteuid() == 0:
        os.chown(place.file, 12345, 12345)  # another user's, private to them
        words = [f"deals: {place.file} may not be read by you; ask its owner for the permission.\n"] * 2
        for said, told in zip(as_plain_user(place, ("list",), ("won", "1")), words, strict=True):
            assert (said.code, said.out, said.err) == (1, "", told)
        os.chown(place.file, 0, 0)
    for what, mode, told in (
        (place.file, 0, f"{place.file} may not be read by you; ask its owner for the permission."),
        (place.data, 0, f"{place.file} cannot be looked at: Permission denied."),
    ):
        with closed(what, mode):
            for said in as_plain_user(place, *READING, *WRITING):
                assert (said.code, said.out, said.err) == (1, "", f"deals: {told}\n")
            (said,) = as_plain_user(place, ("doctor",))
            assert f"✗ wrong  file         {told}\n" in said.out
    assert Listing(place.data) == before


@contextmanager
def read_only_disk(place: Place) -> Iterator[None]:
    """The data on a disk that takes no changes; where none may be mounted, a file and folder that take none."""
    mounted = os.geteuid() == 0 and _ran("mount", "--bind", str(place.data), str(place.data))
    try:
        if mounted and _ran("mount", "-o", "remount,bind,ro", str(place.data)):
            yield
            return
        with closed(place.file, 0o400), closed(place.data, 0o500):
            yield
    finally:
        if mounted:
            _ran("umount", str(place.data))


def _ran(*words: str) -> bool:
    return subprocess.run(words, capture_output=True, check=False).returncode == 0


def test_what_may_only_be_read_is_read_and_says_so_when_written(place: Place) -> None:
    filled(place.file)
    before = Listing(place.data)
    with read_only_disk(place):
        for command, said in zip(READING, as_plain_user(place, *READING), strict=True):
            assert (said.code, said.err) == (0, ""), (command, said)
        for command, said in zip(WRITING, as_plain_user(place, *WRITING), strict=True):
            assert (said.code, said.out) == (1, ""), (command, said)
            assert "be changed, and nothing was" in said.err or "can be read but not changed" in said.err, (
                command
            )
        (said,) = as_plain_user(place, ("doctor",))
        assert said.code == 0
        assert (
            f"! note   permissions  the deals can be read but not changed: you may not write to {place.file}"
            in said.out
        )
    assert Listing(place.data) == before


@pytest.mark.parametrize("what", ["folder", "disk"])
def test_a_change_cut_short_where_nothing_may_be_written_is_explained(place: Place, what: str) -> None:
    filled(place.file)
    half_changed(place.file)
    before = Listing(place.data)
    with closed(place.data, 0o500) if what == "folder" else read_only_disk(place):
        for command, said in zip(READING, as_plain_user(place, *READING), strict=True):
            assert (said.code, said.out) == (1, ""), (command, said)
            assert "a change to it was cut short, and has to be taken back first" in said.err, said
        (said,) = as_plain_user(place, ("doctor",))
        assert "a change to it was cut short" in said.out
    assert Listing(place.data) == before
    assert place.run("doctor").code == 0


# The app


@pytest.mark.parametrize("kind", ["without its deals", "newer", "zero bytes"])
def test_the_app_says_the_same_before_it_draws_anything(place: Place, kind: str) -> None:
    refused = REFUSED[kind]
    filled(place.file)
    place.back_up()
    refused.by(place.file)
    before = place.listing()
    with terminal(["deals", "--db", place.file], place.home, env={"PATH": _path()}) as shown:
        assert shown.wait_exit() == 1
        told = "".join(line.ljust(160) for line in shown.screen)
        assert shown.private_modes == FRESH_MODES
        assert shown.modes_now == shown.modes_before
    assert refused.words in told
    assert ("deals restore 1 --db" in told) == refused.needs_backup
    assert place.listing() == before


def test_the_app_begins_no_new_file_where_one_was(place: Place) -> None:
    place.file = place.home / ".local/share/dealdeck/deals.db"
    filled(place.file)
    place.back_up()
    place.file.unlink()
    with terminal(["deals"], place.home, env={"PATH": _path()}) as shown:
        assert shown.wait_exit() == 1
        told = "".join(line.ljust(160) for line in shown.screen)
    assert f"There is no file {place.file}. The newest backup is of " in told
    assert "go back to it with: deals restore 1" in told
    assert not place.file.exists()


def _path() -> str:
    return f"{Path(sys.executable).parent}:{os.environ['PATH']}"
