"""Where a review was left, as a text that is kept for the day."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from store.rules.decisions import Decision, DecisionKind
from store.rules.review import Review
from store.rules.review_cases import Case, Part, Standing


def place_of(review: Review, today: date) -> str:
    """What `resume` needs to go on with the review: the deals that were decided, skipped or begun, and the one that is
    looked at. Those that only wait are on the morning's list anyway."""
    return json.dumps(
        {
            "day": today.isoformat(),
            "pipeline": review.pipeline.id,
            "at": review.current.id if review.current else None,
            "cases": [
                _case(case)
                for case in review.cases.values()
                if case.standing is not Standing.WAITING or case.decisions
            ],
        }
    )


def resume(review: Review, text: str | None, today: date) -> None:
    """Go on where a review of the same pipeline was left `today`. A text of another day or pipeline, or one that this
    version does not understand, changes nothing: the review begins anew."""
    if text is None:
        return
    try:
        place = json.loads(text)
        if (place["day"], place["pipeline"]) != (today.isoformat(), review.pipeline.id):
            return
        cases = [_kept(found) for found in place["cases"]]
        at = None if place["at"] is None else int(place["at"])
    except (ValueError, KeyError, TypeError):
        return
    review.take_up(cases, at)


def _case(case: Case) -> dict[str, Any]:
    return {
        "id": case.id,
        "name": case.name,
        "part": case.part,
        "stake": case.stake,
        "standing": case.standing,
        "decisions": [
            [decision.kind, decision.words, decision.day.isoformat() if decision.day else None]
            for decision in case.decisions
        ],
    }


def _kept(found: dict[str, Any]) -> Case:
    decisions = [
        Decision(DecisionKind(kind), str(words), None if day is None else date.fromisoformat(day))
        for kind, words, day in found["decisions"]
    ]
    return Case(
        int(found["id"]),
        str(found["name"]),
        Part(found["part"]),
        None if found["stake"] is None else int(found["stake"]),
        Standing(found["standing"]),
        decisions,
        None,
        [None] * len(decisions),
    )
