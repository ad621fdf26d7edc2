"""Makes the plan of an import: what each column is, where each row goes, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from store.importing.columns import Columns
from store.importing.fields import NAMING_FIELDS
from store.importing.headers import is_own_export, may_be, recognise, settled
from store.importing.known import PeopleIndex
from store.importing.own import OwnColumns, company_notes, defined_pipelines
from store.importing.places import Place, only_statuses, places_of
from store.importing.plan import ImportOptions, ImportPlan, Known, PlannedDeal, PlannedUpdate
from store.importing.present import Present, present_deals, stages_there
from store.importing.reading import DELIMITERS, Table
from store.importing.refusal import SHOWN, ImportRefused, WrongCell, WrongRows, rows_text, shortened
from store.importing.rows import RowReader
from store.importing.targets import Targets, choose
from store.importing.times import Calendar
from store.money import currency_code
from store.reads.rows import gc_paused


def plan_import(table: Table, options: ImportOptions, known: Known, today: date, now: datetime) -> ImportPlan:
    """What importing `table` into a store in which `known` is would do; nothing is written.

    Raises `WrongRows` when rows cannot be taken, `UnknownDateOrder` when the user must say how dates are written,
    `ImportRefused` for a stage or pipeline there is not, `InvalidInput` and `NotFound` for options that mean nothing.
    """
    if options.currency is not None:
        options = replace(options, currency=currency_code(options.currency))
    with gc_paused():
        return _plan(table, options, known, Calendar(today, now))


def _plan(table: Table, options: ImportOptions, known: Known, calendar: Calendar) -> ImportPlan:
    columns = columns_of(table, options)
    refuse_nameless(columns)
    exact = is_own_export(table.headers)
    targets = choose(columns, options, known, defined_pipelines(columns))
    present = present_deals(columns, known, exact)
    there = present.deals if options.update else [None] * len(present.deals)
    stages = stages_there(known, targets)
    places = places_of(columns, targets, [deal and stages.get(deal.stage_id) for deal in there])
    targets.refuse_unknown(columns.header("stage"))
    reader = RowReader(columns, places, calendar, there, exact)
    deals = reader.deals()
    if exact:
        _complete(deals, places, OwnColumns(columns, targets))
    sorting = _Sorting(columns, present, options.update, exact)
    sorting.sort(deals, [index for index, place in enumerate(places) if place])
    if columns.wrong:
        raise WrongRows(columns.wrong)
    used = {id(place.pipeline) for place in places if place}
    return ImportPlan(
        name=table.name,
        encoding=table.encoding,
        delimiter=DELIMITERS[table.delimiter],
        rows=len(table.rows),
        empty_rows=table.empty_rows,
        columns=columns.plans(),
        pipelines=tuple(
            each.pipeline for each in targets.maps() if each.defined or id(each.pipeline) in used
        ),
        stages=tuple(plan for each in targets.maps() for plan in each.plans()),
        deals=tuple(sorting.new),
        updates=tuple(sorting.updates),
        skipped=sorting.skipped,
        repeated=sorting.repeated,
        new_companies=_new_companies(sorting.new, known),
        new_people=_new_people(sorting.new, known, exact),
        notes=tuple(
            _notes(columns, targets, calendar, reader, sorting)
            if sorting.new or sorting.updates or sorting.alike
            else targets.notes
        ),
        known=known,
        exact=exact,
        company_notes=company_notes(columns),
    )


def _complete(deals: Sequence[PlannedDeal], places: Sequence[Place | None], own: OwnColumns) -> None:
    placed = ((index, place) for index, place in enumerate(places) if place)
    for deal, (index, place) in zip(deals, placed, strict=True):
        own.complete(index, place, deal)


def columns_of(table: Table, options: ImportOptions) -> Columns:
    """The columns of `table`, each with what it is."""
    cells = table.columns()
    filled = [not "".join(column).isspace() and any(column) for column in cells]
    statuses = [
        may_be(header, "outcome") and only_statuses(column)
        for header, column in zip(table.headers, cells, strict=True)
    ]
    uses = recognise(table.headers, filled, options.columns, statuses)
    return Columns(table, settled(uses, filled), options)


def refuse_nameless(columns: Columns) -> None:
    """Raise `ImportRefused` when no column is what deals are called by: mostly the file has no line with names."""
    if any(map(columns.has, NAMING_FIELDS)):
        return
    headers = columns.table.headers
    names = ", ".join(f"“{shortened(header, 30)}”" for header in headers[:SHOWN])
    more = f" and {len(headers) - SHOWN} more" if len(headers) > SHOWN else ""
    raise ImportRefused(
        f"No column of {columns.table.name} is what a deal is called by (a name, a company or an id). Its first line "
        f"is taken for the names of the columns: {names}{more}. If that is a deal already, put a line such as "
        "name,stage,amount before it.",
        f'Else say which column is the name with --map "{shortened(headers[0], 30)}=name"',
    )


class _Sorting:
    """Parts the deals of a file into new ones, updates, those that are there, and repeated rows."""

    def __init__(self, columns: Columns, present: Present, updating: bool, exact: bool) -> None:
        self.columns = columns
        self.present = present
        self.updating = updating
        self.exact = exact
        self.new: list[PlannedDeal] = []
        self.updates: list[PlannedUpdate] = []
        self.skipped = 0
        self.repeated = 0
        self.alike = 0

    def sort(self, deals: Sequence[PlannedDeal], indexes: Sequence[int]) -> None:
        """Sort `deals`, which are in the order of the file; `indexes` are the places of their rows."""
        first: dict[str, PlannedDeal] = {}
        for index, deal in zip(indexes, deals, strict=True):
            key, there = deal.external_id, self.present.deals[index]
            # An export of ours may hold several deals with one id: they were there, so they come back.
            earlier = deal if self.exact or key is None else first.setdefault(key, deal)
            if earlier is not deal:
                self._repeat(deal, earlier)
            elif index in self.present.alike:
                self.skipped += 1
                self.alike += self.updating
            elif there is None:
                self.new.append(deal)
            elif self.updating:
                self.updates.append(PlannedUpdate(there.id, deal, self._said(deal), self.exact))
            else:
                self.skipped += 1

    def _repeat(self, deal: PlannedDeal, earlier: PlannedDeal) -> None:
        table = self.columns.table
        if table.row_at(deal.line) == table.row_at(earlier.line):
            self.repeated += 1
            return
        header = self.columns.header("external_id")
        problem = f"line {earlier.line} has the same id and says something else; correct one"
        option = f'or say --map "{header}=-"'
        self.columns.wrong.append(WrongCell(deal.line, header, deal.external_id or "", problem, option))

    def _said(self, deal: PlannedDeal) -> frozenset[str]:
        """The fields for which the row has a value."""
        row = self.columns.table.row_at(deal.line)
        return frozenset(
            use.field or "" for use in self.columns.uses if not use.ignored and row[use.index].strip()
        )


def _new_companies(deals: Sequence[PlannedDeal], known: Known) -> int:
    return len({deal.company.casefold() for deal in deals if deal.company} - known.companies.keys())


def _new_people(deals: Sequence[PlannedDeal], known: Known, exact: bool) -> int:
    people = PeopleIndex(known.people, exact)
    return sum(people.place(each, -1)[1] for deal in deals for each in deal.people)


def _notes(
    columns: Columns, targets: Targets, calendar: Calendar, reader: RowReader, sorting: _Sorting
) -> list[str]:
    notes = [*targets.notes]
    unsaid = sum(each.unsaid for each in targets.maps())
    if unsaid:
        first = targets.maps()[0].pipeline.stages[0].name
        notes.append(f"Without a stage, so in the first one, {first}: {rows_text(unsaid)}.")
    notes += [*calendar.notes(), *reader.what_was_left_out()]
    if sorting.alike:
        alike = rows_text(sorting.alike)
        notes.append(f"Of several deals that are too alike to tell which is meant, so not updated: {alike}.")
    for what, found in (("amounts", columns.amount_reader), ("probabilities", columns.probability_reader)):
        if found and found.rounded:
            values = f"{len(found.rounded):,} values such as" if len(found.rounded) > 1 else "1 value,"
            notes.append(f"Rounded {what}: {values} “{shortened(min(found.rounded))}”.")
    return notes
