"""The one commit a page: all of it or nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.errors import NotFoundError, PalimpsestError, StoreError
from archive.model import Lead, Outcome, PageKind, Site, WarcPointer
from archive.store import Archive, CaptureRow, Store, articles, open_archive
from tests.unit.store_sample import article

SITE = "institute"
NOON = datetime(2010, 12, 9, 12, tzinfo=UTC)


@pytest.fixture
def archive(tmp_path: Path, database: str) -> Iterator[Archive]:
    with open_archive(tmp_path, create=True) as archive:
        archive.store.put_site(Site(SITE, ("a.cn",), ("m.com",)))
        yield archive


@pytest.fixture
def store(archive: Archive) -> Store:
    return archive.store


def row(run: int, name: str = "1", at: datetime = NOON, status: int | None = 200) -> CaptureRow:
    return CaptureRow(
        url=f"http://a.cn/{name}",
        host="a.cn",
        captured_at=at,
        status=status,
        media_type="text/html",
        kind=PageKind.LIST,
        pointer=WarcPointer("w.warc.gz", 10, 20, f"sha256:{name}", f"urn:{name}:{at}"),
        run=run,
        etag='"x"',
        last_modified="Thu, 09 Dec 2010 04:00:00 GMT",
        via="http://a.cn/",
    )


def test_a_site_is_known_by_its_name_after_reopening(archive: Archive) -> None:
    with open_archive(archive.data) as again:
        assert again.store.site(SITE) == Site(SITE, ("a.cn",), ("m.com",))
        assert again.store.sites() == [Site(SITE, ("a.cn",), ("m.com",))]


def test_a_site_put_again_has_its_new_hosts(store: Store) -> None:
    store.put_site(Site(SITE, ("b.cn",)))
    assert store.sites() == [Site(SITE, ("b.cn",))]


def test_an_unknown_site_is_named_with_the_known_ones(store: Store) -> None:
    with pytest.raises(NotFoundError, match=r"'other'.*institute"):
        store.site("other")
    with pytest.raises(NotFoundError):
        store.begin_run("other", "crawl")


def test_a_committed_page_is_in_whole(store: Store) -> None:
    run = store.begin_run(SITE, "crawl")
    store.frontier.seed(SITE, [Lead("http://a.cn/1", "start", 0)])
    store.frontier.lease(SITE, 1, seconds=60)
    store.commit_page(
        SITE,
        row(run),
        leads=[Lead("http://a.cn/2", "list", 3, via="http://a.cn/1", anchor="党建工作")],
        outcome=Outcome("http://a.cn/1", "done", "kept"),
    )
    (kept,) = store.captures(SITE)
    assert kept == replace(row(run), id=kept.id)
    assert store.frontier.ledger(SITE) == {"done": 1, "waiting": 1}
    (lease,) = store.frontier.lease(SITE, 9, seconds=60)
    assert (lease.url, lease.anchor, lease.depth) == ("http://a.cn/2", "党建工作", 1)


def test_a_page_that_cannot_be_committed_leaves_no_trace(store: Store) -> None:
    store.frontier.seed(SITE, [Lead("http://a.cn/1", "start", 0)])
    store.frontier.lease(SITE, 1, seconds=60)
    no_such_run = 99
    leads = [Lead("http://a.cn/2", "list", 0)]
    done = Outcome("http://a.cn/1", "done", "kept")
    with pytest.raises(PalimpsestError):
        store.commit_page(SITE, row(no_such_run), leads=leads, outcome=done)
    assert list(store.captures(SITE)) == []
    assert store.frontier.ledger(SITE) == {"leased": 1}
    run = store.begin_run(SITE, "crawl")
    store.commit_page(SITE, row(run), leads=leads, outcome=done)
    assert store.frontier.ledger(SITE) == {"done": 1, "waiting": 1}


def test_a_page_whose_article_cannot_be_written_is_asked_for_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = store.begin_run(SITE, "crawl")
    store.frontier.seed(SITE, [Lead("http://a.cn/1", "start", 0)])
    store.frontier.lease(SITE, 1, seconds=60)

    def full(*_: object) -> str:
        raise StoreError("no room left")

    # The last of a page's writes: by then its capture, its leads and its acknowledgement are.
    monkeypatch.setattr(articles, "write", full)
    with pytest.raises(StoreError):
        store.commit_page(
            SITE,
            row(run),
            leads=[Lead("http://a.cn/2", "list", 0)],
            outcome=Outcome("http://a.cn/1", "done", "kept"),
            article=article("one"),
        )
    assert list(store.captures(SITE)) == []
    assert store.frontier.ledger(SITE) == {"leased": 1}


def test_pages_that_share_a_commit_are_all_in_or_none_is(store: Store) -> None:
    run = store.begin_run(SITE, "crawl")
    with suppress(KeyError), store.together():
        store.commit_page(SITE, row(run, "1"))
        store.commit_page(SITE, row(run, "2"))
        raise KeyError
    assert list(store.captures(SITE)) == []
    with store.together():
        store.commit_page(SITE, row(run, "1"))
        store.commit_page(SITE, row(run, "2"))
        assert list(store.captures(SITE)) == [], "a reader sees nothing before the commit"
    assert len(list(store.captures(SITE))) == 2


def test_a_page_that_fails_among_others_takes_none_with_it(store: Store) -> None:
    run = store.begin_run(SITE, "crawl")
    leads = [Lead("http://a.cn/3", "list", 0)]
    with store.together():
        store.commit_page(SITE, row(run, "1"))
        with suppress(KeyError), store.apart():
            store.commit_page(SITE, row(run, "2"), leads=leads)
            raise KeyError
        with store.apart():
            store.commit_page(SITE, row(run, "4"))
    assert [one.url for one in store.captures(SITE)] == ["http://a.cn/1", "http://a.cn/4"]
    assert store.frontier.ledger(SITE) == {}
    store.commit_page(SITE, row(run, "5"), leads=leads)
    assert store.frontier.ledger(SITE) == {"waiting": 1}, "it is new, whatever was rolled back"


def test_what_an_event_loop_is_told_within_a_shared_commit_is_no_part_of_it(store: Store) -> None:
    run = store.begin_run(SITE, "crawl")

    async def later() -> None:
        loop, done = asyncio.get_running_loop(), asyncio.Event()

        def write() -> None:
            store.commit_page(SITE, row(run, "2"))
            done.set()

        with store.together():
            loop.call_soon(write)
            store.commit_page(SITE, row(run, "1"))
        await done.wait()

    asyncio.run(later())
    assert len(list(store.captures(SITE))) == 2


def test_the_same_record_twice_is_one_capture(store: Store) -> None:
    run = store.begin_run(SITE, "backfill")
    store.commit_page(SITE, row(run))
    store.commit_page(SITE, row(run))
    assert len(list(store.captures(SITE))) == 1


def test_captures_come_in_the_same_order_whichever_way_they_came_in(store: Store) -> None:
    run = store.begin_run(SITE, "crawl")
    rows = [row(run, str(n % 3), NOON.replace(minute=n % 5)) for n in range(15)]
    for one in reversed(rows):
        store.commit_page(SITE, one)
    keys = [(one.captured_at, one.url) for one in store.captures(SITE)]
    assert keys == sorted(keys)
    assert len(keys) == 15


def test_the_last_capture_is_the_newest_one(store: Store) -> None:
    run = store.begin_run(SITE, "crawl")
    store.commit_page(SITE, row(run, at=NOON.replace(hour=13)))
    store.commit_page(SITE, row(run, at=NOON))
    last = store.last_capture(SITE, "http://a.cn/1")
    assert last is not None
    assert last.captured_at.hour == 13
    assert store.last_capture(SITE, "http://a.cn/never") is None


def test_copies_of_several_pages_are_their_last_whole_answers_and_the_first_alike(
    store: Store,
) -> None:
    run = store.begin_run(SITE, "crawl")
    for hour, status in ((0, 200), (1, 200), (2, 404)):
        store.commit_page(SITE, row(run, at=NOON.replace(hour=hour), status=status))
    store.commit_page(SITE, row(run, "2", status=404))
    urls = [f"http://a.cn/{name}" for name in ("1", "2", "never")]
    copies = store.kept(SITE, urls)
    assert list(copies) == ["http://a.cn/1"]
    copy = copies["http://a.cn/1"]
    assert (copy.newest.captured_at.hour, copy.original.captured_at.hour) == (1, 0)


def test_a_failure_without_response_is_kept_too(store: Store) -> None:
    run = store.begin_run(SITE, "crawl")
    store.commit_page(SITE, row(run, status=None))
    assert [one.status for one in store.captures(SITE)] == [None]


def test_what_was_learned_of_a_host_is_kept_and_replaced(store: Store) -> None:
    assert store.model(SITE, "a.cn") is None
    store.put_model(SITE, "a.cn", "{}")
    store.put_model(SITE, "a.cn", '{"a": 1}')
    assert store.model(SITE, "a.cn") == '{"a": 1}'
