"""`deals stage [STAGE --probability PERCENT]`"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from store import Outcome, Pipeline, pick
from tui.commands import DONE, UsageError
from tui.commands.context import Context
from tui.commands.reporting import report
from tui.percents import whole_percent


def add_arguments(parser: ArgumentParser) -> None:
    """The stage and its probability, or neither."""
    parser.add_argument("stage", nargs="?", metavar="STAGE", help="the stage's name, or a part of it")
    parser.add_argument(
        "--probability", metavar="PERCENT", help="how likely a deal of this stage is won, such as 45"
    )


def run(args: Namespace, context: Context) -> int:
    """Set the probability of an open stage, or show those of all stages."""
    if (args.stage is None) != (args.probability is None):
        raise UsageError("Say the stage and its probability: deals stage product --probability 45.")
    percent = None if args.probability is None else whole_percent(args.probability)
    with context.open_store() as store:
        pipeline = context.pipeline_in(store)
        if percent is None:
            _show(pipeline, context)
            return DONE
        stage = pipeline.stages[pick(args.stage, [stage.name for stage in pipeline.stages], "stage")]
        if stage.outcome is not Outcome.OPEN:
            raise UsageError(f"{stage.name} has no probability to set; open stages have.")
        report(store, store.pipelines.set_probability(stage.id, percent, context.now), context)
    return DONE


def _show(pipeline: Pipeline, context: Context) -> None:
    if context.json:
        from tui.commands.as_json import pipeline_json

        context.print_json(pipeline_json(pipeline))
        return
    for stage in pipeline.stages:
        chance = f"{stage.probability} %" if stage.outcome is Outcome.OPEN else stage.outcome.value
        context.say(f"{stage.name}  {chance}")
