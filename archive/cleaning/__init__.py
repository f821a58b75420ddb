"""From bytes to an article: decode, locate the body, read it without loss, drop the template.

Its rooms: ``markup`` (bytes to lines), ``facts`` (what lines say), ``body`` (which lines are the
article), ``writing`` (the body written down), ``unmasking`` (a mirror's marks undone).

This is also a library: ``from archive.cleaning import extract``. It promises that every step can
be used alone, that none alters the page it is given, and that whoever only decodes and parses (a
crawl, most of the time) does not load the rest, which takes as long as sixty pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.at_need import at_need
from archive.cleaning.markup.decode import decode
from archive.cleaning.page import Page, read_page

if TYPE_CHECKING:
    from archive.cleaning.extraction import extract, extract_page, page_kind
    from archive.cleaning.hostmodel import HostModel, Learner
    from archive.cleaning.joined import join_pages

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

__getattr__ = at_need(
    __name__,
    {
        "HostModel": "archive.cleaning.hostmodel",
        "Learner": "archive.cleaning.hostmodel",
        "extract": "archive.cleaning.extraction",
        "extract_page": "archive.cleaning.extraction",
        "join_pages": "archive.cleaning.joined",
        "page_kind": "archive.cleaning.extraction",
    },
)
