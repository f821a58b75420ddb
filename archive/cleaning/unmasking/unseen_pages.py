"""Pages of a host to which its own pages lead out of sight.

Who breaks into a server for the sake of search engines puts pages of his own beside the institute's
and leads to them from a block that no reader sees. It promises to tell links that are hidden by
their build, not by their words; that menus which open are none; and that a page to which the same
page leads in plain sight as well is none either.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urljoin

from archive.addresses import host_of, one_page
from archive.cleaning.unmasking.marks import PageLike
from archive.cleaning.unmasking.signs import is_menu, outermost_blocks

MAX_UNSEEN = 2_000
"""Addresses of one page that are kept."""
MAX_BLOCKS = 50
"""Hidden blocks of a page of which it is asked whether they are menus."""
MAX_LINKS = 5_000
"""Links of a page that are looked at."""


def unseen_pages(page: PageLike) -> tuple[str, ...]:
    """Names (``archive.addresses.one_page``) of the pages of its host to which ``page`` leads out
    of sight alone, in alphabetical order."""
    if not page.url:
        return ()
    blocks = [
        (nodes, block) for block in outermost_blocks(page.tree) if (nodes := [*block.iter("a")])
    ]
    hidden = [node for nodes, _ in blocks for node in nodes]
    if not hidden:
        return ()
    led = {
        name
        for nodes, block in blocks[:MAX_BLOCKS]
        if not is_menu(block)
        for name in _led_to(nodes, page.url)
    }
    return tuple(sorted(led - _seen(page, hidden)))[:MAX_UNSEEN] if led else ()


def seen_pages(page: PageLike) -> set[str]:
    """Names of the pages of its host to which ``page`` leads in plain sight."""
    return _seen(page, (node for block in outermost_blocks(page.tree) for node in block.iter("a")))


def _seen(page: PageLike, hidden: Iterable[Any]) -> set[str]:
    unseen = set(hidden)
    nodes = (node for node in page.tree.iter("a") if node not in unseen)
    return set(_led_to(nodes, page.url or ""))


def _led_to(nodes: Iterable[Any], url: str) -> Iterator[str]:
    here = host_of(url)
    for _, node in zip(range(MAX_LINKS), nodes, strict=False):
        try:
            address = urljoin(url, (node.get("href") or "").strip()).partition("#")[0]
        except ValueError:
            continue
        if host_of(address) == here:
            yield one_page(address)
