"""`deals import` and `deals export`."""

from __future__ import annotations

import json
import os
import stat
import sys
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.cli.running import TODAY, Deals, Run, process
from tests.store.csv_files import CRM, PIPEDRIVE
from tests.terminal import Terminal, terminal


@pytest.fixture
def crm(tmp_path: Path) -> str:
    path = tmp_path / "sales.csv"
    path.write_text(CRM)
    return str(path)


def file_with(tmp_path: Path, text: str, name: str = "deals.csv") -> str:
    path = tmp_path / name
    path.write_text(text)
    return str(path)


def in_terminal(db: Path, *words: str) -> AbstractContextManager[Terminal]:
    command = str(Path(sys.executable).with_name("deals"))
    return terminal([command, "--db", str(db), "--today", TODAY, *words], db.parent / "home", size=(120, 50))


def test_one_command_makes_the_file_the_pipeline_and_the_deals(new: Deals, db: Path, crm: str) -> None:
    result = new("import", crm, "--new-pipeline", "CRM")
    assert (result.code, result.err) == (0, "")
    assert result.out == "Imported 6 deals into CRM: 3 open · 2 won $1,104 · 1 lost · 3 new companies\n"
    board = new("board", "--json").json
    assert [(column["stage"], column["outcome"], column["count"]) for column in board["columns"]] == [
        ("Engaging", "open", 2), ("Prospecting", "open", 1), ("Won", "won", 0), ("Lost", "lost", 0),
    ]  # fmt: skip
    every = new("list", "--all", "--json").json
    won = next(deal for deal in every if deal["external_id"] == "EC4QE1BX")
    assert (won["created_on"], won["closed_on"], won["amount"]) == ("2016-10-25", "2017-03-07", "50.00")
    assert won["properties"] == {"sales_agent": "Darcel Schlecht", "product": "MG Special"}
    assert new("undo").out == "Undone: import 6 deals from sales.csv\n"
    assert new("list", "--all", "--json").code == 1


def test_a_dry_run_shows_everything_and_writes_nothing(new: Deals, db: Path, crm: str) -> None:
    result = new("import", crm, "--new-pipeline", "CRM", "--dry-run")
    assert result.code == 0
    assert not db.exists()
    assert (
        result.out
        == """\
sales.csv: 6 rows, comma between the cells, UTF-8

COLUMN          IS           READ AS         SUCH AS
opportunity_id  external_id                  1C1I7A6R
sales_agent     property                     Moses Frase
product         property                     GTX Plus Basic
account         company                      Cancity
deal_stage      stage                        Won
engage_date     created_on   year-month-day  2016-10-20
close_date      close_date   year-month-day  2017-03-01
close_value     amount       whole numbers   1054

Pipeline CRM (new, USD): Engaging 35 % · Prospecting 65 % · Won 100 % won · Lost 0 % lost
IN THE FILE  STAGE        OUTCOME  ROWS
Won          Won          won         2
Engaging     Engaging     open        2
Lost         Lost         lost        1
Prospecting  Prospecting  open        1

LINE  NAME       STAGE     AMOUNT  CREATED      IN STAGE SINCE
   2  Cancity    Won       $1,054  20 Oct 2016  1 Mar 2017
   3  Cancity    Won          $50  25 Oct 2016  7 Mar 2017
   4  HAXMC4IX   Engaging          3 Nov 2016   3 Nov 2016
   5  Ganjaflex  Engaging          10 Nov 2016  10 Nov 2016
   6  Isdom      Lost          $0  20 Oct 2016  1 Dec 2016

To import: 6 deals into CRM: 3 open · 2 won $1,104 · 1 lost · 3 new companies
"""
    )


def test_what_was_understood_as_json(new: Deals, crm: str) -> None:
    planned = new("import", crm, "--new-pipeline", "CRM", "--dry-run", "--json").json
    assert (planned["dry_run"], planned["created"], planned["rows"], planned["companies"]) == (True, 6, 6, 3)
    assert planned["columns"][5] == {
        "column": "engage_date", "field": "created_on", "property": None, "format": "year-month-day", "example": "2016-10-20",  # noqa: E501
    }  # fmt: skip
    assert planned["pipelines"][0]["stages"][0] == {"stage": "Engaging", "probability": 35, "outcome": "open"}
    done = new("import", crm, "--new-pipeline", "CRM", "--json").json
    assert (done["dry_run"], done["action"], done["title"]) == (False, 1, "import 6 deals from sales.csv")
    again = new("import", crm, "--new-pipeline", "CRM", "--json").json
    assert (again["created"], again["skipped"], again["action"]) == (0, 6, None)


def test_rows_that_are_there_are_skipped_or_updated(deals: Deals, tmp_path: Path) -> None:
    file = file_with(tmp_path, "id,name,stage\n1,Acme,radar\n,,\n2,Wayne,radar\n2,Wayne,radar\n")
    assert deals("import", file).out == (
        "Imported 2 deals into Sales: 2 open\nSkipped: 1 repeated in the file · 1 empty\n"
    )
    assert deals("import", file).out.startswith(
        "Imported 0 deals\nSkipped: 2 already there (--update updates them)"
    )
    newer = file_with(tmp_path, "id,name,stage\n1,Acme,product\n3,Hooli,radar\n")
    assert deals("import", newer, "--update").out == "Imported 1 deal into Sales: 1 open\nUpdated 1 deal\n"
    assert deals("import", newer, "--update").out == "Updated 0 deals\nSkipped: 2 already as the file says\n"
    assert deals("import", newer, "--update", "--json").json["updated"] == 0
    assert deals("show", "acme", "--json").json["stage"] == "Product evaluated"


def test_notes_go_beside_the_result(deals: Deals, tmp_path: Path) -> None:
    result = deals("import", file_with(tmp_path, "name,amount,price\nAcme,5.0051,x\n"))
    assert result.out == "Imported 1 deal into Sales: 1 open $5.01\n"
    assert result.err == (
        "Without a stage, so in the first one, On radar: 1 row.\nRounded amounts: 1 value, “5.0051”.\n"
    )


def test_columns_and_values_can_be_told(deals: Deals, tmp_path: Path) -> None:
    file = file_with(tmp_path, "Wer;Wieviel;Wo;Egal\nAcme;1.234,50 €;Angebot;x\n")
    words = ("--map", "wer=name", "--map", "Wieviel=amount", "--map", "Wo=stage", "--map", "Egal=-")
    refused = deals("import", file, *words)
    assert refused.code == 1
    assert 'say which is meant with --stage "angebot=on radar"' in refused.err.casefold()
    assert deals("import", file, *words, "--stage", "Angebot=Decision").code == 0
    (deal,) = deals("list", "--json").json
    assert (deal["stage"], deal["amount"], deal["currency"], deal["properties"]) == (
        "Decision maker evaluated", "1234.50", "EUR", {},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("--map", "name"), 2, "--map COLUMN=FIELD takes two names with = between them, not “name”"),
        (("--map", "nme=name"), 2, "The file has no column “nme”; did you mean “name”?"),
        (("--map", "name=nme"), 2, "“nme” is no field"),
        (("--stage", "=x"), 2, "--stage VALUE=STAGE takes two names"),
        (("--date-order", "dym"), 2, "--date-order"),
        (("--currency", "dollars"), 2, "“dollars” is not a currency"),
        (("--pipeline", "nowhere"), 2, "No pipeline is called “nowhere”"),
        (
            (),
            1,
            "The column “when” does not tell the order of its dates: “3/11/2026” is 2026-11-03 (dmy) or 2026-03-11 (mdy)",  # noqa: E501
        ),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    deals: Deals, tmp_path: Path, words: tuple[str, ...], code: int, message: str
) -> None:
    file = file_with(tmp_path, "name,when\nAcme,3/11/2026\n")
    result = deals("import", file, "--map", "when=close_date", *words)
    assert (result.code, result.out, result.err.count("\n")) == (code, "", 1)
    assert message in result.err
    assert deals("list", "--json").json == []


def test_the_order_of_dates_can_be_told(deals: Deals, tmp_path: Path) -> None:
    file = file_with(tmp_path, "name,close date\nAcme,3/11/2026\n")
    assert deals("import", file, "--date-order", "mdy").code == 0
    assert deals("show", "acme", "--json").json["close_date"] == "2026-03-11"


def test_the_encoding_can_be_told(deals: Deals, tmp_path: Path) -> None:
    file = tmp_path / "deals.csv"
    file.write_bytes("Название;Сумма\nАльфа;5\n".encode("cp1251"))
    refused = deals("import", str(file))
    assert (refused.code, refused.out) == (1, "")
    assert refused.err == (
        "deals: deals.csv is not in UTF-8, and in Windows-1252 it would read “Íàçâàíèå”; save it as CSV in UTF-8 and "
        "import that. Or say what it is in, such as --encoding cp1251 or gbk.\n"
    )
    assert deals("import", str(file), "--encoding", "cp1251").code == 0
    assert [deal["name"] for deal in deals("list", "--json").json] == ["Альфа"]
    assert deals("import", str(file), "--encoding", "klingon").err.startswith(
        "deals: There is no encoding “klingon”;"
    )


def test_one_wrong_row_and_nothing_is_imported(deals: Deals, tmp_path: Path) -> None:
    file = file_with(tmp_path, "name,amount,close date\nAcme,5,2026-02-30\nWayne,five,\nHooli,7,\n")
    result = deals("import", file)
    assert (result.code, result.out) == (1, "")
    assert result.err == (
        "deals: Nothing was imported, because 2 values cannot be taken:\n"
        "  line 2, column “close date”, value “2026-02-30”: "
        "there is no such day; write it as 2026-12-31, or leave it empty\n"
        "  line 3, column “amount”, value “five”: "
        "this is not an amount; write it like 12000, 12,000.50, 12k or €500, or leave it empty\n"
    )
    assert deals("list", "--json").json == []
    one = deals("import", file_with(tmp_path, "name,amount\nAcme,five\n"))
    assert (one.code, one.err.count("\n")) == (1, 1)
    assert one.err.startswith("deals: Nothing was imported: line 2, column “amount”, value “five”: ")
    many = file_with(tmp_path, "name,amount\n" + "Acme,x\n" * 12)
    assert deals("import", many).err.endswith("  and 2 more\n")


def test_files_that_cannot_be_read(deals: Deals, new: Deals, db: Path, tmp_path: Path) -> None:
    assert deals("import", str(tmp_path / "nowhere.csv")).err.endswith(
        "cannot be read: No such file or directory.\n"
    )
    assert deals("import", str(tmp_path)).err.endswith("cannot be read: Is a directory.\n")
    assert deals("import", file_with(tmp_path, "")).err.startswith("deals: deals.csv is empty")
    db.unlink()
    file = file_with(tmp_path, "name\nAcme\n")
    assert "There is no pipeline yet; add --new-pipeline NAME" in new("import", file).err
    assert not db.exists()


def test_hostile_names_reach_no_terminal(deals: Deals, tmp_path: Path) -> None:
    file = file_with(tmp_path, "name,stage\nAcme [/] \x1b]52;c;eA==\x07 [@click=app.quit]x,\x1b[31mDemo\n")
    result = deals("import", file, "--new-pipeline", "New", "--dry-run")
    assert "\x1b" not in result.out + result.err
    assert "\x07" not in result.out + result.err
    assert "Acme [/] ]52;c;eA== [@click=app.quit]x" in result.out


def test_standard_input_and_output(deals: Deals, db: Path, tmp_path: Path) -> None:
    given = process("--db", str(db), "import", "-", "--new-pipeline", "CRM", stdin=None, input=CRM)
    assert (given.returncode, given.stdout.split(":")[0]) == (0, "Imported 6 deals into CRM")
    assert deals("undo").out == "Undone: import 6 deals from standard input\n"
    deals("redo")
    assert deals("export", str(tmp_path / "out.csv")).code == 0
    plain = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0"}
    taken = process("--db", str(db), "export", "-", encoding="utf-8", env=plain)
    assert taken.stdout == (tmp_path / "out.csv").read_text(encoding="utf-8")


def test_export_and_import_again(deals: Deals, run: Run, tmp_path: Path) -> None:
    deals("add", "=Acme 12k close:2026-12-24 stage:product #eu")
    deals("import", file_with(tmp_path, PIPEDRIVE), "--new-pipeline", "Pipe")
    out, again = str(tmp_path / "out.csv"), str(tmp_path / "again.csv")
    assert deals("export", out).out == f"Exported 4 deals to {out}\n"
    assert stat.S_IMODE(Path(out).stat().st_mode) == 0o600
    other = str(tmp_path / "other.db")
    assert run("import", out, "--db", other, "--today", TODAY).out.startswith(
        "Imported 4 deals into Sales, Pipe: "
    )
    assert run("export", again, "--db", other, "--json").json == {"file": again, "deals": 4}
    assert Path(again).read_bytes() == Path(out).read_bytes()
    assert (
        run("export", again, "--db", other, "--force", "--pipeline", "pipe").out
        == f"Exported 3 deals to {again}\n"
    )
    raw = str(tmp_path / "raw.csv")
    deals("export", raw, "--raw")
    assert "'=Acme" in Path(out).read_text()
    assert "'=Acme" not in Path(raw).read_text()


def test_an_export_replaces_nothing_unasked(deals: Deals, db: Path, tmp_path: Path) -> None:
    out = file_with(tmp_path, "mine", "out.csv")
    result = deals("export", out)
    assert (result.code, result.err) == (1, f"deals: {out} is there already; replace it with --force.\n")
    assert Path(out).read_text() == "mine"
    assert deals("export", str(db), "--force").code == 2
    assert deals("export", out, "--force").code == 0


def test_on_a_terminal_it_is_shown_and_asked(deals: Deals, db: Path, tmp_path: Path) -> None:
    file = file_with(tmp_path, "name,close date\nAcme,3/11/2026\n")
    with in_terminal(db, "import", file) as shown:
        shown.wait_for("is “3/11/2026” (1) 3 November 2026 or (2) 11 March 2026? Type the number:")
        shown.send("x\r2\r")
        shown.wait_for("Import this? [Y/n]")
        assert "month first (12/31/2026)" in shown.text
        shown.send("n\r")
        shown.wait_for("Nothing was imported.")
        assert shown.wait_exit() == 0
    assert deals("list", "--json").json == []
    with in_terminal(db, "import", file, "--date-order", "dmy") as shown:
        shown.wait_for("Import this? [Y/n]")
        shown.send("\r")
        assert shown.wait_exit() == 0
    assert deals("show", "acme", "--json").json["close_date"] == "2026-11-03"


def test_a_long_import_shows_how_far_it_is(deals: Deals, db: Path, tmp_path: Path) -> None:
    file = file_with(tmp_path, "name\n" + "Acme\n" * 2001)
    with in_terminal(db, "import", file, "--yes") as shown:
        assert shown.wait_exit() == 0
        assert b"] 2,001 of 2,001" in shown.output
        assert b"\x1b" not in shown.output
        assert "Imported 2,001 deals into Sales: 2,001 open" in shown.text
        assert "#" not in shown.text
    assert json.loads(deals("stuck", "--json").out)["stuck"] == []


def test_a_file_is_asked_about_before_it_is_replaced(deals: Deals, db: Path, tmp_path: Path) -> None:
    out = file_with(tmp_path, "mine", "out.csv")
    for answer, content in (("\r", "mine"), ("y\r", "name,")):
        with in_terminal(db, "export", out) as shown:
            shown.wait_for("Replace it? [y/N]")
            shown.send(answer)
            shown.wait_exit()
        assert Path(out).read_text().startswith(content)
