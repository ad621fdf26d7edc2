"""Why a deal is lost: from `--reason`, or asked for."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Sequence

from store import NotFound, Pipeline, pick
from tui.commands import UsageError
from tui.commands.context import Context


def add_reason_arguments(parser: ArgumentParser) -> None:
    """`--reason` and `--note`."""
    parser.add_argument(
        "--reason", metavar="REASON", help="why, from the pipeline's list; a part of it is enough"
    )
    parser.add_argument("--note", metavar="TEXT", default="", help="a note beside the reason")


def reason_meant(pipelines: Sequence[Pipeline], reason: str | None, context: Context) -> str:
    """The lost reason that `reason` means in the pipelines of the deals; asked for on a terminal when it is `None`.

    Raises `UsageError` that lists the reasons when nobody can be asked.
    """
    offered = [
        each for each in pipelines[0].lost_reasons if all(each in other.lost_reasons for other in pipelines)
    ]
    if reason is not None:
        return offered[pick(reason, offered, "lost reason")]
    for number, each in enumerate(offered, 1):
        if context.interactive:
            context.tell(f"  {number}  {each}")
    while True:
        answer = context.ask("Why was it lost? (a number, or a part of the words)")
        if not answer:
            raise UsageError(f"Say why with --reason: {', '.join(offered)}.")
        if answer.isdecimal() and 1 <= int(answer) <= len(offered):
            return offered[int(answer) - 1]
        try:
            return offered[pick(answer, offered, "lost reason")]
        except NotFound as error:
            context.tell(str(error))
