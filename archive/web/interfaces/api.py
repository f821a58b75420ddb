"""The JSON API, described by OpenAPI at ``/api/openapi.json``.

It promises the export's keys for an article, times in RFC 3339 and UTC, null for what is unknown,
and a problem (RFC 9457) with a true status for everything that goes wrong, a parameter that there
is not included.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime, time
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from fastapi.exceptions import RequestValidationError
from starlette.requests import Request

from archive.difference import same_words
from archive.evidence.fixity import check
from archive.export import record
from archive.export.record import moment
from archive.model import Role, Status
from archive.search.language import MAX_QUERY
from archive.search.results import Order
from archive.store import Filters, RunRow
from archive.warc.originals import own_name
from archive.web.difference import compare
from archive.web.evidence import witness_of
from archive.web.interfaces.api_models import (
    ArticleModel,
    ChangeModel,
    CheckModel,
    CountModel,
    DiffModel,
    HeldModel,
    HeldRowModel,
    HitModel,
    NewModel,
    NewRowModel,
    RunModel,
    SearchModel,
    SiteModel,
    SnippetModel,
    VersionModel,
)
from archive.web.interfaces.days import Day
from archive.web.interfaces.known_parameters import known_only
from archive.web.interfaces.problems import PROBLEMS
from archive.web.room import room
from archive.web.told import told

router = APIRouter(
    prefix="/api/v1", tags=["articles"], dependencies=[Depends(known_only)], responses=PROBLEMS
)

MAX_LIMIT = 1_000
MAX_OFFSET = 1_000_000_000

Limit = Annotated[int, Query(ge=0, le=MAX_LIMIT, description="Hits on this page.")]
Offset = Annotated[int, Query(ge=0, le=MAX_OFFSET, description="Hits before this page.")]


@router.get("/articles")
def search(
    request: Request,
    q: Annotated[str, Query(max_length=MAX_QUERY, description="See docs/search.md.")] = "",
    site: str | None = None,
    branch: str | None = None,
    published_from: Day | None = None,
    published_to: Day | None = None,
    status: Status | None = None,
    witness: Role | None = None,
    host: str | None = None,
    only_host: str | None = None,
    order: Order = "relevance",
    limit: Limit = 25,
    offset: Offset = 0,
    facets: bool = False,
) -> SearchModel:
    """One page of the articles that the query asks for."""
    filters = Filters(site, branch, published_from, published_to, status, witness, host, only_host)
    if filters.leaves_no_day:
        why = f"no day is as late as {published_from} and as early as {published_to}"
        where = ("query", "published_to")
        raise RequestValidationError([{"type": "value_error", "loc": where, "msg": why}])
    found = room(request).archive.search(
        q, filters, order=order, limit=limit, offset=offset, facets=facets
    )
    return SearchModel(
        query=q,
        total=found.total,
        hits=[
            HitModel(
                id=hit.id,
                url=hit.url,
                site=hit.site,
                branch=hit.branch,
                published=hit.published,
                status=hit.status,
                score=hit.score,
                title=SnippetModel(text=hit.title.text, marks=list(hit.title.marks)),
                snippet=SnippetModel(text=hit.snippet.text, marks=list(hit.snippet.marks)),
            )
            for hit in found
        ],
        facets={
            name: [CountModel(value=one.value, count=one.count) for one in counts]
            for name, counts in found.facets.items()
        },
    )


@router.get("/articles/{id}")
def article(request: Request, id: str) -> ArticleModel:
    """The article whole: the same record as palimpsest export --format jsonl writes."""
    return ArticleModel.model_validate(record(told(room(request).archive.get(id))))


@router.get("/articles/{id}/versions")
def versions(request: Request, id: str) -> list[VersionModel]:
    """Its versions, the oldest first."""
    archive = room(request).archive
    return [
        VersionModel(
            number=one.number,
            first_seen=moment(one.first_seen),
            last_seen=moment(one.last_seen),
            is_current=one.is_current,
            title=one.reading.title,
            text=one.reading.text,
        )
        for one in archive.store.versions(archive.get(id).id)
    ]


@router.get("/articles/{id}/diff")
def diff(
    request: Request,
    id: str,
    old: Annotated[int, Query(alias="from", ge=1)],
    new: Annotated[int, Query(alias="to", ge=1)],
) -> DiffModel:
    """What changed in the text from one version to another, paragraph by paragraph."""
    archive = room(request).archive
    texts = {one.number: one.reading.text for one in archive.store.versions(archive.get(id).id)}
    before, after = texts.get(old, ""), texts.get(new, "")
    lines = [
        [ChangeModel(kind=one.kind, text=one.text, moved=one.moved) for one in line]
        for line in compare(before, after)
    ]
    return DiffModel(old=old, new=new, same_words=same_words(before, after), paragraphs=lines)


@router.post("/articles/{id}/witnesses/{place}/check")
def verify(request: Request, id: str, place: int) -> CheckModel:
    """Read the witness's record from its WARC file now, and compare the payload's digest."""
    archive = room(request).archive
    pointer = witness_of(archive.get(id), place).pointer
    found = check(archive, pointer)
    return CheckModel(
        at=moment(found.at),
        kept_digest=pointer.payload_digest,
        found_digest=found.digest,
        problem=found.problem,
    )


@router.get("/new", tags=["overviews"])
def new(
    request: Request,
    since: Day,
    only_changed: bool = False,
    limit: Limit = 100,
    offset: Offset = 0,
) -> NewModel:
    """Articles that are new or changed since a day (UTC), the newest first."""
    total, rows = room(request).archive.store.holdings.changed_since(
        datetime.combine(since, time(), UTC),
        limit=limit,
        offset=offset,
        only_changed=only_changed,
    )
    return NewModel(
        total=total,
        articles=[
            NewRowModel(
                id=row.id,
                site=row.site,
                branch=row.branch,
                title=row.title,
                status=row.status,
                versions=row.versions,
                first_seen=moment(row.first_seen),
                changed=moment(row.changed),
            )
            for row in rows
        ],
    )


@router.get("/held", tags=["overviews"])
def held(
    request: Request, day: Day, site: str | None = None, limit: Limit = 100, offset: Offset = 0
) -> HeldModel:
    """Articles that had been captured by the end of a day (UTC), in the version of then; those
    first whose text was the newest."""
    total, rows = room(request).archive.store.holdings.held(
        datetime.combine(day, time.max, UTC), site=site, limit=limit, offset=offset
    )
    shown = [asdict(row) | {"since": moment(row.since)} for row in rows]
    return HeldModel(total=total, articles=[HeldRowModel(**row) for row in shown])


@router.get("/sites", tags=["overviews"])
def sites(request: Request) -> list[SiteModel]:
    """The sites with their hosts, and how many articles each branch has."""
    store = room(request).archive.store
    return [
        SiteModel(
            name=site.name,
            official=list(site.official),
            mirrors=list(site.mirrors),
            branches=[
                CountModel(value=branch, count=n)
                for (_, branch), n in store.branches(site.name).items()
            ],
        )
        for site in map(store.as_known, store.sites())
    ]


@router.get("/runs", tags=["overviews"])
def runs(request: Request, site: str | None = None) -> list[RunModel]:
    """The runs, the newest first."""
    return [_run(row) for row in room(request).archive.store.runs(site)]


@router.get("/runs/{number}", tags=["overviews"])
def run(request: Request, number: int) -> RunModel:
    """One run with its report."""
    return _run(room(request).archive.store.run(number))


def _run(row: RunRow) -> RunModel:
    report = row.report
    state: Literal["ended", "running"] = "running" if row.ended is None else "ended"
    return RunModel(
        id=row.id,
        site=row.site,
        kind=row.kind,
        state=state,
        started=moment(row.started),
        ended=None if row.ended is None else moment(row.ended),
        outcome=row.outcome,
        exit_code=row.exit_code,
        counts={} if report is None else report.counts,
        articles_by_branch={} if report is None else report.articles_by_branch,
        warc_files=[] if report is None else list(map(own_name, report.warc_files)),
        notes=[] if report is None else list(report.told),
    )
