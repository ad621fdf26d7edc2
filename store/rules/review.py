"""The morning review: the deals that need a decision, one at a time, until each has one (`docs/domain.md`).

The stuck ones come first, in the order of the morning's list, then those with no next step. Nothing is asked twice: a
deal that was decided or skipped does not come again by itself. A decision that leaves a deal on the list, because
another reason holds, keeps the deal where it is. What changes underneath is noticed: a deal that is off the list
without a decision of the review was decided elsewhere, and one that is new on it joins at the end of its part.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from store.rules.decisions import Decision, DecisionKind, decision_between
from store.rules.review_cases import Case, Part, Standing, Sums
from store.rules.totals import Rates, at_stake
from store.views import Deal, Pipeline

if TYPE_CHECKING:
    from typing import Protocol

    from store.rules.stuck import Judged

    class Named(Judged, Protocol):
        """What the review needs to know of a deal on the morning's list."""

        @property
        def name(self) -> str:
            """Its name."""

    class Listed(Protocol):
        """The morning's list, with as much of each deal as its reader has."""

        @property
        def stuck(self) -> Sequence[Named]:
            """The stuck deals, the most urgent first."""

        @property
        def no_next_step(self) -> Sequence[Named]:
            """Those with no next step."""


class Review:
    """One morning's review of one pipeline: which deal is looked at, what was decided, what was skipped."""

    def __init__(self, pipeline: Pipeline, rates: Rates, listed: Listed) -> None:
        self.pipeline, self._rates = pipeline, rates
        self._cases: dict[int, Case] = {}
        self._parts: dict[Part, list[Case]] = {part: [] for part in Part}
        self._sums = {part: Sums() for part in Part}
        self._trail: list[int] = []
        self.current: Case | None = None
        """The deal that is looked at; `None` at the end."""
        self.refresh(listed)
        self._go_on()

    # Looking

    @property
    def cases(self) -> Mapping[int, Case]:
        """All deals of the review, by their id."""
        return self._cases

    def part(self, part: Part) -> Sequence[Case]:
        """The deals of a part, in order."""
        return self._parts[part]

    @property
    def number(self) -> int:
        """The place of the deal that is looked at within its part, from 1; 0 at the end."""
        return self._parts[self.current.part].index(self.current) + 1 if self.current else 0

    def progress(self, part: Part) -> float:
        """The share of a part's deals that were decided or passed over; 1 where there are none."""
        cases = len(self._parts[part])
        return 1 - self._sums[part].waiting / cases if cases else 1

    def standing(self, standing: Standing) -> tuple[Case, ...]:
        """The deals of that standing, in order."""
        return tuple(case for case in self._ordered() if case.standing is standing)

    @property
    def decided(self) -> tuple[Case, ...]:
        """The deals of which something was decided, whatever became of them, in order."""
        return tuple(case for case in self._ordered() if case.decisions)

    @property
    def at_stake(self) -> int:
        """The money of the stuck deals that still are, in hundredths of a minor unit of the pipeline's currency."""
        return self._sums[Part.STUCK].at_stake

    @property
    def freed(self) -> int:
        """The money of the deals that were stuck and are not any more, by a decision of the review."""
        return self._sums[Part.STUCK].freed

    def _ordered(self) -> Iterator[Case]:
        for part in Part:
            yield from self._parts[part]

    # Going through

    def skip(self) -> None:
        """Pass the deal over; one that was decided is only left again."""
        if self.current is not None:
            if self.current.standing is Standing.WAITING:
                self._stand(self.current, Standing.SKIPPED)
            self._go_on()

    def back(self) -> bool:
        """To the deal that was looked at before this one; a skipped one waits again. `False` when there is none."""
        while self._trail:
            case = self._cases[self._trail.pop()]
            if case.standing is not Standing.ELSEWHERE and case is not self.current and not _is_deleted(case):
                if case.standing is Standing.SKIPPED:
                    self._stand(case, Standing.WAITING)
                self.current = case
                return True
        return False

    def again(self) -> bool:
        """From the end to the deals that were skipped, and to those that joined since; `False` when there are none."""
        for case in self.standing(Standing.SKIPPED):
            self._stand(case, Standing.WAITING)
        if self.current is None:
            self._go_on()
        return self.current is not None

    def _go_on(self) -> None:
        """To the next deal that waits, else to the first one."""
        left, first, passed = self.current, None, self.current is None
        self.current = None
        for case in self._ordered():
            if case is left:
                passed = True
            elif case.standing is Standing.WAITING:
                first = first or case
                if passed:
                    self.current = case
                    break
        else:
            self.current = first
        if left is not None:
            self._trail.append(left.id)

    # What changes

    def seen(self, deal: Deal) -> bool:
        """Take note of a deal as it is now. A case that waited and is off the list was decided elsewhere: `False`."""
        case = self._cases.get(deal.id)
        if case is None:
            return True
        case.deal, case.name = deal, deal.name
        if case.is_settled or self.holds(case, deal):
            return True
        self._end(case, Standing.ELSEWHERE)
        return False

    def miss(self, deal_id: int) -> None:
        """Take note that a deal is not there any more."""
        case = self._cases.get(deal_id)
        if case is not None and not case.is_settled:
            self._end(case, Standing.ELSEWHERE)

    def decide(self, after: Deal) -> bool:
        """Take note of a deal after a change that was made here; whether it was a decision that ended the case.

        A case that is looked at and has ended makes room for the next one.
        """
        case = self._cases.get(after.id)
        if case is None:
            self._meet(after)
            return False
        before, waited, holds = case.deal, not case.is_settled, self.holds(case, after)
        decision = decision_between(before, after) if before is not None else None
        ended = waited and not holds
        if decision is None and ended:
            decision = Decision(DecisionKind.EDITED)
        if decision is not None:
            case.decisions.append(decision)
            case.before.append(before)
        case.deal, case.name = after, after.name
        if ended:
            self._end(case, Standing.DECIDED)
        elif holds and not waited:
            self._stand(case, Standing.WAITING)
        elif decision is not None and not waited:
            self._stand(case, Standing.DECIDED)
        return ended

    def delete(self, deal_id: int) -> None:
        """Take note of a deal that was deleted here."""
        case = self._cases.get(deal_id)
        if case is not None and not _is_deleted(case):
            case.decisions.append(Decision(DecisionKind.DELETED))
            case.before.append(case.deal)
            self._end(case, Standing.DECIDED)

    def take_back(self, after: Deal) -> bool:
        """Take note of a deal after an undo. A case that holds again is looked at again; whether one does."""
        case = self._cases.get(after.id)
        if case is None:
            self._meet(after)
            return False
        again = case.is_settled and self.holds(case, after)
        if case.decisions and (after == case.before[-1] or again):
            case.decisions.pop()
            case.before.pop()
        case.deal, case.name = after, after.name
        if not again:
            return False
        self._stand(case, Standing.WAITING)
        if self._trail and self._trail[-1] == case.id:
            self._trail.pop()
        self.current = case
        return True

    def holds(self, case: Case, deal: Deal) -> bool:
        """Whether a deal, as it is now, still needs what its part of the review is about."""
        if deal.pipeline_id != self.pipeline.id:
            return False
        if case.part is Part.STUCK:
            return bool(deal.stuck)
        return bool(deal.stuck) or deal.no_next_step

    def refresh(self, listed: Listed) -> tuple[Case, ...]:
        """Take over the morning's list as it is now. Gives the cases that are off it without a decision made here."""
        found = {Part.STUCK: listed.stuck, Part.NO_NEXT_STEP: listed.no_next_step}
        part_of = {deal.id: part for part, deals in found.items() for deal in deals}
        gone = tuple(
            case
            for case in self._cases.values()
            if not case.is_settled and not _belongs(case, part_of.get(case.id))
        )
        for case in gone:
            self._end(case, Standing.ELSEWHERE)
        for part, deals in found.items():
            for deal in deals:
                self._join(deal, part)
        return gone

    def take_up(self, cases: Sequence[Case], at: int | None) -> None:
        """Go on where an earlier look of the same morning ended, with its `cases` that were decided, skipped or begun,
        and the deal it was `at`.

        What was decided then and needs a decision again (it was undone) waits; what was left then and is off the list
        now was decided elsewhere.
        """
        for case in reversed(cases):
            self._take_up(case)
        self.current = None
        self._go_on()
        case_at = self._cases.get(at) if at is not None else None
        if case_at is not None and case_at.standing is Standing.WAITING:
            self.current = case_at

    def _take_up(self, case: Case) -> None:
        known = self._cases.get(case.id)
        decided = case.standing is Standing.DECIDED
        if known is None or (decided and known.part is not case.part and case.part is Part.STUCK):
            if known is not None:
                self._remove(known)
            elif not decided:
                case.standing = Standing.ELSEWHERE
            self._put(case, 0)
        elif not case.is_settled:
            known.decisions, known.before = case.decisions, case.before
            self._stand(known, case.standing)

    def _meet(self, deal: Deal) -> None:
        """A deal that was changed here and was not on the list: it joins if it is now."""
        if deal.pipeline_id == self.pipeline.id and (deal.stuck or deal.no_next_step):
            self._join(deal, Part.STUCK if deal.stuck else Part.NO_NEXT_STEP)
            self.seen(deal)

    def _join(self, deal: Named, part: Part) -> None:
        """Take in a deal of the list: at the end of its part if it is new there or was done with before."""
        stake = at_stake(deal, self.pipeline.currency, self._rates)
        case = self._cases.get(deal.id)
        if case is not None:
            case.name = deal.name
            if case.stake != stake:
                self._sums[case.part].count(case, -1)
                case.stake = stake
                self._sums[case.part].count(case)
            if case.part is Part.STUCK and part is Part.NO_NEXT_STEP:
                return  # its decision took it here, and it is not asked for another one
            if not case.is_settled and case.part is part:
                return
            if case.is_settled:  # what was decided of it does not stand any more
                case.decisions.clear()
                case.before.clear()
            self._remove(case)
            case.part, case.standing = part, Standing.WAITING
        else:
            case = Case(deal.id, deal.name, part, stake)
        self._put(case, len(self._parts[part]))

    def _put(self, case: Case, place: int) -> None:
        self._cases[case.id] = case
        self._parts[case.part].insert(place, case)
        self._sums[case.part].count(case)

    def _remove(self, case: Case) -> None:
        self._parts[case.part].remove(case)
        self._sums[case.part].count(case, -1)

    def _stand(self, case: Case, standing: Standing) -> None:
        self._sums[case.part].count(case, -1)
        case.standing = standing
        self._sums[case.part].count(case)

    def _end(self, case: Case, standing: Standing) -> None:
        self._stand(case, standing)
        if case is self.current:
            self._go_on()


def _belongs(case: Case, part: Part | None) -> bool:
    """Whether a case that is listed in `part` still is what it was, or worse."""
    return part is not None and (part is case.part or part is Part.STUCK)


def _is_deleted(case: Case) -> bool:
    return bool(case.decisions) and case.decisions[-1].kind is DecisionKind.DELETED
