"""Where a visit enters the archive: its bytes are on disk, now its rows are made.

It promises one transaction for everything the page led to (archive.ingest), and that a visit which
fails is either asked again later or settled with its reason, never dropped.
"""

from __future__ import annotations

from collections import Counter
from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from archive.captured import Ingested
from archive.errors import DataDirectoryError, StoreError
from archive.ingest import Read, Walked, ingest
from archive.model import Outcome, PageKind
from crawler.canonical import scheme_of
from crawler.job import Job, job_of
from crawler.landing import Landing
from crawler.outcomes import TLS, Verdict
from crawler.provenance import Paths, notes_of
from crawler.secured import secured
from crawler.traps import pattern_of
from crawler.visit import Visit

MAX_REMEMBERED = 100_000
"""Addresses remembered as refused, or as promising, to spare the store a question."""

MAX_OFF_SITE = 20_000
"""Addresses off the site that are listed for each host that names them; the rest is counted. A
doorway page names forty new ones, the next one forty others, without end."""


class IngestPipeline:
    """Scrapy's item pipeline over visits; other items pass."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._paths = Paths()
        self._refused: set[int] = set()
        self._promising: set[int] = set()
        self._off_site: Counter[str] = Counter()
        self._landing = Landing(job.archive.store, self._take, self._refill)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Built by Scrapy."""
        return cls(job_of(crawler))

    async def process_item(self, item: Any) -> Any:
        """Take a visit into the archive; it is committed when this returns."""
        if isinstance(item, Visit) and self._job.fatal is None:
            try:
                await self._landing.land(item)
            except (DataDirectoryError, StoreError) as error:
                # It ends the run, which says so in its one line: no visit's traceback tells more.
                self._job.stop(error)
                raise DropItem(str(error), log_level="DEBUG") from error
        return item

    def _refill(self) -> None:
        if self._job.refill is not None:
            self._job.refill()

    def _take(self, visit: Visit) -> None:
        job, lease, verdict = self._job, visit.lease, visit.verdict
        self._hear(visit)
        again = (
            verdict.again
            and lease.tries < job.max_tries
            and job.politeness.left(lease.host, scheme_of(lease.url)) is None
        )
        outcome = None if again else verdict.outcome(lease.url)
        found = self._keep(visit, outcome)
        frontier = job.archive.store.frontier
        if again:
            frontier.give_back(
                job.site.name,
                lease.url,
                verdict.reason,
                not_before=job.politeness.not_before(lease.host, scheme_of(lease.url)),
            )
        elif (lead := secured(lease, verdict)) is not None:
            job.secured.add(lead.url)
            frontier.seed(job.site.name, [lead])
        frontier.refuse(job.site.name, self._new_refusals(visit))
        self._learn(visit, found)
        self._count(visit, found, again=again)
        job.landed(lease)

    def _keep(self, visit: Visit, outcome: Outcome | None) -> Ingested | None:
        job = self._job
        if visit.capture is None or visit.pointer is None:
            if outcome is not None:
                job.archive.store.frontier.settle(job.site.name, outcome)
            return None
        notes = notes_of(visit, self._paths.of(visit))
        if notes:
            job.keeper.note(visit.capture, visit.pointer, notes)
        self._paths.learn(visit)
        return ingest(
            job.archive,
            job.site,
            job.run,
            visit.capture,
            visit.pointer,
            walked=Walked(visit.fresh, visit.links, outcome),
            read=Read(visit.message, visit.page, visit.same_as),
            derives=job.derives,
            shows=job.shows,
        )

    def _hear(self, visit: Visit) -> None:
        """What the answer says about its host."""
        host, verdict = visit.lease.host, visit.verdict
        scheme = scheme_of(visit.lease.url)
        if verdict.reason == TLS:
            self._job.unread_for_tls.setdefault(host, str(verdict))
        if verdict.of_host:
            self._job.politeness.failed(host, verdict.reason, visit.retry_after, scheme)
        elif visit.capture is not None and visit.capture.response:
            self._job.politeness.answered(host, visit.seconds, scheme)

    def _new_refusals(self, visit: Visit) -> list[Outcome]:
        fresh = [one for one in visit.refused if hash(one.url) not in self._refused]
        _remember(self._refused, [one.url for one in fresh])
        return [one for one in fresh if self._is_listed(one, visit.lease.host)]

    def _is_listed(self, refusal: Outcome, host: str) -> bool:
        if refusal.reason != "off-site":
            return True
        self._off_site[host] += 1
        listed = self._off_site[host] <= MAX_OFF_SITE
        self._job.tally.unlisted += not listed
        return listed

    def _learn(self, visit: Visit, found: Ingested | None) -> None:
        if not visit.was_read:
            return
        own, promising = pattern_of(visit.lease.url), self._promising
        news = [
            lead.url
            for lead in visit.fresh
            if lead.kind == "article"
            and hash(lead.url) not in promising
            and pattern_of(lead.url) != own
        ]
        _remember(promising, news)
        is_article = found is not None and found.kind is PageKind.ARTICLE
        self._job.traps.learn(visit.lease.url, visit.body, fruitful=bool(news) or is_article)

    def _count(self, visit: Visit, found: Ingested | None, *, again: bool) -> None:
        tally, verdict, lease = self._job.tally, visit.verdict, visit.lease
        if visit.capture is not None:
            tally.requests += 1
            tally.bytes += len(visit.capture.response)
            tally.spared += visit.spared
            tally.waited(lease.host, visit.seconds)
        if again:
            tally.retries += 1
        elif verdict.state == "failed":
            # That nobody answers any more at a domain which was given up is no bad night.
            if not self._job.is_former(lease):
                tally.failures[verdict.reason] += 1
        elif found is not None and found.kind is not None and verdict.reason != "redirect":
            tally.unchanged += visit.same_as is not None
            tally.kinds[found.kind] += 1
            if visit.is_page and lease.host not in self._job.site.mirrors:
                tally.official_pages += 1
        if lease.kind == "start":
            _note_start(tally.problems, lease.url, verdict)


def _note_start(problems: dict[str, Verdict], url: str, verdict: Verdict) -> None:
    if verdict.state == "done" and verdict.reason != "redirect":
        problems.pop(url, None)
    else:
        problems[url] = verdict


def _remember(known: set[int], urls: list[str]) -> None:
    if len(known) + len(urls) > MAX_REMEMBERED:
        known.clear()
    known.update(map(hash, urls))
