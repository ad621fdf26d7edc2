"""Everything about one deal, and the board's actions on it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.screen import Screen
from textual.widgets import Static

from store import (
    Deal,
    DealPage,
    NotFound,
    Outcome,
    Pipeline,
    Stage,
    Store,
    describe_date,
    format_amount,
    short_date,
    timeline,
)
from tui import format as fmt
from tui.context import Context
from tui.keys import DEAL, Command, bindings
from tui.messages import BoardChanged, CommandFailed, DealsChanged
from tui.screens.deciding import DecideActions
from tui.screens.help import HelpScreen
from tui.screens.moving import MoveActions
from tui.screens.noting import NoteActions
from tui.widgets.cells import cut
from tui.widgets.key_hints import KeyHints

LABEL_WIDTH: Final = 13
"""Cells for the words at the left."""


class DealScreen(MoveActions, DecideActions, NoteActions, Screen[str]):
    """One deal: its fields, what its stage asks for, its tasks, and its timeline. Read anew after every change.

    When the deal is gone it leaves, by itself, with the words to tell (none if they were told already).
    """

    DEFAULT_CSS = """
    DealScreen {
        background: $background;
        VerticalScroll { padding: 1 3; scrollbar-size: 1 1; }
        Static { height: auto; }
        .stuck { border-left: outer $stuck; padding-left: 1; background: $card; margin-bottom: 1; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(DEAL),
        Binding("j", "scroll(1)", show=False),
        Binding("k", "scroll(-1)", show=False),
    ]

    hints = query_one(KeyHints)

    def __init__(self, context: Context, page: DealPage) -> None:
        super().__init__()
        self.context = context
        self.page = page
        self._gone: str | None = None

    @property
    def palette_commands(self) -> tuple[Command, ...]:
        """What the command palette offers here."""
        return self.context.deal_keys

    def compose(self) -> ComposeResult:
        """The page, scrolling, and the keys."""
        with VerticalScroll():
            yield Static(id="head")
            yield Static(classes="stuck")
            yield Static(id="body")
        yield KeyHints(self.context.deal_keys)

    def on_mount(self) -> None:
        """Show the page."""
        self._show()
        self.query_one(VerticalScroll).focus()

    def on_resize(self) -> None:
        """Wrap anew, once the new width is known."""
        self.call_after_refresh(self._show)

    def targets(self) -> tuple[Deal, ...]:
        """The one deal of this screen."""
        return (self.page.deal,)

    @property
    def pipeline(self) -> Pipeline:
        """The one that the deal is in, which need not be the board's."""
        return self.page.pipeline

    def tell(self, words: str, *, wrong: bool = False) -> None:
        """One line at the foot."""
        self.hints.tell(words, wrong=wrong)

    def on_deals_changed(self, event: DealsChanged) -> None:
        """Read the page anew, or leave when the deal is gone."""
        if self.page.deal.id in event.gone:
            self._leave("")
            return
        self.tell(event.told)
        self._read()

    def on_board_changed(self, event: BoardChanged) -> None:
        """Another program may have changed the deal."""
        if event.told:
            self.tell(event.told)
        self._read()

    def on_command_failed(self, event: CommandFailed) -> None:
        """Say why."""
        self.tell(event.why, wrong=True)

    def action_leave(self) -> None:
        """Back to where one came from."""
        self._leave("")

    def on_screen_resume(self) -> None:
        """The deal may have gone while something was on top."""
        if self._gone is not None:
            self._leave(self._gone)

    def _leave(self, words: str) -> None:
        """Leave now; with something on top, when that is done."""
        if self.is_active:
            self.dismiss(words)
        else:
            self._gone = words

    def action_scroll(self, lines: int) -> None:
        """A line up or down, by letter."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_help(self) -> None:
        """The keys of this screen."""
        self.app.push_screen(HelpScreen("Keys of the deal", self.context.deal_keys))

    def _read(self) -> None:
        deal_id, today = self.page.deal.id, self.context.today

        def read(store: Store) -> DealPage | None:
            try:
                return store.read.deal_page(deal_id, today)
            except NotFound:
                return None

        def shown(page: DealPage | None) -> None:
            if page is None:
                self._leave(f"{self.page.deal.name} was deleted.")
                return
            self.page = page
            if self.is_attached:
                self._show()

        self.context.gateway.read(read, shown)

    def _show(self) -> None:
        deal = self.page.deal
        self.query_one("#head", Static).update(_head(deal))
        reasons = [Content(fmt.reason(reason)) for reason in deal.stuck]
        stuck = self.query_one(".stuck", Static)
        stuck.display = bool(reasons)
        stuck.update(Content.assemble(("stuck  ", "bold $stuck"), Content(" · ").join(reasons)))
        stage = next((s for s in self.page.pipeline.stages if s.id == deal.stage_id), None)
        width = self.query_one(VerticalScroll).scrollable_content_region.width
        self.query_one("#body", Static).update(_Body(self.page, stage, self.context, width).content())


def _head(deal: Deal) -> Content:
    days = fmt.counted(deal.days_in_stage, "day")
    money: list[tuple[str, str]] = [("amount unknown   ", "$missing")]
    if deal.amount is not None and deal.weighted is not None:
        money = [
            (f"{format_amount(deal.amount, deal.currency)}  ", "bold $money"),
            (f"{fmt.weighted(deal.weighted, deal.currency)}   ", "$dim"),
        ]
    return Content.assemble(
        (f"{deal.name}  ", "bold"),
        (f"{deal.company or ''}\n", "$dim"),
        *money,
        (f"{deal.stage} for {days} · {deal.probability} %\n", "$dim"),
    )


class _Body:
    """The lines below the head, wrapped to a width with what follows a label indented."""

    def __init__(self, page: DealPage, stage: Stage | None, context: Context, width: int) -> None:
        self.page = page
        self.stage = stage
        self.today = context.today
        self.width = max(20, width)

    def content(self) -> Content:
        """All of it."""
        return Content("\n").join(self._lines())

    def _lines(self) -> Iterable[Content]:
        for label, words in self._fields():
            yield from self._indented(Content.styled(f"{label:<{LABEL_WIDTH}}", "$dim"), words)
        if self.page.notes:
            yield from (Content(""), Content.styled("NOTES", "bold $heading"), Content(self.page.notes))
        yield from (Content(""), Content.styled("TIMELINE", "bold $heading"))
        for event in timeline(self.page):
            day = Content.styled(f"{short_date(event.on, self.today):>{LABEL_WIDTH - 2}}  ", "$dim")
            text = f"“{event.text}”" if event.is_move and event.text else event.text
            ink = "bold $accent" if event.is_move else "$dim"
            yield from self._indented(day, Content.assemble((f"{event.what}  ", ink), text))

    def _indented(self, label: Content, words: Content) -> Iterable[Content]:
        first, *rest = words.wrap(self.width - LABEL_WIDTH) or [Content("")]
        yield label + first
        for line in rest:
            yield Content.styled(" " * LABEL_WIDTH, "$dim") + line

    def _fields(self) -> Iterable[tuple[str, Content]]:
        deal, page = self.page.deal, self.page
        yield "close date", Content(self._day(deal.close_date) if deal.close_date else "none yet")
        if deal.closed_on:
            yield "closed", Content(self._day(deal.closed_on))
        if deal.outcome is Outcome.LOST:
            yield "lost", Content(" · ".join(filter(None, (deal.lost_reason, page.lost_note))))
        if fmt.snoozed(deal, self.today) and deal.snoozed_until:
            yield "snoozed", Content(f"until {self._day(deal.snoozed_until)}")
        yield from self._tasks()
        for place, person in enumerate(page.people):
            reach = " · ".join(filter(None, (person.role, person.email, person.phone)))
            yield "" if place else "people", Content.assemble((f"{person.name}  ", "bold"), (reach, "$dim"))
        if deal.source:
            yield "source", Content(deal.source)
        if deal.tags:
            yield "tags", Content(" ".join(f"#{tag}" for tag in deal.tags))
        for name, value in deal.properties.items():
            yield cut(name, LABEL_WIDTH - 1), Content(value)
        yield "created", Content(self._day(deal.created_on))
        if self.stage is not None and self.stage.criterion:
            yield "stage asks", Content(self.stage.criterion)
        if self.stage is not None and self.stage.checklist:
            yield "checklist", Content("\n").join(Content(item.title) for item in self.stage.checklist)

    def _tasks(self) -> Iterable[tuple[str, Content]]:
        step = self.page.deal.next_step
        if step is None:
            if self.page.deal.outcome is Outcome.OPEN:
                yield "next step", Content.styled("none", "$missing")
            return
        for task in sorted(
            (t for t in self.page.tasks if t.done_at is None), key=lambda t: t.id != step.task_id
        ):
            due = self._day(task.due_on) if task.due_on else "no day"
            label = "next step" if task.id == step.task_id else ""
            yield label, Content.assemble(f"{task.title}  ", (due, "$dim"))

    def _day(self, day: date) -> str:
        return describe_date(day, self.today)
