"""The pages of a site as one pass reads them: what they say now, and what they said before.

It promises that each page is read once, that what no page shows any more is read from the captures
that ids were given for, and that nothing here knows of witnesses or articles.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from archive.addresses import LOOSE_URN
from archive.captured import HTML_TYPES
from archive.errors import WarcMissingError
from archive.model import CaptureRow, Extraction, GivenId, PageKind, Site
from archive.sitepass.around import with_surroundings
from archive.sitepass.cited import cited_before
from archive.sitepass.earlier import Read, Turn, earlier_texts
from archive.sitepass.history import History, history_of
from archive.sitepass.hosts import HostReading, Keep, read_again, read_hosts, read_texts
from archive.sitepass.latest import latest_pages
from archive.sitepass.memory import Memory
from archive.sitepass.parts import Known, join_parts, whole_again
from archive.sitepass.pulse import Pulse
from archive.sitepass.quiet import Circumstances
from archive.sitepass.reader import PageRead
from archive.sitepass.together import Together
from archive.sitepass.twins import moved
from archive.sitepass.workers import Readers
from archive.store import Archive, RunRow
from archive.warc.originals import path_of
from archive.warc.storage import open_file

MAY_BE_ARTICLES = frozenset({PageKind.ARTICLE, PageKind.OTHER})
"""Kinds of texts without their page: one whose title was lost is an article all the same."""


@dataclass(frozen=True, slots=True)
class Work:
    """What stays the same through one pass; see ``archive.sitepass.derive``. ``doubted``: hosts of
    which captures were set aside when it began."""

    archive: Archive
    here: Circumstances
    memory: Memory
    runs: Sequence[RunRow]
    distrusted: Collection[int]
    processes: int | None
    kept: Keep
    pulse: Pulse
    doubted: Collection[str] = ()

    def keep(self, extraction: Extraction) -> Extraction:
        """What is kept of what a page says."""
        self.pulse.beat()
        return self.kept(extraction)


def history_so_far(
    archive: Archive, site: Site, distrusted: Collection[int], pulse: Pulse
) -> History:
    """The history of the site's captures, as the store has them; what ``distrusted`` runs did not
    find does not count."""
    captures = archive.store.captures(site.name, with_confirmed=False)
    confirmed = archive.store.confirmed(site.name)
    return history_of(pulse.beating(captures), distrusted, confirmed, site.official)


def require_files(warc_dir: Path, history: History) -> None:
    """Raises WarcMissingError where a file that pages lie in is not there: its disk may come back,
    and articles that are not read meanwhile would be lost to readers."""
    files = {row.pointer.file for row in history.rows if is_read(row)}
    missing = [file for file in sorted(files) if not _is_readable(path_of(warc_dir, file))]
    if missing:
        raise WarcMissingError(
            f"{missing[0]} cannot be read (one of {len(missing)} such WARC files), so the articles "
            "stay as they are: mount its disk or put it back; if it is lost for good, put an empty "
            "file in its place"
        )


def _is_readable(path: Path) -> bool:
    try:
        open_file(path).close()
    except OSError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Given:
    """What the latest captures gave: the pages of ``hosts``, and ``texts`` without their page;
    ``unread`` names those that gave neither, and why."""

    hosts: Sequence[HostReading]
    texts: Sequence[PageRead]
    unread: tuple[str, ...]
    reads: Sequence[PageRead]
    articles: Sequence[PageRead]


def read_given(work: Work, history: History, readers: Readers) -> Given:
    """Read the latest page of each address, and the texts. Raises WarcMissingError where what
    cannot be read is so because its file is not there."""
    warc_dir = work.archive.warc_dir
    pages = latest_pages(history.rows)
    hosts = read_hosts(
        warc_dir,
        pages,
        work.processes,
        work.here.selectors,
        work.keep,
        work.pulse.step,
        readers,
    )
    texts, unread = read_texts(warc_dir, history.rows)
    if unread or any(host.unread for host in hosts):
        require_files(warc_dir, history)
    reads = [one for host in hosts for one in host.reads]
    return Given(
        hosts=hosts,
        texts=texts,
        unread=(*(line for host in hosts for line in host.unread), *unread),
        reads=reads,
        articles=[one for one in reads if one.extraction.kind is PageKind.ARTICLE],
    )


def is_read(row: CaptureRow) -> bool:
    """Is a capture one that articles may be read from: a page, or a text without one?"""
    return row.media_type in HTML_TYPES or row.url.startswith(LOOSE_URN)


def tell_kinds(archive: Archive, given: Given, but: Collection[int] = ()) -> bool:
    """Tell the store the kinds of captures that nobody had read before, ``but`` those with these
    row numbers; were there any?"""
    told = {one.row.id: one.extraction.kind for one in given.texts if one.row.kind is None}
    for host in given.hosts:
        told |= host.told
    kinds = {number: kind for number, kind in told.items() if number not in but}
    if kinds:
        archive.store.put_kinds(kinds)
    return bool(kinds)


@dataclass(frozen=True, slots=True)
class Now:
    """The articles that stand at their addresses: ``found``, all that were read; ``left``,
    addresses that give theirs no more, each with the one that does; ``read``, those of the others;
    ``parts``, the same with further pages joined to first ones; ``written``, texts without page."""

    found: Mapping[str, PageRead]
    left: Mapping[str, str]
    read: Sequence[PageRead]
    parts: Sequence[PageRead]
    written: Sequence[PageRead]

    def standing(self, left: Mapping[str, str]) -> dict[str, str]:
        """Addresses that were ``left``, and those of further pages, each with the one at which its
        article stands."""
        first = {
            page.url: one.row.url
            for one in self.parts
            for page in one.extraction.pages
            if page.url != one.row.url
        }
        return {old: first.get(new, new) for old, new in left.items()} | first


def standing_now(work: Work, given: Given, history: History, site: Site) -> Now:
    """What stands where; ``site`` has its hosts in their true roles."""
    found = {one.row.url: one for one in given.articles}
    left = moved(history.left, found, site.official)
    read = [one for one in given.articles if one.row.url not in left]
    return Now(
        found=found,
        left=left,
        read=read,
        parts=with_surroundings(
            join_parts(read, work.keep, _no_articles(given)), given.reads, work.keep
        ),
        written=[one for one in given.texts if one.extraction.kind in MAY_BE_ARTICLES],
    )


def _no_articles(given: Given) -> list[PageRead]:
    """Pages that are no articles by themselves, and may be parts of one."""
    return [one for one in given.reads if one.extraction.kind is not PageKind.ARTICLE]


@dataclass(frozen=True, slots=True)
class Before:
    """What pages said before: ``versions`` of what stands at an address now; ``others``, articles
    that stood where another one, or none, stands now; of these the ``last`` ones, whose addresses
    show none any more; ``stood``: when what stands at an address now had stood there before;
    ``turns``: by address of official hosts, since when another article stands there."""

    versions: Mapping[str, Sequence[PageRead]]
    others: Sequence[PageRead]
    last: Sequence[PageRead]
    stood: Mapping[str, Sequence[datetime]]
    turns: Mapping[str, Turn]

    def reused(self, left: Mapping[str, str]) -> set[str]:
        """Addresses at which another article has stood, also those that they ``left`` for."""
        used = [one.row.url for one in self.others]
        return {*used, *(left.get(url, url) for url in used)}


def read_before(
    work: Work,
    given: Given,
    now: Now,
    rows: Sequence[CaptureRow],
    site: Site,
    readers: Readers,
) -> Before:
    """Read what the pages of ``site`` said before, as far as it is wanted."""
    read = _reader_again(work, given, now, readers)
    standing = {one.row.url: one for one in [*now.parts, *now.written]}
    ids = given_ids(work.archive, site, now.standing(now.left))
    cited, same = cited_before(ids, rows, standing, site.official, read)
    last = [one for one in cited if one.row.url not in standing]
    before = earlier_texts(rows, [*now.parts, *last], site.official, read, now.left)
    moments = {url: [one.row.captured_at for one in v] for url, v in before.versions.items()}
    return Before(before.versions, [*before.others, *cited], last, same | moments, before.turns)


def _reader_again(work: Work, given: Given, now: Now, readers: Readers) -> Read:
    """Reads earlier captures, first pages with the further ones of their article."""
    models = {host.host: host.model for host in given.hosts}
    known = Known([*_no_articles(given), *now.read])

    def read(some: Sequence[Together]) -> dict[Together, PageRead]:
        rows = {row.id: row for together in some for row in together}
        again = read_again(
            work.archive.warc_dir,
            list(rows.values()),
            models,
            work.processes,
            readers,
            work.pulse.beat,
        )
        said = {one.row.id: one.extraction for one in again}
        found = {}
        for together in some:
            if together[0].id not in said:
                continue
            first, *beside = (PageRead(r, said[r.id]) for r in together if r.id in said)
            whole = whole_again(first, Known(beside, known))
            found[together] = PageRead(whole.row, work.keep(whole.extraction))
        return found

    return read


def given_ids(archive: Archive, site: Site, moved: Mapping[str, str]) -> Iterator[GivenId]:
    """The ids that the site's articles have had, each with the address that gives its page now."""
    for one in archive.store.given_ids(site.name):
        yield replace(one, url=moved[one.url]) if one.url in moved else one
