"""What stands above and below the page of the review: how far it is, what was done, and the keys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from rich.segment import Segment
from textual.reactive import reactive
from textual.strip import Strip

from store import long_day
from tui.widgets.board_layout import outer_margin
from tui.widgets.cells import Word, cell_len, row, spaced
from tui.widgets.fitting import Forms, fitted
from tui.widgets.key_hints import KeyHints
from tui.widgets.line_widget import LineWidget
from tui.widgets.review_page import WIDEST

TITLE: Final = "Morning review"

DONE: Final = "━"
LEFT: Final = "─"

_GAP: Final = 3

_TITLE, _PLACE, _STAKE, _DAY = range(4)
_SHORTENED: Final = (_STAKE, _TITLE, _DAY, _STAKE, _PLACE, _DAY)


@dataclass(frozen=True, slots=True)
class HeadFacts:
    """All that the head shows: `place` are words such as "1 of 2", `stake` the money, `progress` a share of 0–1."""

    place: str = ""
    stake: str = ""
    stake_is: str = ""
    progress: float = 0
    today: date = date.min
    another_day: bool = False
    """Whether `today` is not the day of the clock (`--today`)."""


class ReviewHead(LineWidget):
    """The first line, and a rule below it that grows from its title to the whole width as the review goes on."""

    DEFAULT_CSS = """
    ReviewHead { height: 2; }
    """

    facts: reactive[HeadFacts] = reactive(HeadFacts())

    def render_line(self, y: int) -> Strip:
        """Draw the words or the rule."""
        margin, room = _measure(self.size.width)
        left, right = self._words(room) if y == 0 else (self._rule(room), [])
        return _line(self, margin, room, left, right)

    def _words(self, room: int) -> tuple[list[Word], list[Word]]:
        groups = fitted(self._forms(), _SHORTENED, room - 1, _GAP)
        return spaced(groups[:_DAY], _GAP), list(groups[_DAY])

    def _forms(self) -> list[Forms]:
        facts, look = self.facts, self.look
        money: Word = (f"{facts.stake} ", look("total"))
        is_: Word = (facts.stake_is, look("dim"))
        return [
            [[(TITLE, look("place"))], [("Review", look("place"))]],
            [[(facts.place, look("name"))] if facts.place else []],
            [[money, is_], [money], []] if facts.stake else [[]],
            self._day(),
        ]

    def _day(self) -> Forms:
        facts = self.facts
        if facts.today == date.min:
            return [[]]
        day = long_day(facts.today)
        if facts.another_day:
            ink = self.look("missing")
            return [[(f"as of {day} {facts.today.year}", ink)], [(f"as of {day}", ink)]]
        return [[(day, self.look("dim"))], []]

    def _rule(self, room: int) -> list[Word]:
        begun = min(cell_len(TITLE), room)
        done = begun + round((room - begun) * self.facts.progress)
        return [(DONE * done, self.look("accent")), (LEFT * (room - done), self.look("line"))]


class ReviewKeys(KeyHints):
    """A rule that says what was just done, and the keys below it, which stay in view meanwhile: in two lines where one
    cannot hold those of every decision."""

    DEFAULT_CSS = """
    ReviewKeys { height: 2; }
    """

    KEY_LINES = 2

    def height_in(self, width: int) -> int:
        """The rule, or what is told, above the keys."""
        return max(1, len(self.lines_told(width))) + len(self.lines_of_keys(width))

    def room(self, width: int) -> int:
        """The cells of a line between the ends of the rule."""
        return max(0, _measure(width)[1] - 7)

    def render_line(self, y: int) -> Strip:
        """Draw the rule, what else is told, or the keys."""
        width, height = self.size
        above = height - len(self.lines_of_keys(width))
        if y >= above:
            return self.keys(y - above, width)
        margin, room = _measure(width)
        return _line(self, margin, room, self._told(y, room), [])

    def _told(self, y: int, room: int) -> list[Word]:
        told = self.lines_told(self.size.width)
        if y >= len(told):
            return [(LEFT * room, self.look("line"))]
        if y:
            return [("     " + told[y], self.look("text"))]
        rule = max(0, room - cell_len(told[0]) - 6)
        return [
            (LEFT * 2 + " ", self.look("line")),
            self.sign,
            (told[0] + " ", self.look("text")),
            (LEFT * rule, self.look("line")),
        ]


def _measure(width: int) -> tuple[int, int]:
    """The margin of a page, and the cells between its margins."""
    margin = outer_margin(width)
    return margin, min(width, WIDEST) - 2 * margin


def _line(widget: LineWidget, margin: int, room: int, left: list[Word], right: list[Word]) -> Strip:
    blank = widget.look("text")
    segments = [Segment(" " * margin, blank), *row(room, left, right, blank)]
    return Strip(segments, margin + room).extend_cell_length(widget.size.width, blank)
