"""Whatever comes through a door of the store, nothing is kept that a terminal or a spreadsheet would obey."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from store import (
    CompanyDraft,
    CompanyPatch,
    DealDraft,
    DealPatch,
    InvalidInput,
    PersonDraft,
    Sort,
    StoreDamaged,
    StoreError,
    TaskDraft,
    TouchKind,
    clean_line,
    clean_notes,
    export_calendar,
    export_csv,
    fold,
    look_up,
    parse_amount,
    parse_date,
    parse_filter,
    parse_month,
    parse_quickline,
    parse_step,
    parse_touch,
    pick,
    printable,
)
from tests.deck import PLAIN, TODAY, Deck, at
from tests.nasty import NASTY, SHORT, trespasses, trespasses_in
from tests.poisoned import poisoned_file
from tests.store.csv_files import bring_in

LINES = frozenset("\n")


@pytest.mark.parametrize("what", NASTY)
def test_cleaned_is_clean(what: str) -> None:
    for clean in (clean_line, clean_notes, printable):
        cleaned = clean(NASTY[what])
        assert trespasses(cleaned, places=LINES) == set()
        assert clean(cleaned) == cleaned


def made_of(make: Callable[[str], Any], text: str) -> Iterable[str]:
    """The texts of what `make` makes of `text`; what it says where it refuses it."""
    try:
        return texts_of(make(text))
    except InvalidInput as error:
        return [str(error)[:500].replace("\n", "\0")]


def texts_of(value: Any) -> Iterable[str]:
    """All texts in a value of drafts, mappings and tuples."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from (*texts_of(key), *texts_of(each))
    elif isinstance(value, tuple):
        for each in value:
            yield from texts_of(each)
    elif hasattr(value, "__dataclass_fields__"):
        for field in fields(value):
            yield from texts_of(getattr(value, field.name))


DRAFTS: tuple[Callable[[str], Any], ...] = (
    lambda text: DealDraft(text, 1),
    lambda text: DealDraft("x", 1, company=text),
    lambda text: DealDraft("x", 1, source=text),
    lambda text: DealDraft("x", 1, external_id=text),
    lambda text: DealDraft("x", 1, tags=(text, f"#{text}")),
    lambda text: DealDraft("x", 1, notes=text),
    lambda text: DealDraft("x", 1, properties={text: "v"}),
    lambda text: DealDraft("x", 1, properties={"p": text}),
    lambda text: DealPatch(name=text),
    lambda text: DealPatch(company=text, source=text, notes=text),
    lambda text: DealPatch(tags=(text,), properties={text: text}),
    lambda text: TaskDraft(text),
    lambda text: PersonDraft(text),
    lambda text: PersonDraft("x", notes=text, company=text),
    lambda text: PersonDraft("x", email=f"{text}@x.example"),
    lambda text: PersonDraft("x", phone=f"{text}1"),
    lambda text: CompanyDraft(text),
    lambda text: CompanyPatch(notes=text),
)


@pytest.mark.parametrize("what", NASTY)
def test_every_field_of_every_draft_is_clean_or_refused_in_a_clean_sentence(what: str) -> None:
    for make in DRAFTS:
        for kept in made_of(make, NASTY[what]):
            assert trespasses(kept, places=LINES) == set()


UNDERSTOOD: tuple[Callable[[str], Any], ...] = (
    lambda text: parse_date(text, TODAY),
    lambda text: parse_amount(text, "USD"),
    lambda text: parse_month(text, TODAY),
    lambda text: parse_quickline(text, TODAY, "USD", "dmy", ("On radar", "Lost"), ("Lost",)),
    lambda text: parse_step(text, TODAY),
    lambda text: parse_touch(text, TODAY),
    lambda text: parse_filter(text, TODAY, "USD"),
    lambda text: pick(text, ["On radar", "[/]", "Lost"], "stage"),
    lambda text: look_up((), text),
    lambda text: fold(text),
)


@pytest.mark.parametrize("what", NASTY)
def test_what_is_typed_is_understood_or_refused(what: str) -> None:
    for understand in UNDERSTOOD:
        with suppress(StoreError):
            understand(NASTY[what])


def filled(deck: Deck) -> None:
    """Put every text into every field of the store that takes one, as far as it lets them in."""
    store = deck.store
    for text in SHORT.values():
        whole = f"{text[:150]} ok"
        draft = DealDraft(
            whole, deck.pipeline.id, company=whole, source=whole, external_id=whole, tags=(whole,), notes=text,
            properties={whole: text}, next_step=TaskDraft(whole, date(2026, 11, 27)),
        )  # fmt: skip
        (deal_id,) = store.deals.create(draft, at()).deal_ids
        for kind in (TouchKind.CALL, TouchKind.NOTE):
            with suppress(InvalidInput):
                store.touches.add([deal_id], kind, text, at())
        store.people.add(
            [deal_id], PersonDraft(whole, f"{whole}@x.example", f"{whole} 1", text, whole), None, None, at()
        )
        store.saved_views.save(whole, text, Sort.ORDER, at())
        store.deals.move([deal_id], deck.stage("product"), at(), evidence=text)
        store.deals.lose([deal_id], "other", at(), note=text)
    for text in SHORT.values():
        with suppress(StoreError):
            store.pipelines.rename(deck.pipeline.id, text, at())
        stages = tuple(
            replace(stage, name=f"{stage.name} {text[:100]}", criterion=text) for stage in PLAIN.stages
        )
        with suppress(StoreError):
            store.pipelines.create(replace(PLAIN, stages=stages), f"{text[:100]} ok", "USD", at())


def test_nothing_of_them_is_in_the_file_and_all_of_it_survives_an_export(tmp_path: Path) -> None:
    with Deck(tmp_path / "one.db", PLAIN) as deck:
        filled(deck)
        assert trespasses_in(deck.path) == {}
        out = io.StringIO(newline="")
        export_csv(deck.store, out)
        export_calendar(deck.store, tmp_path / "due.ics", at())
        names = sorted(deal.name for deal in deck.store.read.list_deals(None, TODAY, closed=True))
    assert len(names) == len(SHORT)
    for written in (out.getvalue(), (tmp_path / "due.ics").read_bytes()):
        assert trespasses(written, places=frozenset("\n\r")) == set()
    for row in csv.reader(io.StringIO(out.getvalue(), newline="")):
        assert not [cell for cell in row if re.match(r"[=+@\t\r]|-(?![0-9])", cell)]
    with Deck(tmp_path / "two.db", None) as other:
        bring_in(other, out.getvalue())
        assert sorted(deal.name for deal in other.store.read.list_deals(None, TODAY, closed=True)) == names
        again = io.StringIO(newline="")
        export_csv(other.store, again)
    assert again.getvalue() == out.getvalue()


HEADERS = (
    "Name",
    "Company",
    "Stage",
    "Contact person",
    "E-mail",
    "Phone",
    "Notes",
    "Tags",
    "Source",
    "Lost reason",
)


def test_a_file_from_elsewhere_brings_nothing_of_them_in(plain_deck: Deck) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    texts = [text.encode(errors="replace").decode() for text in SHORT.values() if "\x00" not in text]
    writer.writerow([*HEADERS, *texts])
    for number, text in enumerate(texts):
        cells = {"Name": f"{text[:100]} {number}", "Stage": "On radar", "E-mail": f"{text[:100]}@x.example"}
        writer.writerow([*(cells.get(header, text[:150]) for header in HEADERS), *texts])
    bring_in(plain_deck, out.getvalue())
    assert len(plain_deck.store.read.list_deals(None, TODAY)) == len(texts)
    assert trespasses_in(plain_deck.path) == {}
    for text in NASTY.values():
        with suppress(StoreError):
            plain_deck.store.read.find_deal(text)


def test_what_another_program_put_past_the_door_stops_neither_reading_nor_undoing(tmp_path: Path) -> None:
    path = poisoned_file(tmp_path / "deals.db")
    with Deck(path) as deck:
        before = deck.dump()
        deck.store.deals.win([1], at())
        deck.undo()
        assert deck.dump() == before
        assert deck.page(1).changes
        deck.store.deals.edit(1, DealPatch(name="once"), at())
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("UPDATE deals SET name = ?, lost_note = ?", ('a\x00"b\\c', 'a\x00"b\\c'))
    with Deck(path) as deck:  # the database itself cannot write down what stands behind a NUL
        assert deck.page(1).deal.name
        before = deck.dump()
        with pytest.raises(StoreDamaged, match="nothing was changed"):
            deck.undo()
        assert deck.dump() == before
        deck.store.deals.edit(1, DealPatch(name="again"), at())
        assert deck.read(1).name == "again"
