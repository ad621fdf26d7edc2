"""What only an export of ours carries: pipelines with their stages, exact instants, and lists in JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any, Final, TypeVar

from store.drafts import name_of, notes_of, optional_name
from store.errors import InvalidInput
from store.importing.columns import Columns
from store.importing.places import Place
from store.importing.plan import (
    PlannedDeal,
    PlannedPerson,
    PlannedTask,
    PlannedTick,
    PlannedTouch,
    PlannedVisit,
    TargetPipeline,
    TargetStage,
)
from store.importing.refusal import ImportRefused
from store.importing.targets import Targets
from store.importing.texts import json_list
from store.instants import instant_text, local_day, parse_instant
from store.money import MAX_MINOR, currency_code, digits
from store.months import kept_day, known_month
from store.rules.repeats import MAX_REPEAT
from store.text import clean_line, quoted
from store.views import Outcome, TouchKind

Value = TypeVar("Value")
Key = TypeVar("Key")

_AMOUNT: Final = re.compile(r"[0-9]{1,16}(?:\.[0-9]{1,4})?")
_CLOCK: Final = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
_FIX: Final = "export again, or empty the cell"


def defined_pipelines(columns: Columns) -> list[TargetPipeline]:
    """The pipelines that the file carries, in their order; none where the file is no export of ours."""
    return _of_the_file(columns, "pipelines", _pipeline)


def company_notes(columns: Columns) -> Mapping[str, str]:
    """Company name, casefolded → what is noted about it, as far as the file carries it."""
    return dict(_of_the_file(columns, "companies", _company))


def _of_the_file(columns: Columns, field: str, made: Callable[[Mapping[str, Any]], Value]) -> list[Value]:
    """The list in the first cell of a column that is about the file, not about its row."""
    if not columns.has(field):
        return []
    cell = next((text for text in columns.texts(field) if text.strip()), "")
    listed = json_list(cell) if cell else []
    if listed is None:
        raise ImportRefused(f'The column "{field}" is not a list of {field} in JSON; {_FIX}')
    try:
        return [made(_mapping(each)) for each in listed]
    except InvalidInput as error:
        raise ImportRefused(f'The column "{field}" cannot be read: {_with_fix(error)}') from None


class OwnColumns:
    """The columns beside the fields, read by row; they say exactly what the fields say roughly, and go before them."""

    def __init__(self, columns: Columns, targets: Targets) -> None:
        self._columns = columns
        self._targets = targets
        read = columns.read
        self._created = read("created_at", _fixable(_optional(_instant)))
        self._closed = read("closed_at", _fixable(_optional(_instant)))
        self._percents = columns.probabilities("own_probability")
        self._close_dates = columns.dates("close_date")
        self._reasons = read("lost_reason", _optional(clean_line))
        self._lost_notes = read("lost_note", _optional(notes_of))
        self._touches = read("touches", _fixable(_list_of(_touch)))
        self._tasks = read("tasks", _fixable(_list_of(_task)))
        self._people = read("people", _fixable(_list_of(_person)))
        self._visits = self._read_visits()

    def complete(self, index: int, place: Place, deal: PlannedDeal) -> None:
        """Put what the row `index` says exactly into its deal."""
        visits = self._visits[index]
        if visits:
            self._check_visits(index, place, visits)
            deal.visits, deal.entered_at = visits, visits[-1].entered_at
        deal.created_at = self._created[index] or deal.created_at
        if place.final.outcome is Outcome.OPEN:
            deal.probability = self._percents[index]
        else:
            deal.closed_at = self._closed[index] or deal.closed_at
        deal.close_date = self._close_dates[index]
        if place.final.outcome is Outcome.LOST:
            deal.lost_reason = self._reasons[index]
            deal.lost_note = self._lost_notes[index] or ""
        deal.touches = self._touches[index] or ()
        deal.tasks = self._tasks[index] or ()
        deal.people = self._people[index] or ()

    def _read_visits(self) -> list[tuple[PlannedVisit, ...] | None]:
        columns = self._columns
        cells = list(zip(columns.texts("visits"), columns.texts("pipeline"), strict=True))
        return columns.read_cells("visits", cells, _fixable(lambda cell: self._visits_in(*cell)))

    def _visits_in(self, text: str, pipeline: str) -> tuple[PlannedVisit, ...] | None:
        listed = _optional_list(text)
        return tuple(self._visit(_mapping(each), pipeline) for each in listed) if listed else None

    def _visit(self, values: Mapping[str, Any], pipeline: str) -> PlannedVisit:
        stages = self._targets.map_for(clean_line(_text(values, "pipeline") or pipeline), 0)
        stage = stages.of(clean_line(_text(values, "stage")), 0) if stages else None
        if stage is None:
            raise InvalidInput(f"there is no stage {quoted(_text(values, 'stage'))}; {_FIX}")
        entered, left = _instant(_text(values, "entered_at")), _optional(_instant)(_text(values, "left_at"))
        if left is not None and left < entered:
            raise InvalidInput(f"a visit ends before it begins, at {left}; {_FIX}")
        evidence, criterion = notes_of(_text(values, "evidence")), notes_of(_text(values, "criterion"))
        return PlannedVisit(stage, entered, left, evidence, criterion, _ticks(values, stage))

    def _check_visits(self, index: int, place: Place, visits: Sequence[PlannedVisit]) -> None:
        """The visits follow each other; the last one is the present one, and it is to the stage that the row names."""
        last = visits[-1]
        early = next(
            (after for before, after in pairwise(visits) if after.entered_at < (before.left_at or "")), None
        )
        if [visit for visit in visits if visit.left_at is None] != [last]:
            problem = f"only the last visit may be without left_at; {_FIX}"
        elif early is not None:
            problem = f"the visit of {early.entered_at} begins before the one ahead of it ends; {_FIX}"
        elif last.stage is not place.final:
            problem = f"the last visit is to “{last.stage.name}”, the row is in “{place.final.name}”; {_FIX}"
        else:
            return
        self._columns.note(index, "visits", problem)


def _pipeline(values: Mapping[str, Any]) -> TargetPipeline:
    currency = currency_code(_text(values, "currency"))
    stages = [_stage(_mapping(each)) for each in _list(values, "stages")]
    if {stage.outcome for stage in stages} != set(Outcome):
        raise InvalidInput("a pipeline has an open, a won and a lost stage")
    goals = _mapping(values.get("goals") or {})
    return TargetPipeline(
        name=name_of(_text(values, "name"), "pipeline name"),
        currency=currency,
        stages=stages,
        lost_reasons=tuple(name_of(_string(each), "lost reason") for each in _list(values, "lost_reasons")),
        monthly_goal=_minor(_text(values, "monthly_goal"), currency),
        goals={known_month(month): _minor(_string(amount), currency) or 0 for month, amount in goals.items()},
    )


def _company(values: Mapping[str, Any]) -> tuple[str, str]:
    return name_of(_text(values, "name"), "company name").casefold(), notes_of(_text(values, "notes"))


def _stage(values: Mapping[str, Any]) -> TargetStage:
    items = [_mapping(each) for each in _list(values, "checklist")]
    probability = _number(values, "probability", 100)
    if probability is None:
        raise InvalidInput("a stage has a probability")
    return TargetStage(
        name=name_of(_text(values, "name"), "stage name"),
        probability=probability,
        outcome=_outcome(_text(values, "outcome")),
        criterion=notes_of(_text(values, "criterion")),
        evidence_required=values.get("evidence_required") is True,
        stuck_limit=_number(values, "stuck_limit", 100_000),
        dwell_limit=_number(values, "dwell_limit", 100_000),
        checklist=tuple(
            (name_of(_text(item, "title"), "item"), item.get("required") is True) for item in items
        ),
    )


def _outcome(text: str) -> Outcome:
    if text not in set(Outcome):
        raise InvalidInput(f"{quoted(text)} is no outcome (open, won, lost); {_FIX}")
    return Outcome(text)


def _touch(values: Mapping[str, Any]) -> PlannedTouch:
    kind = _text(values, "kind")
    if kind not in set(TouchKind):
        raise InvalidInput(f"{quoted(kind)} is no kind of touch (call, email, meeting, note); {_FIX}")
    return PlannedTouch(kind, _instant(_text(values, "at")), notes_of(_text(values, "text")))


def _ticks(values: Mapping[str, Any], stage: TargetStage) -> tuple[PlannedTick, ...]:
    """What was ticked off, each item once; one that is no more on the stage's checklist is left out."""
    found: dict[int, PlannedTick] = {}
    for each in _list(values, "ticked"):
        tick = _mapping(each)
        place = _item_place(stage, _text(tick, "item"), _number(tick, "place", 100_000))
        at = _instant(_text(tick, "at"))
        if place is not None:
            found.setdefault(place, PlannedTick(place, at))
    return tuple(found.values())


def _item_place(stage: TargetStage, title: str, place: int | None) -> int | None:
    """Where an item stands on a checklist that may have changed since: where it stood if it is there still, else the
    first place of that title."""
    titles = [known for known, _ in stage.checklist]
    if place is not None and place < len(titles) and titles[place] == title:
        return place
    return titles.index(title) if title in titles else None


def _task(values: Mapping[str, Any]) -> PlannedTask:
    due_on = _optional(_iso_day)(_text(values, "due_on"))
    due_at, repeat_days = (
        _optional(_clock)(_text(values, "due_at")),
        _number(values, "repeat_days", MAX_REPEAT),
    )
    if due_on is None and (due_at or repeat_days):
        raise InvalidInput(f"a task with a time or a repetition needs a day; {_FIX}")
    return PlannedTask(
        name_of(_text(values, "title"), "next step"),
        due_on,
        _instant(_text(values, "created_at")),
        _optional(_instant)(_text(values, "done_at")),
        due_at,
        repeat_days or None,
    )


def _person(values: Mapping[str, Any]) -> PlannedPerson:
    return PlannedPerson(
        name_of(_text(values, "name"), "contact"),
        optional_name(_text(values, "email"), "e-mail") or "",
        optional_name(_text(values, "phone"), "phone") or "",
        optional_name(_text(values, "role"), "role") or "",
        optional_name(_text(values, "company"), "company"),
        notes_of(_text(values, "notes")),
        optional_name(_text(values, "stance"), "stance") or "",
    )


def _list_of(made: Callable[[Mapping[str, Any]], Value]) -> Callable[[str], tuple[Value, ...] | None]:
    """A reader of cells that hold a list."""
    return lambda text: tuple(made(_mapping(each)) for each in _optional_list(text) or ())


def _optional_list(text: str) -> list[object] | None:
    if not text.strip():
        return None
    found = json_list(text)
    if found is None:
        raise InvalidInput(f"this is not a list in JSON; {_FIX}")
    return found


def _optional(reader: Callable[[str], Value]) -> Callable[[str], Value | None]:
    return lambda text: reader(text) if text.strip() else None


def _fixable(reader: Callable[[Key], Value]) -> Callable[[Key], Value]:
    """`reader`, whose refusals all say what would put the cell right."""

    def read(cell: Key) -> Value:
        try:
            return reader(cell)
        except InvalidInput as error:
            raise InvalidInput(_with_fix(error)) from None

    return read


def _with_fix(error: InvalidInput) -> str:
    why = str(error)
    return why if why.endswith(_FIX) else f"{why.rstrip('.')}; {_FIX}"


def _instant(text: str) -> str:
    found = instant_text(parse_instant(clean_line(text)))
    kept_day(local_day(found), "date")
    return found


def _iso_day(text: str) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise InvalidInput(f"{quoted(text)} is no day such as 2026-12-31; {_FIX}") from None
    return kept_day(day, "date").isoformat()


def _clock(text: str) -> str:
    if not _CLOCK.fullmatch(text):
        raise InvalidInput(f"{quoted(text)} is no time such as 14:30; {_FIX}")
    return text


def _mapping(value: object) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise InvalidInput(f"something in the list is no object; {_FIX}")
    return value


def _string(value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise InvalidInput(f"{json.dumps(value)[:40]} should be a text in quotes; {_FIX}")
    return value


def _text(values: Mapping[str, Any], key: str) -> str:
    return _string(values.get(key))


def _list(values: Mapping[str, Any], key: str) -> list[Any]:
    value = values.get(key)
    if value is not None and not isinstance(value, list):
        raise InvalidInput(f"{key} should be a list; {_FIX}")
    return value or []


def _number(values: Mapping[str, Any], key: str, most: int) -> int | None:
    value = values.get(key)
    if value is None or (isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most):
        return value
    raise InvalidInput(f"{key} should be a whole number from 0 to {most:,}; {_FIX}")


def _minor(text: str, currency: str) -> int | None:
    if not text:
        return None
    minor = Decimal(text).scaleb(digits(currency)) if _AMOUNT.fullmatch(text) else Decimal("NaN")
    if not minor.is_finite() or minor > MAX_MINOR or minor != int(minor):
        raise InvalidInput(f"{quoted(text)} is no amount in {currency}; {_FIX}")
    return int(minor)
