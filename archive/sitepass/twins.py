"""Addresses of one page: under http and https, with ``www.`` and without, or where it redirects.

A site that moves leaves its old addresses behind: first they redirect, in the end nobody answers.
What they gave last would stand for the page for ever, beside what the page says now. It promises
that of the addresses of one page those are left behind which gave it no more for a day in which
another one did, that a page which is missing at its new address is missing at one that redirects,
too, and that nothing else is: where a page is given under two addresses, both stand, and what
redirects to another text (a home page, a notice of the move, another article) has not moved there.
Of a host that fell silent without a redirect the pages are where another official host gives them
under the same path.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

from archive.addresses import host_of, one_page
from archive.cleaning.unmasking.pairing import alike
from archive.sitepass.gone import APART, TOLERANCE, is_settled
from archive.sitepass.reader import PageRead
from archive.sitepass.sightings import Span

MAX_HOPS = 5
"""Redirects behind one another that are followed, as a crawl follows them."""

Redirects = Mapping[str, str | None]
"""Addresses that redirect, each with the one that it leads to (None: nobody kept it)."""


def left_behind(
    spans: Mapping[str, Span],
    redirects: Redirects | None = None,
    official: Collection[str] = (),
) -> dict[str, str]:
    """Addresses that give their page no more, each with the one that does; ``spans`` as in
    ``archive.sitepass.history``, ``official`` the hosts among which a site may have moved."""
    left = {}
    for urls in _together(spans).values():
        newest = max(urls, key=lambda url: (spans[url][1], url))
        for url in urls:
            if _is_later(spans[newest], spans[url]):
                left[url] = newest
    for url in (redirects or {}).keys() & spans.keys() - left.keys():
        target = _end_of(url, redirects or {})
        if target in spans and _is_later(spans[target], spans[url]):
            left[url] = left.get(target, target)
    return _with_silent(spans, official) | left


def _with_silent(spans: Mapping[str, Span], official: Collection[str]) -> dict[str, str]:
    """Addresses of ``official`` hosts that have answered nothing for as long as it takes for a page
    to be gone, each with the one that gives the same path on a host that answers."""
    last: dict[str, datetime] = {}
    for url, (_, moment) in spans.items():
        host = host_of(url)
        if host in official:
            last[host] = max(moment, last.get(host, moment))
    silent = {host for host, at in last.items() if is_settled(at, max(last.values()))}
    if not silent:
        return {}
    others = last.keys() - silent
    speaking: dict[str, str] = {}
    for url in sorted(spans, key=lambda one: spans[one]):
        if host_of(url) in others:
            speaking[_path(url)] = url
    left = {url: speaking.get(_path(url)) for url in spans if host_of(url) in silent}
    return {old: new for old, new in left.items() if new and _is_later(spans[new], spans[old])}


def _path(url: str) -> str:
    return url.partition("://")[2].partition("/")[2]


def _is_later(new: Span, old: Span) -> bool:
    return new[1] - old[1] >= APART - TOLERANCE


def _end_of(url: str, redirects: Redirects) -> str:
    """Where a redirect ends; the address itself where that is not known."""
    at = url
    for _ in range(MAX_HOPS):
        at = redirects.get(at) or at
        if at not in redirects:
            return at
    return url


def moved(
    left: Mapping[str, str], articles: Mapping[str, PageRead], official: Collection[str]
) -> dict[str, str]:
    """Addresses of articles that were ``left`` behind for one which gives an article, too: of
    those that redirect the ones on ``official`` hosts, to a page that says the same. ``articles``:
    what was read, by address."""
    both = {old: new for old, new in left.items() if old in articles and new in articles}
    return {
        old: new
        for old, new in both.items()
        if one_page(old) == one_page(new)
        or (
            {articles[old].row.host, articles[new].row.host} <= set(official)
            and _says_the_same(articles[old], articles[new])
        )
    }


def unchanged(left: Mapping[str, str], articles: Mapping[str, PageRead]) -> dict[str, str]:
    """Of the addresses that articles ``left`` those at whose new one the same text stands, not
    another article."""
    return {old: new for old, new in left.items() if _says_the_same(articles[old], articles[new])}


def _says_the_same(old: PageRead, new: PageRead) -> bool:
    return alike(old.extraction.text, new.extraction.text)


def gone_with(
    gone: Mapping[str, datetime],
    spans: Mapping[str, Span],
    left: Mapping[str, str],
    redirecting: Redirects,
) -> dict[str, datetime]:
    """``gone``, and what goes with it: addresses ``left`` behind for one that is gone, and
    ``redirecting`` ones of a page that has been missing under another address, or where they lead
    to, since they gave it."""
    found = dict(gone)
    if not gone:
        return found
    found |= {old: gone[new] for old, new in left.items() if new in gone}
    since: dict[str, datetime] = {}
    for url, moment in gone.items():
        page = one_page(url)
        since[page] = max(moment, since.get(page, moment))
    for url in redirecting:
        missing = since.get(one_page(url)) or gone.get(_end_of(url, redirecting))
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
