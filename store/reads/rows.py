"""How a deal is read: one SELECT shape, and the only place where a `Deal` is built.

Any set of deals comes from one statement: `DEAL_COLUMNS` and `DEAL_SOURCE`, then the caller's WHERE over `d` (deals).
Lists inside a row are texts joined by characters that no stored text contains (`store.text` lets no control character
in); that is quicker to read than JSON, and a row without any has NULL.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from store.instants import local_day
from store.rules.stuck import days_between, has_no_next_step, is_looked_at, reasons
from store.views import NO_PROPERTIES, ChecklistItem, Deal, NextStep, Outcome, Stage

BETWEEN: Final = "\x1f"
"""Stands between the entries of a list inside a row."""

WITHIN: Final = "\x1e"
"""Stands between the two halves of an entry."""

DEAL_COLUMNS: Final = """
    d.id, d.name, d.stage_id, d.amount, d.currency, d.probability, d.close_date, d.source, d.external_id, d.position,
    d.created_at, d.entered_stage_at, d.closed_at, d.lost_reason, d.snoozed_until,
    (SELECT name FROM companies WHERE id = d.company_id),
    max(
        d.entered_stage_at,
        ifnull((SELECT max(at) FROM touches WHERE deal_id = d.id), ''),
        ifnull((SELECT max(done_at) FROM tasks WHERE deal_id = d.id), '')
    ),
    n.id, n.title, n.due_on,
    CASE WHEN n.id IS NOT NULL THEN
        (SELECT count(*) || ifnull(max(due_on), '') FROM tasks WHERE deal_id = d.id AND done_at IS NULL) END,
    (SELECT group_concat(entered_at || char(30) || left_at, char(31)) FROM visits
        WHERE deal_id = d.id AND stage_id = d.stage_id AND left_at IS NOT NULL),
    (SELECT group_concat(name, char(31)) FROM (SELECT name FROM tags WHERE deal_id = d.id ORDER BY id)),
    (SELECT group_concat(name || char(30) || value, char(31))
        FROM (SELECT name, value FROM properties WHERE deal_id = d.id ORDER BY id))
"""
"""What `DealBuilder` takes, in this order: the deal's own columns, its company, when its idle clock was reset, its next
step, the number of its open tasks with the latest due day, its earlier visits to this stage, tags, properties."""

DEAL_SOURCE: Final = """
    FROM deals AS d
    LEFT JOIN tasks AS n ON n.id = ifnull(
        (SELECT id FROM tasks WHERE deal_id = d.id AND done_at IS NULL AND due_on IS NOT NULL
            ORDER BY due_on, created_at, id LIMIT 1),
        (SELECT id FROM tasks WHERE deal_id = d.id AND done_at IS NULL ORDER BY created_at, id LIMIT 1))
"""

STAGE_COLUMNS: Final = """
    s.id, s.pipeline_id, s.name, s.probability, s.outcome, s.criterion, s.evidence_required,
    s.stuck_limit, s.dwell_limit
"""
"""What `stage_of` takes, in this order."""

Row = Sequence[Any]


class _Blank:
    """A deal that is still being filled in: the same slots as `Deal`, and assignable."""

    __slots__ = tuple(Deal.__slots__)


class DealBuilder:
    """Builds the deals of one read, as of `today`. What repeats from deal to deal (names, days) is kept once.

    `stages` are those the deals are in, by id.
    """

    __slots__ = ("_days", "_shared", "_stages", "_tasks", "_today")

    def __init__(self, stages: Mapping[int, Stage], today: date) -> None:
        self._stages = stages
        self._today = today
        self._shared: dict[str, str] = {}
        self._days: dict[str | None, date | None] = {None: None}
        self._tasks: dict[str | None, tuple[int, date | None]] = {None: (0, None)}

    def build(self, rows: Iterable[Row]) -> list[Deal]:
        """The deals of `rows` (`DEAL_COLUMNS`; further columns are ignored), in their order."""
        with gc_paused():
            return [self.deal(row) for row in rows]

    def deal(self, row: Row) -> Deal:
        """The deal of one row."""
        # A frozen dataclass assigns each field through object.__setattr__: for 30 fields that takes as long as all of
        # the rest. So the fields are put into a blank of the same layout, which then becomes the deal.
        deal: Any = _Blank()
        share = self._shared.setdefault
        today = self._today
        stage = self._stages[row[2]]
        deal.id, deal.name, deal.stage_id, deal.amount = row[0], row[1], stage.id, row[3]
        deal.currency = share(row[4], row[4])
        deal.own_probability = row[5]
        deal.probability = stage.probability if row[5] is None else row[5]
        deal.close_date = close_date = self._day(row[6])
        deal.source = share(row[7], row[7])
        deal.external_id = row[8]
        deal.position = row[9]
        deal.created_on = local_day(row[10])
        deal.entered_stage_on = entered = local_day(row[11])
        deal.closed_on = None if row[12] is None else local_day(row[12])
        deal.lost_reason = share(row[13], row[13])
        deal.snoozed_until = snoozed = self._day(row[14])
        deal.company = share(row[15], row[15])
        deal.idle_since = idle = entered if row[16] == row[11] else local_day(row[16])
        due = self._day(row[19])
        deal.next_step = None if row[17] is None else NextStep(row[17], share(row[18], row[18]), due)
        deal.open_tasks, deal.last_task_due = open_tasks, last_due = self._tasks.get(row[20]) or self._met(
            row[20]
        )
        deal.days_in_stage = days = days_between(entered, today)
        deal.days_in_stage_all = days_all = days if row[21] is None else days + _days_of_visits(row[21])
        deal.tags = () if row[22] is None else tuple(row[22].split(BETWEEN))
        deal.properties = NO_PROPERTIES if row[23] is None else _properties(row[23])
        deal.pipeline_id, deal.stage, deal.outcome = stage.pipeline_id, stage.name, stage.outcome
        if is_looked_at(stage.outcome, snoozed, today):
            deal.stuck = stuck = reasons(
                today, due, last_due, close_date, idle, days_all, stage.stuck_limit, stage.dwell_limit
            )
            deal.no_next_step = has_no_next_step(today, stuck, open_tasks, entered)
        else:
            deal.stuck = ()
            deal.no_next_step = False
        deal.__class__ = Deal
        made: Deal = deal
        return made

    def _day(self, text: str | None) -> date | None:
        try:
            return self._days[text]
        except KeyError:
            self._days[text] = day = date.fromisoformat(text or "")
            return day

    def _met(self, text: str) -> tuple[int, date | None]:
        """Number of open tasks and their latest due day ("22026-12-01", or "1" where none is dated)."""
        dated = "-" in text
        found = (int(text[:-10]), self._day(text[-10:])) if dated else (int(text), None)
        self._tasks[text] = found
        return found


def stage_of(row: Row, checklist: tuple[ChecklistItem, ...] = ()) -> Stage:
    """The stage of a row of `STAGE_COLUMNS`."""
    return Stage(
        row[0], row[1], row[2], row[3], Outcome(row[4]), row[5], bool(row[6]), row[7], row[8], checklist
    )


def _days_of_visits(text: str) -> int:
    total = 0
    for visit in text.split(BETWEEN):
        entered, _, left = visit.partition(WITHIN)
        total += days_between(local_day(entered), local_day(left))
    return total


def _properties(text: str) -> Mapping[str, str]:
    pairs = (entry.partition(WITHIN) for entry in text.split(BETWEEN))
    return MappingProxyType({name: value for name, _, value in pairs})


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
