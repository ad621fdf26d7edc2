"""Pipelines from templates, goals, rates and preferences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from store import (
    DEFAULT_TEMPLATE,
    TEMPLATES,
    InvalidInput,
    NameTaken,
    NotFound,
    NothingToUndo,
    Store,
    Template,
    template,
)
from tests.deck import Deck, at


@pytest.mark.parametrize("chosen", TEMPLATES, ids=lambda chosen: chosen.slug)
def test_each_template_makes_its_pipeline(deck: Deck, store: Store, chosen: Template) -> None:
    done = store.pipelines.create(chosen, "Second", "chf", at())
    first, made = store.read.pipelines()
    assert (done.title, done.made_id, done.deal_ids) == ("make the pipeline Second", made.id, ())
    assert (first.name, made.name, made.currency, made.lost_reasons) == (
        "Sales",
        "Second",
        "CHF",
        chosen.lost_reasons,
    )
    for stage, plan in zip(made.stages, chosen.stages, strict=True):
        assert (stage.name, stage.probability, stage.outcome) == (plan.name, plan.probability, plan.outcome)
        assert (stage.criterion, stage.evidence_required) == (plan.criterion, plan.evidence_required)
        assert (stage.stuck_limit, stage.dwell_limit) == (plan.stuck_limit, plan.dwell_limit)
        assert [(item.title, item.required) for item in stage.checklist] == [
            (item.title, item.required) for item in plan.checklist
        ]
    deck.undo()
    assert store.read.pipelines() == (first,)


def test_the_first_pipeline_is_the_start_of_the_history(deck: Deck) -> None:
    with pytest.raises(NothingToUndo):
        deck.undo()


def test_a_pipeline_needs_an_open_a_won_and_a_lost_stage(store: Store) -> None:
    for missing in ("open", "won", "lost"):
        stages = tuple(stage for stage in DEFAULT_TEMPLATE.stages if stage.outcome != missing)
        with pytest.raises(InvalidInput, match=f"has no {missing} stage"):
            store.pipelines.create(replace(DEFAULT_TEMPLATE, stages=stages), "X", "USD", at())
    for name, currency in (("", "USD"), ("x" * 201, "USD"), ("X", "DOLLARS"), ("X", "")):
        with pytest.raises(InvalidInput):
            store.pipelines.create(DEFAULT_TEMPLATE, name, currency, at())
    assert len(store.read.pipelines()) == 1


def test_a_pipeline_is_renamed(deck: Deck, store: Store) -> None:
    assert store.pipelines.rename(deck.pipeline.id, "Licences", at()).title == "rename Sales to Licences"
    assert deck.pipeline.name == "Licences"
    assert store.pipelines.rename(deck.pipeline.id, " Licences ", at()).action_id is None
    with pytest.raises(NotFound, match="no pipeline 99"):
        store.pipelines.rename(99, "X", at())


def test_no_two_pipelines_have_one_name(deck: Deck, store: Store) -> None:
    second = store.pipelines.create(DEFAULT_TEMPLATE, "Café", "USD", at()).made_id
    assert second is not None
    before = deck.dump()
    commands: list[Callable[[], object]] = [
        lambda: store.pipelines.create(DEFAULT_TEMPLATE, "CAFE", "USD", at()),
        lambda: store.pipelines.create(DEFAULT_TEMPLATE, " sales ", "USD", at()),
        lambda: store.pipelines.rename(second, "SALES", at()),
    ]
    for command in commands:
        with pytest.raises(NameTaken, match=r"There is a pipeline named (Café|Sales) already"):
            command()
    assert deck.dump() == before
    store.pipelines.rename(second, "CAFÉ", at())  # its own name, written otherwise
    assert [each.name for each in store.read.pipelines()] == ["Sales", "CAFÉ"]


def test_a_month_has_its_own_goal_or_that_of_every_month(deck: Deck, store: Store) -> None:
    pipeline = deck.pipeline.id
    assert store.pipelines.set_goal(pipeline, None, 10_000_00, at()).title == "set the goal of every month"
    assert store.pipelines.set_goal(pipeline, "2026-11", 30_000_00, at()).title == "set the goal for Nov 2026"
    assert store.pipelines.set_goal(pipeline, "2026-11", 30_000_00, at()).action_id is None
    assert (deck.pipeline.monthly_goal, dict(store.read.goals(pipeline))) == (
        10_000_00,
        {"2026-11": 30_000_00},
    )
    store.pipelines.set_goal(pipeline, "2026-11", 25_000_00, at())
    assert dict(store.read.goals(pipeline)) == {"2026-11": 25_000_00}
    assert store.pipelines.set_goal(pipeline, "2026-11", None, at()).title == "remove the goal for Nov 2026"
    store.pipelines.set_goal(pipeline, None, None, at())
    assert (deck.pipeline.monthly_goal, dict(store.read.goals(pipeline))) == (None, {})
    assert store.pipelines.set_goal(pipeline, "2026-12", None, at()).action_id is None


@pytest.mark.parametrize(
    ("month", "amount"),
    [
        ("2026-13", 1),
        ("nov", 1),
        ("2026-11\n", 1),
        ("２０２６-11", 1),
        ("1969-12", 1),
        ("2200-01", 1),
        ("2026-11", -1),
        (None, -1),
        (None, 10**20),
    ],
)
def test_a_goal_that_cannot_be(deck: Deck, store: Store, month: str | None, amount: int) -> None:
    with pytest.raises(InvalidInput):
        store.pipelines.set_goal(deck.pipeline.id, month, amount, at())


def test_a_stages_probability_is_set(deck: Deck, store: Store) -> None:
    stage = deck.stage("product")
    deal_id = deck.deal("Acme", "product")
    assert store.pipelines.set_probability(stage, 45, at()).title == "set Product evaluated to 45 %"
    assert deck.read(deal_id).probability == 45
    assert store.pipelines.set_probability(stage, 45, at()).action_id is None
    for percent in (-1, 101):
        with pytest.raises(InvalidInput):
            store.pipelines.set_probability(stage, percent, at())
    with pytest.raises(NotFound, match="no stage 99"):
        store.pipelines.set_probability(99, 5, at())


def test_a_second_pipeline_keeps_its_own_reasons(deck: Deck, store: Store) -> None:
    second = store.pipelines.create(template("delivery"), "Delivery", "USD", at()).made_id
    reasons = {pipeline.id: pipeline.lost_reasons for pipeline in store.read.pipelines()}
    assert second is not None
    assert "not paid" in reasons[second]
    assert "not paid" not in reasons[deck.pipeline.id]


def test_a_rate_is_set_changed_and_removed(store: Store) -> None:
    assert store.settings.set_rate("eur", "usd", Decimal("1.080"), at()).title == "set 1 EUR to 1.08 USD"
    assert store.read.rate_table() == (("EUR", "USD", "1.08"),)
    assert store.settings.set_rate("EUR", "USD", Decimal("1.08"), at()).action_id is None
    store.settings.set_rate("EUR", "USD", Decimal("2E+1"), at())
    assert store.read.rate_table() == (("EUR", "USD", "20"),)
    assert store.settings.set_rate("EUR", "USD", None, at()).title == "remove the rate EUR to USD"
    assert store.read.rate_table() == ()
    store.history.undo(at())
    assert store.read.rate_table() == (("EUR", "USD", "20"),)


@pytest.mark.parametrize("rate", ["0", "-1", "NaN", "Infinity", "-Infinity", "1e999999", "1e-999999"])
def test_a_rate_that_cannot_be(store: Store, rate: str) -> None:
    with pytest.raises(InvalidInput):
        store.settings.set_rate("EUR", "USD", Decimal(rate), at())
    with pytest.raises(InvalidInput, match="USD is always worth one USD"):
        store.settings.set_rate("USD", "usd", Decimal(1), at())


def test_a_preference_is_remembered_and_forgotten(deck: Deck, store: Store) -> None:
    assert store.read.setting("theme") is None
    store.settings.set("theme", "light", at())
    deck.reopen()
    assert deck.store.read.setting("theme") == "light"
    assert deck.store.settings.set("theme", "light", at()).action_id is None
    deck.store.settings.set("theme", None, at())
    assert deck.store.read.setting("theme") is None
    assert deck.store.settings.set("theme", None, at()).action_id is None
