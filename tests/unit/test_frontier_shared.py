"""Several processes on one frontier in PostgreSQL: they share it by host, and may die."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from archive.errors import StoppedError
from archive.model import Lead, Site
from archive.runs.dead import bury_dead
from archive.runs.ending import NAME, begin_run
from archive.runs.stopping import Stop
from archive.steady import steady_time
from archive.store import Store, open_archive
from archive.store.claims import SharedHosts
from archive.store.frontier import Frontier

SITE = "s"
HOSTS = ("a.cn", "b.cn", "c.cn", "d.cn")
PATIENCE_SECONDS = 240.0
NOON = 1_800_000_000.0


@pytest.fixture
def store(postgres_database: str) -> Iterator[Store]:
    with closing(Store(postgres_database, create=True)) as store:
        store.put_site(Site(SITE, HOSTS))
        yield store


def another(store: Store) -> closing[Frontier]:
    """What a second process would have."""
    return closing(Frontier(store._engine, store._sites))


def seed(store: Store, each: int = 3) -> None:
    pages = [Lead(f"http://{host}/{n}", "page", 0) for host in HOSTS for n in range(each)]
    store.frontier.seed(SITE, pages)


def hosts(frontier: Frontier, limit: int = 50) -> set[str]:
    return {lease.host for lease in frontier.lease(SITE, limit, seconds=600)}


def test_one_process_has_every_host(store: Store) -> None:
    seed(store)
    with another(store) as one:
        assert hosts(one) == set(HOSTS)


def test_no_host_is_handed_to_two_processes_and_shares_are_even(store: Store) -> None:
    seed(store)
    with another(store) as one, another(store) as two:
        first = hosts(one, 4)  # all of them: nobody else is there yet
        assert hosts(two) == set()
        for lease in [*one.lease(SITE, 50, seconds=600)]:
            assert lease.host in first
        assert len(first) == 4


def test_one_process_at_a_time_reads_a_site_again(store: Store) -> None:
    came: list[str] = []

    def second(frontier: Frontier) -> None:
        with frontier.one_reader(SITE):
            came.append("second")

    with another(store) as one, another(store) as two, ThreadPoolExecutor() as threads:
        with one.one_reader(SITE):
            waiting = threads.submit(second, two)
            with pytest.raises(TimeoutError):
                waiting.result(timeout=0.5)
            came.append("first")
        waiting.result(timeout=PATIENCE_SECONDS)
    assert came == ["first", "second"]


def test_a_signal_ends_the_wait_for_another_process(store: Store) -> None:
    stop = Stop()

    def reads(frontier: Frontier) -> None:
        with frontier.one_reader(SITE):
            pass

    def begins(frontier: Frontier) -> None:
        frontier.attend(SITE, 2)

    with another(store) as one, ThreadPoolExecutor() as threads:
        one.attend(SITE, 1)
        assert one.is_last(SITE)
        with one.one_reader(SITE):
            for waits in (reads, begins):
                stop.signal = None
                with another(store) as two:
                    two.let_wait(stop.go_on)
                    waiting = threads.submit(waits, two)
                    with pytest.raises(TimeoutError):
                        waiting.result(timeout=0.5)
                    stop.signal = signal.SIGTERM
                    with pytest.raises(StoppedError) as ended:
                        waiting.result(timeout=PATIENCE_SECONDS)
                    assert ended.value.exit_code == 128 + signal.SIGTERM


def test_the_last_of_an_edition_waits_for_those_of_others_and_not_for_its_equals(
    store: Store,
) -> None:
    def of(edition: str) -> closing[Frontier]:
        claims = SharedHosts(store._engine, lambda: edition)
        return closing(Frontier(store._engine, store._sites, claims=claims))

    with of("a") as one, of("b") as two, of("b") as three, ThreadPoolExecutor() as threads:
        for run, frontier in enumerate((one, two, three), 1):
            frontier.attend(SITE, run)
        assert not two.is_last(SITE)
        waiting = threads.submit(three.is_last, SITE)
        with pytest.raises(TimeoutError):
            waiting.result(timeout=1.0)
        one.close()
        assert waiting.result(timeout=PATIENCE_SECONDS)


def test_a_process_that_comes_later_gets_its_share_once_hosts_are_free(store: Store) -> None:
    seed(store)
    with another(store) as one, another(store) as two:
        for lease in one.lease(SITE, 4, seconds=600):
            one.give_back(SITE, lease.url, "shut-down", counted=False)
        assert hosts(two, 1) == set()
        mine = hosts(one)
        theirs = hosts(two) | hosts(two)
    assert len(mine) == len(theirs) == 2
    assert not mine & theirs


def test_hosts_of_a_process_that_ended_go_to_the_others_with_their_leases(store: Store) -> None:
    seed(store, each=1)
    with another(store) as two:
        with another(store) as one:
            assert hosts(one) == set(HOSTS)
            assert hosts(two) == set()
        # No lease has run out; but nobody lives who holds one.
        assert two.release_all(SITE) == len(HOSTS)
        found = {lease.url for _ in HOSTS for lease in two.lease(SITE, 9, seconds=600)}
    assert len(found) == len(HOSTS)


@pytest.mark.parametrize("apart", [-7200, -600, 1200, 7200])
def test_a_machine_whose_clock_differs_takes_nothing_of_what_another_one_has(
    store: Store, apart: int
) -> None:
    seed(store)
    here = closing(Frontier(store._engine, store._sites, clock=lambda: NOON))
    there = closing(Frontier(store._engine, store._sites, clock=lambda: NOON + apart))
    with here as one, there as two:
        mine = one.lease(SITE, 4, seconds=900)
        assert len(mine) == 4
        assert two.lease(SITE, 50, seconds=900) == []
        assert one.ledger(SITE)["leased"] == 4
        rest = one.lease(SITE, 50, seconds=900)
    urls = [lease.url for lease in (*mine, *rest)]
    assert len(urls) == len(set(urls))


@pytest.mark.parametrize("apart", [-600, 600])
def test_what_waits_on_one_machine_waits_as_long_on_one_whose_clock_differs(
    store: Store, monkeypatch: pytest.MonkeyPatch, apart: int
) -> None:
    store.frontier.seed(SITE, [Lead("http://a.cn/", "page", 0)])
    now = steady_time()
    monkeypatch.setattr("archive.store.frontier.steady_time", lambda: now + apart)
    monkeypatch.setattr("archive.store.claims.steady_time", lambda: now + apart)
    with another(store) as one:
        (lease,) = one.lease(SITE, 1, seconds=900)
        one.give_back(SITE, lease.url, "http-503", not_before=now + apart + 100)
    for passed, waiting in ((90, True), (110, False)):
        clock = now
        monkeypatch.setattr("archive.store.claims.steady_time", lambda clock=clock: clock)
        monkeypatch.setattr(
            "archive.store.frontier.steady_time", lambda clock=clock + passed: clock
        )
        with another(store) as two:
            assert (two.lease(SITE, 1, seconds=900) == []) is waiting


def test_what_a_living_process_holds_is_not_released(store: Store) -> None:
    seed(store)
    with another(store) as one, another(store) as two:
        assert hosts(one) == set(HOSTS)
        assert two.release_all(SITE) == 0


def test_a_run_is_never_seen_before_it_is_known_that_somebody_makes_it(store: Store) -> None:
    seed(store)
    seen: list[int] = []

    def attend(run: int) -> None:
        seen.extend(row.id for row in other.runs(SITE))
        store.frontier.attend(SITE, run)

    with closing(Store(store._engine.url.render_as_string(hide_password=False))) as other:
        run = store.begin_run(SITE, "nightly", attend)
        assert seen == []
        assert other.run(run).ended is None
        assert bury_dead(other, SITE) == []
        store.frontier.close()
        (told,) = bury_dead(other, SITE)
    assert told.startswith(f"run {run} (nightly, began ")


def test_a_backfill_is_known_to_live_and_takes_no_hosts_from_those_that_walk(
    store: Store, tmp_path: Path, postgres_database: str
) -> None:
    seed(store)
    with open_archive(tmp_path, database=postgres_database) as archive, another(store) as one:
        run = begin_run(archive, SITE, "backfill", walks=False)
        assert (tmp_path / NAME).exists()
        assert one.is_attended(run)
        assert bury_dead(store, SITE) == []
        assert hosts(one) == set(HOSTS)
        assert one.is_last(SITE)


_WORKER = textwrap.dedent(
    """
    import sys, time
    from contextlib import closing
    from datetime import UTC, datetime
    from archive.model import Lead, Outcome, PageKind, WarcPointer
    from archive.store import CaptureRow, Store

    with closing(Store(sys.argv[1])) as store:
        run = store.begin_run("s", "crawl")
        print("walking", flush=True)
        idle = 0
        while idle < 40:
            leases = store.frontier.lease("s", 4, seconds=600)
            idle = 0 if leases else idle + 1
            if not leases:
                time.sleep(0.05)
                store.frontier.release_all("s")
            for lease in leases:
                number = int(lease.url.rsplit("/", 1)[1])
                found = [
                    Lead(f"http://{'abcd'[n % 4]}.cn/{n}", "page", n % 3, via=lease.url)
                    for n in (2 * number, 2 * number + 1) if n < 400
                ]
                time.sleep(0.002)
                pointer = WarcPointer("w.warc.gz", 0, 1, "sha256:0", f"urn:{run}:{number}")
                row = CaptureRow(lease.url, lease.host, datetime.now(UTC), 200, "text/html",
                                 PageKind.OTHER, pointer, run)
                store.commit_page("s", row, leads=found,
                                  outcome=Outcome(lease.url, "done", "kept"))
    """
)


def test_two_processes_one_of_them_killed_lose_and_double_nothing(
    store: Store, postgres_database: str
) -> None:
    store.frontier.seed(SITE, [Lead("http://b.cn/1", "page", 0)])
    command = [sys.executable, "-c", _WORKER, postgres_database]
    workers = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(2)]
    try:
        for worker in workers:
            assert worker.stdout is not None
            worker.stdout.readline()
        wait_for(store, 100)
        os.kill(workers[0].pid, signal.SIGKILL)
        wait_for(store, 399)
        assert workers[1].wait(timeout=PATIENCE_SECONDS) == 0
    finally:
        for worker in workers:
            worker.kill()
            worker.communicate()
    assert store.frontier.ledger(SITE) == {"done": 399}
    kept = [row.url for row in store.captures(SITE)]
    assert len(kept) == len(set(kept)) == 399


def wait_for(store: Store, done: int) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while store.frontier.ledger(SITE).get("done", 0) < done:
        assert time.monotonic() < end, store.frontier.reasons(SITE)
        time.sleep(0.05)
