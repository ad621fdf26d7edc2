"""The first line: which pipeline, what it holds and is worth, what filters and sorts it, and which day it is."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from rich.segment import Segment
from textual.reactive import reactive

from store import Sort, StuckList, Totals, clean_line, long_day
from tui import format as fmt
from tui.widgets.board_layout import outer_margin
from tui.widgets.board_state import BoardState
from tui.widgets.cells import Word, cells, cut, row, spaced
from tui.widgets.fitting import Forms, fitted
from tui.widgets.line_widget import OneLine

_NOTHING: Final = Totals()
_GAP: Final = 2
_LONGEST_FILTER: Final = 30

_NAME, _FILTER, _SELECTED, _SORT, _COUNT, _PIPELINE, _WEIGHTED, _STUCK, _DUE, _DAY = range(10)

_SHORTENED: Final = (
    *(_PIPELINE, _WEIGHTED, _COUNT, _PIPELINE, _FILTER, _SORT, _DUE, _SELECTED),
    *(_WEIGHTED, _DAY, _NAME, _COUNT, _FILTER, _NAME, _WEIGHTED, _DAY, _STUCK, _SORT),
)
"""What says less first: the line keeps the pipeline, the weighted sum, the stuck ones and the day longest."""


class HeaderFacts(NamedTuple):
    """All that the header shows. `of` is the number of open deals while a filter shows only some of them."""

    name: str = ""
    currency: str = ""
    open: Totals = _NOTHING
    of: int | None = None
    stuck: int = 0
    due: int = 0
    today: date = date.min
    another_day: bool = False
    """Whether `today` is not the day of the clock (`--today`)."""
    filter_text: str = ""
    view: str = ""
    """The name of the saved view that is looked at."""
    sort: Sort = Sort.ORDER
    selected: int = 0


class PipelineHeader(OneLine):
    """The header of the board. Drawn anew only when one of its facts changes."""

    facts: reactive[HeaderFacts] = reactive(HeaderFacts())
    badge: reactive[bool] = reactive(True)
    """Whether the number of stuck deals is said here; not needed while the stuck panel is in view."""

    def show(
        self, state: BoardState, stuck: StuckList, *, due: int = 0, view: str = "", another_day: bool = False
    ) -> None:
        """Show the sums of a board's state, and how many tasks are `due` over all pipelines."""
        if state.pipeline is None:
            return
        self.facts = HeaderFacts(
            name=state.pipeline.name,
            currency=state.pipeline.currency,
            open=state.open,
            of=state.open_all.count if state.filtered else None,
            stuck=len(stuck.stuck) if state.whole else 0,
            due=due,
            today=state.today,
            another_day=another_day,
            filter_text=state.filter_text if state.filtered else "",
            view=view,
            sort=state.sort,
            selected=len(state.selected_shown),
        )

    def segments(self, width: int) -> list[Segment]:
        """The line."""
        margin = outer_margin(width)
        room = width - 2 * margin
        # The words at the right stand apart from the others by one more cell.
        groups = fitted(self._forms(), _SHORTENED, room - 1, 3 if room > 110 else _GAP)
        blank = self.look("text")
        right = spaced(groups[_DUE:], 3 if room > 110 else _GAP)
        left = spaced(groups[:_DUE], 3 if room > 110 else _GAP)
        if (over := cells(left) + cells(right) + 1 - room) > 0 and left:
            name, style = left[0]
            left[0] = (cut(name, max(1, len(name) - over)), style)
        edge = (" " * margin, blank)
        return row(width, [edge, *left], [*right, edge] if right else [], blank)

    def _forms(self) -> list[Forms]:
        facts, look = self.facts, self.look
        name = clean_line(facts.name)

        def words(*texts: str, ink: str) -> Forms:
            return [[(text, look(ink))] if text else [] for text in texts]

        return [
            words(name, cut(name, 20), cut(name, 10), ink="place"),
            self._filter(),
            words(f"✓ {facts.selected} selected", f"✓ {facts.selected}", ink="place")
            if facts.selected
            else [[]],
            words(f"by {facts.sort}", f"by {facts.sort}", "", ink="accent")
            if facts.sort is not Sort.ORDER and not facts.view  # a view says its order by its name
            else [[]],
            self._count(),
            self._sum(fmt.money(facts.open.amount, facts.currency), "pipeline"),
            self._sum(fmt.weighted(facts.open.weighted, facts.currency), "weighted"),
            words(f"{facts.stuck:,} stuck", ink="alarm") if facts.stuck and self.badge else [[]],
            words(f"{facts.due:,} due", "", ink="dim") if facts.due else [[]],
            self._day(),
        ]

    def _filter(self) -> Forms:
        facts = self.facts
        if facts.view:
            name, word = clean_line(facts.view), ("view ", self.look("dim"))
            ink = self.look("accent")
            return [[word, (cut(name, _LONGEST_FILTER), ink)], [(cut(name, 12), ink)], [(cut(name, 6), ink)]]
        if facts.of is None:
            return [[]]
        text, sign = clean_line(facts.filter_text), ("/", self.look("place"))
        return [[sign, (cut(text, room), self.look("accent"))] for room in (_LONGEST_FILTER, 12, 6)]

    def _count(self) -> Forms:
        facts = self.facts
        if facts.of is None:
            return [[(f"{facts.open.count:,} open", self.look("text"))], []]
        return [[(f"{facts.open.count:,} of {facts.of:,} open", self.look("text"))]] * 2 + [
            [(f"{facts.open.count:,}/{facts.of:,}", self.look("text"))]
        ]

    def _sum(self, text: str, word: str) -> Forms:
        money: Word = (text, self.look("total"))
        return [[(text + " ", self.look("total")), (word, self.look("dim"))], [money], []]

    def _day(self) -> Forms:
        facts = self.facts
        if facts.today == date.min:
            return [[]]
        day = long_day(facts.today)
        if facts.another_day:
            ink = self.look("missing")
            return [[(f"as of {day} {facts.today.year}", ink)], [(f"as of {day}", ink)]]
        return [[(day, self.look("dim"))], [(f"{facts.today.day} {day.split()[-1]}", self.look("dim"))]]
