"""The pipelines one can start with say what the design says, and keep its rules for stages."""

from __future__ import annotations

import re

import pytest

from store.errors import Ambiguous, NotFound
from store.templates import DEFAULT, LOST_REASONS, TEMPLATES, StageTemplate, Template, template
from store.text import clean_line
from store.views import Outcome

DESIGN = {
    "Buyer's journey": (
        "On radar 10 · Product evaluated 50 · Decision maker evaluated 70 · Contract signed and returned 100 won"
        " · Closed lost 0 lost"
    ),
    "Short cycle": "First contact 10 · Demo done 30 · Quote sent 60 · Signed quote received 100 won · Lost 0 lost",
    "Consultative": (
        "Deal created 10 · Demo or meeting held 30 · Quote requested 50 · In negotiation 75 · Won 100 won · Lost 0 lost"
    ),
    "Classic funnel": (
        "Opportunity 0 · Target identified 10 · Demo supported 30 · Key person reached 50 · Terms agreed 70"
        " · Contract signed 90 · Paid 100 won · Lost 0 lost"
    ),
    "Seven steps": (
        "Prospect found 5 · Connected and qualified 15 · Researched 25 · Pitch given 40 · Objections handled 60"
        " · Closing 80 · Won 100 won · Lost 0 lost"
    ),
    "Delivery": "Handed over 100 · In progress 100 · Delivered 100 · Accepted 100 won · Cancelled 0 lost",
}
STAGES = [pytest.param(stage, id=f"{each.slug}/{stage.name}") for each in TEMPLATES for stage in each.stages]


def said(each: Template) -> str:
    return " · ".join(
        f"{stage.name} {stage.probability}" + ("" if stage.outcome is Outcome.OPEN else f" {stage.outcome}")
        for stage in each.stages
    )


def test_the_templates_of_the_design() -> None:
    assert {each.name: said(each) for each in TEMPLATES} == DESIGN
    assert DEFAULT is TEMPLATES[0]


@pytest.mark.parametrize("each", TEMPLATES, ids=lambda each: each.slug)
def test_a_template_makes_a_whole_pipeline(each: Template) -> None:
    outcomes = [stage.outcome for stage in each.stages]
    assert [outcomes.count(outcome) for outcome in (Outcome.WON, Outcome.LOST)] == [1, 1]
    assert outcomes == sorted(outcomes, key=list(Outcome).index)
    assert len({stage.name.casefold() for stage in each.stages}) == len(each.stages)
    open_ones = [stage.probability for stage in each.stages if stage.outcome is Outcome.OPEN]
    assert open_ones == sorted(open_ones)
    assert len(set(each.lost_reasons)) == len(each.lost_reasons) >= 3
    assert each.lost_reasons[-1] == "other"
    assert re.fullmatch(r"[a-z-]+", each.slug)
    assert each.summary.endswith(".")


def test_sales_share_the_reasons_and_delivery_has_its_own() -> None:
    assert {each.lost_reasons for each in TEMPLATES[:-1]} == {LOST_REASONS}
    assert "chose a competitor" not in TEMPLATES[-1].lost_reasons


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_says_what_the_buyer_did_and_what_is_to_do(stage: StageTemplate) -> None:
    assert stage.criterion.endswith(".")
    assert not stage.criterion.startswith(("We ", "I "))
    assert len(stage.criterion) <= 110
    assert 2 <= len(stage.checklist) <= 5
    assert any(item.required for item in stage.checklist)
    for text in (stage.name, stage.criterion, *(item.title for item in stage.checklist)):
        assert text == clean_line(text)
        assert len(text) <= 120


@pytest.mark.parametrize("stage", STAGES)
def test_only_an_open_stage_has_a_stuck_limit(stage: StageTemplate) -> None:
    assert (stage.stuck_limit is not None) is (stage.outcome is Outcome.OPEN)
    assert stage.dwell_limit is None


def test_the_default_template_has_the_default_limits() -> None:
    assert {stage.stuck_limit for stage in DEFAULT.stages if stage.outcome is Outcome.OPEN} == {14}


def test_connected_and_qualified_asks_the_five_questions() -> None:
    stage = template("seven").stages[1]
    asked = [item.title.partition(":")[0].casefold() for item in stage.checklist]
    assert sorted(asked) == ["the problem", "their day", "their role", "what else they look at", "why now"]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("buyers-journey", "Buyer's journey"),
        ("Buyer’s Journey", "Buyer's journey"),
        ("buyers", "Buyer's journey"),
        ("short", "Short cycle"),
        ("classic-fun", "Classic funnel"),
        ("steps", "Seven steps"),
        (" DELIVERY ", "Delivery"),
    ],
)
def test_a_template_goes_by_its_name_or_a_part_of_it(typed: str, name: str) -> None:
    assert template(typed).name == name


def test_a_template_that_is_not_there_is_answered_with_those_that_are() -> None:
    with pytest.raises(
        NotFound, match="No template is called “nine steps”; there is Buyer's journey, Short cycle"
    ):
        template("nine steps")
    with pytest.raises(Ambiguous, match="Consultative, Classic funnel"):
        template("c")
