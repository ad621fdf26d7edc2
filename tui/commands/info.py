"""`deals info`"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from store import StoreError, backup_files, instant_text, open_store, parse_instant
from tui import __version__, paths
from tui.commands import DONE
from tui.commands.cells import one_line
from tui.commands.context import Context
from tui.commands.moments import moment
from tui.key_ids import KEY_IDS, all_clashes
from tui.settings import load

_ORIGINS = {"default": "the usual place", "config": "from the config file"}


def add_arguments(parser: ArgumentParser) -> None:
    """None of its own."""


def run(args: Namespace, context: Context) -> int:
    """Print every path, the versions at work, and how much is in the file. Nothing is made or changed."""
    facts = _facts(context)
    if context.json:
        context.print_json(facts)
        return DONE
    database = facts["database"]
    origin = _ORIGINS.get(database["from"], f"from {database['from']}")
    rows = [("database", f"{database['path']} ({origin}; {_state(database)})")]
    rows += [
        (name, f"{facts[name]['path']}{'' if facts[name]['exists'] else ' (not there yet)'}")
        for name in ("config", "log", "backups")
    ]
    rows += [("versions", ", ".join(f"{name} {version}" for name, version in facts["versions"].items()))]
    if facts["counts"]:
        rows.append(("contents", ", ".join(f"{name} {count:,}" for name, count in facts["counts"].items())))
    rows += [("problem", problem) for problem in facts["problems"]]
    if facts["backup"]["newest"]:
        count, at = facts["backup"]["count"], parse_instant(facts["backup"]["made_at"])
        newest = f"{facts['backup']['newest']} ({moment(at, context.today)}; {count:,} in all)"
        rows.insert(4, ("newest", newest))
    for name, text in rows:
        context.out.write(f"{name:<10}{one_line(text)}\n")
    return DONE


def _state(database: dict[str, Any]) -> str:
    if not database["exists"]:
        return "not there yet"
    schema = "unknown" if database["schema"] is None else database["schema"]
    size = "size unknown" if database["bytes"] is None else f"{database['bytes']:,} bytes"
    return f"schema {schema}, {size}"


def _size(path: Path) -> int | None:
    """The bytes of the file; `None` where it may not be looked at."""
    try:
        return path.stat().st_size
    except OSError:
        return None


def _facts(context: Context) -> dict[str, Any]:
    path = context.file.path
    exists = context.file.is_there()
    settings = load(paths.config_file(), lambda: KEY_IDS)
    problems = [*settings.problems, *all_clashes(settings.keys)]
    schema, counts = None, {}
    if exists:
        try:
            with open_store(path, migrate=False) as store:
                schema, counts = store.read.schema_version(), dict(store.read.counts())
        except StoreError as error:
            problems.append(str(error))
    others = {"config": paths.config_file(), "log": paths.log_file(), "backups": paths.backup_folder()}
    return {
        "database": {
            "path": str(path),
            "from": context.file.origin,
            "exists": exists,
            "bytes": _size(path) if exists else None,
            "schema": schema,
        },
        **{name: {"path": str(each), "exists": each.exists()} for name, each in others.items()},
        "backup": _newest_backup(path, problems),
        "versions": versions(),
        "counts": counts,
        "problems": problems,
    }


def _newest_backup(path: Path, problems: list[str]) -> dict[str, Any]:
    """The newest backup of the file, and how many there are."""
    try:
        found = backup_files(path, paths.backup_folder())
    except StoreError as error:
        problems.append(str(error))
        found = []
    return {
        "newest": str(found[0].path) if found else None,
        "made_at": instant_text(found[0].at) if found else None,
        "count": len(found),
    }


def versions() -> dict[str, str]:
    """What is at work, each with its version; nothing of it is loaded for that."""
    import platform
    import sqlite3
    from importlib.metadata import PackageNotFoundError, version

    found = {"dealdeck": __version__, "python": platform.python_version(), "sqlite": sqlite3.sqlite_version}
    for name in ("textual", "sqlmodel"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found
