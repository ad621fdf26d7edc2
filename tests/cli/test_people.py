"""`deals people`, `deals companies`, and the people of a deal."""

from __future__ import annotations

from pathlib import Path

import pytest

from store import CompanyDraft, PersonDraft, Role, Stance, open_store
from tests.cli.running import Deals
from tests.deck import at


@pytest.fixture
def known(deals: Deals, db: Path) -> Deals:
    """Ann on two deals of Acme, one of them won; Bob on one in euros; Globex without anything."""
    deals("add", 'Initech renewal 40k stage:product co:"Acme"', today="2026-11-10")
    deals("add", 'Hooli pilot 5k co:"Acme"', today="2026-11-10")
    deals("add", "Wonka €500", today="2026-11-10")
    deals("add", "Umbrella", today="2026-11-10")
    deals("won", "hooli", today="2026-11-12")
    with open_store(db) as store:
        ann = PersonDraft("Ann Ito", "ann@acme.example", "+49 1", "calls only", "Acme")
        store.people.add([1], ann, Role.CHAMPION, Stance.FOR, at())
        store.people.add([2], ann, None, None, at())
        store.people.add([3, 4], PersonDraft("Bob Ray"), Role.BLOCKS, Stance.AGAINST, at())
        store.companies.create(CompanyDraft("Globex"), at())
    return deals


def test_people_with_what_their_deals_are_worth(known: Deals) -> None:
    assert known("people").out.splitlines() == [
        "name     company  e-mail            phone                  open         won",
        "Ann Ito  Acme     ann@acme.example  +49 1           1 · $40,000  1 · $5,000",
        "Bob Ray                                    2 · €500 + 1 unknown",
    ]


def test_companies_with_their_people(known: Deals) -> None:
    assert known("companies").out.splitlines() == [
        "name    people          open         won",
        "Acme    Ann Ito  1 · $40,000  1 · $5,000",
        "Globex",
    ]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (("people", "ann"), ["Ann Ito"]),
        (("people", "ACME", "renewal"), ["Ann Ito"]),
        (("people", "wonka"), ["Bob Ray"]),
        (("people", "ann", "wonka"), []),
        (("companies", "ito"), ["Acme"]),
        (("companies", "glob"), ["Globex"]),
    ],
)
def test_only_those_that_are_looked_for(known: Deals, words: tuple[str, ...], names: list[str]) -> None:
    assert [each["name"] for each in known(*words, "--json").json] == names


def test_people_as_json(known: Deals) -> None:
    (ann,) = known("people", "ann", "--json").json
    assert {key: ann[key] for key in ("id", "name", "company", "email", "phone", "notes", "currency")} == {
        "id": 1, "name": "Ann Ito", "company": "Acme", "email": "ann@acme.example", "phone": "+49 1",
        "notes": "calls only", "currency": "USD",
    }  # fmt: skip
    assert ann["open"] == {
        "count": 1, "amount": "40000.00", "unknown": 0, "weighted": "20000.00", "foreign": {},
    }  # fmt: skip
    assert (ann["won"]["count"], ann["won"]["amount"]) == (1, "5000.00")
    assert ann["deals"][0] == {
        "id": 1, "name": "Initech renewal", "stage": "Product evaluated", "outcome": "open", "amount": "40000.00",
        "currency": "USD", "probability": 50, "role": "champion", "stance": "for",
    }  # fmt: skip
    assert (ann["deals"][1]["outcome"], ann["deals"][1]["role"]) == ("won", None)


def test_companies_as_json(known: Deals) -> None:
    acme, globex = known("companies", "--json").json
    assert acme["people"] == [{"id": 1, "name": "Ann Ito", "email": "ann@acme.example", "phone": "+49 1"}]
    assert [deal["name"] for deal in acme["deals"]] == ["Initech renewal", "Hooli pilot"]
    assert "role" not in acme["deals"][0]
    assert (globex["name"], globex["deals"], globex["open"]["count"]) == ("Globex", [], 0)


def test_nobody_is_said_beside_the_result(deals: Deals) -> None:
    for command, words in (("people", "Nobody.\n"), ("companies", "No companies.\n")):
        nobody = deals(command)
        assert (nobody.code, nobody.out, nobody.err) == (0, "", words)
        assert deals(command, "--json").out == "[]\n"


def test_a_deal_shows_the_parts_of_its_people(known: Deals) -> None:
    lines = known("show", "1").out.splitlines()
    assert lines[lines.index("PEOPLE") + 1] == "Ann Ito  champion, for  ann@acme.example · +49 1"
    (ann,) = known("show", "1", "--json").json["people"]
    assert ann == {
        "name": "Ann Ito", "email": "ann@acme.example", "phone": "+49 1", "role": "champion", "stance": "for",
        "company": "Acme", "notes": "calls only", "id": 1,
    }  # fmt: skip
