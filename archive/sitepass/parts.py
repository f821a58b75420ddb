"""Articles over several pages: their parts joined at the address of the first.

It promises that a page is part of one article at most, and that parts of different titles are not
joined, whatever their links say.
"""

from __future__ import annotations

from dataclasses import dataclass

from archive.cleaning import join_pages
from archive.model import Extraction
from archive.sitepass.hosts import Keep
from archive.sitepass.reader import PageRead


def join_parts(reads: list[PageRead], keep: Keep) -> list[PageRead]:
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
            joined[one.row.url] = keep(join_pages([part.extraction for part in parts]))
    return [
        PageRead(one.row, joined.get(one.row.url, one.extraction))
        for one in reads
        if one.row.url not in taken
    ]


def _parts(first: PageRead, by_url: dict[str, PageRead]) -> list[PageRead]:
    parts, seen, waiting = [first], {first.row.url}, list(first.extraction.next_pages)
    while waiting:
        url = waiting.pop(0)
        part = by_url.get(url)
        if url in seen or part is None or not _same_title(first, part):
            continue
        seen.add(url)
        parts.append(part)
        waiting.extend(part.extraction.next_pages)
    return parts


def _same_title(first: PageRead, part: PageRead) -> bool:
    """Parts of one article bear one title, or none."""
    titles = (first.extraction.title or "", part.extraction.title or "")
    shorter, longer = sorted(("".join(title.split()) for title in titles), key=len)
    return shorter in longer


@dataclass(frozen=True, slots=True)
class Whole:
    """Earlier first pages get the further pages of their article, as these are now."""

    by_url: dict[str, PageRead]

    def of(self, one: PageRead) -> PageRead:
        """The earlier page with the further ones."""
        parts = _parts(one, self.by_url)
        if len(parts) == 1:
            return one
        return PageRead(one.row, join_pages([part.extraction for part in parts]))
