"""Formats that the screens and the command line share."""

from __future__ import annotations

import pytest

from store import TEMPLATES, Reason, StuckKind, Template, Totals, parse_quickline
from tests.deck import Deck, at
from tui import format as fmt
from tui.widgets.demo import STAGES, TODAY, make_deal


@pytest.mark.parametrize(
    ("minor", "room", "text"),
    [
        (1_200_000, None, "$12,000"),
        (1_200_000, 7, "$12,000"),
        (1_240_000, 6, "$12.4k"),
        (1_240_000, 0, "$12.4k"),
        (50, 3, "$0.50"),
    ],
)
def test_money_is_short_only_where_it_must_be(minor: int, room: int | None, text: str) -> None:
    assert fmt.money(minor, "USD", room) == text


def test_weighted_sums_are_marked_as_about() -> None:
    assert fmt.weighted(480_000_00, "USD") == "≈ $4,800"
    assert fmt.weighted(1_234_567_00, "USD", 8) == "≈ $12.3k"


def test_sums_without_a_rate_are_their_own() -> None:
    assert fmt.foreign(Totals(foreign=(("CHF", 20_000), ("EUR", 300_000)))) == ("CHF 200", "€3,000")


@pytest.mark.parametrize(
    ("chance", "text"),
    [(0.0, "0 %"), (0.001, "< 1 %"), (0.314, "31 %"), (0.995, "> 99 %"), (0.999, "> 99 %"), (1.0, "100 %")],
)
def test_a_chance_is_not_said_to_be_surer_than_it_is(chance: float, text: str) -> None:
    assert fmt.percent(chance) == text


def test_counts_have_their_word() -> None:
    assert [fmt.counted(1, "deal"), fmt.counted(2_089, "deal"), fmt.counted(2, "currency", "currencies")] == [
        "1 deal", "2,089 deals", "2 currencies",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("why", "text"),
    [
        (Reason(StuckKind.OVERDUE_TASK, 1), "task overdue by 1 day"),
        (Reason(StuckKind.CLOSE_DATE_PASSED, 9), "close date passed 9 days ago"),
        (Reason(StuckKind.IDLE, 21, 14), "idle 21 days, limit 14"),
        (Reason(StuckKind.TOO_LONG_IN_STAGE, 40, 30), "40 days in this stage, limit 30"),
    ],
)
def test_why_a_deal_is_stuck_in_words(why: Reason, text: str) -> None:
    assert fmt.reason(why) == text


def test_the_headline_is_the_first_reason() -> None:
    assert fmt.headline(make_deal(1, "A", age=21, close=-3)) == "close date passed 3 days ago"
    assert fmt.headline(make_deal(1, "A")) == ""


def test_what_comes_next() -> None:
    assert fmt.next_step(make_deal(1, "A", STAGES[0], 1, 1, "call Ann", 3), TODAY) == "→ call Ann  Mon"
    assert fmt.next_step(make_deal(1, "A", STAGES[0], 1, 1, "call Ann"), TODAY) == "→ call Ann"
    assert fmt.next_step(make_deal(1, "A"), TODAY) == "no next step"


def test_a_deal_is_snoozed_until_its_day() -> None:
    assert fmt.snoozed(make_deal(1, "A", snoozed=1), TODAY)
    assert not fmt.snoozed(make_deal(1, "A", snoozed=0), TODAY)


@pytest.mark.parametrize(
    ("names", "word"),
    [
        (("On radar", "Product evaluated", "Signed"), "product"),
        (("Demo asked for", "Demo done", "Won"), '"Demo done"'),
        (("1st call", "2nd call"), '"2nd call"'),
        (("Only",), "only"),
    ],
)
def test_the_second_stage_as_it_may_be_typed(names: tuple[str, ...], word: str) -> None:
    assert fmt.stage_word(names) == word


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.slug)
def test_the_word_for_a_stage_means_it(template: Template) -> None:
    names = [stage.name for stage in template.stages]
    line = parse_quickline(f"Acme stage:{fmt.stage_word(names)}", TODAY, "USD", stage_names=names)
    assert line.stage == names[1]


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("add Acme", "added Acme"),
        ("win 3 deals", "won 3 deals"),
        ("lose Acme", "lost Acme"),
        ("move Acme to Signed", "moved Acme to Signed"),
        (
            "import 1 deal and update 2 from a and update b.csv",
            "imported 1 deal and updated 2 from a and update b.csv",
        ),
        ("set the goal for Nov 2026", "set the goal for Nov 2026"),
        ("next step for Acme: call Ann", "next step for Acme: call Ann"),
    ],
)
def test_what_was_done_is_told_in_the_past(title: str, told: str) -> None:
    assert fmt.past(title) == told


def test_how_long_a_deal_stays_is_never_said_to_be_no_day(deck: Deck) -> None:
    first, second, third = deck.deals("Acme", "Globex", "Hooli", on="2026-11-12")
    assert fmt.stay(deck.read(first)) == "for 8 days"
    deck.store.deals.win([first], at("2026-11-12"))
    assert fmt.stay(deck.read(first)) == "since 12 Nov"
    deck.store.deals.lose([second], "other", at())
    assert fmt.stay(deck.read(second)) == "today"
    deck.move(third, "product")
    assert fmt.stay(deck.read(third)) == "since today"
