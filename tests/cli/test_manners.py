"""The manners of a program in a terminal: colours, pipes, encodings, sizes, folders, and no word to the network."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import Deals, Run
from tests.deck import PLAIN, Deck
from tests.plain_user import run_as_plain_user
from tests.terminal import Terminal, clean_environment, terminal
from tests.tui.showcase import showcase

DEALS = str(Path(sys.executable).with_name("deals"))
TODAY = "2026-11-20"

SGR = re.compile(rb"\x1b\[([0-9;:]*)m")
WITHOUT_COLOUR = {0, 1, 2, 3, 4, 7, 9, 22, 23, 24, 27, 29, 39, 49}
"""What a look may be made of without any colour: bold, dim, reversed … and the terminal's own two."""
SIXTEEN = WITHOUT_COLOUR | set(range(30, 38)) | set(range(40, 48)) | set(range(90, 98)) | set(range(100, 108))

VGA = {
    "black": 0x000000, "red": 0xAA0000, "green": 0x00AA00, "brown": 0xAA5500, "blue": 0x0000AA, "magenta": 0xAA00AA,
    "cyan": 0x00AAAA, "white": 0xAAAAAA, "brightblack": 0x555555, "brightred": 0xFF5555, "brightgreen": 0x55FF55,
    "brightbrown": 0xFFFF55, "brightyellow": 0xFFFF55, "brightblue": 0x5555FF, "bfightmagenta": 0xFF55FF,
    "brightmagenta": 0xFF55FF, "brightcyan": 0x55FFFF, "brightwhite": 0xFFFFFF, "default": 0xAAAAAA,
}  # fmt: skip
"""The sixteen colours of a Linux console, by the names of the emulator (which misspells one)."""


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with everything that a board can show."""
    path = tmp_path_factory.mktemp("manners") / "deals.db"
    with Deck(path) as deck:
        showcase(deck)
    return path


@contextmanager
def board(file: Path, home: Path, *before: str, config: str = "", **options: Any) -> Iterator[Terminal]:
    """The board in a terminal, when all of it is shown."""
    folder = home / ".config/dealdeck"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.toml").write_text(config, encoding="utf-8")
    options = {"size": (100, 30), **options}
    with terminal([*before, DEALS, "--db", file, "--today", TODAY], home, **options) as shown:
        shown.wait_for("Globex website")
        yield shown


def leave(shown: Terminal) -> None:
    shown.press("q")
    assert shown.wait_exit() == 0


def looks(shown: Terminal) -> list[list[int]]:
    """The numbers of each look that was asked of the terminal."""
    return [
        [int(part or 0) for part in re.split("[;:]", found.decode())] for found in SGR.findall(shown.output)
    ]


# -- colours


@pytest.mark.parametrize(
    ("env", "config"),
    [
        ({"NO_COLOR": "1"}, 'theme = "light"'),
        ({"TERM": "vt100", "COLORTERM": ""}, ""),
    ],
)
def test_without_colours_there_is_none_and_the_cursor_is_seen(
    full: Path, tmp_path: Path, env: dict[str, str], config: str
) -> None:
    with board(full, tmp_path, env=env, config=config) as shown:
        shown.press("down")
        shown.wait_quiet(0.2)
        assert {number for look in looks(shown) for number in look} <= WITHOUT_COLOUR
        assert any(7 in look for look in looks(shown))
        shown.send("\x14")
        shown.wait_for("There is one theme without colours")
        leave(shown)


def test_an_empty_no_color_is_no_wish(full: Path, tmp_path: Path) -> None:
    with board(full, tmp_path, env={"NO_COLOR": ""}) as shown:
        leave(shown)
        assert any(look[:2] == [38, 2] for look in looks(shown))


def test_the_terminals_own_theme_uses_its_sixteen_colours_and_says_nothing_by_colour_alone(
    full: Path, tmp_path: Path
) -> None:
    with board(full, tmp_path, config='theme = "terminal"') as shown:
        shown.wait_for("of $50,000")
        in_colour = shown.text
        leave(shown)
        assert {number for look in looks(shown) for number in look} <= SIXTEEN
        grounds = {number for look in looks(shown) for number in look if 40 <= number < 48 or number >= 100}
        assert grounds == set()  # a colour on the terminal's own ground, never on another colour
    with board(full, tmp_path, env={"NO_COLOR": "1"}) as shown:
        shown.wait_for("of $50,000")
        assert shown.text == in_colour
        leave(shown)


def contrast(one: int, other: int) -> float:
    """WCAG's contrast of two colours."""

    def luminance(colour: int) -> float:
        parts = [(colour >> shift & 255) / 255 for shift in (16, 8, 0)]
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_words_can_be_read_on_a_console_of_sixteen_colours(full: Path, tmp_path: Path, theme: str) -> None:
    with board(full, tmp_path, config=f'theme = "{theme}"', env={"TERM": "linux", "COLORTERM": ""}) as shown:
        shown.wait_for("of $50,000")
        assert {number for look in looks(shown) for number in look} <= SIXTEEN
        unread = {}
        for line in shown.cells:
            for cell in line:
                front, back = (cell.bg, cell.fg) if cell.reverse else (cell.fg, cell.bg)
                if cell.data.isalnum():
                    unread[front, back] = contrast(VGA[front], VGA[back])
        leave(shown)
    assert len(unread) > 3
    assert {look: seen for look, seen in unread.items() if seen < 2.8} == {}


# -- sizes


def test_a_terminal_that_is_too_small_says_so_and_comes_back(full: Path, tmp_path: Path) -> None:
    with board(full, tmp_path) as shown:
        for size in ((59, 30), (100, 14), (20, 5)):
            shown.resize(*size)
            shown.wait_for("terminal larger.")
            shown.press("w", "D", "2", "?")  # nobody sees what the first three would be about
            shown.wait_for("Keys of")
            shown.press("escape")
            shown.wait_for("terminal larger.")
            shown.resize(1, 1)
            shown.resize(60, 15)
            shown.wait_for("Globex website")
        leave(shown)
    with Deck(full) as deck:
        assert len(deck.store.read.list_deals(None, date.fromisoformat(TODAY))) == 12


def test_the_terminal_knows_its_size_better_than_the_environment(full: Path, tmp_path: Path) -> None:
    with board(full, tmp_path, env={"COLUMNS": "20", "LINES": "100000"}) as shown:
        shown.wait_for("? help")
        assert "? help" in shown.screen[-1]
        assert max(map(len, shown.screen)) > 90
        leave(shown)


def test_an_odd_width_in_the_environment_is_none(deals: Deals, monkeypatch: pytest.MonkeyPatch) -> None:
    deals("add", "Acme 5k")
    usual = deals("board").out
    for columns in ("0", "-5", "abc", "", " ", "1e3", "²", "٨٠", "99999999999999999999"):
        monkeypatch.setenv("COLUMNS", columns)
        monkeypatch.setenv("LINES", columns)
        ran = deals("board")
        assert (ran.code, ran.err) == (0, "")
        assert (ran.out == usual) is (columns != "99999999999999999999")
        assert deals("list", "--help").code == 0


# -- pipes and streams


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file whose lists are longer than a pipe holds."""
    folder = tmp_path_factory.mktemp("long")
    rows = "".join(f"Deal number {number} with quite a name,{'n' * 200}\n" for number in range(600))
    (folder / "deals.csv").write_text(f"name,notes\n{rows}", encoding="utf-8")
    with Deck(folder / "deals.db", PLAIN):
        pass
    command: list[str | Path] = [DEALS, "import", folder / "deals.csv", "--yes", "--db", folder / "deals.db"]
    subprocess.run(command, env=clean_environment(folder), check=True, capture_output=True)
    return folder / "deals.db"


@pytest.mark.parametrize(
    "words", ["list", "list --json", "export -", "board --json", "stuck", "review", "history --json"]
)
def test_a_pipe_that_is_closed_early_is_no_error(long: Path, words: str) -> None:
    script = (
        f'{DEALS} {words} --db "$1" --today 2026-12-31 | head -c 10 >/dev/null; echo "${{PIPESTATUS[0]}}"'
    )
    command: list[str | Path] = ["bash", "-c", script, "bash", long]
    ended = subprocess.run(
        command, env=clean_environment(long.parent), capture_output=True, text=True, check=True
    )
    assert (ended.stdout, ended.stderr) == ("0\n", "")


ENCODINGS = (
    {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    {"LC_ALL": "POSIX"},
    {"PYTHONIOENCODING": "ascii"},
    {"PYTHONIOENCODING": "latin-1:strict"},
    {"LC_ALL": "nothing.like-it"},
)


@pytest.mark.parametrize("env", ENCODINGS, ids=lambda env: " ".join(f"{name}={env[name]}" for name in env))
def test_any_encoding_prints_and_opens(full: Path, tmp_path: Path, env: dict[str, str]) -> None:
    script = (
        "import sys\nfrom tui.cli import main\n"
        "for words in (['list'], ['board'], ['show', '5'], ['list', '\\u6771\\u4eac'], ['show', '\\udcff']):\n"
        "    code = main([*words, '--db', sys.argv[1], '--today', '2026-11-20'])\n"
        "    assert code in (0, 1, 2), (words, code)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script, full],
        env=clean_environment(tmp_path, env),
        capture_output=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert b"Traceback" not in ended.stderr
    assert b"12 open" in ended.stdout
    if env is ENCODINGS[0]:
        with board(full, tmp_path, env=env) as shown:
            leave(shown)


@pytest.mark.parametrize("streams", ["</dev/null", "| cat", "</dev/null | cat", "<&-", ">/dev/null"])
def test_with_no_terminal_on_a_side_the_board_is_printed(full: Path, tmp_path: Path, streams: str) -> None:
    script = f'{DEALS} --db "$1" --today {TODAY} {streams}; echo "code $?"'
    with terminal(["bash", "-c", script, "bash", full], tmp_path) as shown:
        assert shown.wait_exit() == 0
        assert "code 0" in shown.text
        assert ("ON RADAR" in shown.text) is (streams != ">/dev/null")
        assert b"\x1b" not in shown.output


# -- folders and the config file


def test_the_folders_are_those_of_xdg_and_nothing_else_is_made(
    run: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = {name: tmp_path / name.lower() for name in ("DATA", "CONFIG", "STATE", "CACHE")}
    for name, place in places.items():
        monkeypatch.setenv(f"XDG_{name}_HOME", str(place))
    assert run("init").code == 0
    assert run("add", "Acme").code == 0
    assert run("backup").code == 0
    facts = run("info", "--json").json
    assert facts["database"]["path"] == str(places["DATA"] / "dealdeck/deals.db")
    assert facts["config"]["path"] == str(places["CONFIG"] / "dealdeck/config.toml")
    assert facts["log"]["path"] == str(places["STATE"] / "dealdeck/deals.log")
    assert facts["backups"]["path"] == str(places["STATE"] / "dealdeck/backups")
    assert list(home.iterdir()) == []
    assert [place.exists() for place in places.values()] == [True, False, True, False]
    for made in (*places["DATA"].rglob("*"), *places["STATE"].rglob("*")):
        assert made.stat().st_mode & 0o077 == 0, made


@pytest.mark.parametrize("value", ["", "   ", "relative/place"])
def test_an_empty_or_relative_xdg_folder_is_none(
    run: Run, home: Path, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", value)
    assert run("info", "--json").json["database"]["path"] == str(home / ".local/share/dealdeck/deals.db")


def test_a_wrong_config_file_is_told_once_on_stderr_and_the_command_runs(run: Run, home: Path) -> None:
    assert run("init").code == 0
    config = home / ".config/dealdeck/config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('currency = "EUR"\ndate_ordre = "mdy"\n', encoding="utf-8")
    told = f"{config}, line 2: date_ordre is not a setting; did you mean date_order?\n"
    for words in (["add", "Acme close:30/11"], ["list", "acme"], ["goal"], ["history"]):
        ran = run(*words)
        assert (ran.code, ran.err) == (0, told), words
        assert ran.out != ""
    ran = run("add", "Acme two close:30/11", "--db", str(home / ".local/share/dealdeck/deals.db"))
    assert (ran.code, ran.err) == (0, told)  # the day is read as the file does not say
    assert run("list", "--json").json[0]["currency"]
    config.write_bytes(b"\x00\xff")
    assert (
        run("list").err
        == f"The config file {config} cannot be read: it is not text in UTF-8; the defaults are used.\n"
    )


def test_a_wrong_config_file_is_told_once_in_the_app(full: Path, tmp_path: Path) -> None:
    with board(full, tmp_path, config='thme = "light"\n[keys]\n"deal.won" = "x"\n', size=(160, 30)) as shown:
        shown.wait_for("2 problems in the config file (all: deals info): ")
        shown.wait_for("thme is not a setting; did you mean theme?")
        shown.press("down")
        shown.wait_gone("problems in the config file")
        leave(shown)
        assert b"thme" not in shown.output.partition(b"\x1b[?1049h")[0]
        assert b"thme" not in shown.output.partition(b"\x1b[?1049l")[2]


def test_the_first_start_tells_it_too(tmp_path: Path) -> None:
    folder = tmp_path / ".config/dealdeck"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text("db = 12\n", encoding="utf-8")
    with terminal([DEALS], tmp_path) as shown:
        shown.wait_for("line 1: db = 12")
        shown.press("escape")
        assert shown.wait_exit() == 0


def test_a_place_that_may_not_be_looked_at_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir()
    (tmp_path / "locked").chmod(0)
    script = (
        "import sys\nfrom tui.cli import main\nsys.stderr = sys.stdout\n"
        "for words in (['list'], ['add', 'x'], ['stuck', '--quiet'], ['backup'], ['review'], []):\n"
        "    assert main([*words, '--db', sys.argv[1]]) == 1, words\n"
    )
    told = run_as_plain_user(script, tmp_path / "locked" / "x.db").splitlines()
    assert len(told) == 6
    assert all("Permission denied" in line and "Something went wrong" not in line for line in told)


# -- the network

WATCHED = """
import sys

def watch(event, args):
    if event == "socket.__new__" and args[1] == 1:  # a pair of the machine's own, which asyncio wakes itself with
        return
    if event.startswith("socket."):
        import os
        os.write(2, f"NETWORK {event} {args!r}".encode())
        os._exit(99)

sys.addaudithook(watch)
"""


def without_network() -> list[str]:
    """A command that runs another one in a network of its own, in which there is nothing."""
    command = ["unshare", "--map-root-user", "--net"] if os.geteuid() else ["unshare", "--net"]
    tried = subprocess.run([*command, "true"], capture_output=True, text=True, check=False)
    if tried.returncode:
        pytest.fail(
            f"This machine lets nobody run a program without network ({tried.stderr.strip()}): allow unshare"
        )
    return command


def test_no_command_says_a_word_to_the_network(full: Path, tmp_path: Path) -> None:
    script = f"""{WATCHED}
from tui.cli import main
for words in ("--version", "--help", "init", "add Acme 5k", "list", "board", "show 1", "stuck", "review", "today",
              "people", "companies", "forecast", "goal", "history", "backup", "restore", "undo", "redo", "info",
              "export {tmp_path}/out.csv", "export {tmp_path}/out.ics", "import {tmp_path}/out.csv --dry-run", "rate",
              "stage"):
    assert main(words.split()) == 0, words
"""
    ended = subprocess.run(
        [*without_network(), sys.executable, "-c", script], env=clean_environment(tmp_path), capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr


def test_the_app_runs_without_a_network_and_opens_no_socket(full: Path, tmp_path: Path) -> None:
    script = f"{WATCHED}\nfrom tui.cli import run\nrun()"
    argv: list[str | Path] = [
        *without_network(),
        sys.executable,
        "-c",
        script,
        "--db",
        full,
        "--today",
        TODAY,
    ]
    with terminal(argv, tmp_path, size=(160, 48)) as shown:
        shown.wait_for("Globex website")
        for key, seen in (
            ("D", "deleted"),
            ("u", "undone"),
            ("y", "copied"),
            ("T", "OVERDUE"),
            ("r", "1 of"),
        ):
            shown.send(key)
            shown.wait_for(seen)
            if key in "Tr":
                shown.press("escape")
                shown.wait_gone(seen)
        leave(shown)


def test_the_watch_would_see_it(tmp_path: Path) -> None:
    script = f"{WATCHED}\nimport socket\nsocket.socket(socket.AF_INET, socket.SOCK_STREAM)"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, check=False).returncode == 99
    script = "import socket\nsocket.create_connection(('198.51.100.1', 80), 5)"
    ended = subprocess.run(
        [*without_network(), sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert "Network is unreachable" in ended.stderr
