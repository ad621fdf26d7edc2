"""Rows about memory: the idle board against an idle empty app that has the same libraries loaded."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack

from bench.place import Place, megabytes, rested
from bench.rounds import Group, Row, Sample


def groups(place: Place) -> Sequence[Group]:
    """The group of this subject."""
    floor = "an empty Textual app + import sqlmodel"
    return (
        Group(
            (
                Row(f"memory of the idle board, {place.large:,} deals", floor, 1.4, "MB"),
                Row("memory per further 1,000 deals", "", 0.5, "MB"),
            ),
            lambda: _memory(place),
        ),
    )


def _memory(place: Place) -> Sequence[Sample]:
    """All three run at the same time, so that what they share is shared alike, and on files in which nothing was done:
    the first start of a day makes a backup of others, which takes memory of its own."""
    further = place.large * 2
    with ExitStack() as stack:
        floor = rested(stack, place.floor("empty_app_with_models"))
        board, larger = (
            rested(stack, place.board_on(place.untouched_file(deals))) for deals in (place.large, further)
        )
        per_thousand = (megabytes(larger) - megabytes(board)) / ((further - place.large) / 1000)
        return [(megabytes(floor), megabytes(board)), (None, per_thousand)]
