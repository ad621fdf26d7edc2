"""Backups and the board: one a day without asking, in nobody's way; and a restore under an open board."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from store import BackupKind, backup_files
from tests.deck import PLAIN, Deck
from tests.store.filled import in_zone
from tests.store.shelves import as_if_made, dump_of, kinds, real_day
from tests.terminal import TIMEOUT, Terminal, clean_environment, terminal
from tests.tui.face import opened

DEALS = Path(sys.executable).with_name("deals")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "deals.db"
    with Deck(path, PLAIN) as deck:
        deck.deals("Stark licence", "Hooli pilot")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the backups of the programs that are started go."""
    return tmp_path / ".local/state/dealdeck/backups"


def deals(file: Path, *words: str) -> str:
    """What a command of `deals` prints."""
    argv: list[str | Path] = [DEALS, "--db", file, *words]
    done = subprocess.run(
        argv,
        env=clean_environment(file.parent),
        stdin=subprocess.DEVNULL,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


def leave(shown: Terminal) -> None:
    shown.press("q")
    assert shown.wait_exit() == 0


def wait_backed_up(shown: Terminal, file: Path, folder: Path) -> None:
    """Read what the board writes until there is a backup, which it says nothing about."""
    deadline = time.perf_counter() + TIMEOUT
    while not backup_files(file, folder):
        assert time.perf_counter() < deadline
        shown.read(0.05)


def test_opening_the_board_makes_the_backup_of_the_day(file: Path, folder: Path) -> None:
    before = dump_of(file)
    with terminal([DEALS, "--db", file, "--today", "2027-01-01"], file.parent) as shown:
        wait_backed_up(shown, file, folder)
        shown.press("2")
        shown.wait_for("moved Stark licence")
        leave(shown)
    (made,) = backup_files(file, folder)
    assert made.kind is BackupKind.DAILY
    assert dump_of(made.path) == before
    with terminal([DEALS, "--db", file], file.parent) as shown:
        shown.press("u")
        shown.wait_for("undone: move Stark licence")
        leave(shown)
    assert kinds(file, folder) == [BackupKind.DAILY]


def test_a_backup_that_cannot_be_made_is_told_and_all_goes_on(file: Path, folder: Path) -> None:
    folder.parent.mkdir(parents=True)
    folder.write_text("no folder")
    with terminal([DEALS, "--db", file], file.parent) as shown:
        shown.wait_for("No backup can be made in")
        shown.press("2")
        shown.wait_for("moved Stark licence")
        leave(shown)
    assert "Product evaluated" in deals(file, "list")


def test_the_demo_has_no_backup(tmp_path: Path, folder: Path) -> None:
    with terminal([DEALS, "demo"], tmp_path) as shown:
        shown.wait_for("ON RADAR")
        shown.press("z", "7", "enter")
        shown.wait_for("snoozed ")
        shown.wait_quiet(0.3)
        leave(shown)
    assert not folder.exists()


async def test_a_board_that_stays_open_makes_one_on_each_day(plain_deck: Deck, tmp_path: Path) -> None:
    deck, folder = plain_deck, tmp_path / "backups"
    deck.deal("Acme")
    async with opened(deck) as face:
        gateway = face.app.gateway
        assert gateway is not None
        assert not folder.exists()
        gateway.daily_backup.folder = folder

        async def look(wanted: int) -> None:
            gateway.watch()
            deadline = time.perf_counter() + TIMEOUT
            while len(kinds(deck.path, folder)) < wanted:
                assert time.perf_counter() < deadline
                await face.settle()

        with in_zone("Pacific/Pago_Pago"):
            await look(1)
            await face.press("w")
            await look(1)
        assert kinds(deck.path, folder) == [BackupKind.DAILY]
        as_if_made(backup_files(deck.path, folder)[0].path, real_day() - timedelta(days=3))
        with in_zone("Pacific/Kiritimati"):  # where it is always another day already
            await look(2)


async def test_a_backup_that_could_not_be_made_is_told_once_and_made_when_it_can(
    plain_deck: Deck, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.daily_backup.TRIED_AGAIN", 0.0)
    deck, folder = plain_deck, tmp_path / "backups"
    deck.deal("Acme")
    folder.write_text("a file where the folder should be")
    async with opened(deck) as face:
        gateway = face.app.gateway
        assert gateway is not None
        gateway.daily_backup.folder = folder

        async def look_until(wanted: Callable[[], object]) -> None:
            deadline = time.perf_counter() + TIMEOUT
            while not wanted():
                assert time.perf_counter() < deadline
                gateway.watch()
                await face.settle()

        await look_until(lambda: "No backup can be made in" in face.told)
        await face.press("down")
        assert face.told == ""
        for _ in range(5):
            gateway.watch()
            await face.settle()
        assert face.told == ""
        folder.unlink()
        await look_until(lambda: folder.exists() and kinds(deck.path, folder))
        assert face.told == ""


def test_a_restore_is_seen_by_an_open_board_which_works_on(file: Path) -> None:
    deals(file, "backup")
    deals(file, "add", "Umbrella renewal 12k")
    with terminal([DEALS, "--db", file], file.parent) as shown:
        shown.wait_for("Umbrella renewal")
        assert "Restored the backup" in deals(file, "restore", "1")
        shown.wait_gone("Umbrella renewal", timeout=5)
        shown.press("g", "2")
        shown.wait_for("moved Stark licence")
        shown.press("u", "u")
        shown.wait_for("undone: add Stark licence")
        leave(shown)
    listed = deals(file, "list")
    assert "Hooli pilot" in listed
    assert "Stark licence" not in listed
    assert "Umbrella" not in listed
    before = [line for line in deals(file, "restore").splitlines() if "before restore" in line]
    assert len(before) == 1
    deals(file, "restore", before[0].split()[0])
    assert "Umbrella renewal" in deals(file, "list")
