"""`deals restore [NUMBER|FILE]`"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from store import Restored, backup_files, backups, restore_backup
from tui.commands import DONE
from tui.commands.context import Context
from tui.commands.way_back import restoring
from tui.paths import backup_folder, file_named


def add_arguments(parser: ArgumentParser) -> None:
    """Which backup."""
    parser.add_argument(
        "file",
        nargs="?",
        metavar="FILE|NUMBER",
        help="the backup's number in the list, 1 being the newest, or any deals file; without it they are listed",
    )


def run(args: Namespace, context: Context) -> int:
    """List the backups, or make the file what one of them is; as it is now it becomes a backup before."""
    if args.file is None:
        return _list(context)
    which = int(args.file) if args.file.isascii() and args.file.isdecimal() else Path(file_named(args.file))
    done = restore_backup(context.file.path, which, backup_folder())
    if context.json:
        from tui.commands.as_json_backups import restored_json

        context.print_json(restored_json(done))
        return DONE
    from tui.commands.plain_backups import restored_line

    context.say(restored_line(done, context.today))
    if done.before is not None:
        context.say(_way_back(done, context))
    for each in done.set_aside:
        context.say(f"What was left of the lost file is kept: {each}")
    return DONE


def _way_back(done: Restored, context: Context) -> str:
    """The one command that brings the file back to what it was just before."""
    there = [each.path for each in backup_files(context.file.path, backup_folder())]
    number = there.index(done.before) + 1 if done.before in there else 1
    return f"As it was before: {restoring(number, context.file.path)}"


def _list(context: Context) -> int:
    found = backups(context.file.path, backup_folder())
    if context.json:
        from tui.commands.as_json_backups import backup_json

        context.print_json([backup_json(number, each) for number, each in enumerate(found, 1)])
        return DONE
    if not found:
        context.tell(f"There is no backup of {context.file.path} yet.")
        return DONE
    from tui.commands.plain import width
    from tui.commands.plain_backups import backup_lines

    for line in backup_lines(found, context.today, width()):
        context.out.write(f"{line}\n")
    return DONE
