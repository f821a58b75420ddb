"""Documents that a page shows instead of linking them: in a frame, by a viewer, by a script's call.

Notices of many institutes are nothing but a PDF in a viewer. It promises the addresses as the page
has them, in page order, each once, and to cost next to nothing on pages that name no document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import parse_qsl, urlsplit

from lxml.etree import _Element as Element

MAX_ADDRESS_CHARS = 4000
VIEWERS = ("iframe", "embed", "object", "script")
"""Elements that may show a document."""
_DOCUMENT = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|wps|ofd)$", re.IGNORECASE)
# view("/files/a.pdf", …): a document's address as the first argument of a call.
_CALLED = re.compile(r"""\w\(\s{0,9}["']([^"'<>\s]{1,500}\.pdf)["']""", re.IGNORECASE)
# The attribute in which webplus gives its viewer the document.
_OWN_ATTRIBUTE = "pdfsrc"


def shown_files(
    tree: Element, html: str, walked: Sequence[Element] | None = None
) -> tuple[str, ...]:
    """The references to documents that the page (its ``tree``, its text ``html``) shows.
    ``walked`` are its VIEWERS, perhaps among others, in their order, from a caller who has come by
    them already."""
    nodes: Iterable[Element]
    # Pages have many of these, and few have the attribute.
    if _OWN_ATTRIBUTE in html:
        nodes = tree.iter(*VIEWERS, "div")
    elif walked is None:
        nodes = tree.iter(*VIEWERS)
    else:
        nodes = [node for node in walked if node.tag in VIEWERS]
    return tuple(dict.fromkeys(found for node in nodes for found in _shown_by(node)))


def _shown_by(node: Element) -> Iterable[str]:
    if node.tag == "script":
        text = node.text or ""
        return _CALLED.findall(text) if ".pdf" in text.lower() else ()
    if node.tag == "div":
        address = node.get(_OWN_ATTRIBUTE) or ""
    else:
        address = (node.get("src") or node.get("data") or "").strip()
    return _documents(address[:MAX_ADDRESS_CHARS])


def _documents(address: str) -> list[str]:
    """The document that a frame's ``address`` is, or those that a viewer is told in it
    (viewer.html?file=…)."""
    if not address:
        return []
    try:
        parts = urlsplit(address)
        told = [value for _, value in parse_qsl(parts.query)]
    except ValueError:
        return []
    if _DOCUMENT.search(parts.path):
        return [address]
    return [value for value in told if _DOCUMENT.search(value.partition("?")[0])]
