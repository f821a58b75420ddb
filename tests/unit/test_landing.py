"""Visits that come in together: one commit, each with its own fate."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.errors import DiskFullError
from archive.model import Outcome, Site
from archive.store import Archive, Lease, open_archive
from crawler.landing import Landing
from crawler.outcomes import Verdict
from crawler.visit import Visit

SITE = "s"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path, create=True) as archive:
        archive.store.put_site(Site(SITE, ("a.cn",)))
        yield archive


def visit(name: str) -> Visit:
    lease = Lease(f"http://a.cn/{name}", "a.cn", "page", 0, None, None, 1, 0)
    return Visit(lease, Verdict("done", "ok"))


def land(archive: Archive, names: str, faults: dict[str, Exception]) -> list[object]:
    """Land visits called by the letters of ``names`` at once; what came of each."""
    committed: list[int] = []

    def take(one: Visit) -> None:
        archive.store.frontier.settle(SITE, Outcome(one.lease.url, "done", "ok"))
        if error := faults.get(one.lease.url[-1]):
            raise error

    def after() -> None:
        committed.append(sum(archive.store.frontier.ledger(SITE).values()))

    async def all_at_once() -> list[object]:
        landing = Landing(archive.store, take, after)
        results = await asyncio.gather(
            *(landing.land(visit(name)) for name in names), return_exceptions=True
        )
        return list(results)

    results = asyncio.run(all_at_once())
    assert committed in ([0], []), "nothing is visible before the one commit"
    return results


def test_visits_of_the_same_moment_share_one_commit(archive: Archive) -> None:
    assert land(archive, "abc", {}) == [None, None, None]
    assert archive.store.frontier.ledger(SITE) == {"done": 3}


def test_a_visit_that_fails_is_told_so_and_the_others_are_in(archive: Archive) -> None:
    fault = ValueError("no such thing")
    assert land(archive, "abc", {"b": fault}) == [None, fault, None]
    kept = archive.store.frontier.outcomes(SITE, "done")
    assert [one.url for one in kept] == ["http://a.cn/a", "http://a.cn/c"]


def test_when_the_store_fails_no_visit_of_the_moment_has_landed(archive: Archive) -> None:
    full = DiskFullError("no room")
    assert land(archive, "abc", {"b": full}) == [full, full, full]
    assert archive.store.frontier.ledger(SITE) == {}
