"""What a page's markup says of its words in schema.org's vocabulary (HTML microdata): who wrote the
text, and in which section it is.

It promises the words of the first elements so marked, and None where the markup is silent.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml.etree import XPath
from lxml.etree import _Element as Element

MICRODATA = "itemprop"
MAX_CHARS = 60
MAX_AUTHORS = 20
_AUTHORS = XPath(
    '//*[@itemprop="author" or @itemprop="creator"][not(self::meta)]'
    '[not(ancestor::*[contains(@itemtype, "Comment")])]'
)
_NAMES = XPath('descendant::*[@itemprop="name"]')
_SECTIONS = XPath('//*[@itemprop="articleSection" or @itemprop="genre"]')


@dataclass(frozen=True, slots=True)
class Marked:
    """The names of the authors, and that of the section."""

    authors: tuple[str, ...] = ()
    section: str | None = None


NOTHING_MARKED = Marked()


def read_marked(tree: Element) -> Marked:
    """What the markup of ``tree`` says of its words."""
    authors: list[str] = []
    for author in _found(_AUTHORS, tree)[:MAX_AUTHORS]:
        authors += [_words(name) for name in _found(_NAMES, author)[:1] or [author]]
    sections = {words for one in _found(_SECTIONS, tree)[:MAX_AUTHORS] if (words := _words(one))}
    named = tuple(dict.fromkeys(name for name in authors if name))
    return Marked(named, sections.pop() if len(sections) == 1 else None)


def _found(path: XPath, element: Element) -> list[Element]:
    found = path(element)
    return [one for one in found if isinstance(one, Element)] if isinstance(found, list) else []


def _words(element: Element) -> str:
    said = element.get("content") or "".join(map(str, element.itertext()))
    words = " ".join(said.split())
    return words if len(words) <= MAX_CHARS else ""
