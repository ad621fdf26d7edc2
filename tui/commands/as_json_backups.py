"""Backups and the journal as programs read them: what `--json` prints of them. Keys are only ever added."""

from __future__ import annotations

from store import Action, Backup, BackupContents, Restored, decimal_text, instant_text
from tui.commands.as_json import Json


def backup_json(number: int, each: Backup) -> Json:
    """A backup; what cannot be read is null."""
    held = each.contents
    return {
        "number": number,
        "file": str(each.path),
        "made_at": instant_text(each.at),
        "why": each.kind,
        "bytes": each.size,
        **_held(held),
    }


def restored_json(done: Restored) -> Json:
    """What was gone back to, and where the file as it was before is."""
    return {
        "file": str(done.source),
        "made_at": None if done.at is None else instant_text(done.at),
        "why": done.kind,
        **_held(done.contents),
        "before": None if done.before is None else str(done.before),
        "set_aside": [str(each) for each in done.set_aside],
    }


def action_json(each: Action) -> Json:
    """An entry of the journal."""
    return {
        "action": each.id,
        "at": instant_text(each.at),
        "kind": each.kind,
        "title": each.title,
        "undone": each.undone,
    }


def _held(contents: BackupContents | None) -> Json:
    if contents is None:
        return {"deals": None, "total": None, "all_deals": None, "last_change": None, "changed_at": None}
    return {
        "deals": contents.open_deals,
        "total": {currency: decimal_text(minor, currency) for currency, minor in contents.worth.items()},
        "all_deals": contents.deals,
        "last_change": contents.last_change,
        "changed_at": None if contents.changed_at is None else instant_text(contents.changed_at),
    }
