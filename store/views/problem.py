"""What a check of the whole file finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Check(StrEnum):
    """What is looked at, from the disk upwards. What comes later means little where an earlier check has failed."""

    INTEGRITY = "integrity"
    SCHEMA = "schema"
    LINKS = "links"
    DEALS = "deals"
    JOURNAL = "journal"
    NUMBERS = "numbers"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: `what` says it in words, with the first of the `count` rows concerned.

    `repairable` says whether `store.repairing` can put it right without inventing anything.
    """

    check: Check
    what: str
    count: int = 1
    repairable: bool = False


@dataclass(frozen=True, slots=True)
class Repaired:
    """What a repair did: the backup of the file as it was (`None` where there was nothing to repair), what it put
    right, what it could not, and the number of its action if rows were changed."""

    before: Path | None
    mended: tuple[Problem, ...]
    left: tuple[Problem, ...]
    action_id: int | None = None


class State(StrEnum):
    """How a check of the doctor's ended: a note is nothing wrong, but good to know."""

    OK = "ok"
    NOTE = "note"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check of the doctor's found. `damaged` says that only a backup helps."""

    subject: str
    state: State
    what: str
    repairable: bool = False
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class Exposed:
    """A file or folder that is open to others: `bits` are those of its permissions that it should not have."""

    path: Path
    bits: int


@dataclass(frozen=True, slots=True)
class Examination:
    """What all checks found, and what of the file and its backups is open to others."""

    findings: tuple[Finding, ...]
    exposed: tuple[Exposed, ...] = ()
