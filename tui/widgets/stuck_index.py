"""What of a board needs a decision, kept up while deals change: the morning's list, and what is due today.

A change costs a search in a sorted list, not a look at every deal.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from store import Deal, Outcome, StuckList, Totals, stuck_list, urgency
from tui.widgets.board_sums import Sums


@dataclass(frozen=True, slots=True)
class Morning:
    """The morning's list, and the open deals whose next step is due today, by money at stake too."""

    stuck: StuckList
    due: tuple[Deal, ...]


class StuckIndex:
    """Holds the deals that need a decision, in the order of the morning's list."""

    def __init__(self, today: date, sums: Sums) -> None:
        self._today, self._sums = today, sums
        self._at_stake = Totals()
        self._stuck: list[Deal] = []
        self._nudged: list[Deal] = []
        self._due: list[Deal] = []
        self._morning: Morning | None = None

    def load(self, deals: Iterable[Deal]) -> None:
        """Begin anew with the deals of a board."""
        deals = tuple(deals)
        found = stuck_list(deals, self._today, self._sums.currency, self._sums.rates)
        self._stuck, self._nudged = list(found.stuck), list(found.no_next_step)
        self._at_stake = found.at_stake
        self._due = sorted(filter(self._is_due, deals), key=self._urgency)
        self._morning = None

    def change(self, out: Iterable[Deal], into: Iterable[Deal]) -> None:
        """Forget the deals of `out` and take in those of `into`."""
        out, into = tuple(out), tuple(into)
        for deal in out:
            for held in self._lists_of(deal):
                del held[bisect_left(held, self._urgency(deal), key=self._urgency)]
                self._morning = None
        for deal in into:
            for held in self._lists_of(deal):
                insort(held, deal, key=self._urgency)
                self._morning = None
        was, are = [deal for deal in out if deal.stuck], [deal for deal in into if deal.stuck]
        if was or are:
            self._at_stake = self._sums.changed(self._at_stake, was, are, self._stuck)

    def now(self) -> Morning:
        """What needs a decision now; the same object until something in it changes."""
        if self._morning is None:
            stuck = StuckList(self._today, tuple(self._stuck), tuple(self._nudged), self._at_stake)
            self._morning = Morning(stuck, tuple(self._due))
        return self._morning

    def _urgency(self, deal: Deal) -> tuple[int, int, int]:
        return urgency(deal, self._sums.currency, self._sums.rates)

    def _lists_of(self, deal: Deal) -> list[list[Deal]]:
        lists = [self._stuck] if deal.stuck else [self._nudged] if deal.no_next_step else []
        return [*lists, self._due] if self._is_due(deal) else lists

    def _is_due(self, deal: Deal) -> bool:
        step = deal.next_step
        return step is not None and step.due_on == self._today and deal.outcome is Outcome.OPEN
