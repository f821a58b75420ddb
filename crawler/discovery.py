"""What a page leads to: every address on it, what each probably is, and how soon to ask for it.

One walk over the tree, no object per link, since this runs on every page of every crawl. It
promises to find what a reader could reach with a mouse, script paging included, and what a browser
would fetch to show the page (``requisites``), to hand out only canonical http(s) addresses, each
once, and to stop at a bound however large the page is.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from itertools import chain

from lxml.etree import _Element as Element

from archive.cleaning.markup.viewers import VIEWERS, shown_files
from archive.cleaning.page import Page
from archive.model import Lead
from archive.remembered import remembered
from archive.requisites import ELEMENTS
from crawler.addresses import (
    Kind,
    address_kind,
    anchor_kind,
    is_attachment,
    is_page_number_variant,
)
from crawler.canonical import resolve
from crawler.references import (
    HELD_SIGN,
    MAX_REFERENCE,
    TAGS,
    Found,
    clicked,
    held,
    references,
)
from crawler.requisites import add_page_requisites, style_requisites
from crawler.script_links import (
    CDATA,
    MAX_ANCHOR,
    MAX_SCRIPT,
    Written,
    held_links,
    record_links,
    script_links,
)
from crawler.traps import is_dated

EDITION = 9
"""To be raised with every change by which a page leads to more than before: pages that have not
changed are then read again."""

MAX_LEADS = 5_000
"""Addresses taken from one page; a page with more is a maze, not a list."""

REMEMBERED_FOLDERS = 256
REMEMBERED_LINKS = 512
"""Links remembered of the pages of one folder."""

LONG_ANCHOR = 9
"""Characters: links of institutes' lists carry a headline, their navigation a word or two."""

SHORT_ANCHOR = 8

_RECORDS_BEGIN = 2_000
"""Characters within which a list that was sent as records has its first one."""

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

_REFERRING = frozenset(TAGS)
_WALKED = tuple({*TAGS, *ELEMENTS, *VIEWERS})
"""All that one walk over a page must meet."""

_OF_THIS_PAGE = "?#; \t\r\n"


class _Links:
    """The addresses of one page as they come together, each once, with its best kind."""

    def __init__(self, url: str) -> None:
        self.leads: dict[str, Lead] = {}
        self.is_full = False
        self.calls_scripts = False
        self.url = url

    def add(self, lead: Lead) -> None:
        """One more link."""
        known = self.leads.get(lead.url)
        if known is None:
            if lead.url == self.url:
                return
            if len(self.leads) >= MAX_LEADS:
                self.is_full = True
                return
            self.leads[lead.url] = lead
        elif lead.priority > known.priority:
            self.leads[lead.url] = lead if lead.anchor else replace(lead, anchor=known.anchor)


@remembered(REMEMBERED_FOLDERS)
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
    links = _Links(url)
    walked = _walk(links, page, base, is_home=is_home)
    if is_home and not any(element.get("href") for element in page.tree.iter("a", "area")):
        _send_on(links)
    if walked is not None:
        for found in _out_of_the_tree(page, walked, calls_scripts=links.calls_scripts):
            _follow(links, found, base, encoding, is_home=is_home)
    for reference in shown_files(page.tree, page.html, walked):
        with suppress(ValueError):
            links.add(lead_to(resolve(base, reference, encoding), "asset"))
    add_page_requisites(links.leads, page, base, url, PRIORITIES["asset"], walked)
    return list(links.leads.values())


def _walk(links: _Links, page: Page, base: str, *, is_home: bool) -> list[Element] | None:
    """Put what the page's elements refer to into ``links``; returns those that were met and are no
    plain links, in their order, or None where the walk ended at the bound."""
    url, encoding = links.url, page.decoding.encoding
    remembered = _remembered(base.partition("?")[0].rpartition("/")[0], encoding, is_home)
    recall, held = remembered.get, links.leads
    rest: list[Element] = []
    for element in page.tree.iter(*_WALKED):
        # Nine links in ten have stood on the pages before: they are recognised before anything
        # else is asked about them.
        known = recall((element.get("href"), element.text))
        if known is not None and not len(element):
            before = held.get(known.url)
            if before is None or before.priority < known.priority:
                links.add(known)
            continue
        if element.tag != "a":
            rest.append(element)
            if element.tag not in _REFERRING:
                continue
        elif "avascript:" in (element.get("href") or ""):
            links.calls_scripts = True
        plain = _plain_link(element)
        for found in references(element, url):
            lead = _follow(links, found, base, encoding, is_home=is_home)
            if lead is not None and plain is not None and len(remembered) < REMEMBERED_LINKS:
                remembered[plain] = lead
        if links.is_full:
            return None
    return rest


def _follow(links: _Links, found: Found, base: str, encoding: str, *, is_home: bool) -> Lead | None:
    try:
        target = resolve(base, found.reference, encoding)
    except ValueError:
        return None
    kind = classify(target, found, links.url, is_home=is_home)
    lead = lead_to(target, kind, anchor=found.anchor or None)
    links.add(lead)
    return lead


def _out_of_the_tree(page: Page, walked: list[Element], *, calls_scripts: bool) -> Iterable[Found]:
    """What a click opens and what CDATA sections hold: no element says it by itself."""
    html = page.html
    if calls_scripts or "onclick" in html or "onClick" in html or "ONCLICK" in html:
        scripts = [(element.text or "")[:MAX_SCRIPT] for element in walked if _is_script(element)]
        yield from clicked(page.tree, scripts, page.decoding.encoding)
    if HELD_SIGN in html:
        yield from held(page.tree)
    if CDATA in html[:_RECORDS_BEGIN]:
        for reference, anchor in held_links(html):
            yield Found(reference, "link", anchor)


def _is_script(element: Element) -> bool:
    return element.tag == "script"


def _send_on(links: _Links) -> None:
    """A home page without a link is no home page yet: what it sends its readers on to is."""
    for url, lead in links.leads.items():
        if lead.kind != "asset":
            links.leads[url] = replace(lead, kind="home", priority=PRIORITIES["home"])


def discover_in_script(body: bytes, url: str, via: str | None) -> list[Lead]:
    """What a script file writes into the pages that load it, of which ``via`` is one: its relative
    links are that page's. The same of JSON that a page names, where it has addresses or markup."""
    code = body[:MAX_SCRIPT].decode("utf-8", "replace")
    written = script_links(code)
    if code.lstrip()[:1] in {"{", "["}:
        written = chain(written, record_links(code))
    return _leads(written, via or url, url)


def discover_in_records(body: bytes, url: str) -> list[Lead]:
    """The links in an XML file's CDATA sections: a list that a script asks for piece by piece
    (大汉 JCMS: ``dataproxy.jsp``)."""
    return _leads(held_links(body.decode("utf-8", "replace")), url, url)


def _leads(written: Iterable[Written], base: str, url: str) -> list[Lead]:
    links = _Links(url)
    for reference, anchor in written:
        _follow(links, Found(reference, "link", anchor), base, "utf-8", is_home=False)
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


def classify(target: str, found: Found, url: str, *, is_home: bool) -> Kind:
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
