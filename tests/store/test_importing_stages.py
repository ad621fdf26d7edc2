"""Which stage the values of a file mean that end with something in parentheses, and what was said of them."""

from __future__ import annotations

from typing import Any

import pytest

from store import ImportOptions, InvalidInput, Outcome, Pipeline, Stage, preview_import, read_table
from store.importing.plan import ImportPlan, Known
from tests.deck import TODAY, Deck, at
from tests.store.csv_files import SALES, bring_in, plan

CLOSED = """name,stage
A,Demo (Sales)
B,Lost - no budget (Sales)
C,Lost - competitor (Sales)
D,Won back (Sales)
E,Won (Sales)
"""
"""Several ways of being won and lost, each with the pipeline's name behind it, as HubSpot writes them."""

OF_CLOSED = {"A": "Demo", "B": "Lost - no budget", "C": "Lost - competitor", "D": "Won back", "E": "Won"}


def stages_of(made: ImportPlan) -> dict[str, str]:
    """Deal → stage."""
    return {deal.name: deal.stage.name for deal in made.deals}


def names(made: ImportPlan) -> list[str]:
    (pipeline,) = made.pipelines
    return [stage.name for stage in pipeline.stages]


def test_values_with_a_suffix_go_to_the_stage_of_their_name_and_not_to_one_like_it(deck: Deck) -> None:
    assert stages_of(plan(CLOSED, new_pipeline="CRM")) == OF_CLOSED
    bring_in(deck, CLOSED.replace(" (Sales)", ""), new_pipeline="CRM")
    assert stages_of(bring_in(deck, CLOSED, pipeline="CRM")) == OF_CLOSED


def test_also_the_name_of_the_pipeline_itself_is_no_part_of_a_stage() -> None:
    stages = [("Demo", Outcome.OPEN), ("Won back", Outcome.WON), ("Won", Outcome.WON),
              ("Lost - no budget", Outcome.LOST), ("Lost - competitor", Outcome.LOST)]  # fmt: skip
    pipeline = Pipeline(
        7,
        "Sales",
        "USD",
        tuple(Stage(n, 7, name, 50, outcome) for n, (name, outcome) in enumerate(stages)),
        (),
    )
    made = plan(CLOSED + "F,Demo\n", Known((pipeline,)))
    assert stages_of(made) == {**OF_CLOSED, "F": "Demo"}


@pytest.mark.parametrize(
    ("value", "stage"),
    [
        ("Lost - comp (Clients)", "Lost - competitor"),
        ("Competitor lost (Clients)", "Lost - no budget"),
        ("Signed (Won)", "Won"),
        ("Dem (Clients)", "Demo"),
    ],
)
def test_what_a_value_without_its_suffix_is_like_goes_before_what_its_outcome_alone_says(
    deck: Deck, value: str, stage: str
) -> None:
    bring_in(
        deck, "name,stage\nA,Demo\nB,Lost - no budget\nC,Lost - competitor\nD,Won\n", new_pipeline="Clients"
    )
    assert stages_of(bring_in(deck, f"name,stage\nX,{value}\n", pipeline="Clients")) == {"X": stage}


@pytest.mark.parametrize("value", ["Demo (Sales)", "demo (sales)", "Demo"])
def test_what_is_said_of_a_value_counts_with_and_without_its_suffix(value: str) -> None:
    text = "name,stage\nA,Demo (Sales)\nB,Won (Sales)\nC,New (Sales)\n"
    made = plan(text, new_pipeline="P", stages={value: "Discovery"})
    assert names(made) == ["Discovery", "New", "Won", "Lost"]
    assert stages_of(made) == {"A": "Discovery", "B": "Won", "C": "New"}


def test_a_second_file_goes_into_the_pipeline_that_the_first_one_made(deck: Deck) -> None:
    said: dict[str, Any] = {"new_pipeline": "CRM", "stages": {"Demo (Sales)": "Discovery"}}
    bring_in(deck, CLOSED, **said)
    assert stages_of(bring_in(deck, CLOSED, **said)) == {**OF_CLOSED, "A": "Discovery"}


@pytest.mark.parametrize("suffix", ["", " (S)"])
def test_a_stage_called_lost_that_is_open_is_beside_one_that_is_lost(deck: Deck, suffix: str) -> None:
    text = f"name,stage,status\nA,Demo{suffix},open\nB,Lost{suffix},open\nC,Won{suffix},open\nD,Demo{suffix},lost\n"
    made = bring_in(deck, text, new_pipeline="P")
    assert names(made) == ["Demo", "Lost", "Won", "Closed won", "Closed lost"]
    assert [(deal.stage.name, deal.stage.outcome) for deal in made.deals] == [
        ("Demo", "open"), ("Lost", "open"), ("Won", "open"), ("Closed lost", "lost"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "told", "sentence"),
    [
        ("name,Phase\nA,Demo\n", "Deno", 'The column “Phase” has no value “Deno”; did you mean “Demo”?'),
        ("name,Phase\nA,Won\nB,Lost\n", "zzz", 'The column “Phase” has no value “zzz”; did you mean “Won” or “Lost”?'),
        ("name,Phase\nA,\n", "zzz", 'The column “Phase” has no value “zzz”; all its cells are empty.'),
        ("name\nA\n", "zzz",
         'No column of the file is the stage, so none says “zzz”; name it with --map "COLUMN=stage".'),
    ],
)  # fmt: skip
def test_nothing_can_be_said_of_a_value_that_the_file_does_not_have(
    text: str, told: str, sentence: str
) -> None:
    with pytest.raises(InvalidInput) as raised:
        plan(text, stages={told: "On radar"})
    assert str(raised.value) == sentence


def test_a_value_of_one_of_several_pipelines_and_of_an_export_may_be_said(deck: Deck) -> None:
    delivery = Pipeline(2, "Delivery", "USD", SALES.stages, ())
    made = plan(
        "name,stage,pipeline\nA,x (Sales),Sales\nB,y (Delivery),Delivery\n",
        Known((SALES, delivery)),
        stages={"x": "On radar", "y": "product"},
    )
    assert stages_of(made) == {"A": "On radar", "B": "Product evaluated"}


def test_on_the_screen_what_was_said_of_a_value_waits_until_a_column_has_it(deck: Deck) -> None:
    table = read_table(b"name,stage,other\nA,radar,Demo\n", "deals.csv")
    options = ImportOptions(stages={"radar": "product"}, columns={"other": "stage"}, new_pipeline="P")
    shown = preview_import(deck.store, table, options, TODAY, at())
    assert shown.options is options
    assert shown.plan is not None
    assert stages_of(shown.plan) == {"A": "Demo"}
    shown = preview_import(deck.store, table, ImportOptions(stages=options.stages), TODAY, at())
    assert shown.plan is not None
    assert stages_of(shown.plan) == {"A": "Product evaluated"}
