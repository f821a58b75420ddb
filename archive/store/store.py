"""The store of one archive: the facade over its rooms, and the one commit a page.

It promises that ``commit_page`` is one transaction (the capture, what the page led to, how its
address ended, its article), so that whatever the moment of a kill, a page is in whole or will be
fetched again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from archive.errors import NotFoundError
from archive.model import Article, Lead, MirrorHost, Outcome, RunReport, Site
from archive.search.query import EVERYTHING, Node
from archive.search.results import Order
from archive.store import articles, captures, fulltext, schema, shelf
from archive.store.captures import CaptureRow, PageCopy
from archive.store.documents import unpack
from archive.store.engine import reading, writing
from archive.store.finding import Found
from archive.store.frontier import Frontier
from archive.store.holdings import Holdings
from archive.store.intakes import Intakes
from archive.store.merging import merged
from archive.store.mirrors import Mirrors
from archive.store.opening import open_store
from archive.store.runs import RunRow, Runs
from archive.store.shelf import Filters, Version
from archive.store.sites import Sites

_BATCH = 500  # rows fetched at a time


class Store:
    """Everything the archive knows that is not a WARC file."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        self._engine = open_store(path, create=create)
        self._sites = Sites(self._engine)
        self._runs = Runs(self._engine, self._sites)
        self._mirrors = Mirrors(self._engine, self._sites)
        self._index_is_current = False
        self.intakes = Intakes(self._engine, self._sites)
        self.frontier = Frontier(self._engine, self._sites)
        self.holdings = Holdings(self._engine, self._sites)

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def view(self) -> AbstractContextManager[Connection]:
        """A consistent view for reading, for the search."""
        return reading(self._engine)

    # Sites

    def put_site(self, site: Site) -> None:
        """Add the site, or give the known one these hosts."""
        self._sites.put(site)

    def site(self, name: str) -> Site:
        """The site called ``name``; NotFoundError names the known ones."""
        return self._sites.get(name)

    def sites(self) -> list[Site]:
        """Every site, by name."""
        return self._sites.all()

    def put_mirrors(self, site: str, mirrors: Sequence[MirrorHost]) -> None:
        """Keep what the site pass found of the site's mirrors, in place of what was known."""
        self._mirrors.put(site, mirrors)

    def mirrors(self, site: str) -> list[MirrorHost]:
        """The site's mirrors by host; NotFoundError when there is no such site."""
        return self._mirrors.all(site)

    def put_model(self, site: str, host: str, json_text: str) -> None:
        """Keep what was learned of ``host``, in place of an earlier model."""
        self._sites.put_model(site, host, json_text)

    def model(self, site: str, host: str) -> str | None:
        """The model kept for ``host``, or None."""
        return self._sites.model(site, host)

    # Runs

    def begin_run(self, site: str, kind: str) -> int:
        """A new run, beginning now; returns its number."""
        return self._runs.begin(site, kind)

    def end_run(self, report: RunReport) -> None:
        """Keep the report of the run it names; NotFoundError when there is no such run."""
        self._runs.end(report)

    def runs(self, site: str | None = None) -> list[RunRow]:
        """Every run (of one site, if named), the newest first."""
        return self._runs.all(site)

    def run(self, number: int) -> RunRow:
        """Run ``number``; NotFoundError when there is none."""
        return self._runs.get(number)

    # Pages

    def commit_page(
        self,
        site: str,
        row: CaptureRow,
        *,
        leads: Sequence[Lead] = (),
        outcome: Outcome | None = None,
        article: Article | None = None,
    ) -> None:
        """Keep one page in one transaction: its capture, the addresses found on it, how its own
        address ended, and its article (which joins what is known of it)."""
        if article is not None:
            self._refresh_index()
        number = self._sites.number(site)
        fresh = self.frontier.unseen(number, leads) if leads else []
        with writing(self._engine) as connection:
            captures.insert(connection, number, row)
            self.frontier.add(connection, number, fresh)
            if outcome is not None:
                self.frontier.acknowledge(connection, number, outcome)
            if article is not None:
                known = shelf.peek(connection, article.id)
                whole = article if known is None else merged(known, article)
                articles.write(connection, number, whole)
        self.frontier.remember(number, fresh)

    def captures(self, site: str, host: str | None = None) -> Iterator[CaptureRow]:
        """A site's captures (of one ``host``, if named), the oldest first: the same order
        whichever way they came in."""
        return captures.stream(self._engine, self._sites.number(site), host)

    def last_capture(self, site: str, url: str) -> CaptureRow | None:
        """The newest capture of ``url``, whatever came of it, or None."""
        return captures.latest(self._engine, self._sites.number(site), url)

    def kept(self, site: str, url: str) -> PageCopy | None:
        """The archive's own copy of ``url`` (its last whole answer with status 200), or None."""
        return captures.kept(self._engine, self._sites.number(site), url)

    # Articles

    def replace_articles(self, site: str, new: Iterable[Article]) -> dict[str, int]:
        """Make the site's articles exactly these, in one transaction, with the same result
        whatever was there before; returns how many are new, changed, unchanged, removed.

        The iterable is read within the transaction: it must not write to the store.
        """
        self._refresh_index()
        number = self._sites.number(site)
        counts = dict.fromkeys(("new", "changed", "unchanged", "removed"), 0)
        table = schema.articles
        with writing(self._engine) as connection:
            mine = sa.select(table.c.id, table.c.n).where(table.c.site_id == number)
            gone = {row[0]: row[1] for row in connection.execute(mine)}
            for article in new:
                counts[articles.write(connection, number, article)] += 1
                gone.pop(article.id, None)
            for row in gone.values():
                articles.remove(connection, row)
        counts["removed"] = len(gone)
        return counts

    def article(self, id_or_url: str) -> Article:
        """The article with this id, or this address, or a witness at this address; NotFoundError
        when there is none."""
        with reading(self._engine) as connection:
            numbers = shelf.numbers_of(connection, id_or_url)
        found = shelf.load(self._engine, numbers[:1])
        if not found:
            raise NotFoundError(
                f"no article has the id or address {id_or_url[:200]!r}; "
                "`palimpsest search WORDS` finds its id"
            )
        return found[0]

    def articles(
        self,
        site: str | None = None,
        filters: Filters | None = None,
        query: Node = EVERYTHING,
    ) -> Iterator[Article]:
        """Every article (of one site, or that passes the filters, and that the query asks for),
        by site and id."""
        self._refresh_index()
        return shelf.stream(self._engine, filters or Filters(site=site), query)

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
            .where(*Filters(site=site).conditions())
            .group_by(*names)
            .order_by(*names)
        )
        with reading(self._engine) as connection:
            return {
                (where, branch): count for where, branch, count in connection.execute(statement)
            }

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
        self._refresh_index()
        return shelf.find(
            self._engine,
            query,
            filters,
            order=order,
            limit=limit,
            offset=offset,
            with_facets=facets,
        )

    def count_articles(self, filters: Filters | None = None, query: Node = EVERYTHING) -> int:
        """How many articles pass the filters (and are what the query asks for)."""
        self._refresh_index()
        return shelf.count(self._engine, query, filters or Filters())

    def _refresh_index(self) -> None:
        if self._index_is_current:
            return
        with reading(self._engine) as connection:
            current = fulltext.is_current(connection)
        if not current:
            self.reindex()
        self._index_is_current = True

    def reindex(self) -> int:
        """Make the search index again from the articles; returns how many there are."""
        table = schema.documents
        statement = sa.select(table.c.article_n, table.c.body).where(
            table.c.place == articles.READING
        )
        count = 0
        with writing(self._engine) as connection:
            fulltext.clear(connection)
            for row in connection.execution_options(yield_per=_BATCH).execute(statement):
                text = unpack(row.body)
                fulltext.put(connection, row.article_n, text.title, text.text)
                count += 1
        return count
