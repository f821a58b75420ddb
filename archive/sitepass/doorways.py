"""Doorway pages on the institute's own host: made for search engines by who broke in.

They stand beside the institute's pages under addresses of their own, led to from a hidden block or
from a list, and would come into the archive as articles. It promises to judge what a walk brought
by several kinds of evidence together, by no list of words: pages that only hidden links lead to,
that have nothing of the host's frame, that repeat phrases beyond measure, that are made of each
other's sentences in another order, that have little of the host's language. Where that is enough
on several pages of a host they are kept and not believed (PageKind.DOORWAY), and each report names
them for as long as they stand; where it is nearly enough, a note does. Like a stand-in
(``archive.sitepass.stand_ins``), what was judged stays judged.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from archive.addresses import one_page
from archive.captured import page_of, read_message
from archive.cleaning.script import fold
from archive.cleaning.unmasking.machine_made import is_stuffed, shuffled
from archive.cleaning.unmasking.unseen_pages import seen_pages
from archive.errors import WarcError
from archive.model import CaptureRow, PageKind
from archive.sitepass.added import pairs_of
from archive.sitepass.history import History
from archive.sitepass.hosts import HostReading
from archive.sitepass.reader import PageRead
from archive.sitepass.stand_ins import Grounds, last_night
from archive.store import Archive
from archive.warc import read_at

FEWEST = 5
"""Pages of a host from which they are told."""
ENOUGH, NEARLY = 4, 3
"""Points from which a page is one, and may be one."""
UNSEEN, SHUFFLED = 2, 2
"""Points of what an institute hardly ever does; other evidence counts one."""
MAX_LEADING = 60
"""Home and list pages whose links in plain sight are looked for."""
PAST = 200
"""Earlier articles whose language is that of the host, and from how few on it is known."""
FEWEST_PAST = 10
STRANGE_SHARE = 0.5
"""Share of a text's pairs of characters that none of these has, from which it is not the host's."""
_LISTS = (PageKind.LIST, PageKind.HOME)


@dataclass(frozen=True, slots=True)
class Doorways:
    """Row numbers of captures that turn out to be doorway pages, and ``notes`` of what may be."""

    kinds: Mapping[int, PageKind | None]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judging:
    """What is judged by: the site's ``archive``, its ``history``, and the ``grounds`` on which
    stand-ins are judged, too."""

    archive: Archive
    history: History
    grounds: Grounds


def doorways(hosts: Iterable[HostReading], judging: Judging) -> Doorways:
    """What the latest pages of ``hosts`` say of those among them that the last night brought."""
    kinds: dict[int, PageKind | None] = {}
    notes: list[str] = []
    for host in hosts:
        if host.host not in judging.grounds.official:
            continue
        points = _Host(host, judging).points()
        found = [one for one in points if points[one] >= ENOUGH]
        standing = _standing(judging.history, [host.host])
        if len(found) + sum(map(len, standing.values())) >= FEWEST:
            kinds |= {one.row.id: PageKind.DOORWAY for one in map(host.reads.__getitem__, found)}
        elif sum(weight >= NEARLY for weight in points.values()) >= FEWEST:
            notes.append(_note(host, [n for n, weight in points.items() if weight >= NEARLY]))
    return Doorways(kinds, tuple(notes))


def told(history: History, official: Collection[str]) -> Iterator[str]:
    """Lines of alarms, one a host, for as long as such pages stand on it."""
    for host, rows in sorted(_standing(history, official).items()):
        day = min(row.captured_at for row in rows).date()
        yield (
            f"{host}: {len(rows)} pages made for search engines since {day}, which are kept and "
            f"not believed; look at {min(row.url for row in rows)}; if the institute has made "
            f"them, write relaunched = [{day}] into the site's profile"
        )


def _standing(history: History, hosts: Collection[str]) -> dict[str, list[CaptureRow]]:
    """The first captures of the doorway pages that stand on each of ``hosts``."""
    found: dict[str, list[CaptureRow]] = defaultdict(list)
    for one in history.doorways.values():
        if not one.has_left and one.first.host in hosts:
            found[one.first.host].append(one.first)
    return found


def _note(host: HostReading, places: Sequence[int]) -> str:
    urls = sorted(host.reads[place].row.url for place in places)
    return f"{host.host}: {len(urls)} new pages are made as for search engines; look at {urls[0]}"


class _Host:
    """One host's pages as this pass read them."""

    def __init__(self, host: HostReading, judging: Judging) -> None:
        self._host, self._judging = host, judging
        attendance = judging.history.hosts.get(host.host)
        self._night = last_night(judging.grounds.runs, attendance.last if attendance else None)

    def points(self) -> Counter[int]:
        """By its place, what weighs against each page that is to be judged, if anything does."""
        reads = self._host.reads
        opened = [n for n, one in enumerate(reads) if self._is_open(one)]
        if not opened:
            return Counter()
        frameless, unseen = self._host.framing.frameless, self._host.framing.unseen
        found = Counter(n for n in opened if is_stuffed(reads[n].extraction.text))
        found.update(n for n in opened if reads[n].row.url in frameless)
        hidden = [n for n in opened if one_page(reads[n].row.url) in unseen]
        suspects = sorted({*found, *hidden})
        if len(suspects) + len(self._judging.history.doorways) < FEWEST:
            return Counter()
        mixed = shuffled(reads[n].extraction.text for n in suspects)
        for n, is_mixed in zip(suspects, mixed, strict=True):
            found[n] += SHUFFLED * is_mixed
        found.update(self._strange(suspects))
        found.update(self._known(suspects))
        for n in self._led_to_by_none(hidden, found):
            found[n] += UNSEEN
        return found

    def _is_open(self, one: PageRead) -> bool:
        grounds, row = self._judging.grounds, one.row
        if one.extraction.kind is not PageKind.ARTICLE or row.run not in grounds.walks:
            return False
        if row.captured_at.date() in grounds.relaunched:
            return False
        is_new = self._night is not None and row.captured_at >= self._night
        return is_new or row.id in grounds.reopened

    def _known(self, suspects: Iterable[int]) -> list[int]:
        """Those whose addresses have given a doorway page before."""
        known = self._judging.history.had_doorways
        return [n for n in suspects if self._host.reads[n].row.url in known]

    def _strange(self, suspects: Iterable[int]) -> list[int]:
        """Those that have little of the language of articles that were there before."""
        before = (one.extraction for one in self._host.reads if not self._is_open(one))
        articles = (read for read in before if read.kind is PageKind.ARTICLE)
        texts = [fold(read.text) for read in islice(articles, PAST)]
        if len(texts) < FEWEST_PAST:
            return []
        known = set().union(*map(pairs_of, texts))
        found = []
        for n in suspects:
            pairs = pairs_of(fold(self._host.reads[n].extraction.text))
            if len(pairs - known) >= STRANGE_SHARE * max(1, len(pairs)):
                found.append(n)
        return found

    def _led_to_by_none(self, hidden: Sequence[int], points: Mapping[int, int]) -> list[int]:
        """Those of the ``hidden`` ones to which the host's home and lists lead nowhere in plain
        sight, where it would matter."""
        matter = [n for n in hidden if points[n] + UNSEEN >= NEARLY]
        if not matter:
            return []
        leading = (one.row for one in self._host.reads if one.extraction.kind in _LISTS)
        shortest = sorted(leading, key=lambda row: (len(row.url), row.url))[:MAX_LEADING]
        seen = set().union(*map(self._seen_on, shortest))
        return [n for n in matter if one_page(self._host.reads[n].row.url) not in seen]

    def _seen_on(self, row: CaptureRow) -> set[str]:
        try:
            capture = read_at(self._judging.archive.warc_dir, row.pointer)
        except (WarcError, OSError):
            return set()
        page = page_of(capture, read_message(capture))
        return seen_pages(page) if page is not None else set()
