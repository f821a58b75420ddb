"""What one element of a page refers to, as it says it: links, frames, images, script paging, feeds.

Institutes' pages write their links in every way there is. It promises to find what a reader could
reach with a mouse, and to look at a bounded part of each attribute, however long it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Literal

from lxml.etree import _Element as Element

from crawler.paging import script_pages

MAX_REFERENCE = 4_000
"""Characters of an attribute that are looked at."""

MAX_ANCHOR = 120
MAX_SCRIPT = 200_000
MAX_REFRESH_SECONDS = 30

TAGS = (
    "a",
    "area",
    "img",
    "frame",
    "iframe",
    "embed",
    "object",
    "meta",
    "script",
    "link",
    "noframes",
)
"""Elements that may refer to something."""

FEEDS = frozenset({"application/rss+xml", "application/atom+xml", "application/rdf+xml"})

Source = Literal["link", "frame", "image", "script", "refresh", "feed"]

_IMAGE_ATTRIBUTES = ("src", "data-src", "data-original", "original", "orisrc", "vurl")
_SCRIPTED = re.compile(
    r"(?:\bopen\s*\(|\bhref\s*=|\blocation(?:\.replace\s*\(|\.assign\s*\(|\s*=))"
    r"\s*(?:'([^'<>\s]{1,500})'|\"([^\"<>\s]{1,500})\")"
)
_REFRESH = re.compile(
    r"\s*([0-9]{1,6})(?:\.[0-9]*)?\s*[;,]?\s*(?:url\s*=)?\s*['\"]?([^'\"]*)", re.I
)
_WRITTEN_LINK = re.compile(
    r"<a\s[^<>]{0,300}?href\s*=\s*[\"']?\s*([^\"'<>\s]{1,500})[^<>]{0,300}>(.{0,300}?)</a\s*>",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(r"<[^<>]*>")
_NEVER = ("#", "javascript:", "mailto:", "tel:", "data:", "about:", "vbscript:")


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
    elif tag == "img":
        yield from _images(element)
    elif tag == "script":
        text = element.text
        if text:
            for name in script_pages(text[:MAX_SCRIPT], url):
                yield Found(name, "script")
    elif tag == "noframes":
        yield from _in_noframes((element.text or "")[:MAX_SCRIPT])
    else:
        yield from _others(element)


def _in_noframes(markup: str) -> Iterator[Found]:
    """Links for browsers without frames, which parsers take for words (HTML Living Standard,
    13.2.6.4.7)."""
    for match in _WRITTEN_LINK.finditer(markup):
        reference = unescape(match[1])
        if not reference.lower().startswith(_NEVER):
            yield Found(reference, "link", " ".join(_TAG.sub("", match[2]).split())[:MAX_ANCHOR])


def _links(element: Element) -> Iterator[Found]:
    reference = (element.get("href") or "")[:MAX_REFERENCE].strip()
    if reference and not reference.lower().startswith(_NEVER):
        yield Found(reference, "link", _anchor(element))
        return
    scripted = reference + " " + (element.get("onclick") or "")[:MAX_REFERENCE]
    if "'" in scripted or '"' in scripted:
        for match in _SCRIPTED.finditer(scripted):
            yield Found(match[1] or match[2], "link", _anchor(element))


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
    for name in _IMAGE_ATTRIBUTES:
        reference = (element.get(name) or "")[:MAX_REFERENCE].strip()
        if reference and not reference.lower().startswith(_NEVER):
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
    if reference and not reference.strip().lower().startswith(_NEVER):
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
