"""Which deal of the store each row of a file is about.

A row goes by its external id. An export of ours is surer: a row of it without an external id, or with one that
several deals have, is the deal of that name that was made in that very millisecond.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from store.importing.columns import Columns
from store.importing.plan import Known, KnownDeal, TargetPipeline, TargetStage
from store.importing.stages import target_of
from store.importing.targets import Targets
from store.text import clean_line

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Present:
    """The deals that rows are about, by the place of the row in the file."""

    deals: Sequence[KnownDeal | None]
    alike: frozenset[int] = frozenset()
    """Rows of an export that are there, but so alike that it cannot be told which is which."""


def present_deals(columns: Columns, known: Known, exact: bool) -> Present:
    """The deal of `known` that each row is about; `exact` says that the file is an export of ours."""
    external_ids = [clean_line(text) for text in columns.texts("external_id")]
    if not exact:
        by_id = {deal.id: deal for deal in known.deals}
        found = {text: by_id.get(key) for text, key in known.external_ids.items()}
        return Present([found.get(text) for text in external_ids])
    names, made = columns.texts("name"), columns.texts("created_at")
    rows: list[Key] = list(zip(external_ids, map(clean_line, names), map(str.strip, made), strict=True))
    return _by_key(rows, known.deals)


def _by_key(rows: Sequence[Key], deals: Sequence[KnownDeal]) -> Present:
    in_file = Counter(external_id for external_id, _, _ in rows)
    in_store = Counter(deal.external_id or "" for deal in deals)

    def key_of(external_id: str, name: str, created_at: str) -> Key:
        sure = external_id and in_file[external_id] <= 1 and in_store[external_id] <= 1
        return (external_id, "", "") if sure else (external_id, name, created_at)

    keys = [key_of(*row) for row in rows]
    there: dict[Key, list[KnownDeal]] = defaultdict(list)
    for deal in deals:
        there[key_of(deal.external_id or "", deal.name, deal.created_at)].append(deal)
    times = Counter(keys)
    sure = {key: found[0] for key, found in there.items() if len(found) == times[key] == 1}
    alike = (index for index, key in enumerate(keys) if key in there and key not in sure)
    return Present([sure.get(key) for key in keys], frozenset(alike))


def stages_there(known: Known, targets: Targets) -> Mapping[int, tuple[TargetPipeline, TargetStage]]:
    """Stage id → pipeline and stage, of all that are there."""
    pipelines = {each.pipeline.id: each.pipeline for each in targets.maps()}
    for pipeline in known.pipelines:
        if pipeline.id not in pipelines:
            pipelines[pipeline.id] = target_of(pipeline)
    return {
        stage.id: (pipeline, stage)
        for pipeline in pipelines.values()
        for stage in pipeline.stages
        if stage.id is not None
    }
