"""Which file a command works on, and which files it makes: none that were not asked for."""

from __future__ import annotations

import sqlite3
from hashlib import sha256
from pathlib import Path

import pytest

from store.migrations import STEPS, create
from tests.cli.running import Deals, Run

READING = [
    ("list",),
    ("board",),
    ("stuck",),
    ("forecast",),
    ("show", "1"),
    ("goal",),
    ("stage",),
    ("rate",),
    (),
]
CHANGING = [
    ("add", "Acme"),
    ("move", "1", "demo"),
    ("won", "1"),
    ("lost", "1"),
    ("undo",),
    ("redo",),
    ("goal", "nov", "1"),
    ("stage", "radar", "--probability", "20"),
]


@pytest.mark.parametrize("words", [*READING, *CHANGING])
def test_a_mistyped_path_makes_nothing_and_says_how_to_make_it(
    new: Deals, db: Path, words: tuple[str, ...]
) -> None:
    refused = new(*words)
    assert (refused.code, refused.out) == (1, "")
    assert refused.err == f"deals: There is no file {db}; make it with: deals init --db {db}\n"
    assert not db.exists()


@pytest.mark.parametrize("words", READING)
def test_a_fresh_machine_is_told_how_to_begin(run: Run, home: Path, words: tuple[str, ...]) -> None:
    told = run(*words)
    assert (told.code, told.out) == (1, "")
    assert told.err.endswith("start with: deals init\n")
    assert list(home.iterdir()) == []


def test_init_in_the_usual_place(run: Run, home: Path) -> None:
    assert run("init", "--template", "short cycle").code == 0
    assert [path.name for path in home.rglob("*.db")] == ["deals.db"]
    assert (home / ".local/share/dealdeck/deals.db").stat().st_mode & 0o777 == 0o600
    assert "FIRST CONTACT" in run("board").out


def test_the_option_goes_before_the_variable_before_the_config_file(
    run: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = home / ".config/dealdeck/config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('db = "~/configured.db"\n')

    def place(*words: str) -> tuple[str, str]:
        database = run("info", "--json", *words).json["database"]
        return Path(database["path"]).name, database["from"]

    assert place() == ("configured.db", "config")
    monkeypatch.setenv("DEALS_DB", str(tmp_path / "variable.db"))
    assert place() == ("variable.db", "DEALS_DB")
    assert place("--db", "option.db") == ("option.db", "--db")
    monkeypatch.setenv("DEALS_DB", "")
    config.write_text("")
    assert place() == ("deals.db", "default")


def test_a_broken_config_file_is_said_wherever_the_file_depends_on_it(run: Run, home: Path) -> None:
    config = home / ".config/dealdeck/config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('db = 12\n[keys]\n"deal.won" = "w"\n')
    told = run("info")
    assert told.code == 0
    assert f"{config}, line 1: db = 12" in told.out
    assert "deal.won" not in told.out
    refused = run("list")
    assert refused.code == 1
    assert f"{config}, line 1: db = 12" in refused.err


@pytest.mark.parametrize("kind", ["foreign", "damaged", "folder", "empty"])
def test_a_file_that_is_not_ours_is_left_as_it_is(new: Deals, db: Path, kind: str) -> None:
    if kind == "foreign":
        with sqlite3.connect(db) as connection:
            connection.execute("CREATE TABLE theirs (id)")
        connection.close()
    elif kind == "folder":
        db.mkdir()
    else:
        db.write_bytes(b"not a database, but long enough to be one" * 40 if kind == "damaged" else b"")
    before = db.is_dir() or sha256(db.read_bytes()).digest()
    for words in (("list",), ("add", "Acme"), ("init",), ("undo",)):
        refused = new(*words)
        assert (refused.code, refused.out, refused.err.count("\n")) == (1, "", 1)
        assert str(db) in refused.err
    assert (db.is_dir() or sha256(db.read_bytes()).digest()) == before
    told = new("info")
    assert told.code == 0
    assert str(db) in told.out
    assert "problem" in told.out


def test_info_names_every_place(deals: Deals, db: Path, home: Path) -> None:
    deals("add", "Acme")
    facts = deals("info", "--json").json
    assert facts["database"] == {
        "path": str(db),
        "from": "--db",
        "exists": True,
        "bytes": db.stat().st_size,
        "schema": 2,
    }
    assert facts["config"] == {"path": str(home / ".config/dealdeck/config.toml"), "exists": False}
    assert facts["log"]["path"] == str(home / ".local/state/dealdeck/deals.log")
    assert facts["backups"]["path"] == str(home / ".local/state/dealdeck/backups")
    assert {"dealdeck", "python", "sqlite", "textual", "sqlmodel"} <= set(facts["versions"])
    assert (facts["counts"]["pipelines"], facts["counts"]["open deals"]) == (1, 1)
    printed = deals("info").out
    for place in (str(db), *(facts[name]["path"] for name in ("config", "log", "backups"))):
        assert place in printed


def test_info_leaves_an_older_file_as_it_is(run: Run, tmp_path: Path) -> None:
    db = tmp_path / "old.db"
    create(db, STEPS[:1])
    before = db.read_bytes()
    told = run("info", "--db", str(db))
    assert told.code == 0
    assert "was made by an older version of this program; bring it up to date with: deals" in told.out
    assert db.read_bytes() == before


def test_reading_leaves_no_trace(deals: Deals, db: Path) -> None:
    deals("add", "Acme")
    before = sha256(db.read_bytes()).digest()
    for words in (("list",), ("board",), ("stuck",), ("forecast",), ("show", "1"), ("goal",), ("info",), ()):
        assert deals(*words).code == 0
    assert sha256(db.read_bytes()).digest() == before
    assert {path.name for path in db.parent.iterdir()} == {"home", "deals.db"}


def test_init_does_not_make_the_same_pipeline_twice(deals: Deals, db: Path) -> None:
    again = deals("init", "--template", "delivery", "--name", "SALES")
    assert again.code == 1
    assert again.err.startswith("deals: There is a pipeline named Sales already; choose another name")
    assert deals("init", "--template", "nothing like it").code == 2
    assert deals("init", "--currency", "doubloons").code == 2
    made = deals("init", "--template", "delivery", "--currency", "chf", "--json").json
    assert (made["pipeline"], made["currency"]) == ("Delivery", "CHF")
    assert made["stages"][0] == {"stage": "Handed over", "probability": 100, "outcome": "open"}
    assert deals("info", "--json").json["counts"]["pipelines"] == 2


def test_the_demo_is_thrown_away(
    run: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(place))
    monkeypatch.setenv("DEALS_DB", str(tmp_path / "mine.db"))
    shown = run("demo", "--json", "--today", "2026-11-20")
    assert shown.code == 0
    assert len(shown.json["columns"][0]["deals"]) > 1
    assert run("demo").out.startswith("Sales · ")
    assert list(place.iterdir()) == list(home.iterdir()) == []
    assert not (tmp_path / "mine.db").exists()


def test_the_demo_can_be_kept_in_a_new_file(new: Deals, deals: Deals, tmp_path: Path, run: Run) -> None:
    kept = tmp_path / "kept.db"
    assert run("demo", "--db", str(kept)).code == 0
    assert run("list", "--db", str(kept)).code == 0
    assert deals("demo").code == 1
