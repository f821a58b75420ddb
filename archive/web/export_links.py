"""Exactly what a search shows, for other programs: files to download and an Atom feed.

JSON Lines and citations leave as they are read, however many they are; a format with a beginning
and an end (Parquet, ZIP) is made whole on disk first, so that no broken file is taken for a whole
one. Downloads have threads of their own (``archive.web.downloads``).
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from archive import export
from archive.errors import NotFoundError
from archive.export.bibliography import citations
from archive.model import Article
from archive.web import feed as feeds
from archive.web.asked import parameters
from archive.web.downloads import gathered, made_in_turn, made_whole, while_wanted
from archive.web.links import article_page
from archive.web.picked import chosen, picked
from archive.web.question import Question
from archive.web.room import room
from archive.web.told import told
from archive.web.turns import in_programs_turn
from archive.web.unchanged import told_once

router = APIRouter(include_in_schema=False)

_MEDIA_TYPES = {
    "jsonl": "application/x-ndjson",
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "texts.zip": "application/zip",
    "bib": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "csl.json": "application/vnd.citationstyles.csl+json",
    "2025.txt": "text/plain; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}
CITATIONS = {
    "bib": "bibtex",
    "ris": "ris",
    "2025.txt": "gbt7714-2025",
    "txt": "gbt7714",
    "csl.json": "csl-json",
}
"""Styles of citations by file name ending."""
FORMATS = ("jsonl", "csv", "parquet", "texts.zip", *CITATIONS)
"""What the search page offers, by file name ending."""


@router.get("/export.{form}")
def download(request: Request, form: str) -> Response:
    """All articles of the question in one of FORMATS; those that are picked, where some are."""
    if form not in FORMATS:
        raise NotFoundError(f"there is no export format {form[:20]!r}")
    articles = map(told, while_wanted(_asked(request)))
    base = str(request.base_url).rstrip("/")

    def place(article: Article) -> str:
        return base + article_page(article.id)

    if form in CITATIONS:
        cited = citations(articles, CITATIONS[form], place)
        pieces = gathered(one.encode() for one in cited)
    else:
        pieces = _exported(articles, form)
    return StreamingResponse(
        made_in_turn(request, pieces),
        media_type=_MEDIA_TYPES[form],
        headers={"Content-Disposition": f'attachment; filename="palimpsest.{form}"'},
    )


def _asked(request: Request) -> Iterator[Article]:
    archive = room(request).archive
    if ids := picked(request):
        return chosen(archive, ids)
    question = Question.parse(parameters(request))
    return archive.iterate(question.q, question.filters())


def _exported(articles: Iterator[Article], form: str) -> Iterator[bytes]:
    write = export.FORMATS[form.partition(".")[0]]
    if form == "jsonl":
        yield from gathered(map(_line, articles))
        return
    yield from made_whole(lambda target: write(articles, target))


def _line(article: Article) -> bytes:
    line = BytesIO()
    export.write_jsonl((article,), line)
    return line.getvalue()


@router.get("/feed.atom")
@in_programs_turn
def feed(request: Request) -> Response:
    """The newest articles of the question as an Atom feed (RFC 4287)."""
    question = Question.parse(parameters(request))
    results = room(request).archive.search(
        question.q, question.filters(), order="newest", limit=feeds.MAX_ENTRIES
    )
    body = feeds.of_search(str(request.url), str(request.base_url), question, results)
    return told_once(request, body, feeds.MEDIA_TYPE)
