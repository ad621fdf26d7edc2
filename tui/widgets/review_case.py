"""One deal as the review shows it: what it is worth, why it needs a decision, and what one has to know for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from store import (
    Case,
    Contact,
    DealPage,
    Part,
    Reason,
    Similar,
    Stage,
    StuckKind,
    Task,
    describe_date,
    due_words,
    pushes,
    short_date,
    timeline,
)
from tui import format as fmt
from tui.widgets.cells import cell_len
from tui.widgets.review_page import LABEL, PageLine, fitting, flowing, labelled, wrapped
from tui.widgets.row_line import Line, Piece, heading

LATEST: Final = 5
"""Events of the timeline that are shown before the page has room for its blank lines."""

ROOMY: Final = 20
"""Lines from which a page has room for words of more than one line."""

STEPS: Final = 4
"""Tasks that are listed; of more the number is said."""

_SHORT_DAY: Final = 6
"""Cells of a day of this year."""


class Rank:
    """What makes room for what: the higher, the sooner it goes."""

    ALWAYS = 0
    OTHER_REASONS = 10
    STAGE = 20
    CLOSE = 30
    HEADING = 35
    ABOVE_BLOCK = 40
    BELOW_BLOCK = 45
    SIMILAR = 50
    RECENT = 52
    PEOPLE = 55
    ASKS = 58
    CHECKLIST = 62
    OTHER_STEPS = 65
    TAGS = 80
    ABOVE_TIMELINE = 85
    LATEST = 88
    TOP = 90
    OLDER = 100


@dataclass(frozen=True)
class CasePage:
    """The page of one case. `similar` are the deals that were as silent in its stage, where there are enough."""

    case: Case
    page: DealPage
    today: date
    similar: Similar | None = None

    def lines(self, width: int, height: int) -> Sequence[PageLine]:
        """The lines that fit: the name, the amount, the reasons, the next step and the newest event stay longest."""
        return fitting(
            [
                PageLine(rank=Rank.TOP),
                *self._head(),
                PageLine(rank=Rank.ABOVE_BLOCK),
                *self._why(width),
                PageLine(rank=Rank.BELOW_BLOCK),
                *self._facts(width, 2 if height >= ROOMY else 1),
                *self._timeline(),
            ],
            height,
        )

    @property
    def stage(self) -> Stage | None:
        """The stage that the deal is in."""
        deal = self.page.deal
        return next((stage for stage in self.page.pipeline.stages if stage.id == deal.stage_id), None)

    # The head

    def _head(self) -> Iterator[PageLine]:
        deal = self.page.deal
        worth = Piece(fmt.amount(deal), "missing" if deal.amount is None else "total")
        name = (Piece(deal.name, "name", cut=True), Piece(f"  {deal.company or ''}", "dim", cut=True))
        yield PageLine(Line(name, (worth,)))
        chance: tuple[Piece, ...] = (Piece(f"{deal.probability} %", "dim"),)
        if deal.weighted is not None:
            chance = (*chance, Piece(f"   {fmt.weighted(deal.weighted, deal.currency)}", "dim"))
        stay = f"{deal.stage} {fmt.stay(deal)}"
        yield PageLine(Line((Piece(stay, "dim", cut=True),), chance), Rank.STAGE)

    # Why

    def _why(self, width: int) -> Iterator[PageLine]:
        deal = self.page.deal
        if self.case.is_settled:
            yield PageLine(Line(self._decided()), 0, "won")
        for number, reason in enumerate(deal.stuck):
            line = Line((Piece(_word(reason), "alarm"), *self._words(reason, width)))
            yield PageLine(line, Rank.OTHER_REASONS if number else 0, "stuck")
        if deal.no_next_step and self.case.part is Part.NO_NEXT_STEP:
            days = fmt.counted(deal.days_in_stage, "day")
            words = Piece(f"and nothing planned, {days} after it entered its stage", cut=True)
            yield PageLine(Line((Piece("no next step ", "nudge"), words)), 0, "missing")
        if self.similar is not None and any(reason.kind is StuckKind.IDLE for reason in deal.stuck):
            words = Piece(fmt.similar(self.similar), "dim", cut=True)
            yield PageLine(Line((words,)), Rank.SIMILAR, "stuck")

    def _decided(self) -> tuple[Piece, ...]:
        """What was decided last of a deal that is looked at again."""
        if not self.case.decisions:
            return (Piece("decided ", "won"), Piece("elsewhere; tab goes on"))
        last = self.case.decisions[-1]
        about = " · ".join(filter(None, (last.words, fmt.decision_day(last, self.today))))
        return (
            Piece(f"{last.kind.value} ", "won"),
            Piece(f"{about} ", cut=True),
            Piece("· decided, tab goes on", "dim"),
        )

    def _words(self, reason: Reason, width: int) -> tuple[Piece, ...]:
        """What is said of a reason after its name, in full where there is room for it."""
        days = fmt.counted(reason.days, "day")
        match reason.kind:
            case StuckKind.OVERDUE_TASK:
                return self._overdue(days)
            case StuckKind.CLOSE_DATE_PASSED:
                close = self.page.deal.close_date
                return (Piece(f" {describe_date(close, self.today)}" if close else f" {days} ago"),)
            case StuckKind.IDLE:
                full = f" {days} since the last sign of life; this stage allows {reason.limit}"
                short = f" {days}; this stage allows {reason.limit}"
            case StuckKind.TOO_LONG_IN_STAGE:
                full = f" in this stage: {days}, where {reason.limit} are the limit"
                short = f" here: {days}, limit {reason.limit}"
        return (Piece(full if cell_len(_word(reason) + full) <= width else short),)

    def _overdue(self, days: str) -> tuple[Piece, ...]:
        late = self.overdue
        title = late[0].title if late else "a task"
        more = f" and {fmt.counted(len(late) - 1, 'more', 'more')}" if len(late) > 1 else ""
        return (Piece(f" by {days}: "), Piece(title, cut=True), Piece(more))

    @property
    def overdue(self) -> tuple[Task, ...]:
        """The tasks that are overdue, the oldest first."""
        return tuple(task for task in self._tasks if task.due_on is not None and task.due_on < self.today)

    @property
    def _tasks(self) -> tuple[Task, ...]:
        """The open tasks, the next step first."""
        return tuple(task for task in self.page.tasks if task.done_at is None)

    # The facts

    def _facts(self, width: int, at_most: int) -> Iterator[PageLine]:
        """What is known of the deal; what its stage asks for in so many lines `at_most`."""
        room = width - LABEL
        yield from _ranked(labelled("close", [self._close(room)]), Rank.CLOSE)
        yield from _ranked(labelled("people", self._people(room)), Rank.PEOPLE)
        steps = labelled("next step", self._steps())
        yield from _ranked(steps[:1], Rank.ALWAYS)
        yield from _ranked(steps[1:], Rank.OTHER_STEPS)
        if self.page.deal.tags:
            tags = Line((Piece(" ".join(f"#{tag}" for tag in self.page.deal.tags), cut=True),))
            yield from _ranked(labelled("tags", [tags]), Rank.TAGS)
        stage = self.stage
        if stage is not None and stage.criterion:
            yield from _ranked(
                labelled("stage asks", wrapped(stage.criterion, "text", room, at_most)), Rank.ASKS
            )
        if stage is not None and stage.checklist:
            yield from _ranked(labelled("checklist", self._checklist(stage, room)), Rank.CHECKLIST)

    def _close(self, room: int) -> Line:
        """The day, how far it is, and how often it was pushed and from when: as much of it as there is room for."""
        close, today = self.page.deal.close_date, self.today
        if close is None:
            day, far = Piece("none", "missing"), ""
        else:
            day = Piece(short_date(close, today), "alarm" if close < today else "name")
            days = fmt.counted(abs((close - today).days), "day")
            far = f"in {days}" if close > today else f"{days} ago"
            far = far if abs((close - today).days) > 1 else ""
        often, dates = self._pushed()
        for said in ((far, often + dates), ("", often + dates), (far, often), ("", often)):
            words = tuple(Piece(f"   {part}", "dim") for part in said if part)
            if sum(cell_len(piece.text) for piece in (day, *words)) <= room:
                break
        return Line((day, *words))

    def _pushed(self) -> tuple[str, str]:
        """How often the close date was pushed, and the days that it had."""
        found = pushes(self.page.changes)
        if not found.times:
            return "", ""
        often = {1: "once", 2: "twice"}.get(found.times, f"{found.times} times")
        return f"pushed {often}", ": " + ", ".join(short_date(day, self.today) for day in found.dates)

    def _people(self, room: int) -> list[Line]:
        return flowing(
            [
                (
                    Piece(person.name, "name"),
                    Piece(_part(person), "dim"),
                )
                for person in self.page.people
            ],
            room,
        )

    def _steps(self) -> list[Line]:
        tasks = self._tasks
        if not tasks:
            return [Line((Piece("none", "missing"),))]
        lines = [self._step(task) for task in tasks[:STEPS]]
        if len(tasks) > STEPS:
            lines.append(Line((Piece(f"and {len(tasks) - STEPS} more", "dim"),)))
        return lines

    def _step(self, task: Task) -> Line:
        if task.due_on is None:
            return Line((Piece(task.title, cut=True), Piece("  no day", "missing")))
        late = task.due_on < self.today
        due = due_words(task.due_on, task.due_at, self.today)
        return Line((Piece(task.title, "name", cut=True), Piece(f"  {due}", "alarm" if late else "dim")))

    def _checklist(self, stage: Stage, room: int) -> list[Line]:
        """The items with the digit that ticks each, as far as digits go."""
        items = []
        for number, item in enumerate(stage.checklist, 1):
            ticked = item.id in self.page.ticked
            key = Piece(f"{number} " if number <= 9 else "", "accent")
            sign = Piece("✓ ", "won") if ticked else Piece("○ ", "missing" if item.required else "dim")
            items.append((key, sign, Piece(item.title, "money" if ticked else "text")))
        return flowing(items, room)

    # The timeline

    def _timeline(self) -> Iterator[PageLine]:
        events = timeline(self.page)
        if not events:
            return
        days = [short_date(event.on, self.today) for event in events]
        wide = max(_SHORT_DAY, *(cell_len(day) for day in days))
        yield PageLine(rank=Rank.ABOVE_TIMELINE)
        yield PageLine(heading("timeline")._replace(fill="─"), Rank.HEADING)
        for number, (event, day) in enumerate(zip(events, days, strict=True)):
            quote = event.is_move and event.text
            words = f"  “{event.text}”" if quote else f"  {event.text}" if event.text else ""
            changed = "→" in event.text and not event.is_move
            pieces = (
                Piece(day, "dim", width=wide, right=True),
                Piece("  •  ", "faint"),
                Piece(event.what, "place" if event.is_move else "dim" if changed else "text"),
                Piece(words, "dim" if changed else "text", cut=True),
            )
            yield PageLine(Line(pieces), _rank_of(number))


def _word(reason: Reason) -> str:
    """What a reason is called, as a headline."""
    match reason.kind:
        case StuckKind.OVERDUE_TASK:
            return "task overdue"
        case StuckKind.CLOSE_DATE_PASSED:
            return "close date passed"
        case StuckKind.IDLE:
            return "idle"
        case StuckKind.TOO_LONG_IN_STAGE:
            return "too long"


def _part(person: Contact) -> str:
    """A person's part in the decision and where they stand: "champion, for"."""
    said = ", ".join(word.value for word in (person.role, person.stance) if word)
    return f"  {said}" if said else ""


def _rank_of(number: int) -> int:
    """How soon the event of that number, from the newest, makes room."""
    if number == 0:
        return Rank.ALWAYS
    if number < 3:
        return Rank.RECENT + number
    return Rank.LATEST if number < LATEST else Rank.OLDER + number


def _ranked(lines: Iterable[Line], rank: int) -> Iterator[PageLine]:
    for line in lines:
        yield PageLine(line, rank)
