"""The site pass: all of a site's captures together become its articles.

One page cannot know what is template and what is text, nor that a brand took a name's place; the
pages of a host can, and the hosts of a site know it of each other. It promises that
its result depends on the captures and on the ids that were given alone, never on what was derived
before (invariant 3), and that the store changes in one transaction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from archive.cleaning.selectors import NO_SELECTORS
from archive.documents.attached import read_attached, with_texts
from archive.edition import edition
from archive.garbage import rarely_collecting
from archive.model import Article, Site, WarcPointer, Witness
from archive.profiles import profile_of
from archive.sitepass.alarms import come
from archive.sitepass.always import always
from archive.sitepass.believed import Believed, believed
from archive.sitepass.broken_into import BrokenInto, broken_into
from archive.sitepass.converting import converting
from archive.sitepass.doorways import told as told_doorways
from archive.sitepass.earlier import with_versions
from archive.sitepass.gone import distrusted_runs, settled, with_absences
from archive.sitepass.history import History
from archive.sitepass.led_away import led_away
from archive.sitepass.memory import remembering
from archive.sitepass.pages import (
    Before,
    Now,
    Work,
    given_ids,
    history_so_far,
    require_files,
)
from archive.sitepass.pulse import OnSteps, Pulse
from archive.sitepass.quiet import Circumstances, Pending, break_seal, seal, seen_again
from archive.sitepass.reader import PageRead
from archive.sitepass.recalling import recalling
from archive.sitepass.report import DeriveReport
from archive.sitepass.sightings import with_sightings
from archive.sitepass.stand_ins import reopened, set_aside, told
from archive.sitepass.standing import mirror_hosts
from archive.sitepass.twins import joined, unchanged
from archive.sitepass.untold import names_untold
from archive.sitepass.witnessing import witnessed
from archive.sitepass.workers import Readers, workers_of
from archive.spool import spooling
from archive.statuses import SUCCESS
from archive.store import Archive, CaptureRow, RunRow
from archive.witnesses import assemble


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
    refuses, WarcMissingError when files that pages are to be read from are not there."""
    with archive.store.frontier.one_reader(site_name):
        # Read by two processes at a time, the articles would be those of who ends last, which may
        # not know of all that the other one has seen.
        return _alone(archive, site_name, trusted, processes, Pulse(on_steps), readers, anew=anew)


def _alone(
    archive: Archive,
    site_name: str,
    trusted: int | None,
    processes: int | None,
    pulse: Pulse,
    readers: Readers,
    *,
    anew: bool,
) -> DeriveReport:
    site = archive.store.site(site_name)
    runs = archive.store.runs(site.name)
    profile = profile_of(archive.data, site.name)
    here = Circumstances(
        site,
        _named_by_operator(site, runs),
        profile.selectors if profile else NO_SELECTORS,
        profile.relaunched if profile else (),
        profile.own_hosts if profile else (),
        profile.institute if profile else (),
    )
    distrusted = distrusted_runs(runs, trusted)
    with remembering(archive.data, site.name, anew=anew) as memory:
        is_other = archive.store.edition(site.name) != edition()
        history = history_so_far(archive, site, distrusted, pulse)
        doubted = {one.first.host for one in history.aside.values()}
        if anew or is_other:
            # Nothing is remembered: what cannot be read now would be no article any more.
            require_files(archive.warc_dir, history)
        again = reopened(history, here.relaunched, everything=anew or is_other)
        if again:
            archive.store.put_kinds(again)
            history = history_so_far(archive, site, distrusted, pulse)
        report = seen_again(archive, memory, here.name(history), history)
        if report is not None:
            archive.store.put_edition(site.name, edition())
            return report
        break_seal(memory)
        with spooling(archive.data) as spool:
            work = Work(
                archive, here, memory, runs, distrusted, processes, spool.keep, pulse, doubted
            )
            report, history, pending = _derive(work, history, recalling(memory, readers))
        memory.forget_unused()
        seal(archive, memory, here.name(history), report, pending)
        archive.store.put_edition(site.name, edition())
        return report


def _derive(
    work: Work, history: History, readers: Readers
) -> tuple[DeriveReport, History, Pending]:
    """Make the articles; returns besides the report the history with all that was learnt of it,
    and what the next pass must know."""
    site = believed(work, history, readers)
    now, before = site.now, site.before
    stays, unsettled = settled(before.turns, site.history.spans, site.grounds.walks)
    broken = broken_into(work, site, unsettled)
    bearing = witnessed(work, site.given, now, before, site.stand, broken)
    ids = given_ids(work.archive, site.stand.site, now.standing(unchanged(now.left, now.found)))
    beat = work.pulse.beat
    articles = assemble(site.stand.site, bearing.now, work.keep, beat, ids, before.stood)
    pending = Pending(before.reused(now.left), unsettled)
    said = _Told(site.history, now, before, bearing.versions, pending.reused, stays)
    changes = _put_articles(work, articles, said)
    return _reported(work, site, broken, articles, changes), site.history, pending


def _reported(
    work: Work,
    site: Believed,
    broken: BrokenInto,
    articles: Sequence[Article],
    changes: dict[str, int],
) -> DeriveReport:
    """What is told of a site whose ``articles`` are in the store, ``changes`` with them."""
    history, given, official = site.history, site.given, site.official
    mirrors = mirror_hosts(site.stand, work.here.site, history.hosts, articles)
    work.archive.store.put_mirrors(work.here.site.name, mirrors)
    own = come(work.archive, site.stand, history.rows, broken.told_of, broken.returned)
    aside = set_aside(history, [*site.now.parts, *site.before.last])
    alarms, notes = told(aside, site.hands)
    others = [one.row.url for one in site.now.parts if one.row.url in history.doorways]
    return DeriveReport(
        pages=len(given.reads) + len(given.texts),
        articles=len(articles),
        changes=changes,
        kinds=dict(Counter(str(one.extraction.kind) for one in [*given.reads, *given.texts])),
        brands={host: marks.brands for host, marks in site.stand.marks.items()},
        mirrors=tuple(mirrors),
        alarms=(
            *alarms,
            *told_doorways(history, official),
            *broken.alarms(),
            *own.alarms,
        ),
        notes=(
            *notes,
            *site.doorways.notes,
            *led_away(history, site.now.left, official),
            *broken.notes(),
            *own.notes,
            *always(site.survey, site.grounds.official, own.alarms),
            *names_untold(site.stand, work.here.institute, site.survey.hosts, articles),
        ),
        unread=given.unread,
        not_conserved=sum(not one.extraction.conserved for one in given.articles),
        missing=_missing(articles, site.before.last, aside),
        set_aside=len({*aside, *others}),
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """What is told of articles besides what their pages say."""

    history: History
    now: Now
    before: Before
    versions: Mapping[str, Sequence[Witness]]
    reused: Collection[str]
    settled: Mapping[str, datetime]


def _put_articles(work: Work, articles: Sequence[Article], told: _Told) -> dict[str, int]:
    """Put the articles into the store, one after the other: all of them at once, with everything
    that is told of them, would not fit into memory. Returns how many changed, and how."""
    archive, history, left = work.archive, told.history, told.now.left
    digests = _digests(history.rows)
    shelf = read_attached(archive, articles, digests, history.rows)
    spans = joined(history.spans, left)
    seen = with_sightings(with_versions(articles, told.versions), spans, told.reused)
    replaced = _replaced(told.before, told.settled, left)
    dated = with_absences(_with_digests(seen, digests), history.gone, replaced)
    with converting(archive, work.memory) as converted:
        written_out = work.pulse.beating(with_texts(dated, shelf))
        return archive.store.replace_articles(work.here.site.name, written_out, converted)


def _named_by_operator(site: Site, runs: Iterable[RunRow]) -> tuple[str, ...]:
    """The host whose crawl the operator started first; none for a site that was only taken in."""
    crawled = any(run.kind != "backfill" for run in runs)
    return site.official[:1] if crawled else ()


def _digests(rows: Iterable[CaptureRow]) -> dict[str, str]:
    """Payload digests of what was fetched with success, by address."""
    return {
        row.url: row.pointer.payload_digest
        for row in rows
        if row.status in SUCCESS and not row.error
    }


def _replaced(
    before: Before, settled: Mapping[str, datetime], moved: Mapping[str, str]
) -> dict[WarcPointer, datetime]:
    """Captures of articles at whose address (or that to which it ``moved``) another article has
    ``settled``, and since when: that a page shows none tells nothing, it may be a new template."""
    places = {one.row.pointer: moved.get(one.row.url, one.row.url) for one in before.others}
    return {pointer: settled[url] for pointer, url in places.items() if url in settled}


def _missing(articles: Iterable[Article], last: Iterable[PageRead], aside: Collection[str]) -> int:
    """How many articles stand on captures alone whose pages are none any more (``last``), or give
    what is set ``aside``."""
    pointers = {one.row.pointer for one in last}
    return sum(
        all(w.pointer in pointers or w.url in aside for w in article.witnesses)
        for article in articles
    )


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
