"""The search page: one address, one question, everything that answers it.

Hits, facets with counts, the timeline and the export links all follow from the same question.
"""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from archive.errors import NotFoundError
from archive.search.results import Count, Results
from archive.web.export_links import FORMATS
from archive.web.language import Speech, language_of
from archive.web.links import article_page
from archive.web.question import CHOICES, FACETS, PAGE_SIZE, Question
from archive.web.render import page
from archive.web.room import room
from archive.web.shown import hits, timeline, values

router = APIRouter(include_in_schema=False)

SHOWN_VALUES = 12
"""Values of a facet shown before "more"."""
MOST_VALUES = 200
"""Values of a facet shown at all."""
@router.get("/", response_class=HTMLResponse)
def search(request: Request) -> Response:
    """The page of results; without a question, all articles, the newest first."""
    question = Question.parse(request.query_params)
    results = ask(request, question)
    speech = Speech(language_of(request))
    asked = question.address("", page=1)
    pages = max(1, -(-results.total // PAGE_SIZE))
    return page(
        request,
        "search.html",
        question=question,
        hits=hits(speech, results),
        sentence=sentence(speech, question, results.total),
        facets=_facets(speech, question, results),
        timeline=timeline(speech, question, results.facets.get("year", ())),
        undated=_undated(results),
        orders=CHOICES["order"],
        pages=pages,
        exports=[(name, f"/export.{name}{asked}") for name in FORMATS],
        feed=f"/feed.atom{asked}",
        shown_values=SHOWN_VALUES,
        first=question.offset + 1,
    )


def ask(request: Request, question: Question, *, facets: bool = True) -> Results:
    """What the archive answers to the question."""
    return room(request).archive.search(
        question.q,
        question.filters(),
        order=question.order,  # type: ignore[arg-type]  # one of CHOICES
        limit=PAGE_SIZE,
        offset=question.offset,
        facets=facets,
    )


def sentence(speech: Speech, question: Question, total: int) -> Markup:
    """What was asked and found, in words."""
    said = {
        "words": question.q,
        "branch": question.branch,
        "site": question.site,
        "status": question.status and speech.choice("status", question.status),
        "witness": question.witness and speech.choice("witness", question.witness),
        "year": question.year,
        "from": question.from_,
        "to": question.to,
    }
    parts = [speech(f"sentence.{name}", value=value) for name, value in said.items() if value]
    plural = "one" if total == 1 else "many"
    count = speech(f"sentence.count.{plural}", count=speech.number(total))
    return speech("sentence.where", count=count, parts=speech.joined(parts)) if parts else count


def _facets(speech: Speech, question: Question, results: Results) -> list[dict[str, Any]]:
    found = []
    for name in FACETS:
        counts: tuple[Count, ...] = results.facets.get(name, ())  # type: ignore[call-overload]
        found.append(
            {
                "name": name,
                "values": values(speech, question, name, counts[:MOST_VALUES]),
                "many": len(counts),
                "chosen": getattr(question, name),
                "clear": question.address(**{name: ""}) if getattr(question, name) else "",
            }
        )
    return found


def _undated(results: Results) -> int:
    return next((c.count for c in results.facets.get("year", ()) if c.value is None), 0)


@router.get("/find", response_class=HTMLResponse)
def find(request: Request) -> Response:
    """The article that has this address or a witness at it; else a page that says there is none."""
    url = request.query_params.get("url", "").strip()[:4000]
    try:
        article = room(request).archive.get(url)
    except NotFoundError:
        return page(request, "not_kept.html", 404, url=url)
    return RedirectResponse(article_page(article.id), 303)
