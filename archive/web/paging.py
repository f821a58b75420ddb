"""Long lists in pages: which one is asked for, and what stands on it.

It promises that any number is a page: beyond the last one, the last one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from starlette.requests import Request

from archive.web.asked import parameters
from archive.web.question import Question

LISTED = 100
"""Rows of a page."""


def page_asked(
    request: Request, read: Callable[[int, int], tuple[int, Sequence[Any]]], name: str
) -> dict[str, Any]:
    """The same of rows that are read page by page: ``read`` gives, for how many from which place
    on, how many there are in all and these rows."""
    number = Question.parse(parameters(request)).page
    total, rows = read(LISTED, (number - 1) * LISTED)
    pages = max(1, -(-total // LISTED))
    if number > pages:
        number = pages
        total, rows = read(LISTED, (number - 1) * LISTED)
    return {name: rows, "number": number, "pages": pages}


def paged(
    request: Request,
    rows: Sequence[Any],
    name: str,
    listed: int | None = None,
    otherwise: int = 1,
) -> dict[str, Any]:
    """One page of the rows, called ``name`` (so many ``listed`` on each), and which it is of how
    many: ``otherwise`` where none is asked for."""
    each = listed or LISTED
    pages = max(1, -(-len(rows) // each))
    asked = parameters(request)
    number = min(Question.parse(asked).page if "page" in asked else otherwise, pages)
    shown = rows[(number - 1) * each : number * each]
    return {name: shown, "number": number, "pages": pages}
