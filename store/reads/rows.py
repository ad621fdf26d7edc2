"""How a deal is read: one SELECT shape, and the only place where a `Deal` is built.

Any set of deals comes from one statement: `DEAL_COLUMNS` of `deals AS d`, `WHERE_IDS` and a subquery of their ids.
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
    (SELECT group_concat(id || char(30) || ifnull(due_on, '') || char(30) || created_at || char(30) || title, char(31))
        FROM tasks WHERE deal_id = d.id AND done_at IS NULL),
    (SELECT group_concat(entered_at || char(30) || left_at, char(31))
        FROM visits WHERE deal_id = d.id AND stage_id = d.stage_id AND left_at IS NOT NULL),
    (SELECT group_concat(id || char(30) || name, char(31)) FROM tags WHERE deal_id = d.id),
    (SELECT group_concat(id || char(30) || name || char(30) || value, char(31)) FROM properties WHERE deal_id = d.id)
"""
"""What `DealBuilder` takes, in this order: the deal's own columns, its company, when its idle clock was reset, its open
tasks, its earlier visits to this stage, its tags, its properties. Lists are put in order when they are taken apart."""

WHERE_IDS: Final = "WHERE d.deleted_at IS NULL AND d.id IN"
"""Followed by a subquery of ids. SQLite goes through them in ascending order, so that what belongs to a deal is found
near what belongs to the one before: with ten thousand deals in the board's order it takes half as long again."""

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

    __slots__ = ("_days", "_shared", "_stages", "_today")

    def __init__(self, stages: Mapping[int, Stage], today: date) -> None:
        self._stages = stages
        self._today = today
        self._shared: dict[str, str] = {}
        self._days: dict[str | None, date | None] = {None: None, "": None}

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
        tasks = row[17]
        if tasks is None:
            deal.next_step = due = last_due = None
            deal.open_tasks = open_tasks = 0
        elif BETWEEN in tasks:
            deal.next_step, due, last_due, open_tasks = self._of_several(tasks)
            deal.open_tasks = open_tasks
        else:
            key, due_on, _, title = tasks.split(WITHIN, 3)
            due = last_due = self._day(due_on)
            deal.next_step = NextStep(int(key), share(title, title), due)
            deal.open_tasks = open_tasks = 1
        deal.last_task_due = last_due
        deal.days_in_stage = days = days_between(entered, today)
        deal.days_in_stage_all = days_all = days if row[18] is None else days + _days_of_visits(row[18])
        deal.tags = () if row[19] is None else tuple(share(name, name) for _, name in _entries(row[19], 1))
        deal.properties = NO_PROPERTIES if row[20] is None else _properties(row[20])
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

    def _of_several(self, text: str) -> tuple[NextStep, date | None, date | None, int]:
        """The next step among several open tasks, its due day, the latest due day of all, and how many they are."""
        tasks = [entry.split(WITHIN, 3) for entry in text.split(BETWEEN)]
        key, due_on, _, title = min(tasks, key=lambda task: (not task[1], task[1], task[2], int(task[0])))
        due = self._day(due_on)
        return NextStep(int(key), title, due), due, self._day(max(task[1] for task in tasks)), len(tasks)


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
    return MappingProxyType({name: value for _, name, value in _entries(text, 2)})


def _entries(text: str, most: int) -> list[list[str]]:
    """The entries of a list in the order they were made: each begins with its id."""
    found = [entry.split(WITHIN, most) for entry in text.split(BETWEEN)]
    found.sort(key=lambda entry: int(entry[0]))
    return found


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
