"""Is a text genuine: where what a reader brings along stands, or what else stands there.

Somebody has a paragraph that is said to be the institute's, from a letter or a mirror. It promises
to tell the article and the version that have it word for word, to say so where only a mirror or a
page that was tampered with had it, and else to show what differs from the nearest passage.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import Annotated, NamedTuple
from urllib.parse import parse_qs

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from archive.evidence.quotation import (
    FIRST_ARTICLES,
    LEAST,
    MAX_TEXT,
    MOST_ARTICLES,
    Quoted,
    looked_for,
)
from archive.web.difference import Paragraph, compare
from archive.web.links import article_page
from archive.web.render import page
from archive.web.room import room
from archive.web.stops import numbered, stops
from archive.web.turns import HOSTS, turns_of

router = APIRouter(include_in_schema=False)

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Answered:
    """An article and, where no version has the text, what differs from it in its nearest passage
    (what the text leaves out before and behind is no difference)."""

    quoted: Quoted
    differs: list[Paragraph]


class Typed(NamedTuple):
    """The text that was typed, and whether more articles than the first are to be looked into."""

    text: str
    more: bool


async def typed(request: Request) -> Typed:
    """What the form says, or the address."""
    if request.method == "POST" and request.headers.get("content-type", "").startswith(FORM):
        fields = parse_qs((await request.body()).decode("utf-8", "replace"))
        return Typed(fields.get("text", [""])[0], "more" in fields)
    return Typed(request.query_params.get("text", ""), "more" in request.query_params)


@router.get("/quotation", response_class=HTMLResponse)
@router.post("/quotation", response_class=HTMLResponse)
async def quotation(request: Request, asked: Annotated[Typed, Depends(typed)]) -> Response:
    """The form, and where its text stands."""
    return await run_sync(_answer, request, asked, limiter=turns_of(HOSTS, request))


def _answer(request: Request, asked: Typed) -> Response:
    wanted = asked.text.replace("\r\n", "\n").strip()
    numbers = count(1)
    most = MOST_ARTICLES if asked.more else FIRST_ARTICLES
    answer = looked_for(room(request).archive, wanted, most)
    found = [
        Answered(one, numbered(differences(one.nearest, wanted[:MAX_TEXT]), numbers))
        for one in answer.found
    ]
    return page(
        request,
        "quotation.html",
        text=wanted[:MAX_TEXT],
        cut=len(wanted) > MAX_TEXT,
        most=MAX_TEXT,
        least=LEAST,
        found=found,
        looked_into=most,
        more=answer.more,
        stops=stops(line for one in found for line in one.differs),
        article_page=article_page,
    )


def differences(passage: str, text: str) -> list[Paragraph]:
    """What differs between a passage of an article and a text that is a part of one like it."""
    if not passage:
        return []
    lines = [list(line) for line in compare(passage, text)]
    # Where the text only begins later, or ends earlier, than the passage, nothing was left out.
    for end in (0, -1):
        while lines and _is_outside(lines, end):
            lines[end].pop(end)
            if not lines[end]:
                lines.pop(end)
    return lines


def _is_outside(lines: list[Paragraph], end: int) -> bool:
    """Whether the first (or, of -1, the last) part was taken out and nothing put in its place."""
    if lines[end][end].kind != "removed":
        return False
    rest = [part for line in lines for part in line]
    beside = rest[1:2] if end == 0 else rest[-2:-1]
    return bool(beside) and beside[0].kind in ("same", "removed")
