"""The scheduler hands out no more than may be on its way, whatever it has on lease, and in time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from scrapy import Request, Spider
from scrapy.crawler import Crawler

from archive.errors import StoreLostError
from crawler.alarm import Alarm, Timer
from crawler.discovery import lead_to
from crawler.job import FLYING_PER_HOST, attach_job
from crawler.outcomes import Verdict
from crawler.plan import plan_of
from crawler.run import Run, crawl_settings
from crawler.scheduler import FrontierScheduler

HOSTS = ("http://a.example/", "http://b.example/")


class AnySpider(Spider):
    name = "any"


def scheduled(run: Run) -> FrontierScheduler:
    crawler: Any = Crawler(AnySpider, crawl_settings())
    crawler.engine = SimpleNamespace(downloader=SimpleNamespace(slots={}))
    crawler.spider = None
    attach_job(crawler, run.job)
    return FrontierScheduler(crawler)


class Waiting:
    """An event loop's timer and a clock that the test moves on."""

    def __init__(self) -> None:
        self.now = 1_291_852_800.0
        self.wanted: list[float] = []
        self.rung: list[bool] = []
        self._calls: dict[float, Callable[[], None]] = {}

    def clock(self) -> float:
        return self.now

    def call_later(self, seconds: float, call: Callable[[], None]) -> Timer:
        self.wanted.append(seconds)
        at = self.now + seconds
        self._calls[at] = call
        timer: Any = SimpleNamespace(cancel=lambda: self._calls.pop(at))
        return cast(Timer, timer)

    def let_go(self, seconds: float) -> None:
        self.now += seconds
        for at in [at for at in self._calls if at <= self.now]:
            self._calls.pop(at)()


def drain(scheduler: FrontierScheduler) -> list[Request]:
    requests = []
    while (request := scheduler.next_request()) is not None:
        requests.append(request)
    return requests


def test_each_host_has_at_most_its_share_on_its_way(tmp_path: Path) -> None:
    with Run(plan_of(tmp_path, HOSTS, name="s"), crawl_settings()) as run:
        pages = [lead_to(f"{host}{n}.html", "article") for host in HOSTS for n in range(9)]
        run.archive.store.frontier.seed("s", pages)
        scheduler = scheduled(run)
        seen: set[str] = set()
        while batch := drain(scheduler):
            assert run.job.full_hosts() <= {"a.example", "b.example"}
            assert max(run.job._flying_per_host.values()) <= FLYING_PER_HOST
            seen |= {request.url for request in batch}
            run.job.settle(batch[0].meta["lease"], Verdict("done", "answered"))
            flying = list(run.job._flying.values())
            # One lands: exactly one more of that host takes off while it has any.
            again = drain(scheduler)
            assert len(again) <= 1
            seen |= {request.url for request in again}
            for lease in (*flying, *(request.meta["lease"] for request in again)):
                run.job.settle(lease, Verdict("done", "answered"))
        assert seen == {lead.url for lead in pages}


@contextmanager
def paused_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Run, FrontierScheduler, Waiting]]:
    """A scheduler whose time goes on only when the test says so."""
    waiting = Waiting()
    with Run(plan_of(tmp_path, HOSTS, name="s"), crawl_settings()) as run:
        monkeypatch.setattr(run.job.politeness, "_clock", waiting.clock)
        monkeypatch.setattr(run.archive.store.frontier, "_clock", waiting.clock)
        scheduler = scheduled(run)
        engine: Any = scheduler._crawler.engine
        engine.crawl = lambda request: waiting.rung.append(scheduler.enqueue_request(request))
        scheduler.alarm = Alarm(scheduler.ring, waiting.call_later, waiting.clock)
        yield run, scheduler, waiting


@pytest.mark.parametrize("seconds", [1, 90])
def test_a_host_that_wants_a_pause_is_asked_again_at_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seconds: int
) -> None:
    with paused_run(tmp_path, monkeypatch) as (run, scheduler, waiting):
        run.archive.store.frontier.seed(
            "s", [lead_to(f"{HOSTS[0]}{n}.html", "article") for n in range(9)]
        )
        assert len(drain(scheduler)) == FLYING_PER_HOST
        for lease in list(run.job._flying.values()):
            run.job.settle(lease, Verdict("done", "answered"))
        run.job.politeness.failed("a.example", "http-429", str(seconds))
        # Also what was leased before has to wait, without having been tried.
        assert drain(scheduler) == []
        assert run.archive.store.frontier.ledger("s", states=["waiting"]) == {"waiting": 6}
        assert waiting.wanted == [seconds]
        waiting.let_go(seconds)
        assert waiting.rung == [True]
        assert len(drain(scheduler)) == FLYING_PER_HOST


def test_what_is_asked_again_after_a_failure_is_waited_for_as_long_as_it_must(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with paused_run(tmp_path, monkeypatch) as (run, scheduler, waiting):
        frontier, politeness = run.archive.store.frontier, run.job.politeness
        frontier.seed("s", [lead_to(HOSTS[0], "start")])
        [request] = drain(scheduler)
        lease = request.meta["lease"]
        politeness.failed("a.example", "http-429", "1")
        moment = politeness.not_before("a.example")
        frontier.give_back("s", lease.url, "http-429", not_before=moment)
        run.job.landed(lease)
        # The host's pause ends after one second, what failed itself rests for two.
        assert drain(scheduler) == []
        waiting.let_go(1)
        assert drain(scheduler) == []
        waiting.let_go(1)
        assert waiting.wanted == [1, 1]
        assert [one.url for one in drain(scheduler)] == [HOSTS[0]]


def test_nothing_rings_after_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with paused_run(tmp_path, monkeypatch) as (run, scheduler, waiting):
        run.archive.store.frontier.seed("s", [lead_to(HOSTS[0], "start")])
        run.job.politeness.failed("a.example", "http-503", "7")
        assert drain(scheduler) == []
        assert waiting.wanted == [7]
        scheduler.close("finished")
        waiting.let_go(7)
        assert waiting.rung == []


def test_a_fault_while_handing_out_ends_the_run_instead_of_being_met_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Run(plan_of(tmp_path, HOSTS, name="s"), crawl_settings()) as run:
        run.archive.store.frontier.seed("s", [lead_to(HOSTS[0], "start")])
        scheduler = scheduled(run)
        monkeypatch.setattr(run.job.archive.store.frontier, "lease", {}.__getitem__)
        with pytest.raises(TypeError):
            scheduler.next_request()
        assert scheduler.next_request() is None
        assert not scheduler.has_pending_requests()
        assert "no address can be handed out" in str(run.job.fatal)


def test_what_an_earlier_night_let_in_is_not_asked_for_once_it_is_off_the_site(
    tmp_path: Path,
) -> None:
    others = ("http://left.example/1", "http://10.0.0.1/2", "http://u@a.example/3")
    with Run(plan_of(tmp_path, HOSTS[:1], name="s"), crawl_settings()) as run:
        frontier = run.archive.store.frontier
        frontier.seed("s", [lead_to(url, "article") for url in (f"{HOSTS[0]}0", *others)])
        assert [request.url for request in drain(scheduled(run))] == [f"{HOSTS[0]}0"]
        refused = {one.url: one.reason for one in frontier.outcomes("s", "refused")}
    reasons = ("off-site", "private-address", "user-in-address")
    assert refused == dict(zip(others, reasons, strict=True))


def test_the_pages_of_a_host_that_went_down_count_as_failures_a_mirrors_do_not(
    tmp_path: Path,
) -> None:
    plan = plan_of(tmp_path, HOSTS[:1], HOSTS[1:], name="s")
    with Run(plan, crawl_settings()) as run:
        run.archive.store.frontier.seed(
            "s", [lead_to(f"{host}{n}", "page") for host in HOSTS for n in range(30)]
        )
        scheduler = scheduled(run)
        run.job.tally.kinds["article"] = 60
        for host in ("a.example", "b.example"):
            for _ in range(10):
                run.job.politeness.failed(host, "http-503", "0")
        assert scheduler.next_request() is None
        assert run.job.tally.judged() == {"asked": 90, "failed": 30, "tonight:host-down": 30}


def test_a_domain_that_the_operator_names_no_more_makes_no_night_a_bad_one(
    tmp_path: Path,
) -> None:
    with Run(plan_of(tmp_path, HOSTS[:1], name="s"), crawl_settings()) as run:
        leads = [lead_to(f"{HOSTS[0]}{n}", "page") for n in range(30)]
        run.archive.store.frontier.seed("s", leads)
    with Run(plan_of(tmp_path, HOSTS[1:], name="s"), crawl_settings()) as run:
        scheduler = scheduled(run)
        run.job.tally.kinds["article"] = 60
        for _ in range(3):
            run.job.politeness.failed("a.example", "unknown-host", "0")
        assert scheduler.next_request() is None
        assert run.archive.store.frontier.ledger("s", states=["failed"]) == {"failed": 30}
        assert run.job.tally.judged() == {"asked": 60, "failed": 0}


@pytest.mark.parametrize("what", ["seed", "is_empty", "lease"])
def test_a_store_that_is_lost_ends_the_walk_whatever_it_was_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    lost = StoreLostError("the connection is gone")

    def fails(*_: object, **__: object) -> None:
        raise lost

    with Run(plan_of(tmp_path, HOSTS, name="s"), crawl_settings()) as run:
        scheduler = scheduled(run)
        monkeypatch.setattr(run.archive.store.frontier, what, fails)
        scheduler.enqueue_request(Request(HOSTS[0]))
        scheduler.has_pending_requests()
        assert scheduler.next_request() is None
        assert run.job.fatal is lost
        assert not scheduler.has_pending_requests()
        monkeypatch.undo()
