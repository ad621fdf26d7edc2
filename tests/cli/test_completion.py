"""Completion in the shells: the scripts are loaded by the real ones where they are installed, bash always."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from store import Sort, at_noon, open_store
from tests.cli.running import Deals, Run
from tui.commands import COMMANDS
from tui.commands.completion_scripts import script
from tui.commands.grammar import grammar

DEALS = str(Path(sys.executable).with_name("deals"))

COMPLETE = """
source /dev/stdin <<'SCRIPT'
{script}
SCRIPT
COMP_WORDS=({words})
COMP_CWORD=$(( ${{#COMP_WORDS[@]}} - 1 ))
_deals
printf '%s\\n' "${{COMPREPLY[@]}}"
"""


@pytest.fixture
def board(deals: Deals) -> Deals:
    """Two deals."""
    deals("add", "Acme renewal")
    deals("add", "Globex website")
    return deals


def bash(*words: str) -> list[str]:
    """What bash offers for the last of `words`."""
    typed = " ".join(f"'{word}'" for word in (DEALS, *words))
    code = COMPLETE.format(script=script("bash"), words=typed)
    ended = subprocess.run(
        ["bash", "--norc", "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert ended.stderr == ""
    return [line for line in ended.stdout.splitlines() if line]


def test_commands() -> None:
    assert bash("") == [command.name for command in COMMANDS]
    assert bash("st") == ["stuck", "stage"]
    assert bash("--db", "x", "--json", "in") == ["init", "info"]


def test_options_before_and_after_the_command() -> None:
    assert bash("--pi") == ["--pipeline"]
    assert bash("list", "--st") == ["--stage", "--stuck"]
    assert bash("--json", "list", "acme", "--al") == ["--all"]
    assert bash("list", "--to") == ["--today"]


def test_values_that_are_always_the_same() -> None:
    assert bash("completion", "") == ["bash", "zsh", "fish"]
    assert bash("init", "--template", "s") == ["short-cycle", "seven-steps"]
    assert bash("show", "--today", "") == []


def test_stages_deals_and_reasons_from_the_file(board: Deals, db: Path) -> None:
    assert bash("--db", str(db), "list", "--stage", "P") == ["Product\\ evaluated"]
    assert bash("--db", str(db), "won", "") == ["2", "1"]
    assert bash("--db", str(db), "move", "1", "D") == ["Decision\\ maker\\ evaluated"]
    assert bash("--db", str(db), "stage", "P") == ["Product\\ evaluated"]
    assert bash("--db", str(db), "lost", "1", "--reason", "wrong") == ["wrong\\ time"]
    assert bash("--db", str(db), "list", "--pipeline", "") == ["Sales"]
    assert bash("--db", str(db), "list", "--view", "") == []
    with open_store(db) as store:
        store.saved_views.save("Big money", "amount>20k", Sort.AMOUNT, at_noon(date(2026, 11, 20)))
    assert bash("--db", str(db), "list", "--view", "B") == ["Big\\ money"]


def test_files(tmp_path: Path) -> None:
    (tmp_path / "my deals.csv").write_text("")
    (tmp_path / "other.txt").write_text("")
    assert bash("import", f"{tmp_path}/my") == [f"{tmp_path}/my deals.csv"]
    assert bash("list", "--db", f"{tmp_path}/o") == [f"{tmp_path}/other.txt"]


def test_without_a_file_there_is_nothing_to_offer(run: Run, home: Path) -> None:
    for kind in ("stages", "deals", "pipelines", "reasons", "nothing"):
        ended = run("--complete", kind)
        assert (ended.code, ended.out, ended.err) == (0, "", "")
    assert run("--complete").code == 0
    assert list(home.iterdir()) == []


def test_candidates_say_what_they_are(board: Deals, run: Run, db: Path) -> None:
    assert run("--complete", "deals", "--db", str(db)).out == "2\tGlobex website\n1\tAcme renewal\n"
    assert run("--complete", "stages", "list", f"--db={db}").out.startswith("On radar\t10 %\n")
    assert run("--complete", "stages", "--db", str(db), "--pipeline", "nowhere").out == ""


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_printed_script_names_everything_and_is_sound(run: Run, shell: str) -> None:
    printed = run("completion", shell)
    assert (printed.code, printed.err) == (0, "")
    for name, (_, arguments) in grammar().items():
        assert name in printed.out
        for argument in arguments:
            for option in argument.names:
                assert (option.lstrip("-") if shell == "fish" else option) in printed.out
    if shutil.which(shell):
        checked = subprocess.run(
            [shell, "-n"], input=printed.out, capture_output=True, text=True, check=False
        )
        assert (checked.returncode, checked.stderr) == (0, "")
