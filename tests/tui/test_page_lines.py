"""Header, forecast bar and key hints: what each line says, and what it leaves out first when there is less room."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.style import Style
from textual.app import ComposeResult

from store import Forecast, MonthForecast, Sort, StuckList, Totals, clean_line, forecast
from tests.tui.looking import plain, text_of
from tui.keys import BOARD, Command
from tui.keys_deal import DEAL
from tui.keys_people import COMPANIES, COMPANY, PEOPLE, PERSON
from tui.keys_review import REVIEW
from tui.keys_today import TODAY as TODAY_KEYS
from tui.widgets.board_state import BoardState
from tui.widgets.cells import cell_len
from tui.widgets.demo import PIPELINE, TODAY, DemoApp, make_board, sample_deals
from tui.widgets.fitting import fitted
from tui.widgets.forecast_bar import ForecastBar
from tui.widgets.header import HeaderFacts, PipelineHeader
from tui.widgets.key_hints import KeyHint, KeyHints, fitting_hints, hints_of, in_lines, joined_keys
from tui.widgets.line_widget import LineWidget
from tui.widgets.review_frame import ReviewKeys

FACTS = HeaderFacts(
    name="Sales",
    currency="USD",
    open=Totals(11, 184_500_00, 0, 85_850_00 * 100),
    stuck=2,
    due=2,
    today=TODAY,
)
MONTH = MonthForecast(
    month="2026-11",
    won=18_000_00,
    expected=22_400_00 * 100,
    forecast=40_400_00 * 100,
    goal=50_000_00,
    gap=32_000_00,
    coverage=1.5,
    p10=18_000_00,
    p50=40_000_00,
    p90=61_000_00,
    chance=0.31,
)
LATER = (
    replace(MONTH, month="2026-12", won=0, forecast=31_050_00 * 100),
    replace(MONTH, month="2027-01", won=0, forecast=18_200_00 * 100),
)
FORECAST = Forecast(TODAY, "USD", (MONTH, *LATER), Totals(count=1), Totals(count=2))


class LineApp(DemoApp):
    """An app with one line."""

    def __init__(self, line: LineWidget) -> None:
        super().__init__()
        self.line = line

    def compose(self) -> ComposeResult:
        yield self.line


async def said(line: LineWidget, width: int) -> str:
    """What a line says at that width."""
    app = LineApp(line)
    async with app.run_test(size=(width, 5)):
        assert line.render_line(0).cell_length == width
        return text_of(line)[0]


@pytest.mark.parametrize(
    ("width", "line"),
    [
        (160, "Sales 11 open $184,500 pipeline ≈ $85,850 weighted 2 stuck 2 due Fri 20 Nov"),
        (60, "Sales $184,500 ≈ $85,850 2 stuck 2 due Fri 20 Nov"),
        (40, "Sales ≈ $85,850 2 stuck Fri 20 Nov"),
        (30, "Sales 2 stuck Fri 20 Nov"),
    ],
)
async def test_the_header_keeps_the_weighted_sum_the_stuck_ones_and_the_day(width: int, line: str) -> None:
    header = PipelineHeader()
    header.facts = FACTS
    assert " ".join((await said(header, width)).split()) == line


async def test_the_header_says_what_filters_sorts_and_is_selected() -> None:
    header = PipelineHeader()
    header.badge = False
    header.facts = FACTS._replace(of=340, filter_text="amount>10k", sort=Sort.AMOUNT, selected=3, due=0)
    text = await said(header, 160)
    assert " ".join(text.split()) == (
        "Sales /amount>10k ✓ 3 selected by amount 11 of 340 open "
        "$184,500 pipeline ≈ $85,850 weighted Fri 20 Nov"
    )


async def test_another_day_than_the_clocks_is_said() -> None:
    header = PipelineHeader()
    header.facts = FACTS._replace(another_day=True)
    assert (await said(header, 120)).endswith("as of Fri 20 Nov 2026")


async def test_the_header_shows_a_boards_state() -> None:
    state = BoardState()
    header = PipelineHeader()
    header.show(state, StuckList(TODAY, (), (), Totals()))
    assert header.facts == HeaderFacts()
    state.load(make_board(sample_deals()))
    header.show(state, state.stuck(), due=2)
    assert header.facts == FACTS
    state.set_filter(lambda deal: deal.id < 3, "x")
    state.toggle_selected()
    header.show(state, state.stuck())
    assert (header.facts.of, header.facts.open.count, header.facts.selected) == (11, 2, 1)


@given(st.text(max_size=40), st.text(max_size=40), st.integers(10, 200))
def test_no_name_or_filter_makes_the_header_too_wide(name: str, text: str, width: int) -> None:
    header = PipelineHeader()
    header.look = plain  # type: ignore[method-assign]
    header.set_reactive(PipelineHeader.facts, FACTS._replace(name=name, filter_text=text, of=12, selected=2))
    segments = header.segments(width)
    assert sum(segment.cell_length for segment in segments) == width
    assert not any(ord(char) < 32 for segment in segments for char in segment.text)


SUMS = "$18,000 won + $22,400 expected = $40,400 of $50,000"
SHORTER = "$18,000 + $22,400 = $40,400 of $50,000"
OUTSIDE = "overdue 1 · undated 2"


@pytest.mark.parametrize(
    ("width", "line"),
    [
        (180, f"NOVEMBER {SUMS} {'━' * 24 + '─' * 6} 31 % chance DEC $31,050 JAN $18,200 {OUTSIDE}"),
        (150, f"NOVEMBER {SUMS} {'━' * 16 + '─' * 4} 31 % chance DEC $31,050 JAN $18,200 {OUTSIDE}"),
        (120, f"NOVEMBER {SHORTER} {'━' * 6 + '─' * 2} 31 % chance DEC $31k {OUTSIDE}"),
        (100, f"NOVEMBER {SHORTER} {'━' * 6 + '─' * 2} 31 % chance {OUTSIDE}"),
        (60, "NOV $40,400 of $50,000 31 % chance overdue 1"),
        (40, "NOV $40,400 of $50,000 31 %"),
        (28, "NOV $40.4k of $50k 31 %"),
    ],
)
async def test_the_forecast_bar_keeps_forecast_goal_and_chance(width: int, line: str) -> None:
    bar = ForecastBar()
    bar.show(FORECAST)
    text = await said(bar, width)
    assert " ".join(text.split()) == line


async def test_without_a_goal_the_bar_says_the_range_and_promises_nothing() -> None:
    bar = ForecastBar()
    bar.show(replace(FORECAST, months=(replace(MONTH, goal=None, gap=None, chance=None), *LATER)))
    assert " ".join((await said(bar, 160)).split()) == (
        "NOVEMBER $18,000 won + $22,400 expected = $40,400 80 % between $18,000 and $61,000 "
        "DEC $31,050 JAN $18,200 overdue 1 · undated 2"
    )


async def test_a_bar_without_deals_and_one_that_was_not_told_yet() -> None:
    bar = ForecastBar()
    assert await said(bar, 80) == ""
    bar = ForecastBar()
    bar.show(forecast(PIPELINE, [], [], ["2026-11"], TODAY, {}, {}))
    assert "0 % chance" in await said(bar, 80)


async def test_won_beyond_the_goal_fills_the_bar() -> None:
    bar = ForecastBar()
    bar.show(replace(FORECAST, months=(replace(MONTH, won=60_000_00, forecast=80_000_00 * 100, chance=1.0),)))
    text = await said(bar, 160)
    assert text.count("━") == 30
    assert "─" not in text
    assert "100 % chance" in text


def test_opposite_keys_are_one_hint() -> None:
    hints = hints_of(BOARD)
    assert hints[0] == KeyHint("←→", "stage", hints[0].rank)
    assert any(hint.keys == "⇧←→" and hint.label == "move" for hint in hints)
    assert joined_keys("⇧←", "⇧→") == "⇧←→"
    assert joined_keys("h", "l") == "hl"


def test_digits_are_one_hint() -> None:
    assert next(hint for hint in hints_of(TODAY_KEYS) if hint.label == "in days").keys == "1…9"


def test_hints_are_left_out_by_rank_and_keep_their_order() -> None:
    hints = (KeyHint("a", "add", 3), KeyHint("b", "back", 1), KeyHint("c", "call", 2))
    assert fitting_hints(hints, 99, 2) == [list(hints)]
    assert fitting_hints(hints, 14, 2) == [[hints[1], hints[2]]]
    assert fitting_hints(hints, 6, 2) == [[hints[1]]]
    assert fitting_hints(hints, 5, 2) == [[]]
    assert fitting_hints(hints, 14, 2, 2) == [[hints[0], hints[1]], [hints[2]]]
    assert fitting_hints(hints, 6, 2, 2) == [[hints[1]], [hints[2]]]


@pytest.mark.parametrize("width", [60, 100, 160])
@pytest.mark.parametrize("keys", [BOARD, DEAL, REVIEW, TODAY_KEYS, PEOPLE, PERSON, COMPANIES, COMPANY])
async def test_the_hints_fit_and_help_is_among_them(keys: tuple[Command, ...], width: int) -> None:
    assert "? help" in await said(KeyHints(keys), width)


async def test_what_happened_takes_the_place_of_the_hints_as_plain_text() -> None:
    hints = KeyHints(BOARD)
    app = LineApp(hints)
    async with app.run_test(size=(60, 5)) as pilot:
        hints.tell("moved Acme [/] \x1b]52;c;eA==\x07 to Signed")
        await pilot.pause()
        assert text_of(hints)[0] == " ✓ moved Acme [/] ]52;c;eA== to Signed"
        hints.tell("moved the renewal of a customer with a long name to Signed · u undoes it")
        await pilot.pause()
        assert text_of(hints)[0] == " ✓ moved the renewal of a customer with a lo… · u undoes it"
        hints.untell()
        await pilot.pause()
        assert text_of(hints)[0].endswith("? help")


READ_ONLY = (
    "can be read but not changed, and nothing was; allow writing to it and to its folder, or work on a copy."
)


@pytest.mark.parametrize("hints", [KeyHints, ReviewKeys])
async def test_what_went_wrong_takes_the_lines_it_needs_and_gives_them_back(hints: type[KeyHints]) -> None:
    foot = hints(BOARD)
    app = LineApp(foot)
    async with app.run_test(size=(60, 15)) as pilot:
        least = foot.size.height
        foot.tell(f"/home/ann/deals.db {READ_ONLY}", wrong=True)
        await pilot.pause()
        lines = text_of(foot)
        assert " ".join(" ".join(lines).replace("─", "").split()).startswith(
            f"! /home/ann/deals.db {READ_ONLY}"
        )
        assert foot.size.height == least + 2
        await pilot.resize_terminal(160, 15)
        assert foot.size.height < least + 2
        await pilot.resize_terminal(60, 15)
        assert foot.size.height == least + 2
        foot.tell("moved Acme to Signed · u undoes it")
        await pilot.pause()
        assert foot.size.height == least
        foot.tell("This is no day.", wrong=True)
        await pilot.pause()
        assert foot.size.height == least
        foot.untell()
        await pilot.pause()
        assert text_of(foot)[-1].endswith("? help")


@given(st.text(max_size=400), st.integers(30, 160))
def test_what_to_do_about_it_is_never_cut(what: str, room: int) -> None:
    lines = in_lines(f"{clean_line(what)} {READ_ONLY}", room, 4)
    assert len(lines) <= 4
    assert all(cell_len(line) <= room for line in lines)
    assert " ".join(lines).endswith("; allow writing to it and to its folder, or work on a copy.")


def test_groups_are_shortened_in_the_order_of_the_steps() -> None:
    def words(*texts: str) -> list[list[tuple[str, Style]]]:
        return [[(text, Style())] if text else [] for text in texts]

    groups = [words("aaaa", "aa"), words("bbbb", "b", "")]
    assert [len(group) for group in fitted(groups, (1, 0, 1), 10, 2)] == [1, 1]
    assert fitted(groups, (1, 0, 1), 7, 2)[1][0][0] == "b"
    assert fitted(groups, (1, 0, 1), 5, 2)[0][0][0] == "aa"
    assert fitted(groups, (1, 0, 1), 2, 2) == [words("aa")[0], []]
    assert fitted(groups, (1, 0, 1), 1, 2) == [words("aa")[0], []]
