"""Ways on that a crawl sees and cannot take: lists whose pages a form sends by POST.

The answer to such a form has no address of its own, so nothing can be kept under one. It promises
to name the page on which that is so, for the run's report: a list of which only the first page is
in the archive would otherwise look like a short list.
"""

from __future__ import annotations

from lxml.etree import XPath
from lxml.etree import _Element as Element

from archive.cleaning.page import Page
from crawler.addresses import anchor_kind

MAX_LINKS = 200
"""Of one page that are looked at."""

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


def _is_pager(link: Element) -> bool:
    words = "".join(map(str, link.itertext())).strip()
    return words.isdecimal() or anchor_kind(words) == "list"
