"""The quick line: what a founder types to add a deal, and what it is echoed as. Today is Friday 2026-11-20."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from store.money import Money
from store.rules.quickline import QuickLine, join_arguments, parse_quickline
from store.text import clean_line

TODAY = date(2026, 11, 20)
STAGES = ("On radar", "Demo done", "Product evaluated", "Signed", "Lost")


def read(line: str, currency: str = "USD") -> QuickLine:
    return parse_quickline(line, TODAY, currency, "dmy", STAGES)


def test_the_line_of_the_design() -> None:
    line = read('Acme renewal 12k close:fri stage:demo co:"Acme Inc" src:inbound #eu')
    assert line.name == "Acme renewal"
    assert line.amount == Money(1_200_000, "USD")
    assert line.close_date == date(2026, 11, 27)
    assert line.stage == "Demo done"
    assert line.company == "Acme Inc"
    assert line.source == "inbound"
    assert line.tags == ("eu",)
    assert line.problems == ()
    assert line.understood == (
        ("name", "Acme renewal"),
        ("amount", "$12,000"),
        ("close date", "Fri 27 Nov, in 7 days"),
        ("stage", "Demo done"),
        ("company", "Acme Inc"),
        ("source", "inbound"),
        ("tags", "#eu"),
    )


def test_only_the_name_is_needed() -> None:
    assert read("Globex website") == QuickLine("Globex website", understood=(("name", "Globex website"),))


@pytest.mark.parametrize(
    ("typed", "name", "minor"),
    [
        ("Acme renewal 12k", "Acme renewal", 1_200_000),
        ("Acme 12k renewal", "Acme renewal", 1_200_000),
        ("12k Acme renewal", "Acme renewal", 1_200_000),
        ("Acme 1.2m", "Acme", 120_000_000),
        ("Acme 12,000.50", "Acme", 1_200_050),
        ("Acme 12.000,50 rollout", "Acme rollout", 1_200_050),
        ("Acme $50", "Acme", 5_000),
        ("Acme $ 50 a month", "Acme a month", 5_000),
        ("Acme 12000", "Acme", 1_200_000),
        ("Acme 12 000", "Acme", 1_200_000),
        ("Acme 1 200 000,50", "Acme", 120_000_050),
        ("Acme 2000", "Acme", 200_000),
        ("Acme 100", "Acme", 10_000),
        ("Phase 2 rollout 12000", "Phase 2 rollout", 1_200_000),
        ("Phase 2 rollout 12000 close:fri #eu", "Phase 2 rollout", 1_200_000),
        ("Renewal 2026 5k", "Renewal 2026", 500_000),
        ("3M licence 5k", "3M licence", 500_000),
        ("Acme 5k 12k", "Acme 5k", 1_200_000),
        ("Acme 5k 800", "Acme 800", 500_000),
        ("Acme 12k, with training", "Acme with training", 1_200_000),
    ],
)
def test_an_amount_is_recognised_where_it_can_be_nothing_else(typed: str, name: str, minor: int) -> None:
    line = read(typed)
    assert (line.name, line.amount, line.problems) == (name, Money(minor, "USD"), ())


@pytest.mark.parametrize(
    "typed",
    [
        "Phase 2 rollout",
        "Website phase 2",
        "Studio 54",
        "Boeing 747 spares",
        "Boeing 747 400 seats",
        "Renewal 2026",
        "2026 planning",
        "3M licence",
        "Python 3.11 training",
        "Upgrade to Python 3.11",
        "Web 2.0 rollout",
        "24/7 support",
        "Acme 20% off",
        "Agent 007",
        "Order 0500",
        "ALL 500 seats",
        "TOP 100 campaign",
        "M365 migration",
        "12000",
        "10x faster",
        "Acme -12k",
        "Re: hello",
        "https://acme.test/a?b=c",
        "order #42",
        "C# course",
        "# of seats",
        '27" displays',
        "C:\\reports",
        "\\o/ party",
        "会社名 更新",
        "Café ☕️ roll-out",
    ],
)
def test_a_name_keeps_its_numbers_signs_and_colons(typed: str) -> None:
    line = read(typed)
    assert (line.name, line.amount, line.problems) == (typed, None, ())


@pytest.mark.parametrize(
    ("typed", "money"),
    [
        ("Acme €500 plan", Money(50_000, "EUR")),
        ("Acme 500 EUR", Money(50_000, "EUR")),
        ("EUR 12 000 Acme", Money(1_200_000, "EUR")),
        ("Acme CHF500", Money(50_000, "CHF")),
        ("Acme amount:500€", Money(50_000, "EUR")),
        ("Acme JPY5000", None),
        ("Acme 5000 JPY", Money(5_000, "JPY")),
    ],
)
def test_a_currency_in_the_line_wins_over_the_pipelines(typed: str, money: Money | None) -> None:
    assert read(typed).amount == money


def test_the_smallest_bare_amount_counts_in_whole_units_of_the_currency() -> None:
    assert read("Acme 100", "JPY").amount == Money(100, "JPY")
    assert read("Acme 99", "JPY").amount is None
    assert read("Acme JPY5000", "JPY").amount == Money(5_000, "JPY")


def test_an_amount_by_key_leaves_the_name_alone() -> None:
    assert read("Acme 5k run amount:50").amount == Money(5_000, "USD")
    assert read("Acme 5k run amount:50").name == "Acme 5k run"
    assert read("Acme amount:12 000 rollout").amount == Money(1_200_000, "USD")
    assert read("Acme amount:12 000 rollout").name == "Acme rollout"
    unknown = read("Acme 5k run amount:?")
    assert (unknown.name, unknown.amount, ("amount", "unknown") in unknown.understood) == (
        "Acme 5k run",
        None,
        True,
    )


@pytest.mark.parametrize(
    ("typed", "name", "day"),
    [
        ("Acme close:fri", "Acme", date(2026, 11, 27)),
        ("Acme close: fri", "Acme", date(2026, 11, 27)),
        ("Acme Close:FRI", "Acme", date(2026, 11, 27)),
        ("close:eom Acme", "Acme", date(2026, 11, 30)),
        ("Acme close:12 dec", "Acme", date(2026, 12, 12)),
        ("Acme close:dec 12 rollout", "Acme rollout", date(2026, 12, 12)),
        ("Acme close:12 dec 2027 rollout", "Acme rollout", date(2027, 12, 12)),
        ("Acme close:12 dec 24 seats", "Acme 24 seats", date(2026, 12, 12)),
        ("Acme close:next fri 12k", "Acme", date(2026, 11, 27)),
        ('Acme close:"12 dec" rollout', "Acme rollout", date(2026, 12, 12)),
        ("Acme close:+2w", "Acme", date(2026, 12, 4)),
        ("Acme close:2026-12-12", "Acme", date(2026, 12, 12)),
    ],
)
def test_a_close_date_is_typed_like_every_date(typed: str, name: str, day: date) -> None:
    line = read(typed)
    assert (line.name, line.close_date, line.problems) == (name, day, ())


def test_day_and_month_follow_the_configured_order() -> None:
    assert parse_quickline("Acme close:3/12", TODAY, "USD", "dmy").close_date == date(2026, 12, 3)
    assert parse_quickline("Acme close:3/12", TODAY, "USD", "mdy").close_date == date(2027, 3, 12)


def test_probability_tags_and_next_step() -> None:
    line = read('Acme prob:60% tag:eu,smb #"big fish" #EU step:"call Ann tue"')
    assert line.probability == 60
    assert line.tags == ("eu", "smb", "big fish")
    assert line.step is not None
    assert (line.step.title, line.step.due_on) == ("call Ann", date(2026, 11, 24))
    assert line.understood[1:] == (
        ("probability", "60 %"),
        ("tags", "#eu #smb #big fish"),
        ("next step", "call Ann · Tue 24 Nov, in 4 days"),
    )


@pytest.mark.parametrize(
    ("typed", "company"),
    [
        ('Acme co:"Acme In', "Acme In"),
        ('Acme co:"', None),
        ("Acme co:“Ann & Co”", "Ann & Co"),
        ("Acme co: Initech", "Initech"),
    ],
)
def test_a_quote_may_still_be_open_while_typing(typed: str, company: str | None) -> None:
    assert (read(typed).name, read(typed).company) == ("Acme", company)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("\\#1 supplier", "#1 supplier"),
        ("\\#eu rollout", "#eu rollout"),
        ("Run \\12k", "Run 12k"),
        ('"Run 12k" rollout', "Run 12k rollout"),
        ("\\close:fri sale", "close:fri sale"),
        ('\\co:"Acme Inc" sale', 'co:"Acme Inc" sale'),
        ('"close:fri"', "close:fri"),
    ],
)
def test_quotes_and_a_backslash_keep_words_as_they_are(typed: str, name: str) -> None:
    line = read(typed)
    assert (line.name, line.amount, line.close_date, line.tags, line.company) == (name, None, None, (), None)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("Acme close:fru", "“fru” is not a date"),
        ("Acme close:", "Nothing follows close:"),
        ("Acme stage:xyz", "No stage is called “xyz”; there is On radar"),
        ("Acme stage:d close:", "Nothing follows close:"),
        ("Acme amount:much", "“much” is not an amount"),
        ("Acme amount:-5", "is negative"),
        ("Acme prob:110", "“110” is not a probability"),
        ("Acme close:fri close:mon", "close: is given twice"),
        ("Acme co:Globex co:Initech", "the last one counts, not “Globex”."),
        ("Acme step:yesterday", "is past"),
        ("12k close:fri", "The deal name is empty"),
        ("x" * 201, "at most 200 are kept"),
        ("x " * 1200, "The line is too long"),
    ],
)
def test_what_is_not_understood_is_said(typed: str, problem: str) -> None:
    assert any(problem in said for said in read(typed).problems)


def test_a_wrong_value_does_not_hide_the_rest() -> None:
    line = read("Acme 12k close:fru #eu")
    assert (line.name, line.amount, line.close_date, line.tags) == (
        "Acme",
        Money(1_200_000, "USD"),
        None,
        ("eu",),
    )


def test_an_empty_line_is_no_problem_yet() -> None:
    assert read("") == read("   ") == QuickLine("")


def test_a_line_that_the_shell_took_apart_is_put_together_again() -> None:
    arguments = ["Acme", "renewal", "12k", "co:Acme Inc", "step:call Ann fri", "#eu"]
    line = read(join_arguments(arguments))
    assert (line.name, line.company, line.tags) == ("Acme renewal", "Acme Inc", ("eu",))
    assert line.step is not None
    assert join_arguments(["Acme renewal 12k close:fri"]) == "Acme renewal 12k close:fri"


PIECES = [
    *(
        "Acme",
        "12k",
        "2",
        "$",
        "EUR",
        "000",
        "close:",
        "close:fri",
        "12",
        "dec",
        "stage:demo",
        'co:"',
        '"',
        "“",
        "#",
    ),
    *("#eu", "\\", "\\#1", "prob:1e9", "amount:", "amount:1e999", "step:", "tag:,", "-#", "٣k"),
]
typed_words = st.one_of(st.sampled_from(PIECES), st.text(max_size=12))


@given(
    st.one_of(st.text(), st.lists(typed_words, max_size=12).map(" ".join)),
    st.sampled_from(["USD", "JPY", "KWD"]),
)
@example("close:" + "9" * 5000, "USD")
@example("Acme " + "9" * 1990, "USD")
def test_no_line_raises(line: str, currency: str) -> None:
    read_line = read(line, currency)
    assert all(text.isprintable() or not text.isascii() for _, text in read_line.understood)
    assert all(read_line.problems)


@given(st.lists(st.text(st.characters(categories=["L"]), min_size=1), min_size=1, max_size=15))
def test_words_are_never_lost(words: list[str]) -> None:
    typed = " ".join(words)
    assert read(typed).name == clean_line(typed)


@given(st.lists(typed_words, max_size=8).map(" ".join))
@example('co:" Acme co:" co:" 12k')
def test_every_word_is_in_the_name_in_a_field_or_in_a_problem(line: str) -> None:
    """Letters stand for words: none of those typed is missing from all that is said about the line."""
    read_line = read(line)
    said = " ".join([text for _, text in read_line.understood] + list(read_line.problems)).casefold()
    for word in ("acme", "eu"):
        if word in clean_line(line).casefold().split() or f"#{word}" in clean_line(line).casefold().split():
            assert word in said


@pytest.mark.parametrize(
    ("typed", "notes"),
    [
        ("Acme who:Gavin", ("who: is no field and stays in the name",)),
        ('Acme who:"Gavin Belson"', ("who: is no field and stays in the name",)),
        (
            "Acme price:abc when:fri",
            ("price: is no field and stays in the name", "when: is no field and stays in the name"),
        ),
        ("Umbrella -500", ("-500 stays in the name: an amount is not negative",)),
        ("Umbrella -€1.5k", ("-€1.5k stays in the name: an amount is not negative",)),
        ("Re: hello https://acme.example at 10:30 co:Acme", ()),
        ('"who:Gavin" 12k', ()),
        ("Acme 12k close:fri", ()),
    ],
)  # fmt: skip
def test_what_looks_like_a_field_or_an_amount_and_is_neither_is_noted(
    typed: str, notes: tuple[str, ...]
) -> None:
    line = read(typed)
    assert line.notes == notes
    assert not line.problems


def test_a_new_deal_does_not_begin_in_a_lost_stage() -> None:
    line = parse_quickline("Acme stage:lo", TODAY, "USD", "dmy", STAGES, {"Lost"})
    assert line.stage is None
    assert line.problems == ("A new deal cannot begin in Lost; add it, then say why it was lost.",)
    assert not parse_quickline("Acme stage:signed", TODAY, "USD", "dmy", STAGES, {"Lost"}).problems
