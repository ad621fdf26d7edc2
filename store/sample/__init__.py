"""The demo: half a year of a founder who sells a booking system to small businesses, told relative to today.

Everything goes through the store's own commands, dated as it happened; so what the reports say about the demo is
reckoned from a real history.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Final

from store.dates import at_noon, month_of
from store.sample.closed_stories import closed_stories
from store.sample.open_stories import open_stories
from store.templates import DEFAULT

if TYPE_CHECKING:
    from store.store import Store

SEED: Final = 20
NAME: Final = "Sales"
CURRENCY: Final = "USD"
MONTHLY_GOAL: Final = 2_800_000
"""Cents that each month should bring."""

GOAL: Final = 3_400_000
"""Cents that this month should bring."""


def make_demo(store: Store, today: date, seed: int = SEED) -> int:
    """Fill `store` with the demo as of `today` and give the id of its pipeline; the same seed gives the same demo.

    One transaction. In the journal what happened to the deals is dated as it happened; all of it is the start of the
    history: there is nothing to undo after it.
    """
    from store.sample.telling import Teller

    stories = (*closed_stories(today, Random(seed)), *open_stories(today))
    began = at_noon(min(story.created for story in stories) - timedelta(days=1))
    with store.one_action("make the demo", began, undoable=False) as change:
        made = store.pipelines.create(DEFAULT, NAME, CURRENCY, began)
        pipeline = next(each for each in store.read.pipelines() if each.id == made.made_id)
        store.pipelines.set_goal(pipeline.id, None, MONTHLY_GOAL, began)
        store.pipelines.set_goal(pipeline.id, month_of(today), GOAL, at_noon(today.replace(day=1)))
        Teller(store, change, pipeline).tell(stories)
    return pipeline.id
