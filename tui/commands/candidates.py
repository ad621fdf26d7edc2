"""`deals --complete KIND [WORD …]`: what the shells ask for while a command is typed. One candidate a line.

A line is the candidate, and after a tab what it is. Nothing is ever said about what goes wrong: there is nothing to
complete then.
"""

from __future__ import annotations

from collections.abc import Sequence

from tui.commands import DONE, CommandError, UsageError
from tui.commands.context import Context


def print_candidates(words: Sequence[str]) -> int:
    """Print the candidates of the kind that the first word names; the others are what was typed so far."""
    from store import StoreError
    from tui.commands.cells import one_line

    kind, typed = (words[0], words[1:]) if words else ("", ())
    try:
        candidates = _candidates(kind, typed)
    except (StoreError, CommandError, UsageError, OSError):
        candidates = []
    for candidate, meaning in candidates:
        print(f"{one_line(candidate)}\t{one_line(meaning)}" if meaning else one_line(candidate))
    return DONE


def _candidates(kind: str, typed: Sequence[str]) -> list[tuple[str, str]]:
    if kind == "templates":
        from store import TEMPLATES

        return [(template.slug, template.summary) for template in TEMPLATES]
    from tui.clock import Clock
    from tui.paths import database

    context = Context(database(_value_of("--db", typed)), Clock(), _value_of("--pipeline", typed), json=False)
    with context.open_store() as store:
        if kind == "pipelines":
            return [(pipeline.name, pipeline.currency) for pipeline in store.read.pipelines()]
        if kind == "views":
            return [(view.name, view.filter) for view in store.read.saved_views()]
        pipeline = context.pipeline_in(store)
        match kind:
            case "stages":
                return [(stage.name, f"{stage.probability} %") for stage in pipeline.stages]
            case "reasons":
                return [(reason, "") for reason in pipeline.lost_reasons]
            case "deals":
                deals = store.read.list_deals(pipeline.id, context.today)
                return [(str(deal.id), deal.name) for deal in deals]
    return []


def _value_of(option: str, typed: Sequence[str]) -> str | None:
    for place, word in enumerate(typed):
        if word == option:
            return "".join(typed[place + 1 : place + 2]) or None
        if word.startswith(f"{option}="):
            return word.partition("=")[2] or None
    return None
