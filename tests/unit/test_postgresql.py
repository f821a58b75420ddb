"""The store in PostgreSQL: opened, refused and used as the one in a file is."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from archive.errors import SchemaError
from archive.search import search
from archive.store import open_archive, postgres
from archive.store.index import Difference
from archive.store.migrations import upgrade
from tests.postgres import Server, programs
from tests.unit.store_sample import INSTITUTE, SITE, article, edited, extraction, mirrored

ROOT = Path(__file__).resolve().parents[2]
SERVE = """
from tests.postgres import programs, running
with running(programs()) as server:
    print(server.directory, flush=True)
    input()
"""
WAIT_S = 120.0


@pytest.fixture
def address(postgres_database: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.delenv("PALIMPSEST_DATABASE", raising=False)
    return postgres_database


def fill(data: Path, address: str) -> None:
    with open_archive(data, create=True, database=address) as archive:
        archive.store.put_site(INSTITUTE)
        archive.store.replace_articles(SITE, [article("a1"), mirrored("a2"), edited("a3")])


def test_the_data_directory_has_no_store_and_no_index_then(tmp_path: Path, address: str) -> None:
    fill(tmp_path, address)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["warc"]


def test_two_processes_share_one_database(tmp_path: Path, address: str) -> None:
    fill(tmp_path, address)
    palimpsest = str(Path(sys.executable).with_name("palimpsest"))
    command = [palimpsest, "search", "党员", "--format", "json", "--data", str(tmp_path)]
    done = subprocess.run(
        [*command, "--database", address], check=True, capture_output=True, text=True
    )
    assert sorted(hit["id"] for hit in json.loads(done.stdout)["hits"]) == ["a1", "a2", "a3"]
    with (
        open_archive(tmp_path, database=address) as one,
        open_archive(tmp_path, database=address) as other,
    ):
        one.store.replace_articles(SITE, [article("x", extraction("新近"))])
        assert [hit.id for hit in other.search("新近")] == ["x"]


def test_long_texts_are_searched_to_their_end(tmp_path: Path, address: str) -> None:
    with open_archive(tmp_path, create=True, database=address) as archive:
        archive.store.put_site(INSTITUTE)
        text = "会议纪要，" * 20_000 + "最后一句有银河。"
        archive.store.replace_articles(SITE, [article("x", extraction(text))])
        assert [hit.id for hit in archive.search("一句有银河")] == ["x"]
        assert not archive.search("银河会议").hits


def test_index_and_store_are_compared_and_the_index_made_again(
    tmp_path: Path, address: str
) -> None:
    fill(tmp_path, address)
    with open_archive(tmp_path, database=address) as archive:
        assert list(archive.store.index_differences()) == []
        with psycopg.connect(address) as connection:
            connection.execute("DELETE FROM search_terms WHERE article_n = 1")
            connection.execute("UPDATE search_terms SET digest = 'x' WHERE article_n = 2")
        assert list(archive.store.index_differences()) == [
            Difference(1, "is not in the index"),
            Difference(2, "is in the index as it was before"),
        ]
        assert archive.store.reindex() == 3
        assert list(archive.store.index_differences()) == []


def test_terms_of_another_folding_are_made_again(tmp_path: Path, address: str) -> None:
    fill(tmp_path, address)
    with psycopg.connect(address) as connection:
        connection.execute("UPDATE search_state SET folding = '0'")
        connection.execute("DELETE FROM search_terms")
    with open_archive(tmp_path, database=address) as archive:
        assert len(search(archive.store, "党员")) == 3


def test_another_programs_database_is_refused(tmp_path: Path, address: str) -> None:
    with psycopg.connect(address) as connection:
        connection.execute("CREATE TABLE diary (page text)")
    with pytest.raises(SchemaError, match="not a Palimpsest store"):
        open_archive(tmp_path, create=True, database=address)


def test_a_store_from_the_future_is_refused(tmp_path: Path, address: str) -> None:
    fill(tmp_path, address)
    with psycopg.connect(address) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(SchemaError, match=r"'9999'.*update palimpsest"):
        open_archive(tmp_path, database=address)


def test_a_store_of_the_first_schema_on_postgresql_is_brought_up_to_date(
    tmp_path: Path, address: str, postgres_server: Server
) -> None:
    fill(tmp_path, address)
    fresh = shape(postgres_server.new_database(), tmp_path / "fresh")
    with psycopg.connect(address) as connection:
        connection.execute("DROP TABLE saved_queries, aliases, given_ids, last_reported")
        connection.execute("ALTER TABLE sites DROP COLUMN edition, DROP COLUMN former_editions")
        connection.execute("ALTER TABLE frontier DROP COLUMN links")
        connection.execute("ALTER TABLE captures DROP COLUMN location")
        connection.execute("ALTER TABLE witnesses DROP COLUMN moved_to")
        connection.execute("UPDATE alembic_version SET version_num = '0004'")
    assert shape(address, tmp_path) == fresh
    with open_archive(tmp_path, database=address) as archive:
        assert len(archive.search("党员")) == 3
        archive.store.saved.put("党员", "党员")
        assert len(archive.search("@党员")) == 3
        assert list(archive.store.index_differences()) == []
        # What its articles are called stays theirs.
        assert {one.id for one in archive.store.given_ids(SITE)} == {"a1", "a2", "a3"}


def test_a_store_that_two_machines_bring_up_to_date_at_once_is_brought_so_once(
    tmp_path: Path, address: str
) -> None:
    fill(tmp_path, address)
    with psycopg.connect(address) as connection:
        connection.execute("ALTER TABLE sites DROP COLUMN former_editions")
        connection.execute("UPDATE alembic_version SET version_num = '0012'")

    def second() -> int:
        with open_archive(tmp_path, database=address) as archive:
            return len(archive.search("党员"))

    engine = postgres.connect_postgres(address)
    with ThreadPoolExecutor() as threads, engine.connect() as first:
        postgres.lock_schema(first)
        upgrade(first)
        waiting = threads.submit(second)
        with pytest.raises(TimeoutError):
            waiting.result(timeout=1.0)
        first.commit()
        assert waiting.result(timeout=60) == 3
    engine.dispose()


def shape(address: str, data: Path) -> dict[str, list[tuple[str, str, bool]]]:
    """The columns of every table, once the store was opened."""
    with open_archive(data, create=True, database=address) as archive, archive.store.view() as view:
        inspector = sa.inspect(view)
        return {
            table: [
                (one["name"], str(one["type"]), bool(one["nullable"]))
                for one in inspector.get_columns(table)
            ]
            for table in sorted(inspector.get_table_names())
        }


def test_the_list_of_waiting_terms_is_short_again_whatever_became_of_many(
    tmp_path: Path, address: str
) -> None:
    def limit() -> list[str]:
        with psycopg.connect(address) as connection:
            query = "SELECT reloptions FROM pg_class WHERE relname = 'ix_search_terms_terms'"
            found = connection.execute(query).fetchone()
            assert found is not None
            return list(found[0])

    fill(tmp_path, address)
    short = limit()
    assert short == ["gin_pending_list_limit=4096"]
    with open_archive(tmp_path, database=address) as archive:
        with pytest.raises(ZeroDivisionError):
            archive.store.replace_articles(SITE, (article(str(1 // n)) for n in (1, 0)))
        assert limit() == short
        assert sorted(hit.id for hit in archive.search("党员")) == ["a1", "a2", "a3"]
        archive.store.reindex()
        assert limit() == short
        assert sorted(hit.id for hit in archive.search("党员")) == ["a1", "a2", "a3"]


def test_an_index_of_the_layout_before_is_made_again_and_leaves_nothing(
    tmp_path: Path, address: str
) -> None:
    fill(tmp_path, address)
    with psycopg.connect(address) as connection:
        connection.execute("DROP INDEX ix_search_terms_terms")
        connection.execute(
            "CREATE FUNCTION search_terms_of(text) RETURNS text[] LANGUAGE sql IMMUTABLE "
            "AS $$ SELECT string_to_array($1, ' ') $$"
        )
        connection.execute(
            "CREATE INDEX ix_search_terms_terms ON search_terms USING gin (search_terms_of(text))"
        )
        connection.execute("UPDATE search_state SET folding = '3.3'")
    with open_archive(tmp_path, database=address) as archive:
        assert sorted(hit.id for hit in archive.search("党员")) == ["a1", "a2", "a3"]
    with psycopg.connect(address) as connection:
        left = "SELECT count(*) FROM pg_proc WHERE proname = 'search_terms_of'"
        assert connection.execute(left).fetchone() == (0,)


def test_an_index_half_made_again_leaves_the_one_there_was(tmp_path: Path, address: str) -> None:
    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    fill(tmp_path, address)
    with open_archive(tmp_path, database=address) as archive:
        archive.store.watch_index(stop)
        with pytest.raises(KeyboardInterrupt):
            archive.store.reindex()
        assert sorted(hit.id for hit in archive.search("党员")) == ["a1", "a2", "a3"]
        told: list[tuple[int, int]] = []
        archive.store.watch_index(lambda done, total: told.append((done, total)))
        assert archive.store.reindex() == 3
        assert told == [(1, 3), (2, 3), (3, 3)]


def test_a_connection_that_was_lost_while_it_rested_is_replaced(
    tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path, address)
    monkeypatch.setattr(postgres, "LOOKED_AT_AFTER_S", 0.0)
    with open_archive(tmp_path, database=address) as archive:
        assert archive.search("党员").total == 3
        with psycopg.connect(address, autocommit=True) as other:
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        assert archive.search("党员").total == 3


def test_a_database_restored_from_a_dump_finds_what_it_found_by_its_index(
    tmp_path: Path, address: str, postgres_server: Server
) -> None:
    fill(tmp_path, address)
    directory = programs()
    assert directory is not None
    dump, restored = str(tmp_path / "dump"), postgres_server.new_database()
    for command in (
        ["pg_dump", "--format=custom", "--file", dump, address],
        ["pg_restore", "--exit-on-error", "--dbname", restored, dump],
    ):
        subprocess.run([str(directory / command[0]), *command[1:]], check=True)
    with open_archive(tmp_path, database=restored) as archive:
        assert sorted(hit.id for hit in archive.search("党员")) == ["a1", "a2", "a3"]
        assert list(archive.store.index_differences()) == []
        with archive.store.view() as view:
            names = {one["name"] for one in sa.inspect(view).get_indexes("search_terms")}
        assert "ix_search_terms_terms" in names
        archive.store.replace_articles(SITE, [article("x", extraction("新近"))])
        assert [hit.id for hit in archive.search("新近")] == ["x"]
    postgres_server.drop(restored)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_server_is_gone_however_its_user_ended(
    how: signal.Signals, postgres_server: Server
) -> None:
    command = [sys.executable, "-c", SERVE]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as user:
        assert user.stdout is not None
        directory = Path(user.stdout.readline().decode().strip())
        server = int((directory / "data" / "postmaster.pid").read_text().split()[0])
        assert Path(f"/proc/{server}").exists()
        user.send_signal(how)
    until = time.monotonic() + WAIT_S
    while Path(f"/proc/{server}").exists() or directory.exists():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_the_server_asks_soon_whether_a_silent_machine_is_still_there(address: str) -> None:
    engine = postgres.connect_postgres(address)
    query = "SELECT name, reset_val::int FROM pg_settings WHERE source = 'client' AND name ~ '^tcp'"
    with engine.connect() as connection:
        asked = {row.name: row.reset_val for row in connection.exec_driver_sql(query)}
    engine.dispose()
    quiet = asked["tcp_keepalives_idle"]
    assert 0 < quiet + asked["tcp_keepalives_interval"] * asked["tcp_keepalives_count"] <= 60
