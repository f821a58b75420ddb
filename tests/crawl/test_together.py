"""Several processes at one night: they share the hosts of a site, and may die."""

from __future__ import annotations

import signal
import threading
import time
from pathlib import Path

import psycopg

from archive import model
from archive.errors import EXIT_DIED, StoreError
from archive.runs.dead import DIED
from archive.store import open_archive
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


def wait_for_one_who_waits(database: str) -> None:
    """Until a process has asked for the lock that another one has who makes the articles."""
    until = time.monotonic() + PATIENCE_SECONDS
    asked = b"SELECT 1 FROM pg_stat_activity WHERE query LIKE 'SELECT pg_try_advisory_lock_shared%'"
    with psycopg.connect(database, autocommit=True) as connection:
        while connection.execute(asked).fetchone() is None:
            assert time.monotonic() < until
            time.sleep(0.1)


def test_two_machines_share_a_night_and_the_last_one_makes_the_articles(
    tmp_path: Path, postgres_database: str
) -> None:
    opened = threading.Event()
    with hosts(opened) as sites:
        one, two = (machine(tmp_path, name, sites) for name in ("one", "two"))
        processes = [nightly(one, postgres_database)]
        wait_for(sites, 2)
        processes.append(nightly(two, postgres_database))
        wait_for_runs(one, postgres_database, 2)
        opened.set()
        ended = [process.communicate(timeout=PATIENCE_SECONDS) for process in processes]
        assert [process.returncode for process in processes] == [0, 0], ended
    with open_archive(one, database=postgres_database) as archive:
        runs = archive.store.runs("s")
        assert archive.store.count_articles() == HOSTS * EACH
        rows = [row for row in archive.store.captures("s") if "/t2012" in row.url]
        walked = {row.run for row in rows}
    # Whoever asked for a page, the other one did not.
    assert len(rows) == len({row.url for row in rows}) == HOSTS * EACH
    assert walked == {row.id for row in runs}
    made = [sum("change:new" in (row.report.counts if row.report else {}) for row in runs)]
    assert made == [1]


def test_a_machine_that_dies_leaves_its_hosts_to_the_other(
    tmp_path: Path, postgres_database: str
) -> None:
    opened = threading.Event()
    opened.set()
    with hosts(opened) as sites:
        one, two = (machine(tmp_path, name, sites) for name in ("one", "two"))
        processes = [nightly(data, postgres_database) for data in (one, two)]
        wait_for(sites, HOSTS * EACH // 2)
        processes[0].send_signal(signal.SIGKILL)
        for process in processes:
            process.communicate(timeout=PATIENCE_SECONDS)
        assert processes[1].returncode == 0
        asked = {(site.url, path) for site in sites for path in site.asked if "/t2012" in path}
        assert len(asked) == HOSTS * EACH
        with open_archive(two, database=postgres_database) as archive:
            assert archive.store.count_articles() == HOSTS * EACH
        again = nightly(two, postgres_database)
        again.communicate(timeout=PATIENCE_SECONDS)
        assert again.returncode == 0
    with open_archive(two, database=postgres_database) as archive:
        assert DIED in {row.outcome for row in archive.store.runs("s")}


def test_one_that_waits_for_anothers_articles_ends_at_the_first_signal(
    tmp_path: Path, postgres_database: str
) -> None:
    opened = threading.Event()
    opened.set()
    with hosts(opened) as sites:
        one, two = (machine(tmp_path, name, sites) for name in ("one", "two"))
        with open_archive(one, create=True, database=postgres_database) as archive:
            archive.store.put_site(model.Site("s", ("127.0.0.1",)))
            archive.store.frontier.attend("s", 1)
            assert archive.store.frontier.is_last("s")
            waiting = nightly(two, postgres_database)
            wait_for_one_who_waits(postgres_database)
            waiting.send_signal(signal.SIGTERM)
            out, err = waiting.communicate(timeout=PATIENCE_SECONDS)
            assert archive.store.runs("s") == []
    assert waiting.returncode == 143
    assert out == "s: not begun, the night was stopped\n"
    assert err == ""
    assert [site.asked for site in sites] == [[]] * HOSTS


def test_a_night_that_loses_its_database_goes_on_when_it_is_back(
    tmp_path: Path, postgres_database: str
) -> None:
    opened = threading.Event()
    opened.set()
    cut = b"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid != pg_backend_pid() "
    cut += b"AND datname = current_database()"
    with hosts(opened) as sites:
        one = machine(tmp_path, "one", sites)
        process = nightly(one, postgres_database)
        for runs in (1, 2):
            wait_for_runs(one, postgres_database, runs)
            wait_for(sites, sum(len(site.asked) for site in sites) + 2 * HOSTS)
            with psycopg.connect(postgres_database, autocommit=True) as connection:
                connection.execute(cut)
        out, err = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 0, err
    assert out.count("\n") == 1
    lines = err.splitlines()
    assert len(lines) == 2
    assert all(line.startswith("palimpsest: s: the store") for line in lines)
    with open_archive(one, database=postgres_database) as archive:
        last, *lost = archive.store.runs("s")
        assert (last.exit_code, len(lost)) == (0, 2)
        assert {row.exit_code for row in lost} <= {StoreError.exit_code, EXIT_DIED}
        assert archive.store.count_articles() == HOSTS * EACH
        told = [row.report.counts.get("change:new") for row in (last, *lost) if row.report]
    assert [new for new in told if new is not None] == [HOSTS * EACH]
