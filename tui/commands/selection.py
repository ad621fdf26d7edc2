"""Which deals and stages the words of a command mean."""

from __future__ import annotations

from collections.abc import Sequence

from store import Deal, Done, Pipeline, Stage, Store, pick
from tui.commands import CommandError
from tui.commands.context import Context


def deals_meant(
    store: Store, words: Sequence[str], context: Context, *, anywhere: bool = False
) -> tuple[Deal, ...]:
    """The deals that `words` mean (ids, or names or parts of them), each once, in the order given.

    With `--pipeline` names are looked for in that pipeline only, unless `anywhere`. Raises `NotFound` and `Ambiguous`.
    """
    within = None if anywhere or context.pipeline is None else context.pipeline_in(store).id
    ids = dict.fromkeys(store.read.find_deal(word, within) for word in words)
    return store.read.deals(tuple(ids), context.today)


def stage_meant(store: Store, word: str, deals: Sequence[Deal], context: Context) -> Stage:
    """The stage that `word` means: of the pipeline of `--pipeline`, else of the one that the deals are in."""
    pipeline = context.pipeline_in(store) if context.pipeline is not None else _common_pipeline(store, deals)
    return pipeline.stages[pick(word, [stage.name for stage in pipeline.stages], "stage")]


def told_why(done: Done, deals: Sequence[Deal], state: str) -> Done:
    """`done`; where nothing had to be done with the title that says why: the `deals` are `state` already."""
    if done.action_id is not None:
        return done
    subject = f"{deals[0].name} is" if len(deals) == 1 else f"These {len(deals)} deals are"
    return Done(None, f"{subject} {state} already.", done.deal_ids)


def pipelines_of(store: Store, deals: Sequence[Deal]) -> tuple[Pipeline, ...]:
    """The pipelines that the deals are in, each once."""
    by_id = {pipeline.id: pipeline for pipeline in store.read.pipelines()}
    return tuple(by_id[each] for each in dict.fromkeys(deal.pipeline_id for deal in deals))


def _common_pipeline(store: Store, deals: Sequence[Deal]) -> Pipeline:
    found = pipelines_of(store, deals)
    if len(found) > 1:
        names = " and ".join(pipeline.name for pipeline in found)
        raise CommandError(
            f"These deals are in different pipelines ({names}); move them one pipeline at a time."
        )
    return found[0]
