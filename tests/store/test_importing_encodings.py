"""The encodings that a file may be in, and how it would read in each."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from store import clean_line, possible_encodings, read_table
from store.importing.encodings import ENCODINGS


def samples(data: bytes) -> dict[str, str]:
    return {each.encoding: each.sample for each in possible_encodings(data)}


def test_each_is_shown_with_the_lines_that_tell_it_from_the_others() -> None:
    found = samples("name,city\nAcme,Köln\nГлобекс,Москва\n".encode())
    assert found["utf-8"] == "Acme,Köln Глобекс,Москва"
    found = samples("Название\nАкме\n".encode("cp1251"))
    assert found["cp1251"] == "Название Акме"
    assert found["koi8-r"] == "мЮГБЮМХЕ юЙЛЕ"
    assert "utf-8" not in found


def test_ascii_reads_the_same_in_all() -> None:
    assert samples(b"name\nAcme\n") == dict.fromkeys(ENCODINGS, "")


def test_a_character_at_the_end_of_what_is_looked_at_is_not_halved() -> None:
    data = "契約\n".encode() * 20_000
    assert samples(data)["utf-8"] == "契約 契約"


def test_all_of_them_can_be_read_with() -> None:
    for encoding in ENCODINGS:
        assert read_table(b"name,city\nAcme,Berlin\n", "deals.csv", encoding=encoding).rows


@given(st.binary(max_size=200))
def test_no_bytes_are_too_odd(data: bytes) -> None:
    for each in possible_encodings(data):
        assert each.sample == clean_line(each.sample)
