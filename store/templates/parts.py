"""What a template is made of."""

from __future__ import annotations

from dataclasses import dataclass

from store.views import Outcome
from store.views.pipeline import STUCK_LIMIT


@dataclass(frozen=True, slots=True)
class ChecklistTemplate:
    """One item of a stage's checklist."""

    title: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class StageTemplate:
    """One stage. Limits are days and `None` means no limit; won and lost stages have none."""

    name: str
    probability: int
    outcome: Outcome
    criterion: str
    checklist: tuple[ChecklistTemplate, ...]
    evidence_required: bool = False
    stuck_limit: int | None = None
    dwell_limit: int | None = None


@dataclass(frozen=True, slots=True)
class Template:
    """A pipeline to be made. `slug` is its name for `deals init --template`; `summary` says when it fits."""

    name: str
    slug: str
    summary: str
    stages: tuple[StageTemplate, ...]
    lost_reasons: tuple[str, ...]


def _items(must: tuple[str, ...], may: tuple[str, ...]) -> tuple[ChecklistTemplate, ...]:
    return (
        *(ChecklistTemplate(title, required=True) for title in must),
        *(ChecklistTemplate(title) for title in may),
    )


def open_stage(
    name: str,
    probability: int,
    criterion: str,
    must: tuple[str, ...],
    may: tuple[str, ...] = (),
    limit: int = STUCK_LIMIT,
) -> StageTemplate:
    """An open stage; `must` are the required items of its checklist, `limit` its stuck limit in days."""
    return StageTemplate(name, probability, Outcome.OPEN, criterion, _items(must, may), stuck_limit=limit)


def won_stage(name: str, criterion: str, must: tuple[str, ...], may: tuple[str, ...] = ()) -> StageTemplate:
    """A won stage, at 100 percent."""
    return StageTemplate(name, 100, Outcome.WON, criterion, _items(must, may))


def lost_stage(name: str, criterion: str, must: tuple[str, ...], may: tuple[str, ...] = ()) -> StageTemplate:
    """A lost stage, at 0 percent."""
    return StageTemplate(name, 0, Outcome.LOST, criterion, _items(must, may))
