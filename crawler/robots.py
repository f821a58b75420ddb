"""What robots.txt allows, read as RFC 9309 has it.

robots.txt is fetched like any page, so that the archive keeps the rules a crawl went by. It
promises: no answer or a server error forbids everything until it can be read (section 2.3.1.4), a
client error allows everything (2.3.1.3), at most 500 KiB are read (2.5), the rules are read again
after an hour, and Crawl-delay is honoured up to a limit. What the official host forbids is not
fetched from its mirrors either, as far as its rules can be read (docs/adr/0004).
"""

from __future__ import annotations

import asyncio
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from typing import Self
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from archive.ingest import Walked, ingest
from archive.model import Outcome
from archive.statuses import REDIRECTS
from archive.steady import elapsed
from crawler.beginnings import Enough
from crawler.canonical import host_of, resolve, scheme_of
from crawler.challenged import CHALLENGE, challenged
from crawler.discovery import lead_to
from crawler.heads import header_of
from crawler.job import Job, job_of
from crawler.outcomes import (
    RobotsForbid,
    RobotsUnreachable,
    Verdict,
    of_beginning,
    of_failure,
    of_status,
)

MAX_ROBOTS_BYTES = 500 * 1024
MAX_REDIRECTS = 5
MAX_SITEMAPS = 100
"""Sitemaps that one robots.txt may name."""
FRESH_SECONDS = 3_600.0


@dataclass(frozen=True, slots=True)
class Rules:
    """One host's rules, good ``until`` a moment of ``archive.steady``. ``parsed`` None allows
    everything; ``unreachable`` is the verdict over pages while nothing may be asked."""

    until: float
    parsed: Protego | None = None
    unreachable: Verdict | None = None


class RobotsMiddleware:
    """Scrapy's downloader middleware that asks the rules before each request."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._job: Job = job_of(crawler)
        self._agent: str = crawler.settings["USER_AGENT"]
        self._rules: dict[str, asyncio.Future[Rules]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Built by Scrapy."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raises RobotsForbid or RobotsUnreachable when ``request`` may not be made."""
        if request.meta.get("robots"):
            return
        rules = await self._rules_of(root_of(request.url))
        if rules.unreachable is not None:
            raise RobotsUnreachable(rules.unreachable)
        if not self._allows(rules, request.url):
            raise RobotsForbid("of this host")
        for original in self._originals(request.url):
            if not self._allows(await self._rules_of(original), request.url):
                raise RobotsForbid("of the official host, whose pages a mirror copies")

    def _allows(self, rules: Rules, url: str) -> bool:
        return rules.parsed is None or rules.parsed.can_fetch(url, self._agent)

    def _originals(self, url: str) -> list[str]:
        """Whose pages a mirror copies, as roots; none for a page of any other host."""
        site = self._job.site
        if not site.mirrors or host_of(url) not in site.mirrors:
            return []
        named = {host_of(lead.url): root_of(lead.url) for lead in self._job.starts}
        scheme = urlsplit(url).scheme
        return [named.get(host, f"{scheme}://{host}") for host in site.official]

    async def _rules_of(self, root: str) -> Rules:
        known = self._rules.get(root)
        if known is None or (known.done() and known.result().until < elapsed()):
            known = self._rules[root] = asyncio.ensure_future(self._fetch(f"{root}/robots.txt"))
        # Several pages wait for one fetch: none of them may cancel it for the others.
        return await asyncio.shield(known)

    async def _fetch(self, url: str) -> Rules:
        # Rules that a redirect leads to are those of who was asked (RFC 9309, section 2.3.1.2).
        first, host = url, host_of(url)
        for _ in range(MAX_REDIRECTS + 1):
            try:
                response, verdict = await self._download(url)
            except IgnoreRequest as refusal:
                if url == first:
                    # Its name leads inside, now if not always: what it would say is not known.
                    return Rules(_in(FRESH_SECONDS), unreachable=of_failure(refusal))
                # Rules that lie off the site are no rules for it.
                self._job.politeness.notes.append(f"{host}: robots.txt leads off site ({refusal})")
                return Rules(_in(FRESH_SECONDS))
            except Exception as error:
                self._job.stop(error)
                return self._failed(first, of_failure(error))
            location = header_of(response, "Location")
            if response.status not in REDIRECTS or location is None:
                return self._read(first, response, verdict)
            asked = url
            try:
                url = resolve(url, location)
            except ValueError:
                break
            if url == asked:
                self._job.cookies.help(response)
        return Rules(_in(FRESH_SECONDS))

    async def _download(self, url: str) -> tuple[Response, Verdict]:
        self._job.guard.check(url)
        host = host_of(url)
        request = Request(
            url,
            callback=NO_CALLBACK,
            dont_filter=True,
            meta={"robots": True, "download_slot": host, "enough": Enough(MAX_ROBOTS_BYTES)},
        )
        self._job.cookies.add_to(request)
        try:
            response = await self._crawler.engine.download_async(request)
        except Exception as error:
            self._keep(request, of_failure(error))
            raise
        verdict = _verdict_on(response)
        listed = self._sitemaps(response) if verdict.state == "done" else []
        self._keep(request, verdict, listed)
        return response, verdict

    def _sitemaps(self, response: Response) -> list[str]:
        """The site's own lists of its pages, as its robots.txt names them. A mirror's are left
        alone: they are of what it wants found."""
        if host_of(response.url) in self._job.site.mirrors:
            return []
        found = []
        for reference in islice(parse_robots(response.body).sitemaps, MAX_SITEMAPS):
            with suppress(ValueError):
                found.append(resolve(response.url, reference))
        return found

    def _keep(self, request: Request, verdict: Verdict, listed: Sequence[str] = ()) -> None:
        job, meta = self._job, request.meta
        if meta.get("capture") is None or meta.get("pointer") is None:
            return
        job.tally.requests += 1
        reasons = {url: job.guard.refusal(url) for url in listed}
        leads = [lead_to(url, "sitemap", via=request.url) for url in listed if not reasons[url]]
        refused = [
            Outcome(url, "refused", reason, f"in {request.url}")
            for url, reason in reasons.items()
            if reason
        ]
        try:
            job.archive.store.frontier.refuse(job.site.name, refused)
            ingest(
                job.archive,
                job.site,
                job.run,
                meta["capture"],
                meta["pointer"],
                walked=Walked(
                    (lead_to(request.url, "robots"), *leads),
                    outcome=verdict.outcome(request.url),
                ),
            )
        except Exception as error:
            job.stop(error)
            raise

    def _read(self, url: str, response: Response, verdict: Verdict) -> Rules:
        if response.status >= 500 or response.status == 429 or verdict.reason == "bad-status":
            return self._failed(url, verdict, header_of(response, "Retry-After"))
        if verdict.reason == CHALLENGE:
            return self._failed(url, verdict)
        host, seconds = host_of(url), response.meta.get("download_latency")
        self._job.politeness.answered(host, seconds, scheme_of(url))
        if response.status >= 300:
            return Rules(_in(FRESH_SECONDS))
        parsed = parse_robots(response.body)
        if (delay := parsed.crawl_delay(self._agent)) is not None:
            self._job.politeness.ask_for(host, delay)
        return Rules(_in(FRESH_SECONDS), parsed)

    def _failed(self, url: str, verdict: Verdict, retry_after: str | None = None) -> Rules:
        politeness, host, scheme = self._job.politeness, host_of(url), scheme_of(url)
        politeness.failed(host, verdict.reason, retry_after, scheme)
        if verdict.reason.startswith(("http-", "bad-status")):
            verdict = Verdict("failed", "robots-unreachable", verdict.reason)
        verdict = replace(verdict, again=True, of_host=False)
        return Rules(_in(politeness.backoff(host, scheme)), unreachable=verdict)


def _verdict_on(response: Response) -> Verdict:
    """A firewall's page is no file of rules; turned away with a client error it is one that is not
    there, as RFC 9309 has it: the pages themselves will tell."""
    barred = challenged(response) if response.status < 400 else None
    verdict = barred or of_status(response.status)
    if response.meta.get("is_beginning"):
        return of_beginning(verdict, response.meta["capture"].error)
    return verdict


def root_of(url: str) -> str:
    """Scheme and authority, what one robots.txt speaks for (RFC 9309, section 2.3)."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def parse_robots(body: bytes) -> Protego:
    """The rules in ``body``, of which at most 500 KiB are read, in whole lines: half a path forbids
    more than it says. Odd bytes do no harm; a byte order mark says what it is written in."""
    begun = body[:MAX_ROBOTS_BYTES]
    if len(body) > MAX_ROBOTS_BYTES:
        begun = begun[: max(begun.rfind(b"\n"), begun.rfind(b"\r")) + 1]
    encoding = "utf-16" if begun.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8-sig"
    return Protego.parse(begun.decode(encoding, "replace").replace("\0", ""))


def _in(seconds: float) -> float:
    return elapsed() + seconds
