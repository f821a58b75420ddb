"""The site pass: all of a site's captures together become its articles.

One page cannot know what is template and what is text, nor that a brand took a name's place; the
pages of a host can, and the hosts of a site know it of each other. The pass reads each host's
pages twice from the WARCs: first to learn, then to extract with what was learnt. It promises that
its result depends on the captures alone, never on what was derived before (invariant 3), and that
the store changes in one transaction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from archive.cleaning import Learner, Page, extract_page, join_pages
from archive.cleaning.frame import FrameSurvey, MirrorMarks
from archive.cleaning.unmask import unmask
from archive.errors import WarcError
from archive.ingest import HTML_TYPES, SUCCESS, page_of, read_message, role_of
from archive.model import Article, Extraction, PageKind, Site, Witness
from archive.store import Archive, CaptureRow
from archive.warc import read_at
from archive.witnesses import assemble


@dataclass(frozen=True, slots=True)
class DeriveReport:
    """What the pass saw and did. ``changes`` counts articles new, changed, unchanged, removed;
    ``kinds`` pages by kind; ``brands`` the terms found on each mirror."""

    pages: int
    articles: int
    changes: dict[str, int] = field(default_factory=dict)
    kinds: dict[str, int] = field(default_factory=dict)
    brands: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    not_conserved: int = 0


@dataclass(frozen=True, slots=True)
class _Read:
    row: CaptureRow
    extraction: Extraction


def derive(archive: Archive, site_name: str) -> DeriveReport:
    """Derive the articles of ``site_name`` again from its captures. Raises NotFoundError when
    there is no such site, StoreError when the store refuses."""
    site = archive.store.site(site_name)
    pages = _Pages(archive, site_name)
    survey = FrameSurvey()
    models = {}
    for host, learner in _learn(pages, survey).items():
        models[host] = learner.model()
        archive.store.put_model(site.name, host, models[host].to_json())
    reads = [_Read(row, extract_page(page, models.get(row.host))) for row, page in pages]
    articles_read = [r for r in reads if r.extraction.kind is PageKind.ARTICLE]
    for one in articles_read:
        survey.add_extraction(one.row.host, one.extraction)
    marks = {host: survey.marks(host, site.official) for host in site.mirrors if host in models}
    witnesses = _witnesses(site, _with_branches(join_parts(articles_read), reads), marks)
    articles = list(_with_digests(assemble(site, witnesses), pages.digests()))
    changes = archive.store.replace_articles(site.name, articles)
    return DeriveReport(
        pages=len(reads),
        articles=len(articles),
        changes=changes,
        kinds=dict(Counter(str(r.extraction.kind) for r in reads)),
        brands={host: found.brands for host, found in marks.items()},
        unread=tuple(pages.unread),
        not_conserved=sum(not r.extraction.conserved for r in articles_read),
    )


class _Pages:
    """The site's HTML pages, each address once, read from the WARCs whenever iterated."""

    def __init__(self, archive: Archive, site: str) -> None:
        self._archive = archive
        self._rows = list(archive.store.captures(site))
        self.unread: list[str] = []

    def __iter__(self) -> Iterator[tuple[CaptureRow, Page]]:
        self.unread.clear()
        for row in latest_pages(self._rows):
            try:
                capture = read_at(self._archive.warc_dir, row.pointer)
            except (WarcError, OSError) as error:
                self.unread.append(f"{row.url}: {error}")
                continue
            page = page_of(capture, read_message(capture))
            if page is not None:
                yield row, page

    def digests(self) -> dict[str, str]:
        """Payload digests of what was fetched with success, by address."""
        return {
            row.url: row.pointer.payload_digest
            for row in self._rows
            if row.status in SUCCESS and not row.error
        }


def latest_pages(rows: Iterable[CaptureRow]) -> list[CaptureRow]:
    """The latest successful HTML capture of each address, in the order of addresses: an error
    tonight does not take away what an earlier night gave."""
    newest: dict[str, CaptureRow] = {}
    for row in rows:
        if row.status not in SUCCESS or row.error or row.media_type not in HTML_TYPES:
            continue
        known = newest.get(row.url)
        if known is None or (row.captured_at, row.pointer.record_id) >= (
            known.captured_at,
            known.pointer.record_id,
        ):
            newest[row.url] = row
    return [newest[url] for url in sorted(newest)]


def _learn(pages: Iterable[tuple[CaptureRow, Page]], survey: FrameSurvey) -> dict[str, Learner]:
    learners: dict[str, Learner] = {}
    for row, page in pages:
        learners.setdefault(row.host, Learner()).add(page)
        survey.add(row.host, page)
    return learners


def join_parts(reads: list[_Read]) -> list[_Read]:
    """Articles over several pages become one, at the address of their first page."""
    by_url = {one.row.url: one for one in reads}
    taken: set[str] = set()
    joined: dict[str, Extraction] = {}
    for one in reads:
        if one.row.url in taken or not one.extraction.next_pages:
            continue
        parts = _parts(one, by_url)
        if len(parts) > 1:
            taken.update(part.row.url for part in parts[1:])
            joined[one.row.url] = join_pages([part.extraction for part in parts])
    return [
        replace_extraction(one, joined.get(one.row.url, one.extraction))
        for one in reads
        if one.row.url not in taken
    ]


def replace_extraction(one: _Read, extraction: Extraction) -> _Read:
    """The same capture with another reading."""
    return _Read(one.row, extraction)


def _parts(first: _Read, by_url: dict[str, _Read]) -> list[_Read]:
    parts, seen, waiting = [first], {first.row.url}, list(first.extraction.next_pages)
    while waiting:
        url = waiting.pop(0)
        part = by_url.get(url)
        if url in seen or part is None:
            continue
        seen.add(url)
        parts.append(part)
        waiting.extend(part.extraction.next_pages)
    return parts


def _with_branches(articles: list[_Read], everything: list[_Read]) -> list[_Read]:
    """Where a page names no branch, the list page it was found on names it."""
    lists = {
        one.row.url: one.extraction.branch or one.extraction.title
        for one in everything
        if one.extraction.kind is PageKind.LIST
    }
    return [
        one
        if one.extraction.branch or not lists.get(one.row.via or "")
        else _Read(one.row, replace(one.extraction, branch=lists[one.row.via or ""]))
        for one in articles
    ]


def _witnesses(site: Site, reads: list[_Read], marks: dict[str, MirrorMarks]) -> list[Witness]:
    witnesses = []
    for one in reads:
        found = marks.get(one.row.host)
        clean = unmask(one.extraction, found) if found else one.extraction
        witnesses.append(
            Witness(
                url=one.row.url,
                role=role_of(site, one.row.host),
                captured_at=one.row.captured_at,
                pointer=one.row.pointer,
                raw=one.extraction,
                clean=clean,
                brand=found.brands[0] if found and found.brands else None,
                kinds=found.kinds if found else (),
            )
        )
    return witnesses


def _with_digests(articles: Iterable[Article], digests: dict[str, str]) -> Iterator[Article]:
    for article in articles:
        reading = article.reading
        yield replace(
            article,
            reading=replace(
                reading,
                images=tuple(replace(i, digest=digests.get(i.url)) for i in reading.images),
                attachments=tuple(
                    replace(a, digest=digests.get(a.url)) for a in reading.attachments
                ),
            ),
        )
