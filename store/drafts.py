"""Validated input. A draft that exists is right: commands do not check again.

Texts are cleaned here (`store.text`), the door of the house; what cannot be taken raises `InvalidInput`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import Enum
from typing import Final

from store.currencies import CODES
from store.errors import InvalidInput
from store.money import MAX_MINOR, Money, format_amount
from store.months import kept_day
from store.rules.repeats import MAX_REPEAT
from store.text import clean_line, clean_notes, quoted

MAX_NAME: Final = 200
MAX_NOTES: Final = 100_000


class Keep(Enum):
    """The type of `KEEP`: a field of a patch that is left as it is (`None` would mean "make it empty")."""

    KEEP = "keep"


KEEP: Final = Keep.KEEP


def name_of(text: str, what: str) -> str:
    """`text` cleaned, as a name of `what` ("deal name", "tag"); `InvalidInput` when empty or over 200 characters."""
    name = clean_line(text)
    if not name:
        raise InvalidInput(f"The {what} is empty; type at least one character.", what)
    if len(name) > MAX_NAME:
        raise InvalidInput(f"The {what} has {len(name)} characters; at most {MAX_NAME} are kept.", what)
    return name


def optional_name(text: str | None, what: str) -> str | None:
    """Like `name_of`, with `None` for an empty one."""
    return name_of(text, what) if text is not None and clean_line(text) else None


def notes_of(text: str, what: str = "note") -> str:
    """`text` cleaned with its line breaks kept; `InvalidInput` over 100,000 characters."""
    notes = clean_notes(text)
    if len(notes) > MAX_NOTES:
        raise InvalidInput(f"The {what} has {len(notes):,} characters; at most {MAX_NOTES:,} are kept.", what)
    return notes


def _percent(value: int | None) -> None:
    if value is not None and not 0 <= value <= 100:
        raise InvalidInput(f"The probability {value} is not between 0 and 100 percent.", "probability")


def _amount(value: Money | None) -> None:
    if value is None:
        return
    if value.minor < 0:
        raise InvalidInput("An amount cannot be negative; leave it empty if it is unknown.", "amount")
    if value.currency not in CODES:
        raise InvalidInput(
            f"{quoted(value.currency)} is not a currency; its code has three capitals, such as EUR.", "amount"
        )
    if value.minor > MAX_MINOR:
        most = format_amount(MAX_MINOR, value.currency)
        raise InvalidInput(f"The amount is too much; at most {most} is kept.", "amount")


def _close_date(value: date | None) -> None:
    if value is not None:
        kept_day(value, "close date")


@dataclass(frozen=True, slots=True)
class DealDraft:
    """A deal to be made. Without a stage it starts in the pipeline's first one."""

    name: str
    pipeline_id: int
    stage_id: int | None = None
    amount: Money | None = None
    close_date: date | None = None
    company: str | None = None
    source: str | None = None
    probability: int | None = None
    tags: tuple[str, ...] = ()
    notes: str = ""
    properties: Mapping[str, str] = field(default_factory=dict)
    external_id: str | None = None
    next_step: TaskDraft | None = None

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "name", name_of(self.name, "deal name"))
        put(self, "company", optional_name(self.company, "company"))
        put(self, "source", optional_name(self.source, "source"))
        put(self, "external_id", optional_name(self.external_id, "external id"))
        put(self, "tags", tags_of(self.tags))
        put(self, "notes", notes_of(self.notes, "notes"))
        put(self, "properties", properties_of(self.properties))
        _percent(self.probability)
        _amount(self.amount)
        _close_date(self.close_date)


@dataclass(frozen=True, slots=True)
class DealPatch:
    """What an edit changes; a field that is `KEEP` stays as it is. `currency` follows from `amount`."""

    name: str | Keep = KEEP
    amount: Money | Keep | None = KEEP
    close_date: date | Keep | None = KEEP
    company: str | Keep | None = KEEP
    source: str | Keep | None = KEEP
    probability: int | Keep | None = KEEP
    tags: tuple[str, ...] | Keep = KEEP
    notes: str | Keep = KEEP
    properties: Mapping[str, str] | Keep = KEEP

    def __post_init__(self) -> None:
        put = object.__setattr__
        if self.name is not KEEP:
            put(self, "name", name_of(self.name, "deal name"))
        if self.company is not KEEP:
            put(self, "company", optional_name(self.company, "company"))
        if self.source is not KEEP:
            put(self, "source", optional_name(self.source, "source"))
        if self.tags is not KEEP:
            put(self, "tags", tags_of(self.tags))
        if self.notes is not KEEP:
            put(self, "notes", notes_of(self.notes, "notes"))
        if self.properties is not KEEP:
            put(self, "properties", properties_of(self.properties))
        if self.probability is not KEEP:
            _percent(self.probability)
        if self.amount is not KEEP:
            _amount(self.amount)
        if self.close_date is not KEEP:
            _close_date(self.close_date)


@dataclass(frozen=True, slots=True)
class TaskDraft:
    """A task of a deal: what to do, by which day, at what time of the user's clock, and after how many days again.

    A time or a repetition needs a day.
    """

    title: str
    due_on: date | None = None
    due_at: time | None = None
    repeat_days: int | None = None

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "title", name_of(self.title, "next step"))
        if self.due_on is not None:
            kept_day(self.due_on, "next step")
        elif self.due_at is not None or self.repeat_days is not None:
            what = "a time" if self.due_at is not None else "a repetition"
            raise InvalidInput(f"A next step with {what} needs a day too: call Ann fri 14:30.", "next step")
        if self.due_at is not None:
            put(self, "due_at", time(self.due_at.hour, self.due_at.minute))
        if self.repeat_days is not None and not 1 <= self.repeat_days <= MAX_REPEAT:
            raise InvalidInput(
                f"A next step is repeated after 1 to {MAX_REPEAT:,} days, not {self.repeat_days:,}.",
                "next step",
            )


@dataclass(frozen=True, slots=True)
class DealMove:
    """Deals that go to a stage, with what that stage asks: evidence, and the reason if it is a lost one.

    `seen` are the stages that the deals were in when it was decided, by deal; where one is in another one by now,
    nothing is moved.
    """

    ids: tuple[int, ...]
    stage_id: int
    evidence: str = ""
    lost_reason: str | None = None
    lost_note: str = ""
    seen: Mapping[int, int] | None = None


def tags_of(tags: tuple[str, ...]) -> tuple[str, ...]:
    """Tags cleaned, without a leading `#`, each once (whatever its case), in the order given."""
    seen: dict[str, str] = {}
    for tag in tags:
        name = name_of(clean_line(tag).lstrip("#"), "tag")
        seen.setdefault(name.casefold(), name)
    return tuple(seen.values())


def properties_of(properties: Mapping[str, str]) -> dict[str, str]:
    """Custom properties with cleaned names and values; empty values are left out."""
    made = {name_of(name, "property name"): notes_of(value, "property") for name, value in properties.items()}
    return {name: value for name, value in made.items() if value}
