"""The way home as a line of its own, with what stands around it.

A template has one way home on all of a host's pages, between the same lines, and what it is called
there is the house's name or what a mirror has put in its place. It promises whole lines only, whose
link leads to the root of the host; so many of a page at most; and to judge nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from itertools import islice
from typing import Any

ROOTS = frozenset({"/", "/index.html", "/index.htm"})
"""Addresses that are the host's own home, whatever the page: ./ may be a section's."""
MAX_WAYS = 4
"""Ways home that are kept of a page."""
LONGEST = 40
"""Characters of such a line."""
BEFORE, BEHIND = 1, 3
"""Lines around it that must be the same: the menu behind it is a site's own."""
DIGEST = 8
"""Bytes of the name that these lines are given."""


def home_lines(lines: Sequence[str], links: Sequence[tuple[Any, str | None]]) -> tuple[str, ...]:
    """Those of a page's visible ``lines`` that are the words of a link home (``links``: elements
    with their addresses), each behind a name for the lines around it and a space."""
    roots = islice((link for link, href in links if href and href.strip() in ROOTS), MAX_WAYS)
    words = {" ".join("".join(link.itertext()).split()) for link in roots}
    found = (n for n, line in enumerate(lines) if line in words and len(line) <= LONGEST)
    return tuple(dict.fromkeys(f"{_around(lines, n)} {lines[n]}" for n in islice(found, MAX_WAYS)))


def _around(lines: Sequence[str], n: int) -> str:
    before, behind = lines[max(0, n - BEFORE) : n], lines[n + 1 : n + 1 + BEHIND]
    said = "\n".join([*before, "", *behind]).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(said, digest_size=DIGEST).hexdigest()
