"""The morning review: one deal at a time that needs a decision, until the list is empty."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.getters import query_one
from textual.screen import Screen

from store import (
    NextStuck,
    NotFound,
    Part,
    Silences,
    Standing,
    StuckKind,
    next_stuck_day,
    place_of,
    stuck_list,
)
from tui import format as fmt
from tui.keys import Command, bindings
from tui.keys_review import REVIEW, at_the_end
from tui.messages import BoardChanged, CommandFailed, DealsChanged
from tui.screens.going_back import GoesBack
from tui.screens.moving import MoveActions
from tui.screens.noting import NoteActions
from tui.screens.review_deciding import ReviewDecisions
from tui.screens.reviewing import PLACE, Begun
from tui.screens.visiting import VisitActions
from tui.widgets.review_case import CasePage
from tui.widgets.review_end import EndPage
from tui.widgets.review_frame import HeadFacts, ReviewHead, ReviewKeys
from tui.widgets.review_page import ReviewPage
from tui.widgets.still import Still

if TYPE_CHECKING:
    from store import Case, Deal, DealPage, Pipeline, Similar, Store
    from tui.context import Context

ANYTIME: Final = frozenset({"skip", "back", "open_deal", "undo", "redo", "theme", "leave", "help"})
"""The actions that need no deal to look at."""


class ReviewScreen(GoesBack, MoveActions, ReviewDecisions, NoteActions, VisitActions, Still, Screen[None]):
    """Holds a review and the page of the deal that is looked at, which is read anew after every change."""

    DEFAULT_CSS = """
    ReviewScreen { background: $background; }
    """

    BLANK = True
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(REVIEW)]

    head = query_one(ReviewHead)
    sheet = query_one(ReviewPage)
    hints = query_one(ReviewKeys)

    def __init__(self, context: Context, begun: Begun) -> None:
        super().__init__()
        self.context = context
        self.review, self.page = begun
        self._silences: dict[int, Silences | None] = {}
        self._upcoming: NextStuck | tuple[()] | None = None
        self._undone: set[int | None] = set()
        self._done_here = 0
        """So many changes of the review can be undone before those from before it."""
        self._kept = ""
        if self.page is not None:
            self.review.seen(self.page.deal)

    @property
    def palette_commands(self) -> tuple[Command, ...]:
        """What the command palette offers here."""
        return self.context.keys(REVIEW)

    def compose(self) -> ComposeResult:
        """How far it is, the page, what was done, and the keys."""
        yield ReviewHead()
        yield ReviewPage()
        yield ReviewKeys(self.palette_commands)

    def on_mount(self) -> None:
        """The page is there already."""
        self._show()
        self.call_after_refresh(self._ask_more)

    def on_unmount(self) -> None:
        """However it ends, the place is kept."""
        self._keep_place()

    def targets(self) -> tuple[Deal, ...]:
        """The deal that is looked at."""
        return (self.page.deal,) if self.page is not None else ()

    @property
    def pipeline(self) -> Pipeline:
        """The one that the deal is in."""
        return self.page.pipeline if self.page is not None else self.review.pipeline

    def tell(self, words: str, *, wrong: bool = False) -> None:
        """One line above the keys."""
        self.hints.tell(words, wrong=wrong)

    # What comes back

    def on_deals_changed(self, event: DealsChanged) -> None:
        """A command is committed: on to the next deal, or what remains of this one."""
        at, decisions = self.review.current, len(self.review.current.decisions) if self.review.current else 0
        undone = event.done.action_id in self._undone
        self._done_here = max(0, self._done_here + (-1 if undone else 1))
        for deal in event.deals:
            if undone:
                self.review.take_back(deal)
            else:
                self.review.decide(deal)
        for deal_id in event.gone:
            self.review.delete(deal_id)
        stays = at is not None and at is self.review.current and len(at.decisions) > decisions
        self._look(self._still(event, at) if stays and not undone else event.told)

    def _still(self, event: DealsChanged, case: Case | None) -> str:
        """What was done, and what remains."""
        deal = next((deal for deal in event.deals if case is not None and deal.id == case.id), None)
        remains = fmt.headline(deal) if deal is not None else ""
        return f"{fmt.past(event.done.title)} · still: {remains or Part.NO_NEXT_STEP.value}"

    def on_board_changed(self, event: BoardChanged) -> None:
        """Another program, or another day: what is off the list was decided elsewhere, what is new joins."""
        board = event.board
        if board.pipeline.id != self.review.pipeline.id:
            self._keep_place()
            self.go_back()
            return
        deals = [deal for column in board.columns for deal in column.deals]
        gone = self.review.refresh(stuck_list(deals, board.today, board.pipeline.currency, board.rates))
        wrong = self.hints.told[1]
        self._look(_elsewhere(gone) or event.told or (None if wrong else event.elsewhere))

    def on_command_failed(self, event: CommandFailed) -> None:
        """Say why."""
        self.tell(event.why, wrong=True)

    # Showing

    def _look(self, told: str | None = "") -> None:
        """Read the deal that it is at, then show it with what there is to tell (`None`: what was told stays)."""
        case, today = self.review.current, self.context.today
        self._upcoming = None
        if case is None:
            self.page = None
            self._show(told)
            self._ask_more()
            return

        def read(store: Store) -> DealPage | None:
            try:
                return store.read.deal_page(case.id, today)
            except NotFound:
                return None

        def shown(page: DealPage | None) -> None:
            if not self.is_attached or self.review.current is not case:
                return
            if page is None:
                self.review.miss(case.id)
            if page is None or not self.review.seen(page.deal):
                self._look(_elsewhere((case,)))
                return
            self.page = page
            self._show(told)
            self._ask_more()

        self.context.gateway.read(read, shown)

    @property
    def case_page(self) -> CasePage | None:
        """The page of the deal that is looked at; `None` at the end."""
        case, page = self.review.current, self.page
        if case is None or page is None:
            return None
        return CasePage(case, page, self.context.today, self._similar(page.deal))

    def _show(self, told: str | None = None) -> None:
        """Show what is known now. `told` takes the place of what was told before, `None` leaves it."""
        self.head.facts = self._head_facts()
        if (page := self.case_page) is not None:
            self.hints.show(self.palette_commands)
            self.sheet.show(page)
        else:
            left = self.review.standing(Standing.SKIPPED) or self.review.standing(Standing.WAITING)
            self.hints.show(at_the_end(self.palette_commands, more=bool(left)))
            self.sheet.show(EndPage(self.review, self.context.today, self._upcoming))
        if told:
            self.tell(told)
        elif told is not None:
            self.hints.untell()

    def _head_facts(self) -> HeadFacts:
        review, case = self.review, self.review.current
        day = HeadFacts(today=self.context.today, another_day=self.context.clock.another_day)
        if case is None:
            return replace(day, progress=1) if review.cases else day
        place = f"{review.number:,} of {len(review.part(case.part)):,}"
        facts = replace(day, place=place, progress=review.progress(case.part))
        if case.part is Part.NO_NEXT_STEP:
            return replace(facts, place=f"{place} with no next step")
        stake = fmt.expected(review.at_stake, review.pipeline.currency) if review.at_stake else ""
        return replace(facts, stake=stake, stake_is="at stake")

    # What takes longer than a page, and follows it

    def _similar(self, deal: Deal) -> Similar | None:
        silences = self._silences.get(deal.stage_id)
        idle = next((reason.days for reason in deal.stuck if reason.kind is StuckKind.IDLE), None)
        return None if silences is None or idle is None else silences.similar(idle)

    def _ask_more(self) -> None:
        """Once for each stage, how silent deals ended there; at the end, when the next will be stuck."""
        if self.page is None:
            self._ask_upcoming()
            return
        deal = self.page.deal
        is_idle = any(reason.kind is StuckKind.IDLE for reason in deal.stuck)
        if not is_idle or deal.stage_id in self._silences:
            return
        self._silences[deal.stage_id] = None

        def found(silences: Silences) -> None:
            self._silences[deal.stage_id] = silences
            if self.is_attached and self.page is not None and self._similar(self.page.deal) is not None:
                self._show()

        question = partial(_silences, deal.stage_id)
        self.context.gateway.read(question, found, owed=False)

    def _ask_upcoming(self) -> None:
        if self._upcoming is not None:
            return
        pipeline, today = self.review.pipeline, self.context.today

        def read(store: Store) -> NextStuck | tuple[()]:
            deals = store.read.list_deals(pipeline.id, today)
            rates = store.read.rates(pipeline.currency)
            present = next(one for one in store.read.pipelines() if one.id == pipeline.id)
            return next_stuck_day(deals, present, today, rates) or ()

        def found(upcoming: NextStuck | tuple[()]) -> None:
            if self.is_attached and self.page is None:
                self._upcoming = upcoming
                self._show()

        self.context.gateway.read(read, found, owed=False)

    # The user

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """At the end there is no deal to decide about."""
        if self.page is None and action not in ANYTIME:
            return False
        return super().check_action(action, parameters)

    def action_skip(self) -> None:
        """Pass the deal over; at the end, go through what was passed over."""
        if self.review.current is None:
            self._again()
        else:
            self.review.skip()
            self._look()

    def action_back(self) -> None:
        """To the deal that was looked at before."""
        if self.review.back():
            self._look()

    def _again(self) -> None:
        if self.review.again():
            self._look()

    def action_open_deal(self) -> None:
        """Everything about the deal; at the end, go through what was passed over."""
        if self.page is None:
            self._again()
            return
        self.show_deal(self.page)

    def action_undo(self) -> None:
        """Take back the last change, and look at its deal again; what was done before the review is said to be."""
        whose = "" if self._done_here else ", from before the review"
        self.context.gateway.write(
            lambda store, now: store.history.undo(now),
            f"undone{whose}: {{}} · U does it again",
            lambda done: self._undone.add(done.action_id),
        )

    def action_leave(self) -> None:
        """Back to where one came from."""
        self._keep_place()
        self.dismiss()

    def _keep_place(self) -> None:
        place = place_of(self.review, self.context.today) if self.review.cases else ""
        if place != self._kept:
            self._kept = place
            self.context.gateway.remember(PLACE, place)

    def action_help(self) -> None:
        """The keys of this screen."""
        from tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen("Keys of the review", self.palette_commands))


def _silences(stage_id: int, store: Store) -> Silences:
    return Silences(store.read.silences(stage_id))


def _elsewhere(cases: tuple[Case, ...]) -> str:
    if not cases:
        return ""
    who = f"{cases[0].name} was" if len(cases) == 1 else f"{len(cases)} deals were"
    return f"{who} decided elsewhere"
