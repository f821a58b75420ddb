"""Feeds: whoever has what they say already is told so, and nobody else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.store import Archive, open_archive
from archive.web import Settings
from tests.unit.store_sample import INSTITUTE, SITE, article, extraction
from tests.web.serving import Served, serving

FEEDS = ("/feed.atom?q=%E5%85%9A%E5%91%98", "/new.atom")


@pytest.mark.parametrize("feed", FEEDS)
def test_a_feed_that_did_not_change_is_sent_once(room: Served, feed: str) -> None:
    first = room.ask("GET", feed)
    tag = first.headers["etag"]
    for known in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
        again = room.ask("GET", feed, {"If-None-Match": known})
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
    compressed = room.ask("GET", feed, {"If-None-Match": tag, "Accept-Encoding": "gzip"})
    assert compressed.status == 304
    assert room.ask("HEAD", feed, {"If-None-Match": tag}).status == 304
    for known in ("", '"other"', tag.strip('W/"')):
        again = room.ask("GET", feed, {"If-None-Match": known})
        assert (again.status, again.body) == (200, first.body)


def test_a_feed_in_another_language_is_another_one(room: Served) -> None:
    english = room.get("/new.atom")
    chinese = room.get(
        "/new.atom", {"Accept-Language": "zh", "If-None-Match": english.headers["etag"]}
    )
    assert chinese.status == 200
    assert "新增与改动" in chinese.text
    assert "Accept-Language" in english.headers["vary"]


@pytest.mark.parametrize("feed", FEEDS)
def test_a_feed_that_lost_or_got_an_article_is_sent_again(tmp_path: Path, feed: str) -> None:
    with open_archive(tmp_path / "data", create=True) as archive:
        archive.store.put_site(INSTITUTE)
        _hold(archive, "d1", "d2")
        with serving(archive, Settings(rate=0)) as served:
            tag = served.ask("GET", feed).headers["etag"]
            for keys in (("d1",), ("d1", "d3"), ()):
                _hold(archive, *keys)
                answer = served.ask("GET", feed, {"If-None-Match": tag})
                assert answer.status == 200
                assert answer.text.count("<entry>") == len(keys)
                tag = answer.headers["etag"]


def _hold(archive: Archive, *keys: str) -> None:
    archive.store.replace_articles(SITE, [article(key, extraction(title=key)) for key in keys])
