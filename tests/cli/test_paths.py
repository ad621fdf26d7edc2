"""Where things are: backups never in the folder of the data, whatever the system's habits."""

from __future__ import annotations

from pathlib import Path

import platformdirs
import pytest
from platformdirs.macos import MacOS

from tests.cli.running import Run
from tui.paths import backup_folder, config_file, default_database, log_file


def test_on_macos_state_is_beside_the_data(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platformdirs, "PlatformDirs", MacOS)
    support = home / "Library/Application Support"
    assert default_database() == support / "dealdeck/deals.db"
    assert config_file() == support / "dealdeck/config.toml"
    assert backup_folder() == support / "dealdeck-state/backups"
    assert log_file() == support / "dealdeck-state/deals.log"


def test_on_macos_the_folder_of_the_data_can_be_lost_and_got_back(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platformdirs, "PlatformDirs", MacOS)
    run("init")
    run("add", "Acme 5k")
    run("backup")
    default_database().unlink()
    for each in default_database().parent.iterdir():
        raise AssertionError(f"{each} is in the folder of the data")
    default_database().parent.rmdir()
    assert "go back to it with: deals restore 1\n" in run("list").err
    assert run("restore", "1").out.splitlines()[0].endswith("1 open deal, $5,000")


@pytest.mark.parametrize("state", ["same", "same/dealdeck/inside"])
def test_who_names_one_folder_for_all_has_backups_beside_the_data(
    home: Path, monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "same"))
    monkeypatch.setenv("XDG_STATE_HOME", str(home / state))
    assert default_database() == home / "same/dealdeck/deals.db"
    assert backup_folder() == home / "same/dealdeck-state/backups"
