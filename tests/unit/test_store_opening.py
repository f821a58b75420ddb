"""Opening a store: made whole, brought up to date, or refused with a line that helps."""

from __future__ import annotations

import errno
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Event, Timer
from typing import Any

import pytest
import sqlalchemy as sa

from archive.errors import (
    DataDirectoryError,
    DiskFullError,
    LockedError,
    PalimpsestError,
    SchemaError,
    StoreError,
)
from archive.store import open_archive, schema
from archive.store.engine import close, connect, driver, explain
from archive.store.migrations import known_revisions, upgrade
from archive.store.opening import open_store
from tests.unit.store_sample import INSTITUTE, SITE, edited

JOURNAL = (
    "CREATE TABLE journal (seq INTEGER NOT NULL, mark BIGINT NOT NULL, "
    "article_n INTEGER NOT NULL, CONSTRAINT pk_journal PRIMARY KEY (seq))"
)


def _shape(path: Path) -> dict[str, Any]:
    """What a database looks like, its indexes' conditions included; not how it came about."""
    engine = sa.create_engine(f"sqlite:///{path}")
    try:
        inspector = sa.inspect(engine)
        shape: dict[str, Any] = {}
        for table in inspector.get_table_names():
            if table.startswith("article_terms"):
                continue
            shape[table] = {
                "columns": [
                    (
                        one["name"],
                        str(one["type"]),
                        one["nullable"],
                        bool(dict(one).get("primary_key")),
                    )
                    for one in inspector.get_columns(table)
                ],
                "keys": sorted(
                    (one["constrained_columns"], one["referred_table"], str(one["options"]))
                    for one in inspector.get_foreign_keys(table)
                ),
                "unique": sorted(
                    one["column_names"] for one in inspector.get_unique_constraints(table)
                ),
            }
        with engine.connect() as connection:
            indexes = connection.exec_driver_sql(
                "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
            )
            shape["indexes"] = sorted((row.name, " ".join(row.sql.split())) for row in indexes)
        return shape
    finally:
        engine.dispose()


def test_a_fresh_store_equals_one_that_went_through_every_migration(tmp_path: Path) -> None:
    with open_archive(tmp_path / "fresh", create=True):
        pass
    migrated = tmp_path / "migrated.db"
    engine = sa.create_engine(f"sqlite:///{migrated}")
    with engine.begin() as connection:
        upgrade(connection)
    engine.dispose()
    fresh = _shape(tmp_path / "fresh" / "palimpsest.db")
    assert len(fresh) > 14
    assert fresh == _shape(migrated)


def test_the_newest_revision_is_the_one_that_opening_knows() -> None:
    assert known_revisions()[0] == schema.HEAD


def test_a_migrated_store_works(tmp_path: Path) -> None:
    path = tmp_path / "palimpsest.db"
    engine = sa.create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        upgrade(connection)
    engine.dispose()
    with open_archive(tmp_path) as archive:
        archive.store.put_site(INSTITUTE)
        assert archive.store.sites() == [INSTITUTE]


@pytest.mark.parametrize(
    ("number", "elder"),
    [
        ("0003", ("DROP TABLE article_terms", "DROP TABLE facts", JOURNAL)),
        ("0005", ("ALTER TABLE frontier ADD COLUMN links INTEGER",)),
    ],
)
def test_a_store_made_while_two_migrations_bore_one_number_is_brought_up_to_date(
    number: str, elder: tuple[str, ...], tmp_path: Path
) -> None:
    with open_archive(tmp_path / "fresh", create=True):
        pass
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'palimpsest.db'}")
    with engine.begin() as connection:
        upgrade(connection, number)
        for statement in elder:
            connection.exec_driver_sql(statement)
    engine.dispose()
    with open_archive(tmp_path) as archive:
        archive.store.put_site(INSTITUTE)
    assert _shape(tmp_path / "palimpsest.db") == _shape(tmp_path / "fresh" / "palimpsest.db")


def test_no_archive_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(DataDirectoryError, match="palimpsest crawl"):
        open_archive(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_place_of_the_directory_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(DataDirectoryError, match="--data"):
        open_archive(tmp_path / "data", create=True)


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "palimpsest.db"
    path.write_bytes(b"my diary, not a database" * 100)
    before = path.read_bytes()
    with pytest.raises(SchemaError, match="not a store"):
        open_archive(tmp_path, create=True)
    assert path.read_bytes() == before


def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "palimpsest.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE diary (page TEXT)")
    with pytest.raises(SchemaError, match="not a Palimpsest store"):
        open_archive(tmp_path, create=True)
    with closing(sqlite3.connect(path)) as other:
        tables = other.execute("SELECT name FROM sqlite_master").fetchall()
    assert tables == [("diary",)]


def test_a_store_from_the_future_is_refused(tmp_path: Path) -> None:
    with open_archive(tmp_path, create=True):
        pass
    with closing(sqlite3.connect(tmp_path / "palimpsest.db")) as store, store:
        store.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(SchemaError, match=r"'9999'.*update palimpsest"):
        open_archive(tmp_path)


def test_two_that_make_the_same_store_at_once_both_succeed(tmp_path: Path) -> None:
    def make(_: int) -> None:
        open_store(tmp_path / "s.db", create=True).dispose()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(make, range(4))) == [None] * 4


def test_a_new_store_that_another_just_writes_to_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    with closing(sqlite3.connect(path, check_same_thread=False, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        released = Event()

        def let_go() -> None:
            released.set()
            other.execute("COMMIT")

        release = Timer(0.3, let_go)
        release.start()
        try:
            open_store(path, create=True).dispose()
            assert released.is_set()
        finally:
            release.join()


def test_opening_an_up_to_date_store_imports_neither_alembic_nor_scrapy(tmp_path: Path) -> None:
    with open_archive(tmp_path, create=True):
        pass
    code = (
        "import sys; from pathlib import Path; from archive.store import open_archive\n"
        "open_archive(Path(sys.argv[1])).close()\n"
        "print([name for name in ('alembic', 'scrapy', 'twisted') if name in sys.modules])"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    assert subprocess.run(command, check=True, capture_output=True, text=True).stdout == "[]\n"


def test_a_damaged_store_is_named_as_such(tmp_path: Path) -> None:
    with open_archive(tmp_path, create=True) as archive:
        archive.store.put_site(INSTITUTE)
    path = tmp_path / "palimpsest.db"
    content = bytearray(path.read_bytes())
    content[100:] = b"\xff" * (len(content) - 100)
    path.write_bytes(content)
    with pytest.raises(StoreError, match="damaged"):
        open_archive(tmp_path)


@pytest.mark.parametrize(
    "damage",
    [
        (b"CREATE TABLE frontier (", b"CREATE T\xdcBLE frontier ("),
        (b"tablefrontierfrontier", b"tablefr\xdcntierfrontier"),
    ],
    ids=["statement", "name"],
)
def test_a_schema_whose_damage_is_no_text_is_named_as_such(
    tmp_path: Path, damage: tuple[bytes, bytes]
) -> None:
    open_archive(tmp_path, create=True).close()
    path = tmp_path / "palimpsest.db"
    # All of it in one file, in which the damage is to be found.
    with closing(sqlite3.connect(path)) as store:
        store.execute("PRAGMA journal_mode = DELETE")
    content = path.read_bytes()
    assert damage[0] in content
    path.write_bytes(content.replace(*damage))
    with pytest.raises(StoreError, match="damaged"):
        open_archive(tmp_path)


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM documents WHERE place = 0",
        "DELETE FROM witnesses",
        "UPDATE documents SET body = x'00'",
        "UPDATE witnesses SET captured_at = 'http://www.a.cn/'",
    ],
)
def test_rows_of_an_article_that_do_not_agree_are_called_damaged(
    tmp_path: Path, damage: str
) -> None:
    with open_archive(tmp_path, create=True) as archive:
        archive.store.put_site(INSTITUTE)
        archive.store.replace_articles(SITE, [edited()])
    with closing(sqlite3.connect(tmp_path / "palimpsest.db")) as store:
        assert store.execute(damage).rowcount > 0
        store.commit()
    with open_archive(tmp_path) as archive, pytest.raises(StoreError, match="do not agree"):
        list(archive.iterate(""))


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (sqlite3.SQLITE_FULL, PalimpsestError),
        (sqlite3.SQLITE_READONLY_DIRECTORY, DataDirectoryError),
        (sqlite3.SQLITE_IOERR_WRITE, DataDirectoryError),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, LockedError),
        (sqlite3.SQLITE_CORRUPT_INDEX, StoreError),
        (sqlite3.SQLITE_MISUSE, StoreError),
    ],
)
def test_a_database_error_says_what_to_do(code: int, kind: type[PalimpsestError]) -> None:
    error = sqlite3.OperationalError("it went wrong")
    error.sqlite_errorcode = code
    explained = explain(error)
    assert isinstance(explained, kind)
    assert "it went wrong; " in str(explained)


def test_a_quota_that_is_used_up_is_no_broken_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_WRITE
    assert type(explain(error, tmp_path)) is DataDirectoryError

    def refused(*_: object, **__: object) -> None:
        raise OSError(errno.EDQUOT, "Disk quota exceeded")

    monkeypatch.setattr("archive.warc.storage.TemporaryFile", refused)
    assert type(explain(error, tmp_path)) is DiskFullError


def test_of_a_full_disk_the_place_is_named_and_where_that_has_room_the_one_of_temporary_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorcode = sqlite3.SQLITE_FULL
    assert "TMPDIR" in str(explain(error, tmp_path))
    monkeypatch.setattr("archive.store.engine.has_room", lambda *_: False)
    explained = explain(error, tmp_path)
    assert type(explained) is DiskFullError
    assert str(explained) == f"no room left in {tmp_path}: free some, then run again to go on"


def test_a_store_that_another_holds_too_long_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archive.store.engine.BUSY_TIMEOUT_MS", 50)
    with open_archive(tmp_path, create=True) as archive:
        holder = sqlite3.connect(tmp_path / "palimpsest.db", isolation_level=None)
        with closing(holder):
            holder.execute("BEGIN IMMEDIATE")
            with pytest.raises(LockedError, match="another process holds it"):
                archive.store.put_site(INSTITUTE)


def test_a_connection_that_is_in_use_when_the_store_is_closed_is_closed_afterwards(
    tmp_path: Path,
) -> None:
    engine = connect(tmp_path / "palimpsest.db")
    reading = engine.connect()
    raw = driver(reading)
    close(engine)
    assert reading.exec_driver_sql("SELECT 1").scalar() == 1
    reading.close()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        raw.execute("SELECT 1")


def test_the_store_is_set_up_to_survive(tmp_path: Path) -> None:
    with open_archive(tmp_path, create=True) as archive, archive.store.view() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
        }
    assert settings == {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "synchronous": 1,
        "busy_timeout": 30_000,
    }
