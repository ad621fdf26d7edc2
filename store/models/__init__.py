"""The tables as SQLModel classes: what the write side adds, changes and finds rows with.

They say the same as `store.schema` (a test holds the two against each other) and convert nothing: instants and days
are the TEXT of `store.schema`, flags are 0 or 1. They do not validate either; drafts do.
SQLModel and the models are what makes the write side slow to start: nothing imports them before the first command,
and a model comes with its module when it is first asked for.
"""

TYPE_CHECKING = False

if TYPE_CHECKING:
    # isort: off
    from store.models.checklists import ChecklistItemRow as ChecklistItemRow, TickRow as TickRow
    from store.models.companies import CompanyRow as CompanyRow
    from store.models.deals import (
        DealRow as DealRow,
        PropertyRow as PropertyRow,
        TagRow as TagRow,
        TaskRow as TaskRow,
        TouchRow as TouchRow,
        VisitRow as VisitRow,
    )
    from store.models.goals import GoalRow as GoalRow
    from store.models.journal import ActionRow as ActionRow, ChangeRow as ChangeRow
    from store.models.people import DealPersonRow as DealPersonRow, PersonRow as PersonRow
    from store.models.pipelines import (
        LostReasonRow as LostReasonRow,
        PipelineRow as PipelineRow,
        StageRow as StageRow,
    )
    from store.models.settings import (
        RateRow as RateRow,
        SavedViewRow as SavedViewRow,
        SettingRow as SettingRow,
    )

_HOMES = {
    "pipelines": "PipelineRow StageRow LostReasonRow",
    "goals": "GoalRow",
    "companies": "CompanyRow",
    "people": "PersonRow DealPersonRow",
    "deals": "DealRow VisitRow TouchRow TaskRow TagRow PropertyRow",
    "checklists": "ChecklistItemRow TickRow",
    "settings": "SettingRow RateRow SavedViewRow",
    "journal": "ActionRow ChangeRow",
}
"""Module → its names."""

_MODULE_OF = {name: module for module, names in _HOMES.items() for name in names.split()}


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
    globals()[name] = found
    return found
