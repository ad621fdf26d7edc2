"""The parser of one command: its own arguments, and the options that every command has."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from typing import Final, Never

from tui.commands import GLOBAL_OPTIONS, Command, UsageError, examples_text

_DASHED: Final = "\0"
"""Put before a word that begins with a dash and is not an option; no argument of a process can contain it."""


class Parser(argparse.ArgumentParser):
    """Raises `UsageError` instead of leaving, and shows examples before the usage."""

    def __init__(self, command: Command) -> None:
        super().__init__(
            prog=f"deals {command.name}".strip(),
            allow_abbrev=False,
            add_help=False,
            formatter_class=lambda prog: argparse.HelpFormatter(prog, max_help_position=30, width=_width()),
        )
        self.command = command

    def actions(self) -> tuple[argparse.Action, ...]:
        """Every argument, in the order of the help."""
        return tuple(self._actions)

    def format_help(self) -> str:
        """The examples, then argparse's help."""
        return f"{examples_text(self.command.examples)}\n{super().format_help()}"

    def error(self, message: str) -> Never:
        """Raise `UsageError`: one line, with the way to the help."""
        raise UsageError(f'{message[:1].upper()}{message[1:]}; see "{self.prog} --help".')

    def exit(self, status: int = 0, message: str | None = None) -> Never:
        """Called by argparse once the help is printed."""
        raise HelpShown


class HelpShown(Exception):
    """The help was asked for and printed; there is nothing else to do."""


def build_parser(command: Command, add_arguments: Callable[[argparse.ArgumentParser], None]) -> Parser:
    """The parser of `command`, whose own arguments `add_arguments` adds."""
    parser = Parser(command)
    parser.description = f"{command.summary[:1].upper()}{command.summary[1:]}."
    add_arguments(parser)
    everywhere = parser.add_argument_group("options of every command")
    for option, value, purpose in GLOBAL_OPTIONS:
        if value is None:
            everywhere.add_argument(option, action="store_true", help=purpose)
        else:
            everywhere.add_argument(option, metavar=value, help=purpose)
    everywhere.add_argument("-h", "--help", action="help", help="show this help")
    return parser


def parse(parser: Parser, words: list[str]) -> argparse.Namespace | None:
    """The arguments among `words`, or `None` when the help was asked for. Raises `UsageError`."""
    if parser.command.dashed_words:
        words = [_DASHED + word if _is_dashed_word(word) else word for word in words]
    try:
        args = parser.parse_intermixed_args(words)
    except HelpShown:
        return None
    for name, value in vars(args).items():
        setattr(args, name, _as_typed(value))
    return args


def _is_dashed_word(word: str) -> bool:
    return len(word) > 2 and word[0] == "-" and word[1] != "-"


def _as_typed(value: object) -> object:
    if isinstance(value, str):
        return value.removeprefix(_DASHED)
    return [_as_typed(item) for item in value] if isinstance(value, list) else value


def _width() -> int:
    try:
        columns = os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError, AttributeError):
        columns = 80
    return max(40, min(columns, 100) - 2)
