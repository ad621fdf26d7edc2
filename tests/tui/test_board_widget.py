"""The board on the screen: what it shows, how little it repaints, what the mouse does."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from textual import events
from textual.geometry import Offset
from textual.pilot import Pilot
from textual.widget import Widget

from store import Deal, InStage
from tests.tui.looking import BoardApp, text_of
from tui.widgets.board_layout import CARD_PITCH
from tui.widgets.demo import PIPELINE, STAGES, TODAY, make_board, make_deal, many_deals, sample_deals

RADAR, EVALUATED, DECIDED, WON, LOST = STAGES

HOSTILE = "Acme [/] \x1b]52;c;eA==\x07 [@click=app.quit]x\x9b31m\u202e"


async def test_the_page_of_the_sample() -> None:
    app = BoardApp()
    async with app.run_test(size=(126, 37)):
        lines = text_of(app.board)
    assert [line[:60].rstrip() for line in lines[1:7]] == [
        "  ON RADAR                10 %  PRODUCT EVALUATED      50 %",
        "  ━━━━━━━━━━━━━━━━━━━━━━━━━━━━  ───────────────────────────",
        "    Globex website              ▌ Initech renewal        !",
        "    $12,000                4d   ▌ $40,000              21d",
        "    → call Ann  Mon             ▌ no next step",
        "",
    ]
    assert lines[34].startswith("  4 deals              $48,000  3 deals             $72,500")
    assert lines[35].startswith("                      ≈ $4,800                    ≈ $36,250")
    assert lines[35].endswith("this month")


async def test_a_small_terminal_scrolls_sideways_and_says_so() -> None:
    app = BoardApp()
    async with app.run_test(size=(60, 12)) as pilot:
        app.board.action_cursor_right()
        app.board.action_cursor_right()
        await pilot.pause()
        lines = text_of(app.board)
    assert lines[0].startswith(" PRODUCT EVALUATED       50 %  DECISION MAKER EVALUAT… 70 %")
    assert lines[3].startswith("‹▌ $40,000")
    assert lines[3].endswith("›")
    assert lines[9].endswith("▾ 2")


async def test_cards_above_and_below_are_counted() -> None:
    app = BoardApp(make_deal(n, f"Deal {n}") for n in range(1, 21))
    async with app.run_test(size=(60, 12)) as pilot:
        assert text_of(app.board)[9].startswith(" ─────────────────────── ▾ 18  ──")
        app.board.action_last()
        await pilot.pause()
        lines = text_of(app.board)
    assert lines[1].startswith(" ━━━━━━━━━━━━━━━━━━━━━━━ ▴ 18  ──")
    assert lines[6].startswith("   Deal 20")
    assert "▾" not in lines[9]


async def test_a_column_without_deals_and_a_filter_without_match_say_so_quietly() -> None:
    app = BoardApp([make_deal(1, "Only", EVALUATED, 5)])
    async with app.run_test(size=(126, 37)) as pilot:
        assert text_of(app.board)[3].split() == ["no", "deals", "Only", *["no", "deals"] * 3]
        app.state.set_filter(lambda deal: False, "zzz")
        app.board.refresh_board()
        await pilot.pause()
        lines = text_of(app.board)
    assert lines[3].split() == ["no", "deals", "no", "match", *["no", "deals"] * 3]
    assert lines[34].split()[:5] == ["0", "deals", "0", "of", "1"]


async def test_an_empty_board_gives_three_hints() -> None:
    app = BoardApp([])
    async with app.run_test(size=(100, 30)) as pilot:
        page = "\n".join(text_of(app.board))
        shown = app.screen._compositor.render_strips()
        assert [line.text.strip() for line in shown if "add your first deal" in line.text] == [
            "a  add your first deal"
        ]
        assert "?  help" in page
        assert "I  import a list you have" in page
        app.state.patch([make_deal(1, "First", RADAR, 5)])
        app.board.refresh_board()
        await pilot.pause()
        assert "First" in "\n".join(text_of(app.board))
        assert "add your first deal" not in "\n".join(text_of(app.board))


async def test_unknown_amounts_and_other_currencies_are_counted_beside_the_total() -> None:
    deals = [
        make_deal(1, "A", RADAR, 5),
        make_deal(2, "B", RADAR),
        make_deal(3, "C", RADAR, 7, currency="EUR"),
    ]
    app = BoardApp(deals)
    async with app.run_test(size=(126, 37)):
        lines = text_of(app.board)
    assert lines[34][:31].split() == ["3", "deals", "$5"]
    assert lines[35][:31].split() == ["1", "unknown", "+", "€7", "≈", "$0.50"]


async def test_a_hostile_name_is_plain_text() -> None:
    deals = [make_deal(1, HOSTILE, RADAR, 5, 1, HOSTILE, 1), make_deal(2, "x", LOST, 5, lost_reason=HOSTILE)]
    app = BoardApp([*deals, make_deal(3, "x", WON, 5, company=HOSTILE)])
    app.state.columns[0].stage = RADAR._replace(name=HOSTILE)
    async with app.run_test(size=(250, 40)):
        strips = [app.board.render_line(y) for y in range(40)]
    page = "".join(strip.text for strip in strips)
    assert page.count("Acme [/]") == 4
    assert "[@click=app.quit]x" in page
    assert not any(unicodedata.category(char) in ("Cc", "Cf") for char in page)
    assert not any(segment.style and segment.style.meta for strip in strips for segment in strip)


@pytest.mark.parametrize("size", [(60, 12), (83, 20), (100, 26), (126, 37), (160, 44), (250, 56)])
async def test_every_line_is_as_wide_as_the_board(size: tuple[int, int]) -> None:
    names = [
        "契約更新 東京商事",
        "👩‍💻 workshop for the whole team",
        "e\u0301e\u0301 combining",
        "شركة الرياض",
    ]
    deals = (
        make_deal(n, names[n % 4] * (1 + n % 3), STAGES[n % 5], n * 12_345, n, names[n % 4], n)
        for n in range(1, 60)
    )
    app = BoardApp(replace(deal, amount=None) if deal.id % 7 == 0 else deal for deal in deals)
    async with app.run_test(size=size) as pilot:
        for _ in range(5):
            assert {app.board.render_line(y).cell_length for y in range(size[1])} == {size[0]}
            app.board.action_cursor_right()
            await pilot.pause()


async def test_the_rule_of_the_focused_column_says_whether_keys_come_here() -> None:
    app = BoardApp()
    async with app.run_test(size=(126, 37)) as pilot:

        def ink() -> object:
            rule = app.board.render_line(app.board.board_layout.heading_y + 1)
            return next(segment.style.color for segment in rule if "━" in segment.text and segment.style)

        assert ink() == app.board.look("accent").color
        app.set_focus(None)
        await pilot.pause()
        assert ink() == app.board.look("dim").color


# How little is repainted


@pytest.mark.parametrize("size", [(60, 12), (126, 44), (250, 56)])
@pytest.mark.parametrize("count", [100, 10_000])
async def test_a_cursor_key_draws_at_most_ten_lines_in_one_frame_of_two_kilobytes(
    size: tuple[int, int], count: int
) -> None:
    app = BoardApp(many_deals(count))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        # The first columns that are in view and have deals: neither scrolls.
        others = min(3, len(app.board.board_layout.places)) - 1
        keys = ["down", "up", *["right", "down"] * others, *["left"] * others]
        for key in keys:
            app.begin()
            await app.run_action(f"cursor_{key}", app.board)
            await pilot.pause()
            assert app.board.drawn <= 10
            assert len(app.frames) == 1
            assert app.frames[0] <= 2048


async def test_scrolling_repaints_only_the_column() -> None:
    app = BoardApp(many_deals(1_000))
    async with app.run_test(size=(160, 44)) as pilot:
        app.board.action_page_down()
        await pilot.pause()
        app.begin()
        app.board.action_page_down()
        await pilot.pause()
        assert len(app.frames) == 1
        assert app.board.drawn <= 3 * app.board.page_size + 2
        assert app.frames[0] <= 30_000 / 5


async def test_a_move_repaints_at_most_the_screen_in_one_frame() -> None:
    app = BoardApp(many_deals(10_000))
    async with app.run_test(size=(160, 44)) as pilot:
        await pilot.pause()
        deal = app.state.cursor_deal
        assert deal is not None
        app.begin()
        app.state.patch([replace(deal, in_stage=InStage.of(STAGES[1], TODAY), position=-1)])
        app.board.refresh_board()
        await pilot.pause()
        assert (len(app.frames), app.state.cursor_column) == (1, 1)
        assert app.board.drawn <= 44
        assert app.frames[0] <= 30_000


async def test_what_did_not_change_is_not_repainted() -> None:
    app = BoardApp()
    async with app.run_test(size=(126, 37)) as pilot:
        await pilot.pause()
        app.begin()
        app.state.load(make_board(sample_deals()))
        app.board.refresh_board()
        app.board.action_cursor_left()
        await pilot.pause()
        assert (app.board.drawn, app.frames, app.said) == (0, [], [])


async def test_the_number_of_widgets_does_not_depend_on_the_deals() -> None:
    counts = []
    for count in (10, 5_000):
        app = BoardApp(many_deals(count))
        async with app.run_test(size=(160, 44)):
            counts.append(len(app.screen.query(Widget)))
    assert counts[0] == counts[1] <= 6


async def test_a_longer_pipeline_gets_its_columns() -> None:
    app = BoardApp()
    stages = tuple(stage._replace(id=stage.id + 10 * n) for n in range(2) for stage in STAGES[:3])
    async with app.run_test(size=(200, 30)) as pilot:
        pipeline = PIPELINE._replace(id=9, stages=stages)
        app.state.load(make_board([make_deal(1, "Here", stages[5], 5)], pipeline))
        app.board.refresh_board()
        await pilot.pause()
        assert text_of(app.board)[1].count("%") == 6
        assert app.state.cursor_column == 5
        assert len(app.board.children) == 5


# The mouse


def at(app: BoardApp, column: int, row: int, dy: int = 0) -> tuple[int, int]:
    """A point on the name of a card."""
    layout = app.board.board_layout
    place = layout.place_of(column)
    assert place is not None
    return (place.x + 4, layout.cards_y + row * CARD_PITCH + dy)


def cursor(app: BoardApp) -> Deal:
    assert app.state.cursor_deal is not None
    return app.state.cursor_deal


async def test_a_click_puts_the_cursor_there() -> None:
    app = BoardApp()
    async with app.run_test(size=(126, 37)) as pilot:
        await pilot.click(app.board, offset=at(app, 2, 1))
        assert cursor(app).name == "Aperture seats"
        await pilot.click(app.board, offset=at(app, 1, 0, -2))
        assert app.state.cursor_column == 1
        await pilot.click(app.board, offset=at(app, 0, 7))
        assert app.state.cursor_column == 0
        # Just left of a column is its edge, a widget of its own.
        place = app.board.board_layout.place_of(3)
        assert place is not None
        await pilot.click(offset=(place.x - 1, app.board.board_layout.cards_y))
        assert cursor(app).name == "Umbrella setup"
        assert app.said == [9, 5, 1, 12]


async def test_a_double_click_opens() -> None:
    app = BoardApp()
    async with app.run_test(size=(126, 37)) as pilot:
        await pilot.click(app.board, offset=at(app, 2, 1), times=2)
        await pilot.pause()
        assert ("opened", 9) in app.said
        app.begin()
        await pilot.click(app.board, offset=at(app, 2, 6), times=2)
        await pilot.pause()
        assert app.said == []


async def drag(pilot: Pilot[None], widget: Widget, to: tuple[int, int]) -> None:
    """Move the mouse with its button down."""
    await pilot._post_mouse_events([events.MouseMove], widget, to, button=1)


async def test_a_card_is_dragged_to_a_column_which_shows_it() -> None:
    app = BoardApp()
    async with app.run_test(size=(126, 37)) as pilot:
        await pilot.mouse_down(app.board, offset=at(app, 0, 1))
        await drag(pilot, app.board, at(app, 2, 5))
        heading = app.board.render_line(app.board.board_layout.heading_y + 1).text
        assert heading.count("━") > 40
        await pilot.mouse_up(app.board, offset=at(app, 2, 5))
        await pilot.pause()
        assert app.said == [2, ("dropped", (2,), 3)]
        assert app.board.render_line(app.board.board_layout.heading_y + 1).text.count("━") < 30


async def test_a_selected_card_is_dragged_with_the_selection() -> None:
    app = BoardApp()
    app.state.selected = {1, 8}
    async with app.run_test(size=(126, 37)) as pilot:
        await pilot.mouse_down(app.board, offset=at(app, 0, 0))
        await drag(pilot, app.board, at(app, 1, 5))
        await pilot.mouse_up(app.board, offset=at(app, 1, 5))
        await pilot.pause()
        assert app.said == [("dropped", (1, 8), 2)]


@pytest.mark.parametrize("away", [Offset(1, 0), Offset(8, 3)])
async def test_a_card_let_go_over_its_own_column_stays(away: Offset) -> None:
    app = BoardApp()
    async with app.run_test(size=(126, 37)) as pilot:
        start = Offset(*at(app, 0, 0))
        await pilot.mouse_down(app.board, offset=start)
        await drag(pilot, app.board, start + away)
        await pilot.mouse_up(app.board, offset=start + away)
        await pilot.pause()
        assert app.said == []


async def test_the_wheel_scrolls_the_column_under_the_pointer() -> None:
    app = BoardApp(many_deals(300))
    async with app.run_test(size=(126, 37)) as pilot:
        await pilot.pause()
        app.begin()
        await pilot._post_mouse_events([_scroll_down()], app.board, offset=at(app, 1, 2), button=0)
        await pilot.pause()
        assert app.board.viewport.top(app.state, 1) == 1
        assert cursor(app).stage_id == 1
        assert app.board.drawn <= 3 * app.board.page_size + 2


def _scroll_down() -> type:
    from textual.events import MouseScrollDown

    return MouseScrollDown
