"""What a page leads to: every address on it, what each probably is, and how soon to ask for it.

One walk over the tree, no object per link, since this runs on every page of every crawl. It
promises to find what a reader could reach with a mouse, script paging included, and what a browser
would fetch to show the page (``requisites``), to hand out only canonical http(s) addresses, each
once, and to stop at a bound however large the page is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from lxml.etree import _Element as Element

from archive.cleaning.page import Page
from archive.model import Lead
from crawler.addresses import (
    Kind,
    address_kind,
    anchor_kind,
    is_attachment,
    is_page_number_variant,
)
from crawler.canonical import resolve
from crawler.paging import script_pages
from crawler.requisites import add_page_requisites, style_requisites
from crawler.traps import is_dated

EDITION = 2
"""To be raised with every change by which a page leads to more than before: pages that have not
changed are then read again."""

MAX_LEADS = 5_000
"""Addresses taken from one page; a page with more is a maze, not a list."""

MAX_REFERENCE = 4_000
"""Characters of an attribute that are looked at."""

REMEMBERED_FOLDERS = 256
REMEMBERED_LINKS = 512
"""Links remembered of the pages of one folder."""

MAX_ANCHOR = 120
MAX_SCRIPT = 200_000
LONG_ANCHOR = 9
"""Characters: links of institutes' lists carry a headline, their navigation a word or two."""

SHORT_ANCHOR = 8
MAX_REFRESH_SECONDS = 30

PRIORITIES: dict[Kind, int] = {
    "robots": 110,
    "start": 100,
    "home": 95,
    "sitemap": 90,
    "branch": 80,
    "list": 70,
    "article": 60,
    "page": 40,
    "asset": 10,
}
"""What goes first when not all can be asked: the ways to articles, articles, the rest."""

FEEDS = frozenset({"application/rss+xml", "application/atom+xml", "application/rdf+xml"})

Source = Literal["link", "frame", "image", "script", "refresh", "feed"]

_TAGS = ("a", "area", "img", "frame", "iframe", "embed", "object", "meta", "script", "link")
_IMAGE_ATTRIBUTES = ("src", "data-src", "data-original", "original", "orisrc", "vurl")
_SCRIPTED = re.compile(
    r"(?:\bopen\s*\(|\bhref\s*=|\blocation(?:\.replace\s*\(|\.assign\s*\(|\s*=))"
    r"\s*(?:'([^'<>\s]{1,500})'|\"([^\"<>\s]{1,500})\")"
)
_REFRESH = re.compile(
    r"\s*([0-9]{1,6})(?:\.[0-9]*)?\s*[;,]?\s*(?:url\s*=)?\s*['\"]?([^'\"]*)", re.I
)
_OF_THIS_PAGE = "?#; \t\r\n"
_NEVER = ("#", "javascript:", "mailto:", "tel:", "data:", "about:", "vbscript:")


@dataclass(frozen=True, slots=True)
class _Found:
    reference: str
    source: Source
    anchor: str = ""


class _Links:
    """The addresses of one page as they come together, each once, with its best kind."""

    def __init__(self, url: str) -> None:
        self.leads: dict[str, Lead] = {}
        self.is_full = False
        self._url = url

    def add(self, lead: Lead) -> None:
        """One more link."""
        known = self.leads.get(lead.url)
        if known is None:
            if lead.url == self._url:
                return
            if len(self.leads) >= MAX_LEADS:
                self.is_full = True
                return
            self.leads[lead.url] = lead
        elif lead.priority > known.priority:
            self.leads[lead.url] = lead if lead.anchor else replace(lead, anchor=known.anchor)


@lru_cache(maxsize=REMEMBERED_FOLDERS)
def _remembered(
    folder: str, encoding: str, is_home: bool
) -> dict[tuple[str | None, str | None], Lead]:
    """What plain links on the pages of one folder led to, by reference and words: a site's
    navigation stands on each of its pages, word for word."""
    return {}


def discover(page: Page, url: str, *, is_home: bool = False) -> list[Lead]:
    """The addresses on ``page``, which was fetched from ``url``, in the order they stand there.
    Their ``via`` is left out: it is the same for all, and most of them are known already.

    ``is_home`` says that short links to folders are the site's branches. Nothing is checked
    against the scope here: that is the guard's.
    """
    base = _base(page, url)
    encoding = page.decoding.encoding
    remembered = _remembered(base.partition("?")[0].rpartition("/")[0], encoding, is_home)
    links = _Links(url)
    recall, held = remembered.get, links.leads
    for element in page.tree.iter(*_TAGS):
        # Nine links in ten have stood on the pages before: they are recognised before anything
        # else is asked about them.
        known = recall((element.get("href"), element.text))
        if known is not None and not len(element):
            before = held.get(known.url)
            if before is None or before.priority < known.priority:
                links.add(known)
            continue
        plain = _plain_link(element)
        for found in _found(element, url):
            try:
                target = resolve(base, found.reference, encoding)
            except ValueError:
                continue
            kind = classify(target, found, url, is_home=is_home)
            lead = lead_to(target, kind, anchor=found.anchor or None)
            links.add(lead)
            if plain is not None and len(remembered) < REMEMBERED_LINKS:
                remembered[plain] = lead
        if links.is_full:
            break
    add_page_requisites(links.leads, page, base, url, PRIORITIES["asset"])
    return list(links.leads.values())


def discover_in_style(body: bytes, url: str) -> list[Lead]:
    """What a style sheet shows or imports."""
    return style_requisites(body, url, PRIORITIES["asset"])


def _plain_link(element: Element) -> tuple[str, str] | None:
    """Reference and words of a link that means the same on every page of a folder; None for all
    others (a bare number is a place in this very list, ``?page=2`` belongs to this very page)."""
    if element.tag != "a" or len(element):
        return None
    reference, text = element.get("href"), element.text
    if not reference or not text or len(text) > MAX_ANCHOR or len(reference) > MAX_REFERENCE:
        return None
    if reference[0] in _OF_THIS_PAGE or text.strip().isdigit():
        return None
    return str(reference), str(text)


def lead_to(url: str, kind: Kind, *, via: str | None = None, anchor: str | None = None) -> Lead:
    """A lead with its kind's priority."""
    return Lead(url, kind, PRIORITIES[kind], via, anchor)


def refresh_target(value: str) -> str | None:
    """Where a ``Refresh`` header or meta element leads to soon; None when it only reloads."""
    match = _REFRESH.match(value[:MAX_REFERENCE])
    if not match or int(match[1]) > MAX_REFRESH_SECONDS:
        return None
    return match[2].strip() or None


def classify(target: str, found: _Found, url: str, *, is_home: bool) -> Kind:
    """What ``target`` probably is, by where the link stands, its words and its address."""
    if found.source == "feed":
        return "sitemap"
    if found.source == "image" or is_attachment(target):
        return "asset"
    anchor = found.anchor
    by_address = address_kind(target)
    if found.source == "script":
        return "article" if by_address == "article" else "list"
    if by_address == "article":
        return "article"
    if clue := anchor_kind(anchor):
        return clue
    if anchor.isdigit() and is_page_number_variant(target, url):
        return "list"
    if is_home and by_address == "list" and 1 < len(anchor) <= SHORT_ANCHOR:
        return "branch"
    is_headline = found.source == "link" and len(anchor) >= LONG_ANCHOR
    return (
        "article" if by_address == "page" and is_headline and not is_dated(target) else by_address
    )


def _base(page: Page, url: str) -> str:
    """The page's own base for relative links; a base that is no http address is ignored."""
    for element in page.tree.iter("base"):
        reference = element.get("href")
        if reference:
            try:
                return resolve(url, reference[:MAX_REFERENCE])
            except ValueError:
                break
    return url


def _found(element: Element, url: str) -> Iterator[_Found]:
    tag = element.tag
    if tag == "a" or tag == "area":
        yield from _links(element)
    elif tag == "img":
        yield from _images(element)
    elif tag == "script":
        text = element.text
        if text:
            for name in script_pages(text[:MAX_SCRIPT], url):
                yield _Found(name, "script")
    else:
        yield from _others(element)


def _links(element: Element) -> Iterator[_Found]:
    reference = (element.get("href") or "")[:MAX_REFERENCE].strip()
    if reference and not reference.lower().startswith(_NEVER):
        yield _Found(reference, "link", _anchor(element))
        return
    scripted = reference + " " + (element.get("onclick") or "")[:MAX_REFERENCE]
    if "'" in scripted or '"' in scripted:
        for match in _SCRIPTED.finditer(scripted):
            yield _Found(match[1] or match[2], "link", _anchor(element))


def _anchor(element: Element) -> str:
    parts: list[str] = []
    size = 0
    for text in element.itertext():
        parts.append(str(text[:MAX_ANCHOR]))
        size += len(text)
        if size > MAX_ANCHOR:
            break
    words = " ".join("".join(parts).split())
    return (words or " ".join((element.get("title") or "")[:MAX_ANCHOR].split()))[:MAX_ANCHOR]


def _images(element: Element) -> Iterator[_Found]:
    for name in _IMAGE_ATTRIBUTES:
        reference = (element.get(name) or "")[:MAX_REFERENCE].strip()
        if reference and not reference.lower().startswith(_NEVER):
            yield _Found(reference, "image", (element.get("alt") or "")[:MAX_ANCHOR])


def _others(element: Element) -> Iterator[_Found]:
    tag = element.tag
    if tag in ("frame", "iframe", "embed"):
        reference = element.get("src")
    elif tag == "object":
        reference = element.get("data")
    elif tag == "meta":
        is_refresh = (element.get("http-equiv") or "").strip().lower() == "refresh"
        reference = refresh_target(element.get("content") or "") if is_refresh else None
    else:
        yield from _relations(element)
        return
    if reference and not reference.strip().lower().startswith(_NEVER):
        yield _Found(reference[:MAX_REFERENCE], "refresh" if tag == "meta" else "frame")


def _relations(element: Element) -> Iterator[_Found]:
    reference = (element.get("href") or "")[:MAX_REFERENCE]
    relations = set((element.get("rel") or "").lower().split())
    if not reference:
        return
    if "sitemap" in relations or (
        "alternate" in relations and (element.get("type") or "").strip().lower() in FEEDS
    ):
        yield _Found(reference, "feed")
    elif {"next", "prev"} & relations:
        yield _Found(reference, "frame")
