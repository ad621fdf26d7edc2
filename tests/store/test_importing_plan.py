"""What is understood of a file: stages, times, names, and what is wrong with it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from store import (
    ImportOptions,
    ImportRefused,
    InvalidInput,
    NotFound,
    Outcome,
    Pipeline,
    Stage,
    WrongRows,
    instant_text,
    local_day,
    read_table,
)
from store.importing.plan import ImportPlan, Known, KnownDeal, PlannedDeal, PlannedPerson
from store.importing.planning import plan_import
from store.importing.stages import rising
from tests.deck import TODAY, at
from tests.store.csv_files import CRM, HUBSPOT, PIPEDRIVE, SALES, one, plan


def days(deal: PlannedDeal) -> list[str | None]:
    """Created, entered, closed."""
    return [
        local_day(at).isoformat() if at else None for at in (deal.created_at, deal.entered_at, deal.closed_at)
    ]


def stages(made: ImportPlan) -> list[tuple[str, int, Outcome]]:
    (pipeline,) = made.pipelines
    return [(stage.name, stage.probability, stage.outcome) for stage in pipeline.stages]


def wrong(text: str, **options: Any) -> list[str]:
    with pytest.raises(WrongRows) as raised:
        plan(text, **options)
    return [str(cell) for cell in raised.value.cells]


def test_a_new_pipeline_has_the_stages_of_the_file_with_won_and_lost_last() -> None:
    made = plan(CRM, new_pipeline="CRM")
    assert stages(made) == [
        ("Engaging", 35, "open"),
        ("Prospecting", 65, "open"),
        ("Won", 100, "won"),
        ("Lost", 0, "lost"),
    ]
    assert [(each.value, each.stage.name, each.rows) for each in made.stages] == [
        ("Won", "Won", 2), ("Engaging", "Engaging", 2), ("Lost", "Lost", 1), ("Prospecting", "Prospecting", 1),
    ]  # fmt: skip
    (pipeline,) = made.pipelines
    assert (pipeline.name, pipeline.currency, pipeline.is_new, pipeline.lost_reasons[1]) == (
        "CRM",
        "USD",
        True,
        "wrong time",
    )
    assert (len(made.deals), made.new_companies) == (6, 3)


def test_won_and_lost_are_added_where_the_file_has_neither() -> None:
    made = plan("name,stage\nA,Demo\nB,Lead\n", new_pipeline="New")
    assert stages(made) == [
        ("Demo", 35, "open"),
        ("Lead", 65, "open"),
        ("Won", 100, "won"),
        ("Lost", 0, "lost"),
    ]
    made = plan("name,stage\nA,Won\nB,Lost\n", new_pipeline="New")
    assert stages(made) == [("Open", 50, "open"), ("Won", 100, "won"), ("Lost", 0, "lost")]


def test_signed_is_won_only_where_nothing_else_is() -> None:
    assert stages(plan("name,stage\nA,Demo\nB,Signed\n", new_pipeline="New"))[1] == ("Signed", 100, "won")
    made = stages(plan("name,stage\nA,Demo\nB,Signed\nC,Won\n", new_pipeline="New"))
    assert made[1:3] == [("Signed", 65, "open"), ("Won", 100, "won")]


def test_probabilities_rise_evenly() -> None:
    assert [rising(count) for count in (1, 2, 3, 4)] == [[50], [35, 65], [25, 50, 75], [20, 40, 60, 80]]
    for count in range(1, 31):
        made = rising(count)
        assert made == sorted(set(made))
        assert 0 < made[0] <= made[-1] < 100


def test_values_may_be_renamed_in_a_new_pipeline() -> None:
    made = plan(
        "name,stage\nA,demo\nB,Angebot\n", new_pipeline="New", stages={"ANGEBOT": "Quote sent", "demo": "Won"}
    )
    assert stages(made) == [("Quote sent", 50, "open"), ("Won", 100, "won"), ("Lost", 0, "lost")]
    assert [deal.stage.name for deal in made.deals] == ["Won", "Quote sent"]


def test_a_column_with_too_many_values_is_no_stage() -> None:
    rows = "".join(f"A{i},Step {i}\n" for i in range(31))
    with pytest.raises(ImportRefused, match="has 31 different values; a pipeline is made with at most 30"):
        plan(f"name,stage\n{rows}", new_pipeline="New")
    with pytest.raises(ImportRefused, match=r'No column of the file is the stage.*--map "COLUMN=stage"'):
        plan("name,amount\nA,5\n", new_pipeline="New")
    with pytest.raises(ImportRefused, match="more than 200 characters"):
        plan(f"name,stage\nA,{'x' * 201}\n", new_pipeline="New")


@pytest.mark.parametrize(
    ("value", "stage"),
    [
        ("on radar", "On radar"),
        ("Product", "Product evaluated"),
        ("evaluated", "Product evaluated"),
        ("Won", "Contract signed"),
        ("closedwon", "Contract signed"),
        ("contract signed", "Contract signed"),
        ("Lost", "Closed lost"),
        ("Disqualified", "Closed lost"),
        ("Open", "On radar"),
        ("", "On radar"),
        ("Product evaluated (Sales)", "Product evaluated"),
    ],
)
def test_values_find_the_stages_of_a_pipeline(value: str, stage: str) -> None:
    assert one(f"name,stage\nA,{value}\n").stage.name == stage


def test_values_that_mean_no_stage_are_listed_with_the_stages() -> None:
    with pytest.raises(ImportRefused) as raised:
        plan("name,Phase\nA,Contract\nB,Demo\nC,Product\n")
    assert str(raised.value) == (
        "The column “Phase” has values that are no stage of Sales: “Contract”, “Demo”. Its stages are On radar, Product "  # noqa: E501
        'evaluated, Contract signed, Closed lost. Say which is meant with --stage "Contract=On radar", or make a pipeline '  # noqa: E501
        "from the file with --new-pipeline NAME."
    )
    many = "".join(f"A,Step {i}\n" for i in range(12))
    with pytest.raises(ImportRefused, match="“Step 9” and 2 more"):
        plan(f"name,stage\n{many}")
    told = plan("name,Phase\nA,Contract\nB,Demo\n", stages={"contract": "signed", "Demo": "product"})
    assert [deal.stage.name for deal in told.deals] == ["Contract signed", "Product evaluated"]
    with pytest.raises(NotFound, match="No stage is called “nowhere”"):
        plan("name,Phase\nA,Demo\n", stages={"Demo": "nowhere"})


def test_without_a_stage_column_all_deals_begin_in_the_first_stage() -> None:
    made = plan("name\nA\nB\n")
    assert [deal.stage.name for deal in made.deals] == ["On radar", "On radar"]
    assert made.notes == ("Without a stage, so in the first one, On radar: 2 rows.",)


PARTNERS = Pipeline(2, "Partners", "EUR", SALES.stages)


def test_rows_go_to_the_pipelines_they_name() -> None:
    known = Known((SALES, PARTNERS))
    made = plan("name,pipeline,amount\nA,partners,5\nB,,6\nC,Sales,7\n", known)
    assert [each.name for each in made.pipelines] == ["Sales", "Partners"]
    assert [deal.currency for deal in made.deals] == ["EUR", "USD", "USD"]
    with pytest.raises(
        ImportRefused,
        match="The column “pipeline” names pipelines that are not there: “Other”; there is Sales, Partners",
    ):
        plan("name,pipeline\nA,Partners\nB,Other\n", known)
    everything = plan("name,pipeline\nA,Sales\nB,Other\n", known, pipeline="part")
    assert [each.name for each in everything.pipelines] == ["Partners"]
    with pytest.raises(NotFound, match="No pipeline is called “nowhere”"):
        plan("name\nA\n", pipeline="nowhere")


def test_without_any_pipeline_one_must_be_made() -> None:
    with pytest.raises(ImportRefused, match="There is no pipeline yet; add --new-pipeline NAME"):
        plan("name,stage\nA,Demo\n", Known())


def test_a_pipeline_of_the_same_name_is_used_again() -> None:
    made = plan("name,stage\nA,Product\n", new_pipeline="SALES")
    assert made.notes == ("The pipeline Sales is there already; its stages are used.",)
    assert (made.pipelines[0].is_new, made.deals[0].stage.id) == (False, 2)


def test_a_status_beside_the_stage_decides_the_outcome() -> None:
    made = plan(PIPEDRIVE, new_pipeline="New")
    assert stages(made) == [
        ("Negotiations Started", 35, "open"), ("Proposal Made", 65, "open"), ("Won", 100, "won"), ("Lost", 0, "lost"),
    ]  # fmt: skip
    europejski, medicover, wonka = made.deals
    assert (europejski.stage.name, europejski.amount, europejski.currency) == (
        "Negotiations Started",
        3000050,
        "EUR",
    )
    assert days(europejski) == ["2026-08-15", "2026-08-15", None]
    assert (europejski.close_date, europejski.tags) == ("2026-12-01", ("Hot", "EU"))
    assert [(task.title, task.due_on) for task in europejski.tasks] == [("follow up", "2026-11-24")]
    assert [local_day(touch.at) for touch in europejski.touches] == [date(2026, 11, 5)]
    assert europejski.properties == (("Deal - Owner", "Kim"),)
    assert medicover.stage.name == "Won"
    assert days(medicover) == ["2026-09-20", "2026-10-10", "2026-10-10"]
    assert medicover.close_date == "2026-10-01"
    assert [(visit.stage.name, visit.left_at is None) for visit in medicover.visits] == [
        ("Proposal Made", False),
        ("Won", True),
    ]
    assert medicover.visits[0].left_at == medicover.visits[1].entered_at
    assert (wonka.stage.name, wonka.lost_reason, wonka.currency) == ("Lost", "Too expensive", "USD")
    assert days(wonka) == ["2026-09-01", "2026-10-02", "2026-10-02"]


def test_a_status_that_is_open_keeps_a_stage_open() -> None:
    made = plan("name,stage,status\nA,Signed,Open\nB,Demo,Won\n", new_pipeline="New")
    assert stages(made)[0] == ("Signed", 35, "open")
    assert wrong("name,stage,status\nA,Lost,Open\nB,Product,Open\n") == [
        "line 2, column “status”, value “open”: the stage “Closed lost” is lost; correct one of the two"
    ]
    assert wrong("name,stage,status\nA,Product,Won\nB,Product,Gone\n") == [
        "line 3, column “status”, value “Gone”: this is none of open, won and lost; correct it, or leave the column out",  # noqa: E501
    ]
    assert one("name,stage,status\nA,,Won\n").stage.name == "Contract signed"


def test_a_hubspot_export() -> None:
    made = plan(HUBSPOT, Known((Pipeline(1, "Sales Pipeline", "USD", (
        Stage(1, 1, "Qualified to buy", 20, Outcome.OPEN), *SALES.stages[2:]
    )),)))  # fmt: skip
    bluebay, harbour, old = made.deals
    assert (bluebay.stage.name, bluebay.amount, bluebay.probability) == ("Qualified to buy", 1500000, 40)
    assert bluebay.people == (PlannedPerson("Priya Shah", "priya@bluebay.test", company="Bluebay Ltd"),)
    assert (harbour.stage.name, days(harbour), harbour.probability) == (
        "Contract signed", ["2026-09-14", "2026-11-02", "2026-11-02"], None,
    )  # fmt: skip
    assert (old.stage.name, old.lost_reason, old.amount, old.close_date) == (
        "Closed lost",
        "No budget",
        None,
        None,
    )


@pytest.mark.parametrize(
    ("row", "said"),
    [
        # an open row: entered its stage as it says, else when it was made, else at its last touch, else today
        ("Product,,2026-09-01,2026-10-01,,2026-11-01", ["2026-09-01", "2026-10-01", None]),
        ("Product,,2026-09-01,,,2026-11-01", ["2026-09-01", "2026-09-01", None]),
        ("Product,,,,,2026-11-01", ["2026-11-01", "2026-11-01", None]),
        ("Product,,,2026-10-01,,2026-11-01", ["2026-10-01", "2026-10-01", None]),
        ("Product,,,2026-11-01,,2026-10-01", ["2026-10-01", "2026-11-01", None]),
        ("Product,2026-12-24,,,,", ["2026-11-20", "2026-11-20", None]),
        # made after it entered its stage: taken as made then
        ("Product,,2026-11-10,2026-10-01,,", ["2026-10-01", "2026-10-01", None]),
        # a closed row: closed on its close date, and in its stage since then
        ("Won,2026-10-15,2026-09-01,,,", ["2026-09-01", "2026-10-15", "2026-10-15"]),
        ("Won,2026-10-15,,,,", ["2026-10-15", "2026-10-15", "2026-10-15"]),
        ("Lost,2026-10-31,2026-09-01,,2026-10-15,", ["2026-09-01", "2026-10-15", "2026-10-15"]),
        ("Won,2026-10-15,2026-09-01,2026-10-14,,", ["2026-09-01", "2026-10-14", "2026-10-15"]),
        ("Won,,2026-09-01,2026-10-14,,", ["2026-09-01", "2026-10-14", "2026-10-14"]),
        ("Won,,2026-09-01,,,", ["2026-09-01", "2026-09-01", "2026-09-01"]),
        ("Won,2026-08-01,2026-09-01,,,", ["2026-08-01", "2026-08-01", "2026-08-01"]),
    ],
)
def test_times(row: str, said: list[str | None]) -> None:
    deal = one(f"name,stage,close_date,created_on,entered_stage_on,closed_on,last_touch_on\nA,{row}\n")
    assert days(deal) == said
    assert [visit.entered_at for visit in deal.visits] == [deal.entered_at]


def test_the_close_date_of_a_closed_row_is_no_expectation() -> None:
    header = "name,stage,close_date,closed_on\n"
    assert one(header + "A,Product,2026-12-24,\n").close_date == "2026-12-24"
    assert one(header + "A,Won,2026-10-15,\n").close_date is None
    assert one(header + "A,Won,2026-10-31,2026-10-15\n").close_date == "2026-10-31"


def test_nothing_that_happened_today_is_still_to_come() -> None:
    table = read_table(b"name,last_touch_on\nA,2026-11-20\n", "deals.csv")
    for hours in (-3, 3):
        now = at() + timedelta(hours=hours)
        (deal,) = plan_import(table, ImportOptions(), Known((SALES,)), TODAY, now).deals
        assert deal.entered_at == deal.touches[0].at == instant_text(min(now, at()))


def test_odd_times_are_told() -> None:
    header = "name,stage,close_date,created_on\n"
    assert plan(header + "A,Won,2026-08-01,2026-09-01\n").notes == (
        "Made after they entered their stage or were closed, so taken as made on that day: 1 row.",
    )
    assert plan(header + "A,Won,,2026-09-01\n").notes[0].startswith("Won or lost without a day")


@pytest.mark.parametrize("column", ["created_on", "entered_stage_on", "closed_on", "last_touch_on"])
def test_what_has_taken_place_is_not_to_come(column: str) -> None:
    text = f"name,stage,{column}\nA,Won,2026-11-20\nB,Won,2026-11-21\n"
    assert wrong(text) == [
        f"line 3, column “{column}”, value “2026-11-21”: this day is still to come; correct it, or leave it empty"
    ]


def test_a_closed_row_is_not_closed_on_a_day_to_come() -> None:
    text = "name,stage,close_date,closed_on\nA,Product,2026-12-24,\nB,Won,2026-12-24,2026-11-02\n"
    assert [deal.close_date for deal in plan(text).deals] == ["2026-12-24", "2026-12-24"]
    (told,) = wrong(text + "C,Lost,2026-12-24,\n")
    assert told.startswith(
        "line 4, column “close_date”, value “2026-12-24”: the row is won or lost, and this day"
    )


def test_what_a_closed_deal_cannot_have_is_left_out_and_counted() -> None:
    made = plan(
        "name,stage,next_step,snoozed_until\nA,Won,call Ann,\nB,Lost,,2026-12-24\nC,Product,call,2026-12-24\n"
    )
    assert [(len(deal.tasks), deal.snoozed_until) for deal in made.deals] == [
        (0, None), (0, None), (1, "2026-12-24"),
    ]  # fmt: skip
    assert made.notes[-2:] == (
        "Won or lost and snoozed, which is left out: 1 row.",
        "Won or lost and with a next step, which is left out: 1 row.",
    )


def test_where_no_column_is_the_name_the_company_is_and_then_the_id() -> None:
    assert [deal.name for deal in plan(CRM, new_pipeline="CRM").deals] == [
        "Cancity", "Cancity", "HAXMC4IX", "Ganjaflex", "Isdom", "VJ1I7A6R",
    ]  # fmt: skip
    assert [deal.name for deal in plan("name,company,id\n,Acme,1\nBig one,Acme,2\n,,3\n").deals] == [
        "Acme",
        "Big one",
        "3",
    ]
    assert wrong("name,amount\nA,1\n,5\n") == [
        "line 3, column “name”, value “”: the row has no name, no company and no id to be called by; fill in one of them"  # noqa: E501
    ]


def test_people_tags_and_properties() -> None:
    deal = one(
        "name,company,contact,email,phone,tags,Seats\n"
        'A,Acme,"Ann Ito; Bob Ray","ann@x.com, bob@x.com",+1 555;,"#eu, Hot|eu;",12\n'
    )
    assert deal.people == (
        PlannedPerson("Ann Ito", "ann@x.com", "+1 555", company="Acme"),
        PlannedPerson("Bob Ray", "bob@x.com", "", company="Acme"),
    )
    assert deal.tags == ("eu", "Hot")
    assert deal.properties == (("Seats", "12"),)
    assert one("name,email\nA,ann@x.com\n").people == (PlannedPerson("ann@x.com", "ann@x.com"),)
    assert one('name,contact\nA,"Ito, Ann <ann@x.com>"\n').people == (PlannedPerson("Ito, Ann", "ann@x.com"),)
    assert one('name,tags\nA,"[""a,b"", ""c""]"\n').tags == ("a,b", "c")


def test_what_all_stages_end_with_in_parentheses_is_not_their_name() -> None:
    made = plan(HUBSPOT, new_pipeline="New")
    assert stages(made) == [
        ("Qualified to buy", 50, "open"),
        ("Closed won", 100, "won"),
        ("Closed lost", 0, "lost"),
    ]
    assert [deal.stage.name for deal in made.deals] == ["Qualified to buy", "Closed won", "Closed lost"]
    text = "name,stage\nA,Product (EU)\nB,Won (EU)\n"
    assert [deal.stage.name for deal in plan(text).deals] == ["Product evaluated", "Contract signed"]
    assert [deal.stage.name for deal in plan(text, pipeline="Sales").deals] == [
        "Product evaluated",
        "Contract signed",
    ]
    assert stages(plan("name,stage\nA,Demo (EU)\n", new_pipeline="New"))[0][0] == "Demo (EU)"


def test_a_lost_reason_is_spelt_as_the_pipeline_does() -> None:
    header = "name,stage,lost_reason,lost_note\n"
    assert one(header + "A,Lost,No Answer,\n").lost_reason == "no answer"
    deal = one(header + "A,Lost,Went elsewhere,they said so\n")
    assert (deal.lost_reason, deal.lost_note) == ("Went elsewhere", "they said so")
    long = one(header + f"A,Lost,{'too dear ' * 40},\n")
    assert long.lost_reason is not None
    assert len(long.lost_reason) == 200
    assert long.lost_note == ("too dear " * 40).strip()
    made = plan(header + "A,Product,No Answer,\n")
    assert made.deals[0].lost_reason is None
    assert made.notes == ("Not lost and with a lost reason, which is left out: 1 row.",)
    assert one("name,stage,lost_note\nA,Lost,they said so\n").lost_note == "they said so"


def test_a_probability_of_its_own_differs_from_its_stage_s() -> None:
    header = "name,stage,probability\n"
    assert one(header + "A,Product,50%\n").probability is None
    assert one(header + "A,Product,65\n").probability == 65
    assert one(header + "A,Won,65\n").probability is None
    assert plan(header + "A,Product,66.6\n").notes == ("Rounded probabilities: 1 value, “66.6”.",)


def test_the_currency_is_told_by_the_row_the_header_or_the_user() -> None:
    assert one("name,amount\nA,5\n").currency == "USD"
    assert one("name,amount\nA,5\n", currency="eur").currency == "EUR"
    assert one("name,Amount (GBP)\nA,5\n").currency == "GBP"
    assert one("name,Amount (GBP)\nA,5\n", currency="EUR").currency == "EUR"
    assert one("name,amount,currency\nA,5,CHF\n").currency == "CHF"
    assert one("name,amount\nA,€5\n").currency == "EUR"
    made = plan("name,amount,currency\nA,,CHF\nB,5,\n")
    assert [deal.currency for deal in made.deals] == ["CHF", "USD"]


@pytest.mark.parametrize(
    ("text", "options", "currency"),
    [
        ("name,stage,amount\nA,Demo,5\n", {"new_currency": "SEK"}, "SEK"),
        ("name,stage,amount\nA,Demo,5\n", {"currency": "EUR"}, "EUR"),
        ("name,stage,Amount EUR\nA,Demo,5\n", {}, "EUR"),
        ("name,stage,amount\nA,Demo,€5\nB,Demo,£5\nC,Demo,€7\n", {}, "EUR"),
        ("name,stage,currency\nA,Demo,GBP\nB,Demo,\n", {}, "GBP"),
    ],
)
def test_the_currency_of_a_new_pipeline(text: str, options: dict[str, Any], currency: str) -> None:
    assert plan(text, new_pipeline="New", **options).pipelines[0].currency == currency


def test_rows_that_are_there_are_skipped_or_updated() -> None:
    known = Known((SALES,), {"1": 17}, (KnownDeal(17, "1", "A", instant_text(at()), 1, "USD"),))
    text = "id,name,amount\n1,A,5\n2,B,\n"
    made = plan(text, known)
    assert ([deal.name for deal in made.deals], made.skipped, made.updates) == (["B"], 1, ())
    made = plan(text, known, update=True)
    (update,) = made.updates
    assert (update.deal_id, update.deal.name, update.fields, made.skipped) == (
        17, "A", frozenset({"external_id", "name", "amount"}), 0,
    )  # fmt: skip


def test_a_repeated_row_is_skipped_and_a_contrary_one_is_wrong() -> None:
    made = plan("id,name\n1,A\n2,B\n1,A\n")
    assert (len(made.deals), made.repeated) == (2, 1)
    assert wrong("id,name\n1,A\n1,B\n") == [
        "line 3, column “id”, value “1”: line 2 has the same id and says something else; "
        'correct one, or say --map "id=-"'
    ]


def test_wrong_values_are_told_with_line_column_value_and_what_would_fix_them() -> None:
    text = 'name,Close Date,amount,email\nA,2026-02-30,5,\n\n"B\nb",2026-01-01,five,\nC,,-5,\n'
    assert wrong(text) == [
        "line 2, column “Close Date”, value “2026-02-30”: there is no such day; write it as 2026-12-31, "
        "or leave it empty",
        "line 4, column “amount”, value “five”: this is not an amount; write it like 12000, 12,000.50, 12k or €500, "
        "or leave it empty",
        "line 6, column “amount”, value “-5”: this is negative (an amount is 0 or more, such as 12000 or 12k); "
        "correct it, or leave it empty",
    ]
    assert wrong(f"name\n{'x' * 201}\n")[0].endswith("this has 201 characters; shorten it to at most 200")
    with pytest.raises(WrongRows, match=r"Nothing was imported: line 2.*2 more are wrong") as raised:
        plan("name,amount\n" + "A,x\n" * 12)
    assert (raised.value.total, len(raised.value.cells)) == (12, 10)


def test_options_that_mean_nothing_are_refused() -> None:
    with pytest.raises(InvalidInput, match="no column"):
        plan("name\nA\n", columns={"nme": "name"})
    with pytest.raises(InvalidInput, match="pipeline name is empty"):
        plan("name,stage\nA,B\n", new_pipeline="  ")
    with pytest.raises(InvalidInput, match="“dollars” is not a currency"):
        plan("name,stage\nA,B\n", new_pipeline="New", currency="dollars")


def test_the_plan_says_how_each_column_was_read() -> None:
    made = plan("Deal,Amount,Close Date,Won time,Lost time,Empty\nA,5,1 Dec 2026,,2026-11-01,\n")
    assert [
        (column.header, column.field, column.property_name, column.format, column.example)
        for column in made.columns
    ] == [
        ("Deal", "name", None, "", "A"),
        ("Amount", "amount", None, "whole numbers", "5"),
        ("Close Date", "close_date", None, "with month names", "1 Dec 2026"),
        ("Won time", "closed_on", None, "no dates", ""),
        (
            "Lost time",
            "closed_on",
            None,
            "year-month-day, where the columns before it are empty",
            "2026-11-01",
        ),
        ("Empty", None, None, "", ""),
    ]
    assert (made.name, made.encoding, made.delimiter, made.rows, made.empty_rows) == (
        "deals.csv",
        "UTF-8",
        "comma",
        1,
        0,
    )
    assert date(2026, 11, 20) == TODAY
