"""The search page: one address, one question, everything that answers it.

Hits, facets with counts, the timeline and the export links all follow from the same question.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fastapi import APIRouter
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from archive.search.results import Count, Facets, Results
from archive.store.saved import MARK
from archive.web.asked import parameters
from archive.web.export_links import FORMATS
from archive.web.finding import page_of
from archive.web.hints import hints as hints_for
from archive.web.language import Speech, language_of
from archive.web.question import CHOICES, FACETS, NARROWED, PAGE_SIZE, Question, unread_days
from archive.web.render import page
from archive.web.room import room
from archive.web.shown import hits, timeline, values
from archive.web.turns import in_turn

router = APIRouter(include_in_schema=False)

SHOWN_VALUES = 12
"""Values of a facet shown before "more"."""
MOST_VALUES = 200
"""Values of a facet shown at all."""
MOST_SAVED = 100
"""Saved queries that are listed."""


@in_turn
def search(request: Request) -> Response:
    """The page of results; without a question, all articles, the newest first."""
    archive = room(request).archive
    given = parameters(request)
    question = Question.parse(given)
    results = ask(request, question)
    years = _years(request, question, results)
    speech = Speech(language_of(request))
    asked = question.address("", page=1)
    pages = max(1, -(-results.total // PAGE_SIZE))
    return page(
        request,
        "search.html",
        question=question,
        unread=unread_days(given),
        hits=hits(speech, results.hits, with_site=len(results.facets.get("site", ())) > 1),
        sentence=sentence(speech, question, results.total),
        facets=_facets(speech, question, {**results.facets, "year": years}),
        timeline=timeline(speech, question, years),
        undated=next((one.count for one in years if one.value is None), 0),
        chosen=_chosen(speech, question),
        orders=CHOICES["order"],
        ways=_ways(question),
        total=results.total,
        hints=[] if results.hits else hints_for(archive, speech, question, results.total),
        pages=pages,
        exports=[(name, f"/export.{name}{asked}") for name in FORMATS],
        feed=f"/feed.atom{asked}",
        queries=[] if question.q else _saved(request),
        shown_values=SHOWN_VALUES,
        first=question.offset + 1,
    )


# As a plain route: what else the framework does for one is a tenth of a short search.
router.add_route("/", search, methods=["GET"], include_in_schema=False)


def _ways(question: Question) -> list[tuple[str, str, bool]]:
    """The orders in which the same is found, the address of each, and whether it is the one shown:
    without words nothing is better than the rest, and the newest come first."""
    best, newest, *rest = CHOICES["order"]
    shown = newest if question.order == best and not question.q else question.order
    orders = (best, newest, *rest) if question.q else (newest, *rest)
    return [(one, question.address(order=one), one == shown) for one in orders]


def ask(request: Request, question: Question, *, limit: int = PAGE_SIZE) -> Results:
    """What the archive answers to the question."""
    return room(request).archive.search(
        question.q,
        question.filters(),
        order=question.order,  # type: ignore[arg-type]  # one of CHOICES
        limit=limit,
        offset=question.offset,
        facets=True,
    )


def sentence(speech: Speech, question: Question, total: int) -> Markup:
    """What was asked and found, in words."""
    said = {
        "words": question.q,
        "branch": question.branch,
        "site": question.site,
        "status": question.status and speech.choice("status", question.status),
        "witness": question.witness and speech.choice("witness", question.witness),
        "host": question.host,
        "only": question.only,
        "year": question.year,
        "from": question.from_,
        "to": question.to,
    }
    parts = [speech(f"sentence.{name}", value=value) for name, value in said.items() if value]
    count = speech.articles(total)
    return speech("sentence.where", count=count, parts=speech.joined(parts)) if parts else count


def _chosen(speech: Speech, question: Question) -> list[tuple[str, str, str]]:
    """What narrows the search: the field, its value in words, and the address without it."""
    return [
        (name, speech.choice(name, value), question.address(**{name: ""}))
        for name in NARROWED
        if (value := getattr(question, name))
    ]


def _saved(request: Request) -> list[tuple[str, str]]:
    """What was saved in the store for everybody: what it is called, and its address."""
    every = room(request).archive.store.saved.all()[:MOST_SAVED]
    called = (f"{MARK}{one.name}" for one in every)
    return [(name, Question(q=name).address()) for name in called]


def _facets(speech: Speech, question: Question, facets: Facets) -> list[dict[str, Any]]:
    found = []
    for name in FACETS:
        counts: tuple[Count, ...] = facets.get(name, ())  # type: ignore[call-overload]
        found.append(
            {
                "name": name,
                "values": values(speech, question, name, counts[:MOST_VALUES]),
                "many": len(counts),
            }
        )
    return found


def _years(request: Request, question: Question, results: Results) -> tuple[Count, ...]:
    """The years of what is found, those beside the chosen one included, so that one can go on to
    the next."""
    if question.year:
        every = replace(question, year="", page=1)
        results = ask(request, every, limit=0)
    return results.facets.get("year", ())


@router.get("/find", response_class=HTMLResponse)
def find(request: Request) -> Response:
    """The article that has this address or a witness at it; else its newest capture; else a page
    that says there is none."""
    url = request.query_params.get("url", "").strip()[:4000]
    if place := page_of(room(request).archive, url):
        return RedirectResponse(place, 303)
    return page(request, "not_kept.html", 404, url=url)
