"""Which deals need a decision today, and why (`domain.md`, "Stuck").

An open deal whose snooze is over is stuck when a task of it is overdue, when its close date has passed, when nothing
has happened for longer than its stage allows and nothing is planned for today or later, or when it has been in its
stage for longer than the stage's dwell limit. A snoozed deal is looked at again on the day it is snoozed until.
Days that would be negative, after a clock was set back, are 0.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeVar

from store.rules.totals import Rates, at_stake, totals
from store.views import Outcome, Reason, StuckKind, StuckList

if TYPE_CHECKING:
    from typing import Protocol

    from store.rules.totals import Priced
    from store.views import Deal

    class Judged(Priced, Protocol):
        """What the order of the list needs to know of a deal, of which is known whether it is stuck."""

        @property
        def id(self) -> int:
            """Its number."""

        @property
        def idle_since(self) -> date:
            """The day the idle clock was reset."""

        @property
        def stuck(self) -> tuple[Reason, ...]:
            """Its `reasons`."""

        @property
        def no_next_step(self) -> bool:
            """Whether it `has_no_next_step`."""


Listed = TypeVar("Listed", bound="Judged")

NEW_DAYS: Final = 2
"""So many days after it entered its stage a deal may be without a next step before anything is said."""

_NOT: Final = -1
_REMEMBERED: Final = 4096


def days_between(start: date, end: date) -> int:
    """Whole days from `start` to `end`, 0 if `start` is later: no age is negative."""
    days = end.toordinal() - start.toordinal()
    return days if days > 0 else 0


def is_looked_at(outcome: Outcome, snoozed_until: date | None, today: date) -> bool:
    """Whether a deal can be stuck at all: it is open and not snoozed beyond `today`."""
    return outcome is Outcome.OPEN and (snoozed_until is None or snoozed_until <= today)


def reasons(
    today: date,
    first_due: date | None,
    last_due: date | None,
    close_date: date | None,
    idle_since: date,
    days_in_stage_all: int,
    stuck_limit: int | None,
    dwell_limit: int | None,
) -> tuple[Reason, ...]:
    """All reasons why a deal that `is_looked_at` is stuck, the headline first; empty when it is not.

    `first_due` and `last_due` are the earliest and the latest due day of its open tasks. A limit of `None` never holds.
    """
    day = today.toordinal()
    overdue = day - first_due.toordinal() if first_due is not None else 0
    passed = day - close_date.toordinal() if close_date is not None else 0
    idle = day - idle_since.toordinal()
    if stuck_limit is None or idle <= stuck_limit or (last_due is not None and last_due >= today):
        idle = _NOT
    dwelt = _NOT if dwell_limit is None or days_in_stage_all <= dwell_limit else days_in_stage_all
    if overdue <= 0 and passed <= 0 and idle < 0 and dwelt < 0:
        return ()
    return _reasons(
        overdue if overdue > 0 else _NOT,
        passed if passed > 0 else _NOT,
        idle,
        stuck_limit if idle >= 0 else None,
        dwelt,
        dwell_limit if dwelt >= 0 else None,
    )


def has_no_next_step(today: date, stuck: tuple[Reason, ...], open_tasks: int, entered_stage_on: date) -> bool:
    """Whether a deal that `is_looked_at` lacks a next step: not stuck, no open task, not new in its stage."""
    return not stuck and not open_tasks and today.toordinal() - entered_stage_on.toordinal() > NEW_DAYS


_NO_TIME: Final = "~"
"""After every time of a day."""


def step_order(
    due_on: str | None, due_at: str | None, created_at: str, task_id: int
) -> tuple[bool, str, str, str, int]:
    """What the open tasks of a deal are sorted by: the first one is its next step.

    The earliest dated one, else the oldest undated one; of those of one day the earliest by its time, those without one
    last, and then the oldest. Days, times and instants as stored.
    """
    return (not due_on, due_on or "", due_at or _NO_TIME, created_at, task_id)


def urgency(deal: Judged, currency: str, rates: Rates) -> tuple[int, int, int]:
    """What `stuck_list` sorts by, for who keeps such a list up while single deals change."""
    stake = at_stake(deal, currency, rates)
    return (1 if stake is None else -stake, deal.idle_since.toordinal(), deal.id)


def stuck_list(deals: Iterable[Deal], today: date, currency: str, rates: Rates) -> StuckList:
    """The stuck ones of `deals` and those with no next step, each by money at stake.

    Its order is that of `by_urgency`.
    """
    stuck, nudged = by_urgency(deals, currency, rates)
    return StuckList(today, tuple(stuck), tuple(nudged), totals(stuck, currency, rates))


def by_urgency(deals: Iterable[Listed], currency: str, rates: Rates) -> tuple[list[Listed], list[Listed]]:
    """The stuck ones of `deals` and those with no next step, by money at stake, for a list in any shape.

    From high to low; what cannot be compared (an unknown amount, a currency without a rate) comes last, then the
    longest idle, then the older deal.
    """
    stuck: list[Listed] = []
    nudged: list[Listed] = []
    for deal in deals:
        if deal.stuck:
            stuck.append(deal)
        elif deal.no_next_step:
            nudged.append(deal)

    stuck.sort(key=lambda deal: urgency(deal, currency, rates))
    nudged.sort(key=lambda deal: urgency(deal, currency, rates))
    return stuck, nudged


@lru_cache(maxsize=_REMEMBERED)
def _reasons(
    overdue: int, passed: int, idle: int, stuck_limit: int | None, dwelt: int, dwell_limit: int | None
) -> tuple[Reason, ...]:
    """The reasons that hold (those not negative). Remembered: ten thousand deals share a few of these."""
    held = (
        (StuckKind.OVERDUE_TASK, overdue, None),
        (StuckKind.CLOSE_DATE_PASSED, passed, None),
        (StuckKind.IDLE, idle, stuck_limit),
        (StuckKind.TOO_LONG_IN_STAGE, dwelt, dwell_limit),
    )
    return tuple(Reason(kind, days, limit) for kind, days, limit in held if days >= 0)
