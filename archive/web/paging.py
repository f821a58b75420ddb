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


def paged(request: Request, rows: Sequence[Any], name: str) -> dict[str, Any]:
    """One page of the rows, called ``name``, and which it is of how many."""
    pages = max(1, -(-len(rows) // LISTED))
    number = min(Question.parse(parameters(request)).page, pages)
    shown = rows[(number - 1) * LISTED : number * LISTED]
    return {name: shown, "number": number, "pages": pages}
