"""Plain text: aligned whatever the names are, as wide as the terminal, and without anything that a terminal obeys."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.cli.running import Deals
from tui.commands.cells import cells, cut, fitted, wrapped
from tui.commands.plain import Field, heading, table

HOSTILE = "Acme [/] \x1b]52;c;eA==\x07 [@click=app.quit]x \u202eevil\u2028\x9b2J"

FIELDS = (
    Field("id", right=True),
    Field("name", least=8),
    Field("amount", right=True),
    Field("empty"),
    Field("step", least=6),
)


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("abc", 3),
        ("日本", 4),
        ("é", 1),
        ("e\u0301", 1),
        ("🎉", 2),
        ("❤️", 2),
        ("👩‍💻", 2),
        ("👍🏽", 2),
        ("🇨🇭🇩🇪", 4),
        ("한글", 4),
    ],
)
def test_the_cells_of_a_text(text: str, width: int) -> None:
    assert cells(text) == width


@given(
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=40),
    st.integers(0, 30),
)
@example("\U0001f3fb", 3)
def test_a_fitted_text_has_exactly_the_cells_it_should(text: str, room: int) -> None:
    assert cells(fitted(text, room)) == cells(fitted(text, room, right=True)) == room
    assert cells(cut(text, room)) <= room
    assert cut(text, cells(text)) == text


@given(st.text(max_size=80), st.integers(5, 30))
def test_wrapped_lines_fit_and_keep_the_words(text: str, room: int) -> None:
    lines = wrapped(text, room)
    assert all(cells(line) <= room for line in lines)
    words = text.split()
    if all(cells(word) <= room for word in words):
        assert " ".join(lines).split() == words


def test_columns_line_up_and_empty_ones_are_left_out() -> None:
    rows = [("7", "日本株式会社", "$12", "", "→ call Ann"), ("12", "Acme", "$1,200", "", "")]
    assert table(FIELDS, rows, 80) == [
        "id  name          amount  step",
        " 7  日本株式会社     $12  → call Ann",
        "12  Acme          $1,200",
    ]


def test_names_give_way_and_amounts_do_not() -> None:
    rows = [("7", "A name that is rather long", "$12,000,000.50", "", "→ call Ann about the contract")]
    for room in range(37, 80):
        (line,) = table(FIELDS, rows, room, titles=False)
        assert cell_len(line) <= room
        assert "$12,000,000.50" in line
        assert line.startswith("7  A name")


def test_a_heading_takes_two_lines_where_one_is_too_short() -> None:
    assert heading("SALES", "3 open", 20) == ["SALES         3 open"]
    assert heading("A LONG HEADING", "3 open", 20) == ["A LONG HEADING", "              3 open"]


def test_every_printed_table_fits_and_lines_up(deals: Deals, monkeypatch: pytest.MonkeyPatch) -> None:
    deals("init", "--name", "営業 パイプライン")
    for name in ("日本語の名前はとても長いです 取引先", "👩‍💻 Emoji & Söhne", "x" * 190, "Plain"):
        deals(
            "add",
            f'"{name}" 12,345.67 stage:decision close:2026-11-01 step:"call everybody about everything mon"',
        )
    for width in (60, 80, 120, 200):
        monkeypatch.setenv("COLUMNS", str(width))
        for words in (("list",), ("board",), ("stuck",), ("forecast",)):
            for line in deals(*words).out.splitlines():
                assert cells(line) <= width, (words, line)
        amounts = [line for line in deals("list").out.splitlines() if "$12,345.67" in line]
        ends = {cells(line.partition("$12,345.67")[0]) for line in amounts}
        assert (len(amounts), len(ends)) == (4, 1)


PRINTING = (
    ("list",),
    ("board",),
    ("stuck",),
    ("show", "1"),
    ("list", "--json"),
    ("show", "1", "--json"),
    ("board", "--json"),
    ("--complete", "deals"),
)


def test_thousands_have_their_mark_in_the_last_line_too(deals: Deals, db: Path) -> None:
    file = db.with_name("many.csv")
    file.write_text("name\n" + "".join(f"Deal {number}\n" for number in range(1001)), encoding="utf-8")
    assert deals("import", str(file), "--yes").code == 0
    last = deals("board", today="2026-12-31").out.splitlines()[-1]
    assert last == "1,001 stuck · 1,001 undated"


def test_hostile_names_are_only_text(deals: Deals, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    line = f'"{HOSTILE}" 12k step:"call \x1b[5mAnn fri" src:\x07bell'
    assert deals("add", line, today="2026-10-01").code == 0
    deals("add", f'"{HOSTILE} two" 1k close:2026-10-02', today="2026-10-01")
    printed = [deals(*words).out for words in PRINTING]
    printed += [deals("won", "two").out, deals("undo").out, deals("show", HOSTILE).err]
    for text in printed:
        assert text.replace("\n", "").replace("\t", "").isprintable()
        assert "[@click=app.quit]x" in text
    assert deals("show", "\x1b[2Jnobody").err.strip().isprintable()
