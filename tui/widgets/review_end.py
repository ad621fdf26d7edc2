"""The end of the review: what was decided, what became of the money, what was skipped; and a day on which nothing is
stuck, with the next day on which something will be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from store import (
    Case,
    Decision,
    DecisionKind,
    NextStuck,
    Part,
    Review,
    Standing,
    describe_date,
    long_day,
)
from tui import format as fmt
from tui.widgets.cells import cell_len
from tui.widgets.review_page import LABEL, PageLine
from tui.widgets.row_line import BLANK, Line, Piece, heading

_NAME: Final = 12
"""Cells for the name of a deal at least."""

_SAID: Final = 44
"""Cells that are enough for what is said of a deal."""

_ROOMY: Final = 70
"""Cells from which there is room for the reason of the next one."""

_COUNTED: Final = {
    DecisionKind.NEXT_STEP: ("next step", "next steps"),
    DecisionKind.TOUCH: ("touch", "touches"),
    DecisionKind.CLOSE_DATE: ("close date", "close dates"),
}
"""What several decisions of a kind are called where the kind itself has a plural."""


@dataclass(frozen=True)
class EndPage:
    """The page after the last deal. `upcoming` is the next day on which something is stuck: `None` while that is not
    known yet, `()` when there is none."""

    review: Review
    today: date
    upcoming: NextStuck | tuple[()] | None = None

    def lines(self, width: int, height: int) -> Sequence[PageLine]:
        """The lines that fit: first the sums, then of each list as much as there is room for."""
        head = [PageLine(line) for line in self._head(width)]
        lists = [part for part in self._lists(width) if len(part) > 1]
        if height > len(head) + sum(map(len, lists)) + len(lists):
            head.insert(0, PageLine())
        room = height - len(head) - len(lists)
        return [*head, *(PageLine(line) for part in _shrunk(lists, room) for line in (BLANK, *part))]

    # The sums

    def _head(self, width: int) -> Iterator[Line]:
        review = self.review
        left = [*review.standing(Standing.WAITING), *review.standing(Standing.SKIPPED)]
        stuck = sum(case.part is Part.STUCK for case in left)
        freed = fmt.expected(review.freed, review.pipeline.currency)
        money = (Piece(freed, "total"), Piece(" no longer stuck", "dim")) if review.freed else ()
        if stuck:
            is_ = "is" if stuck == 1 else "are"
            yield Line((Piece(f"{stuck:,} {is_} still stuck", "alarm"),), money)
        else:
            yield Line((Piece("✓ ", "won"), Piece("nothing is stuck", "name")), money)
        if counts := self._counts():
            yield Line((Piece(counts, "dim", cut=True),))
        yield from self._next(stuck, width)

    def _counts(self) -> str:
        """`5 next steps · 2 moved · 1 won`."""
        counted = Counter(decision.kind for case in self.review.decided for decision in case.decisions)
        words = []
        for kind in DecisionKind:
            if number := counted[kind]:
                one, many = _COUNTED.get(kind, (kind.value, kind.value))
                words.append(f"{number:,} {one if number == 1 else many}")
        return " · ".join(words)

    def _next(self, stuck: int, width: int) -> Iterator[Line]:
        if stuck or self.upcoming is None:
            return
        if not self.upcoming:
            yield Line((Piece("as things are, nothing will be", "dim", cut=True),))
            return
        soon = self.upcoming
        others = f" · {soon.count - 1:,} more" if soon.count > 1 else ""
        yield Line(
            (
                Piece("the next will be on " if width > _ROOMY else "next: ", "dim"),
                Piece(describe_date(soon.on, self.today) if width > _ROOMY else long_day(soon.on), "name"),
                Piece(": " if width > _ROOMY else ", ", "dim"),
                Piece(soon.deal.name, "text", cut=True),
                Piece(f", {fmt.reason(soon.reasons[0])}" if width > _ROOMY else "", "dim"),
                Piece(others, "dim"),
            )
        )

    # The lists

    def _lists(self, width: int) -> Iterator[list[Line]]:
        review = self.review
        decided = review.decided
        yield [heading("decided", len(decided)), *self._decisions(decided, width)]
        skipped = review.standing(Standing.SKIPPED)
        yield [heading("skipped", len(skipped), ink="nudge"), *self._all_left(skipped, width)]
        new = review.standing(Standing.WAITING)
        yield [heading("new on the list", len(new), ink="alarm"), *self._all_left(new, width)]
        elsewhere = review.standing(Standing.ELSEWHERE)
        names = [Line((Piece(case.name, cut=True),)) for case in elsewhere]
        yield [heading("decided elsewhere", len(elsewhere)), *names]

    def _decisions(self, cases: Sequence[Case], width: int) -> Iterator[Line]:
        """By kind; the word for it stands before the first."""
        room = _room_of_names(cases, width)
        made = [(decision, case) for case in cases for decision in case.decisions]
        for kind in DecisionKind:
            label = kind.value
            for decision, case in made:
                if decision.kind is kind:
                    yield self._decision(label, decision, case, room)
                    label = ""

    def _decision(self, label: str, decision: Decision, case: Case, room: int) -> Line:
        day = fmt.decision_day(decision, self.today)
        return Line(
            (
                Piece(label, "dim", width=LABEL),
                Piece(case.name, "name", cut=True, width=room),
                Piece(f"  {decision.words}" if decision.words else "", "dim", cut=True),
                Piece(f" · {day}" if day and decision.words else f"  {day}" if day else "", "dim"),
            ),
            (Piece(self._money(case), "money"),) if decision is case.decisions[-1] else (),
        )

    def _all_left(self, cases: Sequence[Case], width: int) -> Iterator[Line]:
        room = _room_of_names(cases, width)
        return (self._left(case, room) for case in cases)

    def _left(self, case: Case, room: int) -> Line:
        why = fmt.headline(case.deal) if case.deal is not None else ""
        return Line(
            (
                Piece(case.name, "name", cut=True, width=room),
                Piece(f"  {why or case.part.value}", "dim"),
            ),
            (Piece(self._money(case), "money"),),
        )

    def _money(self, case: Case) -> str:
        return "" if case.stake is None else fmt.expected(case.stake, self.review.pipeline.currency)


def _room_of_names(cases: Sequence[Case], width: int) -> int:
    """As many cells as the longest name needs, if enough is left for what is said of the deals, or half of the line."""
    longest, room = max((cell_len(case.name) for case in cases), default=0), width - LABEL
    return max(_NAME, min(longest, max(room // 2, room - _SAID)))


def _shrunk(lists: Sequence[list[Line]], room: int) -> list[list[Line]]:
    """The lists, the longest ones cut so that all fit; what is left out is counted in a last line."""
    sizes = [len(lines) for lines in lists]
    while sum(sizes) > room and max(sizes, default=0) > 2:
        sizes[sizes.index(max(sizes))] -= 1
    made = []
    for lines, size in zip(lists, sizes, strict=True):
        if size < len(lines):
            more = Line((Piece(f"and {len(lines) - size + 1:,} more", "dim"),))
            made.append([*lines[: size - 1], more])
        else:
            made.append(lines)
    return made
