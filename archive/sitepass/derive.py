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

from archive.cleaning.frame import FrameSurvey
from archive.cleaning.selectors import NO_SELECTORS
from archive.documents.attached import read_attached, with_texts
from archive.edition import edition
from archive.garbage import rarely_collecting
from archive.model import Article, Site, WarcPointer, Witness
from archive.profiles import profile_of
from archive.sitepass.alarms import come
from archive.sitepass.always import always
from archive.sitepass.converting import converting
from archive.sitepass.doorways import Judging, doorways
from archive.sitepass.doorways import told as told_doorways
from archive.sitepass.earlier import with_versions
from archive.sitepass.exchanged import Judge, exchanged
from archive.sitepass.exchanged import told as told_swaps
from archive.sitepass.gone import distrusted_runs, settled, with_absences
from archive.sitepass.hands import hands_now
from archive.sitepass.history import History
from archive.sitepass.led_away import led_away
from archive.sitepass.memory import remembering
from archive.sitepass.pages import (
    Before,
    Given,
    Now,
    Work,
    given_ids,
    history_so_far,
    read_before,
    read_given,
    require_files,
    standing_now,
    tell_kinds,
)
from archive.sitepass.passing import passing
from archive.sitepass.pulse import OnSteps, Pulse
from archive.sitepass.put_in import put_in
from archive.sitepass.put_in import told as told_put_in
from archive.sitepass.quiet import Circumstances, Pending, break_seal, seal, seen_again
from archive.sitepass.reader import PageRead
from archive.sitepass.recalling import recalling
from archive.sitepass.report import DeriveReport
from archive.sitepass.retitled import retitled
from archive.sitepass.retitled import told as told_titles
from archive.sitepass.sightings import with_sightings
from archive.sitepass.single import Judge as JudgeOfOne
from archive.sitepass.single import single
from archive.sitepass.stand_ins import Grounds, judged, reopened, set_aside, told, walks_of
from archive.sitepass.standing import mirror_hosts, standing
from archive.sitepass.twins import joined, unchanged
from archive.sitepass.witnessing import Known, witnessed
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
    site = archive.store.site(site_name)
    runs = archive.store.runs(site.name)
    profile = profile_of(archive.data, site.name)
    here = Circumstances(
        site,
        _named_by_operator(site, runs),
        profile.selectors if profile else NO_SELECTORS,
        profile.relaunched if profile else (),
        profile.own_hosts if profile else (),
    )
    distrusted = distrusted_runs(runs, trusted)
    pulse = Pulse(on_steps)
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
    archive, site = work.archive, work.here.site
    given = read_given(work, history, readers)
    survey = _learnt(work, given)
    hands = hands_now(work, history, survey, readers)
    if hands.kinds:
        archive.store.put_kinds(hands.kinds)
        history = history_so_far(archive, site, work.distrusted, work.pulse)
        return _derive(work, history, readers)
    walks = walks_of(work.runs)
    open_to_judge = {row.id for row in history.rows if row.kind is None and row.run in walks}
    # These stay unread in the store until they are judged: a pass that is killed in between must
    # not have believed them.
    if tell_kinds(archive, given, but=open_to_judge):
        # What nobody had read may say that it is not there.
        history = history_so_far(archive, site, work.distrusted, work.pulse)
    trusted = [host for host in work.here.trusted if host not in hands.never]
    stand = standing(site, survey, trusted, work.pulse.beat)
    judging = [host for host in stand.site.official if host not in hands.hosts]
    grounds = Grounds(work.runs, walks, judging, work.here.relaunched, open_to_judge)
    made = doorways(given.hosts, Judging(archive, history, grounds))
    if made.kinds:
        archive.store.put_kinds(made.kinds)
        history = history_so_far(archive, site, work.distrusted, work.pulse)
        return _derive(work, history, readers)
    now = standing_now(work, given, history, stand.site)
    before = read_before(work, given, now, history.rows, stand.site, readers)
    kinds = judged(history, now.parts, before, grounds)
    if kinds:
        archive.store.put_kinds(kinds)
        history = history_so_far(archive, site, work.distrusted, work.pulse)
        return _derive(work, history, readers)
    if open_to_judge and tell_kinds(archive, given):
        history = history_so_far(archive, site, work.distrusted, work.pulse)
    stays, unsettled = settled(before.turns, history.spans, walks)
    notices = passing(now.parts, before, unsettled, grounds)
    sown = put_in(before.versions, now.parts, stand.site.official, work.pulse.beat)
    titled = retitled(before.versions, now.parts, stand.site.official)
    swapped = exchanged(
        before.versions,
        now.parts,
        stand.site.official,
        Judge(work.here.relaunched, work.keep, work.pulse.beat),
    )
    known = Known(notices, sown, titled, swapped)
    alone = single(
        before.versions,
        now.parts,
        stand.site.official,
        JudgeOfOne(work.here.relaunched, known.own, work.keep, work.pulse.beat),
    )
    bearing = witnessed(work, given, now, before, stand, replace(known, single=alone))
    same = now.standing(unchanged(now.left, now.found))
    ids = given_ids(archive, stand.site, same)
    articles = assemble(stand.site, bearing.now, work.keep, work.pulse.beat, ids, before.stood)
    pending = Pending(before.reused(now.left), unsettled)
    said = _Told(history, now, before, bearing.versions, pending.reused, stays)
    changes = _put_articles(work, articles, said)
    mirrors = mirror_hosts(stand, site, history.hosts, articles)
    archive.store.put_mirrors(site.name, mirrors)
    told_of = {one.host for one in sown if one.standing} | alone.hosts
    told_of |= {one.host for one in swapped if one.standing}
    returned = alone.returned.union(*(one.returned for one in swapped))
    own = come(archive, stand, history.rows, told_of, returned)
    stood = always(survey, judging, own.alarms)
    led = led_away(history, now.left, stand.site.official)
    aside = set_aside(history, [*now.parts, *before.last])
    alarms, notes = told(aside, hands)
    titles, named = told_titles(titled)
    others = [url for url in (one.row.url for one in now.parts) if url in history.doorways]
    report = DeriveReport(
        pages=len(given.reads) + len(given.texts),
        articles=len(articles),
        changes=changes,
        kinds=dict(Counter(str(one.extraction.kind) for one in [*given.reads, *given.texts])),
        brands={host: marks.brands for host, marks in stand.marks.items()},
        mirrors=tuple(mirrors),
        alarms=(
            *alarms,
            *told_doorways(history, stand.site.official),
            *told_put_in(sown),
            *told_swaps(swapped),
            *titles,
            *own.alarms,
            *alone.alarms,
        ),
        notes=(
            *notes,
            *made.notes,
            *led,
            *notices.told(),
            *named,
            *own.notes,
            *alone.notes,
            *stood,
        ),
        unread=given.unread,
        not_conserved=sum(not one.extraction.conserved for one in given.articles),
        missing=_missing(articles, before.last, aside),
        set_aside=len({*aside, *others}),
    )
    return report, history, pending


def _learnt(work: Work, given: Given) -> FrameSurvey:
    """The frames of all hosts; what was learnt of each goes into the store."""
    survey = FrameSurvey()
    for host in given.hosts:
        survey.merge(host.survey)
        work.archive.store.put_model(work.here.site.name, host.host, host.model.to_json())
    return survey


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
