"""The store of one archive: the facade over its rooms, and the one commit a page.

It promises that ``commit_page`` is one transaction (the capture, what the page led to, how its
address ended, its article), so that whatever the moment of a kill, a page is in whole or will be
fetched again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy.engine import Engine

from archive.model import (
    Article,
    CaptureRow,
    GivenId,
    Lead,
    MirrorHost,
    Outcome,
    PageKind,
    RunReport,
    Site,
    WarcPointer,
)
from archive.store import amending, articles, captures, given, seeing, shelf
from archive.store.captures import Confirmed, PageCopy
from archive.store.catalogue import Catalogue
from archive.store.engine import (
    apart,
    close,
    is_closed,
    together,
    unwaited,
    when_committed,
    writing,
)
from archive.store.frontier import Frontier
from archive.store.grounds import OfAll, OfOne
from archive.store.holdings import Holdings
from archive.store.index import GoOn, Index, Steps
from archive.store.index.database import DatabaseIndex, lock_articles
from archive.store.index.embedded import EmbeddedIndex
from archive.store.intakes import Intakes
from archive.store.merging import merged
from archive.store.mirrors import Mirrors
from archive.store.opening import open_database, open_store
from archive.store.runs import RunRow, Runs
from archive.store.saved import SavedQueries
from archive.store.sites import Sites

INDEX_NAME = "index"
"""The directory of the embedded index, beside the store."""


class Store(Catalogue):
    """Everything the archive knows that is not a WARC file."""

    def __init__(self, place: Path | str, *, create: bool = False) -> None:
        """``place``: the file of an embedded store, with its search index beside it, or the address
        of a PostgreSQL database, with its index in it."""
        engine = (
            open_database(place) if isinstance(place, str) else open_store(place, create=create)
        )
        super().__init__(engine, _index_of(engine, place))
        self._sites = Sites(engine)
        self._runs = Runs(engine, self._sites)
        self._mirrors = Mirrors(engine, self._sites)
        self.intakes = Intakes(engine, self._sites)
        self.frontier = Frontier(engine, self._sites)
        self.holdings = Holdings(engine, self._sites)
        self.saved = SavedQueries(engine)

    def close(self) -> None:
        """Bring the index up to date with what was written here; close every connection. What is
        asked after that is answered with a StoreError, closing again with nothing."""
        if is_closed(self._engine):
            return
        try:
            self.frontier.close()
            self._index.close()
        finally:
            close(self._engine)

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

    def as_known(self, site: Site) -> Site:
        """The site as its last site pass knew it: whatever host was recognised as a mirror is among
        the mirrors, also one that came in with the others."""
        copies = [one.host for one in self.mirrors(site.name) if one.host not in site.mirrors]
        official = tuple(host for host in site.official if host not in copies)
        return replace(site, official=official, mirrors=(*site.mirrors, *copies))

    def put_mirrors(self, site: str, mirrors: Sequence[MirrorHost]) -> None:
        """Keep what the site pass found of the site's mirrors, in place of what was known."""
        self._mirrors.put(site, mirrors)

    def mirrors(self, site: str) -> list[MirrorHost]:
        """The site's mirrors by host; NotFoundError when there is no such site."""
        return self._mirrors.all(site)

    def edition(self, site: str) -> str | None:
        """The edition of the program that made the articles of ``site``, if it is known."""
        return self._sites.edition(site)

    def put_edition(self, site: str, edition: str) -> None:
        """This ``edition`` made the articles of ``site``."""
        if self._sites.edition(site) != edition:
            self._sites.put_edition(site, edition)

    def is_followed(self, site: str, edition: str) -> bool:
        """Has another edition of the program made the articles of ``site`` after this one, on a
        database that machines share? In a directory of its own one program follows another, and is
        what there is, though it be an older one."""
        return self._engine.dialect.name == "postgresql" and (
            edition in self._sites.former_editions(site)
        )

    def is_of_another(self, site: str, edition: str) -> bool:
        """Did another edition make the articles of ``site``, on such a database?"""
        return self._engine.dialect.name == "postgresql" and (
            self._sites.edition(site) not in (None, edition)
        )

    def put_model(self, site: str, host: str, json_text: str) -> None:
        """Keep what was learned of ``host``, in place of an earlier model."""
        self._sites.put_model(site, host, json_text)

    def model(self, site: str, host: str) -> str | None:
        """The model kept for ``host``, or None."""
        return self._sites.model(site, host)

    def put_kinds(self, kinds: Mapping[int, PageKind | None]) -> None:
        """Keep what the captures with these row numbers turned out to be; None: nobody knows."""
        with writing(self._engine) as connection:
            captures.put_kinds(connection, kinds)

    # Runs

    def begin_run(
        self, site: str, kind: str, attend: Callable[[int], None] = lambda run: None
    ) -> int:
        """A new run, beginning now; returns its number. ``attend`` is called with it before anybody
        else can see the run."""
        return self._runs.begin(site, kind, attend)

    def end_run(self, report: RunReport) -> None:
        """Keep the report of the run it names; NotFoundError when there is no such run. One that
        tells of articles ends what was kept of how they were before."""
        self._runs.end(report, self.frontier.holds_reading)

    def last_reported(self, site: str) -> bytes | None:
        """The articles as they were last reported (archive.runs.unreported reads it); None where
        no run has changed any since."""
        return self._runs.last_reported(site)

    def keep_reported(self, site: str, articles: bytes, *, anew: bool = False) -> None:
        """Keep how the articles were last reported, until a run's report tells what became of them;
        what is kept already stays unless it is to be kept ``anew``."""
        self._runs.keep_reported(site, articles, anew=anew)

    def runs(self, site: str | None = None) -> list[RunRow]:
        """Every run (of one site, if named), the newest first."""
        return self._runs.all(site)

    def runs_page(
        self, *, limit: int, offset: int, noted: bool = False
    ) -> tuple[int, list[RunRow]]:
        """How many runs there are (that left a note, where only ``noted`` ones are asked for), and
        so many of them, the newest first."""
        return self._runs.page(limit=limit, offset=offset, noted=noted)

    def newest_runs(self) -> list[RunRow]:
        """The newest run of each site."""
        return self._runs.newest()

    def runs_during(
        self, first: datetime, last: datetime, sites: Sequence[str], *, limit: int
    ) -> list[RunRow]:
        """At most ``limit`` runs of these sites that went on between two moments, the newest
        first."""
        return self._runs.during(first, last, sites, limit=limit)

    def alarming_runs(self, *, limit: int, offset: int) -> tuple[int, list[RunRow], int]:
        """How many runs failed, have not ended, or raised an alarm; so many of them, the newest
        first; and how many others left a note."""
        return self._runs.alarming(limit=limit, offset=offset)

    def run(self, number: int) -> RunRow:
        """Run ``number``; NotFoundError when there is none."""
        return self._runs.get(number)

    # Pages

    def together(self) -> AbstractContextManager[None]:
        """What is written within is one transaction: pages that came at the same time share a
        commit. What was written is not to be relied on before the end."""
        return together(self._engine)

    def apart(self) -> AbstractContextManager[None]:
        """Within ``together``: one page's writes, rolled back by themselves when anything is
        raised."""
        return apart(self._engine)

    def commit_page(
        self,
        site: str,
        row: CaptureRow,
        *,
        leads: Sequence[Lead] = (),
        outcome: Outcome | None = None,
        article: Article | None = None,
        links: int | None = None,
    ) -> None:
        """Keep one page in one transaction: its capture, the addresses found on it, how its own
        address ended, and its article (which joins what is known of it). ``links``: the edition of
        link discovery whose whole answer ``leads`` is."""
        number = self._sites.number(site)
        fresh = self.frontier.unseen(number, leads) if leads else []
        with writing(self._engine) as connection:
            captures.insert(connection, number, row)
            self.frontier.add(connection, number, fresh)
            if outcome is not None:
                self.frontier.acknowledge(connection, number, outcome, links)
            if article is not None:
                lock_articles(connection)
                asked = shelf.ask(connection, article.id)
                grounds = OfOne(connection, number, article)
                known = shelf.peek(connection, asked)
                whole = article if known is None else merged(known, article)
                articles.write(connection, self._index, number, whole, grounds)
        if fresh:
            when_committed(self._engine, partial(self.frontier.remember, number, fresh))
        if article is not None:
            when_committed(self._engine, self._index.committed)

    def captures(
        self, site: str, host: str | None = None, *, with_confirmed: bool = True
    ) -> Iterator[CaptureRow]:
        """A site's captures (of one ``host``, if named), the oldest first: the same order
        whichever way they came in; but for those that ``confirmed`` counts, where they are not
        wanted."""
        number = self._sites.number(site)
        return captures.stream(self._engine, number, host, with_confirmed=with_confirmed)

    def some_captures(self, run: int, most: int) -> list[CaptureRow]:
        """So many of a run's answers at ``most``, evenly over its course."""
        return captures.some(self._engine, run, most)

    def put_clock_right(self, run: int, by: timedelta) -> None:
        """Run ``run`` was made by a wrong clock: it and its captures happened so much later."""
        with writing(self._engine) as connection:
            captures.move(connection, run, by)
            self._runs.move(connection, run, by)

    def confirmed(self, site: str) -> list[Confirmed]:
        """How often, and when, each page of ``site`` was only said not to have changed."""
        return captures.confirmed(self._engine, self._sites.number(site))

    def last_capture(self, site: str, url: str) -> CaptureRow | None:
        """The newest capture of ``url``, whatever came of it, or None."""
        return captures.latest(self._engine, self._sites.number(site), url)

    def kept(
        self, site: str, urls: Iterable[str], lists: Collection[str] = ()
    ) -> dict[str, PageCopy]:
        """The archive's own copies (the last whole answer with status 200) of those of ``urls``
        that it has one of; of ``lists`` among them the beginning, where that is the newest."""
        number = self._sites.number(site)
        copies = captures.kept(self._engine, number, urls)
        return copies | captures.begun(self._engine, number, lists, copies) if lists else copies

    def warc_files(self, site: str) -> list[str]:
        """The WARC files that the site's captures lie in, by name."""
        return amending.files(self._engine, self._sites.number(site))

    def failed_records(self, site: str, error: str) -> set[str]:
        """The ids of the records whose captures have this ``error``."""
        return amending.failed(self._engine, self._sites.number(site), error)

    def amend_capture(
        self, row: CaptureRow, *, pointer: WarcPointer | None = None, error: str | None = None
    ) -> None:
        """Lead a row to another place, or keep that its record was damaged; for repair alone."""
        with writing(self._engine) as connection:
            amending.amend(connection, row.id, pointer, error)

    # Articles

    def replace_articles(
        self,
        site: str,
        new: Iterable[Article],
        told: articles.Told = lambda article, name: None,
    ) -> dict[str, int]:
        """Make the site's articles exactly these, in one transaction, with the same result
        whatever was there before; returns how many are new, changed (to a reader), unchanged,
        removed. What they are called is given to them for good. ``told`` hears of each article as
        it is written, with a name for all it says but when it was seen.

        Within the transaction the iterable is read and ``told`` called: neither may write to the
        store.
        """
        number = self._sites.number(site)
        counts = dict.fromkeys(("new", "changed", "unchanged", "removed"), 0)
        with writing(self._engine) as connection:
            lock_articles(connection)
            # Whoever comes after this waits until these are in, and reads what there is then.
            self.frontier.holds_reading(connection, number)
            grounds = OfAll(connection, number)
            gone = dict(grounds.standing_now)
            with self._index.many(connection), unwaited(connection):
                for article in new:
                    did = articles.write(connection, self._index, number, article, grounds, told)
                    counts[did] += 1
                    gone.pop(article.id, None)
                for row in gone.values():
                    articles.remove(connection, self._index, row.number)
            given.give(connection, number)
        counts["removed"] = len(gone)
        self._index.committed()
        return counts

    def given_ids(self, site: str) -> Iterator[GivenId]:
        """Every id that was given to an article of ``site``."""
        return given.given_ids(self._engine, self._sites.number(site))

    def see_again(self, site: str, spans: Mapping[str, seeing.Span]) -> None:
        """Articles of ``site`` of which a witness's address is among ``spans`` were first and last
        seen at these moments, too; nothing else about them is another."""
        with writing(self._engine) as connection, unwaited(connection):
            seeing.see_again(connection, self._sites.number(site), spans)

    def watch_index(self, on_steps: Steps) -> None:
        """Tell how far it has come whenever the search index is made again, asked for or not."""
        self._index.watch(on_steps)

    def let_index(self, go_on: GoOn) -> None:
        """Ask ``go_on`` while many articles are brought into the search index: it raises
        StoppedError to end that. Closing the store does not raise it then: the articles are kept,
        and whoever searches next goes on with the index."""
        self._index.let(go_on)

    def bring_index(self) -> None:
        """Bring what was written here into the search index, now. Raises StoppedError where it is
        not to go on (``let_index``)."""
        self._index.bring_in()

    def reindex(self) -> int:
        """Make the search index again from the articles; returns how many there are."""
        return self._index.rebuild()


def _index_of(engine: Engine, place: Path | str) -> Index:
    if isinstance(place, str):
        return DatabaseIndex(engine)
    return EmbeddedIndex(engine, place.parent / INDEX_NAME)
