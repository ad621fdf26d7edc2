"""Everything about one deal, and the board's actions on it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from store import Deal, DealPage, Outcome, Stage, describe_date, format_amount, short_date, timeline, weighted_minor
from tui import format as fmt
from tui.context import Context
from tui.keys import DEAL, bindings
from tui.messages import BoardChanged, CommandFailed, DealsChanged
from tui.screens.deciding import DecideActions
from tui.screens.help import HelpScreen
from tui.screens.moving import MoveActions
from tui.screens.noting import NoteActions
from tui.widgets.key_hints import KeyHints

LABEL_WIDTH = 13


class DealScreen(MoveActions, DecideActions, NoteActions, Screen[None]):
    """One deal: its fields, what its stage asks for, its tasks, and its timeline. Read anew after every change."""

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

    def __init__(self, context: Context, page: DealPage) -> None:
        super().__init__()
        self.context = context
        self.page = page

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

    def targets(self) -> tuple[Deal, ...]:
        """The one deal of this screen."""
        return (self.page.deal,)

    def tell(self, words: str, *, wrong: bool = False) -> None:
        """One line at the foot."""
        self.query_one(KeyHints).tell(words, wrong=wrong)

    def on_deals_changed(self, event: DealsChanged) -> None:
        """Read the page anew, or leave when the deal is gone."""
        if self.page.deal.id in event.gone:
            self.dismiss()
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
        self.dismiss()

    def action_scroll(self, lines: int) -> None:
        """A line up or down, by letter."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_help(self) -> None:
        """The keys of this screen."""
        self.app.push_screen(HelpScreen("Keys of the deal", self.context.deal_keys))

    def _read(self) -> None:
        deal_id, today = self.page.deal.id, self.context.today

        def shown(page: DealPage) -> None:
            self.page = page
            if self.is_attached:
                self._show()

        self.context.gateway.read(lambda store: store.read.deal_page(deal_id, today), shown)

    def _show(self) -> None:
        deal = self.page.deal
        self.query_one("#head", Static).update(_head(deal))
        reasons = [Content(fmt.reason(reason)) for reason in deal.stuck]
        stuck = self.query_one(".stuck", Static)
        stuck.display = bool(reasons)
        stuck.update(Content.assemble(("stuck  ", "bold $stuck"), Content(" · ").join(reasons)))
        stage = next((s for s in self.context.pipeline.stages if s.id == deal.stage_id), None)
        self.query_one("#body", Static).update(Content("\n").join(_body(self.page, stage, self.context)))


def _head(deal: Deal) -> Content:
    company = f"  {deal.company}" if deal.company else ""
    days = "1 day" if deal.days_in_stage == 1 else f"{deal.days_in_stage} days"
    money: list[Any] = [("amount unknown", "$missing")]
    if deal.amount is not None and deal.weighted is not None:
        weighted = format_amount(weighted_minor(deal.weighted), deal.currency)
        money = [(format_amount(deal.amount, deal.currency), "bold $money"), (f"  ≈ {weighted}", "$dim")]
    return Content.assemble(
        (deal.name, "bold"),
        (company, "$dim"),
        "\n",
        *money,
        (f"   {deal.stage} for {days} · {deal.probability} %\n", "$dim"),
    )


def _body(page: DealPage, stage: Stage | None, context: Context) -> Iterable[Content]:
    deal, today = page.deal, context.today
    yield _line("close date", describe_date(deal.close_date, today) if deal.close_date else "none yet")
    if deal.closed_on:
        yield _line("closed", describe_date(deal.closed_on, today))
    if deal.outcome is Outcome.LOST:
        yield _line("lost", " · ".join(filter(None, (deal.lost_reason, page.lost_note))))
    if deal.snoozed_until and deal.snoozed_until > today:
        yield _line("snoozed", f"until {describe_date(deal.snoozed_until, today)}")
    yield from _tasks(page, context)
    for person in page.people:
        reach = " · ".join(filter(None, (person.role, person.email, person.phone)))
        yield _line("person", person.name, reach)
    if deal.source:
        yield _line("source", deal.source)
    if deal.tags:
        yield _line("tags", " ".join(f"#{tag}" for tag in deal.tags))
    for name, value in deal.properties.items():
        yield _line(name, value)
    yield _line("created", describe_date(deal.created_on, today))
    if stage is not None and stage.criterion:
        yield _line("stage asks", stage.criterion)
    if stage is not None and stage.checklist:
        yield _line("checklist", " · ".join(item.title for item in stage.checklist))
    if page.notes:
        yield Content("")
        yield Content.styled("NOTES", "bold $heading")
        yield Content(page.notes)
    yield Content("")
    yield Content.styled("TIMELINE", "bold $heading")
    for event in timeline(page):
        day = f"{short_date(event.on, today):>11}"
        words = f"  “{event.text}”" if event.is_move and event.text else f"  {event.text}"
        yield Content.assemble((day, "$dim"), " · ", (event.what, "bold $accent" if event.is_move else "$dim"), words)


def _tasks(page: DealPage, context: Context) -> Iterable[Content]:
    if page.deal.next_step is None:
        if page.deal.outcome is Outcome.OPEN:
            yield Content.assemble((f"{'next step':<{LABEL_WIDTH}}", "$dim"), ("none", "$missing"))
        return
    first = page.deal.next_step.task_id
    for task in sorted((t for t in page.tasks if t.done_at is None), key=lambda t: t.id != first):
        due = describe_date(task.due_on, context.today) if task.due_on else "no day"
        yield _line("next step" if task.id == first else "then", task.title, due)


def _line(label: str, words: str, more: str = "") -> Content:
    return Content.assemble((f"{label:<{LABEL_WIDTH}}", "$dim"), words, (f"  {more}" if more else "", "$dim"))
