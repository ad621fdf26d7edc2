"""What a card says, whatever the deal is called and however narrow its column is."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

from store import Deal
from tests.tui.looking import plain
from tui.widgets.card import CardState, card_lines
from tui.widgets.demo import STAGES, TODAY, make_deal

RADAR, EVALUATED, _, WON, LOST = STAGES


def card(deal: Deal, width: int = 24, state: CardState | None = None) -> list[str]:
    """The lines of a card as text, without the spaces at the end."""
    lines = card_lines(deal, width, state or CardState(), TODAY, plain)
    strips = [Strip(line) for line in lines]
    assert [strip.cell_length for strip in strips] == [width] * 3
    assert [cell_len(strip.text) for strip in strips] == [width] * 3
    return [strip.text.rstrip() for strip in strips]


def test_an_open_deal_says_name_amount_days_and_next_step() -> None:
    assert card(make_deal(1, "Globex website", RADAR, 12_000, 4, "call Ann", 3)) == [
        "  Globex website",
        "  $12,000            4d",
        "  → call Ann  Mon",
    ]


def test_a_step_with_a_time_says_it_and_the_time_of_another_day_gives_way_to_words() -> None:
    def step(days: int, width: int = 24) -> str:
        deal = make_deal(1, "Globex website", RADAR, 12_000, 4, "call Ann", days)
        assert deal.next_step is not None
        return card(replace(deal, next_step=replace(deal.next_step, due_at=time(14, 30))), width)[2]

    assert step(0) == "  → call Ann  14:30"
    assert step(3) == "  → call Ann  Mon 14:30"
    assert step(3, 22) == "  → call Ann  Mon"
    assert step(0, 18) == "  → call A… 14:30"


@pytest.mark.parametrize(("days", "ink"), [(0, "dim"), (2, "dim"), (3, "missing"), (21, "missing")])
def test_a_missing_next_step_is_coloured_once_it_counts(days: int, ink: str) -> None:
    inks: list[str] = []

    def look(ink: str, ground: str = "") -> Style:
        inks.append(ink)
        return plain(ink, ground)

    deal = make_deal(1, "Acme", RADAR, 12_000, days)
    assert (deal.no_next_step or bool(deal.stuck)) is (ink == "missing")
    lines = card_lines(deal, 24, CardState(), TODAY, look)
    assert Strip(lines[2]).text.rstrip().endswith("  no next step" if days < 21 else "▌ no next step")
    assert ("missing" in inks) is (ink == "missing")


def test_a_stuck_deal_has_a_bar_and_a_sign() -> None:
    assert card(make_deal(5, "Initech renewal", EVALUATED, 40_000, 21)) == [
        "▌ Initech renewal     !",
        "▌ $40,000           21d",
        "▌ no next step",
    ]


def test_a_selected_deal_has_a_sign_too() -> None:
    selected = CardState(selected=True)
    assert card(make_deal(1, "Globex"), 24, selected)[0] == "▌ Globex              ✓"
    assert card(make_deal(1, "Globex", age=21), 24, selected)[0] == "▌ Globex            ✓ !"


def test_a_snoozed_deal_says_until_when() -> None:
    assert card(make_deal(1, "Globex", age=21, snoozed=7)) == [
        "  Globex            zzz",
        "  no amount         21d",
        "  until 27 Nov",
    ]
    assert card(make_deal(1, "Globex", RADAR, 5, 21, "call", 9, snoozed=7))[2] == "  → call  29 Nov"


def test_a_won_deal_says_when_and_with_whom_a_lost_one_why() -> None:
    assert card(make_deal(1, "Umbrella", WON, 18_000, 17, company="Umbrella Corp"))[1:] == [
        "  $18,000         3 Nov",
        "  Umbrella Corp",
    ]
    assert card(make_deal(1, "Vandelay", LOST, 9_000, 9, lost_reason="price against budget"))[1:] == [
        "  $9,000         11 Nov",
        "  price against budget",
    ]


@pytest.mark.parametrize(
    ("width", "lines"),
    [
        (19, ["  Aperture seats…", "  $21,000       3d", "  → board… 27 Nov"]),
        (24, ["  Aperture seats and m…", "  $21,000            3d", "  → board date  27 Nov"]),
    ],
)
def test_names_and_titles_are_cut_amounts_and_dates_are_not(width: int, lines: list[str]) -> None:
    deal = make_deal(9, "Aperture seats and more", RADAR, 21_000, 3, "board date", 7)
    assert card(deal, width) == lines


def test_an_amount_is_short_before_a_day_goes_down_a_line() -> None:
    assert card(make_deal(1, "Big", WON, 1_234_567, 9), 18)[1] == "  $1.23m   11 Nov"
    last_year = replace(make_deal(1, "Franc", WON, 12_400, 9, currency="CHF"), closed_on=date(2025, 11, 11))
    assert card(last_year, 16)[1:] == ["  CHF 12,400", "    11 Nov 2025"]


def test_an_overdue_step_is_dated_too() -> None:
    assert card(make_deal(1, "Late", RADAR, 5, 1, "call", -3))[2] == "▌ → call  17 Nov"


@pytest.mark.parametrize(
    "name",
    [
        "契約更新 東京商事 契約更新 東京商事",
        "👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻",
        "e\u0301" * 40,
        "عرض سعر للعميل الجديد في الرياض",
        "क्षत्रिय क्षत्रिय क्षत्रिय",
    ],
)
@pytest.mark.parametrize("width", range(16, 30))
def test_wide_joined_and_combining_letters_keep_the_columns_aligned(name: str, width: int) -> None:
    card(make_deal(1, name, RADAR, 1, 1, name, 1), width)


def test_markup_is_literal() -> None:
    assert card(make_deal(1, "Acme [/] Co [b]x", RADAR, 1, 1, "[@click=app.quit]x"), 30) == [
        "  Acme [/] Co [b]x",
        "  $1                       1d",
        "  → [@click=app.quit]x",
    ]


@given(
    st.text(min_size=1, max_size=60),
    st.one_of(st.none(), st.integers(0, 10**13)),
    st.integers(0, 9_999),
    st.integers(16, 60),
    st.sampled_from(["USD", "CHF", "JPY", "XOF"]),
    st.booleans(),
)
def test_no_name_breaks_a_line_or_reaches_the_terminal(
    name: str, amount: int | None, age: int, width: int, currency: str, selected: bool
) -> None:
    deal = make_deal(1, name, RADAR, amount, age, name, 40, currency=currency, company=name)
    lines = card(deal, width, CardState(selected=selected))
    assert not any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for line in lines for char in line)
    assert any(line.rstrip("▌ ").endswith(f"{age}d") for line in lines[1:])
    assert lines[2].endswith("30 Dec") or lines[2].endswith(f"{age}d")


def test_every_style_is_asked_for_by_its_meaning() -> None:
    asked: set[tuple[str, str]] = set()

    def look(ink: str, ground: str) -> Style:
        asked.add((ink, ground))
        return Style()

    card_lines(make_deal(1, "A", RADAR, 5, 21), 24, CardState(cursor=True), TODAY, look)
    assert asked == {(ink, "cursor") for ink in ("stuck", "name", "alarm", "money", "missing", "text")}


@pytest.mark.parametrize(
    ("name", "company", "source", "third"),
    [
        ("Umbrella renewal", "Umbrella", "inbound", "  inbound"),
        ("Umbrella renewal", "umbrella", None, ""),
        ("Renewal", "Umbrella", "inbound", "  Umbrella"),
        ("Renewal", None, "inbound", "  inbound"),
    ],
)
def test_a_won_deal_does_not_say_its_company_twice(
    name: str, company: str | None, source: str | None, third: str
) -> None:
    assert card(replace(make_deal(1, name, WON), company=company, source=source))[2] == third
