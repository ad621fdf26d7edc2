"""The panel that answers "what now"."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st
from textual.app import ComposeResult

from store import Deal
from tests.tui.looking import text_of
from tui.widgets.board_state import BoardState
from tui.widgets.demo import STAGES, DemoApp, make_board, make_deal, sample_deals
from tui.widgets.panel_blocks import blocks_of, entries_ended, spot_at, spot_of
from tui.widgets.stuck_panel import StuckPanel

RADAR, EVALUATED, *_ = STAGES


class PanelApp(DemoApp):
    """An app with nothing but the panel."""

    def __init__(self, deals: Iterable[Deal]) -> None:
        super().__init__()
        self.state = BoardState()
        self.state.load(make_board(deals))
        self.panel = StuckPanel()
        self.picked: list[int] = []

    def compose(self) -> ComposeResult:
        yield self.panel

    def on_mount(self) -> None:
        self.show()
        self.panel.focus()

    def show(self) -> None:
        self.panel.show(self.state, self.state.stuck())

    def on_stuck_panel_deal_picked(self, event: StuckPanel.DealPicked) -> None:
        self.picked.append(event.deal_id)


async def test_the_panel_of_the_sample() -> None:
    app = PanelApp(sample_deals())
    async with app.run_test(size=(34, 30)) as pilot:
        app.panel.review_key = "r"
        await pilot.pause()
        assert (
            text_of(app.panel)
            == [
                "",
                "  STUCK 2        $28,200 at stake",
                "",
                "  ! Initech renewal      $20,000",
                "    idle 21 days, limit 14",
                "",
                "  ! Stark licence         $8,200",
                "    close date passed 9 days ago",
                "",
                "",
                "  NO NEXT STEP 1",
                "",
                "    Soylent workshop        $800",
                "",
                "",
                "  TODAY 2",
                "",
                "    PO number",
                "    Wonka add-on",
                "",
                "    intro e-mail",
                "    Wayne Ent. rollout",
                *[""] * 6,
                "  r review the stuck ones",
                "",
            ]
            or text_of(app.panel)[1] == "  STUCK 2       $28,200 at stake"
        )


async def test_a_good_day_is_said_plainly() -> None:
    app = PanelApp([make_deal(1, "Fine", RADAR, 5, 1, "call", 3)])
    async with app.run_test(size=(34, 30)):
        assert [line for line in text_of(app.panel) if line] == ["  ✓ nothing is stuck"]
        app.panel.action_cursor_down()
        app.panel.action_pick()
        assert app.picked == []


async def test_unknown_amounts_and_other_currencies() -> None:
    deals = [make_deal(1, "Unknown", RADAR, None, 20), make_deal(2, "Euro", RADAR, 900, 20, currency="EUR")]
    app = PanelApp(deals)
    async with app.run_test(size=(34, 30)):
        lines = text_of(app.panel)
    assert any(line.split() == ["!", "Unknown", "no", "amount"] for line in lines)
    assert any(line.split() == ["!", "Euro", "€900"] for line in lines)


async def test_entries_are_gone_through_and_picked() -> None:
    app = PanelApp(sample_deals())
    async with app.run_test(size=(34, 12)) as pilot:
        panel = app.panel
        panel.action_pick()
        panel.action_cursor_down()
        panel.action_cursor_down()
        panel.action_pick()
        panel.action_last()
        panel.action_pick()
        panel.action_page_up()
        panel.action_first()
        panel.action_cursor_up()
        panel.action_page_down()
        await pilot.pause()
        assert app.picked == [5, 4, 2]
        assert panel.entry is not None
        assert panel.entry.deal.name == "Wonka add-on"


async def test_a_click_picks() -> None:
    app = PanelApp(sample_deals())
    async with app.run_test(size=(34, 30)) as pilot:
        await pilot.click(app.panel, offset=(10, 7))
        await pilot.click(app.panel, offset=(10, 8))
        await pilot.click(app.panel, offset=(10, 1))
        await pilot.pause()
        assert app.picked == [6]


async def test_the_cursor_stays_on_its_deal() -> None:
    app = PanelApp(sample_deals())
    async with app.run_test(size=(34, 30)):
        app.panel.action_cursor_down()
        app.state.patch([make_deal(90, "Dearer", EVALUATED, 90_000, 40)])
        app.show()
        assert app.panel.entry is not None
        assert app.panel.entry.deal.name == "Stark licence"
        assert app.panel.cursor == 2
        app.state.patch([], gone=[6, 90, 5, 4, 2, 11])
        app.show()
        assert app.panel.entry is None


async def test_two_thousand_stuck_deals_are_scrolled_and_counted() -> None:
    app = PanelApp(make_deal(n, f"Deal {n}", RADAR, n, 20) for n in range(1, 2_001))
    async with app.run_test(size=(34, 30)) as pilot:
        assert text_of(app.panel)[1].startswith("  STUCK 2,000")
        assert text_of(app.panel)[-2].endswith("▾ 1,992")
        app.panel.action_last()
        await pilot.pause()
        lines = text_of(app.panel)
        assert any("Deal 1 " in line + " " for line in lines)
        assert "▾" not in lines[-2]
        app.panel.action_first()
        await pilot.pause()
        assert text_of(app.panel)[1].startswith("  STUCK 2,000")


async def test_more_room_shows_what_was_scrolled_away() -> None:
    app = PanelApp(sample_deals())
    async with app.run_test(size=(34, 30)) as pilot:
        whole = text_of(app.panel)
        await pilot.resize_terminal(34, 12)
        app.panel.action_last()
        await pilot.pause()
        assert app.panel.top > 0
        await pilot.resize_terminal(34, 24)
        assert text_of(app.panel)[1:21] == whole[2:22]  # the last entry is at the foot, not higher
        await pilot.resize_terminal(34, 30)
        assert text_of(app.panel)[1].startswith("  STUCK 2")


async def test_less_to_show_leaves_no_room_below_what_was_scrolled_to() -> None:
    app = PanelApp(make_deal(n, f"Deal {n}", RADAR, n, 20) for n in range(1, 21))
    async with app.run_test(size=(34, 30)) as pilot:
        app.panel.action_last()
        app.state.patch([], gone=range(1, 18))
        app.show()
        await pilot.pause()
        assert text_of(app.panel)[1].startswith("  STUCK 3")


async def test_a_hostile_name_is_plain_text() -> None:
    hostile = "Acme [/] \x1b]52;c;eA==\x07 [@click=app.quit]x"
    app = PanelApp([make_deal(1, hostile, RADAR, 5, 20), make_deal(2, hostile, RADAR, 5, 1, hostile, 0)])
    app.panel.styles.width = "1fr"
    async with app.run_test(size=(60, 30)):
        strips = [app.panel.render_line(y) for y in range(30)]
    page = "".join(strip.text for strip in strips)
    assert page.count("Acme [/] ]52;c;eA== [@click=app.quit]x") == 3
    assert {strip.cell_length for strip in strips} == {60}


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30))
def test_lines_and_entries_agree(stuck_count: int, nudged_count: int, due_count: int) -> None:
    state = BoardState()
    stuck = [make_deal(n, "s", RADAR, n, 20) for n in range(stuck_count)]
    nudged = [make_deal(100 + n, "n", RADAR, n, 5) for n in range(nudged_count)]
    due = [make_deal(200 + n, "d", RADAR, n, 1, "call", 0) for n in range(due_count)]
    state.load(make_board([*stuck, *nudged, *due]))
    blocks = blocks_of(state.stuck(), state.due())
    count = stuck_count + nudged_count + due_count
    for number in range(count):
        spot = spot_of(blocks, number)
        assert spot is not None
        for line in range(spot.height):
            there = spot_at(blocks, spot.y + line)
            assert there is not None
            assert there == spot._replace(line=line)
        assert entries_ended(blocks, spot.y + spot.height - 1) == number
        assert entries_ended(blocks, spot.y + spot.height) == number + 1
    assert spot_of(blocks, count) is None
    assert entries_ended(blocks, 10_000) == count
