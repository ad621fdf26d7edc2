"""Opening files of every kind, and what is said when a file or the disk refuses."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from store import Store, StoreFull, StoreUnusable, open_store
from store.connection import WRITTEN_PAGES, harden, raw_connection
from store.schema import APPLICATION_ID, LATEST
from tests.deck import TODAY, Deck, at, rows_of
from tests.plain_user import ROOT, run_as_plain_user


def sqlite_file(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path)
    for statement in ("CREATE TABLE notes (text TEXT)", *statements):
        connection.execute(statement)
    connection.commit()
    connection.close()


def newer(path: Path) -> None:
    sqlite_file(path, f"PRAGMA application_id={APPLICATION_ID}", "PRAGMA user_version=99")


def nearly_ours(path: Path) -> None:
    sqlite_file(path, f"PRAGMA application_id={APPLICATION_ID}")


def foreign_in_wal_mode(path: Path) -> None:
    sqlite_file(path, "PRAGMA journal_mode=WAL", "INSERT INTO notes VALUES ('mine')")


def cut_short(path: Path) -> None:
    with Deck(path) as deck:
        deck.deal("Acme")
    path.write_bytes(path.read_bytes()[:5000])


REFUSED: dict[str, tuple[Callable[[Path], object], str]] = {
    "a folder": (Path.mkdir, "is a folder; name a file in it"),
    "empty": (Path.touch, "is empty, not a deals file"),
    "text": (lambda path: path.write_text("name,amount\n" * 100), "is not a database"),
    "too short": (lambda path: path.write_bytes(b"SQLite format 3\0"), "is not a database"),
    "foreign": (sqlite_file, "is a database of another application"),
    "foreign in WAL mode": (foreign_in_wal_mode, "is a database of another application"),
    "newer": (newer, "was made by a newer version of this program (its schema is 99, this one knows 2)"),
    "nearly ours": (nearly_ours, "holds no deals"),
    "cut short": (cut_short, "is damaged"),
    "a pipe": (os.mkfifo, "is not a regular file"),
}


@pytest.mark.parametrize("kind", REFUSED)
@pytest.mark.parametrize("create", [False, True])
def test_what_is_no_deals_file_is_refused_and_stays_as_it_is(tmp_path: Path, kind: str, create: bool) -> None:
    path = tmp_path / "deals.db"
    make, words = REFUSED[kind]
    make(path)
    before = [(each.name, fingerprint(each)) for each in sorted(tmp_path.iterdir())]
    with pytest.raises(StoreUnusable) as told:
        open_store(path, create=create)
    assert str(told.value).startswith(str(path))
    assert words in str(told.value)
    assert [(each.name, fingerprint(each)) for each in sorted(tmp_path.iterdir())] == before


def test_another_applications_cut_short_change_is_left_for_it_to_mend(tmp_path: Path) -> None:
    """SQLite itself would roll back such a file as soon as it reads it."""
    busy, path = tmp_path / "busy.db", tmp_path / "deals.db"
    sqlite_file(busy, *(f"INSERT INTO notes VALUES (hex(randomblob({500 + size})))" for size in range(200)))
    connection = sqlite3.connect(busy, isolation_level=None)
    connection.execute("PRAGMA cache_size=1")
    connection.execute("BEGIN")
    connection.execute("UPDATE notes SET text = 'new' || text")
    shutil.copy(busy, path)
    shutil.copy(f"{busy}-journal", f"{path}-journal")
    connection.close()
    before = [fingerprint(path), fingerprint(Path(f"{path}-journal"))]
    with pytest.raises(StoreUnusable, match="is a database of another application"):
        open_store(path)
    assert [fingerprint(path), fingerprint(Path(f"{path}-journal"))] == before
    assert rows_of(path, "SELECT count(*) FROM notes WHERE text LIKE 'new%'") == [(0,)]


def fingerprint(path: Path) -> object:
    return (
        hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else stat.S_IFMT(path.stat().st_mode)
    )


def test_a_mistyped_path_creates_nothing(tmp_path: Path) -> None:
    path = tmp_path / "no" / "such.db"
    with pytest.raises(StoreUnusable, match=r"There is no file .*such\.db; check the path, or make it with"):
        open_store(path)
    assert list(tmp_path.iterdir()) == []


def test_a_name_with_no_room_for_a_journal_beside_it(tmp_path: Path) -> None:
    longest = tmp_path / ("é" * 123 + "x")
    open_store(longest, create=True).close()
    open_store(longest).close()
    too_long = longest.with_name(longest.name + "x")
    for make in (False, True):
        with pytest.raises(
            StoreUnusable, match="is too long for a deals file; take one of at most 247 bytes"
        ):
            open_store(too_long, create=make)
    assert list(tmp_path.iterdir()) == [longest]


def test_a_path_that_no_file_can_have(tmp_path: Path) -> None:
    for path in (tmp_path / ("x" * 300), Path(f"{tmp_path}/a\0b"), tmp_path / "deals.db" / "x"):
        (tmp_path / "deals.db").touch()
        with pytest.raises(StoreUnusable):
            open_store(path)
        with pytest.raises(StoreUnusable):
            open_store(path, create=True)


@pytest.mark.parametrize("name", ["deals.db", "a?b#c%41 d.db", "ünï — 中.db", "':memory:'"])
def test_a_new_file_and_its_folder_are_private(tmp_path: Path, name: str) -> None:
    path = tmp_path / "data" / "deals" / name
    with Deck(path) as deck:
        deck.deal("Acme")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(path.parent.parent.stat().st_mode) == 0o700
    assert [each.name for each in path.parent.iterdir()] == [name]
    with open_store(path) as store:
        assert store.read.schema_version() == LATEST


def test_create_opens_a_file_that_is_there(deck: Deck) -> None:
    deal_id = deck.deal("Acme")
    with open_store(deck.path, create=True) as store:
        assert store.read.find_deal("Acme") == deal_id


def test_a_link_to_a_file_is_that_file(deck: Deck, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(deck.path)
    with open_store(link) as store:
        assert len(store.read.pipelines()) == 1
    dangling = tmp_path / "dangling.db"
    dangling.symlink_to(tmp_path / "elsewhere" / "new.db")
    open_store(dangling, create=True).close()
    assert (tmp_path / "elsewhere" / "new.db").exists()
    assert dangling.is_symlink()


def test_the_settings_that_keep_the_promises(deck: Deck) -> None:
    def setting(name: str) -> object:
        return deck.store.read.ask(lambda connection: connection.execute(f"PRAGMA {name}").fetchone()[0])

    assert setting("foreign_keys") == 1
    assert setting("journal_mode") == "delete"
    assert setting("synchronous") == 3
    assert setting("trusted_schema") == 0
    assert setting("busy_timeout") == 5000
    assert setting("application_id") == APPLICATION_ID == int.from_bytes(b"DEAL")
    assert setting("user_version") == LATEST


def test_opening_and_reading_loads_nothing_heavy(deck: Deck) -> None:
    deal_id = deck.deal("Acme")
    script = f"""
import sys
from datetime import date
import store
light = set(sys.modules)
with store.open_store(sys.argv[1]) as opened:
    today = date(2026, 11, 20)
    opened.read.pipelines()
    assert opened.read.board(None, today).open.count == 1
    assert opened.read.deal_page({deal_id}, today).deal.name == "Acme"
    assert opened.history.peek_undo() == "add Acme"
    opened.data_version()
heavy = ("sqlmodel", "sqlalchemy", "pydantic", "textual", "rich")
print([name for name in heavy if name in sys.modules])
print([name for name in ("sqlite3", "typing", "store.views") if name in light])
"""
    ended = subprocess.run(
        [sys.executable, "-S", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{script}", deck.path],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.stdout, ended.stderr) == ("[]\n[]\n", "")


# What a file that may only be read, or not even that, says


def test_a_file_that_may_only_be_read_opens_and_says_so_when_written(deck: Deck) -> None:
    deck.deal("Acme")
    deck.store.close()
    deck.path.chmod(0o400)
    before = fingerprint(deck.path)
    told = run_as_plain_user(WRITE, deck.path)
    assert told == (
        f"Acme\nStoreReadOnly: {deck.path} can be read but not changed, and nothing was; "
        "allow writing to it and to its folder and open it anew, or work on a copy.\nAcme\n"
    )
    assert fingerprint(deck.path) == before


def test_a_folder_that_takes_no_new_files_says_so_when_written(deck: Deck, tmp_path: Path) -> None:
    deck.deal("Acme")
    deck.store.close()
    before = fingerprint(deck.path)
    tmp_path.chmod(0o500)
    told = run_as_plain_user(WRITE, deck.path)
    tmp_path.chmod(0o700)
    assert told == (
        f"Acme\nStoreReadOnly: {deck.path} cannot be changed, and nothing was: "
        f"the folder {tmp_path} takes no new files; check that you may write to it.\nAcme\n"
    )
    assert fingerprint(deck.path) == before


def test_a_file_that_may_not_be_read_says_so(deck: Deck, tmp_path: Path) -> None:
    deck.store.close()
    deck.path.chmod(0)
    assert f"StoreUnusable: {deck.path} may not be read by you" in run_as_plain_user(OPEN, deck.path)
    tmp_path.chmod(0)
    told = run_as_plain_user(OPEN, deck.path)
    tmp_path.chmod(0o700)
    assert told == f"StoreUnusable: {deck.path} cannot be looked at: Permission denied.\n"


def test_a_folder_in_which_nothing_may_be_made_says_so(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    told = (
        run_as_plain_user(OPEN, tmp_path / "deals.db"),
        run_as_plain_user(OPEN, tmp_path / "new" / "deals.db"),
    )
    tmp_path.chmod(0o700)
    for line in told:
        assert line.startswith(f"StoreUnusable: {tmp_path}")
        assert line.endswith("cannot be made: Permission denied; name another place.\n")


OPEN = """
import sys
from store import StoreError, open_store
try:
    open_store(sys.argv[1], create=True)
except StoreError as error:
    print(f"{type(error).__name__}: {error}")
"""
WRITE = """
import sys
from datetime import UTC, date, datetime
from store import StoreError, open_store
with open_store(sys.argv[1]) as store:
    def show():
        print(*(deal.name for deal in store.read.list_deals(None, date(2026, 11, 20))))
    show()
    try:
        store.deals.win([1], datetime(2026, 11, 20, tzinfo=UTC))
    except StoreError as error:
        print(f"{type(error).__name__}: {error}")
    show()
"""


# What happens when the disk refuses


def test_a_full_disk_keeps_the_old_data_and_says_so(deck: Deck) -> None:
    deal_id = deck.deal("Acme")
    before = deck.dump()
    deck.store.read.ask(lambda connection: connection.execute("PRAGMA max_page_count=1").fetchone())
    with pytest.raises(StoreFull, match="because the disk is full; nothing of it was kept"):
        deck.deal("Big", notes="x" * 100_000)
    assert deck.dump() == before
    deck.store.read.ask(lambda connection: connection.execute("PRAGMA max_page_count=100000").fetchone())
    deck.move(deal_id, "product")
    assert deck.read(deal_id).stage == "Product evaluated"


def test_a_failing_write_keeps_the_old_data_and_says_so(deck: Deck) -> None:
    deck.deal("Acme")
    before = deck.dump()
    told = run_as_plain_user(LIMITED, deck.path)
    assert told.startswith(f"StoreFull: {deck.path} could not ")
    assert "because the disk " in told
    assert told.endswith("['Acme']\nwin Acme\n")
    deck.undo()
    assert deck.dump() == before


LIMITED = """
import resource, sys
from datetime import UTC, date, datetime
from pathlib import Path
from store import DealPatch, StoreError, open_store
now = datetime(2026, 11, 20, tzinfo=UTC)
with open_store(sys.argv[1]) as store:
    store.prepare()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (Path(sys.argv[1]).stat().st_size + 1000, hard))
    try:
        store.deals.edit(1, DealPatch(notes="x" * 100_000), now)
    except StoreError as error:
        print(f"{type(error).__name__}: {error}")
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    print([deal.name for deal in store.read.list_deals(None, date(2026, 11, 20))])
    print(store.deals.win([1], now).title)
"""


def test_a_file_that_is_gone_meanwhile_says_so(deck: Deck, tmp_path: Path) -> None:
    deal_id = deck.deal("Acme")
    deck.path.rename(tmp_path / "elsewhere.db")
    Deck(deck.path).store.close()
    before = fingerprint(deck.path), fingerprint(tmp_path / "elsewhere.db")
    with pytest.raises(StoreUnusable, match="was moved, removed or replaced while it was open"):
        deck.store.deals.win([deal_id], at())
    assert (fingerprint(deck.path), fingerprint(tmp_path / "elsewhere.db")) == before


def test_a_file_that_is_damaged_later_says_so(deck: Deck) -> None:
    deal_id = deck.deal("Acme")
    (page,) = deck.rows("SELECT rootpage FROM sqlite_master WHERE name = 'deals'")[0]
    (size,) = deck.rows("PRAGMA page_size")[0]
    deck.store.close()
    data = bytearray(deck.path.read_bytes())
    data[(page - 1) * size : page * size] = b"\xff" * size
    deck.path.write_bytes(data)
    deck.reopen()
    with pytest.raises(
        StoreUnusable, match=r"is damaged .*; keep a copy of it as it is and go back to a backup"
    ):
        deck.store.deals.win([deal_id], at())


def test_a_store_that_was_closed_says_so(deck: Deck, store: Store) -> None:
    deal_id = deck.deal("Acme")
    store.close()
    store.close()

    def bulk() -> None:
        with store.bulk("import", at()):
            pass

    uses: list[Callable[[], object]] = [
        lambda: store.read.board(None, TODAY),
        store.data_version,
        lambda: store.deals.win([deal_id], at()),
        lambda: store.history.undo(at()),
        store.history.peek_undo,
        bulk,
    ]
    for use in uses:
        with pytest.raises(StoreUnusable, match="has been closed already; open it anew"):
            use()


def test_a_large_change_is_written_as_it_goes_on_and_not_held_in_memory(tmp_path: Path) -> None:
    with closing(raw_connection(tmp_path / "new.db", "mode=rwc")) as connection:
        harden(connection)
        assert connection.execute("PRAGMA cache_spill").fetchone() == (WRITTEN_PAGES,)
        connection.execute("CREATE TABLE texts (text TEXT)")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) "
            "INSERT INTO texts SELECT hex(zeroblob(2000)) FROM n",
            (WRITTEN_PAGES + 1000,),
        )
        assert (tmp_path / "new.db").stat().st_size > 1000 * 4096
        connection.execute("ROLLBACK")
