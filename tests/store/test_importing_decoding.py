"""Which encoding a file is in, and what it is when it is no text."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store import ImportRefused, Table, read_table

LATIN = "name,note\nCafé €5,“yes”\nÅsa Łódź,naïve\n"
WIDE = "商机名称,备注\n甲乙丙,某公司一\n丁,一二三\n"


def read(data: bytes, encoding: str | None = None) -> Table:
    return read_table(data, "deals.csv", encoding=encoding)


@pytest.mark.parametrize("text", [LATIN, WIDE])
@pytest.mark.parametrize("order", ["le", "be"])
@pytest.mark.parametrize("mark", [True, False])
def test_utf_16_of_either_order_with_and_without_a_mark(text: str, order: str, mark: bool) -> None:
    start = {"le": codecs.BOM_UTF16_LE, "be": codecs.BOM_UTF16_BE}[order] if mark else b""
    table = read(start + text.encode(f"utf-16-{order}"))
    assert (table.encoding, table.headers) == ("UTF-16", tuple(text.splitlines()[0].split(",")))
    assert table.rows == tuple(line.split(",") for line in text.splitlines()[1:])


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_lines_may_end_in_any_way(encoding: str, ending: str) -> None:
    text = ending.join(["sep=;", "Name;Note;", "Café;x", "", 'Wayne;"two', 'lines"', "Hooli;y"])
    table = read(text.encode(encoding))
    assert (table.headers, table.delimiter) == (("Name", "Note", "column 3"), ";")
    assert table.rows == (["Café", "x", ""], ["Wayne", f"two{ending}lines", ""], ["Hooli", "y", ""])
    assert (table.lines, table.empty_rows) == ((3, 5, 7), 1)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            "name,note\nAcmé,x\nBéta,y\n".encode() + b"Caf\xe9,z\n",
            "deals.csv is in UTF-8 but has a byte that is not, the first on line 4 after “Caf”; correct that place",
        ),
        ("náme\nÄÖÜ\n".encode() + b"\xff\n\xfe", "has 2 bytes that are not, the first on line 3 after “”"),
        (b"\xef\xbb\xbfname\nCaf\xe9\n", "is in UTF-8 but has a byte that is not, the first on line 2"),
        ("náme\rÄÖÜ\rx".encode() + b"\xff", "the first on line 3 after “x”"),
    ],
)
def test_broken_bytes_in_utf_8_are_told_and_never_spoil_a_name(data: bytes, message: str) -> None:
    with pytest.raises(ImportRefused, match=message):
        read(data)


def test_windows_1252_is_taken_where_nothing_else_is_meant() -> None:
    table = read("name\nMüller & Söhne “Café” – 5 €\nÉcole à côté\n".encode("cp1252"))
    assert table.encoding == "Windows-1252"
    assert table.rows == (["Müller & Söhne “Café” – 5 €"], ["École à côté"])


@pytest.mark.parametrize(
    ("text", "encoding", "spoilt"),
    [
        ("Название,Сумма\nАльфа,5\n", "cp1251", "“Íàçâàíèå”"),
        ("Название,Сумма\nАльфа,5\n", "koi8-r", "“îÁÚ×ÁÎÉÅ”"),
        ("商机名称,金额\n甲乙丙,5\n", "gbk", "“ÉÌ»úÃû³Æ”"),
        ("Όνομα,Ποσό\nΆλφα Βήτα,5\n", "cp1253", "“¼íïìá”"),
    ],
)
def test_another_alphabet_in_an_encoding_of_its_own_is_refused_until_it_is_named(
    text: str, encoding: str, spoilt: str
) -> None:
    data = text.encode(encoding)
    with pytest.raises(
        ImportRefused, match=f"not in UTF-8, and in Windows-1252 it would read {spoilt}"
    ) as refused:
        read(data)
    assert "--encoding" in str(refused.value)
    assert "--encoding" not in refused.value.problem
    table = read(data, encoding=encoding)
    assert (table.encoding, table.headers) == (
        codecs.lookup(encoding).name,
        tuple(text.splitlines()[0].split(",")),
    )


def test_an_encoding_that_is_named_is_taken_at_its_word() -> None:
    assert read("name\nZażółć\n".encode("cp1250"), encoding="cp1250").rows == (["Zażółć"],)
    assert read(b"\xef\xbb\xbfname\nA\n", encoding="utf8").headers == ("name",)
    with pytest.raises(
        ImportRefused, match="is not a text in ascii, as line 2 shows; name its right encoding"
    ):
        read("name\nCafé\n".encode(), encoding="ascii")


@pytest.mark.parametrize(
    "encoding", ["klingon", "hex", "rot13", "idna", "punycode", "undefined", "a\0b", "é" * 500]
)
def test_what_is_no_encoding_is_told(encoding: str) -> None:
    with pytest.raises(ImportRefused, match=r"There is no encoding .*there is, for example, utf-8"):
        read(b"name\nAcme\n", encoding=encoding)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            b"PK\x03\x04\x14\0[Content_Types].xml\0xl/workbook.xml",
            "is an Excel workbook, not a CSV file; save the sheet as CSV",
        ),
        (b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "is an OpenDocument sheet"),
        (b"PK\x03\x04Index/Document.iwa", "is a Numbers sheet"),
        (b"PK\x03\x04word/document.xml", "is a Word document"),
        (b"PK\x03\x04deals.csv", "is a ZIP archive, not a CSV file; unpack it"),
        (b"PK\x05\x06", "is a ZIP archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old Excel workbook"),
        (b"SQLite format 3\x00", "is an SQLite database"),
        (b"%PDF-1.7\n%\xe2\xe3", "is a PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0", "is a picture"),
        (b"\xff\xd8\xff\xe0\0", "is a picture"),
        (b"\x1f\x8b\x08\0", "is compressed [(]gzip[)], not a CSV file; unpack it"),
        (b"7z\xbc\xaf\x27\x1c", "is a 7-Zip archive"),
        (b"{\\rtf1\\ansi name}", "is a formatted text"),
        (b"<!DOCTYPE html>\n<html>", "is a web page"),
        (b"\r\n  <table><tr><td>name</td></tr></table>", "is a web page"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><Workbook/>", "is an XML file"),
        (b'[{"name": "Acme"}]', "is a JSON file"),
        (b'{"name": "Acme"}\n{"name": "Wayne"}\n', "is a JSON file"),
        (b"BEGIN:VCARD\nFN:Ann\nEND:VCARD\n", "is a file of contacts"),
        (b"BEGIN:VCALENDAR\r\n", "is a calendar"),
        (b"\x7fELF\x02\x01\x01\x05\x06\x07\xff\xfe\xfd" * 20, "is no text but something binary"),
        (b"name\nAc\0me\n", "holds a NUL character on line 2, as no text does"),
        (b"\xff\xfenam", "begins as a text in UTF-16 but is none"),
        (b"\xff\xfe\0\0name", "begins as a text in UTF-32 but is none"),
    ],
)
def test_a_file_of_another_kind_is_told_as_what_it_is(data: bytes, message: str) -> None:
    with pytest.raises(ImportRefused, match=f"deals.csv {message}"):
        read(data)


def test_what_only_looks_like_another_kind_is_a_table() -> None:
    for header in ("[x]", "{x}", "<b>", "PK", "%", "BEGIN", "sep", "xml"):
        assert read(f"{header},name\n1,2\n".encode()).headers == (header, "name")
    assert read(b"name\n\x1b]0;x\x07\n").rows == (["\x1b]0;x\x07"],)


@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1),
        min_size=1,
        max_size=5,
    )
)
def test_any_text_comes_out_of_any_unicode_encoding_as_it_is(cells: list[str]) -> None:
    lines = ["name", *(f"x{cell}" for cell in cells)]
    text = "".join('"' + line.replace('"', '""') + '"\n' for line in lines)
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-32"):
        assert [row[0] for row in read(text.encode(encoding)).rows] == lines[1:]
