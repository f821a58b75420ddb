"""What a page says aside: the words that a pointer over a link or a picture shows, and the lines of
the head that tell title and beginning once more.

A page says many a sentence twice, in a list and beside it, in its head and in its text; whatever is
put into one of the two can be seen by the other. It promises whole strings with words in them, so
many of a page at most, and none that is a visible line of it, too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import islice
from typing import Any

import regex
from lxml import etree

from archive.cleaning.script import HAN

SHORTEST, LONGEST = 10, 300
"""Characters of a string that is kept."""
MAX_STRINGS = 120
"""Strings that are kept of a page."""
MAX_WORDS, MAX_LINES = 2000, 60
"""Attributes and lines of the head that are read."""
_WORDS = etree.XPath("//@title | //@alt")
_HEAD = frozenset(
    ["description", "og:description", "og:title", "articletitle", "twitter:title",
     "twitter:description", "dc.title", "dc.description"]
)  # fmt: skip
_HAN = regex.compile(f"{HAN}{{4}}")


def asides(tree: Any, title: str, visible: Collection[str]) -> tuple[str, ...]:
    """What a page (an lxml root element) with this ``title`` and these ``visible`` lines says
    aside."""
    said = (" ".join(words.split()) for words in _said(tree, title))
    shown = (
        words
        for words in dict.fromkeys(said)
        if SHORTEST <= len(words) <= LONGEST and _HAN.search(words) and words not in visible
    )
    return tuple(islice(shown, MAX_STRINGS))


def _said(tree: Any, title: str) -> Iterator[str]:
    yield title
    for line in islice(tree.iter("meta"), MAX_LINES):
        if (line.get("name") or line.get("property") or "").lower() in _HEAD:
            yield (line.get("content") or "")[:LONGEST]
    found: Any = _WORDS(tree)
    for words in islice(found, MAX_WORDS):
        yield words[: LONGEST + 1]
