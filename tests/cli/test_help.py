"""The help begins with an example, and the documentation names all there is."""

from __future__ import annotations

import argparse
import re
import shlex
from importlib import import_module
from pathlib import Path

import pytest

from tests.cli.running import Run
from tui import __version__
from tui.commands import COMMANDS, GLOBAL_OPTIONS, OPENING, Command
from tui.commands.parser import Parser, build_parser, parse

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTED = (ROOT / "docs/cli.md").read_text(encoding="utf-8")


def parser_of(command: Command) -> Parser:
    return build_parser(command, import_module(f"tui.commands.{command.module}").add_arguments)


def named(word: str, text: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text) is not None


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_the_help_of_a_command_begins_with_an_example(run: Run, command: Command) -> None:
    shown = run(command.name, "--help")
    assert (shown.code, shown.err) == (0, "")
    assert shown.out.startswith(f"Example: {command.examples[0]}\n")
    assert f"deals {command.name}" in command.examples[0]
    assert "usage: deals " in shown.out
    assert run("-h", command.name).out == shown.out
    assert max(map(len, shown.out.splitlines())) <= 100


def test_the_help_of_deals_lists_every_command_and_option(run: Run) -> None:
    shown = run("--help")
    assert (shown.code, shown.err) == (0, "")
    assert shown.out.startswith("Example: deals\n")
    for word in (
        *(command.name for command in COMMANDS),
        *(option for option, *_ in GLOBAL_OPTIONS),
        "--version",
    ):
        assert named(word, shown.out)
    assert max(map(len, shown.out.splitlines())) <= 95
    assert run("-h").out == shown.out
    assert run("--db", "x", "--help").out == shown.out


@pytest.mark.parametrize("command", [*COMMANDS, OPENING], ids=lambda command: command.name or "deals")
def test_every_command_and_option_is_documented(command: Command) -> None:
    assert named(f"deals {command.name}".strip(), DOCUMENTED)
    for action in parser_of(command).actions():
        for option in action.option_strings:
            assert named(option, DOCUMENTED), option


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_example_is_understood(command: Command) -> None:
    for example in command.examples:
        words = shlex.split(example.replace('eval "$(', "").replace(')"', "").partition(" > ")[0])
        assert words[:2] == ["deals", command.name]
        assert isinstance(parse(parser_of(command), words[2:]), argparse.Namespace)


def test_every_argument_is_explained() -> None:
    for command in COMMANDS:
        for action in parser_of(command).actions():
            assert action.help, f"{command.name} {action.dest}"


def test_the_version_is_the_one_of_the_package(run: Run) -> None:
    declared = re.search(
        r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert declared is not None
    assert __version__ == declared[1]
    assert run("--version").out == run("list", "--version").out == f"deals {__version__}\n"
