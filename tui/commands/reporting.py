"""How a command that changed something says so."""

from __future__ import annotations

from collections.abc import Iterable

from store import Done, Store
from tui.commands.context import Context
from tui.format import past


def report(store: Store, done: Done, context: Context, details: Iterable[str] = (), prefix: str = "") -> None:
    """Print what was done, in words or as JSON with the deals as they are now."""
    if context.json:
        from tui.commands.as_json import done_json

        context.print_json(done_json(done, store.read.deals(done.deal_ids, context.today)))
        return
    if done.action_id is None:
        context.say(f"Nothing to do: {done.title}" if done.title else "Nothing to do.")
        return
    context.say(" · ".join([f"{prefix}{done.title}" if prefix else past(done.title), *details]))
