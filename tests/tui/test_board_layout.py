"""Where things are on a board of any size."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.widgets.board_layout import (
    CARD_LINES,
    CARD_PITCH,
    GAP,
    NARROWEST,
    NARROWEST_CLOSED,
    Hit,
    Viewport,
    lay_out,
)
from tui.widgets.board_state import BoardState
from tui.widgets.demo import STAGES, make_board, make_deal

FIVE = (False, False, False, True, True)


def widths(width: int, closed: tuple[bool, ...] = FIVE, focused: int = 0, first: int = 0) -> list[int]:
    return [place.width for place in lay_out(width, 30, closed, focused, first).places]


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (250, [48, 48, 48, 47, 47]),
        (160, [30, 30, 30, 29, 29]),
        (140, [28, 28, 28, 22, 22]),
        (126, [28, 27, 27, 16, 16]),
        (110, [22, 22, 22, 16, 16]),
        (100, [19, 19, 18, 16, 16]),
        (96, [18, 18, 18, 16, 16]),
        (95, [30, 30, 29]),
        (60, [28, 28]),
        (30, [28]),
    ],
)
def test_open_stages_share_and_the_closed_ones_give_first(width: int, expected: list[int]) -> None:
    assert widths(width) == expected


def test_a_board_that_scrolls_moves_as_little_as_keeps_the_focused_column_in_view() -> None:
    def visible(focused: int, first: int) -> list[int]:
        return [place.column for place in lay_out(60, 15, FIVE, focused, first).places]

    assert visible(0, 0) == [0, 1]
    assert visible(1, 0) == [0, 1]
    assert visible(2, 0) == [1, 2]
    assert visible(1, 1) == [1, 2]
    assert visible(0, 1) == [0, 1]
    assert visible(4, 0) == [3, 4]
    layout = lay_out(60, 15, FIVE, 2, 1)
    assert (layout.hidden_left, layout.hidden_right) == (1, 2)


def test_lines_of_a_small_and_a_tall_board() -> None:
    small, tall = lay_out(60, 12, FIVE, 0), lay_out(160, 45, FIVE, 0)
    assert (small.heading_y, small.cards_y, small.foot_y, small.slots) == (0, 2, 9, 2)
    assert (tall.heading_y, tall.cards_y, tall.foot_y, tall.slots) == (1, 3, 41, 9)


@given(
    st.integers(1, 300),
    st.integers(1, 100),
    st.lists(st.booleans(), min_size=1, max_size=12),
    st.integers(0, 11),
    st.integers(0, 11),
)
def test_columns_never_overlap_and_the_focused_one_is_in_view(
    width: int, height: int, closed: list[bool], focused: int, first: int
) -> None:
    focused = min(focused, len(closed) - 1)
    layout = lay_out(width, height, closed, focused, first)
    assert layout.place_of(focused) is not None
    ends = 0
    for place in layout.places:
        assert place.x >= ends + (GAP if ends else 0)
        assert place.width >= 1
        ends = place.end
    if width >= 60:
        assert ends <= width - 1
        narrowest = NARROWEST_CLOSED if any(closed) and not all(closed) else NARROWEST
        assert all(
            place.width >= (narrowest if closed[place.column] else NARROWEST) for place in layout.places
        )
    assert layout.hidden_left + len(layout.places) + layout.hidden_right == len(closed)


@given(st.integers(60, 250), st.integers(12, 60), st.integers(0, 249), st.integers(0, 59))
def test_what_is_at_a_point_is_what_is_drawn_there(width: int, height: int, x: int, y: int) -> None:
    state = BoardState()
    state.load(make_board(make_deal(n, f"Deal {n}", STAGES[n % 3]) for n in range(1, 40)))
    viewport = Viewport()
    layout = viewport.lay_out(state, width, height)
    viewport.scroll(state, layout.places[0].column, 2, layout.slots)
    hit = viewport.hit(state, layout, x, y)
    inside = [place for place in layout.places if place.x <= x < place.end]
    if inside:
        assert hit is not None
        assert hit.column == inside[0].column
    if hit is not None and hit.row is not None:
        line = layout.cards_y + (hit.row - viewport.top(state, hit.column)) * CARD_PITCH
        assert line <= y < line + CARD_LINES
        assert y < layout.foot_y


def test_the_view_follows_the_cursor_and_may_be_scrolled_away() -> None:
    state = BoardState()
    state.load(make_board(make_deal(n, f"Deal {n}") for n in range(1, 21)))
    viewport = Viewport()
    state.move_row(6)
    viewport.follow(state, 5)
    assert viewport.top(state, 0) == 2
    state.move_row(-5)
    viewport.follow(state, 5)
    assert viewport.top(state, 0) == 1
    assert viewport.scroll(state, 0, 100, 5)
    assert viewport.top(state, 0) == 15
    assert not viewport.scroll(state, 0, 1, 5)
    state.set_filter(lambda deal: deal.id > 15)
    viewport.clamp(state, 5)
    assert viewport.top(state, 0) == 0


def test_gaps_belong_to_the_columns_beside_them() -> None:
    state = BoardState()
    state.load(make_board([make_deal(1, "Only")]))
    viewport = Viewport()
    layout = viewport.lay_out(state, 160, 45)
    first, second = layout.places[:2]
    assert viewport.hit(state, layout, first.end, 3) == Hit(0, 0)
    assert viewport.hit(state, layout, second.x - 1, 3) == Hit(1, None)
    assert viewport.hit(state, layout, 0, 3) is None
    assert viewport.hit(state, layout, first.x, layout.cards_y + CARD_LINES) == Hit(0, None)


@given(
    top=st.integers(0, 12),
    gone=st.sets(st.integers(1, 20)),
    new=st.integers(0, 5),
)
def test_what_is_in_view_stays_where_it_is_when_the_board_is_read_anew(
    top: int, gone: set[int], new: int
) -> None:
    state, viewport, slots = BoardState(), Viewport(), 5
    state.load(make_board([make_deal(number, f"Deal {number}") for number in range(1, 21)]))
    viewport.scroll(state, 0, top, slots)
    in_view = viewport.in_view(state)
    there = [number for number in range(1, 21) if number not in gone]
    state.load(make_board([make_deal(number, "") for number in [*range(100, 100 + new), *there]]))
    viewport.keep(state, in_view)
    shown = [deal.id for deal in state.columns[0].shown]
    below = [number for number in there if number > top]
    if top == 0:
        assert viewport.top(state, 0) == 0  # what is new at the top is to be seen
    elif below:
        assert shown[viewport.top(state, 0)] == below[0]
