"""The sample institute on three nights: the second without a change, the third with edits."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from archive.captured import read_message
from archive.store import open_archive
from archive.warc import read_at
from tests.promises.sample_run import SITE, bare, palimpsest, target_of
from tests.site import SampleInstitute, truth

SHARE_OF_HEADS = 0.01
"""Of the bytes that the first night brought from addresses with validators."""


@dataclass(frozen=True, slots=True)
class Night:
    """What one night brought, by address: status, all bytes of the answer, bytes of its body,
    whether the page has validators."""

    answers: dict[str, tuple[int, int, int, bool]]


@dataclass(frozen=True, slots=True)
class Nights:
    nights: tuple[Night, ...]
    articles: tuple[Any, ...]


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Nights:
    """Three crawls of the official host."""
    data = tmp_path_factory.mktemp("nights")
    with SampleInstitute.serve() as sample:
        for night in (1, 1, 2):
            sample.turn_to(night)
            done = palimpsest("crawl", sample.official, "--site", SITE, "--data", str(data))
            assert done.returncode == 0, done.stderr
    return Nights(tuple(_nights(data)), _articles(data))


def _nights(data: Path) -> list[Night]:
    found: dict[int, dict[str, tuple[int, int, int, bool]]] = {}
    with open_archive(data) as archive:
        for row in archive.store.captures(SITE):
            capture = read_at(archive.warc_dir, row.pointer)
            message = read_message(capture)
            assert message is not None
            # A revisit of the same bytes is read with the body it goes back to.
            size = len(capture.response)
            validators = bool(row.etag or row.last_modified)
            answer = (row.status or 0, size, len(message.body), validators)
            found.setdefault(row.run, {})[row.url] = answer
    return [Night(found[run]) for run in sorted(found)]


def _articles(data: Path) -> tuple[Any, ...]:
    with open_archive(data) as archive:
        return tuple(archive.store.articles(SITE))


def test_an_unchanged_night_brings_no_page_again_that_has_validators(three: Nights) -> None:
    first, second = (night.answers for night in three.nights[:2])
    able = {url for url, answer in first.items() if answer[3]}
    # Pictures rest for a week; pages do not, and are small here: a head is a fiftieth of them.
    checked = able & set(second)
    assert len(checked) > 100
    assert {second[url][0] for url in checked} == {304}
    assert sum(second[url][2] for url in checked) == 0
    heads = sum(second[url][1] for url in checked)
    assert heads <= SHARE_OF_HEADS * sum(first[url][1] for url in able)


def test_every_edit_is_found_the_night_it_was_made(three: Nights) -> None:
    by_target = {target_of(w.url): article for article in three.articles for w in article.witnesses}
    edited = [t for t in truth(2) if "edited" in t.features and t.live]
    assert len(edited) > 5
    missed = [
        t.path for t in edited if bare("特此说明") not in bare(by_target[t.path].reading.text)
    ]
    assert missed == []


def test_every_edit_makes_a_version_and_nothing_else_does(three: Nights) -> None:
    edited = {t.path for t in truth(2) if "edited" in t.features and t.live}
    twice = {
        target_of(article.url): [bare(one.clean.text) for one in article.witnesses]
        for article in three.articles
        if article.versions > 1
    }
    assert set(twice) == edited
    assert [path for path, texts in twice.items() if len(set(texts)) < 2] == []


def test_every_new_article_is_found_the_night_it_appeared(three: Nights) -> None:
    known = {target_of(w.url) for article in three.articles for w in article.witnesses}
    new = [t.path for t in truth(2) if "new" in t.features]
    assert new
    assert [path for path in new if path not in known] == []
