"""A list of lines with a cursor."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from unicodedata import category

from hypothesis import given
from hypothesis import strategies as st
from textual.app import ComposeResult
from textual.events import MouseScrollDown
from textual.strip import Strip

from tests.tui.looking import plain, text_of
from tui.widgets.cells import cell_len
from tui.widgets.demo import DemoApp
from tui.widgets.row_line import Line, LinePen, Piece, heading, text_line
from tui.widgets.row_list import Row, RowList


class CountedList(RowList):
    """A list that remembers which lines it drew."""

    def __init__(self, rows: Iterable[Row]) -> None:
        super().__init__(rows)
        self.drawn: list[int] = []

    def render_line(self, y: int) -> Strip:
        self.drawn.append(y)
        return super().render_line(y)


class ListApp(DemoApp):
    """An app with nothing but a list."""

    def __init__(self, rows: Iterable[Row]) -> None:
        super().__init__()
        self.list = CountedList(rows)
        self.picked: list[Hashable] = []
        self.moved: list[Hashable | None] = []

    def cursor(self) -> Hashable | None:
        return self.list.cursor_key

    def compose(self) -> ComposeResult:
        yield self.list

    def on_mount(self) -> None:
        self.list.focus()

    def on_row_list_picked(self, event: RowList.Picked) -> None:
        self.picked.append(event.key)

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        self.moved.append(event.key)


def entry(key: int, right: str = "") -> Row:
    return Row(key, Line((Piece(f"entry {key}", cut=True),), (Piece(right),) if right else ()))


def entries(*keys: int) -> list[Row]:
    return [entry(key) for key in keys]


HEADED = [
    Row(line=heading("overdue", 2)),
    Row(),
    *entries(1, 2),
    Row(),
    Row(line=heading("today", 1)),
    Row(),
    entry(3, "Fri"),
]


async def test_the_cursor_passes_over_headings_and_blank_lines() -> None:
    app = ListApp(HEADED)
    async with app.run_test(size=(30, 10)) as pilot:
        assert text_of(app.list)[:3] == [" OVERDUE 2", "", "▌entry 1"]
        for key in (2, 3, 3):
            app.list.action_cursor_down()
            assert app.cursor() == key
        assert text_of(app.list)[7] == "▌entry 3                  Fri"
        app.list.action_first()
        app.list.action_pick()
        await pilot.pause()
        assert app.moved == [2, 3, 1]
        assert app.picked == [1]


async def test_a_cursor_key_draws_the_two_lines_that_change() -> None:
    app = ListApp(entries(*range(10_000)))
    async with app.run_test(size=(30, 20)) as pilot:
        await pilot.pause()
        app.list.drawn.clear()
        app.list.action_cursor_down()
        await pilot.pause()
        assert sorted(app.list.drawn) == [0, 1]


async def test_new_rows_draw_only_the_lines_that_differ() -> None:
    app = ListApp(entries(*range(20)))
    async with app.run_test(size=(30, 10)) as pilot:
        await pilot.pause()
        app.list.drawn.clear()
        app.list.show([entry(key, "now" if key == 4 else "") for key in range(20)])
        await pilot.pause()
        assert app.list.drawn == [4]
        app.list.drawn.clear()
        app.list.show([entry(key, "now" if key == 4 else "") for key in range(20)])
        await pilot.pause()
        assert app.list.drawn == []


async def test_the_cursor_stays_on_its_key_else_goes_to_its_neighbour() -> None:
    app = ListApp(entries(1, 2, 3, 4))
    async with app.run_test(size=(30, 10)) as pilot:
        app.list.select(3)
        app.list.show([Row(line=heading("more")), *entries(9, 1, 2, 3, 4)])
        assert app.cursor() == 3
        app.list.show(entries(1, 2, 4))
        assert app.cursor() == 4
        app.list.show(entries(1, 2))
        assert app.cursor() == 2
        app.list.show([Row(line=text_line("nothing"))])
        assert app.cursor() is None
        app.list.action_pick()
        await pilot.pause()
        assert app.moved == [3, 4, 2, None]
        assert app.picked == []
        assert not app.list.select(7)


async def test_rows_of_one_key_are_one_entry() -> None:
    both = [Row(key, text_line(f"{key} {line}")) for key in (1, 2) for line in ("above", "below")]
    app = ListApp(both)
    async with app.run_test(size=(30, 10)):
        assert [line[:1] for line in text_of(app.list)[:4]] == ["▌", "▌", " ", " "]
        app.list.action_cursor_down()
        assert text_of(app.list)[2:4] == ["▌2 above", "▌2 below"]


async def test_a_list_scrolls_with_its_cursor_and_shows_the_heading_of_the_first() -> None:
    app = ListApp([Row(line=heading("first")), Row(), *entries(*range(50))])
    async with app.run_test(size=(30, 10)) as pilot:
        app.list.action_last()
        assert text_of(app.list)[-1] == "▌entry 49"
        app.list.action_page_up()
        assert app.cursor() == 40
        app.list.action_page_down()
        assert app.cursor() == 49
        for _ in range(49):
            app.list.action_cursor_up()
        assert text_of(app.list)[0] == " FIRST"
        await pilot.resize_terminal(30, 5)
        app.list.action_page_down()
        assert app.cursor() == 4
        assert "▌entry 4" in text_of(app.list)


async def test_text_below_the_last_entry_can_be_read() -> None:
    app = ListApp([entry(1), *(Row(line=text_line(f"line {n}")) for n in range(30)), entry(2)])
    async with app.run_test(size=(30, 10)):
        seen: set[str] = set()
        for _ in range(20):
            seen.update(text_of(app.list))
            app.list.action_cursor_down()
        assert {f" line {n}" for n in range(30)} <= seen
        assert app.cursor() == 2
        app.list.show([entry(1), *(Row(line=text_line(f"line {n}")) for n in range(30))])
        for _ in range(30):
            app.list.action_cursor_down()
        assert text_of(app.list)[-1] == " line 29"
        app.list.action_first()
        app.list.action_page_down()
        assert text_of(app.list)[0] == " line 8"


async def test_click_wheel_and_double_click() -> None:
    app = ListApp([Row(line=heading("all")), *entries(*range(50))])
    async with app.run_test(size=(30, 10)) as pilot:
        await pilot.click(app.list, offset=(3, 0))
        assert app.cursor() == 0
        await pilot.click(app.list, offset=(3, 4))
        assert (app.cursor(), app.picked) == (3, [])
        await pilot.click(app.list, offset=(3, 5), times=2)
        assert (app.cursor(), app.picked) == (4, [4])
        await pilot._post_mouse_events([MouseScrollDown], app.list, offset=(3, 5))
        assert (app.list.top, app.cursor()) == (3, 4)


def drawn(line: Line, width: int, cursor: bool = False) -> str:
    return LinePen(width, 1, plain).strip(line, cursor=cursor).text


def test_names_are_cut_and_numbers_never() -> None:
    line = Line((Piece("Initech renewal", cut=True), Piece("  7d")), (Piece("$40,000", "money"),))
    assert drawn(line, 40) == " Initech renewal  7d            $40,000 "
    assert drawn(line, 24) == " Initech r…  7d $40,000 "
    assert "7d" in drawn(line, 17)
    assert "$40,000" in drawn(line, 17)


def test_pieces_of_a_width_stand_in_columns() -> None:
    rows = [
        Line((Piece(name, cut=True, width=10),), (Piece(amount, width=9, right=True), Piece(" x", width=4)))
        for name, amount in (("A", "$9"), ("A rather long name", "$40,000"))
    ]
    assert [drawn(line, 40).index("x") for line in rows] == [36, 36]
    assert drawn(rows[1], 40).startswith(" A rather… ")


def test_a_fill_is_a_rule_between_the_words() -> None:
    line = Line((Piece("timeline"),), (Piece("3"),), fill="─")
    assert drawn(line, 20) == " timeline ─────── 3 "


pieces = st.lists(
    st.builds(
        Piece,
        st.text(max_size=30),
        st.just("text"),
        st.booleans(),
        st.integers(0, 12),
        st.booleans(),
    ),
    max_size=4,
).map(tuple)


@given(pieces, pieces, st.integers(0, 10), st.integers(0, 60), st.booleans(), st.sampled_from(" ─"))
def test_a_line_is_exactly_as_wide_as_asked_whatever_is_in_it(
    left: tuple[Piece, ...], right: tuple[Piece, ...], indent: int, width: int, cursor: bool, fill: str
) -> None:
    strip = LinePen(width, 1, plain).strip(Line(left, right, indent, fill), cursor=cursor)
    assert cell_len(strip.text) == width == strip.cell_length
    assert not {category(char) for char in strip.text} & {"Cc", "Cs", "Zl", "Zp"}


async def test_an_entry_that_is_taller_than_the_list_is_shown_from_its_first_line() -> None:
    tall = [Row("tall", text_line(f"line {n}")) for n in range(8)]
    app = ListApp([entry(1), *tall, entry(2)])
    async with app.run_test(size=(30, 5)):
        app.list.action_cursor_down()
        assert text_of(app.list)[0] == "▌line 0"
        app.list.action_cursor_down()
        app.list.action_cursor_up()
        assert text_of(app.list)[0] == "▌line 0"
