"""A pipeline with its deals and their sums."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from store.views.deal import Deal
from store.views.pipeline import Pipeline, Stage
from store.views.sums import Totals


@dataclass(frozen=True, slots=True)
class Column:
    """One stage of the board with its deals, in the board's order. Won and lost hold the period's only."""

    stage: Stage
    deals: tuple[Deal, ...]
    totals: Totals


@dataclass(frozen=True, slots=True)
class Board:
    """A pipeline as of `today`: what the board, `deals board` and the reports start from.

    `rates` turn other currencies into the pipeline's: minor units of the other one × rate = minor units here.
    `due_today` counts open tasks due today or overdue, over all open deals of the pipeline.
    """

    pipeline: Pipeline
    today: date
    columns: tuple[Column, ...]
    open: Totals
    goals: Mapping[str, int]
    """Goals by month ("2026-11"), for the months that have their own."""
    rates: Mapping[str, tuple[int, int]]
    """Currency → (numerator, denominator) of its rate in minor units."""
    whole: bool = True
    """Whether the open columns hold all their deals; else only their first ones, beside the totals of all."""
