"""When articles were seen is written by itself, in either database, and is no change to anybody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from archive.store import Archive, open_archive
from tests.unit.store_sample import INSTITUTE, SITE, article


@pytest.fixture
def archive(tmp_path: Path, database: str) -> Iterator[Archive]:
    with open_archive(tmp_path, create=True) as archive:
        archive.store.put_site(INSTITUTE)
        yield archive


def moments(archive: Archive) -> list[tuple[object, ...]]:
    return [
        (one.id, one.first_seen, one.last_seen, archive.store.versions(one.id)[-1].last_seen)
        for one in archive.store.articles(SITE)
    ]


def test_articles_seen_again_reach_further_and_are_the_same_articles(archive: Archive) -> None:
    store = archive.store
    one, two = article("1"), article("2")
    store.replace_articles(SITE, [one, two])
    name, before = store.articles_name(SITE), {m[0]: m for m in moments(archive)}
    later = one.last_seen + timedelta(days=3)
    url = one.witnesses[0].url
    store.see_again(SITE, {url: (later, later), "http://www.a.cn/unknown": (later, later)})
    after = {m[0]: m for m in moments(archive)}
    assert after[one.id] == (one.id, one.first_seen, later, later)
    assert after[two.id] == before[two.id]
    # What is earlier takes nothing back.
    store.see_again(SITE, {url: (one.last_seen, one.last_seen)})
    assert {m[0]: m for m in moments(archive)} == after
    assert store.articles_name(SITE) == name
    assert list(store.index_differences()) == []


def test_writing_an_article_that_was_seen_at_another_time_changes_the_moments_alone(
    archive: Archive,
) -> None:
    store = archive.store
    one = article("1")
    store.replace_articles(SITE, [one])
    name = store.articles_name(SITE)
    later = replace(one, last_seen=one.last_seen + timedelta(days=9))
    counts = store.replace_articles(SITE, [later])
    assert counts == {"new": 0, "changed": 0, "unchanged": 1, "removed": 0}
    assert store.articles_name(SITE) == name
    assert moments(archive) == [(one.id, one.first_seen, later.last_seen, later.last_seen)]
    # Whatever was there before, the same articles make the same store.
    store.replace_articles(SITE, [one])
    assert moments(archive)[0][2] == one.last_seen
    store.replace_articles(SITE, [replace(later, status="gone")])
    assert store.articles_name(SITE) != name
