"""One request and what came of it, read off Scrapy's response or failure: the spider's item.

It promises to look at the answer once: what it was, the decoded page, the addresses on it that may
be fetched, and those that may not, each with the reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from scrapy import Request
from scrapy.http import Response

from archive.captured import HTML_TYPES
from archive.cleaning.page import Page, read_page
from archive.errors import FatalPageError, PalimpsestError
from archive.exchange import HttpMessage
from archive.model import Capture, Lead, Outcome, WarcPointer
from archive.statuses import NOT_MODIFIED
from archive.store import CaptureRow, Lease, PageCopy
from crawler.canonical import canonical_url, resolve
from crawler.challenged import CHALLENGE, challenged
from crawler.discovery import (
    EDITION,
    PRIORITIES,
    discover,
    discover_in_records,
    discover_in_script,
    discover_in_style,
    lead_to,
)
from crawler.heads import header_of, media_type_of
from crawler.job import Job
from crawler.outcomes import (
    BEGINNING,
    MAX_DETAIL,
    RobotsForbid,
    Verdict,
    of_beginning,
    of_failure,
    of_status,
)
from crawler.references import refresh_target
from crawler.revisit import read_copy
from crawler.sitemaps import XML, discover_in_sitemap
from crawler.unfollowed import is_made_by_script, turns_by_post

WAITING_BYTES = 512 << 10
"""Of a page that stays read until its visit is taken in. A page of 2 MB may take 100 MB as a tree,
and many may wait at once: larger ones are read again when it is their turn."""
STYLES = frozenset({"text/css"})
SCRIPTS = frozenset({"text/javascript", "application/javascript", "application/x-javascript"})
JSON = frozenset({"application/json", "text/json"})
"""Read as the literals of a script that it consists of."""


@dataclass(frozen=True, slots=True, repr=False)
class Visit:
    """What one lease led to. ``leads`` belong into the frontier, where all but ``fresh`` are
    already, ``refused`` into its ledger;
    ``seconds`` is how long the host took; ``retry_after`` its header, unread; ``same_as`` is the
    earlier capture that the answer only repeats, whose ``page`` and ``body`` these then are, where
    they had to be read (``was_read``; the page is let go of where no article is made of it);
    ``spared`` is how many bytes the answer would have had, had the page not
    been known; ``links`` the edition of link discovery whose whole answer ``leads`` are."""

    lease: Lease
    verdict: Verdict
    capture: Capture | None = None
    pointer: WarcPointer | None = None
    message: HttpMessage | None = None
    page: Page | None = None
    was_read: bool = False
    body: bytes = b""
    leads: tuple[Lead, ...] = ()
    fresh: tuple[Lead, ...] = ()
    refused: tuple[Outcome, ...] = ()
    seconds: float | None = None
    retry_after: str | None = None
    same_as: CaptureRow | None = None
    spared: int = 0
    links: int | None = None

    @property
    def is_page(self) -> bool:
        """Is it a whole HTML page, new or as it was?"""
        known = self.same_as is not None and self.same_as.media_type in HTML_TYPES
        return self.was_read or known

    def __repr__(self) -> str:
        # Scrapy logs its items: the page itself has no place in a log.
        return f"Visit({self.lease.url!r}, {self.verdict}, {len(self.leads)} leads)"


def visit_of(response: Response, job: Job) -> Visit:
    """The visit that ended with an answer."""
    assert response.request is not None
    meta = response.request.meta
    lease: Lease = meta["lease"]
    capture: Capture = meta["capture"]
    told = _told(response, capture, job)
    verdict, page, body = told.verdict, told.page, told.body
    media_type = (told.same_as.media_type or "") if told.same_as else media_type_of(response)
    job.cookies.hear(response)
    found: list[Lead] = []
    links = None
    if verdict.reason == "redirect":
        verdict, found = _redirect(response, lease, job)
    elif page is not None and verdict.reason != CHALLENGE:
        found = discover(page, lease.url, is_home=lease.kind in ("start", "home"))
        links = EDITION
        _note_unfollowed(page, lease, found, job)
    elif body and verdict.state == "done" and _lists(media_type, lease):
        found = _in_file(body, media_type, lease, job, is_begun=told.is_begun)
        links = EDITION
    if verdict.state == "done":
        found += _refresh(response, lease)
    leads, fresh, refused = sift(found, lease, job)
    return Visit(
        lease=lease,
        verdict=verdict,
        capture=capture if capture.via else replace(capture, via=lease.via),
        pointer=meta["pointer"],
        message=meta.get("message"),
        page=page if job.derives and len(body) <= WAITING_BYTES else None,
        was_read=page is not None and verdict.reason != CHALLENGE,
        body=body,
        leads=leads,
        fresh=fresh,
        refused=refused,
        seconds=meta.get("download_latency"),
        retry_after=header_of(response, "Retry-After"),
        same_as=told.same_as,
        spared=max(0, told.size - len(capture.response)),
        links=links,
    )


def _note_unfollowed(page: Page, lease: Lease, found: Sequence[Lead], job: Job) -> None:
    if turns_by_post(page):
        job.turned_by_post.add(lease.url)
    if all(lead.kind == "asset" for lead in found) and is_made_by_script(page):
        job.made_by_script.add(lease.url)


@dataclass(frozen=True, slots=True)
class _Told:
    """The ``verdict`` on an answer, the ``page`` in it and its content (``body``), the capture it
    repeats, the ``size`` of that one's answer where this one left it out, and whether there is more
    of it than was taken (``is_begun``)."""

    verdict: Verdict
    page: Page | None = None
    body: bytes = b""
    same_as: CaptureRow | None = None
    size: int = 0
    is_begun: bool = False


def _told(response: Response, capture: Capture, job: Job) -> _Told:
    assert response.request is not None
    meta = response.request.meta
    kept: PageCopy | None = meta.get("kept")
    if kept is not None and response.status == NOT_MODIFIED and meta.get("conditional"):
        return _unchanged(meta["lease"], kept, job)
    verdict = of_status(response.status)
    if meta.get("is_beginning"):
        verdict = of_beginning(verdict, capture.error)
    elif capture.truncated:
        verdict = Verdict("failed", "truncated", capture.truncated, again=True)
    page, same_as = None, None
    if verdict.state == "done" and verdict.reason != "redirect":
        if kept is not None and _repeats(response, kept):
            same_as = kept.newest
        news = same_as is None or not _has_links(meta["lease"], same_as, job)
        if news and response.body and media_type_of(response) in HTML_TYPES:
            with suppress(FatalPageError):
                page = read_page(response.body, capture.url, header_of(response, "Content-Type"))
    barred = challenged(response, page) if _may_be_barred(verdict, page) else None
    is_begun = verdict.reason == BEGINNING
    return _Told(barred or verdict, page, response.body, same_as, is_begun=is_begun)


def _may_be_barred(verdict: Verdict, page: Page | None) -> bool:
    """A page that was read, or an answer that is none: what is known already was no firewall's."""
    return page is not None or (verdict.state == "failed" and verdict.reason != "truncated")


def _unchanged(lease: Lease, kept: PageCopy, job: Job) -> _Told:
    """The server says that nothing has changed: what the page says and links to is in the copy,
    which is read only where the frontier does not have the links already. Where the copy cannot
    be read any more, the archive needs the page whole."""
    done = Verdict("done", "not-modified")
    size = job.keeper.confirmed(lease.url)
    if size is not None and not kept.is_begun and _has_links(lease, kept.newest, job):
        return _Told(done, None, b"", kept.newest, size)
    try:
        copy = read_copy(job.archive.warc_dir, kept)
    except (PalimpsestError, OSError) as error:
        job.ask_whole.add(lease.url)
        detail = str(error)[:MAX_DETAIL]
        return _Told(Verdict("failed", "copy-unreadable", detail, again=True))
    return _Told(done, copy.page, copy.content, kept.newest, copy.size, is_begun=kept.is_begun)


def _lists(media_type: str, lease: Lease) -> bool:
    """Can the file lead to others?"""
    return media_type in STYLES | SCRIPTS | JSON | XML or lease.kind == "sitemap"


def _in_file(body: bytes, media_type: str, lease: Lease, job: Job, *, is_begun: bool) -> list[Lead]:
    if media_type in STYLES:
        return discover_in_style(body, lease.url)
    if media_type in SCRIPTS | JSON:
        return discover_in_script(body, lease.url, lease.via)
    is_named = lease.kind == "sitemap"
    listed = discover_in_sitemap(body, lease.url, PRIORITIES, is_named=is_named)
    if is_begun or not listed.is_whole:
        job.cut_lists[lease.url] = len(listed.leads)
    return listed.leads or discover_in_records(body, lease.url)


def _has_links(lease: Lease, copy: CaptureRow, job: Job) -> bool:
    """Has the frontier all that this copy leads to, by the rules of today?"""
    if copy.media_type not in HTML_TYPES and not _lists(copy.media_type or "", lease):
        return True
    return lease.links == EDITION and not job.traps.watches(lease.url)


def _repeats(response: Response, kept: PageCopy) -> bool:
    """Has the whole answer the payload of the copy, and says it the same of its type?"""
    assert response.request is not None
    pointer: WarcPointer = response.request.meta["pointer"]
    same = pointer.payload_digest == kept.newest.pointer.payload_digest
    return (
        response.status == 200
        and same
        and media_type_of(response) == (kept.newest.media_type or "")
    )


def failed_visit(error: BaseException | None, request: Request, job: Job) -> Visit:
    """The visit that ended without an answer; what crossed the wire is kept all the same."""
    error = error or RuntimeError("a failure without a cause")
    job.stop(error)
    lease: Lease = request.meta["lease"]
    capture: Capture | None = request.meta.get("capture")
    if capture is not None and not capture.via:
        capture = replace(capture, via=lease.via)
    kept: PageCopy | None = request.meta.get("kept")
    if isinstance(error, RobotsForbid) and kept and kept.newest.media_type in HTML_TYPES:
        job.shut_out[lease.host] += 1
    return Visit(lease, of_failure(error), capture, request.meta.get("pointer"))


def sift(
    found: Sequence[Lead], lease: Lease, job: Job
) -> tuple[tuple[Lead, ...], tuple[Lead, ...], tuple[Outcome, ...]]:
    """What of ``found`` may be fetched, what of that is not in the frontier yet as far as this
    process knows, and why the rest may not be fetched. What it has put into the frontier has
    passed the rules already, and passes them again before it is asked for."""
    known = job.archive.store.frontier.known(job.site.name)
    new = [lead for lead in found if hash(lead.url) not in known]
    if not new:
        return tuple(found), (), ()
    fresh: dict[str, Lead] = {}
    refused: list[Outcome] = []
    for lead in new:
        reason = job.guard.refusal(lead.url) or job.traps.refusal(
            lead.url, lead.kind, lease.depth + 1
        )
        if reason is None:
            fresh[lead.url] = lead if lead.via else replace(lead, via=lease.url)
        else:
            refused.append(Outcome(lead.url, "refused", reason, f"on {lease.url}"[:300]))
    bad = {one.url for one in refused}
    leads = [fresh.get(lead.url, lead) for lead in found if lead.url not in bad]
    return tuple(leads), tuple(fresh.values()), tuple(refused)


def _redirect(response: Response, lease: Lease, job: Job) -> tuple[Verdict, list[Lead]]:
    """Each hop is an address of its own: the target takes this one's kind and place."""
    location = header_of(response, "Location")
    if not location:
        return Verdict("failed", "redirect-nowhere"), []
    try:
        target: str | None = resolve(lease.url, location)
    except ValueError:
        return Verdict("done", "redirect", f"to {location[:200]}, which is not fetched"), []
    if target == lease.url:
        # Only the session id changed, or nothing: the server's own spelling gets one chance.
        target = _as_sent(response, location)
    if target is None or target == lease.url:
        return Verdict("failed", "redirect-loop", again=job.cookies.help(response)), []
    if not job.may_hop(lease.url, target):
        return Verdict("failed", "redirect-chain", f"to {target[:200]}"), []
    lead = replace(lead_to(target, _kind(lease), via=lease.url), priority=lease.priority)
    return Verdict("done", "redirect", f"to {target[:200]}"), [lead]


def _as_sent(response: Response, location: str) -> str | None:
    target = response.urljoin(location).partition("#")[0]
    try:
        return target if canonical_url(target) == response.url else None
    except ValueError:
        return None


def _refresh(response: Response, lease: Lease) -> list[Lead]:
    reference = refresh_target(header_of(response, "Refresh") or "")
    if not reference:
        return []
    try:
        return [lead_to(resolve(lease.url, reference), _kind(lease), via=lease.url)]
    except ValueError:
        return []


def _kind(lease: Lease) -> Any:
    return lease.kind if lease.kind in PRIORITIES else "page"
