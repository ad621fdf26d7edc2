"""The stages of a pipeline, and the probability of one."""

from __future__ import annotations

import pytest

from tests.cli.running import Deals


def test_the_probability_of_a_stage_is_shown_and_set(deals: Deals) -> None:
    deals("add", "Acme 1000 stage:product")
    shown = deals("stage").out.splitlines()
    assert shown[1] == "Product evaluated  50 %"
    assert shown[-2:] == ["Contract signed and returned  won", "Closed lost  lost"]
    for percent in ("45", "45%", "45 %"):
        assert deals("stage", "product", "--probability", percent).code == 0
    assert deals("stage").out.splitlines()[1] == "Product evaluated  45 %"
    assert deals("show", "acme", "--json").json["probability"] == 45
    assert deals("stage", "product", "--probability", "45").out == "Nothing to do.\n"
    assert deals("undo").out == "Undone: set Product evaluated to 45 %\n"
    assert deals("stage", "--json").json["stages"][1] == {
        "stage": "Product evaluated",
        "probability": 50,
        "outcome": "open",
    }
    done = deals("stage", "product", "--probability", "0", "--json").json
    assert (done["title"], done["deals"]) == ("set Product evaluated to 0 %", [])


@pytest.mark.parametrize(
    ("words", "code", "why"),
    [
        (("product",), 2, "Say the stage and its probability: deals stage product --probability 45."),
        (("--probability", "45"), 2, "Say the stage and its probability: deals stage product --probability 45."),
        (("product", "--probability", "101"), 2, "101 is not a whole percent from 0 to 100."),
        (("product", "--probability=-1"), 2, "-1 is not a whole percent from 0 to 100."),
        (("signed", "--probability", "45"), 2, "Contract signed and returned has no probability to set;"),
    ],
)  # fmt: skip
def test_what_cannot_be_set_is_told(deals: Deals, words: tuple[str, ...], code: int, why: str) -> None:
    before = deals("stage").out
    refused = deals("stage", *words)
    assert (refused.code, refused.out) == (code, "")
    assert why in refused.err
    assert deals("stage").out == before
