"""Which field each column is."""

from __future__ import annotations

import pytest

from store import InvalidInput
from store.importing.fields import FIELDS
from store.importing.headers import ColumnUse, column_named, recognise, settled
from tests.deck import Deck
from tests.store.csv_files import CRM, HUBSPOT, PIPEDRIVE, bring_in, fields, plan


def uses(*headers: str, told: dict[str, str] | None = None, statuses: bool = True) -> list[str]:
    """What each column of filled cells is taken for."""
    every = [True] * len(headers)
    found = recognise(headers, every, told or {}, [statuses] * len(headers))
    return [use.field or (f"property {use.property_name}" if use.property_name else "-") for use in found]


def test_the_columns_of_a_pipedrive_export() -> None:
    assert fields(PIPEDRIVE, new_pipeline="New") == {
        "Deal - ID": "external_id",
        "Deal - Title": "name",
        "Deal - Organization": "company",
        "Deal - Contact person": "contact",
        "Deal - Value": "amount",
        "Deal - Currency": "currency",
        "Deal - Stage": "stage",
        "Deal - Status": "outcome",
        "Deal - Owner": "property",
        "Deal - Deal created": "created_on",
        "Deal - Expected close date": "close_date",
        "Deal - Won time": "closed_on",
        "Deal - Lost time": "closed_on",
        "Deal - Lost reason": "lost_reason",
        "Deal - Last activity date": "last_touch_on",
        "Deal - Next activity date": "next_step_on",
        "Deal - Label": "tags",
    }


def test_the_columns_of_a_hubspot_export() -> None:
    assert fields(HUBSPOT, new_pipeline="New") == {
        "Record ID": "external_id",
        "Deal Name": "name",
        "Deal Stage": "stage",
        "Pipeline": "pipeline",
        "Amount": "amount",
        "Close Date": "close_date",
        "Create Date": "created_on",
        "Deal owner": "property",
        "Associated Company": "company",
        "Associated Contact": "contact",
        "Last Activity Date": "last_touch_on",
        "Closed Lost Reason": "lost_reason",
        "Deal probability": "probability",
    }


def test_the_columns_of_the_crm_file() -> None:
    assert list(fields(CRM, new_pipeline="New").values()) == [
        "external_id", "property", "property", "company", "stage", "created_on", "close_date", "amount",
    ]  # fmt: skip


def test_the_names_of_our_own_fields_are_recognised() -> None:
    assert uses(*FIELDS) == list(FIELDS)
    assert uses(*(field.upper().replace("_", " ") for field in FIELDS)) == list(FIELDS)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Opportunity Name", "name"),
        ("dealname", "name"),
        ("Opportunity: Stage", "stage"),
        ("StageName", "stage"),
        ("dealstage", "stage"),
        ("Deal - Stage (pipeline)", "stage"),
        ("Account Name", "company"),
        ("Organization - Name*", "company"),
        ("Client", "company"),
        ("Person - Email - Work", "email"),
        ("E-mail", "email"),
        ("CloseDate", "close_date"),
        ("Expected Close", "close_date"),
        ("Deal - Last stage change", "entered_stage_on"),
        ("Date entered current stage", "entered_stage_on"),
        ("Deal - Add time", "created_on"),
        ("Probability (%)", "probability"),
        ("Deal - Deal probability", "probability"),
        ("Deal - Pipedrive System ID", "external_id"),
        ("Deal - Currency of value", "currency"),
        ("Original Source", "source"),
        ("Next Activity Date", "next_step_on"),
        ("Betrag", "amount"),
        ("Währung", "currency"),
        ("Geschäft", "name"),
        ("Société", "company"),
        ("Étape", "stage"),
        ("Fecha de cierre", "close_date"),
        ("Data di chiusura", "close_date"),
        ("Sluitingsdatum", "close_date"),
        ("Motif de perte", "lost_reason"),
        ("Amount (EUR)", "amount"),
        ("Betrag in €", "amount"),
        ("Status", "stage"),
        ("Deal Owner", "property Deal Owner"),
        ("Dealer", "property Dealer"),
        ("property: name", "property name"),
        ("???", "property ???"),
    ],
)
def test_other_headers(header: str, field: str) -> None:
    assert uses(header) == [field]


def test_the_surest_column_is_the_field_and_the_others_are_properties() -> None:
    assert uses("Amount in company currency", "Amount") == ["property Amount in company currency", "amount"]
    assert uses("Email", "Person - Email - Home") == ["email", "property Person - Email - Home"]


def test_a_column_without_values_takes_no_field_from_another() -> None:
    found = recognise(["Amount", "Value"], [False, True], {}, [False, False])
    assert [use.field for use in found] == [None, "amount"]
    assert settled(found, [False, True])[0].ignored


def test_a_status_is_the_stage_unless_another_column_is() -> None:
    assert uses("Name", "Status") == ["name", "stage"]
    assert uses("Name", "Stage", "Status") == ["name", "stage", "outcome"]
    assert uses("Name", "Stage", "Status", statuses=False) == ["name", "stage", "property Status"]


def test_the_currency_may_be_in_the_header() -> None:
    found = recognise(["Amount (EUR)", "Price £"], [True, True], {"price": "amount"}, [False, False])
    assert found[1] == ColumnUse(1, "Price £", "amount", currency="GBP")
    assert found[0] == ColumnUse(0, "Amount (EUR)", property_name="Amount (EUR)")


def test_what_is_told_goes_before_what_is_known() -> None:
    headers = ("Name", "Title", "Betrag", "Owner", "Won time", "Handover")
    told = {"title": "name", "Name": "property", "OWNER": "-", "betrag": "ignore", "handover": "Closed on"}
    assert uses(*headers, told=told) == [
        "property Name", "name", "-", "-", "closed_on", "closed_on",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("told", "message"),
    [
        ({"Amout": "amount"}, "The file has no column “Amout”; did you mean “Amount”[?]"),
        ({"xyz": "amount"}, "no column “xyz”; did you mean “Name” or “Amount”"),
        ({"Amount": "amout"}, '“amout” is no field [(]"-" leaves the column out[)]; did you mean “amount”'),
        ({"Amount": "qqq"}, "“qqq” is no field .*; there is name, amount, currency"),
        ({"Name": "amount", "Amount": "amount"}, "Both “Name” and “Amount” are mapped to amount"),
    ],
)
def test_what_is_told_wrongly_names_the_nearest(told: dict[str, str], message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        uses("Name", "Amount", told=told)


def test_a_column_goes_by_its_name_whatever_its_case() -> None:
    assert column_named("Deal - Value", ["deal - value", "Deal - Value"]) == 1
    assert column_named("deal value", ["x", "Deal - Value"]) == 1
    assert column_named("???", ["x", "???"]) == 1


def test_a_property_has_its_name_once() -> None:
    assert uses("property: x", "x") == ["property x", "property x"]
    found = recognise(["property: x", "x", "x (2)"], [True] * 3, {}, [False] * 3)
    assert [use.property_name for use in settled(found, [True] * 3)] == ["x", "x (2)", "x (2) (2)"]
    (column,) = (each for each in plan(f"name,{'y' * 230}\nAcme,1\n").columns if not each.field)
    assert column.property_name == "y" * 200


def test_a_long_property_that_comes_again_is_no_longer_than_a_name_may_be(deck: Deck) -> None:
    long = "z" * 250
    made = bring_in(deck, f"name,stage,{long}a,{long}b,{'z' * 199} y\nAcme,radar,1,2,3\n")
    names = ["z" * 200, "z" * 196 + " (2)", "z" * 199]
    assert [each.property_name for each in made.columns if not each.field] == names
    assert deck.read(1).properties == dict(zip(names, "123", strict=True))
