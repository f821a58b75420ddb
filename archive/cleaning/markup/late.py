"""Texts that stand in a page for a script to show: in a ``<template>``, in an element's attribute.

It promises to take the longest prose alone, with its mark-up, where it is none of a list's, and
to show it at the place where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml import etree
from lxml.etree import _Element as Element

from archive.cleaning.markup.dom import names
from archive.cleaning.markup.held import MAX_SCRIPT_CHARS, is_body_key, prose_of

_SIGNS = ("<template", "<TEMPLATE", "data-")
_DATA = "data-"
# As with texts in scripts: further ones of this share of the longest one's prose make a list.
LIST_SHARE = 0.25
# Hints and terms of use are shorter, or named for what they are.
MIN_LATE_CHARS = 150
_ASIDE = re.compile(r"cookie|consent|privacy|tooltip|popover|modal|dialog|help")


def may_be_late(page: str) -> bool:
    """Whether the text of a page has a sign of such a text; quickly told."""
    return any(sign in page for sign in _SIGNS)


def show_late(tree: Element, enough: float, marked: Callable[[str], Element | None]) -> bool:
    """Show the longest such text of ``tree`` that has ``enough`` characters of prose, its mark-up
    read by ``marked``; False where there is none, or several are as long."""
    found = sorted(_texts(tree), key=lambda each: -each[0])
    if not found or found[0][0] < max(enough, MIN_LATE_CHARS):
        return False
    if len(found) > 1 and found[1][0] >= LIST_SHARE * found[0][0]:
        return False
    _, element, text = found[0]
    if text is None:
        element.tag = "div"
        return True
    body = marked(text)
    if body is None:
        return False
    element.extend(list(body))
    return True


def _texts(tree: Element) -> Iterator[tuple[int, Element, str | None]]:
    """Each text that may be one: its prose, its element, and what the attribute says."""
    for element in tree.iter(etree.Element):
        if _ASIDE.search(names(element)):
            continue
        if element.tag == "template":
            if next(element.iterancestors("template"), None) is not None:
                continue  # told with the outer one
            inside = "".join(map(str, element.itertext()))[:MAX_SCRIPT_CHARS]
            yield prose_of(inside), element, None
            continue
        for name, value in element.items():
            key = str(name)
            if len(value) < MIN_LATE_CHARS or not key.startswith(_DATA):
                continue
            if is_body_key(key.removeprefix(_DATA).replace("-", "_")):
                text = str(value)[:MAX_SCRIPT_CHARS]
                yield prose_of(text), element, text
