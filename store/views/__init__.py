"""What the store gives back: frozen, slotted values. No ORM object, session or SQL leaves the store.

Units, everywhere:

- an *amount* is an `int` of minor units (cents) of the ISO 4217 currency beside it; `None` is unknown, never 0;
- a *weighted* amount is an `int` of **hundredths of a minor unit** (amount × whole percent), so that sums are exact;
  it is rounded only where it is shown (`store.money.weighted_minor`);
- a *probability* is a whole percent, 0–100;
- days (`…_on`, `…_date`, `due_on`) are dates in the user's local calendar, instants (`at`, `…_at`) aware UTC datetimes.

A view is loaded from its module when it is first asked for: making these classes takes longer than many a read.
"""

from __future__ import annotations

TYPE_CHECKING = False  # as `typing` has it, which takes longer to import than all that is here

if TYPE_CHECKING:
    # isort: off
    from store.views.agenda import DueTask as DueTask, Agenda as Agenda, ClosingDeal as ClosingDeal
    from store.views.backups import (
        Backup as Backup,
        BackupContents as BackupContents,
        BackupKind as BackupKind,
        Restored as Restored,
    )
    from store.views.board import Column as Column, Board as Board
    from store.views.deal import (
        NextStep as NextStep,
        InStage as InStage,
        Extras as Extras,
        NO_EXTRAS as NO_EXTRAS,
        NO_PROPERTIES as NO_PROPERTIES,
        Deal as Deal,
    )
    from store.views.directory import (
        TheirDeal as TheirDeal,
        Colleague as Colleague,
        PersonCard as PersonCard,
        CompanyCard as CompanyCard,
        Directory as Directory,
    )
    from store.views.forecast import MonthForecast as MonthForecast, Forecast as Forecast
    from store.views.journal import Done as Done, Action as Action
    from store.views.kinds import Outcome as Outcome, TouchKind as TouchKind, StuckKind as StuckKind
    from store.views.kinds import ChangedField as ChangedField, Role as Role, Stance as Stance
    from store.views.morning import MorningDeal as MorningDeal, MorningList as MorningList
    from store.views.page import (
        Task as Task,
        Touch as Touch,
        Visit as Visit,
        Contact as Contact,
        FieldChange as FieldChange,
        RelatedDeal as RelatedDeal,
        DealPage as DealPage,
    )
    from store.views.kinds import Sort as Sort
    from store.views.pipeline import ChecklistItem as ChecklistItem, Stage as Stage, Pipeline as Pipeline
    from store.views.saved import SavedView as SavedView
    from store.views.problem import (
        Check as Check,
        Examination as Examination,
        Exposed as Exposed,
        Finding as Finding,
        Problem as Problem,
        Repaired as Repaired,
        State as State,
    )
    from store.views.reason import Reason as Reason
    from store.views.sums import Totals as Totals, StuckList as StuckList
    # isort: on

_HOMES = {
    "kinds": "Outcome TouchKind StuckKind ChangedField Role Stance Sort",
    "reason": "Reason",
    "deal": "NextStep InStage Extras NO_EXTRAS NO_PROPERTIES Deal",
    "pipeline": "ChecklistItem Stage Pipeline",
    "sums": "Totals StuckList",
    "morning": "MorningDeal MorningList",
    "agenda": "DueTask Agenda ClosingDeal",
    "backups": "Backup BackupContents BackupKind Restored",
    "board": "Column Board",
    "directory": "TheirDeal Colleague PersonCard CompanyCard Directory",
    "forecast": "MonthForecast Forecast",
    "page": "Task Touch Visit Contact FieldChange RelatedDeal DealPage",
    "journal": "Done Action",
    "saved": "SavedView",
    "problem": "Check Problem Repaired State Finding Examination Exposed",
}
"""Module → its names."""

_HOME = {name: f"store.views.{module}" for module, names in _HOMES.items() for name in names.split()}

__all__ = [*_HOME]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value
