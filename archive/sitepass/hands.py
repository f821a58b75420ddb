"""Hosts that have changed hands, and what was captured of them since.

The articles of an institute stay what they were when its domain belongs to somebody else, who
shows copies of them under a brand; nothing that comes from there afterwards is the institute's. It
promises that the answer depends on the captures and the operator's word alone, whenever captures
came in; that a bounded number of a host's pages is looked at; and that a host which was somebody
else's from the first capture on is told apart: it never was anything but a mirror.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from functools import cached_property

from archive.captured import HTML_TYPES
from archive.cleaning.frame import FrameSurvey
from archive.model import IN_ITS_PLACE, CaptureRow, PageKind
from archive.sitepass.history import History
from archive.sitepass.hosts import read_hosts
from archive.sitepass.pages import Work
from archive.sitepass.sightings import in_time
from archive.sitepass.workers import Readers
from archive.statuses import SUCCESS
from archive.store import RunRow
from archive.store.runs import WALKS

SAMPLE = 100
"""Addresses of a host whose pages are looked at, the first that were captured."""
FIRST_NIGHTS = 10
"""Addresses that make the first nights of a host; those of later nights are not looked at."""
MIN_PAGES = 5
"""Pages from which a host's frame can tell whose it is."""

Surveying = Callable[[Sequence[CaptureRow]], FrameSurvey]
"""Reads captures of one host, and surveys them."""


@dataclass(frozen=True, slots=True)
class NewHands:
    """That ``host`` is somebody else's ``since`` a night, on ``evidence``; ``rows`` are the
    captures of pages that came since then."""

    host: str
    since: datetime
    evidence: tuple[str, ...]
    rows: tuple[CaptureRow, ...]

    def told(self) -> str:
        """The line of an alarm."""
        day = self.since.date()
        return (
            f"{self.host}: somebody else's pages since {day}, which are kept and not believed: "
            f"{'; '.join(self.evidence)}; if the institute has made them, write "
            f"relaunched = [{day}] into the site's profile"
        )


@dataclass(frozen=True, slots=True)
class Hands:
    """What was found of a site's hosts: those in ``new`` hands, and those ``never`` the
    institute's, as far as their captures go back."""

    new: tuple[NewHands, ...] = ()
    never: frozenset[str] = frozenset()

    @property
    def hosts(self) -> frozenset[str]:
        """The hosts in new hands."""
        return frozenset(one.host for one in self.new)

    @property
    def kinds(self) -> dict[int, PageKind | None]:
        """Captures that are to be set aside, by row number."""
        return {
            row.id: PageKind.STAND_IN
            for one in self.new
            for row in one.rows
            if row.kind not in IN_ITS_PLACE
        }


def hands_now(work: Work, history: History, survey: FrameSurvey, readers: Readers) -> Hands:
    """Whose the hosts are whose pages of today are in ``survey``. A mirror that the operator has
    named, or that copies another host of the archive, needs no past, and a host that he has named
    as the institute's whatever it shows (``own_hosts``) has none."""
    here = work.here
    recognised = survey.recognise(here.trusted)
    known = {*here.site.mirrors, *here.own_hosts}
    known |= {host for host, one in recognised.items() if {*one.of} & {*survey.hosts}}
    suspects = [h for h in survey.hosts if h not in known and survey.speaks_against(h)]

    def surveying(rows: Sequence[CaptureRow]) -> FrameSurvey:
        pages = [(row,) for row in rows]
        found = FrameSurvey()
        for host in read_hosts(
            work.archive.warc_dir,
            pages,
            work.processes,
            here.selectors,
            on_steps=lambda done, total: work.pulse.beat(),
            readers=readers,
        ):
            found.merge(host.survey)
        return found

    aside = {one.first.host for one in history.aside.values()}
    doubted = {*aside, *work.doubted} - known
    found = hands_of(history, work.runs, suspects, doubted, here.relaunched, surveying)
    # Where no crawl began, as in a backfill, there is nobody's word to go against.
    never = found.never & {*here.trusted}
    return replace(found, never=frozenset(filter(survey.is_anothers, never)))


def hands_of(
    history: History,
    runs: Iterable[RunRow],
    suspects: Collection[str],
    doubted: Collection[str],
    relaunched: Sequence[date],
    surveying: Surveying,
) -> Hands:
    """Look at the past of ``suspects``, hosts whose pages of today speak against them, and of hosts
    of which captures are or were set aside (``doubted``). ``relaunched``: days on which the
    operator says that the site was made anew."""
    looked_at = {*suspects, *doubted}
    walks = {run.id for run in runs if run.kind in WALKS}
    pages: dict[str, list[CaptureRow]] = defaultdict(list)
    for row in history.rows if looked_at else ():
        if row.host in looked_at and _is_page(row):
            pages[row.host].append(row)
    new, never = [], set()
    for host in sorted(pages):
        past = _Past(host, pages[host], walks, surveying)
        if (found := past.new_hands(relaunched)) is not None:
            new.append(found)
        elif host in suspects and past.was_others_from_the_first:
            never.add(host)
    return Hands(tuple(new), frozenset(never))


class _Past:
    """The ``rows`` of one host's pages, and whose its frame was in each night."""

    def __init__(
        self,
        host: str,
        rows: Iterable[CaptureRow],
        walks: Collection[int],
        surveying: Surveying,
    ) -> None:
        self._host, self._surveying = host, surveying
        self._began: dict[int, datetime] = {}
        ordered = sorted(rows, key=in_time)
        for row in ordered:
            if row.run in walks:
                self._began.setdefault(row.run, row.captured_at)
        self._rows = sorted(ordered, key=self._night)
        self._nights = sorted({self._night(row) for row in self._rows})
        self._first = self._first_pages()
        self._told: dict[int, tuple[str, ...]] = {}

    def new_hands(self, relaunched: Sequence[date]) -> NewHands | None:
        """That the host changed hands, unless the institute made its pages anew."""
        last = len(self._nights) - 1
        if len(self._first) < MIN_PAGES or not self._evidence(last):
            return None
        low, high = self._around(last)
        before, since = self._nights[low], self._nights[high]
        if any(before.date() <= day <= since.date() for day in relaunched):
            return None
        rows = tuple(row for row in self._rows if self._night(row) >= since)
        return NewHands(self._host, since, self._evidence(last), rows)

    @property
    def was_others_from_the_first(self) -> bool:
        """Whether what was captured first speaks against the host as well."""
        return len(self._first) >= MIN_PAGES and self._before.speaks_against(self._host)

    def _around(self, last: int) -> tuple[int, int]:
        """The last night before ``last`` that was the institute's, and the one after it: looked for
        backwards in growing steps, for what has come lately is what there mostly is to find."""
        high, step = last, 1
        while (low := max(high - step, 0)) and self._evidence(low):
            high, step = low, 2 * step
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if self._evidence(middle) else (middle, high)
        return low, high

    def _evidence(self, night: int) -> tuple[str, ...]:
        """What says that the pages as they were at the end of this night are somebody else's."""
        if night not in self._told:
            end = self._nights[night]
            pages = {r.url: r for r in self._rows if r.url in self._first and self._night(r) <= end}
            now = self._surveying([pages[url] for url in sorted(pages)])
            self._told[night] = now.changed_hands(self._host, self._before)
        return self._told[night]

    @cached_property
    def _before(self) -> FrameSurvey:
        return self._surveying([self._first[url] for url in sorted(self._first)])

    def _first_pages(self) -> dict[str, CaptureRow]:
        """The first capture of each address of the host's first nights. What the last one brought
        alone, and what is set aside, is no past."""
        found: dict[str, CaptureRow] = {}
        before = self._nights[0]
        for row in self._rows:
            night = self._night(row)
            is_later = night > before and (night == self._nights[-1] or len(found) >= FIRST_NIGHTS)
            if len(found) >= SAMPLE or is_later:
                break
            before = night
            if row.kind is not PageKind.STAND_IN:
                found.setdefault(row.url, row)
        return found

    def _night(self, row: CaptureRow) -> datetime:
        """When the walk that a capture is of came to the host; of others their day."""
        came = self._began.get(row.run)
        return came or datetime.combine(row.captured_at.date(), time(), UTC)


def _is_page(row: CaptureRow) -> bool:
    is_answer = row.status in SUCCESS and not row.error and row.media_type in HTML_TYPES
    return is_answer and (row.kind not in IN_ITS_PLACE or row.kind is PageKind.STAND_IN)
