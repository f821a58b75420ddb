"""The site pass: all of a site's captures together become its articles.

One page cannot know what is template and what is text, nor that a brand took a name's place; the
pages of a host can, and the hosts of a site know it of each other. It promises that
its result depends on the captures and on the ids that were given alone, never on what was derived
before (invariant 3), and that the store changes in one transaction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from archive.cleaning.frame import FrameSurvey, MirrorMarks
from archive.cleaning.unmask import unmask
from archive.cleaning.unmasking.lone import proven_alone
from archive.documents.attached import read_attached, with_texts
from archive.garbage import rarely_collecting
from archive.ingest import HTML_TYPES, SUCCESS, role_of
from archive.model import (
    Article,
    Extraction,
    GivenId,
    PageKind,
    Site,
    WarcPointer,
    Witness,
)
from archive.profiles import selectors_of
from archive.sitepass.alarms import alarms
from archive.sitepass.cited import cited_before
from archive.sitepass.converting import converting
from archive.sitepass.earlier import earlier_texts, with_versions
from archive.sitepass.gone import distrusted_runs, with_absences
from archive.sitepass.history import History, history_of
from archive.sitepass.hosts import HostReading, Keep, read_again, read_hosts, read_texts
from archive.sitepass.memory import Memory, remembering
from archive.sitepass.parts import Whole, join_parts
from archive.sitepass.pulse import OnSteps, Pulse
from archive.sitepass.quiet import Circumstances, break_seal, seal, seen_again
from archive.sitepass.reader import Candidates, PageRead
from archive.sitepass.recalling import recalling
from archive.sitepass.report import DeriveReport
from archive.sitepass.sightings import in_time, with_sightings
from archive.sitepass.standing import mirror_hosts, standing
from archive.sitepass.twins import joined, moved, unchanged
from archive.sitepass.workers import Readers, workers_of
from archive.spool import spooling
from archive.store import Archive, CaptureRow
from archive.witnesses import assemble, without_refuted

MAY_BE_ARTICLES = frozenset({PageKind.ARTICLE, PageKind.OTHER})
"""Kinds of texts without their page: one whose title was lost is an article all the same."""


@rarely_collecting
def derive(
    archive: Archive,
    site_name: str,
    trusted: int | None = None,
    processes: int | None = None,
    on_steps: OnSteps = lambda done, total: None,
    readers: Readers = workers_of,
    *,
    anew: bool = False,
) -> DeriveReport:
    """Derive the articles of ``site_name`` again from its captures. ``trusted`` is the run at hand,
    which has no report yet, if what it did not find may count (archive.sitepass.gone);
    ``processes`` read the pages (unless named, as many as there are processors), ``readers`` gives
    them, and ``on_steps`` hears how far they have come, of the same step several times a second: it
    may raise to end the pass, which the next one then makes. What was read before under the same
    circumstances is not read again, but where everything is wanted ``anew``. What the site's
    profile says of its pages holds. Raises NotFoundError when there is no such site,
    ConfigurationError when its profile may be one that is wrong, StoreError when the store
    refuses."""
    site = archive.store.site(site_name)
    here = Circumstances(
        site, _named_by_operator(archive, site), selectors_of(archive.data, site.name)
    )
    pulse = Pulse(on_steps)
    with remembering(archive.data, site.name, anew=anew) as memory:
        history = _history(archive, site, trusted, pulse)
        report = seen_again(archive, memory, here.name(history), history)
        if report is not None:
            return report
        break_seal(memory)
        with spooling(archive.data) as spool:
            work = _Work(archive, here, memory, trusted, processes, spool.keep, pulse)
            report, history, reused = _derive(work, history, recalling(memory, readers))
        memory.forget_unused()
        seal(archive, memory, here.name(history), report, reused)
        return report


@dataclass(frozen=True, slots=True)
class _Work:
    """What stays the same through one pass; see ``derive``."""

    archive: Archive
    here: Circumstances
    memory: Memory
    trusted: int | None
    processes: int | None
    kept: Keep
    pulse: Pulse

    def keep(self, extraction: Extraction) -> Extraction:
        self.pulse.beat()
        return self.kept(extraction)


def _history(archive: Archive, site: Site, trusted: int | None, pulse: Pulse) -> History:
    distrusted = distrusted_runs(archive.store.runs(site.name), trusted)
    captures = archive.store.captures(site.name, with_confirmed=False)
    return history_of(pulse.beating(captures), distrusted, archive.store.confirmed(site.name))


def _derive(
    work: _Work, history: History, readers: Readers
) -> tuple[DeriveReport, History, set[str]]:
    """Make the articles; returns besides the report the history with all that was learnt of it,
    and the addresses at which another article has stood."""
    archive, site, keep, processes = work.archive, work.here.site, work.keep, work.processes
    pulse = work.pulse
    pages = latest_pages(history.rows)
    hosts = read_hosts(
        archive.warc_dir, pages, processes, work.here.selectors, keep, pulse.step, readers
    )
    texts, unread = read_texts(archive.warc_dir, history.rows)
    if _tell(archive, hosts, texts):
        # What nobody had read may say that it is not there.
        history = _history(archive, site, work.trusted, pulse)
    rows = history.rows
    survey = FrameSurvey()
    for host in hosts:
        survey.merge(host.survey)
        archive.store.put_model(site.name, host.host, host.model.to_json())
    reads = [one for host in hosts for one in host.reads]
    articles_found = [one for one in reads if one.extraction.kind is PageKind.ARTICLE]
    hints, stand = site, standing(site, survey, work.here.trusted, pulse.beat)
    site, marks = stand.site, stand.marks
    found = {one.row.url: one for one in articles_found}
    left = moved(history.left, found, site.official)
    same = unchanged(left, found)
    articles_read = [one for one in articles_found if one.row.url not in left]
    parts = _with_branches(join_parts(articles_read, keep), reads, keep)
    written = [one for one in texts if one.extraction.kind in MAY_BE_ARTICLES]
    models = {host.host: host.model for host in hosts}
    whole = Whole({one.row.url: one for one in articles_read})

    def read(some: Sequence[CaptureRow]) -> list[PageRead]:
        again = read_again(archive.warc_dir, some, models, processes, readers, pulse.beat)
        return [PageRead(one.row, keep(one.extraction)) for one in map(whole.of, again)]

    standing_now = {one.row.url: one for one in [*parts, *written]}
    cited = cited_before(_given(archive, site, left), rows, standing_now, site.official, read)
    last = [one for one in cited if one.row.url not in standing_now]
    before = earlier_texts(rows, [*parts, *last], site.official, read, left)
    others = [*before.others, *cited]
    witnesses = without_refuted(
        _witnesses(site, [*parts, *others, *written], marks, keep), _no_articles(site, reads)
    )
    versions = {
        url: [replace(w, moved_to=left.get(w.url)) for w in _witnesses(site, some, marks, keep)]
        for url, some in before.versions.items()
    }
    used_before = [one.row.url for one in others]
    reused = {*used_before, *(left.get(url, url) for url in used_before)}
    articles = assemble(site, witnesses, keep, pulse.beat, _given(archive, site, same))
    digests = _digests(rows)
    shelf = read_attached(archive, articles, digests, rows)
    # From here on one article after the other: all of them at once would not fit into memory.
    spans = joined(history.spans, left)
    seen = with_sightings(with_versions(articles, versions), spans, reused)
    replaced = _replaced(others, parts, left)
    dated = with_absences(_with_digests(seen, digests), history.gone, replaced)
    with converting(archive, work.memory) as told:
        written_out = pulse.beating(with_texts(dated, shelf))
        changes = archive.store.replace_articles(site.name, written_out, told)
    mirrors = mirror_hosts(stand, hints, history.hosts, articles)
    archive.store.put_mirrors(site.name, mirrors)
    report = DeriveReport(
        pages=len(reads) + len(texts),
        articles=len(articles),
        changes=changes,
        kinds=dict(Counter(str(one.extraction.kind) for one in [*reads, *texts])),
        brands={host: found.brands for host, found in marks.items()},
        mirrors=tuple(mirrors),
        alarms=alarms(archive, stand, rows),
        unread=(*(line for host in hosts for line in host.unread), *unread),
        not_conserved=sum(not one.extraction.conserved for one in articles_found),
        missing=_missing(articles, last),
    )
    return report, history, reused


def _named_by_operator(archive: Archive, site: Site) -> tuple[str, ...]:
    """The host whose crawl the operator started first; none for a site that was only taken in."""
    crawled = any(run.kind != "backfill" for run in archive.store.runs(site.name))
    return site.official[:1] if crawled else ()


def _digests(rows: Iterable[CaptureRow]) -> dict[str, str]:
    """Payload digests of what was fetched with success, by address."""
    return {
        row.url: row.pointer.payload_digest
        for row in rows
        if row.status in SUCCESS and not row.error
    }


def _tell(archive: Archive, hosts: Iterable[HostReading], texts: Iterable[PageRead]) -> bool:
    """Tell the store the kinds of captures that nobody had read before; were there any?"""
    told = {one.row.id: one.extraction.kind for one in texts if one.row.kind is None}
    for host in hosts:
        told |= host.told
    if told:
        archive.store.put_kinds(told)
    return bool(told)


def latest_pages(rows: Iterable[CaptureRow]) -> list[Candidates]:
    """The latest successful HTML capture of each address, in the order of addresses: an error
    tonight does not take away what an earlier night gave, and of the same page kept again the
    first capture stands. Behind one that nobody has read stand those before it: should it say that
    the page is not there, it takes nothing away either."""
    found: dict[str, list[CaptureRow]] = {}
    for row in sorted(rows, key=in_time):
        if row.status not in SUCCESS or row.error or row.media_type not in HTML_TYPES:
            continue
        stack = found.setdefault(row.url, [])
        if not stack or row.kind is None:
            if not stack or not _is_same_page(row, stack[-1]):
                stack.append(row)
        elif row.kind is not PageKind.SOFT_404 and not _is_same_page(row, stack[-1]):
            stack[:] = [row]
    return [tuple(reversed(found[url])) for url in sorted(found)]


def _is_same_page(row: CaptureRow, earlier: CaptureRow) -> bool:
    return row.pointer.payload_digest == earlier.pointer.payload_digest


def _given(archive: Archive, site: Site, moved: Mapping[str, str]) -> Iterator[GivenId]:
    """The ids that the site's articles have had, each with the address that gives its page now."""
    for one in archive.store.given_ids(site.name):
        yield replace(one, url=moved[one.url]) if one.url in moved else one


def _replaced(
    others: Iterable[PageRead], now: Iterable[PageRead], moved: Mapping[str, str]
) -> dict[WarcPointer, datetime]:
    """Captures of articles at whose address (or that to which it ``moved``) another article
    stands, and since when at the latest: that a page shows none tells nothing, it may be a new
    template."""
    since = {one.row.url: one.row.captured_at for one in now}
    places = {one.row.pointer: moved.get(one.row.url, one.row.url) for one in others}
    return {pointer: since[url] for pointer, url in places.items() if url in since}


def _missing(articles: Iterable[Article], last: Iterable[PageRead]) -> int:
    """How many articles stand on captures alone whose pages are none any more (``last``)."""
    pointers = {one.row.pointer for one in last}
    return sum(all(w.pointer in pointers for w in article.witnesses) for article in articles)


def _with_branches(
    articles: list[PageRead], everything: list[PageRead], keep: Keep
) -> list[PageRead]:
    """Where a page names no branch, the list page it was found on names it."""
    lists = {
        one.row.url: one.extraction.branch or one.extraction.title
        for one in everything
        if one.extraction.kind is PageKind.LIST
    }
    return [
        one
        if one.extraction.branch or not lists.get(one.row.via or "")
        else PageRead(one.row, keep(replace(one.extraction, branch=lists[one.row.via or ""])))
        for one in articles
    ]


def _no_articles(site: Site, reads: Iterable[PageRead]) -> Iterator[str]:
    """What the official hosts' pages say that are no articles: lists, the home page."""
    for one in reads:
        if one.row.host in site.official and one.extraction.kind is not PageKind.ARTICLE:
            yield one.extraction.text


def _witnesses(
    site: Site, reads: Iterable[PageRead], marks: Mapping[str, MirrorMarks], keep: Keep
) -> list[Witness]:
    witnesses = []
    for one in reads:
        found = proven_alone(one.extraction, marks.get(one.row.host))
        clean = unmask(one.extraction, found) if found else one.extraction
        clean = clean if clean is one.extraction else keep(clean)
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
        if not reading.images and not reading.attachments:
            yield article
            continue
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
