"""Machines of one database with different programs: the one that came last has the word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from archive import model
from archive.backfill.run import backfill
from archive.cli import main
from archive.edition import edition
from archive.errors import OlderProgramError
from archive.runs.ending import begin_run
from archive.runs.rereading import LEFT
from archive.store import Archive, open_archive
from crawler.run import crawl_site
from tests.crawl.night import ARTICLES, institute
from tests.crawl.server import Site, served
from tests.unit.backfill_samples import warc

SITE = "s"
LATER = "a-later-one"
BY_LATER = " - as a later program reads it"


@pytest.fixture
def site() -> Iterator[Site]:
    with served(institute()) as found:
        yield found


@pytest.fixture
def archive(site: Site, tmp_path: Path, database: str) -> Iterator[Archive]:
    """Articles that this program has made, and then another machine's later one."""
    crawl_site(tmp_path, [site.url], name=SITE)
    with open_archive(tmp_path) as archive:
        found = [
            replace(one, reading=replace(one.reading, title=f"{one.reading.title}{BY_LATER}"))
            for one in archive.store.articles(SITE)
        ]
        assert len(found) == ARTICLES
        archive.store.replace_articles(SITE, found)
        archive.store.put_edition(SITE, LATER)
        yield archive


def by_later(archive: Archive) -> int:
    """How many articles are as the later program read them."""
    titles = [one.reading.title or "" for one in archive.store.articles(SITE)]
    return sum(title.endswith(BY_LATER) for title in titles)


@pytest.fixture
def is_shared(database: str) -> bool:
    return database == "postgresql"


def test_an_earlier_program_walks_and_leaves_the_articles_to_the_later_one(
    site: Site, archive: Archive, tmp_path: Path, is_shared: bool
) -> None:
    if not is_shared:
        # In a directory of its own the program that is there is the one to read.
        assert crawl_site(tmp_path, [site.url], name=SITE).exit_code == 0
        assert by_later(archive) == 0
        return
    asked = len(site.asked)
    with pytest.raises(OlderProgramError):
        crawl_site(tmp_path, [site.url], name=SITE)
    assert len(site.asked) > asked + ARTICLES
    assert by_later(archive) == ARTICLES
    assert archive.store.edition(SITE) == LATER
    row = archive.store.runs(SITE)[0]
    assert (row.exit_code, row.outcome) == (76, LEFT)
    # Until somebody says which of the two is to hold.
    assert main(["clean", "--data", str(tmp_path)]) == 0
    assert by_later(archive) == 0
    assert archive.store.edition(SITE) == edition()
    again = crawl_site(tmp_path, [site.url], name=SITE)
    assert (again.exit_code, again.counts["change:unchanged"]) == (0, ARTICLES)
    assert archive.store.is_followed(SITE, LATER)


def test_one_that_is_not_alone_says_so_and_all_is_well(
    site: Site, archive: Archive, tmp_path: Path, is_shared: bool
) -> None:
    with open_archive(tmp_path) as other:
        begin_run(other, SITE, "nightly", walks=False)
        report = crawl_site(tmp_path, [site.url], name=SITE)
    assert (report.exit_code, report.outcome) == (0, "finished")
    assert (LEFT in report.notes) is is_shared
    assert by_later(archive) == (ARTICLES if is_shared else 0)


def test_its_backfill_takes_in_and_leaves_the_articles_too(
    site: Site, archive: Archive, tmp_path: Path, is_shared: bool
) -> None:
    inputs = warc(tmp_path, "old.warc.gz", range(100, 103), host=site.host)
    backfill(archive, [inputs], SITE)
    report = archive.store.runs(SITE)[0].report
    assert report is not None
    assert len(list(archive.store.captures(SITE))) >= ARTICLES + 3
    assert by_later(archive) == (ARTICLES if is_shared else 0)
    assert (LEFT in report.notes) is is_shared


def test_the_next_edition_makes_the_first_articles_of_a_site_that_has_none(
    site: Site, tmp_path: Path, database: str
) -> None:
    with open_archive(tmp_path, create=True) as archive:
        archive.store.put_site(model.Site(SITE, (site.host,)))
        archive.store.put_edition(SITE, "an-earlier-one")
        report = crawl_site(tmp_path, [site.url], name=SITE)
        assert (report.exit_code, report.counts["articles"]) == (0, ARTICLES)
        assert archive.store.edition(SITE) == edition()
        assert archive.store.is_followed(SITE, "an-earlier-one") is (database == "postgresql")
