"""Whatever is done, in whatever order: undoing all of it gives the start, redoing all of it the end."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from store import (
    CompanyDraft,
    CompanyPatch,
    DealDraft,
    DealPatch,
    Done,
    InvalidInput,
    Money,
    NameTaken,
    NotFound,
    NothingToUndo,
    PersonDraft,
    PersonPatch,
    Role,
    Sort,
    Stance,
    TaskDraft,
    TouchKind,
    template,
)
from store.schema import DATA_TABLES
from tests.deck import TODAY, Deck, at

UNDONE = [table for table in DATA_TABLES if table != "settings"]
"""All data but the preferences, which undo passes over."""

names = st.sampled_from(["Acme", "Globex", 'Initech "renewal"', "中文\\交易", "👩‍🚀 Umbrella"])
maybe_names = st.none() | names
picks = st.lists(st.integers(0, 30), max_size=4)
pick = st.integers(0, 30)
money = st.none() | st.builds(Money, st.integers(0, 10**12), st.sampled_from(["USD", "EUR", "JPY"]))
days = st.none() | st.integers(-40, 40).map(lambda shift: TODAY + timedelta(shift))
shifts = st.integers(-40, 40).map(lambda shift: at(TODAY + timedelta(shift)))
"""Instants in any order, as clocks are set back."""
tags = st.lists(st.sampled_from(["eu", "EU", "q4"]), max_size=3).map(tuple)
emails = st.sampled_from(["", "a@b", "c@d"])
roles = st.none() | st.sampled_from(Role)
stances = st.none() | st.sampled_from(Stance)
properties = st.dictionaries(st.sampled_from(["Seats", "Plan"]), st.sampled_from(["1", "2"]))


class Board(RuleBasedStateMachine):
    """All commands at random, beside two stacks of what the data was like.

    Each run has a copy of the file `start`.
    """

    start: Path
    run = 0

    def __init__(self) -> None:
        super().__init__()
        type(self).run += 1
        path = self.start.with_name(f"run-{self.run}.db")
        shutil.copy(self.start, path)
        self.deck = Deck(path)
        self.store = self.deck.store
        self.past: list[dict[str, list[Any]]] = []
        self.now = self.deck.dump(UNDONE)
        self.future: list[dict[str, list[Any]]] = []

    def teardown(self) -> None:
        while self.past:
            self.undo()
        with pytest.raises(NothingToUndo):
            self.deck.undo()
        while self.future:
            self.redo()
        with pytest.raises(NothingToUndo):
            self.deck.redo()
        assert self.deck.rows("PRAGMA integrity_check") == [("ok",)]
        self.deck.store.close()
        self.deck.path.unlink()

    def does(self, command: Callable[[], Done]) -> None:
        """Run a command; what it refuses or what it need not do must leave everything as it is."""
        try:
            action_id = command().action_id
        except (InvalidInput, NameTaken, NotFound):
            action_id = None
        after = self.deck.dump(UNDONE)
        if action_id is None:
            assert after == self.now
            return
        assert after != self.now
        self.past.append(self.now)
        self.now = after
        self.future.clear()

    def ids(self, picks: list[int], table: str = "deals") -> list[int]:
        """The ids of some rows; now and then one that is not there."""
        there = [row[0] for row in self.now[table]]
        return [there[pick % len(there)] if there and pick < 30 else 999 for pick in picks]

    def id(self, pick: int, table: str = "deals") -> int:
        return self.ids([pick], table)[0]

    # History

    @precondition(lambda self: self.past)
    @rule()
    def undo(self) -> None:
        self.deck.undo()
        self.future.append(self.now)
        self.now = self.past.pop()
        assert self.deck.dump(UNDONE) == self.now

    @precondition(lambda self: self.future)
    @rule()
    def redo(self) -> None:
        self.deck.redo()
        self.past.append(self.now)
        self.now = self.future.pop()
        assert self.deck.dump(UNDONE) == self.now

    @rule()
    def reopen(self) -> None:
        self.deck.reopen()
        self.store = self.deck.store

    @rule(theme=st.sampled_from(["dark", "light"]))
    def prefer(self, theme: str) -> None:
        self.store.settings.set("theme", theme, at())
        assert self.deck.dump(UNDONE) == self.now

    # Deals

    @rule(
        name=names,
        amount=money,
        company=maybe_names,
        stage=pick,
        tags=tags,
        properties=properties,
        now=shifts,
    )
    def create(
        self, name: str, amount: Money | None, company: str | None, stage: int, now: Any, **more: Any
    ) -> None:
        draft = DealDraft(name, 1, self.id(stage, "stages"), amount, company=company, **more)
        self.does(lambda: self.store.deals.create(draft, now))

    @rule(
        picks=picks,
        patch=st.builds(
            DealPatch,
            name=names,
            amount=money,
            close_date=days,
            company=maybe_names,
            tags=tags,
            properties=properties,
        )
        | st.builds(DealPatch, probability=st.none() | st.integers(0, 100), notes=names),
    )
    def edit(self, picks: list[int], patch: DealPatch) -> None:
        self.does(lambda: self.store.deals.edit_many(self.ids(picks), patch, at()))

    @rule(picks=picks, stage=pick, now=shifts, reason=maybe_names)
    def move(self, picks: list[int], stage: int, now: Any, reason: str | None) -> None:
        stage_id = self.id(stage, "stages")
        self.does(
            lambda: self.store.deals.move(self.ids(picks), stage_id, now, lost_reason=reason, lost_note="x")
        )

    @rule(deal=pick, stage=pick, now=shifts)
    def move_one(self, deal: int, stage: int, now: Any) -> None:
        stage_id = self.id(stage, "stages")
        self.does(
            lambda: self.store.deals.move([self.id(deal)], stage_id, now, evidence="seen", lost_note="x")
        )

    @rule(picks=picks, now=shifts, how=st.sampled_from(["win", "lose", "reopen"]))
    def close(self, picks: list[int], now: Any, how: str) -> None:
        ids, deals = self.ids(picks), self.store.deals
        match how:
            case "win":
                self.does(lambda: deals.win(ids, now))
            case "lose":
                self.does(lambda: deals.lose(ids, "no answer", now, note="twice"))
            case _:
                self.does(lambda: deals.reopen(ids, now))

    @rule(deal=pick, before=st.none() | pick)
    def reorder(self, deal: int, before: int | None) -> None:
        self.does(
            lambda: self.store.deals.reorder(self.id(deal), None if before is None else self.id(before), at())
        )

    @rule(picks=picks)
    def delete(self, picks: list[int]) -> None:
        self.does(lambda: self.store.deals.delete(self.ids(picks), at()))

    @rule(picks=picks)
    def restore(self, picks: list[int]) -> None:
        self.does(lambda: self.store.deals.restore(self.ids(picks), at()))

    @rule(picks=picks, until=days)
    def snooze(self, picks: list[int], until: Any) -> None:
        self.does(lambda: self.store.deals.snooze(self.ids(picks), until, at()))

    # What hangs on deals, and pipelines

    @rule(picks=picks, title=names, due=days, repeat=st.none() | st.integers(1, 9), now=shifts)
    def add_task(self, picks: list[int], title: str, due: Any, repeat: int | None, now: Any) -> None:
        draft = TaskDraft(title, due, repeat_days=repeat if due else None)
        self.does(lambda: self.store.tasks.add(self.ids(picks), draft, now))

    @rule(picks=picks, title=names, how=st.sampled_from(["finish", "postpone", "edit", "delete"]), now=shifts)
    def change_task(self, picks: list[int], title: str, how: str, now: Any) -> None:
        ids, tasks = self.ids([*picks, 0], "tasks"), self.store.tasks
        match how:
            case "finish":
                self.does(lambda: tasks.finish(ids, now))
            case "postpone":
                self.does(lambda: tasks.postpone(ids, TODAY, now))
            case "edit":
                self.does(lambda: tasks.edit(ids[0], TaskDraft(title), now))
            case _:
                self.does(lambda: tasks.delete(ids[0], now))

    @rule(picks=picks, kind=st.sampled_from(TouchKind), on=days, now=shifts)
    def touch(self, picks: list[int], kind: TouchKind, on: Any, now: Any) -> None:
        self.does(lambda: self.store.touches.add(self.ids(picks), kind, "said\nthis", now, on))

    @rule(deal=pick, item=pick, ticked=st.booleans(), now=shifts)
    def tick(self, deal: int, item: int, ticked: bool, now: Any) -> None:
        deal_id, item_id = self.id(deal), self.id(item, "checklist_items")
        self.does(lambda: self.store.checklists.tick(deal_id, item_id, ticked, now))

    # People and companies

    @rule(picks=picks, name=names, email=emails, company=maybe_names, role=roles, stance=stances)
    def add_person(self, picks: list[int], name: str, email: str, company: str | None, **part: Any) -> None:
        draft = PersonDraft(name, email, company=company, notes=name)
        self.does(lambda: self.store.people.add(self.ids(picks), draft, part["role"], part["stance"], at()))

    @rule(
        deal=pick,
        person=pick,
        phone=st.sampled_from(["1", "2"]),
        company=maybe_names,
        role=roles,
        stance=stances,
    )
    def save_person(self, deal: int, person: int, phone: str, company: str | None, **part: Any) -> None:
        patch = PersonPatch(phone=phone, company=company)
        ids = self.id(deal), self.id(person, "people")
        self.does(lambda: self.store.people.save(*ids, patch, part["role"], part["stance"], at()))

    @rule(deal=pick, one=pick, other=pick, how=st.sampled_from(["unlink", "merge", "delete"]))
    def change_people(self, deal: int, one: int, other: int, how: str) -> None:
        people, first = self.store.people, self.id(one, "people")
        match how:
            case "unlink":
                self.does(lambda: people.unlink(self.id(deal), first, at()))
            case "merge":
                self.does(lambda: people.merge(first, self.id(other, "people"), at()))
            case _:
                self.does(lambda: people.delete(first, at()))

    @rule(one=pick, other=pick, name=names, how=st.sampled_from(["create", "edit", "merge", "delete"]))
    def change_companies(self, one: int, other: int, name: str, how: str) -> None:
        companies, first = self.store.companies, self.id(one, "companies")
        match how:
            case "create":
                self.does(lambda: companies.create(CompanyDraft(name), at()))
            case "edit":
                self.does(lambda: companies.edit(first, CompanyPatch(name=name, notes=name), at()))
            case "merge":
                self.does(lambda: companies.merge(first, self.id(other, "companies"), at()))
            case _:
                self.does(lambda: companies.delete(first, at()))

    @rule(slug=st.sampled_from(["delivery", "short-cycle"]), goal=st.none() | st.integers(0, 10**9))
    def pipeline(self, slug: str, goal: int | None) -> None:
        if len(self.now["pipelines"]) < 3:
            self.does(lambda: self.store.pipelines.create(template(slug), slug, "EUR", at()))
        self.does(lambda: self.store.pipelines.set_goal(1, "2026-11", goal, at()))
        self.does(lambda: self.store.pipelines.set_goal(1, None, goal, at()))

    @rule(
        name=names, view=pick, sort=st.sampled_from(Sort), how=st.sampled_from(["save", "rename", "delete"])
    )
    def saved_view(self, name: str, view: int, sort: Sort, how: str) -> None:
        views, view_id = self.store.saved_views, self.id(view, "saved_views")
        match how:
            case "save":
                self.does(lambda: views.save(name, "tag:eu", sort, at()))
            case "rename":
                self.does(lambda: views.rename(view_id, name, at()))
            case _:
                self.does(lambda: views.delete(view_id, at()))

    @rule(picks=picks, stage=pick, name=names)
    def several_as_one(self, picks: list[int], stage: int, name: str) -> None:
        stage_id, ids = self.id(stage, "stages"), self.ids(picks)

        def command() -> Done:
            with self.store.one_action("several", at()) as change:
                made = self.store.deals.create(DealDraft(name, 1, company=name), at())
                self.store.deals.move([*ids, *made.deal_ids], stage_id, at(), lost_reason=None)
            return change.done()

        self.does(command)

    # What always holds

    @invariant()
    def every_deal_has_one_open_visit_in_its_stage(self) -> None:
        open_visits = sorted(
            (visit[1], visit[2], visit[3]) for visit in self.now["visits"] if visit[4] is None
        )
        columns = [row[1] for row in self.deck.rows("PRAGMA table_info(deals)")]
        deals = [dict(zip(columns, row, strict=True)) for row in self.now["deals"]]
        assert open_visits == sorted(
            (deal["id"], deal["stage_id"], deal["entered_stage_at"]) for deal in deals
        )
        outcomes = {stage[0]: stage[4] for stage in self.now["stages"]}
        for deal in deals:
            outcome = outcomes[deal["stage_id"]]
            assert (deal["closed_at"] is None) == (outcome == "open")
            assert (deal["lost_reason"] is None) == (outcome != "lost")
            assert deal["lost_note"] == "" or outcome == "lost"

    @invariant()
    def visits_follow_each_other(self) -> None:
        by_deal: dict[int, list[Any]] = {}
        for visit in self.now["visits"]:
            by_deal.setdefault(visit[1], []).append(visit)
        for visits in by_deal.values():
            for visit, following in pairwise(visits):
                assert visit[3] <= visit[4] == following[3]

    @invariant()
    def nothing_points_nowhere(self) -> None:
        assert self.deck.rows("PRAGMA foreign_key_check") == []


QUICK = settings(
    max_examples=15,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)
LONG = settings(QUICK, max_examples=300, stateful_step_count=60)


@pytest.mark.parametrize("effort", [QUICK, pytest.param(LONG, marks=pytest.mark.long)], ids=["quick", "long"])
def test_undo_all_is_the_start_and_redo_all_the_end(deck: Deck, effort: settings) -> None:
    with deck.store.one_action("start", at(), undoable=False):
        deck.deals("First", "Second", "Third")
    deck.store.close()

    class Here(Board):
        start = deck.path

    run_state_machine_as_test(Here, settings=effort)
