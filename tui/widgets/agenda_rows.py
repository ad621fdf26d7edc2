"""Today's tasks as rows of a list: blocks by when they are due, columns as wide as the terminal has room for."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from store import Agenda, DueTask, Outcome, long_day, repeat_words, short_date, time_text
from tui import format as fmt
from tui.widgets.cells import cell_len
from tui.widgets.row_line import Line, Piece, heading, text_line
from tui.widgets.row_list import Row

LATER: Final = "later"
UNDATED: Final = "undated"
"""The keys of the headings that show or fold their tasks; a task's key is its id."""

NOTHING_DUE: Final = "✓ nothing is due this week"
NO_TASKS: Final = "There is no task yet. On a deal, t adds its next step."

_GAP: Final = 2
_WEEK: Final = 7
_MONEY_FROM: Final = 76
_STAGE_FROM: Final = 96
"""Cells from which a line has a column for the amount, and for the stage."""


def agenda_rows(
    agenda: Agenda, room: int, open_blocks: frozenset[str], *, airy: bool = True
) -> tuple[Row, ...]:
    """The rows of an agenda in lines of `room` cells; `open_blocks` are those of `LATER` and `UNDATED` that show their
    tasks. With `airy` headings stand apart from what they head.
    """
    shown: list[tuple[Hashable, str, str, int, Sequence[DueTask]]] = [
        (None, "overdue", "alarm", len(agenda.overdue), agenda.overdue),
        (None, "today", "place", len(agenda.due_today), agenda.due_today),
        (None, "this week", "heading", len(agenda.this_week), agenda.this_week),
        (LATER, "later", "heading", agenda.later_count, agenda.later if LATER in open_blocks else ()),
        (
            UNDATED,
            "no day",
            "heading",
            agenda.undated_count,
            agenda.undated if UNDATED in open_blocks else (),
        ),
    ]
    if not any(count for _, _, _, count, _ in shown):
        return (Row(), Row(line=text_line(NO_TASKS)))
    pen = _Pen(agenda, [each for *_, tasks in shown for each in tasks], room)
    rows: list[Row] = []
    if not (agenda.due_count or agenda.this_week):
        rows += [Row(), Row(line=text_line(NOTHING_DUE, "won"))]
    for key, name, ink, count, tasks in shown:
        if count:
            folds = "" if key is None else "⏎ folds" if key in open_blocks else "⏎ shows"
            rows += [Row(), Row(key, heading(name, count, folds, ink)), *([Row()] if tasks and airy else [])]
            rows += pen.rows(tasks)
    return tuple(rows)


class _Words(NamedTuple):
    """What stands in the columns of one task besides its title and its deal."""

    when: str
    where: str
    money: str


class _Pen:
    """Draws tasks with all columns where they are on every line."""

    def __init__(self, agenda: Agenda, tasks: Sequence[DueTask], room: int) -> None:
        self.today = agenda.today
        several = len({each.pipeline_id for each in tasks}) > 1
        self.words = {
            each.task.id: _Words(self._when(each), _where(each, several), _money(each)) for each in tasks
        }
        words = self.words.values()
        self.when = max((len(each.when) for each in words), default=0) + _GAP
        self.money = self._widest(each.money for each in words) if room >= _MONEY_FROM else 0
        self.stage = min(24, self._widest(each.where for each in words)) if room >= _STAGE_FROM else 0
        left = max(0, room - self.when - self.money - self.stage)
        self.deal = min(left * 2 // 5, max((cell_len(each.deal) for each in tasks), default=0) + _GAP)
        self.title = left - self.deal

    def _widest(self, texts: Iterable[str]) -> int:
        widest = max(map(cell_len, texts), default=0)
        return widest + _GAP if widest else 0

    def rows(self, tasks: Iterable[DueTask]) -> Iterator[Row]:
        """A row for each task."""
        for each in tasks:
            yield Row(each.task.id, self._line(each))

    def _line(self, each: DueTask) -> Line:
        task, words = each.task, self.words[each.task.id]
        late = task.due_on is not None and task.due_on < self.today
        again = f" · {repeat_words(task.repeat_days)}" if task.repeat_days else ""
        pieces = [
            Piece(words.when, "stuck" if late else "dim", width=self.when),
            # The repetition is a part of the words: it gives way with them.
            Piece(task.title + again, "text", cut=True, width=max(0, self.title - _GAP)),
            Piece(" " * _GAP),
            Piece(each.deal, "dim", cut=True, width=max(0, self.deal - _GAP)),
            Piece(" " * _GAP),
        ]
        if self.stage:
            pieces.append(Piece(words.where, "dim", cut=True, width=self.stage))
        right = (Piece(words.money, "money", width=self.money, right=True),) if self.money else ()
        return Line(tuple(pieces), right)

    def _when(self, each: DueTask) -> str:
        task = each.task
        if task.due_on is None:
            return ""
        at = time_text(task.due_at) if task.due_at else ""
        if task.due_on == self.today:
            return at
        weekday, _, day = long_day(task.due_on).partition(" ")
        away = (task.due_on - self.today).days
        if 0 < away < _WEEK:
            day = weekday
        elif task.due_on.year != self.today.year:
            day = short_date(task.due_on, self.today)
        return " ".join(filter(None, (day, at)))


def _where(each: DueTask, several: bool) -> str:
    """The stage of the task's deal, with its pipeline where there are several."""
    stage = each.stage if each.outcome is Outcome.OPEN else f"{each.stage} ({each.outcome})"
    return f"{each.pipeline} ▸ {stage}" if several else stage


def _money(each: DueTask) -> str:
    return "" if each.amount is None else fmt.money(each.amount, each.currency)
