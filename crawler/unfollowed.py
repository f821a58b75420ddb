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


def turns_by_post(page: Page) -> bool:
    """Does only a form lead to the further pages of the list on ``page``?"""
    if _POSTED not in page.html:
        return False
    found = _LINKS(page.tree)
    links = found[:MAX_LINKS] if isinstance(found, list) else []
    return any(isinstance(link, Element) and _is_pager(link) for link in links)


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
