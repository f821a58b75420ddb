"""What the institute's pages said before: the texts that versions are made of.

The articles are read off the newest page of each address. What stood there earlier is read here,
with what is known of the host now, and only where the bytes were others: a page with a counter is
another one every night and says the same. It promises that every capture is read where there are
few; that of many so many are read as it takes to find each change between two that differ;
that what stands in between is one text where both ends are; and that a text which was written anew
bit by bit stays one article.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby, pairwise

from archive.captured import HTML_TYPES
from archive.cleaning.unmasking.pairing import alike, grams
from archive.model import NOT_BELIEVED, Article, CaptureRow, Extraction, PageKind, Witness
from archive.sitepass.reader import PageRead
from archive.sitepass.sightings import in_time
from archive.sitepass.together import Together, moments
from archive.statuses import SUCCESS
from archive.store.versions import versions_of
from archive.witnesses.fold import fold

READ_ALL = 8
"""Different pages of one address that are all read; of more, those that a search needs."""

_SAID = (
    *("title", "text", "markdown", "branch", "author", "editor", "source", "published"),
    *("images", "attachments"),
)
"""What must be the same for an article to be read from an earlier capture."""

SCRAP = 0.1
"""Share of a text that may be left where its page lost it: a heading, a line of labels."""

_Moment = tuple[datetime, str]
Read = Callable[[Sequence[Together]], Mapping[Together, PageRead]]
"""Reads captures, each with those of the article's further pages; those that cannot be read are
left out."""


@dataclass(frozen=True, slots=True)
class Turn:
    """That an address which gave the ``article`` gives another one, or hardly anything of it, since
    the capture ``first``; ``is_back``: one that had stood there before; ``works``: how many others
    had."""

    article: PageRead
    first: CaptureRow
    is_back: bool = False
    works: int = 1


@dataclass(frozen=True, slots=True)
class Earlier:
    """``versions``: by address, the earlier pages of what stands there now, the oldest first;
    ``others``: articles that stood at an address where another one stands now; ``turns``: the last
    such change of each address that stands."""

    versions: Mapping[str, Sequence[PageRead]]
    others: Sequence[PageRead]
    turns: Mapping[str, Turn]


@dataclass(slots=True)
class _Past:
    """The pages of one address that differ, with the further ones of its article, the oldest
    first; the last is ``now``, which has been read. ``said``: what was read so far, None where
    nothing could be."""

    rows: Sequence[Together]
    now: PageRead
    said: dict[int, PageRead | None] = field(default_factory=dict)

    def wanted(self) -> list[int]:
        """Places to be read next; none when every change has been found."""
        last = len(self.rows) - 1
        if last < READ_ALL:
            return [place for place in range(last) if place not in self.said]
        if 0 not in self.said:
            return [0]
        known = sorted((*self.said, last))
        return [
            (low + high) // 2
            for low, high in pairwise(known)
            if high - low > 1 and self._text(low) != self._text(high)
        ]

    def texts(self) -> Iterator[PageRead]:
        """Each text by the first and the last page that had it, but for ``now``."""
        known = sorted((*self.said, len(self.rows) - 1))
        for _, same in groupby(known, key=self._text):
            span = list(same)
            for place in dict.fromkeys((span[0], span[-1])):
                read = self.said.get(place)
                if read is not None:
                    yield read

    def _text(self, place: int) -> str:
        read = self.said.get(place) if place < len(self.rows) - 1 else self.now
        is_article = read is not None and read.extraction.kind is PageKind.ARTICLE
        return fold(read.extraction.text) if read is not None and is_article else ""


def earlier_texts(
    rows: Iterable[CaptureRow],
    now: Iterable[PageRead],
    hosts: Collection[str],
    read: Read,
    moved: Mapping[str, str],
) -> Earlier:
    """The earlier texts of the articles ``now`` on ``hosts``; what an address gave that has
    ``moved`` is what its page gave before, wherever that is now."""
    pasts = _pasts(rows, [one for one in now if one.row.host in hosts], moved)
    while waiting := [(past, place) for past in pasts for place in past.wanted()]:
        said = read([past.rows[place] for past, place in waiting])
        for past, place in waiting:
            past.said[place] = said.get(past.rows[place])
    versions: dict[str, list[PageRead]] = defaultdict(list)
    others: list[PageRead] = []
    turns: dict[str, Turn] = {}
    for past in pasts:
        texts = [one for one in past.texts() if one.extraction.kind is PageKind.ARTICLE]
        same = _leading_to(past.now, texts)
        if same:
            versions[past.now.row.url] += [one for one in texts if id(one) in same]
        strange = [one for one in texts if id(one) not in same]
        others += strange
        if (turn := _turn(past, texts, same)) is not None:
            turns[past.now.row.url] = turn
    return Earlier(versions, others, turns)


def _turn(past: _Past, texts: Sequence[PageRead], same: Collection[int]) -> Turn | None:
    """That another text stands there than before, if that is so; ``same`` of ``texts`` are those
    of what stands there now, by their ``id()``."""
    before = next((one for one in reversed(texts) if id(one) not in same), None)
    if before is None and texts and _is_a_scrap(past.now, texts[-1]):
        before = texts[-1]
    if before is None:
        return None
    later = (rows[0] for rows in past.rows if in_time(rows[0]) > in_time(before.row))
    is_back = any(id(one) in same for one in texts[: texts.index(before)])
    strange = [one for one in texts if id(one) not in same]
    works = 1 + sum(not _says_the_same(a, b) for a, b in pairwise(strange))
    return Turn(before, next(later), is_back, works)


def _is_a_scrap(now: PageRead, before: PageRead) -> bool:
    left, all_of_it = (grams(fold(one.extraction.text)) for one in (now, before))
    return len(left & all_of_it) < SCRAP * len(all_of_it)


def _leading_to(now: PageRead, texts: Sequence[PageRead]) -> set[int]:
    """Those of ``texts``, the oldest first, that are the article ``now``, by their ``id()``: each
    is like it, or like the one that came of it. After many edits nothing of the first may be
    left."""
    found: set[int] = set()
    later = now
    for one in reversed(texts):
        if _says_the_same(one, later) or _says_the_same(one, now):
            found.add(id(one))
            later = one
    return found


def _says_the_same(one: PageRead, other: PageRead) -> bool:
    # Texts of a few characters, and none at all, are like nothing.
    a, b = one.extraction.text, other.extraction.text
    return alike(a, b) or fold(a) == fold(b)


def _pasts(
    rows: Iterable[CaptureRow], now: Iterable[PageRead], moved: Mapping[str, str]
) -> list[_Past]:
    articles = {one.row.url: one for one in now}
    standing = {url: (article, at) for article in articles.values() for url, at in _pages(article)}
    captures: dict[str, dict[str, list[CaptureRow]]] = defaultdict(lambda: defaultdict(list))
    for row in sorted(rows, key=in_time):
        url = moved.get(row.url, row.url)
        is_answer = row.status in SUCCESS and not row.error and row.kind not in NOT_BELIEVED
        if url not in standing or not is_answer:
            continue
        article, at = standing[url]
        pages = captures[article.row.url][url]
        is_new = not pages or pages[-1].pointer.payload_digest != row.pointer.payload_digest
        if is_new and in_time(row) <= at and row.media_type in HTML_TYPES:
            pages.append(row)
    found = {url: moments(pages, url) for url, pages in captures.items()}
    return [_Past(past, articles[url]) for url, past in found.items() if len(past) > 1]


def _pages(article: PageRead) -> Iterator[tuple[str, _Moment]]:
    """The pages an article stands on, and the capture of each that is read now."""
    for page in article.extraction.pages:
        if page.pointer is not None and page.captured_at is not None:
            yield page.url, (page.captured_at, page.pointer.record_id)
    if not article.extraction.pages:
        yield article.row.url, in_time(article.row)


def with_versions(
    articles: Iterable[Article], earlier: Mapping[str, Sequence[Witness]]
) -> Iterator[Article]:
    """The articles with the earlier witnesses of the address that they are read from."""
    for article in articles:
        more = earlier.get(article.witnesses[article.reading_of].url, ())
        if not more:
            yield article
            continue
        first = min(article.first_seen, *(one.captured_at for one in more))
        whole = replace(article, witnesses=(*article.witnesses, *more), first_seen=first)
        yield _read_untouched(replace(whole, versions=len(versions_of(whole))))


def _read_untouched(article: Article) -> Article:
    """The article read from the newest of its own captures to which nothing had been done, where
    that says the same: evidence that needs no repair is better than evidence that does."""
    read = article.witnesses[article.reading_of]
    if read.role != "original" or not read.clean.repairs:
        return article
    whole = [
        (one.captured_at, one.pointer.record_id, place)
        for place, one in enumerate(article.witnesses)
        if one.url == read.url and not one.clean.repairs and _is_said(one.clean, article.reading)
    ]
    if not whole:
        return article
    *_, place = max(whole)
    return replace(article, reading_of=place, reading=article.witnesses[place].clean)


def _is_said(one: Extraction, other: Extraction) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in _SAID)
