"""The command line as data, read from the parsers: what the completion scripts are made of."""

from __future__ import annotations

from argparse import Action
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Final

from tui.commands import COMMANDS, OPENING, Command
from tui.commands.parser import build_parser

_KINDS: Final = {"ID": "deals", "STAGE": "stages", "REASON": "reasons", "VIEW": "views"}
"""What is asked of `deals --complete` for an argument, by the word that the help shows for it."""

_OPTION_KINDS: Final = {"--pipeline": "pipelines", "--template": "templates"}


@dataclass(frozen=True, slots=True)
class Argument:
    """An option (`names` begin with dashes) or a positional (no `names`).

    `kind` is what `deals --complete` knows candidates for; `choices` are the only values there are.
    """

    names: tuple[str, ...]
    value: str | None
    purpose: str
    kind: str | None = None
    file: bool = False
    choices: tuple[str, ...] = ()


def grammar() -> dict[str, tuple[Command, tuple[Argument, ...]]]:
    """Every command with its arguments; the options that all of them share are under the empty name."""
    shared = tuple(_arguments(OPENING))
    names = {argument.names for argument in shared}
    found = {"": (OPENING, (*shared, Argument(("--version",), None, "show the version")))}
    for command in COMMANDS:
        own = tuple(each for each in _arguments(command) if not each.names or each.names not in names)
        found[command.name] = (command, own)
    return found


def _arguments(command: Command) -> Iterator[Argument]:
    parser = build_parser(command, import_module(f"tui.commands.{command.module}").add_arguments)
    for action in parser.actions():
        yield _argument(action)


def _argument(action: Action) -> Argument:
    takes_value = action.nargs != 0
    value = (
        action.metavar if isinstance(action.metavar, str) else (action.dest.upper() if takes_value else None)
    )
    names = tuple(action.option_strings)
    kind = next((_OPTION_KINDS[name] for name in names if name in _OPTION_KINDS), _KINDS.get(value or ""))
    return Argument(
        names,
        value if takes_value else None,
        (action.help or "").replace("%%", "%"),
        kind,
        (value or "").startswith("FILE"),
        tuple(map(str, action.choices or ())),
    )
