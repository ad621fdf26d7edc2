"""What is told of a file while it cannot be imported yet: all that was understood, and each thing that was not."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store import (
    IMPORT_FIELDS,
    ImportOptions,
    ImportPreview,
    ImportRefused,
    InvalidInput,
    NotFound,
    UnknownDateOrder,
    WrongRows,
    apply_import,
    plan_for,
    preview_import,
    read_table,
    template,
)
from tests.deck import TODAY, Deck, at
from tests.store.csv_files import CRM


def preview(deck: Deck, text: str, **options: Any) -> ImportPreview:
    table = read_table(text.encode(), "deals.csv")
    return preview_import(deck.store, table, ImportOptions(**options), TODAY, at())


def stages(shown: ImportPreview) -> list[tuple[str, str | None, int]]:
    return [(each.value, each.stage.name if each.stage else None, each.rows) for each in shown.stages]


def test_of_a_file_that_can_be_imported_it_is_the_plan(deck: Deck) -> None:
    shown = preview(deck, CRM, new_pipeline="CRM")
    planned = plan_for(deck.store, shown.table, shown.options, TODAY, at())
    assert shown.plan is not None
    assert (shown.plan.columns, shown.plan.notes, len(shown.plan.deals)) == (
        planned.columns,
        planned.notes,
        6,
    )
    assert (shown.columns, shown.pipelines) == (shown.plan.columns, shown.plan.pipelines)
    assert stages(shown) == [("Won", "Won", 2), ("Engaging", "Engaging", 2), ("Lost", "Lost", 1),
                             ("Prospecting", "Prospecting", 1)]  # fmt: skip
    assert (shown.refused, shown.unknown_orders) == (None, ())


def test_values_that_mean_no_stage_are_told_beside_those_that_do(deck: Deck) -> None:
    shown = preview(deck, CRM)
    assert shown.plan is None
    assert isinstance(shown.refused, ImportRefused)
    assert "--stage" in str(shown.refused)
    assert "--" not in shown.refused.problem
    assert stages(shown) == [
        ("Engaging", None, 2),
        ("Prospecting", None, 1),
        ("Won", "Contract signed and returned", 2),
        ("Lost", "Closed lost", 1),
    ]
    assert [each.name for each in shown.pipelines] == ["Sales"]
    formats = {each.header: each.format for each in shown.columns}
    assert formats["engage_date"] == "year-month-day"
    assert formats["close_value"] == "whole numbers"
    meant = {"Engaging": "product", "Prospecting": "radar"}
    assert preview(deck, CRM, stages=meant).plan is not None


def test_every_date_column_that_does_not_tell_its_order_is_told_at_once(deck: Deck) -> None:
    text = "name,created,close date,stage,next step date\nA,3/11/2026,4/5/2027,Demo,25/12/2026\n"
    shown = preview(deck, text)
    assert [each.column for each in shown.unknown_orders] == ["created", "close date"]
    assert {each.header: each.format for each in shown.columns} == {
        "name": "", "created": "order not known", "close date": "order not known", "stage": "",
        "next step date": "day first (31/12/2026)",
    }  # fmt: skip
    assert stages(shown) == [("Demo", None, 1)]
    told = preview(deck, text, stages={"Demo": "radar"}, date_orders={"created": "dmy"})
    assert [each.column for each in told.unknown_orders] == ["close date"]
    assert isinstance(told.refused, UnknownDateOrder)
    both: Any = {"created": "dmy", "close date": "mdy"}
    assert preview(deck, text, stages={"Demo": "radar"}, date_orders=both).plan is not None


def test_wrong_values_leave_the_columns_and_stages_to_be_looked_at(deck: Deck) -> None:
    shown = preview(deck, "name,amount,stage\nA,much,radar\nB,5,product\n")
    assert isinstance(shown.refused, WrongRows)
    assert [(cell.line, cell.column, cell.value) for cell in shown.refused.cells] == [(2, "amount", "much")]
    assert [each.field for each in shown.columns] == ["name", "amount", "stage"]
    assert [each[1] for each in stages(shown)] == ["On radar", "Product evaluated"]


def test_what_cannot_be_said_of_a_file_is_told_beside_what_is_known_without_it(deck: Deck) -> None:
    text = "name,stage\nA,radar\n"
    twice = preview(deck, text, columns={"name": "name", "stage": "name"})
    assert isinstance(twice.refused, InvalidInput)
    assert [each.field for each in twice.columns] == ["name", "stage"]
    nowhere = preview(deck, text, pipeline="nowhere")
    assert isinstance(nowhere.refused, NotFound)
    assert (nowhere.pipelines, nowhere.stages) == ((), ())
    stageless = preview(deck, "name\nA\n", new_pipeline="New")
    assert stageless.refused is not None
    assert isinstance(stageless.refused, ImportRefused)
    assert stageless.refused.problem.endswith("no pipeline can be made from it.")


def test_rows_that_name_no_pipeline_go_to_the_usual_one(deck: Deck) -> None:
    deck.store.pipelines.create(template("delivery"), "Delivery", "EUR", at())
    text = "name,pipeline\nA,\nB,Sales\n"
    shown = preview(deck, text, usual_pipeline="delivery")
    assert shown.plan is not None
    assert [each.name for each in shown.pipelines] == ["Delivery", "Sales"]
    apply_import(deck.store, shown.plan, at())
    assert [deal.name for deal in deck.store.read.list_deals(deck.pipeline.id, TODAY)] == ["B"]
    unnamed = preview(deck, text, usual_pipeline="gone").plan
    assert unnamed is not None
    assert [each.name for each in unnamed.pipelines] == ["Sales"]


CELLS = st.sampled_from(
    ["", "Acme", "12,5", "1.234", "much", "3/11/2026", "31.12.2026", "2026-12-31", "soon", "radar", "Demo", "won",
     "EUR", "[]", "{", "Sales", "50 %", "\u202e\u0301"]
)  # fmt: skip
HEADERS = st.sampled_from(
    ["name", "amount", "stage", "status", "close date", "created", "pipeline", "currency", "probability", "visits",
     "pipelines", "property: x", "x"]
)  # fmt: skip
SAID = st.fixed_dictionaries(
    {},
    optional={
        "columns": st.dictionaries(HEADERS, st.sampled_from([*IMPORT_FIELDS, "-", "property"]), max_size=4),
        "stages": st.dictionaries(CELLS, st.sampled_from(["radar", "x", ""]), max_size=2),
        "pipeline": st.sampled_from(["sales", "nowhere", ""]),
        "new_pipeline": st.sampled_from(["New", "Sales", ""]),
        "currency": st.sampled_from(["EUR", "JPY"]),
        "date_orders": st.dictionaries(HEADERS, st.sampled_from(["dmy", "mdy", "ymd"]), max_size=2),
        "update": st.booleans(),
    },
)


@given(
    st.lists(HEADERS, min_size=1, max_size=6),
    st.lists(st.lists(CELLS, max_size=6), min_size=1, max_size=5),
    SAID,
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_said_of_a_file_all_its_columns_are_shown(
    deck: Deck, headers: list[str], rows: list[list[str]], said: dict[str, Any]
) -> None:
    """With a plan, or with the reason why there is none."""
    filled = [(row + ["x"] * len(headers))[: len(headers)] for row in rows]
    text = "\n".join(";".join(cells) for cells in [headers, *filled, ["y"] * len(headers)])
    shown = preview(deck, text, **said)
    assert [each.header for each in shown.columns] == list(shown.table.headers)
    assert (shown.plan is None) == (shown.refused is not None)
    if any(each.stage is None for each in shown.stages) or shown.unknown_orders:
        assert shown.refused is not None
