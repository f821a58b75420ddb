"""Nights of an invented institute's host, put into an archive one by one on days of one's own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from random import Random

from archive.ingest import ingest
from archive.model import Article, RunKind, RunReport, Site, Witness
from archive.sitepass.derive import derive
from archive.sitepass.report import DeriveReport
from archive.store import Archive
from archive.warc import WarcWriter
from tests.tampering import copied, originals
from tests.tampering.archived import captured
from tests.tampering.brands import invented_disguise
from tests.tampering.copies import TODAY

HOST = "www.qskyzx.com"
ARTICLES = 12
FIRST_DAY = datetime(2026, 5, 1, 12, tzinfo=UTC)
AN_HOUR = timedelta(hours=1)
LIST, PUT_IN = 6, 2
RUN = re.compile(r"[\u4e00-\u9fff]{10,}")
Html = Mapping[str, str]
Said = dict[str, tuple[str, str | None, str, str]]


class Institute:
    """The pages of an invented institute on one host, and what others make of them."""

    def __init__(self, host: str = HOST, seed: int = 71) -> None:
        self.host, self.rng = host, Random(seed)
        self.names, self.pages = originals(self.rng, ARTICLES, host)

    def own(self) -> dict[str, str]:
        return {one.path: one.html for one in self.pages}

    def copied(self, recipe: str) -> dict[str, str]:
        made = copied(self.pages, self.names, recipe, self.rng)
        return {path: html for path, html, _ in made.pages}

    def called(self, name: str) -> dict[str, str]:
        return {path: html.replace(self.names[0], name) for path, html in self.own().items()}


class Kept:
    """An archive of one host; ``walked`` and ``taken_in`` put nights into it."""

    def __init__(self, archive: Archive, host: str) -> None:
        self.archive, self.host = archive, host
        self.site = Site("s", (host,))
        archive.store.put_site(self.site)

    def walked(self, day: int, pages: Html) -> DeriveReport:
        return self._kept(day, pages, "nightly")

    def taken_in(self, day: int, pages: Html) -> DeriveReport:
        return self._kept(day, pages, "backfill")

    def said(self) -> Said:
        return {
            one.id: (one.url, one.reading.title, one.reading.text, one.status)
            for one in self.archive.store.articles("s")
        }

    def _kept(self, day: int, pages: Html, kind: RunKind) -> DeriveReport:
        return keep(self.archive, self.site, pages, kind, FIRST_DAY + timedelta(days=day))


def keep(
    archive: Archive,
    site: Site,
    pages: Html,
    kind: RunKind,
    began: datetime | None = None,
    lasting: timedelta = AN_HOUR,
    *,
    reads: bool = False,
) -> DeriveReport:
    """Put a night of the first host of ``site`` into the archive and make the site pass. By the
    clock it ``began`` then (now, unless named) and ended so much later. Each page is read as it
    comes, as a crawl does it, where the night ``reads``."""
    run = archive.store.begin_run(site.name, kind)
    began = began or datetime.now(UTC)
    with WarcWriter(archive.warc_dir, prefix=f"run{run}") as writer:
        for number, (path, html) in enumerate(pages.items()):
            one = captured(site.official[0], path, html, began + timedelta(milliseconds=number))
            ingest(archive, site, run, one, writer.write(one), derives=reads)
    report = derive(archive, site.name, run)
    counts = {"asked": len(pages)}
    end = began + lasting
    archive.store.end_run(RunReport(run, site.name, kind, began, end, "finished", 0, counts))
    return report


def newest(article: Article) -> Witness:
    """The last capture of an article."""
    return max(article.witnesses, key=lambda witness: witness.captured_at)


def broken_into(institute: Institute, count: int = ARTICLES) -> dict[str, str]:
    """Phrases of one invented list in sentences of so many articles, two in each."""
    phrases = invented_disguise(institute.rng, institute.names, TODAY).phrases[:LIST]
    own = institute.own()
    for one in institute.pages[:count]:
        html = own[one.path]
        runs = [run for run in dict.fromkeys(RUN.findall(one.text)) if html.count(run) == 1]
        for run in institute.rng.sample(runs, PUT_IN):
            middle = len(run) // 2
            html = html.replace(run, run[:middle] + institute.rng.choice(phrases) + run[middle:])
        own[one.path] = html
    return own
