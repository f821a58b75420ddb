"""Addresses of one page: under http and https, with ``www.`` and without.

A site that moves leaves its old addresses behind: first they redirect, in the end nobody answers.
What they gave last would stand for the page for ever, beside what the page says now. It promises
that of the addresses of one page those are left behind which gave it no more for a day in which
another one did, that a page which is missing at its new address is missing at one that redirects,
too, and that nothing else is: where a page is given under two addresses, both stand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

from archive.addresses import one_page
from archive.sitepass.gone import APART, TOLERANCE
from archive.sitepass.sightings import Span


def left_behind(spans: Mapping[str, Span]) -> dict[str, str]:
    """Addresses that give their page no more, each with the one that does; ``spans`` as in
    ``archive.sitepass.history``."""
    left = {}
    for urls in _together(spans).values():
        newest = max(urls, key=lambda url: (spans[url][1], url))
        for url in urls:
            if spans[newest][1] - spans[url][1] >= APART - TOLERANCE:
                left[url] = newest
    return left


def gone_with(
    gone: Mapping[str, datetime],
    spans: Mapping[str, Span],
    left: Mapping[str, str],
    redirecting: Collection[str],
) -> dict[str, datetime]:
    """``gone``, and what goes with it: addresses ``left`` behind for one that is gone, and
    ``redirecting`` ones of a page that has been missing under another address since they gave
    it."""
    found = dict(gone)
    if not gone:
        return found
    found |= {old: gone[new] for old, new in left.items() if new in gone}
    since: dict[str, datetime] = {}
    for url, moment in gone.items():
        page = one_page(url)
        since[page] = max(moment, since.get(page, moment))
    for url in redirecting:
        missing = since.get(one_page(url))
        if missing is not None and url in spans and spans[url][1] < missing:
            found.setdefault(url, missing)
    return found


def joined(spans: Mapping[str, Span], left: Mapping[str, str]) -> dict[str, Span]:
    """The same where a page was first seen when the first of its addresses gave it."""
    found = dict(spans)
    for old, new in left.items():
        first, last = found[new]
        found[new] = min(first, spans[old][0]), last
    return found


def _together(spans: Mapping[str, Span]) -> dict[str, list[str]]:
    pages: dict[str, list[str]] = defaultdict(list)
    for url in spans:
        pages[one_page(url)].append(url)
    return {page: urls for page, urls in pages.items() if len(urls) > 1}
