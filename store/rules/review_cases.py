"""The deals of a morning review: which part each is in, what has become of it, and the sums over them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from store.rules.decisions import Decision
from store.views import Deal


class Part(StrEnum):
    """The two parts of the review, in order."""

    STUCK = "stuck"
    NO_NEXT_STEP = "no next step"


class Standing(StrEnum):
    """What has become of a deal of the review."""

    WAITING = "waiting"
    DECIDED = "decided"
    SKIPPED = "skipped"
    ELSEWHERE = "decided elsewhere"


@dataclass(slots=True, eq=False)
class Case:
    """One deal of the review. `stake` is its money at stake in hundredths of a minor unit of the pipeline's currency,
    `None` where that is not known; `deal` the deal as it was seen last, `before` as it was before each decision."""

    id: int
    name: str
    part: Part
    stake: int | None
    standing: Standing = Standing.WAITING
    decisions: list[Decision] = field(default_factory=list)
    deal: Deal | None = None
    before: list[Deal | None] = field(default_factory=list)

    @property
    def is_settled(self) -> bool:
        """Whether it needs nothing more."""
        return self.standing in (Standing.DECIDED, Standing.ELSEWHERE)


@dataclass(slots=True)
class Sums:
    """The sums over the cases of a part, kept up while single ones change: a review may be long."""

    waiting: int = 0
    at_stake: int = 0
    freed: int = 0

    def count(self, case: Case, times: int = 1) -> None:
        """Add a case, or (-1 times) take it out."""
        stake = times * (case.stake or 0)
        if case.standing is Standing.WAITING:
            self.waiting += times
            self.at_stake += stake
        elif case.standing is Standing.SKIPPED:
            self.at_stake += stake
        elif case.standing is Standing.DECIDED:
            self.freed += stake
