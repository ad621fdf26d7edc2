"""A small board of made-up deals, and an app around one widget: what the widgets' own demos show."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import ClassVar, Final

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType

from store import (
    Board,
    Column,
    Deal,
    Extras,
    InStage,
    NextStep,
    Outcome,
    Pipeline,
    Reason,
    Stage,
    StuckKind,
    add_months,
    added,
    month_of,
    totals,
)
from tui import theme
from tui.keys import BOARD
from tui.widgets.board import BoardWidget
from tui.widgets.board_state import BoardState
from tui.widgets.forecast_bar import ForecastBar
from tui.widgets.header import PipelineHeader
from tui.widgets.key_hints import KeyHints
from tui.widgets.still import StillRow
from tui.widgets.stuck_panel import StuckPanel

TODAY: Final = date(2026, 11, 20)

STAGES: Final = (
    Stage(1, 1, "On radar", 10, Outcome.OPEN),
    Stage(2, 1, "Product evaluated", 50, Outcome.OPEN),
    Stage(3, 1, "Decision maker evaluated", 70, Outcome.OPEN),
    Stage(4, 1, "Signed", 100, Outcome.WON, stuck_limit=None),
    Stage(5, 1, "Lost", 0, Outcome.LOST, stuck_limit=None),
)

PIPELINE: Final = Pipeline(1, "Sales", "USD", STAGES, monthly_goal=5_000_000)


def make_deal(
    deal_id: int,
    name: str,
    stage: Stage = STAGES[0],
    amount: int | None = None,
    age: int = 0,
    step: str | None = None,
    due: int | None = None,
    *,
    currency: str = "USD",
    company: str | None = None,
    close: int | None = None,
    lost_reason: str | None = None,
    snoozed: int | None = None,
    position: int | None = None,
    tags: tuple[str, ...] = (),
    today: date = TODAY,
) -> Deal:
    """A deal that entered its stage `age` days ago; `amount` in whole units, days counted from `today`."""
    entered = today - timedelta(age)
    due_on = None if due is None else today + timedelta(due)
    until = None if snoozed is None else today + timedelta(snoozed)
    waits = stage.outcome is Outcome.OPEN and snoozed is None
    held = _reasons(age, due, close) if waits else ()
    return Deal(
        id=deal_id,
        name=name,
        company=company,
        in_stage=InStage.of(stage, today),
        amount=None if amount is None else amount * 100,
        currency=currency,
        own_probability=None,
        close_date=None if close is None else today + timedelta(close),
        created_on=entered,
        entered_stage_on=entered,
        closed_on=None if stage.outcome is Outcome.OPEN else entered,
        source=None,
        external_id=None,
        snoozed_until=until,
        position=deal_id * 1024 if position is None else position,
        next_step=None if step is None else NextStep(deal_id, step, due_on),
        idle_since=entered,
        stuck=held,
        no_next_step=waits and not held and step is None and age > 2,
        extras=Extras(lost_reason=lost_reason),
        tags=tags,
    )


def _reasons(age: int, due: int | None, close: int | None) -> tuple[Reason, ...]:
    """Why such a deal is stuck in a stage with a limit of 14 days."""
    found: list[Reason] = []
    if due is not None and due < 0:
        found.append(Reason(StuckKind.OVERDUE_TASK, -due))
    if close is not None and close < 0:
        found.append(Reason(StuckKind.CLOSE_DATE_PASSED, -close))
    if age > 14 and (due is None or due < 0):
        found.append(Reason(StuckKind.IDLE, age, 14))
    return tuple(found)


def make_board(deals: Iterable[Deal], pipeline: Pipeline = PIPELINE, today: date = TODAY) -> Board:
    """The board of those deals, in their order."""
    by_stage: dict[int, list[Deal]] = {stage.id: [] for stage in pipeline.stages}
    for deal in deals:
        by_stage[deal.stage_id].append(deal)
    columns = tuple(
        Column(
            stage,
            tuple(sorted(by_stage[stage.id], key=lambda deal: (deal.position, deal.id))),
            totals(by_stage[stage.id], pipeline.currency, {}),
        )
        for stage in pipeline.stages
    )
    return Board(
        pipeline=pipeline,
        today=today,
        columns=columns,
        open=added(column.totals for column in columns if column.stage.outcome is Outcome.OPEN),
        goals={},
        rates={},
    )


def sample_deals() -> tuple[Deal, ...]:
    """A founder's board on a Friday: eleven open deals, two of them stuck, one won and one lost this month."""
    radar, evaluated, decided, won, lost = STAGES
    return (
        make_deal(1, "Globex website", radar, 12_000, 4, "call Ann", 3, close=25),
        make_deal(2, "Wayne Ent. rollout", radar, 8_000, 1, "intro e-mail", 0, close=40),
        make_deal(3, "Pied Piper audit", radar, 20_000, 2, "send deck", 5, close=62),
        make_deal(4, "Soylent workshop", radar, 8_000, 3, close=70),
        make_deal(5, "Initech renewal", evaluated, 40_000, 21, close=10, company="Initech Inc"),
        make_deal(6, "Stark licence", evaluated, 16_400, 9, "legal call", 4, close=-9),
        make_deal(7, "契約更新 東京商事", evaluated, 16_100, 5, "見積送付", 6, close=20),
        make_deal(8, "Hooli pilot", decided, 25_000, 6, "send terms", 4, close=20),
        make_deal(9, "Aperture seats", decided, 21_000, 3, "board date", 7, close=66),
        make_deal(10, "Tyrell support", decided, 12_000, 8, "redline", 3, close=6),
        make_deal(11, "Wonka add-on", decided, 6_000, 2, "PO number", 0),
        make_deal(12, "Umbrella setup", won, 18_000, 17, company="signed by Ada"),
        make_deal(13, "Vandelay imports", lost, 9_000, 9, lost_reason="price against budget"),
    )


def many_deals(count: int) -> tuple[Deal, ...]:
    """So many deals, spread over the open stages; some stuck, some without an amount or a next step."""
    return tuple(
        make_deal(
            number,
            f"Deal {number} of company {number % 977}",
            STAGES[number % 3],
            None if number % 11 == 0 else 1_000 + number * 37 % 90_000,
            number % 29,
            None if number % 5 == 0 else "call about the offer",
            None if number % 5 == 0 else number % 12 - 1,
        )
        for number in range(1, count + 1)
    )


class DemoApp(App[None]):
    """An app in our themes; `ctrl+t` goes through them."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+t", "next_theme", "theme")]

    def __init__(self, theme_name: str = "dark") -> None:
        super().__init__()
        theme.install(self, theme_name)

    def action_next_theme(self) -> None:
        """Put on the next theme."""
        names = list(theme.THEMES)
        self.theme = names[(names.index(self.theme) + 1) % len(names)]


class BoardDemo(DemoApp):
    """The whole page of the board on made-up deals: header, board, stuck panel, forecast, keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(key, f"board('{action}')")
        for key, action in (
            ("left,h", "cursor_left"),
            ("right,l", "cursor_right"),
            ("up,k", "cursor_up"),
            ("down,j", "cursor_down"),
            ("pageup", "page_up"),
            ("pagedown", "page_down"),
            ("g,home", "first"),
            ("G,end", "last"),
            ("space", "toggle_select"),
        )
    ]

    def __init__(self, theme_name: str = "dark", deals: Iterable[Deal] | None = None) -> None:
        super().__init__(theme_name)
        self.state = BoardState()
        self.state.load(make_board(sample_deals() if deals is None else deals))

    def compose(self) -> ComposeResult:
        """The page."""
        yield PipelineHeader()
        with StillRow():
            yield BoardWidget(self.state)
            yield StuckPanel()
        yield ForecastBar()
        yield KeyHints(BOARD)

    def on_mount(self) -> None:
        """Fill in the sums."""
        state, stuck = self.state, self.state.stuck()
        self.query_one(PipelineHeader).show(state, stuck)
        self.query_one(StuckPanel).show(state, stuck)
        self.query_one(ForecastBar).show(
            state.forecast([add_months(month_of(TODAY), count) for count in range(3)])
        )
        self.query_one(BoardWidget).focus()

    async def action_board(self, action: str) -> None:
        """Hand a key to the board."""
        await self.run_action(action, self.query_one(BoardWidget))
