"""Articles told with other names for the WARC files that they come from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from archive.model import Article, PagePart, WarcPointer


def with_files(article: Article, named: Callable[[str], str]) -> Article:
    """The article with the files of its witnesses, and of each of their pages, called as ``named``
    says."""

    def pointer(place: WarcPointer) -> WarcPointer:
        return replace(place, file=named(place.file))

    def page(one: PagePart) -> PagePart:
        return replace(one, pointer=pointer(one.pointer)) if one.pointer else one

    witnesses = []
    for one in article.witnesses:
        raw = one.raw
        if raw.pages:
            raw = replace(raw, pages=tuple(map(page, raw.pages)))
        witnesses.append(replace(one, pointer=pointer(one.pointer), raw=raw))
    return replace(article, witnesses=tuple(witnesses))
