"""From bytes to an article: decode, locate the body, read it without loss, drop the template.

Its rooms: ``markup`` (bytes to lines), ``facts`` (what lines say), ``body`` (which lines are the
article), ``writing`` (the body written down), ``unmasking`` (a mirror's marks undone).

This is also a library: ``from archive.cleaning import extract``. It promises that every step can
be used alone, that none alters the page it is given, and that whoever only decodes and parses (a
crawl, most of the time) does not load the rest, which takes as long as sixty pages.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from archive.cleaning.markup.decode import decode
from archive.cleaning.page import Page, read_page

if TYPE_CHECKING:
    from archive.cleaning.extraction import extract, extract_page, page_kind
    from archive.cleaning.hostmodel import HostModel, Learner
    from archive.cleaning.multipage import join_pages

__all__ = [
    "HostModel",
    "Learner",
    "Page",
    "decode",
    "extract",
    "extract_page",
    "join_pages",
    "page_kind",
    "read_page",
]

_AT_NEED = {
    "HostModel": "hostmodel",
    "Learner": "hostmodel",
    "extract": "extraction",
    "extract_page": "extraction",
    "join_pages": "multipage",
    "page_kind": "extraction",
}


def __getattr__(name: str) -> object:
    """What is loaded at its first use (PEP 562)."""
    if name not in _AT_NEED:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = import_module(f"{__name__}.{_AT_NEED[name]}")
    return getattr(module, name)
