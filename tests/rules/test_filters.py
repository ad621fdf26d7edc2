"""The filter as it is typed on the board. Today is Friday 2026-11-20."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from store.rules.filters import Filter, parse_filter
from store.views import Deal, NextStep, Outcome, Reason, StuckKind
from tests.rules.deals import TODAY, make_deal


def read(text: str, currency: str = "USD", properties: tuple[str, ...] = ()) -> Filter:
    return parse_filter(text, TODAY, currency, "dmy", properties)


def finds(text: str, deal: Deal) -> bool:
    found = read(text)
    assert found.problems == ()
    return found.matches(deal)


def test_an_empty_filter_finds_everything() -> None:
    assert read("").is_empty
    assert read("  ").matches(make_deal())
    assert not read("x").is_empty


@pytest.mark.parametrize("word", ["globex", "WEBS", "corporation", "demo", "referral", "smb", "web globex"])
def test_a_plain_word_is_looked_for_in_name_company_tags_source_and_stage(word: str) -> None:
    assert finds(word, make_deal(tags=("eu", "SMB")))
    assert not finds(word, make_deal(name="x", company=None, stage="y", source=None))


def test_every_term_must_hold_and_a_minus_turns_one_round() -> None:
    deal = make_deal(tags=("eu",))
    assert finds("globex website", deal)
    assert not finds("globex initech", deal)
    assert finds("globex -initech", deal)
    assert not finds("-globex", deal)
    assert finds("-tag:old", deal)
    assert not finds("-#eu", deal)
    assert not finds('-"globex web"', deal)
    assert finds("-", make_deal(name="a - b"))


def test_the_filter_of_the_design() -> None:
    deal = make_deal(
        company="Acme Inc",
        tags=("eu",),
        stuck=(Reason(StuckKind.IDLE, 15, 14),),
    )
    text = 'stage:demo amount>10k tag:eu stuck close<eom company:"Acme Inc" -tag:old'
    assert finds(text, deal)
    assert not finds(text, make_deal(company="Acme Inc", tags=("eu",)))


def test_case_and_accents_do_not_count() -> None:
    deal = make_deal(name="Café Société ☕️", company="株式会社テスト")
    assert finds("cafe societe", deal)
    assert finds("CAFÉ", deal)
    assert finds("テスト", deal)
    assert finds("café", make_deal(name="Cafe"))


def test_a_missing_company_is_no_word() -> None:
    assert not finds("none", make_deal(company=None, source=None))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("stage:demo", True),
        ("stage:quote", False),
        ("stage:quote,demo", True),
        ("stage=demo", False),
        ('stage="demo done"', True),
        ('stage:"demo d', True),
        ("co:globex", True),
        ("name:corporation", False),
        ("source:ref", True),
        ("src:none", False),
        ("step:ann", True),
        ("currency:usd", True),
        ("amount:12k", True),
        ("amount=12000", True),
        ("amount>12k", False),
        ("amount>=12,000", True),
        ("amount:>=12000", True),
        ("amount<12 001", True),
        ("amount<1m", True),
        ("amount:?", False),
        ("prob>=50", True),
        ("prob:50%", True),
        ("prob<50", False),
        ("close:fri", True),
        ("close=27/11", True),
        ("close<eom", True),
        ("close<2026-11-27", False),
        ("close<=2026-11-27", True),
        ("close>today", True),
        ("close:nov", True),
        ("close:this", True),
        ("close:dec", False),
        ("close<dec", True),
        ("close<nov", False),
        ("close>=nov", True),
        ("close>nov", False),
        ("close:2026", True),
        ("close:nov 2026", True),
        ("close<12 dec", True),
        ("close:none", False),
        ("created:oct", True),
        ("created<30d", True),
        ("created>2w", False),
        ("entered:thu", False),
        ("entered>=12/11", True),
        ("due:tue", True),
        ("due<fri", True),
        ("closed:none", True),
        ("closed>2020", False),
        ("days:8", True),
        ("days>1w", True),
        ("days>8", False),
        ("idle>=4d", True),
        ("idle>4", False),
        ("snoozed:none", True),
        ("reason:?", True),
        ("outcome:open", True),
        ("outcome:won,lost", False),
        ("weighted:6k", True),
        ("weighted>6000", False),
        ("weighted>=$5,999.99", True),
        ("weighted:none", False),
        ("weighted>€1", False),
        ("tasks:1", True),
        ("tasks>1", False),
        ("next:ann", True),
        ("touched:mon", True),
        ("touched<7d", False),
        ("alldays>=8", True),
        ("age:50", True),
        ("age>8w", False),
        ("id:1", True),
        ("id:#1", True),
        ("id:2,3", False),
        ("id:2,1", True),
        ("id<2", True),
        ("external:none", True),
        ("externalid:op", False),
        ("lostreason:none", True),
    ],
)
def test_fields(text: str, found: bool) -> None:
    assert finds(text, make_deal()) is found


ASKED: dict[str, tuple[str, dict[str, Any]]] = {
    "id": ("id:7", {"id": 7}),
    "name": ("name:new", {"name": "new"}),
    "company": ("co:new", {"company": "new"}),
    "stage": ("stage:new", {"stage": "new"}),
    "outcome": ("is:won", {"outcome": Outcome.WON}),
    "amount": ("amount:77", {"amount": 77_00}),
    "currency": ("currency:eur", {"currency": "EUR"}),
    "probability": ("prob:77", {"own_probability": 77}),
    "weighted": ("weighted:77", {"own_probability": 7, "amount": 1_100_00}),
    "close_date": ("close:2027-07-07", {"close_date": date(2027, 7, 7)}),
    "created_on": ("created:2025-07-07", {"created_on": date(2025, 7, 7)}),
    "entered_stage_on": ("entered:2025-07-07", {"entered_stage_on": date(2025, 7, 7)}),
    "closed_on": ("closed:2025-07-07", {"closed_on": date(2025, 7, 7)}),
    "lost_reason": ("reason:new", {"lost_reason": "new"}),
    "source": ("source:new", {"source": "new"}),
    "external_id": ("external:new", {"external_id": "new"}),
    "snoozed_until": ("snoozed:2027-07-07", {"snoozed_until": date(2027, 7, 7)}),
    "next_step": ("step:new due:2027-07-07", {"next_step": NextStep(2, "new", date(2027, 7, 7))}),
    "open_tasks": ("tasks:77", {"open_tasks": 77}),
    "idle_since": ("touched:2025-07-07", {"idle_since": date(2025, 7, 7)}),
    "days_in_stage": ("days:77", {"entered_stage_on": TODAY - timedelta(77)}),
    "days_in_stage_all": ("alldays:77", {"entered_stage_on": TODAY - timedelta(7), "days_before": 70}),
    "stuck": ("is:stuck", {"stuck": (Reason(StuckKind.IDLE, 15, 14),)}),
    "no_next_step": ("is:nostep", {"no_next_step": True}),
    "tags": ("tag:new", {"tags": ("new",)}),
    "properties": ("new:new", {"properties": {"New": "new"}}),
}
"""For each thing that a deal tells of itself: a filter, and what a deal must be like to be found by it."""

NOT_ASKED = {"pipeline_id", "stage_id", "in_stage", "extras", "position", "own_probability", "last_task_due"}
"""What is one of the others in another form, or where a card stands."""


@pytest.mark.parametrize("name", [name for name in dir(Deal) if name[0] != "_" and name not in NOT_ASKED])
def test_all_that_a_deal_tells_can_be_asked_for(name: str) -> None:
    text, changes = ASKED[name]
    found = read(text, properties=("New",))
    assert (found.problems, found.notes) == ((), ())
    assert found.matches(make_deal(**changes))
    assert not found.matches(make_deal())


def test_a_deal_without_a_custom_property_is_found() -> None:
    found = read("seats:none", properties=("Seats",))
    assert found.matches(make_deal())
    assert found.matches(make_deal(properties={"Seats": "none yet"}))
    assert not found.matches(make_deal(properties={"Seats": "20"}))
    assert not read("seats:none").matches(make_deal())
    assert not read('seats:"none"', properties=("Seats",)).matches(make_deal())


def test_what_is_missing_is_neither_below_nor_above() -> None:
    deal = make_deal(amount=None, close_date=None, next_step=None)
    for text in ("amount>0", "amount<1m", "close<eoy", "close>2020", "due<eoy", "step:call"):
        assert not finds(text, deal)
    for text in (
        "amount:?",
        "amount:unknown",
        "close:none",
        "due:none",
        "-amount>0",
        "is:unknown",
        "is:undated",
    ):
        assert finds(text, deal)


def test_a_figure_is_held_against_each_deals_own_currency() -> None:
    yen, dinar = make_deal(amount=12_000, currency="JPY"), make_deal(amount=12_000_000, currency="KWD")
    for deal in (yen, dinar, make_deal()):
        assert finds("amount:12k", deal)
        assert not finds("amount>12k", deal)
    assert not finds("amount>€10k", make_deal())
    assert finds("amount>€10k", make_deal(currency="EUR"))
    assert finds("amount>10 000 USD", make_deal())


def test_dates_of_the_past_are_looked_for_in_the_past() -> None:
    deal = make_deal(outcome=Outcome.WON, created_on=date(2025, 12, 12), closed_on=date(2026, 11, 18))
    assert finds("created:12/12", deal)
    assert finds("created:12dec", deal)
    assert finds("created:dec", deal)
    assert finds("closed:wed", deal)
    assert finds("closed>7d", deal)
    assert finds("closed:nov", deal)
    in_january = parse_filter("created:29/2", date(2028, 1, 10), "USD")
    assert in_january.matches(make_deal(created_on=date(2027, 2, 28)))


def test_tags_are_found_by_their_beginning() -> None:
    assert finds("tag:eu", make_deal(tags=("europe",)))
    assert finds("#EU", make_deal(tags=("eu",)))
    assert not finds("tag:eu", make_deal(tags=("museum",)))
    assert not finds("tag=eu", make_deal(tags=("europe",)))
    assert finds('#"big fish"', make_deal(tags=("big fish",)))
    assert finds("tag:none", make_deal())
    assert finds("#", make_deal())


STATES = {
    "open": make_deal(),
    "won": make_deal(outcome=Outcome.WON, closed_on=TODAY),
    "lost": make_deal(outcome=Outcome.LOST, closed_on=TODAY),
    "stuck": make_deal(stuck=(Reason(StuckKind.TOO_LONG_IN_STAGE, 40, 30),)),
    "idle": make_deal(stuck=(Reason(StuckKind.OVERDUE_TASK, 1), Reason(StuckKind.IDLE, 15, 14))),
    "overdue": make_deal(close_date=date(2026, 11, 19)),
    "snoozed": make_deal(snoozed_until=date(2026, 11, 21)),
    "nostep": make_deal(no_next_step=True),
    "nonext": make_deal(no_next_step=True),
    "notask": make_deal(next_step=None),
    "undated": make_deal(close_date=None),
    "unknown": make_deal(amount=None),
}


@pytest.mark.parametrize("state", STATES)
def test_states(state: str) -> None:
    assert finds(f"is:{state}", STATES[state])
    assert finds(state, STATES[state])
    assert not finds(f"-is:{state}", STATES[state])
    assert finds(f"is:{state}", make_deal()) is (state == "open")


def test_states_of_a_day() -> None:
    assert finds("overdue", make_deal(next_step=NextStep(1, "call", date(2026, 11, 19))))
    assert not finds("overdue", make_deal(close_date=TODAY, next_step=NextStep(1, "call", TODAY)))
    assert not finds("overdue", make_deal(close_date=date(2026, 11, 1), outcome=Outcome.WON))
    assert not finds("snoozed", make_deal(snoozed_until=TODAY))
    assert not finds("is:nostep", make_deal(next_step=None, snoozed_until=date(2026, 12, 1)))
    assert not finds("is:notask", make_deal(next_step=None, outcome=Outcome.WON))
    assert finds("closed", STATES["won"])
    assert finds("is:won,lost", STATES["lost"])


def test_a_state_typed_alone_hides_no_deal_of_that_name() -> None:
    stuckey = make_deal(name="Stuckey & Sons")
    assert finds("stuck", stuckey)
    assert finds("stuck", make_deal(company="Stuckey"))
    assert not finds("is:stuck", stuckey)
    assert finds('"stuck"', stuckey)
    assert not finds('"stuck"', STATES["stuck"])
    assert not finds("stuck", make_deal(stage="stuck in legal"))


def test_custom_properties_are_fields() -> None:
    deal = make_deal(properties={"Industry": "Retail & Food", "Deal type": "New", "Seats": "1,200 seats"})
    names = ("Industry", "Deal type", "Seats")
    for text in (
        "industry:retail",
        'INDUSTRY="retail & food"',
        "dealtype:new",
        '"deal type":new',
        "deal_type:new",
    ):
        assert read(text, properties=names).matches(deal), text
        assert not read(text, properties=names).matches(make_deal()), text
        assert read(text, properties=names).problems == ()
    assert read("seats>1000 seats<=1200", properties=names).matches(deal)
    assert not read("seats<1000", properties=names).matches(deal)
    assert not read("-industry:retail", properties=names).matches(deal)
    assert "is not a number" in read("seats>many", properties=names).problems[0]


def test_an_unknown_field_is_looked_for_as_text_and_said() -> None:
    found = read("re:hello")
    assert found.matches(make_deal(name="Re:Hello world"))
    assert not found.matches(make_deal())
    assert found.problems == ()
    assert found.notes == ("“re” is not a field; “re:hello” is looked for as it is.",)
    assert read("industry:retail").matches(make_deal(properties={"Industry": "Retail"}))
    assert read("https://acme.test").matches(make_deal(name="https://acme.test"))
    assert finds("12:30", make_deal(name="call at 12:30"))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("close<fru", "“fru” is not a date"),
        ("amount>much", "“much” is not an amount"),
        ("days>long", "“long” is not a number of days"),
        ("id:acme", "“acme” is not a deal's number"),
        ("weighted<much", "“much” is not an amount"),
        ("stage>demo", "> compares days, amounts and numbers only"),
        ("is:sleepy", "“sleepy” is not a state; there is open, won"),
        ("x " * 1100, "The filter is too long"),
    ],
)
def test_what_is_not_understood_is_said(text: str, problem: str) -> None:
    assert problem in read(text).problems[0]


@pytest.mark.parametrize(
    ("spaced", "closed"),
    [
        ("amount > 10k", "amount>10k"),
        ("amount> 10k", "amount>10k"),
        ("amount >10 000 acme", "amount>10000 acme"),
        ("-close < next fri eu", "-close<next fri eu"),
        ("close: next fri", 'close:"next fri"'),
        ('company = "Acme Inc"', 'company="Acme Inc"'),
        ("stage : product", "stage:product"),
        ("seats >= 20", "seats>=20"),
        ("tag: eu amount <= 5k", "tag:eu amount<=5k"),
    ],
)
def test_spaces_around_an_operator_do_not_count(spaced: str, closed: str) -> None:
    read_spaced, read_closed = (read(text, properties=("seats",)) for text in (spaced, closed))
    assert read_spaced.problems == read_closed.problems == ()
    assert [echo for _, echo in read_spaced.understood] == [echo for _, echo in read_closed.understood]
    for amount in (300_000, 1_000_000, 1_000_001, None):
        for name, company in (("Acme", "Acme Inc"), ("Globex eu", None)):
            deal = make_deal(
                name=name,
                amount=amount,
                company=company,
                close_date=date(2026, 11, 27),
                tags=("eu",),
                stage="Product evaluated",
                properties={"seats": "20"},
            )
            assert read_spaced.matches(deal) is read_closed.matches(deal)


def test_a_spaced_operator_without_a_value_that_fits_is_said() -> None:
    assert "“much” is not an amount" in read("amount > much").problems[0]
    assert read("close< globex").matches(make_deal())
    assert read("amount and > globex").problems == ()


def test_a_stage_that_there_is_not_is_said_and_looked_for() -> None:
    def on_board(text: str) -> Filter:
        return parse_filter(text, TODAY, "USD", stages=("On radar", "Product evaluated"))

    for text in ("stage:prod", "stage:radar,product", 'stage="on radar"', "stage:", "-stage:radar"):
        assert on_board(text).notes == ()
    found = on_board("stage:xyz,radar")
    assert found.notes == ("No stage fits “xyz”; there is On radar, Product evaluated.",)
    assert found.problems == ()
    assert not found.matches(make_deal(stage="Product evaluated"))
    assert on_board("stage=prod").notes
    assert read("stage:xyz").notes == ()


@pytest.mark.parametrize(
    "text", ["close<", "close<e", "is:", "is:st", "stage:", "stage:,", '"', "#", "-#", "tag:"]
)
def test_the_board_does_not_go_blank_while_a_term_is_typed(text: str) -> None:
    assert read(text).matches(make_deal())
    assert not read(f"{text} globex").is_empty


def test_dates_and_amounts_are_echoed() -> None:
    assert read("close<eom amount>12 000 created>30d").understood == (
        ("close<eom", "Mon 30 Nov, in 10 days"),
        ("amount>12 000", "$12,000"),
        ("created>30d", "Wed 21 Oct, 30 days ago"),
    )


pieces = st.sampled_from(
    [
        *(
            "close",
            "amount",
            "is",
            "tag",
            "stage",
            "days",
            "prob",
            "seats",
            "stuck",
            "-",
            "#",
            ":",
            ">",
            "<=",
            "=",
            '"',
        ),
        *(
            "=",
            '"',
            "12",
            "k",
            "000",
            "dec",
            "eom",
            "fri",
            "?",
            ",",
            " ",
            "\\",
            "€",
            "1e999",
            "none",
            "“",
            "9" * 30,
        ),
    ]
)


@given(st.one_of(st.text(), st.lists(pieces, max_size=14).map("".join)))
@example("close<" + "9" * 6000)
@example("days>" + "9" * 6000)
@example("id>,\u0301,")
@example("seats>-" + "9" * 40)
def test_no_filter_raises(text: str) -> None:
    found = read(text, properties=("Seats", "Deal type"))
    for deal in (
        *STATES.values(),
        make_deal(company=None, source=None, tags=("a", "b"), properties={"Seats": text}),
    ):
        assert found.matches(deal) in (True, False)
    assert all(found.problems)


def test_a_plain_word_costs_little_more_than_looking_at_the_names() -> None:
    deals = [make_deal(id=number, name=f"Renewal {number}", tags=("eu",)) for number in range(10_000)]

    def quickest(matches: Callable[[Deal], bool]) -> float:
        took = []
        for _ in range(7):
            start = time.perf_counter()
            assert not any(map(matches, deals))
            took.append(time.perf_counter() - start)
        return min(took)

    assert quickest(read("zzz").matches) < 20 * quickest(lambda deal: "zzz" in deal.name.lower())
