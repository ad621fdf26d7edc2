"""What the morning's list says of a deal, and no more: it is read for every deal of a pipeline and printed at once.

These are named tuples where other views are dataclasses: made by the thousand, they take a sixth of the time.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from store.views.reason import Reason
    from store.views.sums import Totals


class MorningDeal(NamedTuple):
    """A deal that is stuck or lacks a next step. What the fields mean is said at `Deal`, which has all of them."""

    id: int
    name: str
    stage: str
    amount: int | None
    currency: str
    probability: int
    idle_since: date
    days_in_stage: int
    stuck: tuple[Reason, ...]
    no_next_step: bool

    @property
    def weighted(self) -> int | None:
        """Amount × probability in hundredths of a minor unit of the deal's currency; `None` when unknown."""
        return None if self.amount is None else self.amount * self.probability


class MorningList(NamedTuple):
    """Stuck deals by money at stake, then those with no next step: `StuckList` with less of each deal."""

    today: date
    stuck: tuple[MorningDeal, ...]
    no_next_step: tuple[MorningDeal, ...]
    at_stake: Totals
    """`weighted` is the money at stake of the stuck ones."""
