"""Scrapy's scheduler over the archive's frontier: what to ask for next, and of whom.

The queue is the store's, not Scrapy's: an address is leased, and only the commit that keeps its
page acknowledges it. It promises that every lease is asked for, refused with a reason, or given
back; that slow hosts hold nobody up; that a host which wants a pause is asked when that ends,
neither before nor long after; and that addresses are checked again at the moment of asking, for a
trap shows itself only while it is walked.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import Self

from scrapy import Request, Spider, signals
from scrapy.core.scheduler import BaseScheduler
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from archive.errors import DataDirectoryError, PalimpsestError, StoreError
from archive.store import Lease, PageCopy
from crawler.alarm import Alarm
from crawler.beginnings import ENOUGH_OF_A_LIST
from crawler.canonical import scheme_of
from crawler.discovery import lead_to
from crawler.job import Job, job_of
from crawler.outcomes import HOST_DOWN, MAX_DETAIL, Verdict

LEASE_SECONDS = 900.0
"""Longer than the slowest polite request; a dead run's leases are released when the next begins."""

BATCH_PER_HOST = 4
MAX_BATCH = 32
LOOK_AGAIN_SECONDS = 1.0
"""After an empty answer the store is asked again when something changed, or after this time."""

PAUSED = "paused"
"""Why a lease is given back: its host wants to be left alone for a while."""
ASK_AGAIN = "ask-again"
"""What a request bears that names no address: by ``crawl`` alone can Scrapy's engine be told that
its scheduler has something now."""


class FrontierScheduler(BaseScheduler):
    """Hands out leases as requests. See the module."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._job: Job = job_of(crawler)
        self._frontier = self._job.archive.store.frontier
        self._site = self._job.site.name
        self._ready: deque[Lease] = deque()
        self._kept: dict[str, PageCopy] = {}
        self._looked: tuple[int, float, frozenset[str] | None] | None = None
        self.alarm: Alarm | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Built by Scrapy."""
        return cls(crawler)

    def open(self, spider: Spider) -> None:
        """Begin to listen for errors of the program, which must not swallow a lease."""
        self._job.refill = self.refill
        self.alarm = Alarm(self.ring, asyncio.get_running_loop().call_later)
        self._crawler.signals.connect(self._spider_error, signals.spider_error)
        self._crawler.signals.connect(self._item_error, signals.item_error)

    def close(self, reason: str) -> None:
        """Give back what was leased and not asked for."""
        if self.alarm is not None:
            self.alarm.cancel()
        for lease in (*self._ready, *self._job.abandon()):
            # Where the store itself failed, the next run takes the leases back.
            with suppress(PalimpsestError):
                self._frontier.give_back(self._site, lease.url, "shut-down", counted=False)
        self._ready.clear()

    def has_pending_requests(self) -> bool:
        """Is anything waiting, now or later?"""
        if self._job.is_over:
            return False
        if self._ready or not self._job.is_idle:
            return True
        with self._or_stop():
            return not self._frontier.is_empty(self._site)
        return False

    def enqueue_request(self, request: Request) -> bool:
        """Put a request's address into the frontier (the spider's start addresses)."""
        if ASK_AGAIN in request.meta:
            return True
        lead = request.meta.get("lead") or lead_to(request.url, "page")
        with self._or_stop():
            return self._frontier.seed(self._site, [lead]) > 0
        return False

    def next_request(self) -> Request | None:
        """The next address that may be asked now, or None."""
        with self._or_stop():
            if (request := self._next()) is not None:
                return request
            if self.alarm is not None:
                self.alarm.set(self._job.politeness.next_moment())
        return None

    def ring(self) -> None:
        """A pause has ended: the engine is to ask again, and the store, too."""
        self._looked = None
        self._crawler.engine.crawl(Request("data:,", meta={ASK_AGAIN: True}))

    def refill(self) -> None:
        """Lease what there is room for now; called where something has landed, so that the leases
        are part of its commit."""
        if self._job.is_over:
            return
        with self._or_stop():
            if self._ready:
                self._look()
            else:
                self._refill(self._job.full_hosts())

    def _look(self) -> None:
        """Learn with the commit which hosts anything waits for: else the store would be asked for
        more of them all the time, in vain where there are but those that are full."""
        self._frontier.look(self._site)
        self._looked = self._job.changes, time.monotonic(), None

    @contextmanager
    def _or_stop(self) -> Iterator[None]:
        """Whatever is raised ends the run: Scrapy would only ask again, without end. Of what the
        disk or the store refuses the run's own line tells; Scrapy has nothing to add."""
        try:
            yield
        except (DataDirectoryError, StoreError) as error:
            self._job.stop(error)
        except Exception as error:
            what = f"{type(error).__name__}: {error}"
            self._job.stop(StoreError(f"no address can be handed out any more ({what})"))
            raise

    def _next(self) -> Request | None:
        while not self._job.is_over and (lease := self._take()) is not None:
            verdict, kept = self._refusal(lease), self._kept.pop(lease.url, None)
            if verdict is None:
                return self._request(lease, kept)
            self._job.settle(lease, verdict)
        return None

    def _take(self) -> Lease | None:
        """A lease of a host that has room for it; the others stay where they are."""
        self._leave_alone(self._job.politeness.paused())
        full = self._job.full_hosts()
        lease = self._first(full)
        if lease is None and self._refill(full):
            lease = self._first(full)
        return lease

    def _leave_alone(self, paused: Collection[str]) -> None:
        """Give back what was leased of hosts that want a pause: it may outlast the leases."""
        for lease in [one for one in self._ready if one.host in paused]:
            self._ready.remove(lease)
            self._kept.pop(lease.url, None)
            self._frontier.give_back(self._site, lease.url, PAUSED, counted=False)

    def _first(self, full: Collection[str]) -> Lease | None:
        for at, lease in enumerate(self._ready):
            if lease.host not in full:
                del self._ready[at]
                return lease
        return None

    def _refill(self, full: Collection[str]) -> bool:
        """Lease more, none of a host in ``full``; whether there were any."""
        job, now = self._job, time.monotonic()
        if job.is_alone:
            return False
        skip = {*full, *job.politeness.paused()}
        if self._has_nothing_beside(skip, now):
            return False
        open_hosts = {*job.site.official, *job.site.mirrors} - skip
        limit = min(MAX_BATCH, max(BATCH_PER_HOST, job.room(open_hosts)))
        leases = self._lease(limit, skip)
        is_idle = job.is_idle and not self._ready
        if not leases and is_idle and self._frontier.release_all(self._site):
            # Another process of this night has died, with all that its hosts had.
            leases = self._lease(limit, skip)
        self._ready.extend(leases)
        # Together, for to open a view of the store takes nearly as long as to ask in it.
        self._kept.update(job.kept(leases))
        left = frozenset(self._frontier.waiting_hosts(self._site)) if leases else frozenset()
        self._looked = job.changes, now, left
        return bool(leases)

    def _lease(self, limit: int, skip: Collection[str]) -> list[Lease]:
        return self._frontier.lease(
            self._site, limit, seconds=LEASE_SECONDS, skip=skip, idle=self._job.is_idle
        )

    def _has_nothing_beside(self, skip: Collection[str], now: float) -> bool:
        """Whether the store was asked a moment ago, nothing has landed since, and no host waited
        but those in ``skip``."""
        if self._looked is None:
            return False
        changes, since, left = self._looked
        is_new = changes == self._job.changes and now - since < LOOK_AGAIN_SECONDS
        if left is None:
            left = frozenset(self._frontier.waiting_hosts(self._site))
        return is_new and left.issubset(skip)

    def _refusal(self, lease: Lease) -> Verdict | None:
        job = self._job
        if reason := job.guard.refusal(lease.url):
            return Verdict("refused", reason)
        if reason := job.traps.refusal(lease.url, lease.kind, lease.depth):
            return Verdict("refused", reason)
        if reason := job.politeness.left(lease.host, scheme_of(lease.url)):
            return Verdict("failed", HOST_DOWN, reason)
        return None

    def _request(self, lease: Lease, kept: PageCopy | None) -> Request:
        job = self._job
        job.took_off(lease)
        slot = self._crawler.engine.downloader.slots.get(lease.host)
        if slot is not None:
            slot.delay = job.politeness.delay(lease.host)
        whole = lease.url in job.ask_whole
        conditions = [] if whole else job.policy.conditions(kept, datetime.now(UTC))
        spider = self._crawler.spider
        request = Request(
            lease.url,
            headers=conditions,
            errback=getattr(spider, "failed", None),
            dont_filter=True,
            meta={
                "lease": lease,
                "download_slot": lease.host,
                "via": lease.via,
                "kept": kept,
                "conditional": bool(conditions),
                "enough": ENOUGH_OF_A_LIST if lease.kind == "sitemap" else None,
            },
        )
        job.cookies.add_to(request)
        return request

    def _spider_error(self, failure: Failure, response: Response | Failure | None) -> None:
        self._program_error(failure, getattr(response, "request", None))

    def _item_error(self, failure: Failure, response: Response | Failure | None) -> None:
        self._program_error(failure, getattr(response, "request", None))

    def _program_error(self, failure: Failure, request: Request | None) -> None:
        """A fault of ours: the address is settled as failed, so that the crawl goes on."""
        lease = request.meta.get("lease") if request is not None else None
        if lease is None or self._job.fatal is not None:
            return
        detail = f"{type(failure.value).__name__}: {failure.value}"[:MAX_DETAIL]
        self._job.settle(lease, Verdict("failed", "program-error", detail))
