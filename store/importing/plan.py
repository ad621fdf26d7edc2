"""What will be done with a file, before anything is: the columns, the stages, and every deal.

A plan is what the dry run shows and what `store.importing.apply` writes. Instants in it are in their stored form,
days are `YYYY-MM-DD`, amounts are minor units: a deal of a plan is ready to be written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from store.dates import DateOrder
from store.drafts import DealPatch, TaskDraft
from store.views import Outcome, Pipeline


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What the user said about a file; everything can be left out.

    `columns` maps column names to fields (`-` leaves a column out), `stages` values of the file to stages.
    `new_pipeline` is the name of a pipeline to be made from the file, `pipeline` of the one that is meant.
    `date_order` is for all columns that do not show theirs, `date_orders` for single ones by name.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    stages: Mapping[str, str] = field(default_factory=dict)
    new_pipeline: str | None = None
    pipeline: str | None = None
    usual_pipeline: str | None = None
    """The pipeline of rows that name none, where none is meant for all; else it is the first one there is."""
    currency: str | None = None
    new_currency: str = "USD"
    """The currency of a new pipeline when neither the user nor the file names one."""
    date_order: DateOrder | None = None
    date_orders: Mapping[str, DateOrder] = field(default_factory=dict)
    update: bool = False
    """Whether deals whose `external_id` is there already are updated, instead of skipped."""


class KnownDeal(NamedTuple):
    """A deal that is there, and not deleted: what it is known by, and where it stands."""

    id: int
    external_id: str | None
    name: str
    created_at: str
    stage_id: int
    currency: str


@dataclass(frozen=True, slots=True)
class Known:
    """What is in the store already, as far as an import has to know it."""

    pipelines: tuple[Pipeline, ...] = ()
    external_ids: Mapping[str, int] = field(default_factory=dict)
    """External id → deal, of the deals that are not deleted."""
    deals: tuple[KnownDeal, ...] = field(default=(), compare=False)
    """All deals that are not deleted, the oldest first. What is said about them may change while an import waits."""
    companies: Mapping[str, int] = field(default_factory=dict)
    """Company name, casefolded → its id."""
    people: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """What people are known by (`store.importing.known`) → the person's id."""


@dataclass(slots=True, eq=False)
class TargetStage:
    """A stage that rows go to. `id` is `None` until a new one is written."""

    name: str
    probability: int
    outcome: Outcome
    id: int | None = None
    criterion: str = ""
    evidence_required: bool = False
    stuck_limit: int | None = None
    dwell_limit: int | None = None
    checklist: tuple[tuple[str, bool], ...] = ()
    """Title and whether it is required."""
    item_ids: tuple[int, ...] = ()
    """The ids of the checklist's items; none until the stage is written."""


@dataclass(slots=True, eq=False)
class TargetPipeline:
    """A pipeline that rows go to, one that is there or a new one, which has no `id` until it is written."""

    name: str
    currency: str
    stages: list[TargetStage]
    lost_reasons: tuple[str, ...] = ()
    id: int | None = None
    monthly_goal: int | None = None
    goals: Mapping[str, int] = field(default_factory=dict)
    is_new: bool = True

    def first(self, outcome: Outcome) -> TargetStage:
        """The first stage of an outcome; a pipeline has at least one of each closed one."""
        return next((stage for stage in self.stages if stage.outcome is outcome), self.stages[0])


class PlannedTick(NamedTuple):
    """One item that was ticked off, by its place on the stage's checklist."""

    place: int
    at: str


class PlannedVisit(NamedTuple):
    """One stay in one stage; `left_at` is `None` for the present one."""

    stage: TargetStage
    entered_at: str
    left_at: str | None = None
    evidence: str = ""
    criterion: str = ""
    ticks: tuple[PlannedTick, ...] = ()


class PlannedTouch(NamedTuple):
    """One touch."""

    kind: str
    at: str
    text: str = ""


class PlannedTask(NamedTuple):
    """One task."""

    title: str
    due_on: str | None
    created_at: str
    done_at: str | None = None
    due_at: str | None = None
    repeat_days: int | None = None


class PlannedPerson(NamedTuple):
    """One person on a deal; with neither name nor e-mail nor phone there is none."""

    name: str
    email: str = ""
    phone: str = ""
    role: str = ""
    company: str | None = None
    notes: str = ""
    stance: str = ""


@dataclass(slots=True)
class PlannedDeal:
    """One row of the file as a deal. `line` is where the row begins."""

    line: int
    name: str
    stage: TargetStage
    amount: int | None
    currency: str
    probability: int | None
    close_date: str | None
    company: str | None
    source: str | None
    external_id: str | None
    notes: str
    created_at: str
    entered_at: str
    closed_at: str | None
    lost_reason: str | None
    lost_note: str
    snoozed_until: str | None
    visits: tuple[PlannedVisit, ...]
    touches: tuple[PlannedTouch, ...] = ()
    tasks: tuple[PlannedTask, ...] = ()
    people: tuple[PlannedPerson, ...] = ()
    tags: tuple[str, ...] = ()
    properties: tuple[tuple[str, str], ...] = ()


class StageMove(NamedTuple):
    """A move of a deal that is there; without `at` it takes place when the import does."""

    stage: TargetStage
    at: str | None
    lost_reason: str | None
    lost_note: str


@dataclass(frozen=True, slots=True)
class DealChange:
    """What a row changes of a deal that is there; what is `None` or empty stays as it is."""

    deal_id: int
    move: StageMove | None
    patch: DealPatch
    created_at: str | None = None
    entered_at: str | None = None
    """When the present visit, after the move, began."""
    closed_at: str | None = None
    lost: tuple[str | None, str] | None = None
    """Another lost reason, with its note."""
    touches: tuple[PlannedTouch, ...] = ()
    new_tasks: tuple[TaskDraft, ...] = ()
    edited_tasks: tuple[tuple[int, TaskDraft], ...] = ()
    people: tuple[PlannedPerson, ...] = ()
    """Who is not on the deal yet."""
    snoozed_until: str | None = None

    def __bool__(self) -> bool:
        """Whether anything changes."""
        return self != DealChange(self.deal_id, None, DealPatch())


@dataclass(frozen=True, slots=True)
class PlannedUpdate:
    """A row whose external id is in the store already: the deal it is of, and what the row says about it."""

    deal_id: int
    deal: PlannedDeal
    fields: frozenset[str]
    """The fields that the row has a value for; the others stay as they are."""
    exact: bool = False
    """Whether the row is of an export of ours."""


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """What one column is: a field, else a custom property, else left out; and how its values are read."""

    header: str
    field: str | None
    property_name: str | None
    format: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class StagePlan:
    """The stage that one value of the file means, and how many rows have it."""

    value: str
    pipeline: TargetPipeline
    stage: TargetStage
    rows: int


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Everything that was understood of one file."""

    name: str
    encoding: str
    delimiter: str
    rows: int
    empty_rows: int
    columns: tuple[ColumnPlan, ...]
    pipelines: tuple[TargetPipeline, ...]
    stages: tuple[StagePlan, ...]
    deals: tuple[PlannedDeal, ...]
    updates: tuple[PlannedUpdate, ...]
    """The rows that change something of a deal that is there, and are to."""
    skipped: int
    """Rows whose external id is in the store already."""
    repeated: int
    """Rows that are the same as an earlier one, with the same external id."""
    new_companies: int
    new_people: int
    notes: tuple[str, ...]
    """What the user should know: values that were rounded, dates in the future, rows without a stage."""
    known: Known
    """What was in the store when the plan was made."""
    exact: bool = False
    """Whether the file is an export of ours: people who differ in anything are then different people."""
    company_notes: Mapping[str, str] = field(default_factory=dict)
    """Company name, casefolded → the notes it gets if it is new."""
    changes: tuple[DealChange, ...] = ()
    """What each of `updates` changes."""
    unchanged: int = 0
    """Rows whose deals are there already just as the row says."""
