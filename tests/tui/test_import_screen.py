"""Importing a file on the board: seen before it is done, put right with keys, done in one step. It is 2026-11-20."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from store import BackupKind, DealDraft, backup_files, template
from tests.deck import TODAY, Deck, at
from tests.store.csv_files import CRM
from tests.tui.face import Face, opened
from tests.tui.looking import text_of
from tui.screens.import_deals import ImportDealsScreen
from tui.screens.import_file import ImportFileScreen
from tui.widgets.import_spots import ColumnSpot, Go, Said, StageSpot, WrongSpot


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the program was started in, with nothing in it yet."""
    made = tmp_path / "lists"
    made.mkdir()
    monkeypatch.chdir(made)
    return made


async def begin(face: Face, folder: Path, text: str, name: str = "deals.csv") -> None:
    """Choose a file with this text."""
    (folder / name).write_text(text, encoding="utf-8")
    await face.press("I")
    await face.type(name, "enter")


def screen_of(face: Face) -> ImportDealsScreen:
    return next(screen for screen in face.app.screen_stack if isinstance(screen, ImportDealsScreen))


def lines_of(face: Face) -> list[str]:
    """What the list shows, without the blank lines and the cursor."""
    lines = text_of(screen_of(face).rows)
    return [" ".join(line.replace("▌", " ").split()) for line in lines if line.strip()]


def told(face: Face) -> str:
    return screen_of(face).hints.told[0]


async def pick(face: Face, spot: object, part: str) -> None:
    """Change the line at `spot` to the choice that a part of its name fits."""
    assert screen_of(face).rows.select(spot)
    await face.press("enter")
    await face.type(part, "enter")


def names(deck: Deck) -> list[str]:
    every = deck.store.read.pipelines()
    return [deal.name for each in every for deal in deck.store.read.list_deals(each.id, TODAY, closed=True)]


async def test_what_a_file_is_understood_as_is_seen_before_anything_is_done(deck: Deck, folder: Path) -> None:
    text = (
        "id;name;value;stage;close date;City\n1;Acme;12.000,50;radar;2026-12-05;Berlin\n\n2;Wayne;5;Won;;\n"
    )
    async with opened(deck, (100, 40)) as face:
        await begin(face, folder, text)
        assert screen_of(face).rows.cursor_key == Go()
        assert lines_of(face) == [
            "⏎ Import 2 deals into Sales",
            "1 open $12,000.50 · 1 won $5",
            "Skipped: 1 empty",
            "Won or lost without a day, so closed when they entered their stage: 1 row.",
            "pipeline Sales",
            "currency as the file says, else USD",
            "already there deals that are there already are skipped",
            "encoding UTF-8",
            "COLUMNS 6 ⏎ says what one is",
            "id → external_id 1",
            "name → name Acme",
            "value → amount 12.000,50 decimals after a comma",
            "stage → stage radar",
            "close date → close_date 2026-12-05 year-month-day",
            "City → property Berlin",
            "STAGES OF SALES 2 ⏎ says another",
            "radar → On radar 1 row",
            "Won → Contract signed and returned (won) 1 row",
            "THE FIRST ROWS AS THEY WOULD BE",
            "name stage amount made in stage since closes line",
            "Acme On radar $12,000.50 today today 5 Dec 2",
            "Wayne Contract signed and returned $5 today today 4",
        ]
        title = screen_of(face).title_line.render_line(0).text
        assert " ".join(title.split()) == (
            "Import deals.csv 2 rows, 1 empty row semicolon between the cells, UTF-8"
        )
        await face.press("escape")
        assert face.screen is face.board
        assert names(deck) == []


async def test_enter_on_the_first_line_imports_and_one_undo_takes_it_back(deck: Deck, folder: Path) -> None:
    async with opened(deck) as face:
        await begin(face, folder, "name,amount,stage\nAcme,5,radar\nWayne,7,product\n")
        await face.press("enter")
        assert face.screen is face.board
        assert face.told == "imported 2 deals from deals.csv · 2 open $12 · u undoes it"
        assert face.columns[:2] == [["Acme"], ["Wayne"]]
        await face.press("u")
        assert face.told == "undone: import 2 deals from deals.csv · U does it again"
        assert face.columns[:2] == [[], []]
        await face.press("U")
        assert face.columns[:2] == [["Acme"], ["Wayne"]]


async def test_values_that_are_no_stage_are_said_one_after_the_other(deck: Deck, folder: Path) -> None:
    async with opened(deck) as face:
        await begin(face, folder, CRM)
        assert lines_of(face)[:3] == [
            "! This cannot be imported yet",
            "2 values of the file are no stage of Sales yet.",
            "⏎ on a value says its stage; p another pipeline, or a new one",
        ]
        assert screen_of(face).rows.cursor_key == StageSpot("Engaging", "Sales")
        await face.press("ctrl+s")
        assert told(face).startswith("2 values of the file are no stage of Sales yet. · ⏎ on a value")
        await face.press("enter")
        await face.type("product", "enter")
        assert screen_of(face).rows.cursor_key == StageSpot("Prospecting", "Sales")
        assert "1 value of the file is no stage of Sales yet." in lines_of(face)
        await face.press("enter", "1")
        assert screen_of(face).rows.cursor_key == Go()
        assert lines_of(face)[0] == "⏎ Import 6 deals into Sales"
        await face.press("ctrl+s")
        assert face.told == (
            "imported 6 deals from deals.csv · 3 open · 2 won $1,104 · 1 lost · 3 new companies · u undoes it"
        )
        assert [len(column) for column in face.columns[:2]] == [1, 2]


async def test_where_the_reasons_are_out_of_view_they_are_told_at_the_foot(deck: Deck, folder: Path) -> None:
    async with opened(deck, (60, 15)) as face:
        await begin(face, folder, CRM)
        assert told(face).startswith("2 values of the file are no stage of Sales yet. · ⏎ on a value")
        await face.press("enter", "1")
        assert told(face).startswith("1 value of the file is no stage of Sales yet.")
        await face.press("enter", "1")
        assert told(face) == ""


async def test_a_new_pipeline_is_made_of_the_file_and_shown(deck: Deck, folder: Path) -> None:
    async with opened(deck) as face:
        await begin(face, folder, CRM, "old crm.csv")
        await face.press("p")
        await face.type("new", "enter")
        assert face.screen.query_one("Input").value == "old crm"  # type: ignore[attr-defined]
        await face.type("sales", "enter")
        assert "There is a pipeline Sales already" in str(face.screen.query_one(".echo").render())
        await face.type("CRM", "enter")
        assert lines_of(face)[0] == "⏎ Import 6 deals into CRM"
        assert "pipeline CRM, a new one with the stages of the file" in lines_of(face)
        assert "Engaging 35 % · Prospecting 65 % · Won 100 % won · Lost 0 % lost" in lines_of(face)
        await pick(face, StageSpot("Engaging", "CRM"), "another")
        await face.type("Talking", "enter")
        assert "Engaging → Talking 2 rows" in lines_of(face)
        await face.press("ctrl+s")
        assert [column.stage.name for column in face.board.state.columns] == [
            "Talking", "Prospecting", "Won", "Lost",
        ]  # fmt: skip
        assert deck.store.read.setting("pipeline") == str(face.board.context.pipeline.id)
        cards = face.columns
        await face.press("u")
        assert face.board.context.pipeline.name == "Sales"
        await face.press("U")
        assert face.board.context.pipeline.name == "CRM"
        assert face.columns == cards
        await face.press("u")
        assert face.board.context.pipeline.name == "Sales"


async def test_the_order_of_dates_is_asked_and_never_guessed(deck: Deck, folder: Path) -> None:
    text = "name,created,close date\nA,3/11/2025,4/5/2027\n"
    async with opened(deck) as face:
        await begin(face, folder, text)
        title = "In the column “created”, which day is “3/11/2025”?"
        assert title in str(face.screen.query_one(".title").render())
        await face.press("escape")
        assert told(face) == ""
        assert screen_of(face).rows.cursor_key == ColumnSpot("created")
        assert "created → created_on 3/11/2025 order not known" in lines_of(face)
        await face.press("enter", "1")  # the second column is asked about at once
        assert "“close date”" in str(face.screen.query_one(".title").render())
        await face.press("2")
        assert screen_of(face).rows.cursor_key == Go()
        assert "created → created_on 3/11/2025 day first (31/12/2026)" in lines_of(face)
        assert "close date → close_date 4/5/2027 month first (12/31/2026)" in lines_of(face)
        screen_of(face).rows.select(ColumnSpot("close date"))
        await face.press("d", "1", "ctrl+s")
        (deal,) = deck.store.read.list_deals(deck.pipeline.id, TODAY)
        assert (deal.created_on, deal.close_date) == (date(2025, 11, 3), date(2027, 5, 4))


async def test_a_column_becomes_another_field_a_property_or_nothing(deck: Deck, folder: Path) -> None:
    text = "Wer,Wieviel,Wo,Deal Name\nAcme,5,radar,x\nWayne,7,product,y\n"
    async with opened(deck, (100, 40)) as face:
        await begin(face, folder, text)
        assert "Deal Name → name x" in lines_of(face)
        await pick(face, ColumnSpot("Wer"), "name")
        await pick(face, ColumnSpot("Wieviel"), "amount")
        await pick(face, ColumnSpot("Wo"), "stage")
        assert lines_of(face)[1] == "2 open $12"
        assert "Deal Name → property x" in lines_of(face)
        screen_of(face).rows.select(ColumnSpot("Deal Name"))
        await face.press("minus")
        assert "Deal Name → left out x" in lines_of(face)
        await face.press("delete")
        assert "Deal Name → property x" in lines_of(face)
        await pick(face, ColumnSpot("Deal Name"), "name")  # the field goes over from the other column
        assert "Wer → property Acme" in lines_of(face)
        await face.press("u")
        assert told(face) == "taken back · U says it again"
        assert "Wer → name Acme" in lines_of(face)
        await face.press("U", "u")
        await pick(face, ColumnSpot("Wo"), "as its name")
        assert "Wo → property radar" in lines_of(face)
        await face.press("u", "ctrl+s")
        assert face.columns[:2] == [["Acme"], ["Wayne"]]
        await face.press("I")
        assert isinstance(face.screen, ImportFileScreen)


async def test_what_cannot_be_taken_is_told_with_line_column_and_value(deck: Deck, folder: Path) -> None:
    text = "name,amount,stage\nAcme,much,radar\nWayne,5,radar\n" + "Hooli,none of it,radar\n" * 12
    async with opened(deck, (100, 50)) as face:
        await begin(face, folder, text)
        shown = lines_of(face)
        assert shown[:5] == [
            "! This cannot be imported yet",
            "13 values cannot be taken.",
            "correct the file and read it again with r, or ⏎ on one of them says what else its column is",
            "line 2 amount “much”",
            "this is not an amount; write it like 12000, 12,000.50, 12k or €500, or leave it empty",
        ]
        assert "and 3 more" in shown
        assert screen_of(face).rows.cursor_key == WrongSpot(0, "amount")
        await face.press("ctrl+s")
        assert told(face).startswith("13 values cannot be taken. · correct the file")
        assert names(deck) == []
        await face.press("enter")
        await face.type("notes", "enter")
        assert lines_of(face)[0] == "⏎ Import 14 deals into Sales"


async def test_a_file_without_any_name_says_which_column_is_needed(deck: Deck, folder: Path) -> None:
    async with opened(deck) as face:
        await begin(face, folder, "Wer,Wieviel\nAcme,5\n")
        assert "No column of deals.csv is what a deal is called by" in lines_of(face)[1]
        assert screen_of(face).rows.cursor_key == ColumnSpot("Wer")
        await pick(face, ColumnSpot("Wer"), "name")
        assert screen_of(face).rows.cursor_key == ColumnSpot("Wer")  # there may be more to say of the columns
        await pick(face, ColumnSpot("Wieviel"), "amount")
        await face.press("ctrl+s")
        assert face.columns[0] == ["Acme"]


async def test_a_row_without_a_name_says_which_column_lacks_it(deck: Deck, folder: Path) -> None:
    async with opened(deck) as face:
        await begin(face, folder, "company,id,amount\nAcme,1,5\n,,7\n")
        assert "line 3 name empty" in lines_of(face)
        await face.press("enter")
        assert told(face) == "No column of the file is the name yet; ⏎ on the one that is."


async def test_deals_that_are_there_are_skipped_or_updated(deck: Deck, folder: Path) -> None:
    there = deck.deal("Acme", "radar", 5, external_id="1")
    async with opened(deck) as face:
        await begin(face, folder, "id,name,amount\n1,Acme,9\n")
        assert lines_of(face)[:2] == [
            "There is nothing to import.",
            "Skipped: 1 already there (s updates them)",
        ]
        await face.press("enter")
        assert told(face) == "There is nothing to import."
        await face.press("s")
        assert lines_of(face)[0] == "⏎ Update 1 deal"
        assert (
            "already there deals that are there already are updated; an empty cell changes nothing"
            in lines_of(face)
        )
        assert "THE FIRST ROWS THAT UPDATE" in lines_of(face)
        await face.press("enter")
        assert face.told == "updated 1 deal from deals.csv · u undoes it"
        assert deck.read(there).amount == 900


async def test_the_currency_of_amounts_that_name_none_is_said(deck: Deck, folder: Path) -> None:
    async with opened(deck) as face:
        await begin(face, folder, "name,amount\nAcme,9\nWayne,£5\n")
        await face.press("c")
        await face.type("dollars", "enter")
        assert "not a currency" in str(face.screen.query_one(".echo").render())
        await face.type("eur", "enter")
        assert lines_of(face)[1] == "2 open €9 £5"
        assert "currency EUR, unless an amount names another" in lines_of(face)
        screen_of(face).rows.select(Said.CURRENCY)
        await face.press("enter")
        await face.type("", "enter")
        assert "currency as the file says, else USD" in lines_of(face)


async def test_rows_go_to_the_pipelines_that_the_file_names_or_all_to_one(deck: Deck, folder: Path) -> None:
    made = deck.store.pipelines.create(template("delivery"), "Delivery", "EUR", at()).made_id
    async with opened(deck) as face:
        await begin(face, folder, "name,pipeline\nAcme,Delivery\nWayne,\n")
        assert "pipeline as the column “pipeline” says" in lines_of(face)
        assert lines_of(face)[0] == "⏎ Import 2 deals into Sales, Delivery"
        await face.press("p")
        await face.type("deliv", "enter")
        assert "pipeline Delivery, for all rows" in lines_of(face)
        await face.press("p")
        await face.type("as the file", "enter")
        assert "pipeline as the column “pipeline” says" in lines_of(face)
        await face.press("u", "ctrl+s")
        assert face.board.context.pipeline.id == made
        assert sorted(names(deck)) == ["Acme", "Wayne"]
        await begin(face, folder, "name,pipeline\nHooli,Support\n", "other.csv")
        assert (
            "The column “pipeline” names pipelines that are not there: “Support”; there is Delivery, Sales."
            in " ".join(lines_of(face))
        )
        assert not any("--" in line for line in lines_of(face))


async def test_a_backup_is_made_before_and_none_where_nothing_is_imported(deck: Deck, folder: Path) -> None:
    deck.deal("Hooli")
    backups = folder / "backups"
    async with opened(deck) as face:
        face.board.context.backups = backups
        await begin(face, folder, "name\nHooli\n")
        await face.press("escape")
        assert backup_files(deck.path, backups) == []
        await begin(face, folder, "name\nAcme\n")
        await face.press("enter")
        (made,) = backup_files(deck.path, backups)
        assert made.kind is BackupKind.IMPORT
        with Deck(made.path, template=None) as before:
            assert names(before) == ["Hooli"]


async def test_without_its_backup_nothing_is_imported(deck: Deck, folder: Path) -> None:
    (folder / "no folder").write_text("")
    async with opened(deck) as face:
        face.board.context.backups = folder / "no folder"
        await begin(face, folder, "name\nAcme\n")
        await face.press("enter")
        assert told(face).startswith("No backup can be made in")
        assert lines_of(face)[0] == "⏎ Import 1 deal into Sales"
        assert names(deck) == []
        face.board.context.backups = folder / "backups"
        await face.press("enter")
        assert names(deck) == ["Acme"]


async def test_what_another_program_changes_meanwhile_is_seen_before_the_import(
    deck: Deck, folder: Path
) -> None:
    async with opened(deck) as face:
        await begin(face, folder, "id,name\n1,Acme\n2,Wayne\n")
        with Deck(deck.path) as other:
            other.store.deals.create(DealDraft("Acme", other.pipeline.id, external_id="1"), at())
        await face.press("enter")
        assert "Another program has changed the deals meanwhile" in told(face)
        assert lines_of(face)[0] == "⏎ Import 1 deal into Sales"
        await face.press("enter")
        assert sorted(names(deck)) == ["Acme", "Wayne"]


async def test_what_was_said_of_a_file_is_taken_up_when_it_is_chosen_again(deck: Deck, folder: Path) -> None:
    async with opened(deck) as face:
        await begin(face, folder, "Wer,Wo\nAcme,radar\n")
        await pick(face, ColumnSpot("Wer"), "name")
        await face.press("escape", "I")
        assert isinstance(face.screen, ImportFileScreen)
        await face.press("enter")  # the path is there again
        assert told(face) == "what was said of this file before is taken up · u goes back"
        assert lines_of(face)[0] == "⏎ Import 1 deal into Sales"
        await face.press("u")
        assert lines_of(face)[0] == "! This cannot be imported yet"
        await face.press("U", "f")
        assert isinstance(face.screen, ImportFileScreen)
        await begin_again(face, folder, "Wer,Was\nAcme,radar\n")
        assert "Wer → property Acme" in lines_of(face)


async def begin_again(face: Face, folder: Path, text: str) -> None:
    """Choose the same file, in which other columns are now."""
    (folder / "deals.csv").write_text(text, encoding="utf-8")
    await face.press("enter")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "deals.csv is empty"),
        (b"name\n", "has a header and no rows"),
        (b"PK\x03\x04rest", "not a CSV file"),
        (b'name\n"Acme\n', "a quoted cell does not end where it should"),
        (b"\xff\xfe\x00\xd8\x00", "a text in UTF-16"),
    ],
)
async def test_a_file_that_is_no_table_is_told_on_the_board(
    deck: Deck, folder: Path, data: bytes, said: str
) -> None:
    (folder / "deals.csv").write_bytes(data)
    async with opened(deck) as face:
        await face.press("I")
        await face.type("deals.csv", "enter")
        assert face.screen is face.board
        assert said in face.told
        await face.press("I")
        assert face.screen.query_one("Input").value == "deals.csv"  # type: ignore[attr-defined]


async def test_what_the_text_is_in_is_asked_with_how_it_would_read(deck: Deck, folder: Path) -> None:
    (folder / "deals.csv").write_bytes("Название,Сумма\nДоговор поставки,5\n".encode("cp1251"))
    async with opened(deck, (100, 40)) as face:
        await face.press("I")
        await face.type("deals.csv", "enter")
        title, why = (str(face.screen.query_one(part).render()) for part in (".title", ".echo"))
        assert title == "Which letters are those of deals.csv?"
        assert "is not in UTF-8" in why
        assert "--encoding" not in why
        await face.press("escape")
        assert face.screen is face.board
        assert "is not in UTF-8" in face.told
        await face.press("I", "enter")
        await face.type("koi8", "enter")
        assert "мЮГБЮМХЕ → property дНЦНБНП ОНЯРЮБЙХ" in lines_of(face)
        await pick(face, ColumnSpot("мЮГБЮМХЕ"), "name")
        await pick(face, Said.ENCODING, "greek")
        assert "encoding cp1253" in lines_of(face)
        await pick(face, Said.ENCODING, "cp1251")
        assert "Название → name Договор поставки" in lines_of(face)
        await face.press("ctrl+s")
        assert face.columns[0] == ["Договор поставки"]


async def test_an_encoding_that_only_fits_the_beginning_leaves_the_file_as_it_was(
    deck: Deck, folder: Path
) -> None:
    rows = "Acme,5\n" * 20_000
    (folder / "deals.csv").write_bytes(f"name,amount\n{rows}Café,7\n".encode("cp1252"))
    async with opened(deck, (100, 30)) as face:
        await face.press("I")
        await face.type("deals.csv", "enter")
        await pick(face, ColumnSpot("amount"), "notes")
        await pick(face, Said.ENCODING, "shift")
        assert "name its right encoding" in str(face.screen.query_one(".echo").render())
        await face.press("escape")
        assert "encoding Windows-1252" in lines_of(face)
        assert "amount → notes 5" in lines_of(face)
        await face.press("u")
        assert "amount → amount 5 whole numbers" in lines_of(face)


async def test_an_encoding_that_makes_no_table_leaves_what_is_shown_and_asks_again(
    deck: Deck, folder: Path
) -> None:
    # In Big5 the é takes the bar behind it for its second byte: the row has more cells than the header.
    (folder / "deals.csv").write_bytes("name|café|amount\nAcme|x|5\n".encode("cp1252"))
    async with opened(deck, (100, 40)) as face:
        await face.press("I")
        await face.type("deals.csv", "enter")
        await pick(face, ColumnSpot("amount"), "notes")
        await pick(face, Said.ENCODING, "big5")
        assert "the header names 2 columns" in str(face.screen.query_one(".echo").render())
        await face.press("escape")
        assert "encoding Windows-1252" in lines_of(face)
        assert "amount → notes 5" in lines_of(face)
        await pick(face, ColumnSpot("café"), "source")
        assert "café → source x" in lines_of(face)


async def test_the_encoding_that_the_bytes_show_can_be_gone_back_to_and_utf_16_is_one_of_them(
    deck: Deck, folder: Path
) -> None:
    (folder / "deals.csv").write_bytes("name,amount\nAcmé,5\n".encode("utf-16"))
    async with opened(deck, (100, 40)) as face:
        await face.press("I")
        await face.type("deals.csv", "enter")
        await pick(face, Said.ENCODING, "cp1252")
        await face.type("two bytes", "enter")
        assert "name → name Acmé" in lines_of(face)
        assert "encoding utf-16" in lines_of(face)
        await pick(face, Said.ENCODING, "as its bytes show")
        assert "encoding UTF-16" in lines_of(face)
        await face.press("ctrl+s")
    assert names(deck) == ["Acmé"]


async def test_a_file_that_was_changed_meanwhile_is_shown_anew_before_it_is_imported(
    deck: Deck, folder: Path
) -> None:
    async with opened(deck, (100, 40)) as face:
        await begin(face, folder, "name,stage,amount\nA,radar,5\n")
        await pick(face, ColumnSpot("amount"), "notes")
        (folder / "deals.csv").write_text("name,stage,amount\nB,radar,5\nC,radar,6\n")
        await face.press("ctrl+s")
        assert told(face) == "deals.csv was changed meanwhile: this is what it says now"
        assert names(deck) == []
        assert lines_of(face)[0] == "⏎ Import 2 deals into Sales"
        assert "amount → notes 5" in lines_of(face)
        await face.press("ctrl+s")
    assert sorted(names(deck)) == ["B", "C"]


async def test_a_corrected_file_is_read_again_with_a_key(deck: Deck, folder: Path) -> None:
    async with opened(deck, (100, 40)) as face:
        await begin(face, folder, "name,Phase,amount\nA,Demo,-5\n")
        await pick(face, StageSpot("Demo", "Sales"), "product")
        assert lines_of(face)[1:3] == [
            "1 value cannot be taken.",
            "correct the file and read it again with r, or ⏎ on one of them says what else its column is",
        ]
        (folder / "deals.csv").write_text("name,Phase,amount\nA,Demo,5\n")
        await face.press("r")
        assert told(face) == "deals.csv is read again"
        assert lines_of(face)[0] == "⏎ Import 1 deal into Sales"
        await face.press("u")
        assert lines_of(face)[0] == "! This cannot be imported yet"
        await face.press("U")
        # Other columns: what was said of the old ones is forgotten. Gone: what is shown stays.
        (folder / "deals.csv").write_text("Deal,Wo\nB,radar\n")
        await face.press("r")
        assert "Deal → name B" in lines_of(face)
        (folder / "deals.csv").unlink()
        for key in ("r", "ctrl+s"):
            await face.press(key)
            assert "deals.csv cannot be read" in told(face)
        assert "Deal → name B" in lines_of(face)
        (folder / "deals.csv").write_text("name\nC\n")
        await face.press("r", "ctrl+s")
    assert names(deck) == ["C"]


async def test_keys_typed_ahead_are_for_what_they_lead_to(deck: Deck, folder: Path) -> None:
    (folder / "a.csv").write_text("name,Wo\nAcme,product\n")
    async with opened(deck) as face:
        await face.burst("I", "a", "tab", "enter", "end", "enter", *"stage", "enter", "home", "enter")
        assert face.columns[1] == ["Acme"]
        assert isinstance(face.screen, type(face.board))


async def test_many_deals_are_imported_with_a_bar(deck: Deck, folder: Path) -> None:
    rows = "".join(f"Deal {n},{n},{('radar', 'lost')[n % 2]}\n" for n in range(2_500))
    seen: list[str] = []
    async with opened(deck, (100, 30)) as face:
        await begin(face, folder, f"name,amount,stage\n{rows}")
        screen = screen_of(face)
        draw = screen.rows.show

        def watched(shown: object) -> None:
            draw(shown)  # type: ignore[arg-type]
            seen.append(" ".join(line.strip() for line in text_of(screen.rows)[:2]))

        screen.rows.show = watched  # type: ignore[method-assign,assignment]
        await face.press("ctrl+s")
        assert any(line.startswith("importing…") and "of 2,500" in line for line in seen)
        assert len(deck.store.read.list_deals(deck.pipeline.id, TODAY, closed=True)) == 2_500
        assert face.told.startswith("imported 2,500 deals from deals.csv · 1,250 open")


async def test_the_line_under_the_cursor_says_what_it_is_not(deck: Deck, folder: Path) -> None:
    async with opened(deck) as face:
        await begin(face, folder, "name,amount\nAcme,5\n")
        await face.press("d")
        assert told(face) == "There is no column under the cursor."
        screen_of(face).rows.select(ColumnSpot("amount"))
        await face.press("d")
        assert told(face) == "The column “amount” is no date; ⏎ says that it is one."
        await face.press("u", "U")
        assert told(face) == "There is nothing to say again."
        await face.press("question_mark")
        await face.press("escape", "q")
        assert face.screen is face.board


async def test_names_of_a_file_are_text_and_nothing_can_be_clicked(deck: Deck, folder: Path) -> None:
    nasty = "[@click=app.quit]x[/] \x1b]52;c;eA==\x07\u202e"
    text = f'name,"{nasty}",stage,created\n"{nasty}","{nasty}","{nasty}",3/11/2026\n'
    async with opened(deck, (60, 15)) as face:
        await begin(face, folder, text, "[bold]a.csv")
        await face.press("escape")
        shown = "\n".join(text_of(screen_of(face).rows) + text_of(screen_of(face).title_line))
        assert "[bold]a.csv" in shown
        assert "[@click" in shown
        assert not set(shown) & {"\x1b", "\x07", "\u202e"}
        for line in range(12):
            await face.pilot.click(offset=(4 + 4 * line, line))
            await face.pilot.click(offset=(30, line))
        await face.settle()
        assert face.app.is_running
        assert screen_of(face).is_attached


async def test_the_palette_and_the_empty_board_offer_it(deck: Deck, folder: Path) -> None:
    del folder
    async with opened(deck) as face:
        assert any("import a list you have" in line for line in text_of(face.board.board))
        await face.press("ctrl+p")
        await face.type("import deals", "enter")
        assert isinstance(face.screen, ImportFileScreen)
