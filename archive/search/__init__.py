"""Finding articles by words of any length, in Chinese and in other scripts.

    results = search(store, "title:党员大会 -换届", Filters(branch="党建工作"), facets=True)

It promises to find every article that is asked for (and no other), however short the words are,
whether simplified or traditional, in whatever width or case; and that no query is an error.
``archive.search.language`` says what can be typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, get_args

from archive.at_need import at_need
from archive.errors import UsageError
from archive.search.filters import Filters
from archive.search.query import Wanted, wanted
from archive.search.results import Count, Facets, Hit, Order, Results
from archive.search.snippet import Snippet, mark, snippet

if TYPE_CHECKING:
    from archive.search.language import parse
    from archive.store import Store
    from archive.store.shelf import Row

__all__ = [
    "EVERYTHING",
    "MAX_LIMIT",
    "Count",
    "Facets",
    "Hit",
    "Order",
    "Results",
    "Snippet",
    "count",
    "parse",
    "search",
]

# A crawl writes to the index, which needs this package, and reads no query.
__getattr__ = at_need(__name__, {"parse": "archive.search.language"})

MAX_LIMIT = 10_000
MAX_OFFSET = 1_000_000_000
EVERYTHING = Filters()
"""Filters that nothing is left out by."""

_TITLE_FIELDS = (None, "title")
_TEXT_FIELDS = (None, "text")


def search(
    store: Store,
    query: str,
    filters: Filters = EVERYTHING,
    *,
    order: Order = "relevance",
    limit: int = 20,
    offset: int = 0,
    facets: bool = False,
) -> Results:
    """The articles that ``query`` asks for and that pass the filters, in ``order``.

    A blank query finds all that pass the filters, the newest first; one with nothing in it that
    could be searched for ("!?") finds nothing. ``limit`` and ``offset`` are brought into range.
    Raises UsageError for an order that is none.
    """
    if order not in get_args(Order):
        raise UsageError(f"there is no order {order!r}: relevance, newest or oldest")
    from archive.search.language import parse

    node = parse(query)
    limit, offset = min(max(limit, 0), MAX_LIMIT), min(max(offset, 0), MAX_OFFSET)
    phrases = list(dict.fromkeys(wanted(node)))
    if order == "relevance" and not phrases:
        order = "newest"
    found = store.find(node, filters, order=order, limit=limit, offset=offset, facets=facets)
    show = _Shown(phrases)
    hits = tuple(show.hit(row, found.scores[row.n]) for row in found.rows)
    return Results(query, found.total, hits, found.facets)


def count(store: Store, query: str, filters: Filters) -> int:
    """How many articles the query finds in all."""
    from archive.search.language import parse

    return store.count_articles(filters, parse(query))


class _Shown:
    """Rows as hits: with what was searched for marked."""

    def __init__(self, phrases: Sequence[Wanted]) -> None:
        self._of_title = [one for one in phrases if one.field in _TITLE_FIELDS]
        self._of_text = [one for one in phrases if one.field in _TEXT_FIELDS]
        self._of_files = [one for one in phrases if one.field == "attachment"]

    def hit(self, row: Row, score: float) -> Hit:
        """The row as a hit."""
        title, text = row.words()
        return Hit(
            id=row.id,
            url=row.url,
            site=row.site,
            branch=row.branch,
            published=row.published,
            status=row.status,
            score=score,
            title=mark(title, self._of_title),
            snippet=self._snippet(text, row),
        )

    def _snippet(self, text: str, row: Row) -> Snippet:
        """The piece of the text that shows why it was found; where none does, of an
        attachment's."""
        shown = snippet(text, self._of_text)
        if shown.marks or not self._of_files:
            return shown
        for one in row.attachments():
            name = one.name or one.url
            if (named := mark(name, self._of_files)).marks:
                return named
            if (within := snippet(one.text or "", self._of_files)).marks:
                return within.behind(f"{name}: ")
        return shown
