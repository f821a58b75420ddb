"""The ledger: every address ever found is in exactly one state, with a reason."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.cli import main
from archive.model import Lead, Outcome, PageKind, Site, WarcPointer
from archive.store import Archive, CaptureRow, Night, open_archive

SITE = "s"
NOW = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def archive(tmp_path: Path, database: str) -> Iterator[Archive]:
    with open_archive(tmp_path, create=True) as archive:
        archive.store.put_site(Site(SITE, ("a.cn",)))
        archive.store.begin_run(SITE, "crawl")
        yield archive


def captured(archive: Archive, url: str, days: float) -> None:
    row = CaptureRow(
        url=url,
        host="a.cn",
        captured_at=NOW - timedelta(days=days),
        status=200,
        media_type="text/html",
        kind=PageKind.OTHER,
        pointer=WarcPointer("w.warc.gz", 0, 1, "sha256:1", f"urn:{url}"),
        run=1,
    )
    archive.store.commit_page(SITE, row, outcome=Outcome(url, "done", "ok"))


def test_every_address_has_a_reason_whatever_its_state(archive: Archive) -> None:
    frontier = archive.store.frontier
    frontier.seed(SITE, [Lead(f"http://a.cn/{n}", "page", 0, via="http://a.cn/") for n in range(3)])
    frontier.lease(SITE, 1, seconds=60)
    frontier.settle(SITE, Outcome("http://a.cn/1", "failed", "http-404"))
    frontier.refuse(SITE, [Outcome("http://b.cn/", "refused", "off-site", "on http://a.cn/")])
    found = {entry.url: (entry.state, entry.reason) for entry in frontier.entries(SITE)}
    assert found == {
        "http://a.cn/0": ("leased", "on-its-way"),
        "http://a.cn/1": ("failed", "http-404"),
        "http://a.cn/2": ("waiting", "not-asked-yet"),
        "http://b.cn/": ("refused", "off-site"),
    }
    assert sum(frontier.reasons(SITE).values()) == 4


def test_a_refusal_never_hides_what_is_known_of_an_address(archive: Archive) -> None:
    frontier = archive.store.frontier
    frontier.seed(SITE, [Lead("http://a.cn/1", "page", 0)])
    frontier.settle(SITE, Outcome("http://a.cn/1", "done", "ok"))
    frontier.refuse(SITE, [Outcome("http://a.cn/1", "refused", "same-page")])
    assert frontier.reasons(SITE) == {("done", "ok"): 1}


def test_what_is_out_of_bounds_for_good_is_not_looked_at_again(archive: Archive) -> None:
    frontier = archive.store.frontier
    for name, reason in (("b.cn", "off-site"), ("a.cn", "robots")):
        frontier.refuse(SITE, [Outcome(f"http://{name}/x", "refused", reason)])
    frontier.restart(SITE, Night(final=("off-site",)))
    assert frontier.reasons(SITE) == {("refused", "off-site"): 1, ("waiting", "not-asked-yet"): 1}


def test_new_addresses_go_first_and_steady_ones_last_within_their_kind(archive: Archive) -> None:
    frontier = archive.store.frontier
    names = ("steady", "recent", "new")
    frontier.seed(SITE, [Lead(f"http://a.cn/{name}", "article", 60) for name in names])
    frontier.seed(SITE, [Lead("http://a.cn/list", "list", 70)])
    captured(archive, "http://a.cn/steady", 40)
    captured(archive, "http://a.cn/recent", 3)
    captured(archive, "http://a.cn/list", 90)
    night = Night(priorities={"article": 60, "list": 70}, steady_since=NOW - timedelta(days=30))
    for _ in range(2):  # the order is the same every night
        frontier.restart(SITE, night)
        order = [lease.url.rsplit("/", 1)[1] for lease in frontier.lease(SITE, 9, seconds=1)]
        assert order == ["list", "new", "recent", "steady"]


def test_the_command_counts_states_and_lists_addresses(
    archive: Archive, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    frontier = archive.store.frontier
    frontier.seed(SITE, [Lead("http://a.cn/1", "article", 0, via="http://a.cn/")])
    frontier.refuse(SITE, [Outcome("http://b.cn/", "refused", "off-site", "on http://a.cn/1")])
    assert main(["runs", "ledger", "--data", str(tmp_path)]) == 0
    assert "off-site" in capsys.readouterr().out
    command = ["runs", "ledger", "--state", "waiting", "--format", "jsonl", "--data", str(tmp_path)]
    assert main(command) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line) == {
        "site": SITE,
        "url": "http://a.cn/1",
        "state": "waiting",
        "reason": "not-asked-yet",
        "detail": None,
        "kind": "article",
        "via": "http://a.cn/",
        "depth": 0,
        "tries": 0,
    }
    command = ["runs", "ledger", "--site", "nobody", "--data", str(tmp_path)]
    assert main(command) == 66
