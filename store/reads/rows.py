"""How a deal is read: one SELECT shape, and the only place where a `Deal` is built.

Any set of deals comes from one statement: `DEAL_COLUMNS` of `DEALS`, `WHERE_IDS` and a subquery of their ids.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, time
from itertools import islice
from types import MappingProxyType
from typing import Any, Final

from store.instants import local_day
from store.reads.stage_rows import BETWEEN, WITHIN, Row, entries
from store.rules.stuck import days_between, has_no_next_step, is_looked_at, reasons, step_order
from store.views import (
    NO_EXTRAS,
    NO_PROPERTIES,
    Deal,
    Extras,
    InStage,
    NextStep,
    Stage,
)

DEAL_COLUMNS: Final = """
    d.id, d.name, d.stage_id, d.amount, d.currency, d.probability, d.close_date, d.source, d.external_id, d.position,
    d.created_at, d.entered_stage_at, d.closed_at, d.lost_reason, d.snoozed_until, c.name,
    max(
        d.entered_stage_at,
        ifnull((SELECT at FROM touches WHERE deal_id = d.id ORDER BY at DESC LIMIT 1), ''),
        ifnull((SELECT max(done_at) FROM tasks WHERE deal_id = d.id), '')
    ),
    (SELECT group_concat(
            id || char(30) || ifnull(due_on, '') || char(30) || ifnull(due_at, '') || char(30) || created_at
            || char(30) || title, char(31))
        FROM tasks WHERE deal_id = d.id AND done_at IS NULL),
    (SELECT group_concat(entered_at || char(30) || left_at, char(31))
        FROM visits WHERE deal_id = d.id AND stage_id = d.stage_id AND left_at IS NOT NULL),
    (SELECT group_concat(id || char(30) || name, char(31)) FROM tags WHERE deal_id = d.id),
    (SELECT group_concat(id || char(30) || name || char(30) || value, char(31)) FROM properties WHERE deal_id = d.id)
"""
"""What `DealBuilder` takes, in this order: the deal's own columns, its company, when its idle clock was reset, its open
tasks, its earlier visits to this stage, its tags, its properties. Lists are put in order when they are taken apart."""

DEALS: Final = "deals AS d LEFT JOIN companies AS c ON c.id = d.company_id"
"""What `DEAL_COLUMNS` are selected from."""

WHERE_IDS: Final = "WHERE d.deleted_at IS NULL AND d.id IN"
"""Followed by a subquery of ids. SQLite goes through them in ascending order, so that what belongs to a deal is found
near what belongs to the one before: with ten thousand deals in the board's order it takes half as long again."""


_AT_ONCE: Final = 64
"""Rows."""

_NO_TASK: Final = (None, None, None, 0)
"""What `_open_tasks` says of a deal without any."""


class _Blank:
    """A deal that is still being filled in: the same slots as `Deal`, and assignable."""

    __slots__ = tuple(Deal.__slots__)


class _BlankStep:
    """The same for `NextStep`."""

    __slots__ = tuple(NextStep.__slots__)


class _Days(dict[str | None, date | None]):
    """Days by their stored text; worked out when first met. No text is no day."""

    def __missing__(self, text: str | None) -> date | None:
        self[text] = day = date.fromisoformat(text) if text else None
        return day


class _Times(dict[str, time | None]):
    """The same for times of day."""

    def __missing__(self, text: str) -> time | None:
        self[text] = at = time.fromisoformat(text) if text else None
        return at


class DealBuilder:
    """Builds the deals of one read, as of `today`. What repeats from deal to deal (names, numbers, days) is kept once.

    `stages` are those the deals are in, by id.
    """

    __slots__ = ("_days", "_shared", "_stages", "_times", "_today")

    def __init__(self, stages: Mapping[int, Stage], today: date) -> None:
        self._stages = {
            key: (stage, InStage.of(stage, today), is_looked_at(stage.outcome, None, today))
            for key, stage in stages.items()
        }
        self._today = today
        self._shared: dict[Any, Any] = {}
        self._days = _Days()
        self._times = _Times()

    def build(self, rows: Iterable[Row]) -> list[Deal]:
        """The deals of `rows` (`DEAL_COLUMNS`), in their order."""
        # Fetching and building in turns keeps the processor at one thing for a while: a tenth quicker than row by row.
        built: list[Deal] = []
        coming = iter(rows)
        with gc_paused():
            while chunk := list(islice(coming, _AT_ONCE)):
                built.extend(self._deals(chunk))
        return built

    def _deals(self, rows: Iterable[Row]) -> Iterator[Deal]:
        share, days, today, stages = self._shared.setdefault, self._days, self._today, self._stages
        for (
            key, name, stage_id, amount, currency, own_probability, close_date, source,
            external_id, position, created_at, entered_at, closed_at, lost_reason, snoozed_until,
            company, idle_since, tasks, visits, tags, properties,
        ) in rows:  # fmt: skip
            # A frozen dataclass assigns each field through object.__setattr__: for so many fields that takes as long
            # as all of the rest. So they are put into a blank of the same layout, which then becomes the deal.
            deal: Any = _Blank()
            deal.name, deal.external_id, deal.own_probability, deal.position = (
                name, external_id, own_probability, position
            )  # fmt: skip
            stage, deal.in_stage, looked_at = stages[stage_id]
            deal.id, deal.amount = share(key, key), share(amount, amount)
            deal.currency, deal.source = share(currency, currency), share(source, source)
            deal.company = share(company, company)
            deal.close_date = close = days[close_date]
            deal.snoozed_until = snoozed = None if snoozed_until is None else days[snoozed_until]
            deal.created_on = local_day(created_at)
            deal.entered_stage_on = entered = local_day(entered_at)
            deal.closed_on = None if closed_at is None else local_day(closed_at)
            deal.idle_since = idle = entered if idle_since == entered_at else local_day(idle_since)
            deal.tags = () if tags is None else self._tags(tags)
            deal.properties = NO_PROPERTIES if properties is None else _properties(properties)
            deal.next_step, first_due, last_due, more = _NO_TASK if tasks is None else self._open_tasks(tasks)
            before = 0 if visits is None else _days_of(visits)
            deal.extras = NO_EXTRAS
            if lost_reason is not None or more or before:
                extras = Extras(lost_reason, more, last_due if more else None, before)
                deal.extras = share(extras, extras)
            deal.stuck, deal.no_next_step = (), False
            if looked_at and (snoozed is None or is_looked_at(stage.outcome, snoozed, today)):
                spent = days_between(entered, today) + before
                deal.stuck = stuck = reasons(
                    today, first_due, last_due, close, idle, spent, stage.stuck_limit, stage.dwell_limit
                )
                deal.no_next_step = has_no_next_step(today, stuck, tasks is not None, entered)
            deal.__class__ = Deal
            yield deal

    def _open_tasks(self, text: str) -> tuple[NextStep, date | None, date | None, int]:
        """The next step, its due day (the earliest), the latest due day, and how many more open tasks `text` has."""
        if BETWEEN not in text:
            key, due_on, due_at, _, title = text.split(WITHIN, 4)
            more, last = 0, due_on
        else:
            tasks = entries(text, 4)
            key, due_on, due_at, _, title = min(tasks, key=_order)
            more, last = len(tasks) - 1, max(task[1] for task in tasks)
        task_id, due = int(key), self._days[due_on]
        share = self._shared.setdefault
        step: Any = _BlankStep()
        step.task_id, step.title, step.due_on = share(task_id, task_id), share(title, title), due
        step.due_at = self._times[due_at]
        step.__class__ = NextStep
        return step, due, self._days[last], more

    def _tags(self, text: str) -> tuple[str, ...]:
        names = tuple(name for _, name in sorted(entries(text, 1), key=_as_made))
        found: tuple[str, ...] = self._shared.setdefault(names, names)
        return found


def _order(task: Sequence[str]) -> tuple[bool, str, str, str, int]:
    return step_order(task[1], task[2], task[3], int(task[0]))


def _days_of(text: str) -> int:
    total = 0
    for visit in text.split(BETWEEN):
        entered, _, left = visit.partition(WITHIN)
        total += days_between(local_day(entered), local_day(left))
    return total


def _properties(text: str) -> Mapping[str, str]:
    return MappingProxyType({name: value for _, name, value in sorted(entries(text, 2), key=_as_made)})


def _as_made(parts: Sequence[str]) -> int:
    return int(parts[0])


@contextmanager
def gc_paused() -> Iterator[None]:
    """No garbage collection meanwhile: it would look through ten thousand deals again and again, and find nothing."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
