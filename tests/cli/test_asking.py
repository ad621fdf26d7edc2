"""What a command asks on a terminal."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from store import DEFAULT_TEMPLATE, open_store
from tests.cli.running import TODAY, Deals
from tests.terminal import Terminal, terminal


@pytest.fixture
def acme(deals: Deals) -> Deals:
    """One open deal."""
    deals("add", "Acme 12k")
    return deals


def asked(db: Path, *words: str) -> AbstractContextManager[Terminal]:
    """`deals` in a terminal."""
    command = str(Path(sys.executable).with_name("deals"))
    return terminal([command, "--db", str(db), "--today", TODAY, *words], db.parent / "home", size=(100, 20))


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ("2\r", "wrong time"),
        ("competitor\r", "chose a competitor"),
        ("nothing like it\rno answer\r", "no answer"),
    ],
)
def test_lost_asks_for_the_reason(acme: Deals, db: Path, answers: str, reason: str) -> None:
    with asked(db, "lost", "acme") as shown:
        shown.wait_for("Why was it lost?")
        assert "  4  chose a competitor" in shown.screen
        shown.send(answers)
        assert shown.wait_exit() == 0
    assert acme("show", "1", "--json").json["lost_reason"] == reason


@pytest.mark.parametrize(("answer", "code"), [("\r", 2), ("\x04", 2), ("\x03", 130)])
def test_without_an_answer_nothing_is_lost(acme: Deals, db: Path, answer: str, code: int) -> None:
    with asked(db, "move", "1", "lost") as shown:
        shown.wait_for("Why was it lost?")
        shown.send(answer)
        assert shown.wait_exit() == code
    assert acme("show", "1", "--json").json["outcome"] == "open"


@pytest.fixture
def strict(acme: Deals, db: Path) -> Deals:
    """A second pipeline, Strict, whose second stage requires evidence; the deal is in its first one."""
    first, second, *others = DEFAULT_TEMPLATE.stages
    template = replace(DEFAULT_TEMPLATE, stages=(first, replace(second, evidence_required=True), *others))
    with open_store(db) as store:
        store.pipelines.create(template, "Strict", "USD", datetime(2026, 11, 1, tzinfo=UTC))
    acme("move", "1", "radar", "--pipeline", "strict")
    return acme


def test_a_stage_that_requires_evidence_asks_for_it(strict: Deals, db: Path) -> None:
    with asked(db, "move", "acme", "product") as shown:
        shown.wait_for("what did the buyer do?")
        shown.send("joined the trial call\r")
        shown.wait_for("Move anyway? [Y/n]")
        shown.send("\r")
        assert shown.wait_exit() == 0
    visit = strict("show", "1", "--json").json["visits"][0]
    assert (visit["stage"], visit["evidence"]) == ("Product evaluated", "joined the trial call")


def test_where_nobody_can_be_asked_the_option_is_named(strict: Deals) -> None:
    refused = strict("move", "acme", "product")
    assert (refused.code, refused.out, refused.err.count("\n")) == (2, "", 1)
    assert "--evidence" in refused.err
    assert strict("move", "acme", "product", "--evidence", "joined the call").code == 0
    assert strict("move", "acme", "product").code == 0  # it is there already


def test_a_stage_with_a_criterion_asks_and_enter_skips(acme: Deals, db: Path) -> None:
    with asked(db, "won", "acme") as shown:
        shown.wait_for("Contract signed and returned: what did the buyer do? (The buyer signed")
        shown.send("\r")
        shown.wait_for("Acme: not ticked yet in On radar: Note who they are and what they do there; Write")
        shown.send("y\r")
        assert shown.wait_exit() == 0
    visit = acme("show", "1", "--json").json["visits"][0]
    assert (visit["stage"], visit["evidence"]) == ("Contract signed and returned", "")


@pytest.mark.parametrize("answer", ["n\r", "no\r", "\x04"])
def test_a_deal_with_something_undone_may_stay(acme: Deals, db: Path, answer: str) -> None:
    with asked(db, "move", "acme", "product", "--evidence", "joined the call") as shown:
        shown.wait_for("Move anyway? [Y/n]")
        assert "what did the buyer do" not in "\n".join(shown.screen)
        shown.send(answer)
        assert shown.wait_exit() == 0
        assert "Nothing was moved." in "\n".join(shown.screen)
    assert acme("show", "1", "--json").json["stage"] == "On radar"


def test_where_nobody_can_be_asked_what_is_undone_is_only_told(acme: Deals, db: Path) -> None:
    moved = acme("won", "acme", "--evidence", "signed on Tuesday")
    assert (moved.code, moved.out) == (0, "won Acme\n")
    assert moved.err == (
        "Acme: not ticked yet in On radar: "
        "Note who they are and what they do there; Write the problem down in their own words\n"
    )
    assert acme("show", "1", "--json").json["visits"][0]["evidence"] == "signed on Tuesday"
    assert acme("move", "acme", "radar").err == ""  # it was closed: nothing is left undone


def test_nothing_is_asked_about_what_is_ticked_or_lost(acme: Deals, db: Path) -> None:
    with open_store(db) as store:
        for item in store.read.unticked([1])[1]:
            store.checklists.tick(1, item.id, True, datetime(2026, 11, 20, tzinfo=UTC))
    assert acme("move", "acme", "product").err == ""
    assert acme("move", "acme", "lost", "--reason", "price").err == ""
    assert acme("lost", "acme", "--reason", "price").err == ""
