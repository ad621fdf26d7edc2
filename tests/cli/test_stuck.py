"""`deals stuck` where nobody asked for it: in a shell's start-up file, in a prompt, in cron."""

from __future__ import annotations

from pathlib import Path

import pytest

from store import open_store
from tests.cli.running import Deals, Run
from tests.cli.test_start import HEAVY, loaded_by


@pytest.fixture
def morning(deals: Deals) -> Deals:
    """Two stuck deals, and one without a next step, which is no reason to be stuck."""
    deals("add", "Initech renewal 40k stage:product", today="2026-10-30")
    deals("add", "Stark licence 16400 stage:product close:2026-11-11", today="2026-11-11")
    deals("add", "Wonka 9k", today="2026-11-10")
    return deals


def test_one_line_says_how_many_what_is_at_stake_and_since_when(morning: Deals) -> None:
    assert morning("stuck", "--short").out == "2 stuck · $28,200 at stake · oldest 21 d\n"
    assert morning("stuck", "--short", "--quiet").out == "2 stuck · $28,200 at stake · oldest 21 d\n"
    morning("add", "Umbrella close:2026-11-18", today="2026-11-18")
    assert morning("stuck", "--short").out == "3 stuck · $28,200 + 1 unknown at stake · oldest 21 d\n"


def test_quiet_prints_the_list_as_ever_when_something_is_stuck(morning: Deals) -> None:
    listed = morning("stuck")
    assert listed.out.startswith("STUCK 2 · $28,200 at stake\n")
    assert morning("stuck", "--quiet") == listed
    assert morning("stuck", "--quiet", "--json") == morning("stuck", "--json")


@pytest.mark.parametrize("words", [(), ("--short",), ("--json",)])
def test_quiet_prints_nothing_when_nothing_is_stuck(morning: Deals, words: tuple[str, ...]) -> None:
    morning("won", "1", "2", "--evidence", "signed")
    assert morning("stuck", *words).out != ""
    quiet = morning("stuck", "--quiet", *words)
    assert (quiet.code, quiet.out, quiet.err) == (0, "", "")


def test_quiet_says_nothing_on_a_machine_without_deals(run: Run, home: Path) -> None:
    quiet = run("stuck", "--quiet", "--short")
    assert (quiet.code, quiet.out, quiet.err) == (0, "", "")
    assert list(home.rglob("*")) == []
    assert run("stuck", "--short").code == 1


def test_quiet_says_nothing_of_a_file_without_a_pipeline(new: Deals, db: Path) -> None:
    with open_store(db, create=True):
        assert db.exists()
    quiet = new("stuck", "--quiet")
    assert (quiet.code, quiet.out, quiet.err) == (0, "", "")
    assert new("stuck").code == 1


def test_quiet_is_no_reason_to_hide_what_is_wrong(morning: Deals, db: Path) -> None:
    db.write_bytes(b"something else")
    broken = morning("stuck", "--quiet")
    assert (broken.code, broken.out) == (1, "")
    assert str(db) in broken.err
    assert morning("stuck", "--quiet", "--pipeline", "nowhere").code != 0


def test_it_loads_little(morning: Deals, db: Path) -> None:
    assert loaded_by("stuck", "--quiet", "--short", "--db", str(db)) & HEAVY == set()
