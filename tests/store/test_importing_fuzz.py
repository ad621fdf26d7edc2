"""Whatever a file holds and whatever is said about it: it is imported whole, sound, and undone exactly, or refused in
our words with nothing written."""

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import fields

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from store import ImportOptions, StoreError, apply_import, plan_for, preview_import, read_table
from store.checking import problems
from store.importing.fields import FIELDS
from tests.deck import TODAY, Deck, at
from tests.store.csv_files import bring_in

HEADERS = (
    *FIELDS, "Amount (EUR)", "Won time", "Lost time", "Deal - Status", "Сумма, ₽", "商机名称", "Betrag", "x", "",
    "name", "property: name", "visits", "tasks", "people", "created_at", "\ufeffname", "=1+1", "a" * 300,
)  # fmt: skip

CELLS = (
    "", " ", "-", "n/a", "Acme", "ACME", "Acme\n", "1", "-1", "(1,200.00)", "1.234", "1,234", "1.234,50", "12k?",
    "1e5", "1E+400", "9" * 20, "0.4", "50%", "120", "￥5", "5 kr", "EUR", "Quatloos", "45123", "99999", "2026",
    "3/11/2026", "25/11/2026", "2026-02-30", "2026-11-01T23:59:60+99:99", "0001-01-01", "9999-12-31",
    "31 декабря 2026", "2026年12月31日", "Won", "Lost", "open", "On radar", "Contract signed", "Closed Lost (Sales)",
    "Sales", "[", '[{"a":1}]', "[[[[", '{"name": 1}', "'=1", "=cmd|' /C calc'!A0", "@x", "\t+1", "a;b|c,d", '"',
    "\x1b]52;c;x\x07", "\u202eabc", "\u200b", "e\u0301" * 5, "\u0301" * 40, "[red]x[/]", "💼", "a" * 201,
    "b" * 100_001, "Ann <a@x.test>; Bob", "1" * 5000, "\ud800",
)  # fmt: skip

columns = st.lists(st.sampled_from(HEADERS) | st.text(max_size=6), min_size=1, max_size=7)
rows = st.lists(
    st.lists(st.sampled_from(CELLS) | st.text(max_size=10), min_size=1, max_size=8), min_size=1, max_size=6
)
words = st.sampled_from(
    [
        "name",
        "amount",
        "stage",
        "-",
        "property",
        "close_date",
        "created_on",
        "closed_on",
        "nonsense",
        "",
        "\0",
    ]
)
stages = st.sampled_from(("On radar", "Contract signed", "Quatsch"))
asked = st.builds(
    ImportOptions,
    columns=st.just({}) | st.dictionaries(st.sampled_from(("name", "stage", "nowhere")), words, max_size=1),
    stages=st.dictionaries(st.sampled_from(CELLS), stages, max_size=2),
    new_pipeline=st.sampled_from(("New", "New", None, "Sales")),
    pipeline=st.sampled_from((None, None, None, "Sales", "sal", "Nowhere")),
    usual_pipeline=st.sampled_from((None, "Sales", "Nowhere")),
    currency=st.sampled_from((None, None, "EUR", "jpy")),
    date_order=st.sampled_from(("dmy", "mdy", "ymd", None)),
    date_orders=st.dictionaries(st.sampled_from(HEADERS), st.sampled_from(("dmy", "mdy", "ymd")), max_size=1),
    update=st.booleans(),
)
encodings = st.sampled_from(("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "cp1251", "gbk"))


def test_every_option_is_tried() -> None:
    made = ImportOptions()
    tried = {
        "columns",
        "stages",
        "new_pipeline",
        "pipeline",
        "usual_pipeline",
        "currency",
        "date_order",
        "date_orders",
        "update",
    }
    assert {field.name for field in fields(made)} - {"new_currency"} == tried


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deck]:
    """A store with a few deals, which every import leaves as it was."""
    with Deck(tmp_path_factory.mktemp("fuzz") / "deals.db") as deck:
        bring_in(deck, "id,name,stage,amount,email\n1,Acme,On radar,5,a@x.test\n2,Wayne,Lost,,\n")
        yield deck


def fitted(headers: list[str], cells: list[list[str]]) -> list[list[str]]:
    """Rows with a name and a stage, no longer than the header: others refuse the file before anything else is seen."""
    stages = ("On radar", "Won", "Lost", "", "Contract signed", "Demo")
    return [
        ["name", "stage", *headers],
        *([f"Deal {at}", stages[len(row[0]) % 6], *row[: len(headers)]] for at, row in enumerate(cells)),
    ]


def tried(
    deck: Deck, data: bytes, options: ImportOptions, raw: bool = False, encoding: str | None = None
) -> None:
    before = deck.dump()
    try:
        table = read_table(data, "fuzz.csv", raw=raw, encoding=encoding)
        preview = preview_import(deck.store, table, options, TODAY, at())
        assert (preview.plan is None) == (preview.refused is not None)
        done = apply_import(deck.store, plan_for(deck.store, table, options, TODAY, at()), at())
    except StoreError:
        pass
    else:
        if done.action_id is not None:
            with closing(sqlite3.connect(deck.path)) as connection:
                assert problems(connection) == ()
            deck.undo()
    assert deck.dump() == before


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(columns, rows, st.sampled_from(",;\t|"), st.booleans(), encodings, asked, st.booleans())
def test_any_table_with_any_options(
    shared: Deck,
    headers: list[str],
    cells: list[list[str]],
    mark: str,
    quoted: bool,
    encoding: str,
    options: ImportOptions,
    raw: bool,
) -> None:
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=mark, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL)
    writer.writerows(fitted(headers, cells))
    data = file.getvalue().encode(encoding, "replace")
    tried(shared, data, options, raw, encoding if encoding in ("cp1251", "gbk") else None)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=400)
    | st.binary(max_size=200).map(lambda tail: b"name,amount,stage\nAcme,5,\n" + tail),
    asked,
)
@example(b"\xff\xfe", ImportOptions())
@example(b"sep=", ImportOptions())
@example(b"sep=;", ImportOptions())
@example(b"\r", ImportOptions())
@example(b'"', ImportOptions())
@example(b"name\n\x1a", ImportOptions())
def test_any_bytes_with_any_options(shared: Deck, data: bytes, options: ImportOptions) -> None:
    tried(shared, data, options)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=60), st.text(max_size=12) | encodings)
def test_any_encoding_that_is_named(data: bytes, encoding: str) -> None:
    with suppress(StoreError):
        read_table(b"name\n" + data, "fuzz.csv", encoding=encoding)


@pytest.mark.long
@settings(deadline=None, max_examples=3000, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(columns, rows, st.sampled_from(",;\t|"), asked)
def test_many_tables_with_many_options(
    shared: Deck, headers: list[str], cells: list[list[str]], mark: str, options: ImportOptions
) -> None:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=mark).writerows(fitted(headers, cells))
    tried(shared, file.getvalue().encode("utf-8", "surrogatepass"), options)
