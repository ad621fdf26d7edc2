"""Backups and the journal in plain text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from store import Action, Backup, BackupContents, Restored, format_amount
from tui.commands.moments import moment
from tui.commands.plain import Field, table
from tui.format import counted

_BACKUPS = (
    Field("", right=True),
    Field("made"),
    Field("why"),
    Field("deals", right=True),
    Field("total", right=True),
    Field("last change", least=10, spare=1),
)
_ACTIONS = (Field("", right=True), Field("when"), Field("what", least=18), Field(""))


def backup_lines(backups: Sequence[Backup], today: date, room: int) -> list[str]:
    """The backups with their numbers, each with its open deals and their total."""
    rows = [_backup(number, each, today) for number, each in enumerate(backups, 1)]
    return table(_BACKUPS, rows, room)


def restored_line(done: Restored, today: date) -> str:
    """What was gone back to, and what it holds."""
    held = f"{counted(done.contents.open_deals, 'open deal')}, {_worth(done.contents)}"
    if done.at is None or done.kind is None:
        return f"Restored {done.source}: {held}"
    return f"Restored the backup of {moment(done.at, today)} ({done.kind}): {held}"


def action_lines(actions: Sequence[Action], today: date, room: int) -> list[str]:
    """Entries of the journal, in the order given."""
    return table(_ACTIONS, [_action(each, today) for each in actions], room, titles=False)


def _backup(number: int, each: Backup, today: date) -> tuple[str, ...]:
    made = (str(number), moment(each.at, today), each.kind)
    if each.contents is None:
        return (*made, "", "", "cannot be read")
    return (*made, f"{each.contents.open_deals:,}", _worth(each.contents), each.contents.last_change)


def _worth(contents: BackupContents) -> str:
    return (
        " + ".join(format_amount(minor, currency) for currency, minor in contents.worth.items())
        or "no amounts"
    )


def _action(each: Action, today: date) -> tuple[str, ...]:
    title = each.title if each.kind == "do" else f"{each.kind}: {each.title}"
    taken_back = "redone" if each.kind == "undo" else "undone"
    return (str(each.id), moment(each.at, today), title, taken_back if each.undone else "")
