"""The scheduler hands out no more than may be on its way, whatever it has on lease."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request, Spider
from scrapy.crawler import Crawler

from archive.errors import StoreLostError
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
