"""What a page needs to look as it did: style sheets, scripts, backgrounds, and what those name.

A capture without them cannot be shown as readers saw it. It promises to read attributes and
``url(...)`` references only (nothing is run), and to stop at a bound however many there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml.etree import _Element as Element

from archive.cleaning.page import Page
from archive.model import Lead
from crawler.canonical import resolve

MAX_REQUISITES = 200
"""Of one page or one style sheet."""

MAX_STYLES = 2_000_000
"""Characters of a page or a style sheet that are searched for references."""

_RELATIONS = frozenset({"stylesheet", "icon", "apple-touch-icon", "manifest"})
_SOURCES = ("script", "input", "source", "video", "audio", "track")
# CSS Values 3, section 3.4 (url), and CSS Cascade 3, section 2 (@import with a bare string).
_STYLE_REFERENCE = re.compile(
    r"""url\(\s*(?:"([^"\n]{1,2000})"|'([^'\n]{1,2000})'|([^\s"'()<>]{1,2000}))\s*\)"""
    r"""|@import\s+(?:"([^"\n]{1,2000})"|'([^'\n]{1,2000})')""",
    re.IGNORECASE,
)
_NOT_ADDRESSES = ("#", "data:", "javascript:", "about:", "blob:")


def page_requisites(page: Page, base: str) -> Iterator[str]:
    """Canonical addresses of what ``page`` shows besides the pictures in its text, relative ones
    resolved against ``base``; at most MAX_REQUISITES, repeated ones again."""
    found = islice(_references(page), MAX_REQUISITES)
    return _resolved(found, base, page.decoding.encoding)


def style_requisites(sheet: str, url: str) -> Iterator[str]:
    """Canonical addresses of what a style sheet fetched from ``url`` shows or imports."""
    return _resolved(islice(_in_styles(sheet), MAX_REQUISITES), url, "utf-8")


def with_requisites(leads: list[Lead], addresses: Iterator[str], via: str, priority: int) -> None:
    """Append a lead for each of ``addresses`` that is not among ``leads`` yet."""
    known = {via, *(lead.url for lead in leads)}
    for address in addresses:
        if address not in known:
            known.add(address)
            leads.append(Lead(address, "asset", priority, via, None))


def _references(page: Page) -> Iterator[str]:
    for element in page.tree.iter("link", *_SOURCES):
        reference = _reference(element)
        if reference:
            yield reference
    if "srcset" in page.html:
        for candidates in _attribute(page, "srcset"):
            # HTML, section 4.8.4.2.1: candidates by comma, an address first, then its descriptor.
            yield from (words[0] for one in candidates.split(",") if (words := one.split()))
    if "ackground=" in page.html or "ACKGROUND=" in page.html:
        yield from _attribute(page, "background")
    if "url(" in page.html or "@import" in page.html:
        yield from _in_styles(page.html)


def _attribute(page: Page, name: str) -> Iterator[str]:
    for element in page.tree.iter("*"):
        value = element.get(name)
        if value:
            yield value


def _reference(element: Element) -> str | None:
    if element.tag != "link":
        return element.get("src")
    relations = (element.get("rel") or "").lower().split()
    return element.get("href") if not _RELATIONS.isdisjoint(relations) else None


def _in_styles(text: str) -> Iterator[str]:
    for match in _STYLE_REFERENCE.finditer(text, 0, MAX_STYLES):
        yield next(group for group in match.groups() if group)


def _resolved(references: Iterator[str], base: str, encoding: str) -> Iterator[str]:
    for reference in references:
        if reference.lstrip()[:11].lower().startswith(_NOT_ADDRESSES):
            continue
        try:
            yield resolve(base, reference, encoding)
        except ValueError:
            continue
