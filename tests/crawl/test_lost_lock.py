"""A database server that ends only the session by which a machine holds what it alone may do."""

from __future__ import annotations

import threading
from contextlib import ExitStack, closing
from pathlib import Path

import psycopg
import pytest

from archive.errors import StoreError, StoreLostError
from archive.model import Lead, Outcome
from archive.runs.dead import DIED
from archive.store import Store, open_archive
from tests.crawl.machines import (
    EACH,
    HOSTS,
    PATIENCE_SECONDS,
    hosts,
    machine,
    nightly,
    wait_for,
    wait_for_runs,
)
from tests.unit.backfill_samples import SITE, take_in, warc

ARTICLES = 12
LOST = r"ended the connection that keeps other machines"
_SESSIONS = b"""
    SELECT DISTINCT pid FROM pg_locks WHERE locktype = 'advisory' AND granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


def _end_a_session(database: str) -> None:
    """End one of the sessions that hold advisory locks."""
    with psycopg.connect(database, autocommit=True) as connection:
        pid = min(row[0] for row in connection.execute(_SESSIONS))
        connection.execute("SELECT pg_terminate_backend(%s, 10000)", (pid,))


@pytest.fixture
def database(postgres_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An archive with articles."""
    monkeypatch.setenv("PALIMPSEST_DATABASE", postgres_database)
    take_in(tmp_path, warc(tmp_path, "a.warc.gz", range(ARTICLES)))
    return postgres_database


def test_whoever_lost_a_site_writes_no_articles_of_it(tmp_path: Path, database: str) -> None:
    with open_archive(tmp_path) as archive, archive.store.frontier.one_reader(SITE):
        _end_a_session(database)
        with (
            closing(Store(database)) as other,
            other.frontier.one_reader(SITE),
            pytest.raises(StoreLostError, match=LOST),
        ):
            archive.store.replace_articles(SITE, [])
    with open_archive(tmp_path) as archive:
        assert archive.store.count_articles() == ARTICLES


def test_whoever_lost_its_hosts_hears_of_it_with_the_page_that_lands_next(
    tmp_path: Path, database: str
) -> None:
    with open_archive(tmp_path) as archive:
        frontier = archive.store.frontier
        frontier.seed(SITE, [Lead(f"http://a.cn/{n}", "page", 0) for n in range(9)])
        frontier.attend(SITE, 1)
        [lease, *_] = frontier.lease(SITE, 4, seconds=60)
        _end_a_session(database)
        with ExitStack() as stack:
            stack.enter_context(archive.store.together())
            frontier.settle(SITE, Outcome(lease.url, "done", "ok"))
            frontier.look(SITE)
            with pytest.raises(StoreLostError, match=LOST):
                stack.close()
        # What had come was kept, and nothing but what nobody works on any more waits again.
        assert frontier.ledger(SITE) == {"done": 1, "leased": 3, "waiting": 5}
        assert len(frontier.lease(SITE, 9, seconds=60)) == 5


def test_whoever_lost_its_hosts_gets_no_more_of_them_to_ask(tmp_path: Path, database: str) -> None:
    with open_archive(tmp_path) as archive:
        frontier = archive.store.frontier
        frontier.seed(SITE, [Lead(f"http://a.cn/{n}", "page", 0) for n in range(9)])
        assert len(frontier.lease(SITE, 4, seconds=60)) == 4
        _end_a_session(database)
        with pytest.raises(StoreLostError):
            frontier.lease(SITE, 4, seconds=60)


def test_two_machines_of_which_one_loses_its_hosts_double_and_lose_nothing(
    tmp_path: Path, postgres_database: str
) -> None:
    opened = threading.Event()
    opened.set()
    with hosts(opened) as sites:
        one, two = (machine(tmp_path, name, sites) for name in ("one", "two"))
        processes = [nightly(data, postgres_database) for data in (one, two)]
        wait_for_runs(one, postgres_database, 2)
        wait_for(sites, HOSTS * EACH // 3)
        _end_a_session(postgres_database)
        ended = [process.communicate(timeout=PATIENCE_SECONDS) for process in processes]
        assert [process.returncode for process in processes] == [0, 0], ended
    with open_archive(one, database=postgres_database) as archive:
        runs = archive.store.runs("s")
        assert len(runs) == 3
        assert [row.outcome for row in runs if row.exit_code not in (0, StoreError.exit_code)] in (
            [],
            [DIED],
        )
        assert archive.store.count_articles() == HOSTS * EACH
        rows = [row for row in archive.store.captures("s") if "/t2012" in row.url]
        told = [row.report.counts.get("change:new", 0) for row in runs if row.report]
    assert len({row.url for row in rows}) == HOSTS * EACH
    # Twice is only asked what was on its way when the other one got the host.
    assert len(rows) - HOSTS * EACH <= HOSTS * 12
    assert sum(told) == HOSTS * EACH
