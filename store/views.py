"""What the store gives back: frozen, slotted values. No ORM object, session or SQL leaves the store.

Units, everywhere:

- an *amount* is an `int` of minor units (cents) of the ISO 4217 currency beside it; `None` is unknown, never 0;
- a *weighted* amount is an `int` of **hundredths of a minor unit** (amount × whole percent), so that sums are exact;
  it is rounded only where it is shown (`store.money.weighted_minor`);
- a *probability* is a whole percent, 0–100;
- days (`…_on`, `…_date`, `due_on`) are dates in the user's local calendar; instants (`at`, `…_at`) are aware UTC datetimes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

NO_PROPERTIES: Mapping[str, str] = MappingProxyType({})


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


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason why a deal is stuck: for how many days, and the stage's limit where the reason has one."""

    kind: StuckKind
    days: int
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One thing a stage asks to be done before a deal leaves it."""

    id: int
    title: str
    required: bool


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of a pipeline. `stuck_limit` and `dwell_limit` are days; `None` means no limit."""

    id: int
    pipeline_id: int
    name: str
    probability: int
    outcome: Outcome
    criterion: str = ""
    evidence_required: bool = False
    stuck_limit: int | None = 14
    dwell_limit: int | None = None
    checklist: tuple[ChecklistItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Pipeline:
    """One sales process. `stages` are in board order; `monthly_goal` is what months without their own goal use."""

    id: int
    name: str
    currency: str
    stages: tuple[Stage, ...]
    lost_reasons: tuple[str, ...] = ()
    monthly_goal: int | None = None


@dataclass(frozen=True, slots=True)
class NextStep:
    """The earliest dated open task of a deal, else its oldest undated one."""

    task_id: int
    title: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Deal:
    """One deal as of the day it was read for (`days_in_stage`, `stuck` and the like depend on that day)."""

    id: int
    name: str
    company: str | None
    pipeline_id: int
    stage_id: int
    stage: str
    outcome: Outcome
    amount: int | None
    currency: str
    probability: int
    """The deal's own probability if it has one, else its stage's."""
    own_probability: int | None
    close_date: date | None
    created_on: date
    entered_stage_on: date
    closed_on: date | None
    lost_reason: str | None
    source: str | None
    external_id: str | None
    snoozed_until: date | None
    position: int
    next_step: NextStep | None
    open_tasks: int
    last_task_due: date | None
    """The latest due day among the open tasks: a deal with one today or later is waiting, not idle."""
    idle_since: date
    """The day the idle clock was reset: stage entered, newest touch, newest finished task."""
    days_in_stage: int
    """Days of the present visit."""
    days_in_stage_all: int
    """Days of all visits to this stage together; what the dwell limit is held against."""
    stuck: tuple[Reason, ...]
    no_next_step: bool
    tags: tuple[str, ...] = ()
    properties: Mapping[str, str] = field(default_factory=lambda: NO_PROPERTIES)

    @property
    def weighted(self) -> int | None:
        """Amount × probability in hundredths of a minor unit of the deal's currency; `None` when unknown."""
        return None if self.amount is None else self.amount * self.probability


@dataclass(frozen=True, slots=True)
class Totals:
    """A sum over deals in one currency. `foreign` are the sums in currencies that have no rate, never added in."""

    count: int = 0
    amount: int = 0
    unknown: int = 0
    weighted: int = 0
    foreign: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """One stage of the board with its deals, in the board's order. Won and lost hold the period's only."""

    stage: Stage
    deals: tuple[Deal, ...]
    totals: Totals


@dataclass(frozen=True, slots=True)
class Board:
    """A pipeline as of `today`: what the board, `deals board` and the reports start from.

    `rates` turn other currencies into the pipeline's: minor units of the other one × rate = minor units here.
    `due_today` counts open tasks due today or overdue, over all open deals of the pipeline.
    """

    pipeline: Pipeline
    today: date
    columns: tuple[Column, ...]
    open: Totals
    goals: Mapping[str, int]
    """Goals by month ("2026-11"), for the months that have their own."""
    rates: Mapping[str, tuple[int, int]]
    """Currency → (numerator, denominator) of its rate in minor units."""


@dataclass(frozen=True, slots=True)
class MonthForecast:
    """The forecast of one month (`domain.md`, "Forecast"). Money in minor units of the pipeline's currency.

    `expected` and `forecast` are in hundredths of a minor unit, exact; `coverage` is open amounts ÷ gap.
    `chance` (0–1), `gap` and `coverage` are `None` without a goal; `coverage` also when there is no gap.
    `error` is the stated bound on p10…p90 (0 where the distribution is exact).
    """

    month: str
    won: int
    expected: int
    forecast: int
    goal: int | None
    gap: int | None
    coverage: float | None
    p10: int
    p50: int
    p90: int
    chance: float | None
    error: int = 0


@dataclass(frozen=True, slots=True)
class Forecast:
    """Months in order, and the open deals that are in no month."""

    today: date
    currency: str
    months: tuple[MonthForecast, ...]
    overdue: Totals
    undated: Totals


@dataclass(frozen=True, slots=True)
class StuckList:
    """The morning's list: stuck deals by money at stake, then those with no next step."""

    today: date
    stuck: tuple[Deal, ...]
    no_next_step: tuple[Deal, ...]
    at_stake: Totals
    """`weighted` is the money at stake of the stuck ones."""


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do on a deal."""

    id: int
    deal_id: int
    title: str
    due_on: date | None
    created_at: datetime
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class Touch:
    """A call, e-mail, meeting or note that took place."""

    id: int
    deal_id: int
    kind: TouchKind
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Visit:
    """One stay of a deal in one stage; `left_at` is `None` for the present one."""

    id: int
    stage_id: int
    stage: str
    entered_at: datetime
    left_at: datetime | None
    evidence: str


@dataclass(frozen=True, slots=True)
class Contact:
    """A person on a deal."""

    id: int
    name: str
    email: str
    phone: str
    role: str


@dataclass(frozen=True, slots=True)
class DealPage:
    """Everything about one deal."""

    deal: Deal
    notes: str
    lost_note: str
    people: tuple[Contact, ...]
    tasks: tuple[Task, ...]
    touches: tuple[Touch, ...]
    visits: tuple[Visit, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """What a command did: its journal action, one line that names it ("move Initech renewal to Signed"), and the
    deals it touched. `action_id` is `None` when nothing had to be written; `made_id` is the id of the pipeline,
    task or touch that a command made."""

    action_id: int | None
    title: str
    deal_ids: tuple[int, ...]
    made_id: int | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """One entry of the journal. `kind` is "do", "undo" or "redo"; an undo keeps the title of what it undid."""

    id: int
    at: datetime
    kind: str
    title: str
