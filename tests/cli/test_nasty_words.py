"""Nasty texts as words of the command line, and in a file that another program wrote: only text comes out."""

from __future__ import annotations

import os
from argparse import Action
from importlib import import_module
from pathlib import Path

import pytest

from tests.cli.running import Deals, Run
from tests.nasty import NASTY, POISON, SHORT, trespasses, trespasses_in
from tests.poisoned import poisoned_file
from tui.commands import COMMANDS
from tui.commands.completion import SHELLS
from tui.commands.completion_scripts import script
from tui.commands.parser import build_parser
from tui.paths import log_file

ONCE = (
    POISON,
    "half a pair",
    "only marks",
    "only space",
    "nothing",
    "search syntax",
    "filter syntax",
    "not a number",
)
"""The texts that every argument is tried with; those of `WORDY` with all of them."""

WORDY = {
    ("add", "line"),
    ("list", "filter"),
    ("show", "deal"),
    ("task", "words"),
    ("goal", "amount"),
    ("import", "map"),
}


EVERYWHERE = {"db", "pipeline", "today"}
"""What every command takes, and reads in the same place: tried with the commands of `LIKELY` only."""
LIKELY = {"add", "list", "info", "init", "restore"}


def arguments() -> list[tuple[str, str]]:
    """Each command with each of its arguments that takes a text."""
    return [
        (command.name, action.dest)
        for command in COMMANDS
        for action in actions(command.name)
        if action.nargs != 0
        and command.name != "demo"
        and (action.dest not in EVERYWHERE or command.name in LIKELY)
    ]


def actions(name: str) -> tuple[Action, ...]:
    command = next(command for command in COMMANDS if command.name == name)
    add_arguments = import_module(f"tui.commands.{command.module}").add_arguments
    return build_parser(command, add_arguments).actions()


def words_with(name: str, dest: str, text: str) -> list[str]:
    """A whole command line, with `text` as one argument and something likely as those before it."""
    words = [name]
    for action in actions(name):
        if action.option_strings and action.dest == dest:
            words.append(f"{action.option_strings[0]}={text}")
        elif action.dest == dest:
            words.append(text)
        elif not action.option_strings and action.nargs not in ("?", "*"):
            words.append("1")
        elif not action.option_strings and dest in (other.dest for other in actions(name)[:3]):
            words.append(str(next(iter(action.choices or ("2026-11",)))))
    return words


@pytest.mark.parametrize(("name", "dest"), arguments())
def test_no_word_of_the_command_line_is_more_than_text(
    run: Run, deals: Deals, db: Path, name: str, dest: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(db.parent)
    deals("add", "Acme 5k")
    texts = SHORT.values() if (name, dest) in WORDY else [NASTY.get(each, each) for each in ONCE]
    for text in texts:
        words = words_with(name, dest, text)
        given = [] if dest == "db" else ["--db", str(db)]
        ran = run(*words, *given, *([] if dest == "today" else ["--today", "2026-11-20"]))
        assert ran.code in (0, 1, 2), (words, ran)
        assert trespasses(ran.out, places=frozenset("\n")) == set(), words
        assert trespasses(ran.err, places=frozenset("\n")) == set(), words
        assert "Something went wrong" not in ran.err, (words, ran.err)
    assert trespasses_in(db) == {}
    assert not log_file().exists()


COMMANDS_THAT_TELL = [
    "board", "list --all", "list --all --sort amount", "list --view Acme", "show 1", "stuck", "stuck --short",
    "review", "today", "task list", "task list 1 --all", "people", "companies", "forecast", "goal", "history", "rate",
    "stage", "stage Acme --probability 45",
    "backup", "restore", "info", "export -", "won 2", "undo", "redo", "move 2 product", "lost 2 --reason Acme",
    "task done 1", "task add 2 call", "show Acme", "list --stage Acme", "move 1 Acme", "init --name Acme", "backup",
    "board --pipeline Acme",
]  # fmt: skip
QUIET = ("deals", "stages", "reasons", "pipelines", "views")


def test_a_file_of_another_programs_is_told_as_text(run: Run, home: Path, db: Path) -> None:
    poisoned_file(db)
    for line in COMMANDS_THAT_TELL:
        for more in ((), ("--json",)):
            ran = run(*line.split(), *more, "--db", str(db), "--today", "2026-11-20")
            assert (
                trespasses(ran.out, places=frozenset("\n\r") if line == "export -" else frozenset("\n"))
                == set()
            ), line
            assert trespasses(ran.err, places=frozenset("\n")) == set(), line
            assert "Something went wrong" not in ran.err, (line, ran.err)
            if more and line != "export -":
                assert ran.out.isascii()
    for kind in QUIET:
        offered = run("--complete", kind, "--db", str(db)).out
        assert "Acme [/]" in offered
        assert trespasses(offered, places=frozenset("\n\t")) == set()
    assert run("export", str(db.with_name("due.ics")), "--db", str(db)).code == 0
    assert trespasses(db.with_name("due.ics").read_bytes(), places=frozenset("\n\r")) == set()


def test_what_is_always_the_same_is_text(run: Run) -> None:
    printed = [run(*words).out for words in (("--help",), ("--version",))]
    printed += [run(command.name, "--help").out for command in COMMANDS]
    for text in [*printed, *map(script, SHELLS)]:
        assert trespasses(text, places=frozenset("\n\t")) == set()


def test_names_of_files_are_told_as_text(run: Run, deals: Deals, db: Path, tmp_path: Path) -> None:
    deals("add", "Acme 5k")
    folder = tmp_path / os.fsdecode(b"evil \x1b]0;x\x07\x9b\xff\xe2\x80\xae")
    folder.mkdir()
    csv = folder / "deals.csv"
    csv.write_text("name\nGlobex\n", encoding="utf-8")
    other = str(folder / "other.db")
    for words in (
        ("import", str(csv), "--yes"), ("import", str(csv), "--dry-run"), ("export", str(folder / "out.csv")),
        ("export", str(folder / "out.csv")), ("backup", str(folder / "kept.db")), ("restore", str(folder / "kept.db")),
        ("restore",), ("history",), ("history", "--json"), ("undo",), ("export", str(folder)), ("restore", str(csv)),
        ("import", str(folder)), ("import", str(folder / "nothing.csv")), ("info", "--db", other),
        ("init", "--db", other), ("info", "--db", other), ("list", "--db", str(csv)), ("list", "--db", f"{other}x"),
    ):  # fmt: skip
        ran = run(*words, *([] if "--db" in words else ["--db", str(db)]))
        assert trespasses(ran.out + ran.err, places=frozenset("\n")) == set(), words
        assert "Something went wrong" not in ran.err, (words, ran.err)
    assert trespasses_in(db) == {}


@pytest.mark.parametrize(
    "variable", ["DEALS_DB", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "LC_ALL", "COLUMNS"]
)
def test_the_environment_is_told_as_text(
    run: Run, home: Path, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for text in SHORT.values():
        if "\x00" in text or (not text.isascii() and any(0xD800 <= ord(char) < 0xDC80 for char in text)):
            continue  # nothing that an environment can hold
        monkeypatch.setenv(variable, text if len(text) < 200 else text[:60])
        ran = run("info")
        assert ran.code in (0, 2), (text, ran)
        assert trespasses(ran.out + ran.err, places=frozenset("\n")) == set(), text
        assert "Something went wrong" not in ran.err, (text, ran.err)
