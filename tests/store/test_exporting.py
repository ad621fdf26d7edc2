"""Exporting, and importing the export again without any loss."""

from __future__ import annotations

import csv
import io
import json
import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store import (
    CompanyDraft,
    CompanyPatch,
    Done,
    ImportOptions,
    ImportRefused,
    InvalidInput,
    PersonDraft,
    Role,
    Stance,
    Store,
    StoreError,
    TaskDraft,
    TouchKind,
    WrongRows,
    apply_import,
    export_csv,
    export_file,
    open_store,
    plan_for,
    read_table,
    template,
)
from store.files import new_file
from tests.deck import TODAY, Deck, at
from tests.store.csv_files import CRM, PIPEDRIVE, bring_in

HOSTILE = "Acme [/] \x1b]52;c;eA==\x07 [@click=app.quit]x"


def exported(store: Store, **options: Any) -> str:
    out = io.StringIO(newline="")
    export_csv(store, out, **options)
    return out.getvalue()


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@contextmanager
def imported(text: str, **options: Any) -> Iterator[Store]:
    """A new, empty store into which a file of this text was imported."""
    with TemporaryDirectory() as folder, open_store(Path(folder) / "new.db", create=True) as store:
        bring(store, text, **options)
        yield store


def bring(store: Store, text: str, *, raw: bool = False, **options: Any) -> Done:
    table = read_table(text.encode(), "deals.csv", raw=raw)
    plan = plan_for(store, table, ImportOptions(**options), TODAY, at())
    return apply_import(store, plan, at())


def content(store: Store) -> list[Any]:
    """Pipelines and deals with all that hangs on them, without the numbers they go by."""
    found: list[Any] = []
    for pipeline in store.read.pipelines():
        stages = [
            (stage.name, stage.probability, stage.outcome, stage.criterion, stage.evidence_required, stage.stuck_limit,
             stage.dwell_limit, [(item.title, item.required) for item in stage.checklist])
            for stage in pipeline.stages
        ]  # fmt: skip
        found.append((pipeline.name, pipeline.currency, pipeline.lost_reasons, pipeline.monthly_goal, stages))
        for deal in store.read.list_deals(pipeline.id, TODAY, closed=True):
            page = store.read.deal_page(deal.id, TODAY)
            found.append((
                deal.name, deal.company, deal.stage, deal.amount, deal.currency, deal.own_probability, deal.close_date,
                deal.created_on, deal.entered_stage_on, deal.closed_on, deal.lost_reason, deal.source, deal.external_id,
                deal.snoozed_until, deal.tags, dict(deal.properties), deal.idle_since, deal.days_in_stage_all,
                page.notes, page.lost_note, page.company_notes,
                [
                    (person.name, person.email, person.phone, person.role, person.stance, person.notes, person.company)
                    for person in page.people
                ],
                [
                    (task.title, task.due_on, task.created_at, task.done_at, task.due_at, task.repeat_days)
                    for task in page.tasks
                ],
                [(touch.kind, touch.at, touch.text) for touch in page.touches],
                [
                    (visit.stage, visit.entered_at, visit.left_at, visit.evidence, visit.criterion)
                    for visit in page.visits
                ],
                ticks(store, deal.id),
            ))  # fmt: skip
    return found


def ticks(store: Store, deal_id: int) -> list[Any]:
    """What was ticked off during the visits of a deal."""
    sql = """
        SELECT v.entered_at, v.left_at, i.title, i.position, t.at FROM ticks AS t
        JOIN visits AS v ON v.id = t.visit_id JOIN checklist_items AS i ON i.id = t.item_id
        WHERE v.deal_id = ? ORDER BY v.entered_at, v.left_at, i.position
    """
    return store.read.ask(lambda connection: connection.execute(sql, (deal_id,)).fetchall())


def assert_comes_back(store: Store) -> None:
    text = exported(store)
    with imported(text) as again:
        assert content(again) == content(store)
        assert exported(again) == text
    raw = exported(store, raw=True)
    with imported(raw, raw=True) as again:
        assert content(again) == content(store)


def busy(deck: Deck) -> None:
    """A deck with something of everything."""
    store = deck.store
    store.pipelines.set_goal(deck.pipeline.id, None, 1000000, at())
    store.pipelines.set_goal(deck.pipeline.id, "2026-11", 3000050, at())
    acme = deck.deal(
        "=Acme", amount=12000, company="+Acme Inc", source="-inbound", tags=("eu", "hot, hot"),
        notes="two\nlines\n\n= 3",
        properties={"Seats": "-5", "name": "@x", "'tis": "'=y"}, close="2026-12-24", external_id="@7", on="2026-10-01",
    )  # fmt: skip
    deck.move(acme, "product", on="2026-10-10", evidence='joined, "3 seats"')
    deck.move(acme, "radar", on="2026-10-20")
    deck.move(acme, "product", on="2026-11-01")
    deck.touch(acme, "wants; SSO\nbefore signing", TouchKind.MEETING, on="2026-11-03")
    deck.touch(acme, "=1+1", TouchKind.NOTE, on="2026-11-02")
    done = deck.task(acme, "send the offer", on="2026-11-04")
    store.tasks.finish([done], at("2026-11-05"))
    deck.task(acme, "call Ann", "2026-11-23")
    deck.task(acme, "some day")
    weekly = TaskDraft("check in", date(2026, 11, 27), time(14, 30), 7)
    store.tasks.add([acme], weekly, at("2026-11-06"))
    store.people.add(
        [acme], PersonDraft("=Ann", "ann@acme.com", company="=Acme"), Role.DECIDES, Stance.AGAINST, at()
    )
    store.people.add([acme], PersonDraft("Bob"), None, Stance.NEUTRAL, at())
    tick_all(deck, acme)
    write_about(store, **{"+Acme Inc": "=1+1\n\npays late", "=Acme": "theirs"})
    store.deals.snooze([acme], date(2026, 12, 1), at())
    won = deck.deal(HOSTILE, amount=5, currency="EUR", on="2026-09-01", close="2026-09-15")
    deck.move(won, "signed", on="2026-10-02")
    lost = deck.deal("Wayne 株式会社 🦇", on="2026-09-03", probability=33)
    store.deals.lose([lost], "went elsewhere", at("2026-09-20"), note="- no budget\nthis year")
    deck.deal("Hooli", "decision", probability=80, on="2026-11-19")
    for name in ("First", "Second"):
        deck.deal(name)
    delivery = store.pipelines.create(template("delivery"), "Delivery", "EUR", at()).made_id
    stage = next(each for each in store.read.pipelines() if each.id == delivery).stages[0]
    store.deals.move([won], stage.id, at("2026-10-03"))
    bring_in(deck, PIPEDRIVE, new_pipeline="Pipe")


def tick_all(deck: Deck, deal_id: int) -> None:
    """Ticks off what the deal's stage asks, the last item first."""
    stage = next(stage for stage in deck.pipeline.stages if stage.id == deck.read(deal_id).stage_id)
    for item in reversed(stage.checklist):
        deck.store.checklists.tick(deal_id, item.id, True, at())


def test_what_was_ticked_off_is_ticked_off_in_the_visit_it_was(deck: Deck) -> None:
    acme = deck.deal("Acme", "product", on="2026-11-01")
    tick_all(deck, acme)
    deck.move(acme, "decision", on="2026-11-03", evidence="saw it")
    tick_all(deck, acme)
    assert len(ticks(deck.store, acme)) > 2
    with imported(exported(deck.store)) as again:
        assert ticks(again, 1) == ticks(deck.store, acme)
        visits = again.read.deal_page(1, TODAY).visits
        assert [visit.criterion for visit in visits] == [visit.criterion for visit in deck.page(acme).visits]
        assert all(visit.criterion for visit in visits)


def test_ticks_find_their_items_on_a_checklist_that_has_changed(deck: Deck) -> None:
    acme = deck.deal("Acme", "product", on="2026-11-01")
    tick_all(deck, acme)
    text = exported(deck.store)
    first, *others = next(
        stage for stage in deck.pipeline.stages if stage.id == deck.stage("product")
    ).checklist
    with TemporaryDirectory() as folder, Deck(Path(folder) / "other.db") as other:
        with sqlite3.connect(other.path) as raw:
            raw.execute("DELETE FROM checklist_items WHERE title = ?", (first.title,))
        raw.close()
        bring(other.store, text)
        assert [tick[2] for tick in ticks(other.store, 1)] == [item.title for item in others]


def write_about(store: Store, **notes: str) -> None:
    """Keep notes about companies."""
    ids = {card.name: card.id for card in store.read.company_cards().cards}
    for name, text in notes.items():
        store.companies.edit(ids[name], CompanyPatch(notes=text), at())


def notes_of_companies(store: Store) -> dict[str, str]:
    return {card.name: card.notes for card in store.read.company_cards().cards}


def test_what_is_noted_about_a_company_comes_along(deck: Deck) -> None:
    acme = deck.deal("Acme renewal", company="Acme")
    deck.store.people.add([acme], PersonDraft("Ann", company="Globex"), None, None, at())
    deck.store.companies.create(CompanyDraft("Nobody's", "none of its deals is exported"), at())
    write_about(deck.store, Acme='pays "late"\n= 3', Globex="the parent")
    text = exported(deck.store)
    with imported(text) as again:
        assert notes_of_companies(again) == {"Acme": 'pays "late"\n= 3', "Globex": "the parent"}
        write_about(again, Acme="pays at once", Globex="")
        deck.deal("Acme add-on", company="ACME")
        bring(again, exported(deck.store))
        assert notes_of_companies(again) == {"Acme": "pays at once", "Globex": ""}
    older = [{key: value for key, value in row.items() if key != "companies"} for row in rows(text)]
    with imported(written(older)) as again:
        assert again.read.deal_page(1, TODAY).visits == deck.page(acme).visits
        assert set(notes_of_companies(again).values()) == {""}


def written(found: list[dict[str, str]]) -> str:
    """Rows as the text of a file."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(found[0]))
    writer.writeheader()
    writer.writerows(found)
    return out.getvalue()


@pytest.mark.parametrize("cell", ["{", "[5]", '[{"name":"Acme","notes":5}]', '[{"name":" ","notes":"x"}]'])
def test_companies_that_were_changed_wrongly_are_refused(deck: Deck, cell: str) -> None:
    deck.deal("Acme")
    text = changed(exported(deck.store), "companies", lambda _: cell)
    with pytest.raises(ImportRefused, match='column "companies"'), imported(text):
        pass


def test_an_update_from_an_export_brings_times_and_repetitions(deck: Deck) -> None:
    acme = deck.deal("Acme", external_id="1", on="2026-11-01")
    task = deck.store.tasks.add([acme], TaskDraft("call", date(2026, 11, 24), time(9), 7), at()).made_id
    assert task is not None
    text = exported(deck.store)
    deck.store.tasks.edit(task, TaskDraft("call", date(2026, 11, 25)), at())
    bring(deck.store, text, update=True)
    (found,) = deck.page(acme).tasks
    assert (found.due_on, found.due_at, found.repeat_days) == (date(2026, 11, 24), time(9), 7)
    before = deck.dump()
    bring(deck.store, text, update=True)
    assert deck.dump() == before


def test_an_export_comes_back_as_it_was(deck: Deck) -> None:
    busy(deck)
    assert_comes_back(deck.store)


@pytest.mark.parametrize("percents", [(0,), (1,), (0, 1), (1, 100), (None, 1)])
def test_a_probability_of_its_own_comes_back_as_percent(deck: Deck, percents: tuple[int | None, ...]) -> None:
    for percent in percents:
        deck.deal(f"at {percent}", probability=percent)
    with imported(exported(deck.store)) as again:
        assert content(again) == content(deck.store)


def test_the_fields_are_columns_that_people_can_read(deck: Deck) -> None:
    busy(deck)
    by_name = {row["name"]: row for row in rows(exported(deck.store))}
    acme = by_name["'=Acme"]
    fields = ("company", "pipeline", "stage", "outcome", "amount", "currency", "probability")
    assert [acme[field] for field in fields] == [
        "'+Acme Inc", "Sales", "Product evaluated", "open", "12000.00", "USD", "50",
    ]  # fmt: skip
    days = ("created_on", "entered_stage_on", "closed_on", "close_date", "snoozed_until")
    assert [acme[field] for field in days] == [
        "2026-10-01", "2026-11-01", "", "2026-12-24", "2026-12-01",
    ]  # fmt: skip
    assert [acme[field] for field in ("next_step", "next_step_on", "last_touch_on", "external_id", "notes")] == [
        "call Ann", "2026-11-23", "2026-11-03", "'@7", "two\nlines\n\n= 3",
    ]  # fmt: skip
    assert (acme["property: Seats"], acme["property: name"], acme["property: 'tis"]) == ("-5", "'@x", "''=y")
    assert (acme["tags"], by_name["Medicover"]["tags"]) == ('["eu","hot, hot"]', "")
    assert (by_name["Wayne 株式会社 🦇"]["lost_note"], by_name["Medicover"]["outcome"]) == (
        "'- no budget\nthis year",
        "won",
    )
    assert by_name["Hotel Europejski"]["contact"] == "Ann Ito"
    assert (by_name["Hooli"]["probability"], by_name["Hooli"]["own_probability"]) == ("80", "80")


steps = st.lists(
    st.tuples(st.none() | st.sampled_from(["2026-11-22", "2026-12-24"]), st.integers(1, 4), st.booleans()),
    max_size=5,
)


@settings(max_examples=30, deadline=None)
@given(tasks=steps)
def test_the_next_step_is_the_same_one_everywhere(tasks: list[tuple[str | None, int, bool]]) -> None:
    with TemporaryDirectory() as folder, Deck(Path(folder) / "deals.db") as deck:
        deal_id = deck.deal("Acme", on="2026-11-01")
        for number, (due, day, is_done) in enumerate(tasks):
            task_id = deck.task(deal_id, f"task {number}", due, on=f"2026-11-0{day}")
            if is_done:
                deck.store.tasks.finish([task_id], at())
        page = deck.page(deal_id)
        step = page.deal.next_step
        (row,) = rows(exported(deck.store))
        waiting = [task for task in page.tasks if task.done_at is None]
        assert (row["next_step"] or None) == (step.title if step else None)
        assert (waiting[0].id if waiting else None) == (step.task_id if step else None)
        assert page.tasks[: len(waiting)] == tuple(waiting)


_CALLS = ("=HYPERLINK(1)", "@SUM(1)", "= SUM(1)", "+1+cmd|' /C calc'!A0", "-'\\\\host\\[x]y'!A1")


@pytest.mark.parametrize("sign", [";", "\n", ';"', ";'", '\n""'])
def test_no_cell_is_a_formula_whatever_a_spreadsheet_parts_the_cells_by(deck: Deck, sign: str) -> None:
    for formula in (*_CALLS, *(("-2+3", "=A1") if ";" in sign else ())):
        line = f"hello{sign}{formula}"
        deck.deal(line, company=line, tags=(line, "a,b"), properties={line: line}, source=line, external_id=line,
                  notes=f"{line}\n{_CALLS[0]};x", task=line)  # fmt: skip
        deck.touch(max(deal for (deal,) in deck.rows("SELECT id FROM deals")), f"{line};{formula}")
        deck.deal(f"lost{line}")
        deck.store.deals.lose(
            [max(deal for (deal,) in deck.rows("SELECT id FROM deals"))], line, at(), note=line
        )
    text = exported(deck.store)
    for delimiter in ",;\t|":
        # A strict reader stops at what a spreadsheet reads on over.
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            assert [cell for cell in row if cell[:1] in {*"=+-@"}] == []
    assert_comes_back(deck.store)


def test_a_list_in_notes_is_written_as_it_is(deck: Deck) -> None:
    deck.deal("Acme", notes="to do:\n- call Ann\n+ send it; -5 % at most\n= 3")
    (row,) = rows(exported(deck.store))
    assert row["notes"] == "to do:\n- call Ann\n+ send it; -5 % at most\n= 3"


def test_raw_puts_no_guard(deck: Deck) -> None:
    deck.deal("=Acme")
    assert rows(exported(deck.store, raw=True))[0]["name"] == "=Acme"


def test_one_pipeline_may_be_exported(deck: Deck) -> None:
    deck.deal("Acme")
    bring_in(deck, CRM, new_pipeline="CRM")
    crm = deck.store.read.pipelines()[1].id
    found = rows(exported(deck.store, pipeline_id=crm))
    assert {row["pipeline"] for row in found} == {"CRM"}
    assert [pipeline["name"] for pipeline in json.loads(found[0]["pipelines"])] == ["CRM"]


def test_an_export_of_one_pipeline_has_those_that_its_deals_came_through(deck: Deck) -> None:
    busy(deck)
    for pipeline in deck.store.read.pipelines():
        text = exported(deck.store, pipeline_id=pipeline.id)
        defined = [each["name"] for each in json.loads(rows(text)[0]["pipelines"])]
        assert defined == (["Sales", "Delivery"] if pipeline.name == "Delivery" else [pipeline.name])
        with imported(text) as again:
            assert [each.name for each in again.read.pipelines()] == defined


def test_deleted_deals_stay_behind(deck: Deck) -> None:
    deck.store.deals.delete([deck.deal("Acme")], at())
    assert rows(exported(deck.store)) == []


def test_an_export_goes_into_a_pipeline_of_the_same_name(deck: Deck, tmp_path: Path) -> None:
    deck.deal("Acme", "product")
    text = exported(deck.store)
    with Deck(tmp_path / "other.db") as other:
        bring(other.store, text)
        assert [pipeline.name for pipeline in other.store.read.pipelines()] == ["Sales"]
        assert other.column("product") == ["Acme"]


def test_an_export_goes_into_a_new_pipeline_of_another_name(deck: Deck) -> None:
    busy(deck)
    with imported(exported(deck.store), new_pipeline="All") as again:
        (pipeline,) = again.read.pipelines()
        outcomes = [stage.outcome for stage in pipeline.stages]
        assert (pipeline.name, outcomes) == ("All", sorted(outcomes, key=["open", "won", "lost"].index))
        assert len(again.read.list_deals(None, TODAY, closed=True)) == len(rows(exported(deck.store)))


def test_an_export_without_its_lists_is_read_as_any_file(deck: Deck) -> None:
    busy(deck)
    kept = [
        {key: value for key, value in row.items() if key not in {"visits", "pipelines"}}
        for row in rows(exported(deck.store))
    ]
    with imported(written(kept), new_pipeline="All") as again:
        acme = next(deal for deal in again.read.list_deals(None, TODAY) if deal.name == "=Acme")
        assert (acme.entered_stage_on, acme.amount, acme.properties["Seats"]) == (
            date(2026, 11, 1),
            1200000,
            "-5",
        )


def changed(text: str, column: str, change: Callable[[str], str]) -> str:
    found = rows(text)
    for row in found:
        row[column] = change(row[column])
    return written(found)


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("visits", "[", "not a list in JSON"),
        ("visits", "[1]", "something in the list is no object"),
        ("visits", '[{"stage":"Nowhere","entered_at":"NOV"}]', "there is no stage “Nowhere”"),
        ("visits", '[{"stage":"On radar","entered_at":"soon"}]', "is not an instant"),
        ("visits", '[{"stage":"On radar","entered_at":"NOV","left_at":"2026-10-01T12:00:00Z"}]', "ends before it begins"),  # noqa: E501
        ("visits", '[{"stage":"On radar","entered_at":"NOV","left_at":"2026-11-02T12:00:00Z"}]', "only the last visit"),
        ("visits", '[{"stage":"Closed lost","entered_at":"NOV"}]', "to “Closed lost”, the row is in “On radar”"),
        ("visits", '[{"stage":5,"entered_at":"NOV"}]', "5 should be a text in quotes"),
        ("touches", '[{"kind":"fax","at":"NOV"}]', "“fax” is no kind of touch"),
        ("tasks", '[{"title":"x","due_on":"2026-13-01","created_at":"NOV"}]', "is no day such as"),
        ("tasks", '[{"title":"","created_at":"NOV"}]', "next step is empty"),
        ("tasks", '[{"title":"x","due_on":"2026-12-01","due_at":"24:00","created_at":"NOV"}]', "is no time such as"),
        ("tasks", '[{"title":"x","due_at":"14:30","created_at":"NOV"}]', "needs a day"),
        ("tasks", '[{"title":"x","due_on":"2026-12-01","repeat_days":4000,"created_at":"NOV"}]', "from 0 to 3,650"),
        ("visits", '[{"stage":"On radar","entered_at":"NOV","ticked":[{"item":"x","at":"soon"}]}]', "not an instant"),
        ("people", '[{"name":" "}]', "contact is empty"),
        ("people", f'[{{"name":"Ann","email":"{"a" * 201}"}}]', "The e-mail has 201 characters; at most 200 are kept"),
        ("people", f'[{{"name":"Ann","phone":"{"1" * 201}"}}]', "The phone has 201 characters; at most 200 are kept"),
        ("people", f'[{{"name":"Ann","role":"{"r" * 201}"}}]', "The role has 201 characters; at most 200 are kept"),
        ("created_at", "yesterday", "is not an instant"),
        ("own_probability", "130", "not between 0 and 100"),
    ],
)  # fmt: skip
def test_a_list_that_was_changed_wrongly_is_told(deck: Deck, column: str, value: str, message: str) -> None:
    deck.deal("Acme")
    text = changed(exported(deck.store), column, lambda _: value.replace("NOV", "2026-11-01T12:00:00Z"))
    with pytest.raises(WrongRows, match=message) as raised, imported(text):
        pass
    assert (raised.value.cells[0].line, raised.value.cells[0].column) == (2, column)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[", "{", "is not a list of pipelines"),
        ('"outcome":"won"', '"outcome":"open"', "a pipeline has an open, a won and a lost stage"),
        ('"outcome":"won"', '"outcome":"maybe"', "“maybe” is no outcome"),
        ('"probability":10', '"probability":110', "probability should be a whole number from 0 to 100"),
        ('"probability":10,', "", "a stage has a probability"),
        ('"name":"Sales"', '"name":""', "pipeline name is empty"),
        ('"currency":"USD"', '"currency":"ABC"', "is not a currency"),
        ('"monthly_goal":null', '"monthly_goal":"NaN"', "“NaN” is no amount"),
        ('"monthly_goal":null', '"monthly_goal":"1e999999"', "is no amount"),
        ('"monthly_goal":null', '"monthly_goal":"0.005"', "is no amount in USD"),
        ('"goals":{}', '"goals":{"2026-13":"5"}', "“2026-13” is not a month such as 2026-11"),
        ('"stages":[', '"stages":5,"x":[', "stages should be a list"),
    ],
)
def test_pipelines_that_were_changed_wrongly_are_refused(
    deck: Deck, old: str, new: str, message: str
) -> None:
    deck.deal("Acme")
    text = changed(exported(deck.store), "pipelines", lambda cell: cell.replace(old, new))
    with pytest.raises(ImportRefused, match=message), imported(text):
        pass


_KEYS = ("stage", "entered_at", "left_at", "kind", "at", "title", "created_at", "name", "stages")
json_like = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 10**20)
    | st.text(max_size=5)
    | st.just("2026-11-01T12:00:00Z"),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["stage", "entered_at", "left_at", "kind", "at", "title", "created_at", "name", "stages"]
            ),
            inner,
        )
    ),
    max_leaves=8,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["visits", "touches", "tasks", "people", "pipelines"]), json_like | st.text(max_size=10)
)
def test_any_list_is_taken_or_refused(deck: Deck, column: str, value: object) -> None:
    if not deck.store.read.list_deals(None, TODAY):
        deck.deal("Acme")
    cell = value if isinstance(value, str) else json.dumps(value)
    text = changed(exported(deck.store), column, lambda _: cell)
    try:
        with imported(text):
            pass
    except ImportRefused:
        pass


names = st.text(min_size=1, max_size=8).filter(lambda text: bool(text.strip()))
steps = st.lists(
    st.tuples(
        st.sampled_from(["deal", "move", "touch", "task", "finish", "lose", "snooze", "property"]),
        names,
        st.integers(0, 40),
    ),
    max_size=12,
)


@settings(deadline=None, max_examples=25)
@given(steps)
def test_whatever_was_done_comes_back(done: list[tuple[str, str, int]]) -> None:
    with TemporaryDirectory() as folder, Deck(Path(folder) / "deals.db") as deck:
        deck.deal("Acme", on="2026-09-01")
        for number, (what, text, days) in enumerate(done):
            try:
                do(deck, what, text, date(2026, 10, 1) + timedelta(days), number)
            except InvalidInput:
                continue
        assert_comes_back(deck.store)


def do(deck: Deck, what: str, text: str, day: date, number: int) -> None:
    """One thing that a person does, to the newest deal."""
    newest = max(deal for (deal,) in deck.rows("SELECT id FROM deals"))
    if what == "deal":
        deck.deal(
            text, amount=number * 7 or None, company=text, tags=(text,), external_id=text, on=day, notes=text
        )
    elif what == "move":
        deck.move(newest, ("radar", "product", "decision", "signed")[number % 4], on=day, evidence=text)
    elif what == "lose":
        deck.store.deals.lose([newest], text, at(day), note=text)
    elif what == "touch":
        deck.touch(newest, text, list(TouchKind)[number % 4], on=day)
    elif what == "task":
        deck.task(newest, text, (day + timedelta(5)).isoformat() if number % 2 else None, on=day)
    elif what == "finish":
        deck.store.tasks.finish([task.id for task in deck.page(newest).tasks[:1]], at(day))
    elif what == "snooze":
        deck.store.deals.snooze([newest], day + timedelta(3), at(day))
    else:
        deck.deal(f"with {text}", properties={text: text, "Seats": str(-number)}, source=text, on=day)


def test_the_file_is_private_and_whole(deck: Deck, tmp_path: Path) -> None:
    deck.deal("Café")
    target = tmp_path / "deals.csv"
    assert export_file(deck.store, target) == 1
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert target.read_bytes().decode() == exported(deck.store)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["deals.csv", "deals.db"]


def test_a_file_that_is_there_is_only_replaced_with_force(deck: Deck, tmp_path: Path) -> None:
    deck.deal("Acme")
    target = tmp_path / "deals.csv"
    target.write_text("mine")
    with pytest.raises(FileExistsError):
        export_file(deck.store, target)
    assert target.read_text() == "mine"
    export_file(deck.store, target, force=True)
    assert target.read_text().startswith("name,")


def test_a_file_that_came_there_meanwhile_is_not_replaced(deck: Deck, tmp_path: Path) -> None:
    target = tmp_path / "deals.csv"
    file = new_file(target)
    file.__enter__().write("ours")
    target.write_text("theirs")
    with pytest.raises(FileExistsError):
        file.__exit__(None, None, None)
    assert target.read_text() == "theirs"
    with suppress(KeyError), new_file(tmp_path / "other.csv") as broken_off:
        broken_off.write("ours")
        raise KeyError
    assert sorted(path.name for path in tmp_path.iterdir()) == ["deals.csv", "deals.db"]


def test_what_is_no_plain_file_is_never_written_to(deck: Deck, tmp_path: Path) -> None:
    link, pipe = tmp_path / "link.csv", tmp_path / "pipe"
    link.symlink_to(tmp_path / "elsewhere.csv")
    os.mkfifo(pipe)
    for target, message in [
        (deck.path, "holds the deals themselves"),
        (link, "is a link; name the file"),
        (tmp_path, "is a folder"),
        (pipe, "is not a regular file"),
        (Path("C:\\deals.csv"), "is a path of Windows"),
        (Path("deals\0.csv"), "Name the file"),
    ]:
        with pytest.raises(InvalidInput, match=message):
            export_file(deck.store, target, force=True)
    with pytest.raises(StoreError, match="cannot be written: No such file or directory"):
        export_file(deck.store, tmp_path / "nowhere" / "deals.csv")
    with pytest.raises(StoreError, match="cannot be written: Not a directory"):
        export_file(deck.store, deck.path / "deals.csv")
