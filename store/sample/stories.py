"""What happened to a deal of the demo, as plain events in order. Stages are numbered as in the default template."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time

from store.views import Role, Stance, TouchKind

RADAR, TRIAL, DECISION, WON, LOST = range(5)
"""The stages of the default template by their place."""


@dataclass(frozen=True, slots=True)
class Moved:
    """The deal entered a stage; with a reason if it is the lost one."""

    day: date
    stage: int
    evidence: str = ""
    reason: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Touched:
    """A call, e-mail, meeting or note."""

    day: date
    kind: TouchKind
    text: str


@dataclass(frozen=True, slots=True)
class Planned:
    """A next step was set, on `day`, to be done by `due`; it was done on `done`, if it was."""

    day: date
    title: str
    due: date | None
    done: date | None = None
    due_at: time | None = None
    repeat_days: int | None = None


@dataclass(frozen=True, slots=True)
class Ticked:
    """Items of the checklist of the stage where the deal was were ticked off, by their place in it."""

    day: date
    items: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Expected:
    """The expected close date was set to another day."""

    day: date
    close_date: date


@dataclass(frozen=True, slots=True)
class Rated:
    """The founder gave the deal a probability of its own."""

    day: date
    probability: int


@dataclass(frozen=True, slots=True)
class Snoozed:
    """The deal was put off until a day."""

    day: date
    until: date


Event = Moved | Touched | Planned | Ticked | Expected | Rated | Snoozed


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person on a deal, with their part in it and where they stand."""

    name: str
    role: Role | None = None
    stance: Stance | None = None
    phone: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """One deal and what happened to it. `dollars` may be unknown."""

    name: str
    company: str
    dollars: int | None
    created: date
    close_date: date | None
    source: str
    tags: tuple[str, ...]
    people: tuple[Somebody, ...]
    events: tuple[Event, ...]
    properties: dict[str, str] = field(default_factory=dict)
    notes: str = ""
