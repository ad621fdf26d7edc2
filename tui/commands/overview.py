"""`deals --help`: every command in one line. Written without argparse, because it has to be there at once."""

from __future__ import annotations

from tui.commands import COMMANDS, GLOBAL_OPTIONS, OPENING, examples_text

_COLUMN = 22


def overview() -> str:
    """The help of `deals` itself."""
    commands = "".join(_line(command.name, command.summary) for command in COMMANDS)
    options = "".join(_line(f"{name} {value or ''}", purpose) for name, value, purpose in GLOBAL_OPTIONS)
    return (
        f"{examples_text(OPENING.examples)}\n"
        "usage: deals [COMMAND] [OPTIONS]\n\n"
        "A deal pipeline board. Without a command the board opens; without a terminal it is\n"
        "printed as plain text.\n\n"
        f'commands ("deals COMMAND --help" tells more):\n{commands}\n'
        "options, before or after the command:\n"
        f"{options}{_line('--version', 'show the version')}{_line('-h, --help', 'show this help')}\n"
        "exit codes: 0 done, 1 failed, 2 wrong usage, 3 the file is busy, 130 interrupted\n"
    )


def _line(name: str, purpose: str) -> str:
    return f"  {name:<{_COLUMN}}{purpose}\n"
