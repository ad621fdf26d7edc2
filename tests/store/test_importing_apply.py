"""Importing into a store: everything or nothing, one step of undo, nothing twice."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from statistics import mean, median

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store import (
    Done,
    ImportOptions,
    ImportRefused,
    InvalidInput,
    Outcome,
    StoreError,
    TouchKind,
    apply_import,
    plan_for,
    read_table,
)
from store.schema import POSITION_GAP
from tests.deck import TODAY, Deck, at
from tests.store.csv_files import CRM, PIPEDRIVE, all_deals, bring_in


def test_the_crm_file_becomes_a_pipeline(deck: Deck) -> None:
    bring_in(deck, CRM, new_pipeline="CRM")
    deals = all_deals(deck, "CRM")
    assert {deal.external_id: (deal.stage, deal.amount) for deal in deals.values() if deal.outcome is Outcome.OPEN} == {
        "HAXMC4IX": ("Engaging", None), "UP409DSB": ("Engaging", None), "VJ1I7A6R": ("Prospecting", None),
    }  # fmt: skip
    won = [deal for deal in deals.values() if deal.outcome is Outcome.WON]
    assert [(deal.closed_on, deal.close_date, deal.probability) for deal in won] == [
        (date(2017, 3, 7), None, 100)
    ]
    ganjaflex = deals["Ganjaflex"]
    assert (ganjaflex.created_on, ganjaflex.entered_stage_on) == (date(2016, 11, 10), date(2016, 11, 10))
    assert ganjaflex.properties == {"sales_agent": "Maureen Marcano", "product": "MG Advanced"}
    assert deals["VJ1I7A6R"].entered_stage_on == TODAY


def test_the_sales_cycle_comes_out_of_the_two_dates(deck: Deck) -> None:
    bring_in(deck, CRM, new_pipeline="CRM")
    days = [
        (date.fromisoformat(closed[:10]) - date.fromisoformat(created[:10])).days
        for created, closed in deck.rows(
            "SELECT created_at, closed_at FROM deals JOIN stages s ON s.id = stage_id AND s.outcome = 'won'"
        )
    ]
    assert (mean(days), median(days)) == (132.5, 132.5)


def test_an_import_is_one_action_and_one_undo(deck: Deck) -> None:
    deck.deal("Acme")
    before = deck.dump()
    bring_in(deck, CRM, "sales.csv", new_pipeline="CRM")
    after = deck.dump()
    assert deck.store.history.peek_undo() == "import 6 deals from sales.csv"
    assert len(after["deals"]) == 7
    deck.undo()
    assert deck.dump() == before
    deck.redo()
    assert deck.dump() == after
    recorded = deck.rows("SELECT count(*) FROM changes WHERE action_id = 3 AND after IS NOT NULL")[0][0]
    assert recorded == sum(len(after[table]) - len(before[table]) for table in after)
    assert deck.rows("PRAGMA foreign_key_check") == []


def test_the_journal_of_an_import_is_as_the_triggers_write_it(deck: Deck) -> None:
    def triggers() -> list[tuple[str, str]]:
        return deck.rows("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name")

    present = triggers()
    hostile = 'name,notes,contact,tags,next step\n"A ""q"" \\ \t😀","two\nlines\t\\","Ann ""A""","a,b",call\n'
    bring_in(deck, hostile)
    bring_in(deck, CRM, new_pipeline="CRM")
    deck.undo()
    deck.undo()
    pairs = deck.rows("""
        SELECT made.table_name, made.before, made.after, gone.before, gone.after FROM changes AS made
        JOIN changes AS gone ON (gone.table_name, gone.row_id) = (made.table_name, made.row_id) AND gone.id > made.id
        WHERE made.action_id IN (2, 3) ORDER BY made.id
    """)
    assert len(pairs) == len(deck.rows("SELECT id FROM changes WHERE action_id IN (2, 3)"))
    assert {table for table, *_ in pairs} >= {
        "pipelines",
        "deals",
        "visits",
        "people",
        "tags",
        "tasks",
        "properties",
    }
    for _, before, after, gone_before, gone_after in pairs:
        assert (before, after) == (gone_after, gone_before) == (None, after)
    assert triggers() == present


def test_the_rows_keep_their_order_before_what_is_there(deck: Deck) -> None:
    deck.deal("Old")
    bring_in(deck, "name\nFirst\nSecond\nThird\n")
    assert deck.column("radar") == ["First", "Second", "Third", "Old"]
    bring_in(deck, "name\nNewest\n")
    assert deck.column("radar") == ["Newest", "First", "Second", "Third", "Old"]
    positions = [position for (position,) in deck.rows("SELECT position FROM deals ORDER BY position")]
    assert {after - before for before, after in pairwise(positions)} == {POSITION_GAP}


def test_everything_of_a_row_is_kept(deck: Deck) -> None:
    bring_in(deck, PIPEDRIVE, new_pipeline="New")
    deals = all_deals(deck)
    page = deck.page(deals["Hotel Europejski"].id)
    assert (page.deal.company, page.deal.amount, page.deal.currency) == (
        "Hotel Europejski sp. z o.o.",
        3000050,
        "EUR",
    )
    assert [(task.title, task.due_on) for task in page.tasks] == [("follow up", date(2026, 11, 24))]
    assert [(touch.kind, touch.at) for touch in page.touches] == [(TouchKind.NOTE, at("2026-11-05"))]
    assert page.deal.idle_since == date(2026, 11, 5)
    assert [person.name for person in page.people] == ["Ann Ito"]
    won = deck.page(deals["Medicover"].id)
    assert [visit.stage for visit in won.visits] in (["Proposal Made", "Won"], ["Won", "Proposal Made"])
    assert won.deal.closed_on == date(2026, 10, 10)
    assert all_deals(deck)["Wonka"].lost_reason == "Too expensive"


def test_companies_and_people_are_found_again(deck: Deck) -> None:
    deck.deal("Acme", company="Acme Inc")
    text = (
        "name,company,contact,email\n"
        "A,ACME INC,Ann Ito,ann@x.com\nB,Acme Inc,ann ito,ANN@x.com\nC,Acme Inc,Ann Ito,\nD,Other,Ann Ito,\n"
        "E,Acme Inc,Bob Ray,ann@x.com\n"
    )
    made = bring_in(deck, text)
    assert (made.new_companies, made.new_people) == (1, 3)
    assert deck.rows("SELECT name FROM companies ORDER BY id") == [("Acme Inc",), ("Other",)]
    assert deck.rows("SELECT name, email, company_id FROM people ORDER BY id") == [
        ("Ann Ito", "ann@x.com", 1), ("Ann Ito", "", 2), ("Bob Ray", "ann@x.com", 1),
    ]  # fmt: skip
    assert len(deck.rows("SELECT * FROM deal_people")) == 5
    assert bring_in(deck, text.replace("A,", "F,", 1)).new_people == 0


def test_what_is_there_is_skipped(deck: Deck) -> None:
    bring_in(deck, CRM, new_pipeline="CRM")
    before = deck.dump()
    made = bring_in(deck, CRM, new_pipeline="CRM")
    assert (len(made.deals), made.skipped) == (0, 6)
    assert deck.dump() == before
    assert deck.store.history.actions(1)[0].title == "import 6 deals from deals.csv"
    bring_in(deck, CRM, new_pipeline="Another")
    assert [pipeline.name for pipeline in deck.store.read.pipelines()] == ["Sales", "CRM"]


def test_a_deleted_deal_is_not_there(deck: Deck) -> None:
    bring_in(deck, "id,name\n1,A\n")
    deck.store.deals.delete([all_deals(deck)["A"].id], at())
    assert len(bring_in(deck, "id,name\n1,A\n").deals) == 1


def test_a_deal_that_was_imported_again_is_not_restored_beside_it(deck: Deck) -> None:
    bring_in(deck, "id,name\n1,A\n")
    (old,) = (deal.id for deal in all_deals(deck).values())
    deck.store.deals.delete([old], at())
    bring_in(deck, "id,name\n1,A again\n")
    before = deck.dump()
    with pytest.raises(InvalidInput, match="A is there again, as A again, with the same external id 1"):
        deck.store.deals.restore([old], at())
    assert deck.dump() == before
    deck.store.deals.delete([all_deals(deck)["A again"].id], at())
    deck.store.deals.restore([old], at())
    assert list(all_deals(deck)) == ["A"]


def test_nothing_to_import_writes_nothing(deck: Deck) -> None:
    bring_in(deck, "id,name\n1,A\n")
    table = read_table(b"id,name\n1,A\n", "again.csv")
    plan = plan_for(deck.store, table, ImportOptions(), TODAY, at())
    assert apply_import(deck.store, plan, at()) == Done(None, "import 0 deals from again.csv", ())


def test_what_changed_since_the_plan_was_made_is_not_overwritten(deck: Deck) -> None:
    plan = plan_for(deck.store, read_table(b"id,name\n1,A\n", "a.csv"), ImportOptions(), TODAY, at())
    bring_in(deck, "id,name\n1,B\n")
    before = deck.dump()
    with pytest.raises(ImportRefused, match="Another program has changed the deals meanwhile"):
        apply_import(deck.store, plan, at())
    assert deck.dump() == before
    assert deck.store.history.actions(1)[0].title == "import 1 deal from deals.csv"


def test_an_import_that_is_broken_off_leaves_nothing_behind(deck: Deck) -> None:
    before = deck.dump()
    table = read_table(CRM.encode(), "crm.csv")
    plan = plan_for(deck.store, table, ImportOptions(new_pipeline="CRM"), TODAY, at())

    def break_off(done: int, total: int) -> None:
        raise KeyboardInterrupt(done, total)

    with pytest.raises(KeyboardInterrupt):
        apply_import(deck.store, plan, at(), break_off)
    assert deck.dump() == before
    assert deck.store.history.peek_undo() is None
    deck.deal("Acme")
    assert len(deck.rows("SELECT id FROM changes WHERE table_name = 'deals'")) == 1
    deck.undo()
    assert len(apply_import(deck.store, plan, at()).deal_ids) == 6


def test_progress_is_told(deck: Deck) -> None:
    text = "name\n" + "A\n" * 600
    plan = plan_for(deck.store, read_table(text.encode(), "a.csv"), ImportOptions(), TODAY, at())
    told: list[tuple[int, int]] = []
    done = apply_import(deck.store, plan, at(), lambda done, total: told.append((done, total)))
    assert told == [(250, 600), (500, 600), (600, 600)]
    assert len(done.deal_ids) == 600


def test_a_new_pipeline_comes_after_those_that_are_there(deck: Deck) -> None:
    bring_in(deck, CRM, new_pipeline="CRM")
    sales, crm = deck.store.read.pipelines()
    assert (sales.name, crm.name, crm.lost_reasons) == ("Sales", "CRM", sales.lost_reasons)
    assert [(stage.stuck_limit, stage.outcome) for stage in crm.stages] == [
        (14, "open"), (14, "open"), (None, "won"), (None, "lost"),
    ]  # fmt: skip
    deck.store.deals.win([all_deals(deck)["Ganjaflex"].id], at())
    assert all_deals(deck)["Ganjaflex"].stage == "Won"


UPDATED = (
    "id,name,stage,amount,company,contact,tags,notes,Seats,close_date,probability,"
    "next_step,next_step_on,last_touch_on"
)
UPDATABLE = f"""{UPDATED}
1,Acme,radar,1000,Acme Inc,Ann,eu,first,5,2026-12-01,,call Ann,2026-11-25,2026-11-01
2,Wayne,radar,500,,,,,,,,,,
3,Hooli,product,700,,,,,,,,,,
"""


def test_update_changes_what_the_file_says_otherwise(deck: Deck) -> None:
    bring_in(deck, UPDATABLE)
    before = deck.dump()
    newer = f"""{UPDATED},lost_reason,entered_stage_on
1,Acme renewal,product,"2,000",ACME Group,Bob,hot,second,6,2026-12-24,65,call Ann,2026-11-30,2026-11-10,,2026-11-12
2,Wayne,Lost,,,,,,,2026-11-15,,,,,no answer,
3,Hooli,product,700,,,,,,,,,,,,
4,New,,,,,,,,,,,,,,
"""
    made = bring_in(deck, newer, "newer.csv", update=True)
    assert (len(made.deals), len(made.updates), made.unchanged, made.skipped) == (1, 2, 1, 0)
    assert deck.store.history.peek_undo() == "import 1 deal and update 2 from newer.csv"
    deals = all_deals(deck)
    acme = deck.page(deals["Acme renewal"].id)
    assert (acme.deal.stage, acme.deal.amount, acme.deal.company, acme.deal.probability) == (
        "Product evaluated", 200000, "ACME Group", 65,
    )  # fmt: skip
    assert (acme.deal.entered_stage_on, acme.deal.close_date) == (date(2026, 11, 12), date(2026, 12, 24))
    assert (acme.notes, acme.deal.tags, acme.deal.properties) == ("second", ("eu", "hot"), {"Seats": "6"})
    assert sorted(person.name for person in acme.people) == ["Ann", "Bob"]
    assert [(task.title, task.due_on) for task in acme.tasks] == [("call Ann", date(2026, 11, 30))]
    assert sorted(touch.at for touch in acme.touches) == [at("2026-11-01"), at("2026-11-10")]
    wayne = deals["Wayne"]
    assert (wayne.outcome, wayne.lost_reason, wayne.amount) == (Outcome.LOST, "no answer", 50000)
    assert deals["New"].stage == "On radar"
    deck.undo()
    assert deck.dump() == before


def test_an_update_that_changes_nothing_writes_nothing(deck: Deck) -> None:
    bring_in(deck, UPDATABLE)
    before = deck.dump()
    last = deck.store.history.actions(1)
    bring_in(deck, UPDATABLE, update=True)
    assert deck.dump() == before
    assert deck.store.history.actions(1) == last
    table = read_table(UPDATABLE.encode() + b"4,New,radar\n", "deals.csv")
    plan = plan_for(deck.store, table, ImportOptions(update=True), TODAY, at())
    told: list[tuple[int, int]] = []
    done = apply_import(deck.store, plan, at(), lambda done, total: told.append((done, total)))
    assert (len(done.deal_ids), told) == (1, [(1, 1)])


def test_an_update_of_a_lost_row_that_does_not_say_why(deck: Deck) -> None:
    bring_in(deck, "id,name\n1,Acme\n2,Wayne\n")
    bring_in(deck, "id,stage,snoozed_until\n1,lost,\n2,radar,2026-12-24\n", update=True)
    deals = all_deals(deck)
    assert (deals["Acme"].lost_reason, deals["Acme"].name) == ("other", "Acme")
    assert deals["Wayne"].snoozed_until == date(2026, 12, 24)


cells = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["2026-11-01", "3/11/2026", "1.234,5", "€5", "50%", "Won", "open", '[{"a":1}]', "'=1", "a;b", '"']
    ),
)
headers = st.sampled_from(
    [
        "name",
        "stage",
        "amount",
        "close_date",
        "created_on",
        "probability",
        "tags",
        "email",
        "status",
        "x",
        "id",
        "currency",
    ]
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300))
def test_any_bytes_are_imported_or_refused(deck: Deck, data: bytes) -> None:
    try_to_import(deck, data)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(headers, min_size=1, max_size=5),
    st.lists(st.lists(cells, min_size=1, max_size=5), min_size=1, max_size=5),
    st.sampled_from([",", ";", "\t", "|"]),
)
def test_any_table_is_imported_or_refused(
    deck: Deck, names: list[str], rows: list[list[str]], mark: str
) -> None:
    lines = [mark.join(names), *(mark.join(cell.replace(mark, " ") for cell in row) for row in rows)]
    try_to_import(deck, "\n".join(lines).encode("utf-8", "surrogatepass"))


def try_to_import(deck: Deck, data: bytes) -> None:
    """Import and undo, or be told by an error of ours why not, with nothing written."""
    before = deck.dump()
    for options in (ImportOptions(), ImportOptions(new_pipeline="New", date_order="dmy")):
        try:
            plan = plan_for(deck.store, read_table(data, "fuzz.csv"), options, TODAY, at())
            done = apply_import(deck.store, plan, at())
        except StoreError:
            pass
        else:
            if done.action_id is not None:
                deck.undo()
        assert deck.dump() == before
