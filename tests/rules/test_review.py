"""The morning review: nothing is asked twice, nothing is lost, whatever happens in whatever order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from store.rules.decisions import Decision, DecisionKind, decision_between
from store.rules.review import Review
from store.rules.review_cases import Case, Part, Standing
from store.rules.review_place import place_of, resume
from store.rules.stuck import stuck_list
from store.views import Deal, NextStep, Outcome, Pipeline, Reason, Stage, StuckKind
from tests.rules.deals import TODAY, changed, make_deal

IDLE = Reason(StuckKind.IDLE, 15, 14)
PASSED = Reason(StuckKind.CLOSE_DATE_PASSED, 9)
SALES = Pipeline(1, "Sales", "USD", (Stage(1, 1, "Demo done", 50, Outcome.OPEN),))
WEEK = date(2026, 11, 27)
LATER = date(2026, 12, 4)


def stuck(id_: int, amount: int | None = 1_000, *why: Reason, **changes: Any) -> Deal:
    """A stuck deal; `amount` is in whole dollars."""
    worth = None if amount is None else amount * 100
    plain = {"next_step": None, "open_tasks": 0, "last_task_due": None, "name": f"Deal {id_}"}
    return make_deal(id=id_, amount=worth, stuck=why or (IDLE,), **{**plain, **changes})


def nudge(id_: int, amount: int = 1_000) -> Deal:
    """A deal with no next step."""
    return replace(stuck(id_, amount), stuck=(), no_next_step=True)


def snoozed(deal: Deal) -> Deal:
    return replace(deal, stuck=(), no_next_step=False, snoozed_until=WEEK)


def review_of(*deals: Deal) -> Review:
    """A review that has read all of its deals."""
    review = Review(SALES, {}, stuck_list(deals, TODAY, "USD", {}))
    for deal in deals:
        review.seen(deal)
    return review


def at(review: Review) -> int | None:
    return review.current.id if review.current else None


def test_the_stuck_ones_come_by_urgency_then_those_without_a_next_step() -> None:
    review = review_of(nudge(1), stuck(2, 100), stuck(3, 900), nudge(4, 5_000), stuck(5, None))
    seen = []
    while review.current is not None:
        seen.append((review.current.id, review.current.part, review.number))
        review.skip()
    step = Part.NO_NEXT_STEP
    assert seen == [(3, Part.STUCK, 1), (2, Part.STUCK, 2), (5, Part.STUCK, 3), (4, step, 1), (1, step, 2)]


def test_a_decision_goes_on_and_frees_the_money_at_stake() -> None:
    review = review_of(stuck(1, 900), stuck(2, 100))
    assert (review.at_stake, review.freed) == (100_000 * 50, 0)
    assert review.decide(snoozed(stuck(1, 900)))
    assert (at(review), review.at_stake, review.freed) == (2, 10_000 * 50, 90_000 * 50)
    assert review.cases[1].decisions == [Decision(DecisionKind.SNOOZED, day=WEEK)]


def test_a_decision_that_leaves_another_reason_stays() -> None:
    review = review_of(stuck(1, 900, PASSED, IDLE), stuck(2, 100))
    touched = replace(stuck(1, 900, PASSED), idle_since=TODAY)
    assert not review.decide(touched)
    assert at(review) == 1
    assert review.cases[1].decisions == [Decision(DecisionKind.TOUCH, day=TODAY)]
    assert review.decide(replace(touched, stuck=(), close_date=LATER))
    assert at(review) == 2
    assert [decision.kind for decision in review.cases[1].decisions] == ["touch", "close date"]


def test_what_is_no_decision_is_none() -> None:
    review = review_of(stuck(1))
    assert not review.decide(replace(stuck(1), name="Renamed"))
    assert (at(review), review.cases[1].decisions, review.cases[1].name) == (1, [], "Renamed")


def test_a_deal_that_lacks_a_next_step_after_its_decision_is_not_asked_again() -> None:
    review = review_of(stuck(1), nudge(2))
    touched = replace(nudge(1), idle_since=TODAY)
    review.decide(touched)
    review.refresh(stuck_list([touched, nudge(2)], TODAY, "USD", {}))
    assert [case.id for case in review.part(Part.NO_NEXT_STEP)] == [2]
    assert at(review) == 2


def test_back_goes_to_what_was_looked_at_before_and_a_skipped_one_waits_again() -> None:
    review = review_of(stuck(1, 30), stuck(2, 20), stuck(3, 10))
    review.skip()
    review.decide(snoozed(stuck(2, 20)))
    assert at(review) == 3
    assert review.back()
    assert at(review) == 2
    review.skip()
    assert (at(review), review.cases[2].standing) == (3, Standing.DECIDED)
    review.back()
    review.back()
    assert (at(review), review.cases[1].standing) == (1, Standing.WAITING)
    assert not review.back()


def test_undo_goes_back_to_the_deal() -> None:
    review = review_of(stuck(1, 30), stuck(2, 20))
    review.decide(snoozed(stuck(1, 30)))
    assert review.take_back(stuck(1, 30))
    assert (at(review), review.cases[1].decisions) == (1, [])
    review.decide(snoozed(stuck(1, 30)))
    assert at(review) == 2


def test_undo_of_one_of_two_decisions_keeps_the_other() -> None:
    review = review_of(stuck(1, 30, PASSED, IDLE))
    touched = replace(stuck(1, 30, PASSED), idle_since=TODAY)
    review.decide(touched)
    review.decide(replace(touched, stuck=(), close_date=LATER))
    assert at(review) is None
    review.take_back(touched)
    assert at(review) == 1
    assert [decision.kind for decision in review.cases[1].decisions] == [DecisionKind.TOUCH]
    assert not review.take_back(stuck(1, 30, PASSED, IDLE))
    assert review.cases[1].decisions == []


def test_undo_of_what_was_no_decision_takes_none_back() -> None:
    review = review_of(stuck(1, 30, PASSED, IDLE))
    touched = replace(stuck(1, 30, PASSED), idle_since=TODAY)
    review.decide(touched)
    review.decide(replace(touched, name="Renamed"))
    review.take_back(touched)
    assert [decision.kind for decision in review.cases[1].decisions] == [DecisionKind.TOUCH]


def test_what_was_decided_elsewhere_is_passed_over_and_told() -> None:
    review = review_of(stuck(1, 30), stuck(2, 20), stuck(3, 10))
    gone = review.refresh(stuck_list([stuck(3, 10)], TODAY, "USD", {}))
    assert [case.name for case in gone] == ["Deal 1", "Deal 2"]
    assert (at(review), review.freed) == (3, 0)
    assert [case.id for case in review.standing(Standing.ELSEWHERE)] == [1, 2]


def test_a_stuck_deal_that_was_touched_elsewhere_was_decided_there_and_lacks_a_step_unasked() -> None:
    review = review_of(stuck(1, 30), stuck(2, 20))
    (gone,) = review.refresh(stuck_list([nudge(1, 30), stuck(2, 20)], TODAY, "USD", {}))
    assert (gone.id, gone.standing, at(review)) == (1, Standing.ELSEWHERE, 2)
    assert review.part(Part.NO_NEXT_STEP) == []


def test_a_deal_that_lacked_a_step_and_is_stuck_now_joins_the_stuck_ones() -> None:
    review = review_of(nudge(1, 30))
    review.refresh(stuck_list([stuck(1, 30)], TODAY, "USD", {}))
    assert (at(review), review.cases[1].part) == (1, Part.STUCK)


def test_what_is_newly_stuck_joins_at_the_end_of_its_part() -> None:
    review = review_of(stuck(1, 30), nudge(2))
    review.refresh(stuck_list([stuck(1, 30), stuck(3, 99), nudge(2)], TODAY, "USD", {}))
    review.skip()
    assert at(review) == 3
    review.skip()
    assert at(review) == 2
    review.refresh(stuck_list([stuck(1, 30), stuck(3, 99), nudge(2), stuck(4, 99)], TODAY, "USD", {}))
    review.skip()
    assert at(review) == 4


def test_the_skipped_ones_can_be_gone_through_again() -> None:
    review = review_of(stuck(1, 30), stuck(2, 20))
    review.skip()
    review.decide(snoozed(stuck(2, 20)))
    assert at(review) is None
    assert review.again()
    assert at(review) == 1
    review.decide(snoozed(stuck(1, 30)))
    assert not review.again()


def test_a_deleted_deal_is_decided_and_not_gone_back_to() -> None:
    review = review_of(stuck(1, 30), stuck(2, 20))
    review.delete(1)
    assert (at(review), review.back()) == (2, False)
    assert [case.id for case in review.decided] == [1]
    assert review.take_back(stuck(1, 30))
    assert (at(review), review.cases[1].decisions) == (1, [])


def test_a_deal_that_was_moved_to_another_pipeline_is_decided() -> None:
    review = review_of(stuck(1, 30, PASSED))
    assert review.decide(changed(stuck(1, 30, PASSED), pipeline_id=2, stage_id=9, stage="Kick-off"))
    assert at(review) is None


def test_the_place_is_kept_for_the_day() -> None:
    deals = [stuck(1, 40), stuck(2, 30, PASSED, IDLE), stuck(3, 20), stuck(4, 10), nudge(5)]
    review = review_of(*deals)
    review.skip()
    touched = replace(stuck(2, 30, PASSED), idle_since=TODAY)
    review.decide(touched)
    review.skip()
    review.decide(snoozed(stuck(3, 20)))
    assert at(review) == 4
    kept = place_of(review, TODAY)

    later = [stuck(1, 40), touched, snoozed(stuck(3, 20)), stuck(4, 10), nudge(5)]
    taken_up = review_of(*later)
    resume(taken_up, kept, TODAY)
    assert (at(taken_up), taken_up.number, taken_up.freed) == (4, 4, review.freed)
    assert [case.id for case in taken_up.standing(Standing.SKIPPED)] == [1, 2]
    assert {case.id: case.decisions for case in taken_up.decided} == {
        case.id: case.decisions for case in review.decided
    }
    tomorrow = review_of(*later)
    resume(tomorrow, kept, date(2026, 11, 21))
    assert at(tomorrow) == 1
    assert tomorrow.decided == ()


def test_what_was_undone_since_waits_again_and_what_was_decided_since_is_elsewhere() -> None:
    review = review_of(stuck(1, 40), stuck(2, 30), stuck(3, 20))
    review.decide(snoozed(stuck(1, 40)))
    review.skip()
    kept = place_of(review, TODAY)
    taken_up = review_of(stuck(1, 40), stuck(3, 20))
    resume(taken_up, kept, TODAY)
    assert [case.id for case in taken_up.standing(Standing.WAITING)] == [1, 3]
    assert [case.id for case in taken_up.standing(Standing.ELSEWHERE)] == [2]
    assert at(taken_up) == 3


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[]", "null", '{"day": "2026-11-20"}',
        '{"day": "2026-11-20", "pipeline": 1, "at": null, "cases": [{"id": 1}]}',
        '{"day": "2026-11-20", "pipeline": 1, "at": "x", "cases": []}',
        '{"day": "2026-11-20", "pipeline": 2, "at": null, "cases": []}',
    ],
)  # fmt: skip
def test_a_place_that_is_not_understood_changes_nothing(text: str) -> None:
    review = review_of(stuck(1, 40), stuck(2, 30))
    resume(review, text, TODAY)
    assert at(review) == 1


STEP = NextStep(7, "call Ann", WEEK)


@pytest.mark.parametrize(
    ("changes", "decision"),
    [
        ({"outcome": Outcome.WON, "stage_id": 4, "stage": "Signed"}, Decision(DecisionKind.WON, "Signed")),
        (
            {"outcome": Outcome.LOST, "stage_id": 5, "lost_reason": "wrong time"},
            Decision(DecisionKind.LOST, "wrong time"),
        ),
        ({"stage_id": 2, "stage": "Terms"}, Decision(DecisionKind.MOVED, "Demo done → Terms")),
        ({"snoozed_until": WEEK}, Decision(DecisionKind.SNOOZED, day=WEEK)),
        ({"close_date": WEEK}, Decision(DecisionKind.CLOSE_DATE, day=WEEK)),
        ({"close_date": None}, Decision(DecisionKind.CLOSE_DATE)),
        ({"next_step": STEP, "open_tasks": 2}, Decision(DecisionKind.NEXT_STEP, "call Ann", WEEK)),
        ({"next_step": STEP}, Decision(DecisionKind.NEXT_STEP, "call Ann", WEEK)),
        ({"next_step": None, "open_tasks": 0, "idle_since": TODAY}, Decision(DecisionKind.FINISHED, "old")),
        ({"next_step": STEP, "idle_since": TODAY}, Decision(DecisionKind.FINISHED, "old")),
        ({"idle_since": TODAY}, Decision(DecisionKind.TOUCH, day=TODAY)),
        ({"name": "Renamed", "amount": 5}, None),
        ({"snoozed_until": None}, None),
    ],
)
def test_a_decision_is_told_from_the_deal_before_and_after(
    changes: dict[str, Any], decision: Decision | None
) -> None:
    before = make_deal(next_step=NextStep(3, "old", date(2026, 11, 2)), close_date=date(2026, 11, 11))
    assert decision_between(before, changed(before, **changes)) == decision


def test_a_snooze_that_is_over_is_no_decision_of_today() -> None:
    before = make_deal(snoozed_until=date(2026, 11, 18), close_date=date(2026, 11, 11))
    assert decision_between(before, changed(before, close_date=WEEK)) == Decision(
        DecisionKind.CLOSE_DATE, day=WEEK
    )


def test_a_lost_deal_that_is_reopened_was_moved() -> None:
    before = make_deal(outcome=Outcome.LOST, stage_id=5, stage="Lost", lost_reason="wrong time")
    after = make_deal(outcome=Outcome.OPEN, stage_id=2, stage="Terms")
    assert decision_between(before, after) == Decision(DecisionKind.MOVED, "Lost → Terms")


def test_a_task_that_is_finished_after_a_touch_of_the_same_day_is_finished() -> None:
    before = make_deal(next_step=NextStep(3, "old", date(2026, 11, 2)), open_tasks=2, idle_since=TODAY)
    after = changed(before, next_step=STEP, open_tasks=1)
    assert decision_between(before, after) == Decision(DecisionKind.FINISHED, "old")


class Mornings(RuleBasedStateMachine):
    """A review at work beside the deals as they really are; `shown` is each deal that came up by itself."""

    @initialize(count=st.integers(0, 6), nudges=st.integers(0, 4))
    def begin(self, count: int, nudges: int) -> None:
        made = [stuck(n, n * 10, PASSED, IDLE) for n in range(1, count + 1)]
        made += [nudge(n, n) for n in range(101, 101 + nudges)]
        self.deals = {deal.id: deal for deal in made}
        self.review = review_of(*made)
        self.shown: list[int] = []
        self.newest = 200
        self.came_up()

    def came_up(self) -> None:
        """Remember which deal the review went on to."""
        if self.review.current is not None:
            self.shown.append(self.review.current.id)

    def listed(self) -> Any:
        return stuck_list(self.deals.values(), TODAY, "USD", {})

    def looked_at(self) -> Deal | None:
        return self.deals.get(self.review.current.id) if self.review.current else None

    @rule()
    def skip(self) -> None:
        before = self.review.current
        self.review.skip()
        if before is not None:
            self.came_up()

    @rule()
    def decide(self) -> None:
        deal = self.looked_at()
        if deal is None or deal.id not in self.deals:
            return
        self.deals[deal.id] = after = snoozed(deal)
        if self.review.decide(after):
            self.came_up()

    @rule()
    def decide_in_part(self) -> None:
        deal = self.looked_at()
        if deal is None or len(deal.stuck) < 2:
            return
        self.deals[deal.id] = after = replace(deal, stuck=deal.stuck[:1], idle_since=TODAY)
        assert not self.review.decide(after)
        assert self.review.current is not None
        assert self.review.current.id == deal.id

    @rule(data=st.data())
    def decided_elsewhere(self, data: st.DataObject) -> None:
        there = [deal.id for deal in self.deals.values() if deal.stuck or deal.no_next_step]
        if not there:
            return
        gone = data.draw(st.sampled_from(there))
        was = self.review.current
        del self.deals[gone]
        self.review.refresh(self.listed())
        if self.review.current is not was:
            self.came_up()

    @rule(is_stuck=st.booleans())
    def new(self, is_stuck: bool) -> None:
        self.newest += 1
        self.deals[self.newest] = stuck(self.newest) if is_stuck else nudge(self.newest)
        self.review.refresh(self.listed())

    @precondition(lambda self: self.review.current is not None)
    @rule()
    def left_and_taken_up(self) -> None:
        was, kept = self.review.current, place_of(self.review, TODAY)
        freed, settled = (
            self.review.freed,
            {case.id for case in self.review.cases.values() if case.is_settled},
        )
        self.review = review_of(*self.deals.values())
        resume(self.review, kept, TODAY)
        assert self.review.freed == freed
        assert {case.id for case in self.review.cases.values() if case.is_settled} == settled
        assert was is not None
        assert self.review.current is not None
        assert self.review.current.id == was.id

    @invariant()
    def nothing_is_asked_twice(self) -> None:
        assert len(self.shown) == len(set(self.shown))

    @invariant()
    def everything_on_the_list_has_its_place(self) -> None:
        listed = self.listed()
        for deal in (*listed.stuck, *listed.no_next_step):
            assert self.review.cases[deal.id].standing in (Standing.WAITING, Standing.SKIPPED)
        for case in self.review.cases.values():
            on_list = case.id in {deal.id for deal in (*listed.stuck, *listed.no_next_step)}
            assert case.is_settled is not on_list

    @invariant()
    def a_waiting_deal_is_looked_at_while_there_is_one_to_come(self) -> None:
        current = self.review.current
        assert current is None or current.standing is Standing.WAITING

    @invariant()
    def each_deal_stands_in_one_part(self) -> None:
        ids = [case.id for part in Part for case in self.review.part(part)]
        assert sorted(ids) == sorted(self.review.cases)

    @invariant()
    def the_money_is_that_of_the_deals(self) -> None:
        part = self.review.part(Part.STUCK)
        assert self.review.at_stake == sum(case.stake or 0 for case in part if not case.is_settled)
        waiting = sum(case.standing is Standing.WAITING for case in part)
        assert self.review.progress(Part.STUCK) == (1 - waiting / len(part) if part else 1)
        assert self.review.freed == sum(c.stake or 0 for c in part if c.standing is Standing.DECIDED)
        assert self.review.freed + self.review.at_stake + _elsewhere(part) == sum(c.stake or 0 for c in part)

    def teardown(self) -> None:
        if not hasattr(self, "review"):
            return
        while self.review.current is not None:
            self.skip()
        waiting = self.review.standing(Standing.WAITING)
        assert all(case.id > 200 for case in waiting), "a deal of the morning was never shown"


def _elsewhere(cases: Any) -> int:
    return sum(case.stake or 0 for case in cases if case.standing is Standing.ELSEWHERE)


Mornings.TestCase.settings = settings(max_examples=60, stateful_step_count=20, deadline=None)
TestMornings = Mornings.TestCase


def test_a_case_is_itself_and_no_other() -> None:
    assert Case(1, "Acme", Part.STUCK, 5) != Case(1, "Acme", Part.STUCK, 5)
