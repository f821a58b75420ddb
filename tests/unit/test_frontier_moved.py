"""Addresses left behind, for another spelling or another host, are not asked for again."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import product

from archive.model import CaptureRow, Outcome, WarcPointer
from archive.store import Archive, Night
from archive.store.frontier import Frontier
from tests.unit.frontier_samples import SITE, archive, clock, frontier, leads, place, urls

__all__ = ["archive", "clock", "frontier", "place"]


def test_an_address_left_behind_for_another_spelling_is_not_asked_again(frontier: Frontier) -> None:
    ends = [("done", "redirect"), ("failed", "connection-refused")]
    spellings = ["https://www.a.cn", "http://a.cn", "https://a.cn"]
    answers = [("done", "not-modified"), ("failed", "http-404")]
    old, new = [], []
    for n, (end, host, answer) in enumerate(product(ends, spellings, answers)):
        old.append(f"http://www.a.cn/{n}")
        new.append(f"{host}/{n}")
        frontier.seed(SITE, leads(old[n], new[n]))
        frontier.settle(SITE, Outcome(old[n], *end))  # type: ignore[arg-type]
        frontier.settle(SITE, Outcome(new[n], *answer))  # type: ignore[arg-type]
    frontier.restart(SITE, Night(named=old[:1]))
    assert set(urls(frontier, 99)) == {old[0], *new}
    # The page is given there no more: it is asked for again where it was.
    for url in new:
        frontier.settle(SITE, Outcome(url, "failed", "http-503"))
    frontier.restart(SITE, Night(named=()))
    assert set(urls(frontier, 99)) == {*old, *new}


def test_only_another_spelling_of_an_address_stands_for_it(frontier: Frontier) -> None:
    old = "http://www.a.cn/1"
    near = ["https://www.a.cn/12", "https://b.a.cn/1", "https://www.a.cn/", "https://www.a.cn/1?"]
    both = ["http://a.cn/7", "https://a.cn/7"]
    frontier.seed(SITE, leads(old, *near, *both))
    frontier.settle(SITE, Outcome(old, "done", "redirect"))
    for url in (*near, *both):
        frontier.settle(SITE, Outcome(url, "done", "ok"))
    frontier.restart(SITE, Night(named=()))
    assert set(urls(frontier, 99)) == {old, *near, *both}


def _answered(archive: Archive, url: str, status: int, location: str | None) -> None:
    """Keep that ``url`` was answered so, and settle it."""
    store, host = archive.store, url.split("/")[2]
    run = store.begin_run(SITE, "nightly")
    pointer = WarcPointer("a.warc.gz", 0, 1, "sha256:0", f"<urn:uuid:{url} {status}>")
    row = CaptureRow(
        url, host, datetime.now(UTC), status, None, None, pointer, run, location=location
    )
    outcome = Outcome(url, "done", "redirect" if location else "kept")
    store.commit_page(SITE, row, outcome=outcome)


def test_an_address_that_moved_to_another_host_is_not_asked_again(
    archive: Archive, frontier: Frontier
) -> None:
    new = "http://new.b.cn/1"
    spelt = "https://www.a.cn/1"
    moved, twice, temporary, near = (f"http://www.a.cn/{n}" for n in range(1, 5))
    leading = {moved: (301, new), twice: (301, spelt), temporary: (302, new), near: (301, moved)}
    frontier.seed(SITE, leads(*leading, spelt, new))
    for url, (status, target) in leading.items():
        _answered(archive, url, status, target)
    _answered(archive, spelt, 308, new)
    frontier.settle(SITE, Outcome(new, "done", "not-modified"))
    frontier.restart(SITE, Night(named=()))
    # What moves within a host, or for a while, may be back any night. (near leads to moved, and
    # that to another host.)
    assert set(urls(frontier, 99)) == {temporary, new}
    # Nobody answers at the old host any more.
    frontier.settle(SITE, Outcome(temporary, "failed", "unknown-host"))
    frontier.settle(SITE, Outcome(new, "failed", "http-404"))
    frontier.restart(SITE, Night(named=()))
    assert set(urls(frontier, 99)) == {new}
    frontier.settle(SITE, Outcome(new, "failed", "http-503"))
    frontier.restart(SITE, Night(named=()))
    assert set(urls(frontier, 99)) == {*leading, spelt, new}


def test_of_a_host_that_moved_only_what_it_still_gives_is_asked(
    archive: Archive, frontier: Frontier
) -> None:
    home, new = "http://old.cn/", "http://new.b.cn/"
    missing, failing, given = (f"{home}{name}" for name in ("missing", "failing", "given"))
    elsewhere = "http://www.a.cn/missing"
    frontier.seed(SITE, leads(home, missing, failing, given, elsewhere, new))
    _answered(archive, home, 301, new)
    for url in (given, new):
        frontier.settle(SITE, Outcome(url, "done", "kept"))
    for url in (missing, elsewhere):
        frontier.settle(SITE, Outcome(url, "failed", "http-404"))
    frontier.settle(SITE, Outcome(failing, "failed", "connection-refused"))
    frontier.restart(SITE, Night(named=(failing,)))
    assert set(urls(frontier, 99)) == {failing, given, elsewhere, new}


def test_an_address_that_redirects_within_its_host_is_asked_again(
    archive: Archive, frontier: Frontier
) -> None:
    old, new = "http://www.a.cn/latest", "http://www.a.cn/17"
    frontier.seed(SITE, leads(old, new))
    _answered(archive, old, 301, new)
    frontier.settle(SITE, Outcome(new, "done", "kept"))
    frontier.restart(SITE, Night(named=()))
    assert set(urls(frontier, 99)) == {old, new}
