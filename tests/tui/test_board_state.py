"""The board as plain data: whatever happens to it, sums, cursor and selection stay right."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store import Deal, InStage, Outcome, Sort, forecast, sort_deals, stuck_list, totals
from tui.widgets.board_state import BoardState, Reorder
from tui.widgets.demo import PIPELINE, STAGES, TODAY, make_board, make_deal, sample_deals

RADAR, EVALUATED, DECIDED, WON, LOST = STAGES
MONTHS = ("2026-11", "2026-12", "2027-01")


def loaded(deals: Iterable[Deal] | None = None) -> BoardState:
    state = BoardState()
    state.load(make_board(sample_deals() if deals is None else deals))
    return state


def names(state: BoardState) -> list[list[str]]:
    return [[deal.name for deal in column.shown] for column in state.columns]


def cursor(state: BoardState) -> str | None:
    return state.cursor_deal.name if state.cursor_deal else None


def moved(deal: Deal, stage_index: int, position: int = 0) -> Deal:
    """The deal as it is after a move, first in its new column."""
    stage = STAGES[stage_index]
    return replace(
        deal,
        in_stage=InStage.of(stage, TODAY),
        position=position,
        closed_on=None if stage.outcome is Outcome.OPEN else TODAY,
        stuck=() if stage.outcome is not Outcome.OPEN else deal.stuck,
        no_next_step=deal.no_next_step and stage.outcome is Outcome.OPEN,
    )


def test_before_anything_is_loaded_all_is_empty() -> None:
    state = BoardState()
    assert (state.cursor_deal, state.cursor_row, state.targets(), state.empty) == (None, 0, (), True)
    goes = (state.move_row(1), state.move_column(1), state.first(), state.last(), state.toggle_selected())
    assert not any(goes)
    assert state.reorder(1) is None
    assert state.forecast(MONTHS).months[0].forecast == 0


def test_the_first_load_puts_the_cursor_where_there_is_a_deal() -> None:
    state = loaded([make_deal(1, "Hooli", DECIDED)])
    assert (state.cursor_column, cursor(state)) == (2, "Hooli")


def test_the_sums_are_those_of_the_board() -> None:
    state = loaded()
    assert (state.open.count, state.open.amount, state.open.weighted) == (11, 184_500_00, 85_850_00 * 100)
    assert [column.totals.amount for column in state.columns] == [
        48_000_00,
        72_500_00,
        64_000_00,
        18_000_00,
        9_000_00,
    ]
    assert [deal.name for deal in state.stuck().stuck] == ["Initech renewal", "Stark licence"]
    assert [deal.name for deal in state.due()] == ["Wonka add-on", "Wayne Ent. rollout"]


def test_the_cursor_goes_as_far_as_there_are_cards() -> None:
    state = loaded()
    assert not state.move_row(-1)
    assert state.move_row(2)
    assert cursor(state) == "Pied Piper audit"
    assert state.move_row(9)
    assert cursor(state) == "Soylent workshop"
    assert not state.last()
    assert state.move_column(1)
    assert cursor(state) == "Initech renewal"
    assert state.move_column(-1)
    assert cursor(state) == "Soylent workshop"
    assert state.first()
    assert state.page(1, 3)
    assert state.page(-1, 2)
    assert cursor(state) == "Wayne Ent. rollout"
    assert state.move_column(99)
    assert state.cursor_column == 4
    assert not state.focus_column(4)
    assert not state.focus_column(5)


def test_a_moved_deal_takes_the_cursor_along() -> None:
    state = loaded()
    state.focus_deal(5)
    state.patch([moved(sample_deals()[4], 2)])
    assert (state.cursor_column, state.cursor_row, cursor(state)) == (2, 0, "Initech renewal")
    assert names(state)[1] == ["Stark licence", "契約更新 東京商事"]
    assert (state.columns[1].totals.count, state.columns[2].totals.count) == (2, 5)


def test_when_its_deal_goes_the_cursor_is_on_the_neighbour() -> None:
    state = loaded()
    state.focus_deal(2)
    state.patch([], gone=[2, 3])
    assert cursor(state) == "Soylent workshop"
    state.patch([], gone=[4])
    assert cursor(state) == "Globex website"
    state.patch([], gone=[1])
    assert (cursor(state), state.cursor_column) == (None, 0)


def test_the_other_columns_remember_their_card() -> None:
    state = loaded()
    state.focus_deal(10)
    state.focus_deal(1)
    state.patch([make_deal(99, "Brand new", DECIDED, position=0)])
    assert state.move_column(2)
    assert cursor(state) == "Tyrell support"


def test_a_reload_keeps_cursor_rows_and_selection() -> None:
    state = loaded()
    state.focus_deal(10)
    state.toggle_selected()
    state.focus_deal(6)
    state.toggle_selected()
    state.load(make_board(deal for deal in sample_deals() if deal.id not in (6, 5)))
    assert cursor(state) == "契約更新 東京商事"
    assert state.selected == {10}
    assert state.columns[2].row == 2


def test_another_pipeline_begins_anew() -> None:
    state = loaded()
    state.focus_deal(10)
    stages = tuple(stage._replace(id=stage.id + 10, pipeline_id=2) for stage in STAGES[1:])
    other = PIPELINE._replace(id=2, stages=stages)
    state.load(make_board([make_deal(50, "Elsewhere", other.stages[0])], other))
    assert (len(state.columns), cursor(state), state.selected) == (4, "Elsewhere", set())


def test_a_filter_shows_what_fits_and_sums_it_up() -> None:
    state = loaded()
    state.set_filter(lambda deal: (deal.amount or 0) >= 20_000_00, "amount>=20k")
    assert names(state) == [
        ["Pied Piper audit"],
        ["Initech renewal"],
        ["Hooli pilot", "Aperture seats"],
        [],
        [],
    ]
    assert (state.open.count, state.open_all.count, state.filtered) == (4, 11, True)
    assert state.columns[0].totals.amount == 20_000_00
    assert state.stuck().at_stake.count == 2


def test_the_cursor_comes_back_to_its_deal_when_the_filter_shows_it_again() -> None:
    state = loaded()
    state.focus_deal(2)
    state.set_filter(lambda deal: deal.name.startswith("S"), "s")
    assert cursor(state) == "Soylent workshop"
    state.set_filter(lambda deal: "cence" in deal.name, "cence")
    assert cursor(state) == "Stark licence"
    state.set_filter(lambda deal: False, "nothing")
    assert cursor(state) is None
    state.set_filter(None)
    assert cursor(state) == "Wayne Ent. rollout"


def test_a_narrower_filter_asks_only_about_what_is_shown() -> None:
    state = loaded()
    asked: list[str] = []

    def ask(deal: Deal) -> bool:
        asked.append(deal.name)
        return deal.name.startswith("So")

    state.set_filter(lambda deal: deal.name.startswith("S"), "s", narrower=True)
    state.set_filter(ask, "so", narrower=True)
    assert asked == ["Soylent workshop", "Stark licence"]
    assert names(state) == [["Soylent workshop"], [], [], [], []]
    assert state.open.amount == 8_000_00
    state.set_filter(None, narrower=True)
    assert state.open == state.open_all


def test_a_patch_while_a_filter_is_on_obeys_it() -> None:
    state = loaded()
    state.set_filter(lambda deal: "e" in deal.name.casefold(), "e")
    before = names(state)[0]
    state.patch([make_deal(90, "Xyz", RADAR, 5, position=1), make_deal(91, "Eve", RADAR, 7, position=2)])
    assert names(state)[0] == ["Eve", *before]
    assert (state.columns[0].totals.count, state.columns[0].all_totals.count) == (len(before) + 1, 6)


def test_cards_are_sorted_and_keep_the_cursor() -> None:
    state = loaded()
    state.focus_deal(1)
    state.set_sort(Sort.AMOUNT)
    assert names(state)[0] == ["Pied Piper audit", "Globex website", "Wayne Ent. rollout", "Soylent workshop"]
    assert cursor(state) == "Globex website"
    state.patch([make_deal(90, "Big", RADAR, 90_000, position=0)])
    assert names(state)[0][0] == "Big"
    assert cursor(state) == "Globex website"


def test_commands_act_on_the_selection_that_is_seen_else_on_the_cursor() -> None:
    state = loaded()
    assert state.targets() == (1,)
    for deal_id in (8, 3, 1):
        state.focus_deal(deal_id)
        state.toggle_selected()
    assert state.targets() == (1, 3, 8)
    state.set_filter(lambda deal: deal.id in (2, 3), "")
    assert state.targets() == (3,)
    state.set_filter(lambda deal: deal.id == 2, "")
    assert state.targets() == (2,)
    state.set_filter(None)
    assert state.clear_selected()
    assert not state.clear_selected()


@pytest.mark.parametrize(
    ("deal_id", "by", "goes"),
    [(1, -1, None), (2, -1, Reorder(2, 1)), (1, 1, Reorder(1, 3)), (3, 1, Reorder(3, None)), (4, 1, None)],
)
def test_a_card_changes_its_place_by_one(deal_id: int, by: int, goes: Reorder | None) -> None:
    state = loaded()
    state.focus_deal(deal_id)
    assert state.reorder(by) == goes


def test_a_card_passes_the_ones_it_sees_when_a_filter_hides_others() -> None:
    state = loaded()
    state.set_filter(lambda deal: deal.id in (1, 3), "")
    state.focus_deal(1)
    assert state.reorder(1) == Reorder(1, 4)
    state.set_sort(Sort.NAME)
    assert state.reorder(1) is None


def test_closed_deals_of_other_months_are_not_taken_in() -> None:
    state = loaded()
    old = replace(make_deal(80, "Long ago", WON, 10), closed_on=TODAY.replace(month=10))
    state.patch([old, make_deal(81, "Today", WON, 10)])
    assert [deal.id for deal in state.columns[3].deals] == [12, 81]
    state.patch([replace(old, id=81)])
    assert [deal.id for deal in state.columns[3].deals] == [12]


def test_what_did_not_change_is_the_same_object() -> None:
    state = loaded()
    stuck, due = state.stuck(), state.due()
    state.patch([moved(sample_deals()[7], 1)])
    assert state.stuck() is stuck
    assert state.due() is due


# Properties

deal_ids = st.integers(1, 12)


@st.composite
def deals(draw: st.DrawFn) -> Deal:
    stage = draw(st.sampled_from(STAGES))
    step = draw(st.sampled_from([None, "call"]))
    return make_deal(
        draw(deal_ids),
        draw(st.sampled_from(["Ann", "Bob", "Cy", "Acme 2", "Acme 10"])),
        stage,
        draw(st.one_of(st.none(), st.integers(0, 50_000))),
        draw(st.integers(0, 19)),
        step,
        draw(st.one_of(st.none(), st.integers(-3, 5))) if step else None,
        currency=draw(st.sampled_from(["USD", "USD", "EUR"])),
        close=draw(st.one_of(st.none(), st.integers(-20, 90))),
        snoozed=draw(st.sampled_from([None, None, 3])),
        position=draw(st.integers(0, 6)),
    )


def _has_a(deal: Deal) -> bool:
    return "a" in deal.name.casefold()


def _is_dear(deal: Deal) -> bool:
    return (deal.amount or 0) > 20_000_00


filters: st.SearchStrategy[Callable[[Deal], bool] | None] = st.sampled_from(
    [None, _has_a, _is_dear, lambda _: False]
)
steps = st.one_of(
    st.tuples(
        st.just("patch"),
        st.lists(deals(), max_size=4, unique_by=lambda d: d.id),
        st.sets(deal_ids, max_size=2),
    ),
    st.tuples(st.just("load"), st.lists(deals(), max_size=8, unique_by=lambda d: d.id)),
    st.tuples(st.just("set_filter"), filters),
    st.tuples(st.just("set_sort"), st.sampled_from(Sort)),
    st.tuples(st.just("move_row"), st.integers(-3, 3)),
    st.tuples(st.just("move_column"), st.integers(-3, 3)),
    st.tuples(st.just("focus_deal"), deal_ids),
    st.tuples(st.just("toggle_selected")),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(deals(), max_size=10, unique_by=lambda d: d.id), st.lists(steps, max_size=8))
def test_any_sequence_leaves_the_board_as_if_freshly_loaded(
    start: list[Deal], sequence: Sequence[tuple[object, ...]]
) -> None:
    state = loaded(start)
    held = {deal.id: deal for deal in start}
    for name, *arguments in sequence:
        before, now_held = state.cursor_deal, dict(held)
        if name == "patch":
            changed, gone = arguments
            assert isinstance(changed, list)
            assert isinstance(gone, set)
            gone -= {deal.id for deal in changed}
            now_held.update((deal.id, deal) for deal in changed)
            now_held = {key: deal for key, deal in now_held.items() if key not in gone}
            state.patch(changed, gone)
        elif name == "load":
            assert isinstance(arguments[0], list)
            now_held = {deal.id: deal for deal in arguments[0]}
            state.load(make_board(arguments[0]))
        else:
            getattr(state, str(name))(*arguments)
        held = now_held
        _is_like_freshly_loaded(state, held)
        _has_a_valid_cursor(state)
        if name in ("patch", "load", "set_sort") and before is not None and _is_shown(state, before.id):
            assert state.cursor_deal is not None
            assert state.cursor_deal.id == before.id


def _is_like_freshly_loaded(state: BoardState, held: dict[int, Deal]) -> None:
    fresh = loaded(held.values())
    for column, other in zip(state.columns, fresh.columns, strict=True):
        shown = [deal for deal in other.deals if state._matches is None or state._matches(deal)]
        assert column.deals == other.deals
        assert column.shown == sort_deals(shown, state.sort)
        assert column.all_totals == other.all_totals
        assert column.totals == totals(column.shown, "USD", {})
    open_deals = [deal for deal in held.values() if deal.outcome is Outcome.OPEN]
    shown_open = [deal for column in state.columns for deal in column.shown if deal.outcome is Outcome.OPEN]
    assert state.open == totals(shown_open, "USD", {})
    assert state.open_all == totals(open_deals, "USD", {})
    assert state.stuck() == stuck_list(held.values(), TODAY, "USD", {})
    assert [deal.id for deal in state.due()] == [deal.id for deal in fresh.due()]
    won = [deal for deal in held.values() if deal.outcome is Outcome.WON]
    assert state.forecast(MONTHS) == forecast(PIPELINE, open_deals, won, MONTHS, TODAY, {}, {})
    assert state.selected <= held.keys()


def _has_a_valid_cursor(state: BoardState) -> None:
    assert 0 <= state.cursor_column < len(state.columns)
    for column in state.columns:
        assert 0 <= column.row < max(1, len(column.shown))
    shown = {deal.id for deal in chain.from_iterable(column.shown for column in state.columns)}
    assert set(state.targets()) <= shown
    assert (state.cursor_deal is None) == (not state.columns[state.cursor_column].shown)


def _is_shown(state: BoardState, deal_id: int) -> bool:
    return any(deal.id == deal_id for column in state.columns for deal in column.shown)
