"""One card: three lines that say name, amount and days, next step.

Names and titles are cut with `…`; amounts, days and dates never are: where they do not fit side by side the amount
takes its compact form, and then the date goes down to the third line.
"""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from rich.segment import Segment

from store import Deal, Outcome, clean_line, short_date
from tui import format as fmt
from tui.widgets.cells import Word, cell_len, cells, cut, row
from tui.widgets.line_widget import Look

BAR: Final = "▌"
STUCK_SIGN: Final = "!"
SELECTED_SIGN: Final = "✓"
SNOOZED_SIGN: Final = "zzz"

_INDENT: Final = 2
_MARGIN: Final = 1


class CardState(NamedTuple):
    """What a card shows beyond its deal."""

    cursor: bool = False
    selected: bool = False


def card_lines(
    deal: Deal, width: int, state: CardState, today: date, look: Look
) -> tuple[list[Segment], ...]:
    """The three lines of a card, each exactly `width` cells."""
    ground = "cursor" if state.cursor else "card"
    pen = _Pen(deal, width, ground, state.selected, today, look)
    second, moved_down = pen.second()
    return (pen.first(), second, pen.third(moved_down))


class _Pen:
    """Draws the lines of one card on its ground."""

    def __init__(self, deal: Deal, width: int, ground: str, selected: bool, today: date, look: Look) -> None:
        self.deal, self.width, self.ground, self.selected, self.today = deal, width, ground, selected, today
        self._look = look
        self.room = max(0, width - _INDENT - _MARGIN)
        self.left = self.word(BAR + " ", "stuck" if deal.stuck else "accent")
        if not (deal.stuck or selected) or self.left[1].reverse:
            # On a reversed ground a bar would be a gap; the sign at the right is there still.
            self.left = self.word("  ", "text")

    def word(self, text: str, ink: str) -> Word:
        return (text, self._look(ink, self.ground))

    def line(self, left: list[Word], right: list[Word]) -> list[Segment]:
        # The room at the right end takes the look of the last word: one escape sequence less.
        ends = right or left
        if ends:
            text, style = ends[-1]
            if right or cell_len(text) + _INDENT < self.width:
                ends[-1] = (text + " " * _MARGIN, style)
        return row(self.width, [self.left, *left], right, self._look("text", self.ground))

    def first(self) -> list[Segment]:
        """The name; at its right the signs."""
        signs: list[Word] = []
        if self.selected:
            signs.append(self.word(SELECTED_SIGN + (" " if self.deal.stuck else ""), "place"))
        if self.deal.stuck:
            signs.append(self.word(STUCK_SIGN, "alarm"))
        elif fmt.snoozed(self.deal, self.today) and not self.selected:
            signs.append(self.word(SNOOZED_SIGN, "dim"))
        room = self.room - (cells(signs) + 1 if signs else 0)
        return self.line([self.word(cut(clean_line(self.deal.name), room), "name")], signs)

    def second(self) -> tuple[list[Segment], Word | None]:
        """The amount, and at its right the age or the closing day; that one is given back where it has no room."""
        when = self._when()
        room = self.room - (cell_len(when[0]) + 1 if when[0] else 0)
        ink = "dim" if self.deal.amount is None else "money"
        text = fmt.amount(self.deal, room)
        if cell_len(text) <= room:
            return self.line([self.word(text, ink)], [when]), None
        return self.line([self.word(cut(fmt.amount(self.deal, self.room), self.room), ink)], []), when

    def _when(self) -> Word:
        deal = self.deal
        if deal.outcome is Outcome.OPEN:
            return self.word(fmt.days(deal.days_in_stage), "stuck" if deal.stuck else "dim")
        return self.word(short_date(deal.closed_on, self.today) if deal.closed_on else "", "dim")

    def third(self, right: Word | None) -> list[Segment]:
        """What comes next; of a closed deal whom it was with, or why it was lost."""
        ends = [right] if right else []
        room = self.room - (cell_len(right[0]) + 1 if right else 0)
        deal = self.deal
        if deal.outcome is not Outcome.OPEN:
            text = deal.lost_reason if deal.outcome is Outcome.LOST else _with_whom(deal)
            return self.line([self.word(cut(clean_line(text or ""), room), "dim")], ends)
        return self.line(self._step(room), ends)

    def _step(self, room: int) -> list[Word]:
        deal, step = self.deal, self.deal.next_step
        if step is None:
            if deal.snoozed_until is not None and fmt.snoozed(deal, self.today):
                return [self.word(f"until {short_date(deal.snoozed_until, self.today)}", "dim")]
            nudged = deal.no_next_step or bool(deal.stuck)
            return [self.word(cut(fmt.NO_NEXT_STEP, room), "missing" if nudged else "dim")]
        title = "→ " + clean_line(step.title)
        if step.due_on is None:
            return [self.word(cut(title, room), "dim")]
        due = fmt.due(step.due_on, step.due_at, self.today)
        if step.due_on != self.today and cell_len(title) + 2 + cell_len(due) > room:
            due = short_date(step.due_on, self.today)  # the time of another day gives way to words
        ink = "stuck" if step.due_on < self.today else "dim"
        left = room - cell_len(due)
        text = title + "  " if cell_len(title) + 2 <= left else cut(title, left - 1) + " "
        return [self.word(text + due, ink)] if ink == "dim" else [self.word(text, "dim"), self.word(due, ink)]


def _with_whom(deal: Deal) -> str | None:
    """The company; where the name says it already, where the deal came from."""
    said = deal.company and clean_line(deal.name).casefold().startswith(clean_line(deal.company).casefold())
    return deal.source if said or not deal.company else deal.company
