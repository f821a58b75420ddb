"""A database on another continent: each answer that is waited for costs a fifth of a second."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from archive.store import open_archive
from tests.crawl.night import ENVIRONMENT, institute, night, profile
from tests.crawl.server import served
from tests.far_away import Way, far_away
from tests.postgres import Server
from tests.unit.backfill_samples import SITE, take_in, warc

FEW, MANY = 10, 60


@pytest.fixture
def more(postgres_server: Server, tmp_path: Path) -> Callable[..., list[float]]:
    """How often the database is waited for, for each page more, at each step of ``do``."""

    def counted(do: Callable[[Path, Way, int], list[int]]) -> list[float]:
        counts = []
        for pages in (FEW, MANY):
            with far_away(postgres_server.new_database()) as way:
                counts.append(do(tmp_path / str(pages), way, pages))
        return [(many - few) / (MANY - FEW) for few, many in zip(*counts, strict=True)]

    return counted


def test_a_page_waits_for_a_database_far_away_a_few_times(more: Callable[..., list[float]]) -> None:
    def nights(data: Path, way: Way, pages: int) -> list[int]:
        counts = []
        with served(institute(pages)) as site:
            profile(data, site)
            for _ in range(2):
                before = way.trips
                code, _, err = night(data, env=ENVIRONMENT | {"PALIMPSEST_DATABASE": way.database})
                assert code == 0, err
                counts.append(way.trips - before)
        return counts

    first, second = more(nights)
    assert first <= 5
    assert second <= 3


def test_a_site_pass_waits_for_a_database_far_away_no_longer_for_each_article(
    more: Callable[..., list[float]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def passes(data: Path, way: Way, pages: int) -> list[int]:
        monkeypatch.setenv("PALIMPSEST_DATABASE", way.database)
        data.mkdir()
        file = warc(data, "a.warc.gz", range(pages))
        assert take_in(data, file).problems == ()
        taken_in = way.trips
        with open_archive(data) as archive:
            stand = {one.id: one for one in archive.store.articles()}
            assert len(stand) == pages
            before = way.trips
            counts = archive.store.replace_articles(SITE, stand.values())
            unchanged = way.trips - before
            assert counts["unchanged"] == pages
            before = way.trips
            spans = {
                one.url: (one.first_seen, one.last_seen + timedelta(days=1))
                for one in stand.values()
            }
            archive.store.see_again(SITE, spans)
            seen = way.trips - before
            assert all(
                one.last_seen == stand[one.id].last_seen + timedelta(days=1)
                for one in archive.store.articles()
            )
            before = way.trips
            assert archive.store.replace_articles(SITE, [])["removed"] == pages
        return [taken_in, unchanged, seen, way.trips - before]

    assert all(trips <= 0.2 for trips in more(passes))
