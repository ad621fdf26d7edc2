"""From the bytes of a file to rows."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store import ImportRefused, Table, read_table
from store.importing import decoding, reading
from store.importing.guard import guarded, guarded_json, guarded_within, unguarded, unguarded_within


def read(text: str | bytes, *, raw: bool = False) -> Table:
    return read_table(text.encode() if isinstance(text, str) else text, "deals.csv", raw=raw)


@pytest.mark.parametrize(
    ("text", "delimiter", "header", "row"),
    [
        ("name,amount\nAcme,5\n", ",", ("name", "amount"), ["Acme", "5"]),
        ('name;amount\n"Acme; Co, Inc";1,5\n', ";", ("name", "amount"), ["Acme; Co, Inc", "1,5"]),
        ("Name;In, EUR;X\nAcme;1,5;Won\nWayne;2;Lost\n", ";", ("Name", "In, EUR", "X"), ["Acme", "1,5", "Won"]),
        ("name\tnote\nAcme\ta,b,c\n", "\t", ("name", "note"), ["Acme", "a,b,c"]),
        ("name|note\nAcme|a;b\n", "|", ("name", "note"), ["Acme", "a;b"]),
        ("name\nAcme, Inc\nWayne\n", ";", ("name",), ["Acme, Inc"]),
        ("name\nAcme\n", ",", ("name",), ["Acme"]),
        ("sep=;\r\nname;amount\r\nAcme, a;5\r\n", ";", ("name", "amount"), ["Acme, a", "5"]),
        ("sep=\nname,amount\nAcme,5\n", ",", ("name", "amount"), ["Acme", "5"]),
    ],
)  # fmt: skip
def test_the_delimiter_is_told_from_the_records(
    text: str, delimiter: str, header: tuple[str, ...], row: list[str]
) -> None:
    table = read(text)
    assert (table.delimiter, table.headers, table.rows[0]) == (delimiter, header, row)


def test_the_delimiter_of_a_long_file_is_told_from_its_beginning() -> None:
    text = "name;note\n" + 'Acme;"a, b\nc, d"\n' * 20_000
    assert len(read(text).rows) == 20_000
    assert read("name;note\n" + f'Acme;"{"x, " * 60_000}"\n').delimiter == ";"


@pytest.mark.parametrize(
    ("encoding", "label"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-32", "UTF-32"),
        ("cp1252", "Windows-1252"),
    ],
)
def test_the_encoding_is_told_from_the_bytes(encoding: str, label: str) -> None:
    table = read("name,note\nCafé €5,“yes”\n".encode(encoding))
    assert (table.encoding, table.headers, table.rows[0]) == (label, ("name", "note"), ["Café €5", "“yes”"])


def test_a_byte_order_mark_of_the_other_order_too() -> None:
    assert read(b"\xfe\xff" + "name,a\nAcme,b\n".encode("utf-16-be")).rows == (["Acme", "b"],)


def test_lines_are_those_of_the_file() -> None:
    text = '\n\nname,note\r\n"Acme","two\nlines"\r\n\n,  ,\r\n  ,\t\nWayne,"three\r\n\r\nlines"\rHooli,x'
    table = read(text.replace(",  ,", "  ,"))
    assert [row[0] for row in table.rows] == ["Acme", "Wayne", "Hooli"]
    assert table.lines == (4, 9, 12)
    assert table.empty_rows == 3
    assert table.row_at(9) == ["Wayne", "three\r\n\r\nlines"]


def test_the_line_after_a_separator_line_is_the_second() -> None:
    assert read("sep=,\nname\nAcme\n").lines == (3,)


def test_short_rows_are_filled_up_and_long_ones_are_refused() -> None:
    assert read("a,b,c\n1\n1,2,3,,\n").rows == (["1", "", ""], ["1", "2", "3"])
    with pytest.raises(ImportRefused, match=r"deals.csv, line 3: 4 cells, but the header names 3 columns"):
        read("a,b,c\n1,2,3\n1,2,3,4\n")


def test_all_rows_that_are_too_long_are_told_at_once() -> None:
    text = "name;note\nA;b;extra\nC;d\n" + "E;f;;g\n" * 3
    with pytest.raises(ImportRefused) as refused:
        read(text)
    assert str(refused.value) == (
        "deals.csv, line 2: 3 cells, but the header names 2 columns, so “extra” is in none; quote the cell that "
        "holds a semicolon, or name the further columns. So have the lines 4, 5 and 6."
    )
    with pytest.raises(ImportRefused, match=r"columns[.] So has line 3[.]$"):
        read("a,b\n1,2,3\n1,2,4\n")
    with pytest.raises(ImportRefused, match=r"So have the lines 3, 4, 5, 6 and 7 more[.]$"):
        read("a,b\n" + "1,2,3\n" * 12)


def test_a_delimiter_at_the_end_of_each_line_makes_no_column() -> None:
    table = read("name;amount;\nAcme;5;\nWayne;6\nHooli;7;;;\n")
    assert table.headers == ("name", "amount", "column 3")
    assert table.rows == (["Acme", "5", ""], ["Wayne", "6", ""], ["Hooli", "7", ""])


def test_a_separator_line_may_end_in_any_way() -> None:
    for ending in ("\n", "\r\n", "\r"):
        table = read(f"sep=;{ending}name;note{ending}Acme, Inc;x{ending}")
        assert (table.headers, table.rows, table.lines) == (("name", "note"), (["Acme, Inc", "x"],), (3,))


def test_a_quote_that_is_never_closed_is_told_where_it_opens() -> None:
    text = "name,note\n" + "Acme,x\n" * 3 + 'Wayne,"open\n' + "Hooli,y\n" * 5000
    with pytest.raises(
        ImportRefused, match=r"deals.csv, line 5: a quoted cell does not end .* close the quote"
    ):
        read(text)


def test_huge_cells_are_read_whole() -> None:
    huge = "x, " * 400_000
    assert read(f'name,note\nAcme,"{huge}"\n').rows == (["Acme", huge],)


def test_columns_without_a_name_and_with_the_same_get_one_of_their_own() -> None:
    assert read("note,,Note,note\n1,2,3,4\n").headers == ("note", "column 2", "Note", "note (2)")
    assert read(" a \t b ,x\n1,2\n").headers == ("a b", "x")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "deals.csv is empty"),
        (b"\xef\xbb\xbf", "deals.csv is empty"),
        (b"\n  \n,,\n", "deals.csv is empty"),
        (b"name,amount\n", "deals.csv has a header and no rows"),
        (b"name,amount\n,\n\n", "deals.csv has a header and no rows"),
        (b"name\nAc\0me\n", "holds a NUL character on line 2"),
        (b"name\n" + "Acmé\n".encode("utf-16-le"), "holds a NUL character on line 2"),
        (b"PK\x03\x04..xl/workbook.xml", "is an Excel workbook, not a CSV file; save the sheet as CSV"),
        (b"\xd0\xcf\x11\xe0rest", "is an old Excel workbook"),
        (b"SQLite format 3\x00", "is an SQLite database, not"),
        (b'name\n"Acme\nWayne\n', "deals.csv, line 2: a quoted cell does not end where it should"),
        (b'name,a\n"Acme"x,y\n', "deals.csv, line 2: a quoted cell does not end"),
        (b"name\n\x81\x8d\n", "is neither in UTF-8 nor in Windows-1252 [(]the byte 0x81 on line 2[)]"),
        (b"\xff\xfea\x00\x00", "begins as a text in UTF-16 but is none"),
        (b"sep=x\nnamexb\n", 'begins with "sep=x"'),
        (b",".join([b"a"] * 501) + b"\n1\n", "has 501 columns; at most 500"),
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(data: bytes, message: str) -> None:
    with pytest.raises(ImportRefused, match=message):
        read(data)


def test_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_ROWS", 2)
    assert len(read("name\na\nb\n").rows) == 2
    with pytest.raises(ImportRefused, match="has more than 2 rows; split it"):
        read("name\na\nb\nc\n")
    monkeypatch.setattr(reading, "MAX_CELLS", 3)
    with pytest.raises(ImportRefused, match="has more than 1 rows"):
        read("name,a\na,1\nb,2\n")
    monkeypatch.setattr(decoding, "MAX_IMPORT_BYTES", 5)
    with pytest.raises(ImportRefused, match="is larger than"):
        read("name\na\n")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@x", "'@x"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("'=x", "''=x"),
        ("'quoted'", "'quoted'"),
        ("Acme = Co", "Acme = Co"),
        ("", ""),
    ],
)
def test_a_formula_is_guarded_and_comes_back(text: str, written: str) -> None:
    assert guarded(text) == written
    assert unguarded(written) == text


@given(st.text())
def test_any_text_is_guarded_and_comes_back(text: str) -> None:
    """What a spreadsheet would run never stands at the start of a written cell, and exactly the guard is taken off."""
    assert guarded(text)[:1] not in {*"=+-@\t\r"}
    assert unguarded(guarded(text)) == text
    assert unguarded(guarded(text, may_be_number=True)) == text


@given(st.lists(st.lists(st.text("='+-@\t\r\n\"a1;, "), min_size=2, max_size=2), min_size=1))
def test_a_guarded_file_is_read_as_it_was(rows: list[list[str]]) -> None:
    file = io.StringIO(newline="")
    writer = csv.writer(file, quoting=csv.QUOTE_ALL)
    writer.writerow(["name", "note"])
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    filled = tuple(row for row in rows if "".join(map(guarded, row)).strip())
    if filled:
        assert read(file.getvalue()).rows == filled


_RISKY = st.text(st.sampled_from("a;\t\n'\"=+-@(, "), max_size=12)


@given(_RISKY | st.text())
def test_a_formula_behind_another_sign_is_guarded_and_comes_back(text: str) -> None:
    written = guarded_within(guarded(text))
    assert not re.search(r"""[;\t]["]*[=+\-@]""", written)
    assert not re.search(r"""[\n\r]["]*[=+\-@][^\n\r]*\(""", written)
    assert unguarded(unguarded_within(written)) == text


@given(st.lists(_RISKY | st.text()))
def test_json_says_the_same_without_a_formula_behind_a_semicolon(texts: list[str]) -> None:
    plain = json.dumps(texts, ensure_ascii=False)
    written = guarded_json(plain)
    assert json.loads(written) == texts
    assert not re.search(r""";["]*[=+\-@]""", written)
    assert unguarded_within(written) == written


def test_a_plain_number_of_a_property_is_not_guarded() -> None:
    assert guarded("-5", may_be_number=True) == "-5" == unguarded("-5")
    assert guarded("+3.25", may_be_number=True) == "+3.25"
    assert guarded("-5+1", may_be_number=True) == "'-5+1"
    assert guarded("'-5", may_be_number=True) == "''-5"


def test_reading_takes_exactly_the_guard_off_unless_raw() -> None:
    text = "'=name,note\n'=Acme,''@x\n'tis,'-5\n"
    table = read(text)
    assert (table.headers, table.rows) == (("=name", "note"), (["=Acme", "'@x"], ["'tis", "-5"]))
    raw = read(text, raw=True)
    assert (raw.headers, raw.rows) == (("'=name", "note"), (["'=Acme", "''@x"], ["'tis", "'-5"]))
