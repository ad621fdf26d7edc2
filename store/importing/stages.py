"""Which stage each value of the file's stage column means, and a new pipeline's stages from these values."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from store.drafts import MAX_NAME
from store.errors import Ambiguous, NotFound
from store.importing.plan import StagePlan, TargetPipeline, TargetStage
from store.importing.refusal import SHOWN, ImportRefused, UnknownStages, shortened
from store.importing.words import may_mean_won, outcome_named, status_outcome
from store.rules.naming import fold, pick
from store.templates import LOST_REASONS
from store.views import Outcome, Pipeline
from store.views.pipeline import STUCK_LIMIT

MAX_STAGES: Final = 30
"""A column with more different values than this is not a stage."""

_SUFFIX: Final = re.compile(r"(.+?)\s*\(([^()]+)\)")


@dataclass(slots=True)
class StageMap:
    """Looks up the stages of one pipeline for the values of a file, and remembers what each was taken for."""

    pipeline: TargetPipeline
    told: Mapping[str, str]
    """What `--stage` said: folded value → stage."""
    found: dict[str, TargetStage] = field(default_factory=dict)
    unknown: Counter[str] = field(default_factory=Counter)
    rows: Counter[str] = field(default_factory=Counter)
    unsaid: int = 0
    """Rows that do not name a stage."""
    suffix: str = ""
    """What all values of the file end with in parentheses ("Won (Sales)", "Demo (Sales)"); no part of their names."""
    defined: bool = False
    """Whether the file carries the pipeline, which is then made even if it has no deals."""

    def of(self, value: str, rows: int = 1) -> TargetStage | None:
        """The stage that `value`, which `rows` rows have, means; `None`, and noted as unknown, when it means none.

        Without a value it is the pipeline's first stage.
        """
        if not value:
            self.unsaid += rows
            return self.pipeline.stages[0]
        stage = self.found.get(value)
        if stage is None:
            stage = self._look_up(value)
            if stage is None:
                self.unknown[value] += rows
                return None
            self.found[value] = stage
        self.rows[value] += rows
        return stage

    def plans(self) -> list[StagePlan]:
        """The values met, each with its stage, in the order in which they were met."""
        return [
            StagePlan(value, self.pipeline, stage, self.rows[value])
            for value, stage in self.found.items()
            if self.rows[value]
        ]

    def spellings(self, value: str) -> tuple[str, ...]:
        """`value`, and what it is without the suffix of the file and without the pipeline's name at its end."""
        bare = without_suffix(value, self.suffix), without_suffix(value, self.pipeline.name)
        return tuple(dict.fromkeys((value, *bare)))

    def _look_up(self, value: str) -> TargetStage | None:
        """What was said of `value`, else the stage of that name in any of its spellings; only where there is none, what
        it is like: the suffix of a value never decides against a name."""
        spellings = self.spellings(value)
        told = told_of(spellings, self.told)
        if told is not None:
            return _picked(told, self.pipeline.stages)
        # What a suffix says of the outcome ("Signed (Won)") counts where the name itself says nothing.
        ways = (self._same, spellings), (self._alike, spellings), (self._by_outcome, spellings[::-1])
        for way, names in ways:
            stage = next(filter(None, map(way, names)), None)
            if stage is not None:
                return stage
        return None

    def _same(self, name: str) -> TargetStage | None:
        same = [stage for stage in self.pipeline.stages if fold(stage.name) == fold(name)]
        return same[0] if len(same) == 1 else next((stage for stage in same if stage.name == name), None)

    def _alike(self, name: str) -> TargetStage | None:
        """A value that does not say won or lost never becomes it by a likeness of names ("Contract" is not signed)."""
        outcome = outcome_named(name) or Outcome.OPEN
        try:
            return _picked(name, [stage for stage in self.pipeline.stages if stage.outcome is outcome])
        except (NotFound, Ambiguous):
            return None

    def _by_outcome(self, name: str) -> TargetStage | None:
        outcome = outcome_named(name) or (Outcome.OPEN if status_outcome(name) is Outcome.OPEN else None)
        return next((stage for stage in self.pipeline.stages if stage.outcome is outcome), None)


def told_of(spellings: Iterable[str], told: Mapping[str, str]) -> str | None:
    """The stage that was said of one of the `spellings` of a value; `told` is what was said, by folded value."""
    return next((told[key] for each in spellings if (key := fold(each)) in told), None)


def _picked(name: str, stages: Sequence[TargetStage]) -> TargetStage:
    return stages[pick(name, [stage.name for stage in stages], "stage")]


def common_suffix(values: Collection[str]) -> str:
    """What stands in parentheses at the end of each of several `values`, if it is the same; else nothing."""
    matches = [_SUFFIX.fullmatch(value) for value in values]
    suffixes = {match[2] if match else "" for match in matches}
    return suffixes.pop() if len(matches) > 1 and len(suffixes) == 1 else ""


def without_suffix(value: str, suffix: str) -> str:
    """`value` without `suffix` in parentheses at its end."""
    match = _SUFFIX.fullmatch(value) if suffix else None
    return match[1] if match and fold(match[2]) == fold(suffix) else value


def refuse_unknown(maps: Sequence[StageMap], column: str) -> None:
    """Raise `UnknownStages` when values were met that mean no stage, naming them and the stages there are."""
    for each in maps:
        if each.unknown:
            values = ", ".join(f"“{shortened(value)}”" for value in list(each.unknown)[:SHOWN])
            more = f" and {len(each.unknown) - SHOWN} more" if len(each.unknown) > SHOWN else ""
            example = shortened(next(iter(each.unknown)))
            stages = each.pipeline.stages
            raise UnknownStages(
                f"The column “{column}” has values that are no stage of {each.pipeline.name}: {values}{more}. "
                f"Its stages are {', '.join(stage.name for stage in stages)}.",
                f'Say which is meant with --stage "{example}={stages[0].name}", '
                "or make a pipeline from the file with --new-pipeline NAME.",
            )


def target_of(pipeline: Pipeline) -> TargetPipeline:
    """An existing pipeline as a target."""
    stages = [
        TargetStage(
            stage.name,
            stage.probability,
            stage.outcome,
            stage.id,
            stuck_limit=stage.stuck_limit,
            checklist=tuple((item.title, item.required) for item in stage.checklist),
            item_ids=tuple(item.id for item in stage.checklist),
        )
        for stage in pipeline.stages
    ]
    return TargetPipeline(
        pipeline.name, pipeline.currency, stages, pipeline.lost_reasons, pipeline.id, is_new=False
    )


def new_pipeline(
    name: str, currency: str, stages_named: Sequence[str], sure_open: Collection[str]
) -> TargetPipeline:
    """A pipeline with the stages `stages_named`: the open ones in their order, then won, then lost.

    `sure_open` are those that are open whatever their name says. Won and lost are added where no name says them.
    Open stages get evenly rising probabilities.
    """
    names: dict[str, str] = {}
    for stage in stages_named:
        names.setdefault(fold(stage), stage)
    opened = set(map(fold, sure_open))
    if len(names) > MAX_STAGES:
        raise ImportRefused(
            f"The column of the stage has {len(names)} different values; a pipeline is made with at most {MAX_STAGES}.",
            'Name the right column with --map "COLUMN=stage".',
        )
    too_long = next((stage for stage in names.values() if len(stage) > MAX_NAME), None)
    if too_long:
        raise ImportRefused(
            f"The stage “{shortened(too_long)}” has more than {MAX_NAME} characters; shorten it."
        )
    said = {key: None if key in opened else outcome_named(stage) for key, stage in names.items()}
    if Outcome.WON not in said.values():
        said |= {
            key: Outcome.WON
            for key in names
            if said[key] is None and key not in opened and may_mean_won(names[key])
        }
    by_outcome = {
        outcome: [names[key] for key in names if (said[key] or Outcome.OPEN) is outcome]
        for outcome in Outcome
    }
    opens = by_outcome[Outcome.OPEN] or ["Open"]
    stages = [
        TargetStage(stage, percent, Outcome.OPEN, stuck_limit=STUCK_LIMIT)
        for stage, percent in zip(opens, rising(len(opens)), strict=True)
    ]
    stages += [
        TargetStage(stage, 100, Outcome.WON) for stage in by_outcome[Outcome.WON] or [_free("won", names)]
    ]
    stages += [
        TargetStage(stage, 0, Outcome.LOST) for stage in by_outcome[Outcome.LOST] or [_free("lost", names)]
    ]
    return TargetPipeline(name, currency, stages, LOST_REASONS)


def _free(word: str, names: Collection[str]) -> str:
    """What the stage won or lost is called that no value names; one of them may be the name of an open stage."""
    return f"Closed {word}" if word in names else word.capitalize()


def rising(count: int) -> list[int]:
    """`count` probabilities that rise evenly between 0 and 100 percent, in steps of 5 where there is room."""
    step = 5 if count < 20 else 1
    return [round(100 * place / (count + 1) / step) * step for place in range(1, count + 1)]
