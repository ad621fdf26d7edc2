"""Text at the door: what may stay, what goes, and that cleaning is done once and for all."""

from __future__ import annotations

import sys
import time
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from store.text import MAX_MARKS, ascii_digits, clean_line, clean_notes, printable, quoted

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60)
"""Whatever a `str` can hold, lone surrogates included."""

HOSTILE_ALPHABET = (
    " \n\r\t\x00\x1b\x85\u2028\u202e\u200b\u200d\ufe0f\u0301\u0323\u0344"
    "e\u0958\u1100\u1160\u1161\U000e0041\ud800a"
)
HOSTILE = st.text(st.sampled_from(HOSTILE_ALPHABET), max_size=40) | ANY_TEXT

CLEANERS = (clean_line, clean_notes, printable)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Acme renewal", "Acme renewal"),
        ("  Acme   renewal ", "Acme renewal"),
        ("Acme\trenewal\r\nnow", "Acme renewal now"),
        ("Acme\u2028renewal\u2029now\x85!", "Acme renewal now !"),
        ("Acme\u00a0\u202f\u3000Co", "Acme Co"),
        ("Acme [/] \x1b]52;c;eA==\x07 [@click=app.quit]x", "Acme [/] ]52;c;eA== [@click=app.quit]x"),
        ("\x9b31mred\x9b0m", "31mred0m"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("\u2066a\u2069\u200eb\u200f\u061c", "ab"),
        ("A\u200bc\u2060m\ufeffe\u00ad\u180e\u115f\u1160\u3164\uffa0\u034f", "Acme"),
        ("hidden\U000e0068\U000e0069\U000e007f", "hidden"),
        ("\ud83dhalf\udc80", "half"),
        ("\u200d\u0301\u200c", ""),
        (" \u0301 \u0301 a", "a"),
        ("\x00", ""),
        ("", ""),
    ],
)
def test_a_line_is_what_can_be_seen_of_it(typed: str, kept: str) -> None:
    assert clean_line(typed) == kept


@pytest.mark.parametrize(
    "name",
    [
        "株式会社ワンダ",
        "葛\U000e0100城市",
        "شركة ٢٠٢٦",
        "می\u200cخواهم",
        "क्\u200dष",
        "👩🏽\u200d💻 team",
        "❤\ufe0f Co",
        "Société Générale",
        "ועידת שָׁלוֹם",
        "\ue000 private",
    ],
)
def test_names_of_the_world_stay_as_they_are(name: str) -> None:
    assert clean_line(name) == name
    assert clean_notes(name) == name
    assert printable(name) == name


def test_letters_and_their_marks_become_one() -> None:
    assert clean_line("Cafe\u0301") == "Café"
    assert clean_line("\u212b") == "Å"


def test_a_flood_of_marks_is_cut() -> None:
    assert clean_line("x" + "\u0330" * 500 + "y") == "x" + "\u0330" * MAX_MARKS + "y"
    assert len(clean_line("x" + "\u0330\u200d" * 500)) == 1 + MAX_MARKS


def test_notes_keep_their_lines() -> None:
    assert clean_notes("one\r\ntwo\rthree\nfour\u2028five") == "one\ntwo\nthree\nfour\nfive"
    assert clean_notes(" \n\n  - first\n    - second\tx  \n\n") == "  - first\n    - second x"
    assert clean_notes("a\x1b[2Jb") == "a[2Jb"
    assert clean_notes("one\n\u0301two") == "one\ntwo"


def test_what_is_printed_keeps_its_alignment() -> None:
    assert printable("Acme      $12,000\n  Co      ") == "Acme      $12,000\n  Co      "
    assert printable("a\x1b]0;title\x07b\tc") == "a]0;titleb c"


@pytest.mark.parametrize("clean", CLEANERS)
@given(text=HOSTILE)
@example(text="\u1100\u0301\u1161")
@example(text="\ud800\u0301 \u200d\u0301")
def test_cleaning_twice_changes_nothing_more(clean: Callable[[str], str], text: str) -> None:
    once = clean(text)
    assert clean(once) == once


@pytest.mark.parametrize("clean", CLEANERS)
@given(text=HOSTILE)
def test_nothing_that_a_terminal_obeys_is_left(clean: Callable[[str], str], text: str) -> None:
    cleaned = clean(text)
    assert not {unicodedata.category(char) for char in cleaned if char != "\n"} & {"Cc", "Cs", "Zl", "Zp"}
    assert not set(cleaned) & set(
        "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\u200b\ufeff"
    )
    assert unicodedata.is_normalized("NFC", cleaned)
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned


@given(text=HOSTILE)
def test_a_line_is_one_line_without_space_at_its_ends(text: str) -> None:
    line = clean_line(text)
    assert len(line.splitlines()) <= 1
    assert line == " ".join(line.split())


def test_every_code_point_can_be_cleaned() -> None:
    everything = "".join(map(chr, range(sys.maxunicode + 1)))
    cleaned = clean_line(everything)
    assert clean_line(cleaned) == cleaned
    assert cleaned.isascii() is False
    assert not {unicodedata.category(char) for char in cleaned} & {"Cc", "Cs", "Zl", "Zp"}


@pytest.mark.parametrize(
    "unit", ["\u0301", " \u0301", "a\u0301", "\u200d", "\n\u0301", "\n", " ", "中", "\x1b[31m"]
)
def test_time_grows_with_length_only(unit: str) -> None:
    def seconds(count: int) -> float:
        text = unit * count
        before = time.process_time()
        for clean in CLEANERS:
            clean(text)
        return time.process_time() - before

    seconds(100)
    # Twenty times the text may not take four hundred times as long; the constant is for the clock's grain.
    assert seconds(200_000) < 100 * seconds(10_000) + 0.2


def test_a_message_names_what_was_typed_in_few_letters() -> None:
    assert quoted("1e5") == "“1e5”"
    assert quoted("\x1b[31mx") == "“[31mx”"
    assert quoted("word " * 20) == "“word word word word word word word word…”"


def test_digits_of_all_scripts_are_read() -> None:
    assert ascii_digits("１２ ٣٤ ५६ 78") == "12 34 56 78"
    assert ascii_digits("12² ½ ⑤") == "12² ½ ⑤"
