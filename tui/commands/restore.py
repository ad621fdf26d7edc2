"""`deals restore [NUMBER|FILE]`"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from store import backup_files, backups, restore_backup
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
        help="the backup's number in the list, 1 being the newest, or its name, or any deals file; without it they are "
        "listed",
    )


def run(args: Namespace, context: Context) -> int:
    """List the backups, or make the file what one of them is; as it is now it becomes a backup before."""
    if args.file is None:
        return _list(context)
    done = restore_backup(context.file.path, _meant(args.file, context), backup_folder())
    if context.json:
        from tui.commands.as_json_backups import restored_json

        context.print_json(restored_json(done))
        return DONE
    from tui.commands.plain_backups import restored_line

    context.say(restored_line(done, context.today))
    if done.before is not None:
        # By its name: its number is another one after the next backup.
        context.say(f"As it was before: {restoring(done.before.name, context.file.path)}")
    for each in done.set_aside:
        context.say(f"What was left of the lost file is kept: {each}")
    return DONE


def _meant(text: str, context: Context) -> int | Path:
    """A backup's number, or the file of that name: one that is there, else the backup that is called so."""
    if text.isascii() and text.isdecimal():
        return int(text)
    file = Path(file_named(text))
    if file.exists():
        return file
    there = backup_files(context.file.path, backup_folder())
    return next((each.path for each in there if each.path.name == text), file)


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
