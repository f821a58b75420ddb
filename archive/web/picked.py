"""The articles that an address picks by their ids, for a page and for exports."""

from __future__ import annotations

from collections.abc import Iterator

from starlette.requests import Request

from archive.errors import NotFoundError
from archive.model import Article
from archive.store import Archive
from archive.web.asked import parameters

PICKED = "id"
MOST = 200
"""Articles of a selection: of 20 bytes each in an address that may have 8,192."""
MAX_ID = 64
"""Characters of an id."""


def picked(request: Request) -> list[str]:
    """The ids that an address names, each once; the first MOST of them."""
    given = (one.strip()[:MAX_ID] for one in parameters(request).getlist(PICKED))
    return list(dict.fromkeys(filter(None, given)))[:MOST]


def chosen(archive: Archive, ids: list[str]) -> Iterator[Article]:
    """The articles of these ids, each once, in their order; those that are not found left out."""
    seen: set[str] = set()
    for one in ids:
        try:
            article = archive.get(one)
        except NotFoundError:
            continue
        if article.id not in seen:
            seen.add(article.id)
            yield article
