"""Where a text stands, as JSON: what the reading room's page about a text tells."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Depends
from starlette.requests import Request

from archive.evidence.quotation import FIRST_ARTICLES, MAX_TEXT, MOST_ARTICLES, where
from archive.web.interfaces.api_models import StandsModel
from archive.web.interfaces.known_parameters import known_only
from archive.web.interfaces.problems import PROBLEMS
from archive.web.room import room

router = APIRouter(
    prefix="/api/v1", tags=["articles"], dependencies=[Depends(known_only)], responses=PROBLEMS
)


@router.post("/quotation")
def quotation(
    request: Request,
    text: Annotated[str, Body(max_length=MAX_TEXT)],
    most: Annotated[int, Body(ge=1, le=MOST_ARTICLES)] = FIRST_ARTICLES,
) -> list[StandsModel]:
    """The articles that have a text word for word, or else something like it; so many are looked
    into at ``most``."""
    return [
        StandsModel(
            article=one.article.id,
            title=one.article.reading.title,
            versions=[version.number for version in one.genuine],
            copies=list(one.copies),
            shown=list(one.shown),
            nearest=one.nearest or None,
        )
        for one in where(room(request).archive, text, most)
    ]
