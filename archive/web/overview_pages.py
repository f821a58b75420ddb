"""What there is, seen from above: sites and their branches, runs, storage, what is new."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from archive.errors import NotFoundError
from archive.evidence.fixity import check
from archive.model import MirrorHost, Site
from archive.runs.texts import TWO_WAYS
from archive.search.daterange import read_day
from archive.store import Archive, CaptureRow, Filters, RunRow
from archive.store.holdings import WarcFile
from archive.warc.originals import own_name
from archive.web import feed
from archive.web.asked import parameters
from archive.web.language import Speech, language_of
from archive.web.links import article_page
from archive.web.paging import LISTED, page_asked, paged
from archive.web.question import MAX_VALUE, Question
from archive.web.render import page
from archive.web.room import room
from archive.web.turns import in_programs_turn
from archive.web.unchanged import told_once

router = APIRouter(include_in_schema=False)

_ALWAYS = datetime(1, 1, 1, tzinfo=UTC)
NEW_DAYS = 30
"""How far back "what is new" looks when no date is asked for."""
SITES_LISTED = 10
"""Sites of a page: each has its branches and years."""
MOST_MIRRORS = 20
"""Mirrors of a site that are named there; the page of mirrors has all."""
CHECKED_RECORDS = 50
"""Records of a file that are looked at when it is verified from the page."""

COUNTS_ORDER = (
    *("articles", "asked", "failed", "retries", "requests", "pages", "unchanged"),
    *("off-site-unlisted", "bytes", "seconds"),
)
"""Counts of a run as one reads them: what came of it, of what it asked, what that cost."""
GROUPS_ORDER = (
    *("articles", "change", "quality", "kind", "done", "failed", "tonight", "refused"),
    *("host-ms", "bytes", "disk"),
)


@dataclass(frozen=True, slots=True)
class Bar:
    """A named count, and its bar's width in percent of the longest."""

    name: str | None
    count: int
    width: int
    address: str = ""


def bars(counts: Mapping[Any, int], address: Any = None) -> list[Bar]:
    """The counts as bars, the largest first."""
    most = max(counts.values(), default=0) or 1
    order = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0] or ""))
    return [
        Bar(
            name,
            n,
            max(1, round(100 * n / most)) if n else 0,
            address(name) if address and name else "",
        )
        for name, n in order
    ]


@router.get("/sites", response_class=HTMLResponse)
def sites(request: Request) -> Response:
    """Every site with its hosts, branches and newest run."""
    archive = room(request).archive
    newest = {run.site: run for run in archive.store.newest_runs()}
    shown = paged(request, archive.store.sites(), "sites", SITES_LISTED)
    shown["sites"] = [_site(archive, one) | {"run": newest.get(one.name)} for one in shown["sites"]]
    return page(
        request,
        "sites.html",
        search=_site_link,
        coverage=_coverage_link,
        most_mirrors=MOST_MIRRORS,
        **shown,
    )


def _site(archive: Archive, site: Site) -> dict[str, Any]:
    """The site and its articles, counted by the search index in one go."""
    name = site.name
    facets = archive.search("", Filters(site=name), limit=0, facets=True).facets
    counts = {facet: {one.value: one.count for one in found} for facet, found in facets.items()}
    by_year = bars(counts.get("year", {}), lambda year: Question(site=name, year=year).address())
    return {
        "site": archive.store.as_known(site),
        "branches": bars(counts.get("branch", {}), _branch_link(name)),
        "years": sorted(by_year, key=lambda bar: bar.name or "", reverse=True),
        "status": bars(counts.get("status", {}), _status_link(name)),
    }


def _branch_link(site: str) -> Any:
    return lambda branch: Question(site=site, branch=branch).address()


def _status_link(site: str) -> Any:
    return lambda status: Question(site=site, status=status).address()


def _site_link(site: str) -> str:
    return Question(site=site).address()


def _coverage_link(site: str) -> str:
    return Question(site=site).address("/coverage")


@router.get("/mirrors", response_class=HTMLResponse)
def mirrors(request: Request) -> Response:
    """Each site's mirrors: their brands and tampering, by what they were known, what only they
    keep."""
    store = room(request).archive.store
    found = [(site.name, one) for site in store.sites() for one in store.mirrors(site.name)]
    shown = paged(request, found, "found")
    sites: dict[str, list[MirrorHost]] = {}
    for name, one in shown.pop("found"):
        sites.setdefault(name, []).append(one)
    return page(
        request,
        "mirrors.html",
        sites=sites.items(),
        only=_only_link,
        on=_host_link,
        only_on=_only_host_link,
        **shown,
    )


def _only_link(site: str) -> str:
    return Question(site=site, status="mirror-only").address()


def _only_host_link(site: str, host: str) -> str:
    return Question(site=site, only=host).address()


def _host_link(site: str, host: str) -> str:
    return Question(site=site, host=host).address()


@router.get("/runs", response_class=HTMLResponse)
def runs(request: Request) -> Response:
    """The runs, the newest first."""
    store = room(request).archive.store

    def read(limit: int, offset: int) -> tuple[int, list[RunRow]]:
        return store.runs_page(limit=limit, offset=offset)

    return page(request, "runs.html", **page_asked(request, read, "runs"))


@router.get("/runs/{number}", response_class=HTMLResponse)
def run(request: Request, number: int) -> Response:
    """One run's report, with its numbers as bars."""
    row = room(request).archive.store.run(number)
    report = row.report
    counts = {} if report is None else report.counts
    groups: dict[str, dict[str | None, int]] = {}
    for name, n in counts.items():
        group, _, rest = name.partition(":")
        groups.setdefault(group if rest else "", {})[rest or name] = n
    counted_twice = groups.keys() >= TWO_WAYS
    return page(
        request,
        "run.html",
        run=row,
        report=report,
        plain=_ordered(groups.pop("", {}), COUNTS_ORDER),
        groups={name: bars(found) for name, found in _ordered(groups, GROUPS_ORDER)},
        branches=bars(report.articles_by_branch, _branch_link(row.site)) if report else [],
        counted_twice=counted_twice,
    )


def _ordered(values: Mapping[Any, Any], order: Sequence[str]) -> list[tuple[Any, Any]]:
    """The values by their place in ``order``; what has none comes last, by name."""
    places = {name: place for place, name in enumerate(order)}
    return sorted(values.items(), key=lambda pair: (places.get(pair[0], len(order)), pair[0]))


@router.get("/storage", response_class=HTMLResponse)
def storage(request: Request) -> Response:
    """How much there is, and the WARC files it lies in."""
    return _storage(request, None)


@router.post("/storage", response_class=HTMLResponse)
def verify_file(request: Request) -> Response:
    """The same, after looking at records spread over one file."""
    archive = room(request).archive
    key = request.query_params.get("file", "")
    names = (one.name for one in archive.store.holdings.files())
    name = next((one for one in names if _file_key(one) == key), None)
    if name is None:
        raise NotFoundError(f"no capture lies in {key[:100]!r}")
    rows = archive.store.holdings.captures_in(name)
    looked = spread(rows, CHECKED_RECORDS)
    bad = [row for row in looked if check(archive, row.pointer, payload=row.error is None).problem]
    return _storage(request, {"name": name, "looked": len(looked), "of": len(rows), "bad": bad})


def _storage(request: Request, checked: dict[str, Any] | None) -> Response:
    archive = room(request).archive
    files = sorted(archive.store.holdings.files(), key=lambda file: file.last, reverse=True)
    shown = paged(request, files, "files")
    shown["files"] = [(file, _size(archive, file)) for file in shown["files"]]
    return page(
        request,
        "storage.html",
        counts=archive.store.holdings.counts(),
        total=len(files),
        size=sum(file.size for file in files),
        checked=checked,
        file_key=_file_key,
        **shown,
    )


def spread(rows: list[CaptureRow], most: int) -> list[CaptureRow]:
    """At most ``most`` of the rows, the first and the last included, at equal distances."""
    if len(rows) <= most:
        return rows
    return [rows[round(n * (len(rows) - 1) / (most - 1))] for n in range(most)]


def _file_key(name: str) -> str:
    """What a file is asked for by: its name, or where two in other folders may have the same, a
    digest of its path."""
    told = own_name(name)
    return name if told == name else f"{hashlib.sha256(name.encode()).hexdigest()[:16]}-{told}"


def _size(archive: Archive, file: WarcFile) -> int | None:
    """The file's size on the disk in bytes; None where it is not there."""
    for name in (file.name, f"{file.name}.open"):
        path = Path(archive.warc_dir, name)
        if path.exists():
            return path.stat().st_size
    return None


@router.get("/new", response_class=HTMLResponse)
def new(request: Request) -> Response:
    """Articles that are new or changed since a day."""
    typed = request.query_params.get("since", "").strip()[:MAX_VALUE]
    read = _day(typed)
    since = read or datetime.now(UTC).date() - timedelta(days=NEW_DAYS)
    number = Question.parse(parameters(request)).page
    moment = datetime.combine(since, time(), UTC)
    only = "changed" in request.query_params
    changed_since = room(request).archive.store.holdings.changed_since
    total, rows = changed_since(
        moment, limit=LISTED, offset=(number - 1) * LISTED, only_changed=only
    )
    others, _ = changed_since(moment, limit=0, only_changed=not only)
    return page(
        request,
        "new.html",
        since=since,
        unread=typed if read is None else "",
        total=total,
        only=only,
        changed=total if only else others,
        every=others if only else total,
        rows=rows,
        number=number,
        pages=max(1, -(-total // LISTED)),
        article_page=article_page,
    )


@router.get("/new.atom")
@in_programs_turn
def news(request: Request) -> Response:
    """The newest of them as an Atom feed (RFC 4287), whatever the articles' own days."""
    _, rows = room(request).archive.store.holdings.changed_since(_ALWAYS, limit=feed.MAX_ENTRIES)
    title = Speech(language_of(request))("nav.new")
    body = feed.of_news(str(request.url), str(request.base_url), title, rows)
    return told_once(request, body, feed.MEDIA_TYPE)


def _day(text: str) -> date | None:
    try:
        return read_day(text, last=False)
    except (ValueError, OverflowError):
        return None
