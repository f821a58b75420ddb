"""What a site's profile says of where things stand on its pages, for where finding them goes wrong.

It promises that a selector is only ever a place: where it finds nothing on a page, the page is read
as without it, and what it finds is cleaned like anything else that was found.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from cssselect import SelectorError
from lxml.cssselect import CSSSelector
from lxml.etree import XPathError
from lxml.etree import _Element as Element

from archive.cleaning.markup.blocks import Flow
from archive.remembered import remembered


@dataclass(frozen=True, slots=True)
class Selectors:
    """CSS selectors (Selectors Level 3): ``container`` of the body, and elements whose words are
    the ``title``, ``branch``, ``author`` or ``source``, or hold the day ``published``."""

    container: str | None = None
    title: str | None = None
    branch: str | None = None
    author: str | None = None
    source: str | None = None
    published: str | None = None


NO_SELECTORS = Selectors()
NAMES = tuple(field.name for field in fields(Selectors))


def is_selector(text: object) -> bool:
    """Whether ``text`` is a CSS selector that can be used."""
    if not isinstance(text, str) or not text.strip():
        return False
    try:
        _compiled(text)
    except (SelectorError, XPathError):
        return False
    return True


def words_of(tree: Element, selector: str | None) -> str | None:
    """The words of the first element that has any, white space folded; None without one."""
    for element in _found(tree, selector):
        words = " ".join("".join(map(str, element.itertext())).split())
        if words:
            return words
    return None


def container_of(flow: Flow, tree: Element, selector: str | None) -> Element | None:
    """The first element found that holds lines of ``flow``; None without one."""
    for element in _found(tree, selector):
        start, end = flow.spans.get(element, (0, 0))
        if end > start:
            return element
    return None


def _found(tree: Element, selector: str | None) -> list[Element]:
    found = _compiled(selector)(tree) if selector else []
    return [one for one in found if isinstance(one, Element)] if isinstance(found, list) else []


@remembered(256)
def _compiled(selector: str) -> CSSSelector:
    return CSSSelector(selector, translator="html")
