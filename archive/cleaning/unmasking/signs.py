"""What only a page made for search engines has: links that nobody is to see, a head in references.

It promises to judge single pages by their build, never by their words, and that one such page
proves nothing: the survey counts them over a host. What honest pages hide is no sign: buttons that
hand a page's own address to others, and whole pages that were written in references.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import unquote

from archive.addresses import host_of, registered_domain
from archive.cleaning.unmasking.marks import PageLike
from archive.remembered import remembered

HIDDEN_LINKS, ENCODED_HEAD = "hidden links", "head written in references"
SIGNS = (HIDDEN_LINKS, ENCODED_HEAD)
MIN_HIDDEN = 4
"""Domains of others that the links of a hidden block must lead to."""
SAME_WORDS = "hidden links to many strangers under few words"
MANY_HIDDEN = 8
"""Domains of others from which it tells under how many words a hidden block leads to them."""
FEW_WORDS = 2 / 3
"""Different words for each domain, at most: a house names each of those it links to."""
MAX_HIDDEN_BLOCKS, MAX_HIDDEN_LINKS = 400, 50_000
"""Hidden blocks of a page that are looked at, and links in these; one in several blocks, each
within the next, counts as often."""
ENCODED_SHARE = 0.6
"""Share of a title's characters that must be numeric references."""
MENU_LABEL = 12
"""Characters of what is to be seen beside a menu that opens, in the element that holds both."""
_CLOSED = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_UNSEEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?:left|top|text-indent)\s*:\s*-\d{3,}"
    r"|font-size\s*:\s*0|(?:height|width)\s*:\s*[01](?:px)?\s*(?:;|$)",
    re.IGNORECASE,
)
_TITLE = re.compile(r"<title[^>]*>([^<]{1,4000})</title", re.IGNORECASE)
_REFERENCE = re.compile(r"&#(?:\d{2,7}|x[0-9a-f]{2,6});", re.IGNORECASE)
_BODY = re.compile(r"<body\b", re.IGNORECASE)
_FOREIGN_LETTER = re.compile(r"[^\W\x00-\x7f]")


@dataclass(frozen=True, slots=True)
class Hidden:
    """A block that nobody is to see: the ``domains`` of others that its links lead to, and whether
    it is closed beside a short label, as a ``menu`` is that opens when somebody points at it."""

    domains: frozenset[str]
    is_menu: bool


def hidden_links(page: PageLike) -> list[Hidden]:
    """The hidden blocks of a page that lead to others."""
    blocks = ((block, strangers(block, page.url)) for block in _affordable_blocks(page.tree))
    return [
        Hidden(frozenset(domain for domain, _ in found), is_menu(block))
        for block, found in blocks
        if found
    ]


def title_words(page: PageLike) -> str:
    """The words of the title, however it is written."""
    return "".join(title_line(page).split())


def title_line(page: PageLike) -> str:
    """The title as one line, however it is written."""
    return " ".join(unescape(_title(page.html)).split())


def signs_of(page: PageLike, least: int = MIN_HIDDEN) -> set[str]:
    """The signs that one page bears; hidden links count from ``least`` domains of others."""
    found = set()
    if any(_leads_away(block, page.url, least) for block in outermost_blocks(page.tree)):
        found.add(HIDDEN_LINKS)
    if _is_encoded(page.html):
        found.add(ENCODED_HEAD)
    return found


def leads_away(page: PageLike, title: str) -> bool:
    """Whether a link of a page to others bears the words ``title`` (without white space)."""
    return any(words == title for _, words in strangers(page.tree, page.url))


def repeats_words(page: PageLike) -> bool:
    """Whether hidden links of a page lead to many domains of others and fewer words tell which:
    keywords, each for several of them, where names would be others each time."""
    return any(_repeats_words(block, page.url) for block in _affordable_blocks(page.tree))


def is_unseen(node: Any) -> bool:
    """Whether the style of an element, or of one that it lies in, hides it."""
    styles = (one.get("style") for one in (node, *node.iterancestors()))
    return any(style and _is_unseen(style) for style in styles)


def hidden_blocks(tree: Any) -> Iterator[Any]:
    """The elements of a page's ``tree`` that their own style hides."""
    seen = 0
    for node in tree.iter("div", "p", "span", "ul", "table", "td", "marquee", "center", "font"):
        style = node.get("style")
        if style and _is_unseen(style):
            seen += 1
            if seen > MAX_HIDDEN_BLOCKS:
                return
            yield node


def outermost_blocks(tree: Any) -> Iterator[Any]:
    """Those of them that lie in no other one."""
    taken = set()
    for block in hidden_blocks(tree):
        if not any(around in taken for around in block.iterancestors()):
            taken.add(block)
            yield block


def _affordable_blocks(tree: Any) -> Iterator[Any]:
    left = MAX_HIDDEN_LINKS
    for block in hidden_blocks(tree):
        if left <= 0:
            return
        yield block
        left -= sum(1 for _ in block.iter("a"))


@remembered(4096)
def _is_unseen(style: str) -> bool:
    return _UNSEEN.search(style) is not None


def _leads_away(block: Any, url: str | None, least: int) -> bool:
    return len({domain for domain, _ in strangers(block, url)}) >= least


def _repeats_words(block: Any, url: str | None) -> bool:
    links = {(domain, words) for domain, words in strangers(block, url) if words}
    domains = {domain for domain, _ in links}
    words = {words for _, words in links}
    return len(domains) >= MANY_HIDDEN and len(words) <= FEW_WORDS * len(domains)


def strangers(block: Any, url: str | None) -> set[tuple[str, str]]:
    """Domains of others that the links of a block lead to, each with the words of its link; without
    those that are handed the address of the page's host."""
    here = host_of(url or "")
    links = ((host_of(node.get("href") or ""), node) for node in block.iter("a"))
    found = {
        (registered_domain(host), _words(node))
        for host, node in links
        if host and not (here and here in unquote(node.get("href")).partition("?")[2])
    }
    own = registered_domain(here)
    return {(domain, words) for domain, words in found if domain != own}


def is_menu(block: Any) -> bool:
    """Whether a hidden ``block`` is closed beside a short label, as menus are that open."""
    around = block.getparent()
    if around is None or around.tag in ("body", "html") or not _CLOSED.search(block.get("style")):
        return False
    label = len(_words(around)) - len(_words(block))
    return 0 < label <= MENU_LABEL


def _words(node: Any) -> str:
    return "".join("".join(node.itertext()).split())


def _title(html: str) -> str:
    title = _TITLE.search(html)
    return title[1] if title else ""


def _is_encoded(html: str) -> bool:
    """Whether a page's title is written in references, and its body is not."""
    title = _title(html)
    references = _REFERENCE.findall(title)
    left = _REFERENCE.sub("", title).strip()
    if len(references) <= 2 or len(references) < ENCODED_SHARE * (len(references) + len(left)):
        return False
    # Who writes whole pages in references writes heads so, too.
    start = _BODY.search(html)
    body = html[start.start() :] if start else ""
    return len(_REFERENCE.findall(body)) <= len(_FOREIGN_LETTER.findall(body))
