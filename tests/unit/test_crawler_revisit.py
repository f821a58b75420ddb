"""When an address is asked for again, and with which conditions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from scrapy.settings import Settings

from archive.errors import ConfigurationError
from archive.model import Lead, Outcome, PageKind, Site, WarcPointer
from archive.store import Archive, CaptureRow, Night, PageCopy, open_archive
from crawler.revisit import KINDS, Policy
from crawler.run import crawl_settings

NOW = datetime(2020, 1, 1, tzinfo=UTC)
SITE = Site("s", ("a.cn",), ("m.com",))
RULES = {"asset": [[0, 7], [90, 30]], "mirror": [[30, 7]]}


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


def row(url: str, days: float, digest: str = "sha256:1", status: int = 200) -> CaptureRow:
    return CaptureRow(
        url=url,
        host=url.split("/")[2],
        captured_at=ago(days),
        status=status,
        media_type="text/html",
        kind=PageKind.OTHER,
        pointer=WarcPointer("w.warc.gz", 0, 1, digest, f"urn:{url}:{days}"),
        run=1,
        etag='"t"',
        last_modified="Thu, 09 Dec 2010 08:00:00 GMT",
    )


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path, create=True) as archive:
        archive.store.put_site(SITE)
        archive.store.begin_run("s", "crawl")
        yield archive


def asked_again(archive: Archive, url: str, kind: str, *rows: CaptureRow) -> bool:
    frontier = archive.store.frontier
    frontier.seed("s", [Lead(url, kind, 0)])  # type: ignore[arg-type]
    for one in rows:
        archive.store.commit_page("s", one, outcome=Outcome(url, "done", "ok"))
    rests = Policy(Policy.of(Settings({"PALIMPSEST_REVISIT": RULES})).rest, 90).rests(SITE, NOW)
    frontier.restart("s", Night(kinds=KINDS, resting=rests))
    return url in {lease.url for lease in frontier.lease("s", 100, seconds=1)}


def test_a_page_of_the_institute_is_asked_for_every_night(archive: Archive) -> None:
    assert asked_again(archive, "http://a.cn/1", "article", row("http://a.cn/1", 0.01))


def test_a_file_rests_for_a_week(archive: Archive) -> None:
    assert not asked_again(archive, "http://a.cn/1.pdf", "asset", row("http://a.cn/1.pdf", 6))
    assert asked_again(archive, "http://a.cn/2.pdf", "asset", row("http://a.cn/2.pdf", 8))


def test_a_rest_ends_in_its_night_whatever_the_hour(archive: Archive) -> None:
    sooner, later = "http://a.cn/1.pdf", "http://a.cn/2.pdf"
    # It was late in that night when the first one was come to, and this night has just begun.
    assert asked_again(archive, sooner, "asset", row(sooner, 7 - 4 / 24))
    assert not asked_again(archive, later, "asset", row(later, 6 + 4 / 24))


def test_an_old_file_rests_for_a_month(archive: Archive) -> None:
    url = "http://a.cn/1.pdf"
    assert not asked_again(archive, url, "asset", row(url, 120), row(url, 20))


def test_a_file_that_has_changed_is_not_old(archive: Archive) -> None:
    url = "http://a.cn/1.pdf"
    changed = row(url, 20, digest="sha256:2")
    assert asked_again(archive, url, "asset", row(url, 120), changed)


def test_a_mirrors_page_rests_once_it_has_not_changed_for_a_month(archive: Archive) -> None:
    url = "http://m.com/1"
    assert asked_again(archive, url, "article", row(url, 5))
    other = "http://m.com/2"
    assert not asked_again(archive, other, "article", row(other, 40), row(other, 5))
    third = "http://a.cn/2"
    assert asked_again(archive, third, "article", row(third, 40), row(third, 5))


def test_an_answer_that_nothing_has_changed_counts_as_seen(archive: Archive) -> None:
    url = "http://a.cn/1.pdf"
    same = row(url, 5, status=304, digest="sha256:0")
    assert not asked_again(archive, url, "asset", row(url, 30), same)


def test_what_never_gave_an_answer_does_not_rest(archive: Archive) -> None:
    url = "http://a.cn/1.pdf"
    assert asked_again(archive, url, "asset", row(url, 1, status=503))


def test_over_sixty_nights_articles_without_validators_rest_as_asked_and_no_edit_is_found_later(
    archive: Archive,
) -> None:
    every, edited_on, gone_on = 3, 41, 50
    urls = [f"http://a.cn/{name}" for name in ("bare", "tagged", "edited", "gone")]
    bare, tagged, edited, gone = urls
    frontier = archive.store.frontier
    frontier.seed("s", [Lead(url, "article", 0) for url in urls])
    policy = Policy.of(Settings({"PALIMPSEST_REVISIT": {"unvalidated": [[30, every]]}}))
    visits: dict[str, list[int]] = {url: [] for url in urls}
    for night in range(60):
        rests = policy.rests(SITE, ago(60 - night))
        frontier.restart("s", Night(kinds=KINDS, resting=rests))
        for lease in frontier.lease("s", 100, seconds=1):
            visits[lease.url].append(night)
            is_new, is_gone = night >= edited_on, night >= gone_on
            answer = row(
                lease.url,
                # Not at the same hour each night.
                60 - night - 0.2 * (night % 2),
                "sha256:2" if lease.url == edited and is_new else "sha256:1",
                404 if lease.url == gone and is_gone else 200,
            )
            answer = (
                answer if lease.url == tagged else replace(answer, etag=None, last_modified=None)
            )
            archive.store.commit_page("s", answer, outcome=Outcome(lease.url, "done", "ok"))
    assert visits[tagged] == list(range(60))
    # Every night for the first month, then every third one.
    assert visits[bare] == [*range(30), *range(32, 60, every)]
    found = next(night for night in visits[edited] if night >= edited_on)
    assert found - edited_on < every
    # What has changed has not been as it is for long: it is looked at every night again.
    assert [night for night in visits[edited] if night >= found] == list(range(found, 60))
    missed = next(night for night in visits[gone] if night >= gone_on)
    assert missed - gone_on < every
    assert [night for night in visits[gone] if night >= missed] == list(range(missed, 60))


def test_a_copy_that_is_too_old_is_asked_for_without_conditions() -> None:
    policy = Policy({}, whole_days=90)
    young, old = row("http://a.cn/", 5), row("http://a.cn/", 91)
    assert len(policy.conditions(PageCopy(young, young), NOW)) == 2
    assert policy.conditions(PageCopy(young, old), NOW) == []
    assert policy.conditions(None, NOW) == []


@pytest.mark.parametrize(
    ("modified", "etag", "asked_with"),
    [
        # The second in which it was modified could have seen another edit after ours was sent.
        (timedelta(seconds=59), None, []),
        (timedelta(seconds=60), None, [b"If-Modified-Since"]),
        (timedelta(0), '"t"', [b"If-None-Match", b"If-Modified-Since"]),
        (timedelta(days=-1), None, []),
        (None, None, []),
    ],
)
def test_a_date_that_cannot_tell_two_edits_apart_is_no_condition(
    modified: timedelta | None, etag: str | None, asked_with: list[bytes]
) -> None:
    policy = Policy({}, whole_days=90)
    copy = row("http://a.cn/", 5)
    date = "no date" if modified is None else format_datetime(copy.captured_at - modified, True)
    copy = replace(copy, etag=etag, last_modified=date)
    assert [name for name, _ in policy.conditions(PageCopy(copy, copy), NOW)] == asked_with


@pytest.mark.parametrize("value", [{"image": []}, {"asset": [7]}, {"asset": [[0, -1]]}])
def test_a_setting_that_is_none_is_refused_with_its_name(value: object) -> None:
    with pytest.raises(ConfigurationError, match="PALIMPSEST_REVISIT"):
        Policy.of(Settings({"PALIMPSEST_REVISIT": value}))


def test_the_settings_that_come_with_the_program_are_valid() -> None:
    assert Policy.of(crawl_settings()).rest
