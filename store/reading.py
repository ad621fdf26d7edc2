"""The reads of one open store: the functions of `store.reads`, bound to its connection.

What another thread is writing on the same connection is never seen half done, because of the lock; nor is what another
program writes, because each answer is one transaction, however many statements it takes. Each function is imported when
it is first asked, so that a short command loads only its own.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from store.connection import schema_version, translated

if TYPE_CHECKING:
    from store.rules.silence import Silence
    from store.views import (
        Agenda,
        Board,
        ChecklistItem,
        CompanyCard,
        Deal,
        DealPage,
        Directory,
        DueTask,
        Forecast,
        MorningList,
        PersonCard,
        Pipeline,
        SavedView,
    )

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


class Reads:
    """What can be asked of a store. `today` is the day the answer is for; `pipeline_id` is `None` for the first."""

    def __init__(self, path: Path, connection: sqlite3.Connection, lock: RLock) -> None:
        self._path = path
        self._connection = connection
        self._lock = lock

    def ask(
        self,
        question: Callable[Concatenate[sqlite3.Connection, Asked], Answer],
        *args: Asked.args,
        **kwargs: Asked.kwargs,
    ) -> Answer:
        """The answer of any function of `store.reads`; its first argument is the connection.

        All that it reads is of one moment. Within a command it is what the command sees.
        """
        connection = self._connection
        with self._lock, translated(self._path):
            within = connection.in_transaction
            if not within:
                connection.execute("BEGIN")
            try:
                answer = question(connection, *args, **kwargs)
                if not within:
                    connection.execute("COMMIT")
            finally:
                if not within and connection.in_transaction:
                    connection.execute("ROLLBACK")
            return answer

    def pipelines(self) -> tuple[Pipeline, ...]:
        """All pipelines in their order, with stages and lost reasons."""
        from store.reads.pipelines import pipelines

        return self.ask(pipelines)

    def goals(self, pipeline_id: int) -> Mapping[str, int]:
        """The goals of the months that have their own, in minor units of the pipeline's currency."""
        from store.reads.pipelines import goals

        return self.ask(goals, pipeline_id)

    def rates(self, currency: str) -> Mapping[str, tuple[int, int]]:
        """What turns minor units of other currencies into those of `currency`: (numerator, denominator) of each."""
        from store.reads.pipelines import rates

        return self.ask(rates, currency)

    def rate_table(self) -> tuple[tuple[str, str, str], ...]:
        """The user's own exchange rates: currency, base, and how much base one currency is."""
        from store.reads.pipelines import rate_table

        return self.ask(rate_table)

    def board(self, pipeline_id: int | None, today: date, first: int | None = None) -> Board:
        """A pipeline with its open deals, and those closed this month; `NotFound` if there is none.

        With `first`, only so many deals of each open column, beside the totals of all.
        """
        from store.reads.board import board

        return self.ask(board, pipeline_id, today, first)

    def deals(self, ids: Sequence[int], today: date) -> tuple[Deal, ...]:
        """The deals of `ids` that are there, in one SQL statement."""
        from store.reads.deals import deals

        return self.ask(deals, ids, today)

    def list_deals(self, pipeline_id: int | None, today: date, closed: bool = False) -> tuple[Deal, ...]:
        """The open deals in the board's order; with `closed` also the won and lost ones."""
        from store.reads.deals import list_deals

        return self.ask(list_deals, pipeline_id, today, closed)

    def find_deal(self, text: str, pipeline_id: int | None = None) -> int:
        """The id of the deal that a number or a part of a name means; `NotFound` or `Ambiguous` else."""
        from store.reads.deals import find_deal

        return self.ask(find_deal, text, pipeline_id)

    def deal_page(self, deal_id: int, today: date) -> DealPage:
        """Everything about one deal; `NotFound` if it is not there."""
        from store.reads.deal_page import deal_page

        return self.ask(deal_page, deal_id, today)

    def unticked(self, ids: Sequence[int]) -> Mapping[int, tuple[ChecklistItem, ...]]:
        """The required items that deals have not done in their present stage, by deal."""
        from store.reads.unticked import unticked

        return self.ask(unticked, ids)

    def stuck(self, pipeline_id: int | None, today: date) -> MorningList:
        """The deals that need a decision, and those without a next step."""
        from store.reads.stuck import stuck

        return self.ask(stuck, pipeline_id, today)

    def agenda(self, today: date, whole: bool = False) -> Agenda:
        """The open tasks of all pipelines by when they are due; with `whole` also those after this week and undated
        ones, which are only counted else."""
        from store.reads.agenda import agenda

        return self.ask(agenda, today, whole)

    def due_count(self, today: date) -> int:
        """How many open tasks are due today or overdue, over all pipelines."""
        from store.reads.agenda import due_count

        return self.ask(due_count, today)

    def tasks(self, deal_id: int | None = None, finished: bool = False) -> tuple[DueTask, ...]:
        """The open tasks of a deal, or of all deals, by day and time; with `finished` then the finished ones."""
        from store.reads.agenda import tasks

        return self.ask(tasks, deal_id, finished)

    def silences(self, stage_id: int) -> tuple[Silence, ...]:
        """How silent each closed deal that was in the stage had ever been there, and how it ended."""
        from store.reads.similar import silences

        return self.ask(silences, stage_id)

    def forecast(self, pipeline_id: int | None, today: date, months: Sequence[str]) -> Forecast:
        """The forecast of `months` ("2026-11")."""
        from store.reads.forecast import forecast

        return self.ask(forecast, pipeline_id, today, months)

    def saved_views(self) -> tuple[SavedView, ...]:
        """The saved views, in their order."""
        from store.reads.saved_views import saved_views

        return self.ask(saved_views)

    def setting(self, key: str) -> str | None:
        """What is remembered under `key`."""
        from store.reads.lists import setting

        return self.ask(setting, key)

    def person_cards(self) -> Directory[PersonCard]:
        """All people by name, with their deals and sums; `NotFound` when there is no pipeline."""
        from store.reads.directory import people

        return self.ask(people)

    def company_cards(self) -> Directory[CompanyCard]:
        """All companies by name, with their people, deals and sums; `NotFound` when there is no pipeline."""
        from store.reads.directory import companies

        return self.ask(companies)

    def companies(self) -> tuple[str, ...]:
        """The names of all companies, alphabetically."""
        from store.reads.lists import companies

        return self.ask(companies)

    def sources(self) -> tuple[str, ...]:
        """The sources that deals have, alphabetically."""
        from store.reads.lists import sources

        return self.ask(sources)

    def tags(self) -> tuple[str, ...]:
        """The tags that deals have, alphabetically."""
        from store.reads.lists import tags

        return self.ask(tags)

    def counts(self) -> Mapping[str, int]:
        """How much there is in the file, by what it is."""
        from store.reads.lists import counts

        return self.ask(counts)

    def schema_version(self) -> int:
        """The version of the file's schema."""
        return self.ask(schema_version)
