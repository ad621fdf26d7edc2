"""Examining a deals file from outside and inside: whatever is at the path, it says what it is, and changes nothing.

A change that a crash cut short is taken back by SQLite as soon as the file is read; nothing else is written.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

from store.backup_shelf import backup_files
from store.beside import journal_of, traces_of
from store.checking import problems
from store.connection import BUSY_SECONDS, connect, schema_version, translated
from store.errors import StoreBusy, StoreDamaged, StoreError
from store.migrations import is_up_to_date
from store.privacy import open_to_others
from store.private_files import unnamed_in
from store.schema import LATEST
from store.views import Check, Examination, Exposed, Finding, Problem, State

_ROOM: Final = 50_000_000
"""Bytes that should be free: a backup and the journal of a change need as much as the file has."""

_MAKE_ONE: Final = "; make one with: deals backup"

_SOUND: Final = {
    Check.INTEGRITY: "SQLite finds nothing wrong",
    Check.LINKS: "every row has what it points to",
    Check.DEALS: "every deal is in one stage, which is where its last stay is; totals and places are right",
    Check.JOURNAL: "every change is in it, and what it says is what is there",
    Check.NUMBERS: "no id can be given twice",
}


def examine(
    path: Path, folder: Path, own: Sequence[Path] = (), busy_seconds: float = BUSY_SECONDS
) -> Examination:
    """What the checks of the file at `path`, with its backups in `folder`, find. See `open_to_others` for `own`.

    Nothing is made, and nothing that is there is changed. Raises `StoreBusy` when another program does not let the
    file be read.
    """
    leftover = _is_there(journal_of(path))
    inside = tuple(_inside(path, busy_seconds))
    backups, known = _backups(path, folder, inside[0])
    ours = inside[0].state is State.OK or (inside[0].damaged and known)
    exposed = open_to_others(path, folder, own, ours=ours)
    findings = (*inside, _leftovers(path, leftover), _permissions(path, exposed, ours), _room(path), backups)
    return Examination(findings, exposed)


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # in a folder that may not be looked into
        return False


def _inside(path: Path, busy_seconds: float) -> Iterator[Finding]:
    try:
        with closing(connect(path, busy_seconds)) as connection, translated(path):
            is_up_to_date(connection, path)  # refuses a newer one, and one without deals
            version = schema_version(connection)
            found = problems(connection)
    except StoreBusy:
        raise
    except StoreError as error:
        yield Finding("file", State.WRONG, str(error), damaged=isinstance(error, StoreDamaged))
        return
    yield Finding("file", State.OK, f"{path}, {path.stat().st_size:,} bytes")
    yield from _told(found, version)


def _told(found: Sequence[Problem], version: int) -> Iterator[Finding]:
    """One finding for each problem, and for each check that found none."""
    schema = f"{version}, its tables, indexes and triggers are there"
    old = f"{version}, which is brought to {LATEST} when the file is opened next, after a backup"
    last = next((each.check for each in found if _ends(each)), Check.NUMBERS)
    for check in list(Check)[: list(Check).index(last) + 1]:
        wrong = [each for each in found if each.check is check]
        for each in wrong:
            yield Finding(check, State.WRONG, each.what, each.repairable, damaged=not each.repairable)
        if not wrong and check is Check.SCHEMA:
            yield Finding(
                check, State.OK if version == LATEST else State.NOTE, schema if version == LATEST else old
            )
        elif not wrong:
            yield Finding(check, State.OK, _SOUND[check])


def _ends(problem: Problem) -> bool:
    """Whether nothing further was asked once this was found."""
    return problem.check is Check.INTEGRITY or (problem.check is Check.SCHEMA and not problem.repairable)


def _leftovers(path: Path, leftover: bool) -> Finding:
    beside: list[Path] = []
    unnamed: list[Path] = []
    with suppress(OSError):  # in a folder that may not be looked into
        beside, unnamed = traces_of(path), unnamed_in(path.resolve().parent)
    if beside:
        return Finding("leftovers", State.NOTE, _what_a_journal_means(path, beside[0]))
    if unnamed:
        return Finding(
            "leftovers",
            State.NOTE,
            f"{unnamed[0]} is being made, or was left by a program that was killed; then the first backup a day later "
            "removes it",
        )
    if leftover:
        return Finding("leftovers", State.OK, "a change that was cut short has been taken back")
    return Finding("leftovers", State.OK, "none: no change was cut short")


def _what_a_journal_means(path: Path, journal: Path) -> str:
    if not _is_there(path):
        return f"{journal} is left of a file that is gone; keep it with what you find of the file"
    return (
        f"{journal} is there: another program is writing, or was stopped; do not remove it, SQLite sees to it"
    )


def _permissions(path: Path, exposed: Sequence[Exposed], ours: bool) -> Finding:
    if not ours and not exposed:
        return Finding("permissions", State.NOTE, "not looked at: they matter for a deals file")
    closed = next(
        (each for each in (path, path.parent) if _is_there(each) and not os.access(each, os.W_OK)), None
    )
    if closed and not exposed:
        return Finding(
            "permissions", State.NOTE, f"the deals can be read but not changed: you may not write to {closed}"
        )
    if not exposed:
        return Finding("permissions", State.OK, "nothing of it is open to others")
    more = f" and {len(exposed) - 1} more" if len(exposed) > 1 else ""
    return Finding(
        "permissions", State.WRONG, f"others may read or replace {exposed[0].path}{more}", repairable=True
    )


def _room(path: Path) -> Finding:
    there = next((each for each in (path, *path.parents) if _is_there(each)), path)
    try:
        free = shutil.disk_usage(there).free
        size = path.stat().st_size if _is_there(path) else 0
    except OSError as error:
        return Finding("disk", State.NOTE, f"how much room is left cannot be told: {error.strerror}")
    words = f"{free / 1e9:,.1f} GB are free"
    if free < max(_ROOM, 3 * size):
        return Finding(
            "disk", State.NOTE, f"{words}: make room, a change and a backup need as much as the file has"
        )
    return Finding("disk", State.OK, words)


def _backups(path: Path, folder: Path, inside: Finding) -> tuple[Finding, bool]:
    """What is to be said of the backups of a file of which that was found, and whether there are any."""
    try:
        found = backup_files(path, folder)
    except StoreError as error:
        return Finding("backups", State.WRONG, str(error)), True
    if not found:
        can_be = inside.state is State.OK
        return Finding("backups", State.NOTE, f"none yet{_MAKE_ONE if can_be else ''}"), False
    return Finding("backups", State.OK, f"{len(found):,}, the newest {found[0].path}"), True
