"""What one element of a page refers to, as it says it: links, frames, images, script paging, feeds.

Institutes' pages write their links in every way there is. It promises to find what a reader could
reach with a mouse, and to look at a bounded part of each attribute, however long it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote

from lxml.etree import XPath
from lxml.etree import _Element as Element

from archive.cleaning.markup.dom import PICTURES
from archive.requisites import PICTURE_ATTRIBUTES
from crawler.addresses import address_kind, anchor_kind, is_attachment
from crawler.paging import script_pages
from crawler.script_calls import MAX_CALLS, MAX_CODE, Functions
from crawler.script_links import (
    MAX_ANCHOR,
    MAX_SCRIPT,
    NEVER,
    navigations,
    record_links,
    script_links,
    written_links,
)

MAX_REFERENCE = 4_000
"""Characters of an attribute that are looked at."""

MAX_REFRESH_SECONDS = 30

TAGS = (
    "a",
    "area",
    *PICTURES,
    "frame",
    "iframe",
    "embed",
    "object",
    "meta",
    "script",
    "link",
    "noframes",
    "select",
)
"""Elements that may refer to something."""

RECORDS = "application/json"
"""The type of a script that is data for another one, not code."""

FEEDS = frozenset({"application/rss+xml", "application/atom+xml", "application/rdf+xml"})

Source = Literal["link", "frame", "image", "script", "refresh", "feed"]

_REFRESH = re.compile(
    r"\s*([0-9]{1,6})(?:\.[0-9]*)?\s*[;,]?\s*(?:url\s*=)?\s*['\"]?([^'\"]*)", re.I
)
_JUMPS = re.compile(r"location|open|jump|href", re.IGNORECASE)
_CLICKABLE = XPath('//*[@onclick or contains(@href, "avascript:")]')
_OTHER_HREFS = ("data-href", "data-url", "data-link")
_NEXT_PIECES = ("data-next", "data-next-url", "data-next-page", "data-more-url", "data-load-url")
"""Where scripts leave the address of a list's next piece, for a button that loads it."""
HELD_SIGN = "data-"
_HELD_BY = XPath(
    f"//*[not(self::a) and ({' or '.join(f'@{name}' for name in (*_OTHER_HREFS, *_NEXT_PIECES))})]"
)


@dataclass(frozen=True, slots=True)
class Found:
    """``reference`` as it is written, where it stands (``source``), and its words (``anchor``)."""

    reference: str
    source: Source
    anchor: str = ""


def references(element: Element, url: str) -> Iterator[Found]:
    """What ``element`` of the page at ``url`` refers to."""
    tag = element.tag
    if tag == "a" or tag == "area":
        yield from _links(element)
    elif tag in PICTURES:
        yield from _images(element)
    elif tag == "script":
        yield from _in_script(element, url)
    elif tag == "noframes":
        # Links for browsers without frames, which parsers take for words (HTML Living Standard,
        # 13.2.6.4.7).
        for reference, anchor in written_links((element.text or "")[:MAX_SCRIPT]):
            yield Found(reference, "link", anchor)
    elif tag == "select":
        yield from _choices(element)
    else:
        yield from _others(element)


def _in_script(element: Element, url: str) -> Iterator[Found]:
    text = element.text
    if not text:
        return
    for name in script_pages(text[:MAX_SCRIPT], url):
        yield Found(name, "script")
    for reference, anchor in script_links(text):
        yield Found(reference, "link", anchor)
    if (element.get("type") or "").strip().lower() == RECORDS:
        for reference, anchor in record_links(text):
            yield Found(reference, "link", anchor)


def clicked(tree: Element, scripts: Sequence[str], encoding: str) -> Iterator[Found]:
    """What a click opens that is no plain link: handlers of other elements, and functions of the
    page's ``scripts`` that a link calls."""
    functions = Functions(scripts, encoding)
    elements = _CLICKABLE(tree)
    for element in elements[:MAX_CALLS] if isinstance(elements, list) else ():
        if not isinstance(element, Element):
            continue
        handler = (element.get("onclick") or "")[:MAX_CODE]
        if element.tag not in ("a", "area"):
            for reference in navigations(handler):
                yield Found(reference, "link", _anchor(element))
        code = f"{(element.get('href') or '')[:MAX_CODE]};{handler}"
        for reference in functions.pages(code, element):
            yield Found(reference, "link", _anchor(element))


def held(tree: Element) -> Iterator[Found]:
    """Pages whose addresses elements that are no links hold for a script: the next piece of a list
    behind a button, a row that opens its article. Other buttons (praise, share, delete) hold
    addresses, too: what tells neither by its words nor by its address that a page is there is left
    alone."""
    elements = _HELD_BY(tree)
    for element in elements[:MAX_CALLS] if isinstance(elements, list) else ():
        if not isinstance(element, Element):
            continue
        anchor = _anchor(element)
        for name in (*_OTHER_HREFS, *_NEXT_PIECES):
            reference = (element.get(name) or "")[:MAX_REFERENCE].strip()
            if _is_address(reference) and (name in _NEXT_PIECES or _is_way(reference, anchor)):
                yield Found(reference, "link", anchor)


def _is_way(reference: str, anchor: str) -> bool:
    if anchor_kind(anchor) == "list":
        return True
    return not is_attachment(reference) and address_kind(reference) == "article"


def _links(element: Element) -> Iterator[Found]:
    reference = (element.get("href") or "")[:MAX_REFERENCE].strip()
    if reference and not reference.lower().startswith(NEVER):
        yield Found(reference, "link", _anchor(element))
        return
    handlers = f"{unquote(reference)} {(element.get('onclick') or '')[:MAX_REFERENCE]}"
    for name in _OTHER_HREFS:
        other = (element.get(name) or "")[:MAX_REFERENCE].strip()
        if _is_address(other):
            yield Found(other, "link", _anchor(element))
    for reference in navigations(handlers):
        yield Found(reference, "link", _anchor(element))


def _choices(element: Element) -> Iterator[Found]:
    """Pages that are chosen from a list: a pager, or links to others."""
    if not _JUMPS.search((element.get("onchange") or "")[:MAX_REFERENCE]):
        return
    for option in element.iter("option"):
        reference = (option.get("value") or "")[:MAX_REFERENCE].strip()
        if _is_address(reference):
            yield Found(reference, "link", _anchor(option))


def _is_address(value: str) -> bool:
    if not value or " " in value or value.lower().startswith(NEVER):
        return False
    return value[0] in "/?" or "/" in value or "." in value


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


def _images(element: Element) -> Iterator[Found]:
    for name in PICTURE_ATTRIBUTES:
        reference = (element.get(name) or "")[:MAX_REFERENCE].strip()
        if reference and not reference.lower().startswith(NEVER):
            yield Found(reference, "image", (element.get("alt") or "")[:MAX_ANCHOR])


def _others(element: Element) -> Iterator[Found]:
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
    if reference and not reference.strip().lower().startswith(NEVER):
        yield Found(reference[:MAX_REFERENCE], "refresh" if tag == "meta" else "frame")


def _relations(element: Element) -> Iterator[Found]:
    reference = (element.get("href") or "")[:MAX_REFERENCE]
    relations = set((element.get("rel") or "").lower().split())
    if not reference:
        return
    if "sitemap" in relations or (
        "alternate" in relations and (element.get("type") or "").strip().lower() in FEEDS
    ):
        yield Found(reference, "feed")
    elif {"next", "prev"} & relations:
        yield Found(reference, "frame")


def refresh_target(value: str) -> str | None:
    """Where a ``Refresh`` header or meta element leads to soon; None when it only reloads."""
    match = _REFRESH.match(value[:MAX_REFERENCE])
    if not match or int(match[1]) > MAX_REFRESH_SECONDS:
        return None
    return match[2].strip() or None
