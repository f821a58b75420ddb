"""Ways on that a crawl sees and cannot take: lists whose pages a form sends by POST, and pages that
a script makes in the browser.

The answer to such a form has no address of its own, so nothing can be kept under one; what a script
would show is asked for by the script alone. It promises to name the page on which that is so, for
the run's report: a list of which only the first page is in the archive would otherwise look like a
short list, and a site of scripts like an empty one.
"""

from __future__ import annotations

import re

from lxml.etree import XPath
from lxml.etree import _Element as Element

from archive.cleaning.page import Page
from crawler.addresses import anchor_kind

MAX_LINKS = 200
"""Of one page that are looked at."""

MAX_SHELL = 100_000
"""Characters of a page that holds nothing; styles and data for its script may stand in it."""

MAX_SHELL_WORDS = 40
"""Characters that such a page may show: "Loading", the name of the site."""

_MAY_LEAD_ON = re.compile(r"<(?:a|area|frame|iframe)\s", re.IGNORECASE)
_PLACES = XPath(
    "//body//*[not(node()) or not(normalize-space())]"
    "[contains(name(), '-') or (@id and (self::div or self::main or self::section))]"
)

# ASP.NET: the form that holds the page is sent, with the number of the page wanted.
_POSTED = "__doPostBack("
_LINKS = XPath(f'//a[contains(@href, "{_POSTED}")]')
_SENT = re.compile(r"\.submit\s{0,3}\(")
_POST_FORM = re.compile(r"<form\s[^<>]{0,500}?method\s{0,3}=\s{0,3}[\"']?post\b", re.IGNORECASE)
_CALLING = XPath('//a[@onclick or contains(@href, "avascript:")]')
_CALLED = re.compile(r"([A-Za-z_$][\w$]{0,60})\s{0,3}\(")
MAX_FUNCTION = 400
"""Characters of a function within which it sends a form, if it does."""


def turns_by_post(page: Page) -> bool:
    """Does only a form lead to the further pages of the list on ``page``?"""
    html = page.html
    if _POSTED in html and any(_is_pager(link) for link in _elements(_LINKS, page)):
        return True
    if _SENT.search(html) is None or _POST_FORM.search(html) is None:
        return False
    return any(_is_pager(link) and _sends(link, html) for link in _elements(_CALLING, page))


def _elements(path: XPath, page: Page) -> list[Element]:
    found = path(page.tree)
    links = found[:MAX_LINKS] if isinstance(found, list) else []
    return [link for link in links if isinstance(link, Element)]


def _sends(link: Element, html: str) -> bool:
    """Whether the code of a link sends a form, or a function that it calls does."""
    code = f"{link.get('href') or ''};{link.get('onclick') or ''}"[:MAX_FUNCTION]
    if _SENT.search(code):
        return True
    for name in set(_CALLED.findall(code)):
        begin = html.find(f"function {name}")
        if begin >= 0 and _SENT.search(html, begin, begin + MAX_FUNCTION):
            return True
    return False


def is_made_by_script(page: Page) -> bool:
    """Does ``page`` have nothing to read and nowhere to go but a place for what its script makes?
    (Vue, React and Angular begin so; ``<noscript>`` tells readers the same.)"""
    html = page.html
    if len(html) > MAX_SHELL or "<script" not in html or _MAY_LEAD_ON.search(html):
        return False
    places = _PLACES(page.tree)
    shown = sum(b.size for b in page.flow.blocks if not b.control and not b.hidden)
    return bool(places) and shown <= MAX_SHELL_WORDS


def _is_pager(link: Element) -> bool:
    words = "".join(map(str, link.itertext())).strip()
    return words.isdecimal() or anchor_kind(words) == "list"
