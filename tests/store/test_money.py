"""Amounts: every form people type, what is refused and how it is said, and how amounts are shown."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.currencies import CODES, DIGITS, SIGNS, SYMBOLS
from store.errors import InvalidInput
from store.money import (
    MAX_MINOR,
    Money,
    currency_code,
    decimal_text,
    digits,
    format_amount,
    parse_amount,
    plain_amount,
    symbol,
    weighted_minor,
    weighted_text,
)

CURRENCIES = st.sampled_from(sorted(CODES))
MINOR = st.integers(0, MAX_MINOR) | st.integers(0, 10_000_000)


@pytest.mark.parametrize(
    ("typed", "minor"),
    [
        ("12000", 1_200_000),
        ("12,000", 1_200_000),
        ("12 000", 1_200_000),
        ("12\u00a0000", 1_200_000),
        ("12\u202f000", 1_200_000),
        ("12\u2009000", 1_200_000),
        ("12'000", 1_200_000),
        ("12’000", 1_200_000),
        ("12.000", 1_200_000),
        ("1,234,567", 123_456_700),
        ("1.234.567", 123_456_700),
        ("12,34,567", 123_456_700),
        ("1,00,000.50", 10_000_050),
        ("12k", 1_200_000),
        ("12 K", 1_200_000),
        ("1.2m", 120_000_000),
        ("1.2M", 120_000_000),
        ("1,5k", 150_000),
        ("0.125k", 12_500),
        ("1.25 mio", 125_000_000),
        ("2bn", 200_000_000_000),
        (".5k", 50_000),
        ("1,234.56", 123_456),
        ("1.234,56", 123_456),
        ("1 234,56", 123_456),
        ("1'234.56", 123_456),
        ("1,234.5", 123_450),
        ("12.5", 1_250),
        ("12,50", 1_250),
        ("0.5", 50),
        ("0,500", 50),
        ("0.50", 50),
        ("12000.0000", 1_200_000),
        ("500,-", 50_000),
        ("500.–", 50_000),
        ("  7  ", 700),
        ("+7", 700),
        ("0", 0),
        ("１２，０００", 1_200_000),
        ("١٢٠٠٠٫٥", 1_200_050),
        ("١٢٬٠٠٠", 1_200_000),
    ],
)
def test_numbers_people_type(typed: str, minor: int) -> None:
    assert parse_amount(typed, "EUR") == Money(minor, "EUR")


@pytest.mark.parametrize(
    ("typed", "default", "expected"),
    [
        ("€12.000,50", "USD", Money(1_200_050, "EUR")),
        ("12.000,50 EUR", "USD", Money(1_200_050, "EUR")),
        ("12.000,50€", "USD", Money(1_200_050, "EUR")),
        ("12k€", "USD", Money(1_200_000, "EUR")),
        ("1.2 mio. €", "USD", Money(120_000_000, "EUR")),
        ("500 euros", "USD", Money(50_000, "EUR")),
        ("$1,234.56", "EUR", Money(123_456, "USD")),
        ("$1,234.56", "CAD", Money(123_456, "CAD")),
        ("$500 CAD", "EUR", Money(50_000, "CAD")),
        ("US$ 500", "CAD", Money(50_000, "USD")),
        ("US $500", "CAD", Money(50_000, "USD")),
        ("A$500", "EUR", Money(50_000, "AUD")),
        ("C$500", "EUR", Money(50_000, "CAD")),
        ("R$ 1.234,56", "USD", Money(123_456, "BRL")),
        ("USD 500", "EUR", Money(50_000, "USD")),
        ("usd500", "EUR", Money(50_000, "USD")),
        ("¥5000", "USD", Money(5_000, "JPY")),
        ("¥5000", "CNY", Money(500_000, "CNY")),
        ("￥5000", "CNY", Money(500_000, "CNY")),
        ("£5", "EUR", Money(500, "GBP")),
        ("£5", "EGP", Money(500, "EGP")),
        ("₹12,34,567", "USD", Money(123_456_700, "INR")),
        ("₽ 500", "EUR", Money(50_000, "RUB")),
        ("₩500", "EUR", Money(500, "KRW")),
        ("500 zł", "EUR", Money(50_000, "PLN")),
        ("500 Kč", "EUR", Money(50_000, "CZK")),
        ("500 kr", "SEK", Money(50_000, "SEK")),
        ("500 kr.", "DKK", Money(50_000, "DKK")),
        ("kr 500 NOK", "EUR", Money(50_000, "NOK")),
        ("Fr. 500", "EUR", Money(50_000, "CHF")),
        ("Fr.500", "EUR", Money(50_000, "CHF")),
        ("CHF 12’000.50", "EUR", Money(1_200_050, "CHF")),
        ("1.234 KWD", "EUR", Money(1_234, "KWD")),
        ("1,234 KWD", "EUR", Money(1_234_000, "KWD")),
        ("1.2345 CLF", "EUR", Money(12_345, "CLF")),
        ("12.000", "JPY", Money(12_000, "JPY")),
    ],
)
def test_a_currency_in_the_text_wins(typed: str, default: str, expected: Money) -> None:
    assert parse_amount(typed, default) == expected


@pytest.mark.parametrize(
    ("typed", "currency", "sentence"),
    [
        ("", "EUR", "The amount is empty; type it like 12000, 12,000.50 or 12k."),
        ("\u200b", "EUR", "The amount is empty; type it like 12000, 12,000.50 or 12k."),
        ("nan", "EUR", "“nan” is not an amount; type it like 12000, 12,000.50, 12k or €500."),
        ("1e5", "EUR", "“1e5” is not an amount; type it like 12000, 12,000.50, 12k or €500."),
        ("-500", "EUR", "“-500” is negative; an amount is 0 or more, such as 12000 or 12k."),
        ("−500", "EUR", "“−500” is negative; an amount is 0 or more, such as 12000 or 12k."),
        ("€ -500", "EUR", "“€ -500” is negative; an amount is 0 or more, such as 12000 or 12k."),
        ("($500)", "EUR", "“($500)” is negative; an amount is 0 or more, such as 12000 or 12k."),
        ("12.3456", "EUR", "“12.3456” cannot be kept exactly, as EUR has 2 decimals; type fewer."),
        ("1.5", "JPY", "“1.5” cannot be kept exactly, as JPY has no decimals; type fewer."),
        ("1.234567k", "EUR", "“1.234567k” cannot be kept exactly, as EUR has 2 decimals; type fewer."),
        ("1.250m", "EUR", "“1.250m” is ambiguous; write 1.25 or 1250 before the letter."),
        ("€5 USD", "EUR", "“€5 USD” names two currencies; keep one of them."),
        ("5 kr", "EUR", "“5 kr” could be DKK, ISK, NOK or SEK; write the code instead."),
        ("1" * 20, "EUR", "“11111111111111111111” is too much; at most €10,000,000,000,000 is kept."),
        ("99999bn", "USD", "“99999bn” is too much; at most $10,000,000,000,000 is kept."),
        (
            "\x1b[31m5 apples",
            "EUR",
            "“[31m5 apples” is not an amount; type it like 12000, 12,000.50, 12k or €500.",
        ),
    ],
)
def test_what_is_refused_is_said_in_a_sentence(typed: str, currency: str, sentence: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        parse_amount(typed, currency)
    assert str(caught.value) == sentence
    assert caught.value.field == "amount"


NO_AMOUNTS = (
    "inf|infinity|NaN|sNaN|0x10|1e400|1_000|12,00,0|1,2,3|1,,000|12²|½|"
    "1/2|k|$|EUR|.|,|-|()|5%|1234,567,890|1,234.567|1.234.56|"
    "0,12,345.6.7|1,000,00|--5|(5|5)|1٫2٫3|500XXX|5dollars+|1e-5|٫|1,234 567|1 234.567,5|500 XXX|"
    "500 dollars and more|5 5|12 k m|. 5|5 kr kr"
)


@pytest.mark.parametrize("typed", NO_AMOUNTS.split("|"))
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(InvalidInput):
        parse_amount(typed, "EUR", negative=True)


@pytest.mark.parametrize("typed", ["-500", "−500", "(500)", "-€500", "€-500", "(€500)", "- 500 EUR", "-0.5k"])
def test_negative_amounts_where_the_field_allows_them(typed: str) -> None:
    assert parse_amount(typed, "EUR", negative=True) == Money(-50_000, "EUR")


@given(MINOR, CURRENCIES, st.booleans())
def test_what_is_shown_can_be_typed(minor: int, currency: str, below_zero: bool) -> None:
    amount = Money(-minor if below_zero else minor, currency)
    for text in (
        format_amount(amount.minor, currency),
        plain_amount(amount.minor, currency),
        decimal_text(amount.minor, currency),
        f"{decimal_text(amount.minor, currency)} {currency}",
    ):
        assert parse_amount(text, currency, negative=True) == amount, text


@given(MINOR, CURRENCIES)
def test_what_names_its_currency_is_read_the_same_everywhere(minor: int, currency: str) -> None:
    assert parse_amount(f"{currency} {plain_amount(minor, currency)}", "EUR") == Money(minor, currency)


@given(st.integers(0, MAX_MINOR), st.sampled_from([(".", ","), (",", "."), (",", " "), (".", "'")]))
def test_decimals_and_groups_in_the_ways_of_the_world(minor: int, marks: tuple[str, str]) -> None:
    decimal, group = marks
    whole, cents = divmod(minor, 100)
    text = f"{whole:,}".replace(",", group) + f"{decimal}{cents:02d}"
    assert parse_amount(text, "EUR") == Money(minor, "EUR")


@given(st.integers(0, 10**9), st.sampled_from([("k", 10**3), ("m", 10**6)]), st.integers(0, 2))
def test_letters_multiply_exactly(number: int, letter: tuple[str, int], places: int) -> None:
    text = f"{Decimal(number).scaleb(-places):f}{letter[0]}"
    expected = number * letter[1] * 100 // 10**places
    if expected <= MAX_MINOR:
        assert parse_amount(text, "EUR") == Money(expected, "EUR")


AMOUNT_LIKE = st.text(
    st.sampled_from("0123456789.,' -+()kmbnioKRUSDEu€$¥kr/٫٥٢½²eE%\u00a0\u200b\x1b"), max_size=14
)


@given(st.text(max_size=80) | AMOUNT_LIKE, CURRENCIES, st.booleans())
def test_any_text_is_an_amount_or_refused(text: str, currency: str, negative: bool) -> None:
    try:
        amount = parse_amount(text, currency, negative=negative)
    except InvalidInput:
        return
    assert abs(amount.minor) <= MAX_MINOR
    assert amount.minor >= 0 or negative
    assert amount.currency in CODES


@given(st.text(max_size=10))
def test_any_text_is_a_currency_or_refused(text: str) -> None:
    try:
        code = currency_code(text)
    except InvalidInput:
        return
    assert code in CODES


def test_currency_codes() -> None:
    assert currency_code(" eur ") == "EUR"
    assert currency_code("€") == "EUR"
    for text in ("XXX", "$", "kr", "", "EURO!", "?"):
        with pytest.raises(InvalidInput, match="is not a currency"):
            currency_code(text)


def test_the_currency_tables_agree() -> None:
    assert set(DIGITS) <= CODES
    assert set(SYMBOLS) <= CODES
    assert {code for meant in SIGNS.values() for code in meant} - {"?"} <= CODES
    assert all(sign == sign.casefold() for sign in SIGNS)
    assert (digits("JPY"), digits("EUR"), digits("KWD"), digits("CLF")) == (0, 2, 3, 4)
    assert (symbol("USD"), symbol("EUR"), symbol("CHF")) == ("$", "€", "CHF ")


@pytest.mark.parametrize(
    ("minor", "currency", "shown", "compact"),
    [
        (1_200_000, "USD", "$12,000", "$12k"),
        (1_200_050, "USD", "$12,000.50", "$12k"),
        (1_240_000, "USD", "$12,400", "$12.4k"),
        (123_456_789, "USD", "$1,234,567.89", "$1.23m"),
        (120_000_000, "USD", "$1,200,000", "$1.2m"),
        (95_000, "USD", "$950", "$950"),
        (95_050, "USD", "$950.50", "$950"),
        (95_150, "USD", "$951.50", "$952"),
        (1_250, "USD", "$12.50", "$12.50"),
        (40, "USD", "$0.40", "$0.40"),
        (0, "USD", "$0", "$0"),
        (99_949, "USD", "$999.49", "$999"),
        (99_950, "USD", "$999.50", "$1k"),
        (99_994_999, "USD", "$999,949.99", "$1m"),
        (99_949_999, "USD", "$999,499.99", "$999k"),
        (99_950_000, "USD", "$999,500", "$1m"),
        (99_995_000, "USD", "$999,950", "$1m"),
        (18_450_000, "USD", "$184,500", "$184k"),
        (18_550_000, "USD", "$185,500", "$186k"),
        (10**15, "USD", "$10,000,000,000,000", "$10,000bn"),
        (-1_240_000, "USD", "-$12,400", "-$12.4k"),
        (1_200_000, "CHF", "CHF 12,000", "CHF 12k"),
        (12_400, "JPY", "¥12,400", "¥12.4k"),
        (1_234, "KWD", "KWD 1.234", "KWD 1.234"),
    ],
)
def test_how_amounts_are_shown(minor: int, currency: str, shown: str, compact: str) -> None:
    assert format_amount(minor, currency) == shown
    assert format_amount(minor, currency, compact=True) == compact


@given(st.integers(-MAX_MINOR, MAX_MINOR), CURRENCIES)
def test_compact_amounts_are_near_and_short(minor: int, currency: str) -> None:
    text = format_amount(minor, currency, compact=True)
    number = text.removeprefix("-").removeprefix(symbol(currency))
    letters = number.lstrip("0123456789.,")
    shown = (
        Decimal(number.removesuffix(letters).replace(",", ""))
        * {"": 1, "k": 10**3, "m": 10**6, "bn": 10**9}[letters]
    )
    exact = Decimal(abs(minor)).scaleb(-digits(currency))
    assert abs(shown - exact) <= exact / 200
    assert not number.startswith("1000")
    if exact < 10**12:
        assert len(number) <= len("99.9999")


def test_amounts_for_fields_and_json() -> None:
    assert plain_amount(1_200_000, "EUR") == "12000"
    assert plain_amount(1_200_050, "EUR") == "12000.50"
    assert plain_amount(12_000, "JPY") == "12000"
    assert decimal_text(2_000_000, "EUR") == "20000.00"
    assert decimal_text(5, "EUR") == "0.05"
    assert decimal_text(-5, "KWD") == "-0.005"
    assert decimal_text(5, "JPY") == "5"


def test_weighted_sums_are_exact() -> None:
    assert weighted_text(4800_00 * 100, "EUR") == "4800.00"
    assert weighted_text(33_33 * 50 + 1, "EUR") == "16.6651"
    assert weighted_text(16_66_50, "EUR") == "16.665"
    assert weighted_text(0, "EUR") == "0.00"
    assert weighted_text(150, "JPY") == "1.5"
    assert weighted_text(100, "JPY") == "1"
    assert weighted_text(-150, "JPY") == "-1.5"


@given(st.integers(-(10**20), 10**20), CURRENCIES)
def test_weighted_text_is_the_value_and_weighted_minor_its_nearest(weighted: int, currency: str) -> None:
    text = weighted_text(weighted, currency)
    assert Decimal(text) == Decimal(weighted).scaleb(-digits(currency) - 2)
    assert len(text.partition(".")[2]) >= digits(currency)
    assert weighted_minor(weighted) == int((Decimal(weighted) / 100).quantize(Decimal(1), ROUND_HALF_EVEN))
