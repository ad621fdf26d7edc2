"""`deals doctor`"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from typing import Final

from store import (
    Finding,
    Repaired,
    State,
    close_to_others,
    examine,
    repair,
)
from tui.commands import DONE, FAILED
from tui.commands.context import Context
from tui.commands.way_back import for_file, has_backups, way_back
from tui.paths import backup_folder, default_database

_SIGNS: Final = {State.OK: "✓", State.NOTE: "!", State.WRONG: "✗"}
_REPAIR: Final = "repair it with: deals doctor --repair"
_NOT_REPAIRABLE: Final = "what is wrong cannot be put right without guessing."


def add_arguments(parser: ArgumentParser) -> None:
    """Whether to do something about it."""
    parser.add_argument(
        "--repair",
        action="store_true",
        help="put right what can be put right, after a backup; where deals change, deals undo takes it back",
    )


def run(args: Namespace, context: Context) -> int:
    """Say of each check what it found. 0 when nothing is wrong. Nothing is made, and without `--repair` changed."""
    path, folder = context.file.path, backup_folder()
    own = (default_database().parent,)
    found = examine(path, folder, own)
    done, closed = None, 0
    if args.repair and any(each.repairable for each in found.findings):
        closed = len(found.exposed) - len(close_to_others(found.exposed))
        if any(each.repairable and each.subject != "permissions" for each in found.findings):
            done = repair(path, folder, context.now)
        found = examine(path, folder, own)
    findings = (*found.findings, _versions())
    sound = not any(each.state is State.WRONG for each in findings)
    if context.json:
        context.print_json(_json(findings, sound, done, closed, context))
    else:
        _print(findings, sound, done, closed, args.repair, context)
    return DONE if sound else FAILED


def _print(
    findings: Sequence[Finding],
    sound: bool,
    done: Repaired | None,
    closed: int,
    asked: bool,
    context: Context,
) -> None:
    for each in findings:
        text = for_file(f"{each.what}; {_REPAIR}" if each.repairable else each.what, context.file.path)
        context.say(f"{_SIGNS[each.state]} {each.state:<6} {each.subject:<12} {text}")
    if closed:
        context.say(
            f"Repaired: {closed} {'file or folder' if closed == 1 else 'files and folders'} made private."
        )
    if done is not None:
        for problem in done.mended:
            context.say(f"Repaired: {problem.what}")
        if done.before is not None:
            context.say(f"As it was before: {done.before}")
        if done.action_id is not None:
            undo = for_file(
                "What was changed in your deals is taken back with: deals undo", context.file.path
            )
            context.say(undo)
    if asked and not sound and done is None and not closed:
        context.say(f"Nothing was repaired: {_NOT_REPAIRABLE}")
    if _needs_backup(findings, context):
        context.say(way_back(context.file.path))
    if sound:
        context.say("The file is sound.")


def _json(
    findings: Sequence[Finding], sound: bool, done: Repaired | None, closed: int, context: Context
) -> dict[str, object]:
    damaged = _needs_backup(findings, context)
    return {
        "file": str(context.file.path),
        "sound": sound,
        "checks": [
            {
                "check": each.subject,
                "state": each.state,
                "what": each.what,
                "repairable": each.repairable,
            }
            for each in findings
        ],
        "way_out": way_back(context.file.path) if damaged else None,
        "repaired": [] if done is None else [each.what for each in done.mended],
        "made_private": closed,
        "before": None if done is None or done.before is None else str(done.before),
        "action": None if done is None else done.action_id,
    }


def _needs_backup(findings: Sequence[Finding], context: Context) -> bool:
    """Whether only a backup helps: what is wrong cannot be repaired, or the file is gone."""
    gone = not context.file.is_there() and has_backups(context.file.path)
    return gone or any(each.damaged for each in findings)


def _versions() -> Finding:
    from tui.commands.info import versions

    told = ", ".join(f"{name} {version}" for name, version in versions().items())
    return Finding("versions", State.OK, told)
