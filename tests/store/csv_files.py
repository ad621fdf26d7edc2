"""Small CSV files as they come from other programs, and short ways to plan and import them."""

from __future__ import annotations

from typing import Any

from store import (
    Deal,
    ImportOptions,
    ImportPlan,
    Outcome,
    Pipeline,
    Stage,
    apply_import,
    plan_for,
    read_table,
)
from store.importing.plan import Known, PlannedDeal
from store.importing.planning import plan_import
from tests.deck import TODAY, Deck, at

SALES = Pipeline(
    1,
    "Sales",
    "USD",
    (
        Stage(1, 1, "On radar", 10, Outcome.OPEN),
        Stage(2, 1, "Product evaluated", 50, Outcome.OPEN),
        Stage(3, 1, "Contract signed", 100, Outcome.WON),
        Stage(4, 1, "Closed lost", 0, Outcome.LOST),
    ),
    ("wrong time", "no answer", "other"),
)
"""A pipeline that is there already."""

CRM = """opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value
1C1I7A6R,Moses Frase,GTX Plus Basic,Cancity,Won,2016-10-20,2017-03-01,1054
EC4QE1BX,Darcel Schlecht,MG Special,Cancity,Won,2016-10-25,2017-03-07,50
HAXMC4IX,James Ascencio,MG Advanced,,Engaging,2016-11-03,,
UP409DSB,Maureen Marcano,MG Advanced,Ganjaflex,Engaging,2016-11-10,,
1J8I7A6R,Moses Frase,GTX Basic,Isdom,Lost,2016-10-20,2016-12-01,0
VJ1I7A6R,Moses Frase,GTX Basic,,Prospecting,,,
"""
"""Rows of the shape of the CRM sales opportunities: no names, closed rows with a value, open ones without."""

PIPEDRIVE = """Deal - ID;Deal - Title;Deal - Organization;Deal - Contact person;Deal - Value;Deal - Currency;Deal - Stage;Deal - Status;Deal - Owner;Deal - Deal created;Deal - Expected close date;Deal - Won time;Deal - Lost time;Deal - Lost reason;Deal - Last activity date;Deal - Next activity date;Deal - Label
1;Hotel Europejski;Hotel Europejski sp. z o.o.;Ann Ito;30 000,50;EUR;Negotiations Started;Open;Kim;2026-08-15 09:00:00;2026-12-01;;;;2026-11-05;2026-11-24;Hot, EU
2;Medicover;Medicover Polska;Bob Ray;57600;EUR;Proposal Made;Won;Kim;2026-09-20 10:00:00;2026-10-01;2026-10-10 11:00:00;;;;;
3;Wonka;;Cy Young;1200;USD;Negotiations Started;Lost;Kim;2026-09-01 10:00:00;;;2026-10-02 11:00:00;Too expensive;;;
"""  # noqa: E501  # the header of a real export

HUBSPOT = """Record ID,Deal Name,Deal Stage,Pipeline,Amount,Close Date,Create Date,Deal owner,Associated Company,Associated Contact,Last Activity Date,Closed Lost Reason,Deal probability
7001,Bluebay – Casino,Qualified to buy (Sales Pipeline),Sales Pipeline,"15,000.00",2026-12-31 17:00,2026-09-01 08:00,Sam,Bluebay Ltd,Priya Shah (priya@bluebay.test),2026-11-10 10:00,,0.4
7002,Harbour – Draw,Closed won (Sales Pipeline),Sales Pipeline,2500.50,2026-11-02 09:00,2026-09-14 08:00,Sam,Harbour Ltd,,,,1.0
7003,Old one,Closed lost (Sales Pipeline),Sales Pipeline,,2026-10-05 09:00,2026-09-20 08:00,Sam,,,,No budget,0
"""  # noqa: E501  # the header of a real export


def plan(text: str, known: Known | None = None, **options: Any) -> ImportPlan:
    """The plan for a file of this text, into a store with only `SALES`."""
    table = read_table(text.encode(), "deals.csv")
    return plan_import(table, ImportOptions(**options), known or Known((SALES,)), TODAY, at())


def one(text: str, **options: Any) -> PlannedDeal:
    """The only deal of a file."""
    (deal,) = plan(text, **options).deals
    return deal


def fields(text: str, **options: Any) -> dict[str, str]:
    """Column → its field, `property` or `-`."""
    columns = plan(text, **options).columns
    return {
        column.header: column.field or ("property" if column.property_name else "-") for column in columns
    }


def bring_in(deck: Deck, text: str, name: str = "deals.csv", **options: Any) -> ImportPlan:
    """Import a file of this text into the deck's store."""
    table = read_table(text.encode(), name)
    made = plan_for(deck.store, table, ImportOptions(**options), TODAY, at())
    apply_import(deck.store, made, at())
    return made


def all_deals(deck: Deck, pipeline: str | None = None) -> dict[str, Deal]:
    """The deals of all pipelines, or of one, by name."""
    found = [
        deal
        for each in deck.store.read.pipelines()
        if pipeline in (None, each.name)
        for deal in deck.store.read.list_deals(each.id, TODAY, closed=True)
    ]
    return {deal.name: deal for deal in found}
