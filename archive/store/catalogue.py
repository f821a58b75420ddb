"""What is asked of the articles in a store: by id, by filters, by words.

The reader's half of the store, which changes nothing. It promises that what is found, counted and
gone through is the same for the same question.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from archive.errors import NoLongerReadError, NotFoundError
from archive.model import Article
from archive.search.filters import Filters
from archive.search.query import EVERYTHING, Node
from archive.search.results import Facets, Order
from archive.store import given, overview, schema, shelf
from archive.store.engine import reading
from archive.store.filters import conditions
from archive.store.index import Difference, Index
from archive.store.overview import BranchRow, Tally
from archive.store.shelf import Row, Version


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what was found, with the rank of each row; ``total`` and ``facets`` are over
    everything found."""

    rows: Sequence[Row]
    scores: Mapping[int, float]
    total: int
    facets: Facets


class Catalogue:
    """The articles behind ``engine``, found by ``index``."""

    def __init__(self, engine: Engine, index: Index) -> None:
        self._engine = engine
        self._index = index

    def view(self) -> AbstractContextManager[Connection]:
        """A consistent view for reading, for the search."""
        return reading(self._engine)

    def article(self, id_or_url: str) -> Article:
        """The article with this id, or that had it, or with this address, or a witness at this
        address; NotFoundError when there is none, NoLongerReadError when there was."""
        with reading(self._engine) as connection:
            numbers = shelf.numbers_of(connection, id_or_url)
        found = shelf.load(self._engine, numbers[:1]) or self._over_page(id_or_url)
        if found:
            return found[0]
        lost = given.known(self._engine, id_or_url)
        if lost is not None:
            raise NoLongerReadError(
                f"no article is read any more where {id_or_url!r} was: {lost.url[:200]}; "
                "its captures are kept",
                lost.url,
            )
        raise NotFoundError(
            f"no article has the id or address {id_or_url[:200]!r}; "
            "`palimpsest search WORDS` finds its id"
        )

    def _over_page(self, url: str) -> list[Article]:
        """The article that stands on several pages, one of them at this address."""
        if "://" not in url:
            return []
        from archive.witnesses.identity import article_id

        with reading(self._engine) as connection:
            sites = connection.execute(sa.select(schema.sites.c.name)).scalars().all()
            names = [article_id(site, url) for site in sites]
            found = [n for name in names for n in shelf.numbers_of(connection, name)]
        return [
            article
            for article in shelf.load(self._engine, found)
            if any(page.url == url for one in article.witnesses for page in one.raw.pages)
        ]

    def articles(
        self,
        site: str | None = None,
        filters: Filters | None = None,
        query: Node = EVERYTHING,
    ) -> Iterator[Article]:
        """Every article (of one site, or that passes the filters, and that the query asks for),
        by site and id."""
        wanted = filters or Filters(site=site)
        if query == EVERYTHING:
            return shelf.stream(self._engine, wanted)
        return shelf.of_rows(self._engine, self._index.numbers(self._narrowed(wanted, query)))

    def articles_name(self, site: str) -> str:
        """A name for all that the site's articles say: the same as long as none says another
        thing."""
        return shelf.name_of(self._engine, site)

    def load(self, numbers: Collection[int]) -> list[Article]:
        """The articles of these rows, in the order given."""
        return shelf.load(self._engine, numbers)

    def versions(self, article: str) -> list[Version]:
        """The versions of the article with this id, the oldest first."""
        return shelf.versions(self._engine, article)

    def branches(self, site: str | None = None) -> dict[tuple[str, str | None], int]:
        """How many articles each (site, branch) has."""
        names = (schema.sites.c.name, schema.branches.c.name)
        statement = (
            shelf.joined(*names, sa.func.count())
            .where(*conditions(Filters(site=site)))
            .group_by(*names)
            .order_by(*names)
        )
        with reading(self._engine) as connection:
            return {
                (where, branch): count for where, branch, count in connection.execute(statement)
            }

    def tallies(self, filters: Filters | None = None) -> list[Tally]:
        """How many articles each (year, branch) has."""
        return overview.tallies(self._engine, filters or Filters())

    def branch_rows(self, site: str | None = None) -> list[BranchRow]:
        """Every branch with its articles and their first and last day."""
        return overview.branch_rows(self._engine, site)

    def find(
        self,
        query: Node,
        filters: Filters,
        *,
        order: Order = "relevance",
        limit: int,
        offset: int = 0,
        facets: bool = False,
    ) -> Found:
        """What ``archive.search`` asks: one page of the articles that the query asks for."""
        matches = self._index.find(
            self._narrowed(filters, query), order=order, limit=limit, offset=offset, facets=facets
        )
        return Found(
            shelf.rows(self._engine, matches.numbers),
            dict(zip(matches.numbers, matches.scores, strict=True)),
            matches.total,
            matches.facets,
        )

    def count_articles(self, filters: Filters | None = None, query: Node = EVERYTHING) -> int:
        """How many articles pass the filters (and are what the query asks for)."""
        wanted = filters or Filters()
        if query == EVERYTHING:
            return shelf.count(self._engine, wanted)
        return self._index.count(self._narrowed(wanted, query))

    def _narrowed(self, filters: Filters, query: Node) -> Node:
        narrow = filters.narrowed(query)
        if filters.only_host is None:
            return narrow
        # The index knows the hosts that an article has, not how many: those that what is found
        # stands on as well are asked for first.
        found = self._index.find(narrow, order="relevance", limit=0, offset=0, facets=True)
        hosts = [one.value for one in found.facets.get("host", ()) if one.value is not None]
        return filters.narrowed(query, hosts)

    def numbers(self, query: Node) -> Sequence[int]:
        """Every article row that the query asks for, in no order."""
        return self._index.numbers(query)

    def index_differences(self) -> Iterator[Difference]:
        """Articles that the search index has otherwise than the store: none, when all is well."""
        return self._index.differences()
