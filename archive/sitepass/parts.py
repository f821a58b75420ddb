"""Articles over several pages: their parts joined at the address of the first.

It promises that a page is part of one article at most, that parts of different titles or days are
not joined, whatever their links say, that parts follow each other as their numbers do, and that an
article of which a page is missing says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import unquote

from archive.addresses import one_page
from archive.cleaning import join_pages
from archive.cleaning.multipage import MAX_PAGES
from archive.cleaning.page_addresses import page_numbers
from archive.model import Extraction, PageKind, PagePart
from archive.sitepass.hosts import Keep
from archive.sitepass.reader import PageRead
from archive.sitepass.together import TOGETHER

FURTHER_KINDS = frozenset({PageKind.ARTICLE, PageKind.OTHER, PageKind.LIST})
"""What a further page may be by itself: the last lines of an article, or its references."""
# The number of its page behind a title.
_PAGE_MARK = re.compile(
    r"(?:[(（\[【]第?(?:\d{1,3}|[一二三四五六七八九十]{1,3})(?:[页頁]|/\d{1,3})?[)）\]】]"
    r"|[-_—|]?(?:第(?:\d{1,3}|[一二三四五六七八九十]{1,3})[页頁]|page\d{1,3})|[-_]\d{1,3})$",
    re.IGNORECASE,
)
# Days that a page shows of itself, unlike the one that stands under the whole text.
_SHOWN_DAY = ("label above", "label at the head", "byline", "words above")


class Known:
    """The pages at hand, found under any spelling of their addresses."""

    def __init__(self, reads: Iterable[PageRead], behind: Known | None = None) -> None:
        """``reads``, and what is known ``behind`` them."""
        self._by_url = {one.row.url: one for one in reads}
        self._by_page = {_page(url): one for url, one in self._by_url.items()}
        self._behind = behind

    def get(self, url: str) -> PageRead | None:
        """The page at ``url``."""
        found = self._by_url.get(url) or self._by_page.get(_page(url))
        return found or (self._behind.get(url) if self._behind else None)


def _page(url: str) -> str:
    return one_page(unquote(url) if "%" in url else url)


def join_parts(
    reads: Sequence[PageRead], keep: Keep, others: Iterable[PageRead] = ()
) -> list[PageRead]:
    """Articles over several pages become one, at the address of their first page; ``others`` are
    pages that are no articles by themselves, and may be parts of one."""
    several = [one for one in reads if _may_be_several(one)]
    if not several:
        return list(reads)
    known = Known([*others, *reads])
    # Whoever is a further page of another one waits until that has been asked.
    further = {url for one in several for url in one.extraction.next_pages}
    several.sort(key=lambda one: (one.row.url in further, len(one.row.url), one.row.url))
    taken: set[str] = set()
    joined: dict[str, PageRead] = {}
    for one in several:
        if one.row.url in taken:
            continue
        whole = _Walk(one, known, taken).whole()
        if whole is not None:
            taken.update(part.url for part in whole.extraction.pages if part.url != one.row.url)
            joined[one.row.url] = PageRead(whole.row, keep(whole.extraction))
    return [joined.get(one.row.url, one) for one in reads if one.row.url not in taken]


def _may_be_several(first: PageRead) -> bool:
    read = first.extraction
    return bool(read.next_pages or read.earlier_pages)


@dataclass(slots=True)
class _Walk:
    """From a ``first`` page to those that follow it, but for those ``taken`` by another article."""

    first: PageRead
    known: Known
    taken: AbstractSet[str]
    pages: list[PageRead | str] = field(default_factory=list)
    """Those there are, and the addresses of those that are missing."""

    def whole(self) -> PageRead | None:
        """The article, where it stands on several pages; None where it is one page's."""
        first = self.first
        if self._is_of_a_series():
            return None
        self.pages = [url for url in first.extraction.earlier_pages if self._is_missing(url)]
        self.pages.append(first)
        self._follow()
        if len(self.pages) == 1:
            return None
        parts = [part for part in self.pages if isinstance(part, PageRead)]
        return PageRead(
            replace(first.row, captured_at=_moment(parts)),
            join_pages([part.extraction for part in parts], [_page_part(p) for p in self.pages]),
        )

    def _is_of_a_series(self) -> bool:
        """Whether the page's number may be an article's: nothing says where a first page would be,
        or what stands there is another article."""
        url, read = self.first.row.url, self.first.extraction
        others = [(one, page_numbers(url, one)) for one in (*read.earlier_pages, *read.next_pages)]
        if not any(numbers and numbers[0] > 1 for _, numbers in others):
            return False
        begins = [one for one, numbers in others if numbers and numbers[1] <= 1]
        return not begins or any(self.known.get(one) for one in begins)

    def _is_missing(self, url: str) -> bool:
        """Whether it is surely a page of the article, and not there: other addresses in a line of
        numbers may be of anything."""
        return self.known.get(url) is None and page_numbers(self.first.row.url, url) is not None

    def _follow(self) -> None:
        seen = {self.first.row.url}
        waiting = list(self.first.extraction.next_pages)
        while waiting and len(self.pages) < MAX_PAGES:
            url = waiting.pop(0)
            part = self.known.get(url)
            at = part.row.url if part else url
            if at in seen or at in self.taken:
                continue
            seen.add(at)
            if part is None:
                self.pages += [url] if self._is_missing(url) else []
            elif _belongs(self.first, part):
                self.pages.append(part)
                # Pagers leave numbers out: what lies between stands on the pages in between.
                nearer = part.extraction.next_pages
                waiting = [*nearer, *(one for one in waiting if one not in nearer)]


def _page_part(part: PageRead | str) -> PagePart:
    if isinstance(part, str):
        return PagePart(part)
    return PagePart(part.row.url, part.row.captured_at, part.row.pointer)


def _moment(parts: Sequence[PageRead]) -> datetime:
    """Since when the parts say what they say: the first one's capture, or where others changed
    later than that the first of these captures."""
    moments = [part.row.captured_at for part in parts]
    newest = max(moments)
    if newest - moments[0] <= TOGETHER:
        return moments[0]
    return min(moment for moment in moments if newest - moment <= TOGETHER)


def _belongs(first: PageRead, part: PageRead) -> bool:
    """Parts of one article bear one title, or none, and show one day."""
    one, other = first.extraction, part.extraction
    if other.kind not in FURTHER_KINDS or _days_differ(one, other):
        return False
    titles = (_bare(one.title), _bare(other.title))
    if other.kind is not PageKind.ARTICLE:
        return bool(other.text) and titles[0] == titles[1] != ""
    shorter, longer = sorted(titles, key=len)
    return shorter in longer


def _bare(title: str | None) -> str:
    return _PAGE_MARK.sub("", "".join((title or "").split()))


def _days_differ(one: Extraction, other: Extraction) -> bool:
    """Whether both pages show a day of their own above the text, and not the same."""
    shown = [(read.published_evidence or "").startswith(_SHOWN_DAY) for read in (one, other)]
    return all(shown) and one.published != other.published


def whole_again(one: PageRead, known: Known) -> PageRead:
    """An earlier first page with the further ones of its article, as ``known``."""
    whole = _Walk(one, known, frozenset()).whole() if _may_be_several(one) else None
    return one if whole is None else PageRead(one.row, whole.extraction)
