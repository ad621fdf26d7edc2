"""Today: the tasks of all deals by when they are due, each done or moved with one key."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar, Final

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.getters import query_one
from textual.screen import Screen

from store import describe_date, long_day, parse_day
from tui.keys import Command, bindings
from tui.keys_today import TODAY
from tui.screens.line_editing import LineEdits
from tui.screens.listing import ReadAnew
from tui.screens.understood import Understood
from tui.screens.visiting import VisitActions
from tui.widgets.agenda_rows import agenda_rows
from tui.widgets.board_layout import outer_margin
from tui.widgets.deal_rows import Spot
from tui.widgets.key_hints import KeyHints
from tui.widgets.page_title import PageTitle, Title
from tui.widgets.row_list import Row, RowList
from tui.widgets.still import Still

if TYPE_CHECKING:
    from store import Agenda, DealPage, DueTask
    from tui.context import Context
    from tui.gateway import Write
    from tui.screens.prompt import PromptScreen
    from tui.screens.typed_line import Line


LINE_HINT: Final = "what, and by when: fri, 3, fri 14:30, every 2 weeks"

_AIRY: Final = 20
"""From this height on there is room for blank lines below headings."""


class TodayScreen(LineEdits, ReadAnew, VisitActions, Still, Screen[None]):
    """Holds the agenda, read anew after every change. Later and undated tasks are read when they are shown."""

    DEFAULT_CSS = """
    TodayScreen { background: $background; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(TODAY)]

    rows = query_one(RowList)
    title_line = query_one(PageTitle)
    hints = query_one(KeyHints)

    def __init__(self, context: Context, agenda: Agenda) -> None:
        super().__init__()
        self.context = context
        self.agenda = agenda
        self._open_blocks: frozenset[str] = frozenset()
        self._by_key = _by_id(agenda)

    @property
    def palette_commands(self) -> tuple[Command, ...]:
        """What the command palette offers here."""
        return self.context.keys(TODAY)

    def compose(self) -> ComposeResult:
        """What is due in numbers, the list, the keys."""
        yield PageTitle()
        yield RowList(self._rows())
        yield KeyHints(self.palette_commands)

    def on_mount(self) -> None:
        """The cursor starts on the first task, not on a heading that folds."""
        self._say_numbers()
        self.rows.focus()

    def on_resize(self) -> None:
        """Columns follow the width."""
        self.rows.show(self._rows())

    # What comes back

    def read_anew(self, told: str = "") -> None:
        """Read it, and tell what happened when it is shown."""
        today, whole = self.context.today, bool(self._open_blocks)
        self.look_again()

        def shown(agenda: Agenda) -> None:
            if not self.is_attached:
                return
            on_task = self.rows.cursor_key in self._by_key
            self.agenda, self._by_key = agenda, _by_id(agenda)
            self.rows.show(self._rows())
            if on_task and isinstance(self.rows.cursor_key, str):
                self._to_task_above()
            self._say_numbers()
            if told:
                self.tell(told)

        self.context.gateway.read(lambda store: store.read.agenda(today, whole), shown)

    def _rows(self) -> tuple[Row, ...]:
        width = self.app.size.width
        return agenda_rows(
            self.agenda,
            width - 2 * outer_margin(width),
            self._open_blocks,
            airy=self.app.size.height >= _AIRY,
        )

    def _say_numbers(self) -> None:
        agenda = self.agenda
        late, due = len(agenda.overdue), len(agenda.due_today)
        facts = (
            (f"{late:,} overdue" if late else "", "alarm"),
            (f"{due:,} due today" if due else "", "text"),
            (f"{len(agenda.this_week):,} more this week" if agenda.this_week else "", "dim"),
        )
        day = long_day(agenda.today)
        if self.context.clock.another_day:
            day = f"as of {day} {agenda.today.year}"
        self.title_line.title = Title("Today", facts, day)

    def _to_task_above(self) -> None:
        """The last task above the cursor, if there is one: the one that was under it is gone, and a heading cannot be
        done."""
        keys = [row.key for row in self.rows.rows]
        above = keys[: keys.index(self.rows.cursor_key)]
        task = next((key for key in reversed(above) if key in self._by_key), None)
        if task is not None:
            self.rows.select(task)

    # The user

    def on_row_list_picked(self, event: RowList.Picked) -> None:
        """The task's deal; a heading shows or folds its tasks."""
        if isinstance(event.key, str):
            self._open_blocks ^= {event.key}
            self.read_anew()
        elif (each := self._pointed()) is not None:
            self.open_deal(each.task.deal_id)

    def action_done(self) -> None:
        """The task is done."""
        if (each := self._pointed()) is not None:
            ids = (each.task.id,)
            self.context.gateway.write(lambda store, now: store.tasks.finish(ids, now))

    def action_in_days(self, days: int) -> None:
        """So many days from today."""
        each = self._pointed()
        if each is not None and (move := self._move(each, self.context.today + timedelta(days))):
            self.context.gateway.write(move)

    def action_day(self) -> None:
        """Another day, typed."""
        each, today, order = self._pointed(), self.context.today, self.context.settings.date_order
        if each is None:
            return
        present = each.task.due_on

        def understand(text: str) -> Understood[date]:
            day = parse_day(text, today, order)
            return Understood(day, describe_date(day, today))

        self.ask(
            f"{each.task.title} for {each.deal}: move to…",
            understand,
            lambda day: self._move(each, day),
            about=(each.task.deal_id,),
            placeholder="fri, 3, +2w, 12 dec, eom",
            hint=f"now {describe_date(present, today)}" if present else "no day yet",
        )

    def action_edit(self) -> None:
        """The task's line again; one that is overdue may keep its day."""
        each = self._pointed()
        if each is None:
            return
        spot = Spot("task", each.task.id)

        def ask(page: DealPage) -> None:
            if not self.edit_line(page, spot):
                self.read_anew()

        self.with_fresh_page(each.task.deal_id, ask)

    def line_screen(self, page: DealPage, spot: Spot, line: Line[Write | None]) -> PromptScreen[Write | None]:
        """A sheet, as for what is asked of a task else."""
        from tui.screens.prompt import PromptScreen

        del spot
        return PromptScreen(f"Task for {page.deal.name}", replace(line, hint=LINE_HINT))

    def action_delete(self) -> None:
        """Delete without asking: undo brings it back."""
        if (each := self._pointed()) is not None:
            self.context.gateway.write(lambda store, now: store.tasks.delete(each.task.id, now))

    def action_leave(self) -> None:
        """Back to where one came from."""
        self.dismiss()

    def action_help(self) -> None:
        """The keys of this screen."""
        from tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen("Keys of Today", self.palette_commands))

    def _pointed(self) -> DueTask | None:
        """The one under the cursor; says so when there is none."""
        each = self._by_key.get(self.rows.cursor_key)
        if each is None:
            self.tell("There is no task under the cursor.", wrong=True)
        return each

    def _move(self, each: DueTask, day: date) -> Write | None:
        """What moves the task to that day; nothing, and it is said, where it is due then already."""
        if day == each.task.due_on:
            self.tell(
                f"{each.task.title} is due {describe_date(day, self.context.today)} already", wrong=True
            )
            return None
        ids = (each.task.id,)
        return lambda store, now: store.tasks.postpone(ids, day, now)


def _by_id(agenda: Agenda) -> dict[object, DueTask]:
    """The tasks of an agenda by what their rows go by."""
    blocks = (agenda.overdue, agenda.due_today, agenda.this_week, agenda.later, agenda.undated)
    return {each.task.id: each for block in blocks for each in block}
