"""The lines of a deal's page, as far as their words depend on the room they have."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from store import Event, Pushes
from tests.deck import TODAY
from tui.widgets.deal_rows import pushed_words
from tui.widgets.row_line import Line
from tui.widgets.timeline_rows import timeline_rows
from tui.widgets.wrapping import wrapped

DATES = tuple(date(2026, 6, 15) + timedelta(30 * place) for place in range(4))


@pytest.mark.parametrize(
    ("count", "room", "words"),
    [
        (0, 80, ""),
        (1, 80, "pushed once: 15 Jun"),
        (2, 80, "pushed twice: 15 Jun, 15 Jul"),
        (4, 80, "pushed 4 times: 15 Jun, 15 Jul, 14 Aug, 13 Sep"),
        (4, 40, "pushed 4 times: … 15 Jul, 14 Aug, 13 Sep"),
        (4, 30, "pushed 4 times: … 13 Sep"),
        (4, 10, "pushed 4 times"),
    ],
)
def test_pushes_are_told_with_the_dates_that_fit(count: int, room: int, words: str) -> None:
    assert pushed_words(Pushes(DATES[:count]), TODAY, room) == words


texts = st.text(st.sampled_from("ab 契\n-"), max_size=60)


@given(texts, st.integers(2, 30))
def test_wrapped_lines_fit_and_lose_nothing_but_spaces(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert len(lines) >= (text.count("\n") + 1 if text else 0)


def line_text(line: Line) -> str:
    return " " * line.indent + "".join(piece.text.rjust(piece.width) for piece in line.left)


@example("wants single sign-on before signing, and seats for all of her people in Graz", 40, True)
@given(texts, st.integers(40, 70), st.booleans())
def test_the_timeline_tells_all_of_an_event(text: str, room: int, is_move: bool) -> None:
    event = Event(TODAY, "meeting", text, is_move)
    heading, *rows = timeline_rows((event,), TODAY, room)
    assert heading.line.fill == "─"
    lines = [line_text(row.line) for row in rows]
    assert all(cell_len(line.rstrip()) <= room for line in lines)
    told = "".join("".join(lines).split())
    said = "".join(text.split())
    assert told == "today•meeting" + (f"“{said}”" if is_move and text else said)


def test_a_first_word_that_does_not_fit_beside_the_event_begins_the_next_line() -> None:
    event = Event(TODAY, "entered Contract signed and returned", "contract came back", True)
    lines = [line_text(row.line).rstrip() for row in timeline_rows((event,), TODAY, 58)]
    assert lines[1:] == [
        "      today • entered Contract signed and returned",
        "              “contract came back”",
    ]


def test_what_was_asked_for_stands_below_the_evidence() -> None:
    event = Event(TODAY, "entered Demo", "they came", True, "The buyer came to the demo.")
    lines = [line_text(row.line) for row in timeline_rows((event,), TODAY, 60)]
    assert lines[1:] == [
        "      today • entered Demo  “they came”",
        "              asked for: The buyer came to the demo.",
    ]
