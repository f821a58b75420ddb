"""What a page said before is a version of its article, found again from the captures alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from archive.cleaning import HostModel
from archive.cli import main
from archive.model import Article, CaptureRow, Site
from archive.sitepass import hosts
from archive.sitepass.reader import PageRead
from archive.store import Archive, open_archive
from benchmarks.nights.lively import paragraphs
from tests.tampering.archived import NOON, put
from tests.unit.versioned_pages import EDITED, FIRST, OTHER, page

HOST = "www.a.ac.cn"
SITE = Site("s", (HOST,))
PATH = "/xw/t20101209_1.html"


def nights(archive: Archive, *pages: str) -> list[Article]:
    for night, html in enumerate(pages, 1):
        put(archive, SITE, {HOST: [(PATH, html)]}, night=night)
    return list(archive.store.articles("s"))


def at(night: int) -> datetime:
    return NOON + timedelta(days=night)


def test_an_edit_makes_a_version_with_the_time_it_was_seen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pages = [page("党员大会", FIRST), page("党员大会", FIRST, 7), page("党员大会", EDITED, 9)]
    with open_archive(tmp_path, create=True) as archive:
        (article,) = nights(archive, *pages)
        first, second = archive.store.versions(article.id)
    assert (article.versions, article.reading.text) == (2, "\n".join(EDITED))
    assert (article.first_seen, article.last_seen) == (at(1), at(3))
    assert (first.first_seen, first.last_seen) == (at(1), at(2))
    assert (second.first_seen, second.last_seen) == (at(3), at(3))
    assert main(["show", article.id, "--version", "1", "--data", str(tmp_path)]) == 0
    assert FIRST[2] in capsys.readouterr().out
    assert main(["show", article.id, "--diff", "1", "2", "--data", str(tmp_path)]) == 0
    assert "展厅" in capsys.readouterr().out


def test_a_counter_makes_no_version_and_the_first_night_stays_the_first(tmp_path: Path) -> None:
    with open_archive(tmp_path, create=True) as archive:
        (article,) = nights(archive, *(page("党员大会", FIRST, hits) for hits in range(3)))
    assert article.versions == 1
    assert (article.first_seen, article.last_seen) == (at(1), at(3))
    assert article.reading.hits == 2


def test_what_an_edit_took_back_is_three_versions(tmp_path: Path) -> None:
    texts = (FIRST, EDITED, FIRST)
    with open_archive(tmp_path, create=True) as archive:
        (article,) = nights(archive, *(page("党员大会", one, n) for n, one in enumerate(texts)))
    assert article.versions == 3


def test_an_article_that_was_written_anew_bit_by_bit_is_one_and_each_edit_a_version(
    tmp_path: Path,
) -> None:
    texts = [tuple(paragraphs(1, edition)) for edition in range(7)]
    assert not set(texts[0]) & set(texts[-1])
    counts = []
    with open_archive(tmp_path, create=True) as archive:
        for night, text in enumerate(texts, 1):
            put(archive, SITE, {HOST: [(PATH, page("党员大会", text))]}, night=night)
            (article,) = archive.store.articles("s")
            counts.append(article.versions)
    assert counts == [1, 2, 3, 4, 5, 6, 7]
    assert article.status == "live"
    assert article.first_seen == at(1)


def test_an_article_whose_address_got_another_one_is_kept_as_gone(tmp_path: Path) -> None:
    with open_archive(tmp_path, create=True) as archive:
        put(archive, SITE, {HOST: [(PATH, page("党员大会", FIRST))]}, night=1)
        for night in (2, 3, 4):
            found = {one.reading.title: one for one in archive.store.articles("s")}
            assert {one.status for one in found.values()} == {"live"}
            put(archive, SITE, {HOST: [(PATH, page("图书馆延长开放", OTHER))]}, night=night)
        found = {one.reading.title: one for one in archive.store.articles("s")}
    assert {title: one.status for title, one in found.items()} == {
        "党员大会": "gone",
        "图书馆延长开放": "live",
    }
    assert found["党员大会"].reading.text == "\n".join(FIRST)
    assert (found["党员大会"].first_seen, found["党员大会"].last_seen) == (at(1), at(1))
    assert found["图书馆延长开放"].first_seen == at(2)


def test_of_many_nights_each_change_is_found_without_reading_them_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[CaptureRow] = []
    real = hosts.read_again

    def counting(
        warc_dir: Path, rows: Sequence[CaptureRow], models: Mapping[str, HostModel], *more: Any
    ) -> list[PageRead]:
        asked.extend(rows)
        return real(warc_dir, rows, models, *more)

    with open_archive(tmp_path, create=True) as archive:
        texts = [FIRST] * 17 + [EDITED] * 15
        for night, one in enumerate(texts[:-1], 1):
            put(archive, SITE, {HOST: [(PATH, page("党员大会", one, night))]}, night=night)
        monkeypatch.setattr("archive.sitepass.pages.read_again", counting)
        put(archive, SITE, {HOST: [(PATH, page("党员大会", texts[-1], 99))]}, night=32)
        (article,) = archive.store.articles("s")
        first, second = archive.store.versions(article.id)
    assert (first.first_seen, first.last_seen) == (at(1), at(17))
    assert (second.first_seen, second.last_seen) == (at(18), at(32))
    assert len(asked) <= 8
