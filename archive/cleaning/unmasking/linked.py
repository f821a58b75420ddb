"""What a page's links say: by which words a host's other pages call a page, and to which strangers
it sends its readers.

A kit that puts keywords in the place of titles leaves links alone: the one to the next article, the
lists of a branch; and often the line of the head that tells the title once more. It promises to
give only words that may be a whole title, of links within the host, and of so many links of a page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urljoin, urlsplit

import regex

from archive.cleaning.script import HAN
from archive.cleaning.unmasking.signs import is_unseen

SHORTEST, LONGEST = 6, 60
"""Characters of link words that may be a title."""
MAX_LINKS = 400
"""Links of a page that are read."""
MAX_LINES = 60
"""Lines of a page's head that are read."""
HERE = "./"
"""Stands for the page's own host, whatever it is called."""
OWN_SHARE = 0.3
"""Links by a path alone, for each by a whole address, that lead round a house's own pages: of seven
houses of many hosts whose pages write all addresses out, the most have .17."""
_NO_PAGE = regex.compile(r"(?i)\s*(?:#|javascript:|mailto:|tel:|data:|$)")
_TITLES = frozenset(["articletitle", "og:title", "twitter:title", "dc.title", "citation_title"])
_AROUND = regex.compile(
    r"^(?:[上下]一[篇条页则个]\s*[:：]?|[·•●■◆>»\-—\s]+)\s*"
    r"|\s*[\[(（【]?(?:\d{4}[-/.年])?\d{1,2}[-/.月]\d{1,2}日?[\])）】]?\s*$"
)
_WHOLE = regex.compile(r"(?i)\s*(?:https?:)?//([a-z0-9][a-z0-9.-]{0,252})")
Link = tuple[Any, str | None]
"""A link's element and its address, where it has one."""
_CUT = ("…", "...", "..", "。。。")


def link_words(tree: Any, url: str | None) -> tuple[tuple[str, str], ...]:
    """Path and words of the links of a page at ``url`` to others of its host, and its own path with
    the title that its head tells apart from ``<title>``; none without ``url``."""
    if not url:
        return ()
    found = {(own, title): None for own in _own_path(url) for title in _headed_titles(tree)}
    for _, link in zip(range(MAX_LINKS), tree.iter("a"), strict=False):
        words = title_in(" ".join("".join(link.itertext()).split()))
        path = _path(url, link.get("href") or "") if words else None
        if path:
            found[path, words] = None
    return tuple(found)


def _headed_titles(tree: Any) -> Iterator[str]:
    """The article's title in the lines of the head."""
    for _, line in zip(range(MAX_LINES), tree.iter("meta"), strict=False):
        called = (line.get("name") or line.get("property") or "").lower()
        title = title_in(" ".join((line.get("content") or "").split())) if called in _TITLES else ""
        if title:
            yield title


def hosts_linked(links: Sequence[Link]) -> tuple[str, ...]:
    """The hosts that links to be seen, with words or a picture in them, lead to by a whole
    address; and ``HERE`` where a good part of the links lead to pages by paths alone."""
    found: dict[str, None] = {}
    paths = whole = 0
    # More would be a good part, were all the others whole addresses.
    enough = OWN_SHARE * len(links[:MAX_LINKS])
    for link, href in links[:MAX_LINKS]:
        # Most links are to the host's own pages, or to a host that the links before have named.
        if not href or "//" not in href:
            paths += paths <= enough and not _NO_PAGE.match(href or "")
            continue
        address = _WHOLE.match(href)
        host = address[1].lower() if address else ""
        whole += bool(host)
        if not host or host in found:
            continue
        if (len(link) or (link.text or "").strip()) and not is_unseen(link):
            found[host] = None
    if paths > OWN_SHARE * whole:
        found[HERE] = None
    return tuple(found)


def title_in(words: str) -> str:
    """The title in the words of a link; empty where they are none, or cut short.

    >>> title_in("下一篇：关于2010年国庆节放假的通知 2010-09-27")
    '关于2010年国庆节放假的通知'
    """
    bare = _AROUND.sub("", words).strip()
    long_enough = SHORTEST <= len(bare) <= LONGEST and regex.search(HAN, bare)
    return bare if long_enough and not bare.endswith(_CUT) else ""


def _own_path(url: str) -> tuple[str, ...]:
    """Path and query of a page's own address; none where it is no address."""
    try:
        here = urlsplit(url)
    except ValueError:
        return ()
    return (f"{here.path or '/'}?{here.query}" if here.query else here.path or "/",)


def _path(url: str, href: str) -> str | None:
    try:
        there, here = urlsplit(urljoin(url, href.strip())), urlsplit(url)
    except ValueError:
        return None
    if there.scheme not in ("http", "https") or there.netloc != here.netloc:
        return None
    path = f"{there.path or '/'}?{there.query}" if there.query else there.path or "/"
    return path if (there.path, there.query) != (here.path, here.query) else None
