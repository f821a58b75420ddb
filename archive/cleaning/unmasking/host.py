"""What the survey remembers of one host, in bounded memory and whatever the order of its pages."""

from __future__ import annotations

import hashlib
import heapq
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlsplit

import regex

from archive.cleaning.unmasking.linked import link_words
from archive.cleaning.unmasking.marks import PageLike
from archive.cleaning.unmasking.scripted import REFERRER, SENDS_ON, sends_on
from archive.cleaning.unmasking.signs import (
    ENCODED_HEAD,
    HIDDEN_LINKS,
    SAME_WORDS,
    leads_away,
    repeats_words,
    signs_of,
    title_words,
)
from archive.cleaning.unmasking.slots import Slots, slots_of
from archive.cleaning.unmasking.unseen_pages import unseen_pages
from archive.model import Extraction

SAMPLE = 1500
"""Articles of a host kept for comparison: those with the smallest digests of their paths, so that
two hosts that keep the same paths keep the same articles."""
MAX_STRINGS = 200_000
"""Short strings of a host's pages that are counted."""
MAX_LINKED = 50_000
"""Pages of a host for which the words of links to them are kept, and their ways home; and titles
in references."""
MAX_SAID = 60
"""Pages of a host whose short lines and asides are kept, page by page: those with the smallest
digests of their paths. On more pages what is sown recurs."""
SAMPLE_TEXT = 12_000
"""Characters kept of each sampled text."""
SLOTS = ("title_ends", "headings", "crumb_roots", "owners", "home_links")
WITNESS_SLOTS = (
    "owner_hosts", "mail_domains", "icp", "addressed", "put_in", "pictured", "headed", "bookmarked",
    "linked", "told_twice",
)  # fmt: skip
_FULL_DATE = regex.compile(
    r"(?<!\d)((?:19|20)\d\d)\s?(?:[-/.]|年)\s?(\d{1,2})\s?(?:[-/.]|月)\s?(\d{1,2})(?!\d)"
)


@dataclass(frozen=True, slots=True)
class Sample:
    """One article of a host as the survey keeps it."""

    path: str
    title: str
    text: str
    published: date | None


@dataclass(frozen=True, slots=True)
class FrameSeen:
    """What the survey needs of one page, without the page: what stands in its slots, its signs,
    and where its head is written in references, path and words of its links, and the ``head``'s
    title (without white space), as ``away``, too, if a link to strangers bears it; ``unseen``:
    pages of its host to which it leads out of sight."""

    url: str | None
    slots: Slots
    signs: frozenset[str]
    links: tuple[tuple[str, str], ...] = ()
    away: str = ""
    head: str = ""
    unseen: tuple[str, ...] = ()


def seen_on(page: PageLike) -> FrameSeen:
    """What the frame of ``page`` shows."""
    found = signs_of(page)
    if HIDDEN_LINKS in found and repeats_words(page):
        found.add(SAME_WORDS)
    if REFERRER in page.html and sends_on(page):
        found.add(SENDS_ON)
    signs = frozenset(found)
    unseen = unseen_pages(page)
    if ENCODED_HEAD not in signs:
        return FrameSeen(page.url, slots_of(page.tree), signs, unseen=unseen)
    title = title_words(page)
    away = title if leads_away(page, title) else ""
    links = link_words(page.tree, page.url)
    return FrameSeen(page.url, slots_of(page.tree), signs, links, away, title, unseen)


@dataclass
class HostSurvey:
    """Counts over a host's pages: how many pages have a string in a slot."""

    pages: int = 0
    slots: dict[str, Counter[str]] = field(
        default_factory=lambda: {slot: Counter() for slot in (*SLOTS, *WITNESS_SLOTS)}
    )
    filled: Counter[str] = field(default_factory=Counter)
    signs: Counter[str] = field(default_factory=Counter)
    strings: Counter[str] = field(default_factory=Counter)
    paths: set[str] = field(default_factory=set)
    linked: dict[str, set[str]] = field(default_factory=dict)
    headed: dict[str, set[str]] = field(default_factory=dict)
    away: dict[str, str] = field(default_factory=dict)
    heads: dict[str, str] = field(default_factory=dict)
    homes: dict[str, set[str]] = field(default_factory=dict)
    articles: int = 0
    branches: Counter[str] = field(default_factory=Counter)
    sources: Counter[str] = field(default_factory=Counter)
    dates: Counter[date] = field(default_factory=Counter)
    dated: int = 0
    samples: dict[str, Sample] = field(default_factory=dict)
    said: dict[str, set[str]] = field(default_factory=dict)
    _heap: list[tuple[int, str]] = field(default_factory=list)
    _said_heap: list[tuple[int, str]] = field(default_factory=list)
    _lines: dict[str, str] = field(default_factory=dict)

    def add(self, page: FrameSeen) -> None:
        """Count one page."""
        self.pages += 1
        for slot in (*SLOTS, *WITNESS_SLOTS):
            items: tuple[str, ...] = getattr(page.slots, slot)
            self.slots[slot].update(set(items))
            self.filled[slot] += bool(items)
        self.signs.update(page.signs)
        self._remember(page.slots)
        own = path_of(page.url) if page.url else ""
        for path, words in page.links:
            told = self.headed if path == own else self.linked
            if path in told or len(told) < MAX_LINKED:
                told.setdefault(path, set()).add(words)
        if page.url:
            self.paths.add(own)
            if page.head and len(self.heads) < MAX_LINKED:
                self.heads[own] = page.head
                if page.away:
                    self.away[own] = page.away
            if own in self.homes or len(self.homes) < MAX_LINKED:
                lines = (self._lines.setdefault(line, line) for line in page.slots.home_lines)
                self.homes.setdefault(own, set()).update(lines)
            self._keep_said(own, page.slots)

    def _remember(self, found: Slots) -> None:
        room = len(self.strings) < MAX_STRINGS
        self.strings.update(t for t in set(found.short_texts) if room or t in self.strings)

    def _keep_said(self, path: str, found: Slots) -> None:
        if path not in self.said:
            heapq.heappush(self._said_heap, (-_digest(path), path))
            self.said[path] = set()
        self.said[path].update(found.short_texts, found.asides)
        if len(self._said_heap) > MAX_SAID:
            del self.said[heapq.heappop(self._said_heap)[1]]

    def add_extraction(self, extraction: Extraction) -> None:
        """Count what one article page said."""
        self.articles += 1
        days = dates_in(extraction.text)
        if extraction.published:
            days.append(extraction.published)
        if days:
            self.dated += 1
            self.dates.update(days)
        if extraction.branch:
            self.branches[extraction.branch] += 1
        if extraction.source:
            self.sources[extraction.source] += 1
        path = path_of(extraction.url) if extraction.url else f"text:{_digest(extraction.text)}"
        self._sample(
            Sample(
                path,
                extraction.title or "",
                extraction.text[:SAMPLE_TEXT],
                extraction.published,
            )
        )

    def _sample(self, sample: Sample) -> None:
        if sample.path in self.samples:
            self.samples[sample.path] = min(
                sample, self.samples[sample.path], key=lambda s: (s.title, s.text)
            )
            return
        heapq.heappush(self._heap, (-_digest(sample.path), sample.path))
        self.samples[sample.path] = sample
        if len(self._heap) > SAMPLE:
            del self.samples[heapq.heappop(self._heap)[1]]


def _digest(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest())


def path_of(url: str) -> str:
    """Path and query of an address: what a mirror keeps of it."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"


def dates_in(text: str) -> list[date]:
    """Full dates written in ``text``; impossible ones are left out."""
    found = []
    for year, month, day in _FULL_DATE.findall(text):
        try:
            found.append(date(int(year), int(month), int(day)))
        except ValueError:
            continue
    return found
