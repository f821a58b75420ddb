"""Long lists in pages: which one is asked for, and what stands on it.

It promises that any number is a page: beyond the last one, the last one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from starlette.requests import Request

from archive.web.asked import parameters
from archive.web.question import Question

LISTED = 100
"""Rows of a page."""


def paged(
    request: Request, rows: Sequence[Any], name: str, listed: int | None = None
) -> dict[str, Any]:
    """One page of the rows, called ``name`` (so many ``listed`` on each), and which it is of how
    many."""
    each = listed or LISTED
    pages = max(1, -(-len(rows) // each))
    number = min(Question.parse(parameters(request)).page, pages)
    shown = rows[(number - 1) * each : number * each]
    return {name: shown, "number": number, "pages": pages}
