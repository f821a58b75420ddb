"""What a page needs to look as it did: style sheets, scripts, backgrounds, and what those name.

The crawl asks for them, and a package for replay takes them along. It promises to read attributes
and ``url(...)`` references only (nothing is run), and to stop at a bound however many there are.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterator, Sequence
from itertools import islice

from lxml.etree import _Element as Element

from archive.cleaning.markup.dom import PICTURES
from archive.cleaning.page import Page

MAX_REQUISITES = 200
"""Of one page or one style sheet."""

MAX_STYLES = 2_000_000
"""Characters of a page or a style sheet that are searched for references."""

_RELATIONS = frozenset({"stylesheet", "icon", "apple-touch-icon", "manifest"})
_SOURCES = frozenset({"script", "input", "source", "video", "audio", "track"})
_CANDIDATES = PICTURES | {"source"}
ELEMENTS = ("link", *sorted(PICTURES), *sorted(_SOURCES))
"""Elements that may show something by an attribute of their own."""
PICTURE_ATTRIBUTES = ("src", "data-src", "data-original", "original", "orisrc", "vurl")
"""Where a picture's address stands: all but the first are for a script that loads it late."""
# CSS Values 3, section 3.4 (url), and CSS Cascade 3, section 2 (@import with a bare string).
_STYLE_REFERENCE = re.compile(
    r"""url\(\s*(?:"([^"\n]{1,2000})"|'([^'\n]{1,2000})'|([^\s"'()<>]{1,2000}))\s*\)"""
    r"""|@import\s+(?:"([^"\n]{1,2000})"|'([^'\n]{1,2000})')""",
    re.IGNORECASE,
)
_STYLE_SIGNS = ("rl(", "RL(", "Rl(", "rL(", "@i", "@I")
"""One of them stands in each reference; the first four behind another letter."""
_NOT_ADDRESSES = ("#", "data:", "javascript:", "about:", "blob:")


def in_page(page: Page, walked: Sequence[Element] | None = None) -> Iterator[str]:
    """What ``page`` shows besides the pictures in its text, as references stand on it; at most
    MAX_REQUISITES, repeated ones again. ``walked`` are its ELEMENTS, perhaps among others, in their
    order, from a caller who has come by them already."""
    elements = list(page.tree.iter(*ELEMENTS)) if walked is None else walked
    return _addresses(_references(page, elements))


def pictures_in(page: Page) -> Iterator[str]:
    """The pictures of ``page``, those that a script loads late too, as references stand on it."""
    for element in page.tree.iter(*PICTURES):
        for name in PICTURE_ATTRIBUTES:
            reference = (element.get(name) or "").strip()
            if reference and not reference[:11].lower().startswith(_NOT_ADDRESSES):
                yield reference


def in_style(sheet: str) -> Iterator[str]:
    """What a style sheet shows or imports, as its references stand in it."""
    return _addresses(_in_styles(sheet))


def _addresses(references: Iterator[str]) -> Iterator[str]:
    found = (one for one in references if not one.lstrip()[:11].lower().startswith(_NOT_ADDRESSES))
    return islice(found, MAX_REQUISITES)


def _references(page: Page, elements: Sequence[Element]) -> Iterator[str]:
    for element in elements:
        reference = _reference(element)
        if reference:
            yield reference
    for element in elements:
        # HTML, section 4.8.4.2.1: candidates by comma, an address first, then its descriptor.
        if element.tag in _CANDIDATES and (candidates := element.get("srcset")):
            yield from (words[0] for one in candidates.split(",") if (words := one.split()))
    if "ackground=" in page.html or "ACKGROUND=" in page.html:
        yield from filter(None, (element.get("background") for element in page.tree.iter("*")))
    if "url(" in page.html or _imports(page):
        yield from _in_styles(page.html)


def _reference(element: Element) -> str | None:
    if element.tag != "link":
        return element.get("src") if element.tag in _SOURCES else None
    relations = (element.get("rel") or "").lower().split()
    return element.get("href") if not _RELATIONS.isdisjoint(relations) else None


def _imports(page: Page) -> bool:
    """Does a style of the page import another one?"""
    # One sign is found, or not, in a tenth of the time of a word, and few pages have this one.
    if "@" not in page.html or "@import" not in page.html:
        return False
    return any("@import" in (style.text or "") for style in page.tree.iter("style"))


def _in_styles(text: str) -> Iterator[str]:
    done = 0
    for at in heapq.merge(*(_places(text, sign) for sign in _STYLE_SIGNS)):
        if at >= done and (match := _STYLE_REFERENCE.match(text, at, MAX_STYLES)):
            done = match.end()
            yield next(group for group in match.groups() if group)


def _places(text: str, sign: str) -> Iterator[int]:
    """Where a reference by this sign may begin: a search for all of them at once, whatever their
    case, takes five times as long."""
    before = 0 if sign[0] == "@" else 1
    at = text.find(sign, before, MAX_STYLES)
    while at >= 0:
        yield at - before
        at = text.find(sign, at + 1, MAX_STYLES)
