"""Whatever is done, in whatever order: undoing all of it gives the start, redoing all of it the end."""

from __future__ import annotations

import ast
import csv
import inspect
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import ExitStack, closing
from datetime import timedelta
from decimal import Decimal
from functools import cached_property
from io import StringIO
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
    DealMove,
    DealPatch,
    Done,
    ImportOptions,
    ImportRefused,
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
    Store,
    TaskDraft,
    TouchKind,
    WrongRows,
    apply_import,
    plan_for,
    read_table,
    template,
)
from store.checking import problems
from store.schema import DATA_TABLES
from tests.deck import TODAY, Deck, at
from tests.store.filled import in_zone

UNDONE = [table for table in DATA_TABLES if table != "settings"]
"""All data but the preferences, which undo passes over."""

names = st.sampled_from(["Acme", "Globex", 'Initech "renewal"', "中文\\交易", "👩‍🚀 Umbrella"])
maybe_names = st.none() | names
picks = st.lists(st.integers(0, 30), max_size=4)
pick = st.integers(0, 30)
money = st.none() | st.builds(Money, st.integers(0, 10**12), st.sampled_from(["USD", "EUR", "JPY"]))
days = st.none() | st.integers(-40, 40).map(lambda shift: TODAY + timedelta(shift))
shifts = (st.integers(-40, 40) | st.sampled_from([-365, 365, 466])).map(
    lambda shift: at(TODAY + timedelta(shift))
)
"""Instants in any order, as clocks are set back, by days or by a year; 466 days on it is 29 February."""
tags = st.lists(st.sampled_from(["eu", "EU", "q4"]), max_size=3).map(tuple)
currencies = st.sampled_from(["USD", "EUR", "JPY"])
emails = st.sampled_from(["", "a@b", "c@d"])
roles = st.none() | st.sampled_from(Role)
stances = st.none() | st.sampled_from(Stance)
properties = st.dictionaries(st.sampled_from(["Seats", "Plan"]), st.sampled_from(["1", "2"]))


IMPORTED = (
    "id",
    "name",
    "stage",
    "amount",
    "company",
    "contact",
    "email",
    "tags",
    "next step",
    "next step due",
)
imported_rows = st.tuples(
    st.sampled_from(["", "a", "b", "c", "d"]),
    names,
    st.sampled_from(["On radar", "Product evaluated", "Contract signed and returned", "Closed lost"]),
    st.sampled_from(["", "500", "€1,200.50", "much"]),
    st.sampled_from(["", "Globex", "Hooli"]),
    st.sampled_from(["", "Ann Ito"]),
    emails,
    st.sampled_from(["", "eu", "eu, q4"]),
    st.sampled_from(["", "call Ann"]),
    st.sampled_from(["", "2026-11-24"]),
)
"""Rows of a file of somebody else's; now and then one that cannot be taken."""


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
        self.zone = ExitStack()

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
        self.zone.close()
        self.deck.path.unlink()

    def does(self, command: Callable[[], Done]) -> None:
        """Run a command; what it refuses or what it need not do must leave everything as it is."""
        try:
            action_id = command().action_id
        except (InvalidInput, NameTaken, NotFound, ImportRefused, WrongRows):
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

    @rule(zone=st.sampled_from(["UTC", "America/Havana", "Pacific/Kiritimati"]))
    def reopen(self, zone: str) -> None:
        """The next run of the program, which may be somewhere else."""
        self.zone.close()
        self.zone.enter_context(in_zone(zone))
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
        ids = self.ids(picks)
        match how:
            case "win":
                self.does(lambda: self.store.deals.win(ids, now))
            case "lose":
                self.does(lambda: self.store.deals.lose(ids, "no answer", now, note="twice"))
            case _:
                self.does(lambda: self.store.deals.reopen(ids, now))

    @rule(picks=picks, stages=picks, now=shifts)
    def move_many(self, picks: list[int], stages: list[int], now: Any) -> None:
        there = zip(self.ids(picks), self.ids(stages, "stages"), strict=False)
        moves = [DealMove((deal_id,), stage_id, "seen", "no answer", "x") for deal_id, stage_id in there]
        self.does(lambda: self.store.deals.move_many(moves, now))

    @rule(deal=pick, patch=st.builds(DealPatch, name=names, close_date=days))
    def edit_one(self, deal: int, patch: DealPatch) -> None:
        self.does(lambda: self.store.deals.edit(self.id(deal), patch, at()))

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
        ids = self.ids([*picks, 0], "tasks")
        match how:
            case "finish":
                self.does(lambda: self.store.tasks.finish(ids, now))
            case "postpone":
                self.does(lambda: self.store.tasks.postpone(ids, TODAY, now))
            case "edit":
                self.does(lambda: self.store.tasks.edit(ids[0], TaskDraft(title), now))
            case _:
                self.does(lambda: self.store.tasks.delete(ids[0], now))

    @rule(picks=picks, kind=st.sampled_from(TouchKind), on=days, now=shifts)
    def touch(self, picks: list[int], kind: TouchKind, on: Any, now: Any) -> None:
        self.does(lambda: self.store.touches.add(self.ids(picks), kind, "said\nthis", now, on))

    @rule(picks=picks, kind=st.sampled_from(TouchKind), text=names, on=days, how=st.booleans(), now=shifts)
    def change_touch(
        self, picks: list[int], kind: TouchKind, text: str, on: Any, how: bool, now: Any
    ) -> None:
        (touch_id, *_) = self.ids([*picks, 0], "touches")
        if how:
            self.does(lambda: self.store.touches.edit(touch_id, kind, text, now, on))
        else:
            self.does(lambda: self.store.touches.delete(touch_id, now))

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

    @rule(
        deal=pick, one=pick, role=roles, stance=stances, how=st.sampled_from(["link", "set_part", "unlink"])
    )
    def change_part(self, deal: int, one: int, role: Role | None, stance: Stance | None, how: str) -> None:
        deal_id, person_id = self.id(deal), self.id(one, "people")
        match how:
            case "link":
                self.does(lambda: self.store.people.link(deal_id, person_id, role, stance, at()))
            case "set_part":
                self.does(lambda: self.store.people.set_part(deal_id, person_id, role, stance, at()))
            case _:
                self.does(lambda: self.store.people.unlink(deal_id, person_id, at()))

    @rule(one=pick, other=pick, name=names, email=emails, how=st.sampled_from(["edit", "merge", "delete"]))
    def change_people(self, one: int, other: int, name: str, email: str, how: str) -> None:
        first = self.id(one, "people")
        match how:
            case "edit":
                self.does(lambda: self.store.people.edit(first, PersonPatch(name=name, email=email), at()))
            case "merge":
                self.does(lambda: self.store.people.merge(first, self.id(other, "people"), at()))
            case _:
                self.does(lambda: self.store.people.delete(first, at()))

    @rule(one=pick, other=pick, name=names, how=st.sampled_from(["create", "edit", "merge", "delete"]))
    def change_companies(self, one: int, other: int, name: str, how: str) -> None:
        first = self.id(one, "companies")
        match how:
            case "create":
                self.does(lambda: self.store.companies.create(CompanyDraft(name), at()))
            case "edit":
                patch = CompanyPatch(name=name, notes=name)
                self.does(lambda: self.store.companies.edit(first, patch, at()))
            case "merge":
                self.does(lambda: self.store.companies.merge(first, self.id(other, "companies"), at()))
            case _:
                self.does(lambda: self.store.companies.delete(first, at()))

    @rule(slug=st.sampled_from(["delivery", "short-cycle"]))
    def pipeline(self, slug: str) -> None:
        if len(self.now["pipelines"]) < 3:
            self.does(lambda: self.store.pipelines.create(template(slug), slug, "EUR", at()))

    @rule(pipeline=pick, stage=pick, name=names, percent=st.integers(-1, 101))
    def change_pipeline(self, pipeline: int, stage: int, name: str, percent: int) -> None:
        pipeline_id, stage_id = self.id(pipeline, "pipelines"), self.id(stage, "stages")
        self.does(lambda: self.store.pipelines.rename(pipeline_id, name, at()))
        self.does(lambda: self.store.pipelines.set_probability(stage_id, percent, at()))

    @rule(
        pipeline=pick,
        month=st.none() | st.sampled_from(["2026-11", "2026-12"]),
        goal=st.none() | st.integers(0, 10**9),
    )
    def goal(self, pipeline: int, month: str | None, goal: int | None) -> None:
        self.does(lambda: self.store.pipelines.set_goal(self.id(pipeline, "pipelines"), month, goal, at()))

    @rule(currency=currencies, base=currencies, rate=st.none() | st.sampled_from(["1.08", "0.007", "0"]))
    def rate(self, currency: str, base: str, rate: str | None) -> None:
        worth = None if rate is None else Decimal(rate)
        self.does(lambda: self.store.settings.set_rate(currency, base, worth, at()))

    @rule(rows=st.lists(imported_rows, min_size=1, max_size=4), update=st.booleans(), now=shifts)
    def import_file(self, rows: list[tuple[str, ...]], update: bool, now: Any) -> None:
        out = StringIO()
        csv.writer(out).writerows([IMPORTED, *rows])
        options = ImportOptions(update=update)

        def command() -> Done:
            table = read_table(out.getvalue().encode(), "deals.csv")
            return apply_import(self.store, plan_for(self.store, table, options, TODAY, now), now)

        self.does(command)

    @rule(
        name=names, view=pick, sort=st.sampled_from(Sort), how=st.sampled_from(["save", "rename", "delete"])
    )
    def saved_view(self, name: str, view: int, sort: Sort, how: str) -> None:
        view_id = self.id(view, "saved_views")
        match how:
            case "save":
                self.does(lambda: self.store.saved_views.save(name, "tag:eu", sort, at()))
            case "rename":
                self.does(lambda: self.store.saved_views.rename(view_id, name, at()))
            case _:
                self.does(lambda: self.store.saved_views.delete(view_id, at()))

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
            assert deal["lost_reason"] is None or outcome == "lost"  # an imported one may have none
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
    def the_file_is_sound(self) -> None:
        with closing(sqlite3.connect(self.deck.path)) as connection:
            assert problems(connection) == ()


QUICK = settings(
    max_examples=12,
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


def test_no_command_of_the_store_is_left_out(deck: Deck) -> None:
    tree = ast.parse(inspect.getsource(Board))
    tried = {
        (node.value.attr, node.attr)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute)
    }
    nouns = [name for name, what in vars(Store).items() if isinstance(what, cached_property)]
    assert {"deals", "settings"} <= set(nouns)
    commands = {
        (noun, name)
        for noun in nouns
        if noun != "history"
        for name, what in vars(type(getattr(deck.store, noun))).items()
        if inspect.isfunction(what) and not name.startswith("_")
    }
    assert len(commands) > 35
    assert commands - tried == set()
