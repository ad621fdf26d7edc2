"""A home folder, a file and a runner of one's own for every test of the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import TODAY, Deals, Result, Run
from tui.cli import main


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of its own, so that nothing of the person who runs the tests is read or written."""
    folder = tmp_path / "home"
    folder.mkdir()
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "DEALS_DB", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return folder


@pytest.fixture
def db(home: Path) -> Path:
    """Where the test's file is, or will be."""
    return home.parent / "deals.db"


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `deals` with exactly the words given, in this process."""

    def run(*words: str) -> Result:
        capsys.readouterr()
        code = main(words)
        printed = capsys.readouterr()
        return Result(code, printed.out, printed.err)

    return run


@pytest.fixture
def new(run: Run, db: Path) -> Deals:
    """Runs `deals` on the test's own file, which is not there yet."""

    def deals(*words: str, today: str | None = TODAY) -> Result:
        return run(*words, "--db", str(db), *(["--today", today] if today else []))

    return deals


@pytest.fixture
def deals(new: Deals) -> Deals:
    """Runs `deals` on the test's own file, which has one pipeline: Sales, from the default template, in USD."""
    assert new("init", today="2026-01-01").code == 0
    return new
