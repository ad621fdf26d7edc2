"""The page of one deal as lines: what each says, and which of them the cursor goes to.

All of it is made from a `DealPage` and a width; nothing here knows a screen or draws.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Final, Literal

from store import (
    Contact,
    DealPage,
    Outcome,
    Pushes,
    RelatedDeal,
    Role,
    Stage,
    Stance,
    Task,
    TouchKind,
    describe_date,
    due_words,
    format_amount,
    pushes,
    short_date,
    when_words,
)
from tui import format as fmt
from tui.widgets.row_line import Line, Piece, heading
from tui.widgets.row_list import Row
from tui.widgets.wrapping import wrapped

LABEL: Final = 13
"""Cells for the words at the left."""

_ROOMY: Final = 80
"""Cells of a line from which days are told in full."""

NONE: Final = "none"
"""What a field without a value says."""

Kind = Literal[
    "step", "task", "field", "stage", "snooze", "person", "nobody", "item", "notes", "related", "touch"
]


@dataclass(frozen=True, slots=True)
class Spot:
    """What the cursor may be on: a field by its name; a task, person, item of the checklist, related deal or touch by
    id."""

    kind: Kind
    ref: int | str = ""


class DealRows:
    """The lines of a page as of `today`, for lines of `room` cells; `roomy` puts a blank line between its parts."""

    def __init__(self, page: DealPage, today: date, room: int, *, roomy: bool = True) -> None:
        self.page = page
        self.deal = page.deal
        self.today = today
        self.room = room
        self.roomy = roomy
        self.open = page.deal.outcome is Outcome.OPEN
        self.stage: Stage | None = next(
            (stage for stage in page.pipeline.stages if stage.id == page.deal.stage_id), None
        )

    def rows(self) -> Iterator[Row]:
        """Everything but the timeline."""
        parts = (self._plan(), self._people(), self._asked(), self._facts(), self._notes(), self._related())
        first = True
        for part in parts:
            made = tuple(part)
            if made and not first and self.roomy:
                yield Row()
            first = first and not made
            yield from made

    # What is to come

    def _plan(self) -> Iterator[Row]:
        yield from self._tasks()
        if fmt.snoozed(self.deal, self.today) and self.deal.snoozed_until:
            yield self._row(
                Spot("snooze"), "snoozed", Piece(f"until {self._day(self.deal.snoozed_until)}", "text")
            )
        yield self._close_date()
        amount = self.deal.amount
        if amount is None:
            yield self._row(Spot("field", "amount"), "amount", Piece("unknown", "missing"))
        else:
            yield self._row(
                Spot("field", "amount"), "amount", Piece(format_amount(amount, self.deal.currency), "money")
            )
        own = self.deal.own_probability is not None
        whose = "its own until it moves" if own else "as its stage"
        yield self._row(
            Spot("field", "probability"),
            "probability",
            Piece(f"{self.deal.probability} %", "text"),
            Piece(f"  {whose}", "dim", cut=True),
        )
        yield self._row(
            Spot("stage"), "stage", Piece(self.deal.stage, "text", cut=True), Piece(self._stay(), "dim")
        )

    def _stay(self) -> str:
        everything = self.deal.days_in_stage_all
        in_all = f", {fmt.counted(everything, 'day')} in all" if everything != self.deal.days_in_stage else ""
        return f"  {fmt.stay(self.deal)}{in_all}"

    def _tasks(self) -> Iterator[Row]:
        tasks = [task for task in self.page.tasks if task.done_at is None]
        if not tasks and self.open:
            yield self._row(Spot("step"), "next step", Piece(NONE, "missing"))
        for place, task in enumerate(tasks):
            yield self._row(Spot("task", task.id), "" if place else "next step", *self._task(task))

    def _task(self, task: Task) -> Iterable[Piece]:
        yield Piece(task.title, "name", cut=True)
        late = task.due_on is not None and task.due_on < self.today
        due = self._due(task.due_on, "overdue" if late else "", task.due_at) if task.due_on else "no day"
        again = when_words(None, task.repeat_days)
        yield Piece("  " + " · ".join(filter(None, (due, again))), "stuck" if late else "dim")

    def _due(self, day: date, late: str, at: time | None = None) -> str:
        """A day that something is due, so short where the line is that there is room beside it; `late` says that it is
        past."""
        if self.room >= _ROOMY:
            return due_words(day, at, self.today)
        return ", ".join(filter(None, (fmt.due(day, at, self.today), late)))

    def _close_date(self) -> Row:
        close = self.deal.close_date
        said = Piece(NONE, "missing" if self.open else "faint")
        if close is not None:
            late = self.open and close < self.today
            said = Piece(self._due(close, "passed" if late else ""), "stuck" if late else "text")
        room = self.room - LABEL - len(said.text) - 2
        pushed = pushed_words(pushes(self.page.changes), self.today, room)
        return self._row(
            Spot("field", "close_date"), "close date", said, Piece(f"  {pushed}" if pushed else "", "dim")
        )

    # Who and what the stage wants

    def _people(self) -> Iterator[Row]:
        if not self.page.people:
            yield self._row(Spot("nobody"), "people", Piece("nobody yet", "faint"))
        for place, person in enumerate(self.page.people):
            yield self._row(Spot("person", person.id), "" if place else "people", *self._person(person))

    def _person(self, person: Contact) -> Iterable[Piece]:
        yield Piece(person.name, "name", cut=True)
        for word in (person.role, person.stance):
            if word is not None:
                against = word in (Role.BLOCKS, Stance.AGAINST)
                yield Piece(f"  {word.value}", "missing" if against else "text")
        company = person.company if person.company != self.deal.company else None
        reach = " · ".join(filter(None, (company, person.email, person.phone)))
        yield Piece(f"  {reach}" if reach else "", "dim", cut=True)

    def _asked(self) -> Iterator[Row]:
        if self.stage is None:
            return
        if self.stage.criterion:
            yield from self._texts(None, "stage asks", self.stage.criterion)
        for place, item in enumerate(self.page.checklist):
            ticked = item.id in self.page.ticked
            sign = Piece("✓ ", "won") if ticked else Piece("○ ", "dim")
            wanted = "  required" if item.required and not ticked else ""
            yield self._row(
                Spot("item", item.id),
                "" if place else "checklist",
                sign,
                Piece(item.title, "dim" if ticked else "text", cut=True),
                Piece(wanted, "missing"),
            )

    # The other fields

    def _facts(self) -> Iterator[Row]:
        deal = self.deal
        yield from self._field("name", "name", deal.name)
        yield from self._field("company", "company", deal.company)
        yield from self._field("source", "source", deal.source)
        yield from self._field("tags", "tags", " ".join(f"#{tag}" for tag in deal.tags))
        properties = "\n".join(f"{name}: {value}" for name, value in deal.properties.items())
        yield from self._field("properties", "properties", properties)
        if deal.external_id:
            yield from self._texts(None, "external id", deal.external_id)
        if deal.closed_on:
            yield from self._texts(None, "closed", self._day(deal.closed_on))
        if deal.outcome is Outcome.LOST:
            why = " · ".join(filter(None, (deal.lost_reason, self.page.lost_note)))
            yield from self._texts(None, "lost because", why)
        yield from self._texts(None, "created", self._day(deal.created_on))

    def _field(self, name: str, label: str, value: str | None) -> Iterator[Row]:
        if value:
            yield from self._texts(Spot("field", name), label, value)
        else:
            yield self._row(Spot("field", name), label, Piece(NONE, "faint"))

    def _notes(self) -> Iterator[Row]:
        if not self.page.notes:
            # A note that was written with its day is not here; who looks for it is to find it.
            dated = sum(touch.kind is TouchKind.NOTE for touch in self.page.touches)
            said = Piece(f"{dated:,} in the timeline", "dim") if dated else Piece(NONE, "faint")
            yield self._row(Spot("notes"), "notes", said)
            return
        yield Row(Spot("notes"), heading("notes"))
        for line in wrapped(self.page.notes, self.room):
            yield Row(None, Line((Piece(line),)))

    def _related(self) -> Iterator[Row]:
        others, company = self.page.related, self.deal.company or ""
        if others or self.page.company_notes:
            yield Row(None, heading(f"other deals of {company}" if others else company, len(others) or None))
        for other in others:
            yield Row(Spot("related", other.id), self._other(other))
        for line in wrapped(self.page.company_notes, self.room):
            yield Row(None, Line((Piece(line, "dim"),)))

    def _other(self, other: RelatedDeal) -> Line:
        where = other.stage
        if other.closed_on is not None:
            where = f"{other.outcome.value} {short_date(other.closed_on, self.today)}"
        amount = fmt.NO_AMOUNT if other.amount is None else format_amount(other.amount, other.currency)
        return Line(
            (Piece(other.name, "name", cut=True), Piece(f"  {where}", "dim", cut=True)),
            (Piece(amount, "dim" if other.amount is None else "money"),),
        )

    # How lines are made

    def _row(self, spot: Spot | None, label: str, *pieces: Piece) -> Row:
        return Row(spot, Line((Piece(label, "dim", cut=True, width=LABEL), *pieces)))

    def _texts(self, spot: Spot | None, label: str, text: str) -> Iterator[Row]:
        """A text of any length, wrapped beside its label."""
        for place, line in enumerate(wrapped(text, self.room - LABEL)):
            yield self._row(spot, "" if place else label, Piece(line, "text"))

    def _day(self, day: date) -> str:
        return describe_date(day, self.today)


def pushed_words(pushed: Pushes, today: date, room: int) -> str:
    """How often a close date was pushed, and the dates it had: "pushed twice: 15 Oct, 31 Oct"; empty for never.

    Of the dates as many of the last ones as go into `room` cells.
    """
    if not pushed.times:
        return ""
    often = "pushed " + {1: "once", 2: "twice"}.get(pushed.times, f"{pushed.times} times")
    days = [short_date(day, today) for day in pushed.dates]
    for left_out in range(len(days)):
        words = f"{often}: {'… ' if left_out else ''}{', '.join(days[left_out:])}"
        if len(words) <= room:
            return words
    return often
