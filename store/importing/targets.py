"""Which pipeline each row of a file goes to: one that is there, or one made from the file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from store.drafts import name_of
from store.errors import Ambiguous, InvalidInput, NotFound
from store.importing.cells import LONGEST
from store.importing.columns import Columns
from store.importing.numbers import read_currency
from store.importing.plan import ImportOptions, Known, TargetPipeline
from store.importing.refusal import SHOWN, ImportRefused, UnusedStages, shortened
from store.importing.stages import (
    StageMap,
    common_suffix,
    new_pipeline,
    refuse_unknown,
    target_of,
    told_of,
    without_suffix,
)
from store.importing.words import status_outcome
from store.money import parse_amount
from store.rules.naming import fold, pick
from store.text import clean_line
from store.views import Outcome


class Targets:
    """The pipelines that rows go to, by what the pipeline column says; the same for all without such a column."""

    def __init__(self, default: StageMap | None, named: Mapping[str, StageMap], column: str) -> None:
        self._default = default
        self._named = dict(named)
        self._column = column
        self._unknown: Counter[str] = Counter()
        self.notes: list[str] = []

    def map_for(self, pipeline: str, rows: int) -> StageMap | None:
        """The stages of the pipeline that the cells of `rows` rows name; `None`, and noted, when it is not there."""
        found = self._named.get(fold(pipeline)) if pipeline and self._named else self._default
        if found is None:
            self._unknown[pipeline] += rows
        return found

    def maps(self) -> list[StageMap]:
        """Each pipeline once."""
        every = [self._default, *self._named.values()] if self._default else list(self._named.values())
        return list({id(each): each for each in every}.values())

    def refuse_unknown(self, stage_column: str) -> None:
        """Raise `ImportRefused` if a pipeline or a stage was met that there is not."""
        if self._unknown:
            values = ", ".join(f"“{shortened(value)}”" for value in list(self._unknown)[:SHOWN])
            there = ", ".join(each.pipeline.name for each in self.maps())
            raise ImportRefused(
                f"The column “{self._column}” names pipelines that are not there: {values}; "
                f"there is {there or 'none'}.",
                "Say --pipeline NAME or --new-pipeline NAME to put all rows into one, "
                "or make them first: deals init",
            )
        refuse_unknown(self.maps(), stage_column)


def choose(
    columns: Columns, options: ImportOptions, known: Known, defined: Sequence[TargetPipeline] = ()
) -> Targets:
    """Where the rows go. `defined` are the pipelines that an export of ours carries.

    Raises `ImportRefused` when there is no pipeline to go to, `UnusedStages` when something was said of a value that
    the file does not have.
    """
    stages = _StageColumn(columns, options)
    targets = _chosen(columns, stages, options, known, defined)
    stages.refuse_unused(targets.maps(), defined)
    return targets


def _chosen(
    columns: Columns,
    stages: _StageColumn,
    options: ImportOptions,
    known: Known,
    defined: Sequence[TargetPipeline],
) -> Targets:
    column = columns.header("pipeline")
    if options.new_pipeline is not None:
        return _one_new(columns, stages, options, known, defined)
    if options.pipeline is not None:
        named = known.pipelines[pick(options.pipeline, [each.name for each in known.pipelines], "pipeline")]
        return Targets(stages.of(target_of(named)), {}, column)
    maps = {fold(each.name): stages.of(target_of(each)) for each in known.pipelines}
    for each in defined:
        maps.setdefault(fold(each.name), stages.of(each, defined=True))
    if not maps:
        raise ImportRefused(
            "There is no pipeline yet; add --new-pipeline NAME to make one from the file, or make one first: deals init"
        )
    default = maps.get(fold(options.usual_pipeline or "")) or next(iter(maps.values()))
    if not columns.has("pipeline"):
        return Targets(default, {}, column)
    by_value: dict[str, StageMap] = {}
    for value in dict.fromkeys(clean_line(cell) for cell in columns.texts("pipeline")):
        found = maps.get(fold(value)) or (_alike(value, list(maps.values())) if value else None)
        if found:
            by_value[fold(value)] = found
    return Targets(default, maps | by_value, column)


def _alike(value: str, maps: Sequence[StageMap]) -> StageMap | None:
    try:
        return maps[pick(value, [each.pipeline.name for each in maps], "pipeline")]
    except (NotFound, Ambiguous):
        return None


def _one_new(
    columns: Columns,
    stages: _StageColumn,
    options: ImportOptions,
    known: Known,
    defined: Sequence[TargetPipeline],
) -> Targets:
    """All rows into one new pipeline, or into the one of that name that an earlier import made."""
    name = name_of(options.new_pipeline or "", "pipeline name")
    column = columns.header("pipeline")
    there = next((each for each in known.pipelines if fold(each.name) == fold(name)), None)
    if there is not None:
        targets = Targets(stages.of(target_of(there)), {}, column)
        targets.notes.append(f"The pipeline {there.name} is there already; its stages are used.")
        return targets
    currency = _currency(columns, options)
    if defined:
        return Targets(stages.of(_merged(name, currency, defined)), {}, column)
    if not columns.has("stage"):
        raise ImportRefused(
            "No column of the file is the stage, so no pipeline can be made from it.",
            'Name it with --map "COLUMN=stage".',
        )
    cells = set(zip(columns.texts("stage"), columns.texts("outcome"), strict=True))
    opened = {clean_line(cell) for cell, status in cells if status_outcome(status) is Outcome.OPEN}
    made = new_pipeline(name, currency, stages.names(stages.values), stages.names(opened))
    return Targets(stages.of(made), {}, column)


class _StageColumn:
    """The values of a file's stage column, and what was said of them."""

    def __init__(self, columns: Columns, options: ImportOptions) -> None:
        cells = dict.fromkeys(map(clean_line, dict.fromkeys(columns.texts("stage"))))
        self.values: Final = [value for value in cells if value]
        self._suffix = common_suffix(self.values)
        self._said = {clean_line(value): clean_line(stage) for value, stage in options.stages.items()}
        self._told = {fold(value): stage for value, stage in self._said.items()}
        self._header = columns.header("stage") if columns.has("stage") else None

    def of(self, pipeline: TargetPipeline, *, defined: bool = False) -> StageMap:
        """What the values mean in `pipeline`; `defined` says that the file carries it."""
        return StageMap(pipeline, self._told, suffix=self._suffix, defined=defined)

    def names(self, values: Iterable[str]) -> list[str]:
        """What the stages of a pipeline made from `values` are called: as was said, else as the file calls them."""
        bare = ((value, without_suffix(value, self._suffix)) for value in values)
        return [told_of(spellings, self._told) or spellings[-1] for spellings in bare]

    def refuse_unused(self, maps: Sequence[StageMap], defined: Sequence[TargetPipeline]) -> None:
        """Raise `UnusedStages` where something was said of a value that the file does not have.

        An export of ours (`defined`) also names stages that no deal is in any more.
        """
        if not self._said:
            return
        there = {fold(spelt) for each in maps for value in self.values for spelt in each.spellings(value)}
        there.update(fold(stage.name) for each in defined for stage in each.stages)
        unused = [value for value in self._said if fold(value) not in there]
        if unused:
            raise UnusedStages(unused, self._header, self.values)


def _merged(name: str, currency: str, defined: Sequence[TargetPipeline]) -> TargetPipeline:
    """The stages of several pipelines of an export as those of one: each name once; open, won, lost."""
    first = defined[0]
    stages = {fold(stage.name): stage for each in reversed(defined) for stage in reversed(each.stages)}
    ordered = [stage for each in defined for stage in each.stages if stages[fold(stage.name)] is stage]
    ordered.sort(key=lambda stage: list(Outcome).index(stage.outcome))
    return TargetPipeline(name, currency, ordered, first.lost_reasons, None, first.monthly_goal, first.goals)


def _currency(columns: Columns, options: ImportOptions) -> str:
    """The currency of a new pipeline: as told, else the one that most rows name, else the usual one."""
    if options.currency is not None:
        return options.currency
    usual = options.new_currency
    header = next((use.currency for use in columns.uses if use.currency), None)
    if header:
        return header
    named: Counter[str] = Counter()
    cells = columns.texts("currency") if columns.has("currency") else columns.texts("amount")
    for cell, rows in Counter(cells).items():
        if len(cell) <= LONGEST and cell.strip() and not cell.isdecimal():
            try:
                found = (
                    read_currency(cell, usual)
                    if columns.has("currency")
                    else parse_amount(cell, usual).currency
                )
            except InvalidInput:
                continue
            named[found] += rows
    return named.most_common(1)[0][0] if named else usual
