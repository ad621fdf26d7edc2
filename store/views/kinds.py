"""The words that a view may hold."""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """What being in a stage means for the deal."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"


class TouchKind(StrEnum):
    """A dated sign of life on a deal."""

    CALL = "call"
    EMAIL = "email"
    MEETING = "meeting"
    NOTE = "note"


class StuckKind(StrEnum):
    """Why a deal is stuck, in the order in which the reasons are headlines."""

    OVERDUE_TASK = "overdue task"
    CLOSE_DATE_PASSED = "close date passed"
    IDLE = "idle"
    TOO_LONG_IN_STAGE = "too long in stage"


class Role(StrEnum):
    """A person's part in the buyer's decision."""

    CHAMPION = "champion"
    DECIDES = "decides"
    INFLUENCES = "influences"
    BLOCKS = "blocks"
    USER = "user"


class Stance(StrEnum):
    """Where a person stands on the deal."""

    FOR = "for"
    NEUTRAL = "neutral"
    AGAINST = "against"


class ChangedField(StrEnum):
    """A field of a deal whose changes are worth a line of its timeline."""

    NAME = "name"
    AMOUNT = "amount"
    CLOSE_DATE = "close date"
    COMPANY = "company"
    PROBABILITY = "probability"
    SNOOZE = "snooze"


class Sort(StrEnum):
    """What cards are sorted by; the value is what the board calls it."""

    ORDER = "order"
    AMOUNT = "amount"
    CLOSE_DATE = "close date"
    IDLE = "idle"
    NAME = "name"
