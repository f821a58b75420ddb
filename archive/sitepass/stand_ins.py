"""Other texts in the places of many articles at once, which nobody should believe.

A site is being worked on, or asks for a login all of a sudden, or its domain belongs to somebody
else: where articles stood stand other texts, with status 200. It promises that where this comes to
a third of a host's articles in one night, nothing is made of what stands there: the articles stay
what they were, and it is told in every report until they are back, or until the operator says that
the site was made anew. A capture set aside so stays it (PageKind.STAND_IN): how much else was asked
for in that night cannot be told later. What comes to fewer is left to ``archive.sitepass.gone``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from archive.captured import HTML_TYPES
from archive.model import CaptureRow, PageKind
from archive.sitepass.earlier import Turn
from archive.sitepass.hands import Hands
from archive.sitepass.history import History, StandIn
from archive.sitepass.pages import Before
from archive.sitepass.reader import PageRead
from archive.store import RunRow
from archive.store.runs import WALKS

FEWEST = 5
"""Articles: what comes to fewer may be an institute's own doing."""
MANY = 1 / 3
"""Share of the articles of a host that were asked for in one night."""
NEARLY_ALL = 0.9
"""The share from which nothing that the host gave in that night is its own."""
HABIT = 3
"""Other works that an address has had before: it is one of those whose texts take turns."""
ONE_NIGHT = timedelta(days=1)
"""Walks of several machines belong to one night when they overlap and began within this time."""

NEVER = (
    "{host}: taken for a mirror, though the crawl began there: its pages bear another's marks; if "
    "they are the institute's own, write own_hosts = [\"{host}\"] into the site's profile"
)
"""How it is told that a host was somebody else's from the first."""

Kinds = dict[int, PageKind | None]
"""What captures are, by row number; None: to be read again."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """What is judged by besides ``history``: the site's ``runs`` and which of them are ``walks``,
    the ``official`` hosts, the days on which the operator says that the site was made anew
    (``relaunched``), and the row numbers of earlier captures that nobody has judged yet
    (``reopened``)."""

    runs: Sequence[RunRow]
    walks: Collection[int]
    official: Collection[str]
    relaunched: Sequence[date]
    reopened: Collection[int]


def reopened(history: History, relaunched: Sequence[date], *, everything: bool) -> Kinds:
    """Captures set aside that are to be judged again: all that nothing has come after, or those
    of hosts that were ``relaunched`` between an article and what stands in its place; and doorway
    pages, where they came on such a day."""
    if everything:
        rows = [one.rows for one in history.aside.values()]
        rows += [one.rows for one in history.doorways.values()]
        return {row.id: None for some in rows for row in some}
    if not relaunched:
        return {}
    before = _last_before(history)
    hosts = {
        one.first.host
        for url, one in history.aside.items()
        if url in before and is_between(relaunched, before[url], one.first)
    }
    rows = [one.rows for one in history.aside.values() if one.first.host in hosts]
    for one in history.doorways.values():
        if one.first.captured_at.date() in relaunched:
            rows.append(one.rows)
    return {row.id: None for some in rows for row in some}


def judged(
    history: History, articles: Sequence[PageRead], earlier: Before, grounds: Grounds
) -> Kinds:
    """What the captures of the last night on each official host turn out to be, where that is not
    what they are taken for. ``articles``: all that stand; ``earlier``: what stood there before."""
    found: Kinds = {}
    if not earlier.turns and not history.aside:
        return found
    theirs: dict[str, list[PageRead]] = defaultdict(list)
    turns: dict[str, list[Turn]] = defaultdict(list)
    for one in articles:
        theirs[one.row.host].append(one)
    for turn in earlier.turns.values():
        turns[turn.first.host].append(turn)
    for host in grounds.official:
        attendance = history.hosts.get(host)
        night = last_night(grounds.runs, attendance.last if attendance else None)
        if night is not None:
            before = [
                one.row.url
                for one in theirs[host]
                if one.row.captured_at < night or one.row.url in earlier.versions
            ]
            found |= _Night(host, night, history, grounds).judged(before, turns[host])
    return found


def set_aside(history: History, articles: Iterable[PageRead]) -> dict[str, StandIn]:
    """The addresses of ``articles`` that give another text now, which is not believed."""
    urls = (one.row.url for one in articles)
    return {url: history.aside[url] for url in urls if url in history.aside}


def told(aside: Mapping[str, StandIn], hands: Hands) -> tuple[list[str], list[str]]:
    """Alarms and notes about what is ``set_aside``, a line a host: one page under all addresses is
    a notice, as institutes put it there, where it does not stay for long. What hosts in other
    ``hands`` give is told as that."""
    alarms = [one.told() for one in hands.new]
    notes = [NEVER.format(host=host) for host in sorted(hands.never)]
    hosts = {one.first.host for one in aside.values()} - hands.hosts
    for host in sorted(hosts):
        theirs = {url: one for url, one in aside.items() if one.first.host == host}
        pages = Counter(one.first.pointer.payload_digest for one in theirs.values())
        lasts = any(one.lasts for one in theirs.values())
        is_notice = not lasts and pages.most_common(1)[0][1] * 2 > len(theirs)
        (notes if is_notice else alarms).append(_line(host, theirs))
    return alarms, notes


def _line(host: str, aside: Mapping[str, StandIn]) -> str:
    since = min(one.first.captured_at for one in aside.values()).date()
    return (
        f"{host}: {len(aside)} addresses of articles give other texts since {since}, which are "
        f"kept and not believed; look at {min(aside)}; if the institute has made its site anew, "
        f"write relaunched = [{since}] into the site's profile"
    )


@dataclass(frozen=True, slots=True)
class _Night:
    """What a ``host`` gave since ``began``."""

    host: str
    began: datetime
    history: History
    grounds: Grounds

    def judged(self, articles: Sequence[str], turns: Iterable[Turn]) -> Kinds:
        spans, aside = self.history.spans, self.history.aside
        known = {url for url in articles if url in spans}
        turned = {one.first.url: one.first for one in turns if self._is_to_be_judged(one)}
        standing = {url for url in known & aside.keys() if aside[url].last >= self.began}
        other = turned.keys() | standing
        asked = {url for url in known if spans[url][1] >= self.began} | other
        if len(other) < max(FEWEST, MANY * len(asked)):
            # The host is itself again: what is left is no more than any page given to another.
            left = standing if len(asked) >= FEWEST else ()
            return {row.id: None for url in left for row in aside[url].rows}
        wholly = len(other) >= NEARLY_ALL * len(asked)
        return {
            row.id: PageKind.STAND_IN
            for row in self._pages()
            if (row.url in turned and row.captured_at >= turned[row.url].captured_at)
            or (wholly and row.url not in asked and self._is_of_it(row))
        }

    def _is_to_be_judged(self, turn: Turn) -> bool:
        walks = self.grounds.walks
        by_walks = turn.article.row.run in walks and turn.first.run in walks
        is_believed = is_between(self.grounds.relaunched, turn.article.row, turn.first)
        is_news = not turn.is_back and not is_believed and turn.works < HABIT
        return by_walks and is_news and self._is_of_it(turn.first)

    def _is_of_it(self, row: CaptureRow) -> bool:
        return row.captured_at >= self.began or row.id in self.grounds.reopened

    def _pages(self) -> Iterator[CaptureRow]:
        for row in self.history.rows:
            is_page = row.host == self.host and row.media_type in HTML_TYPES
            if is_page and row.kind is not PageKind.STAND_IN:
                yield row


def walks_of(runs: Iterable[RunRow]) -> frozenset[int]:
    """The numbers of those ``runs`` that asked a site."""
    return frozenset(run.id for run in runs if run.kind in WALKS)


def last_night(runs: Iterable[RunRow], last: datetime | None) -> datetime | None:
    """When the last walk began in which a host gave something, ``last`` at that moment."""
    walks = [run for run in runs if run.kind in WALKS and last is not None and run.started <= last]
    if not walks:
        return None
    newest = max(run.started for run in walks)
    during = (
        run.started
        for run in walks
        if run.started >= newest - ONE_NIGHT and (run.ended is None or run.ended >= newest)
    )
    # The newest itself has ended before it began where the clock was set back meanwhile.
    return min(during, default=newest)


def _last_before(history: History) -> dict[str, CaptureRow]:
    """What each address gave last before another text stood there."""
    found: dict[str, CaptureRow] = {}
    for row in history.rows:
        aside = history.aside.get(row.url)
        if aside is not None and row.captured_at < aside.first.captured_at:
            found[row.url] = row
    return found


def is_between(days: Iterable[date], before: CaptureRow, after: CaptureRow) -> bool:
    """Was the site made anew, by one of the ``days``, between two captures of an address?"""
    return any(before.captured_at.date() <= day <= after.captured_at.date() for day in days)
