"""The command `deals`: finds the command that is meant, runs it, and turns what went wrong into one line and a code.

Nothing heavy is imported here: `--version` and `--help` answer before argparse is needed, and each command's module
comes when it is called.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from itertools import zip_longest
from typing import TYPE_CHECKING, Final, NoReturn

from tui import __version__
from tui.commands import (
    BUSY,
    COMMANDS,
    DONE,
    FAILED,
    INTERRUPTED,
    OPENING,
    USAGE,
    Command,
    CommandError,
    UsageError,
    command_named,
)

if TYPE_CHECKING:
    from tui.commands.context import Context

_TAKE_A_VALUE: Final = ("--db", "--pipeline", "--today")
"""The options that may stand before the command and are followed by a value."""

_IN_THE_APP: Final = ("opening", "demo", "review")
"""The commands that open the app where they can."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run `deals` with `argv` (the process's own by default) and give its exit code.

    0 done · 1 failed · 2 wrong usage · 3 the file is busy · 130 interrupted. Errors are one line on stderr.
    """
    if argv is None:
        gc.disable()  # a command is over before collecting garbage would pay; the app turns it on again
    words = list(sys.argv[1:] if argv is None else argv)
    _let_streams_print_anything()
    try:
        code = _run(words)
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        return _reader_left()
    except KeyboardInterrupt:
        return INTERRUPTED
    except UsageError as error:
        return _tell(str(error), USAGE)
    except CommandError as error:
        return _tell(_for_the_file(str(error), words), FAILED)
    except Exception as error:  # noqa: BLE001  # the last one: it tells, and logs what it does not know
        return _failed(error, words)
    return code


def run() -> NoReturn:
    """The program `deals`: `main`, and out at once.

    All files are closed by then and all output is written; taking ten thousand deals apart one by one, as the
    interpreter does on its way out, takes a sixth of the time of reading them.
    """
    code = main()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            if stream is not None:
                stream.flush()
    os._exit(code)


def _run(words: list[str]) -> int:
    before_dashes = words[: words.index("--")] if "--" in words else words
    if "--version" in before_dashes:
        print(f"deals {__version__}")
        return DONE
    if words[:1] == ["--complete"]:
        from tui.commands.candidates import print_candidates

        return print_candidates(words[1:])
    command, rest = _command_in(words)
    if command is OPENING and ("--help" in before_dashes or "-h" in before_dashes):
        from tui.commands.overview import overview

        print(overview(), end="")
        return DONE
    return _run_command(command, rest)


def _command_in(words: list[str]) -> tuple[Command, list[str]]:
    """The command and the words without it; options may stand before it."""
    index = 0
    while index < len(words) and words[index].startswith("-") and words[index] != "--":
        index += 2 if words[index] in _TAKE_A_VALUE else 1
    if index >= len(words):
        return OPENING, words
    command = command_named(words[index])
    if command is None:
        raise UsageError(_no_command(words[index]))
    return command, words[:index] + words[index + 1 :]


def _no_command(word: str) -> str:
    from difflib import get_close_matches

    names = [command.name for command in COMMANDS]
    near = [name for name in names if word and name.startswith(word)] or get_close_matches(word, names, n=1)
    hint = f'did you mean "deals {near[0]}"?' if near else "deals --help lists the commands."
    return f'There is no command "{word}"; {hint}'


def _run_command(command: Command, words: list[str]) -> int:
    from importlib import import_module

    from tui.commands.parser import build_parser, parse

    module = import_module(f"tui.commands.{command.module}")
    args = parse(build_parser(command, module.add_arguments), words)
    if args is None:
        return DONE
    from tui.commands.context import Context

    context: Context = Context.of(args)
    if not (command.module == "info" or (command.module in _IN_THE_APP and context.opens_the_app)):
        context.tell_problems(context.file.problems)  # these tell them themselves
    code: int = module.run(args, context)
    return code


def _let_streams_print_anything() -> None:
    """A name that the terminal's encoding lacks is shown with `?`, never a reason to fail."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def _reader_left() -> int:
    """Whoever read our output has enough of it. What is still in the buffer goes nowhere, quietly."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
    return DONE


def _failed(error: Exception, words: Sequence[str]) -> int:
    from store import Ambiguous, InvalidInput, StoreBusy, StoreDamaged, StoreError, UnknownName

    if isinstance(error, StoreBusy):
        return _tell(str(error), BUSY)
    if isinstance(error, StoreDamaged) and error.path is not None:
        from tui.commands.way_back import newest_backup

        told = _for_the_file(str(error), words)
        return _tell(f"{told} {newest_backup(error.path)}".rstrip(), FAILED)
    if isinstance(error, StoreError):
        wrong_usage = isinstance(error, (Ambiguous, InvalidInput, UnknownName))
        return _tell(_for_the_file(str(error), words), USAGE if wrong_usage else FAILED)
    if isinstance(error, OSError) and error.filename is None and error.strerror:
        return _tell(f"The output cannot be written: {error.strerror}", FAILED)
    from tui.commands.crash import note_crash

    return _tell(note_crash(error), FAILED)


def _for_the_file(told: str, words: Sequence[str]) -> str:
    """What is told, with the `--db` of the command line in the command that it ends with."""
    from tui.commands.way_back import for_file
    from tui.paths import database

    named = ""
    for word, after in zip_longest(words, words[1:], fillvalue=""):
        named = after if word == "--db" else word.removeprefix("--db=") if word.startswith("--db=") else named
    return for_file(told, database(named).path) if named else told


def _tell(message: str, code: int) -> int:
    from tui.commands.cells import one_line

    if sys.stderr is not None:
        with suppress(OSError, ValueError):  # nobody reads it; the code still says how it went
            sys.stderr.write(f"deals: {one_line(message)}\n")
            sys.stderr.flush()
    return code
